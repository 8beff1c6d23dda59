"""The tables a corpus comes to: their columns, and their rows in the order in which a corpus is read.

CSV, Excel and Parquet write the same tables; each has its own way to spell a cell.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from annotator.domain.accounts import account_of, outer_claims
from annotator.domain.attributes import YES, Attribute, AttributeType
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.ids import EntityId
from annotator.domain.intervals import Interval
from annotator.domain.mentions import Mention
from annotator.domain.schemas import parse
from annotator.domain.selections import signers
from annotator.domain.spans import Span

Cell = str | int | float | bool | date | datetime | tuple[str, ...] | tuple[Span, ...] | None
"""A value as its column's kind says; None is empty."""


class CellKind(Enum):
    """What a column holds. TEXTS and SPANS hold several; MOMENT is in UTC."""

    TEXT = auto()
    INT = auto()
    FLOAT = auto()
    FLAG = auto()
    DAY = auto()
    MOMENT = auto()
    TEXTS = auto()
    SPANS = auto()


@dataclass(frozen=True, slots=True)
class Names:
    """Whom ids mean: the entities and the names of annotators."""

    entities: Mapping[EntityId, Entity]
    annotators: Mapping[str, str]

    def entity(self, id_: EntityId | None) -> str:
        """The entity's name, empty for none."""
        known = self.entities.get(id_) if id_ else None
        return known.name if known else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; get takes what a row is made from."""

    name: str
    kind: CellKind
    get: Callable[[Any, Names], Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table by name. each tells what rows an article, an entity, a link or an annotator makes, as per names."""

    name: str
    per: type
    each: Callable[[Any, Names], Iterable[Any]]
    columns: tuple[Column, ...]

    def rows(self, record: Any, names: Names) -> Iterator[tuple[Cell, ...]]:
        """The rows that a record comes to."""
        for one in self.each(record, names):
            yield tuple(column.get(one, names) for column in self.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """A row's record beside what it belongs to: an alias and its entity, a claim and its chain."""

    of: Any
    one: Any
    number: int = 0
    chain: tuple[str, ...] = field(default=())


def pour(
    corpus: Corpus, tables: tuple[Table, ...], add: Callable[[Table, tuple[Cell, ...]], None], losses: Losses
) -> Iterator[int]:
    """Hands every row to add; yields after each article how many are done. Memory grows with the entities only."""
    schema = parse(corpus.project.schema)
    of_entities, of_mentions, of_claims = map(
        _types, (schema.entity_attributes, schema.mention_attributes, schema.claim_attributes)
    )
    entities = {entity.id: entity for entity in corpus.entities()}
    names = Names(entities, {one.id: one.name for one in signers(corpus)})

    def give(record: object) -> None:
        for table in tables:
            if isinstance(record, table.per):
                for row in table.rows(record, names):
                    add(table, row)

    for annotator in corpus.annotators():
        give(annotator)
    for entity in entities.values():
        give(entity)
        _count(of_entities, (entity,), losses)
    for done, annotated in enumerate(corpus.articles(), start=1):
        give(annotated)
        for comment in annotated.comments:
            give(comment)
        _count(of_mentions, annotated.mentions, losses)
        _count(of_claims, annotated.claims, losses)
        yield done
    for link in corpus.links():
        give(link)
    for comment in corpus.entity_comments():
        give(comment)


def _types(attributes: Iterable[Attribute]) -> dict[str, AttributeType]:
    """The attributes that have a column of their own."""
    return {attribute.key: attribute.type for attribute in attributes if not attribute.is_field}


def _count(known: Mapping[str, AttributeType], records: Iterable[Mention | Claim | Entity], losses: Losses) -> None:
    values = [value for record in records for value in record.attributes]
    losses.add("values of attributes that the schema no longer has", sum(value.key not in known for value in values))
    cut = sum(not _fits(known[value.key], value.values) for value in values if value.key in known)
    losses.add("values that are not of their attribute's type were cut or left out", cut)


def _fits(kind: AttributeType, values: tuple[str, ...]) -> bool:
    """Whether a cell of the attribute's type holds all of its value: the schema may have had another type before."""
    if kind in {AttributeType.CHOICES, AttributeType.ENTITIES}:
        return True
    if kind is AttributeType.FLAG:
        return values == (YES,)
    return len(values) == 1 and (kind is not AttributeType.NUMBER or number(values) is not None)


def chained(annotated: AnnotatedArticle, names: Names) -> Iterator[Part]:
    """Each claim with the chain of those who say so, from the publisher inwards."""
    by_id = {claim.id: claim for claim in annotated.claims}
    for number, claim in enumerate(annotated.claims, start=1):
        outers = outer_claims(claim, by_id.get)
        chain = account_of(claim, outers, annotated.article, names.entities).chain
        yield Part(annotated, claim, number, chain)


def first_day(words: str) -> date | None:
    """The first day of an ISO year, month or day; None for anything else."""
    return _end(words, "earliest")


def last_day(words: str) -> date | None:
    """The last day of an ISO year, month or day; None for anything else."""
    return _end(words, "latest")


def _end(words: str, which: str) -> date | None:
    try:
        return date.fromisoformat(getattr(Interval.of_iso(words), which)) if words else None
    except ValueError:
        return None


def moment(words: str) -> datetime | None:
    """A time stamp of ours."""
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None


def number(words: Iterable[str]) -> float | None:
    """The number an attribute's value is; None where it is none, or no end."""
    try:
        found = float(next(iter(words), ""))
    except ValueError:
        return None
    return found if math.isfinite(found) else None
