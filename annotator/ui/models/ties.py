"""An entity with those it is linked to, and how these are linked among each other."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.attributes import spoken
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.links import DIFFERENT, Between, Link
from annotator.domain.records import Records
from annotator.domain.schemas import Schema
from annotator.errors import EditRefused

MOST = 24
"""Neighbours that are drawn; more would be a knot."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What links one entity to another, all labels of one direction together; a symmetric one has no direction."""

    origin: EntityId
    target: EntityId
    words: tuple[str, ...]
    is_symmetric: bool

    def joins(self, entity: EntityId) -> bool:
        """Whether it begins or ends there."""
        return entity in {self.origin, self.target}


@dataclass(frozen=True, slots=True)
class Ties:
    """The entity in the middle, its neighbours by time of linking, all ties between them, and how many are left out."""

    middle: Entity
    neighbours: tuple[Entity, ...]
    ties: tuple[Tie, ...]
    more: int = 0

    def words_between(self, one: EntityId, other: EntityId) -> str:
        """What links two of them, said from the one: leads (2019–2021), led by nobody else."""
        said = []
        for tie in self.ties:
            if tie.joins(one) and tie.joins(other):
                arrow = "" if tie.is_symmetric or tie.origin == one else "← "
                said += [arrow + words for words in tie.words]
        return "; ".join(said)


def ties_of(records: Records, entity: Entity, most: int = MOST) -> Ties:
    """Reads the links of an entity, and of its neighbours those that stay among them."""
    own = [link for link in records.links_of(entity.id) if _is_drawn(link)]
    ids = list(dict.fromkeys(EntityId(link.other(entity.id)) for link in own))
    neighbours = tuple(_known(records, ids[:most]))
    here = {entity.id, *(one.id for one in neighbours)}
    links = {link.id: link for link in own}
    for one in neighbours:
        links |= {link.id: link for link in records.links_of(one.id) if _is_drawn(link)}
    drawn = [link for link in links.values() if link.ends <= here]
    return Ties(entity, neighbours, _tied(drawn, records.schema), max(0, len(ids) - most))


def _is_drawn(link: Link) -> bool:
    return link.between is Between.ENTITIES and link.label != DIFFERENT


def _known(records: Records, ids: Iterable[EntityId]) -> Iterable[Entity]:
    for id_ in ids:
        try:
            yield records.entity(id_)
        except EditRefused:  # gone with the edit that is being shown
            continue


def _tied(links: Iterable[Link], schema: Schema) -> tuple[Tie, ...]:
    words: dict[tuple[str, str, bool], list[str]] = {}
    for link in links:
        label = schema.link(link.label)
        is_symmetric = label is not None and label.is_symmetric
        ends = sorted((link.origin, link.target)) if is_symmetric else [link.origin, link.target]
        # As in the list of links; unless the project has a name of its own for it.
        name = label.name if label and label.name != spoken(label.key) else link.label
        words.setdefault((ends[0], ends[1], is_symmetric), []).append(f"{name} {_years(link)}".strip())
    return tuple(
        Tie(EntityId(origin), EntityId(target), tuple(said), is_symmetric)
        for (origin, target, is_symmetric), said in words.items()
    )


def _years(link: Link) -> str:
    """The years of a dated link: 2019–2021, from 2019, until 2021."""
    since, until = link.since[:4], link.until[:4]
    if since and until:
        return since if since == until else f"{since}–{until}"
    return f"from {since}" if since else f"until {until}" if until else ""
