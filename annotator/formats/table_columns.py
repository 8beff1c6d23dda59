"""Which tables a corpus comes to and what stands in each of their columns."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from annotator.domain.annotators import Annotator
from annotator.domain.attributes import YES, Attribute, AttributeType
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.events import When
from annotator.domain.links import Link
from annotator.domain.schemas import Schema
from annotator.domain.values import value_of
from annotator.formats.tabular import Cell, CellKind, Column, Names, Part, Table, chained, first_day, last_day, moment
from annotator.formats.tabular import number as number_of

Get = Callable[[Any], Any]
TEXT, INT, FLOAT, FLAG = CellKind.TEXT, CellKind.INT, CellKind.FLOAT, CellKind.FLAG
DAY, MOMENT, TEXTS, SPANS = CellKind.DAY, CellKind.MOMENT, CellKind.TEXTS, CellKind.SPANS


def tables(schema: Schema) -> tuple[Table, ...]:
    """All tables; the schema's attributes become columns of mentions, entities and claims."""
    return (
        _articles(),
        Table("mentions", AnnotatedArticle, _in_article("mentions"), _mentions(schema.mention_attributes)),
        Table("entities", Entity, lambda entity, _: (Part(entity, entity),), _entities(schema.entity_attributes)),
        Table("aliases", Entity, _aliases, _alias_columns()),
        Table("claims", AnnotatedArticle, chained, _claims(schema.claim_attributes)),
        Table("claim_sources", AnnotatedArticle, _sources, _source_columns()),
        Table("quantities", AnnotatedArticle, _quantities, _quantity_columns()),
        Table("links", Link, lambda link, _: (Part(link, link),), _link_columns()),
        Table("zones", AnnotatedArticle, _in_article("zones"), _zone_columns()),
        Table("assignments", AnnotatedArticle, _in_article("assignments"), _assignment_columns()),
        Table("decisions", AnnotatedArticle, _in_article("decisions"), _decision_columns()),
        Table("comments", Comment, lambda comment, _: (Part(comment, comment),), _comment_columns()),
        Table("annotators", Annotator, lambda one, _: (Part(one, one),), _annotator_columns()),
    )


def _field(name: str, kind: CellKind = TEXT, attribute: str = "") -> Column:
    """A field of the row's record as it is."""
    key = attribute or name
    return Column(name, kind, lambda part, _: getattr(part.one, key))


def _of(name: str, get: Get, kind: CellKind = TEXT) -> Column:
    """Something worked out of the row's record."""
    return Column(name, kind, lambda part, _: get(part.one))


def _article_id() -> Column:
    return Column("article", TEXT, lambda part, _: part.of.article.id)


def _name(name: str, get: Get) -> Column:
    """The name of the entity that get answers."""
    return Column(name, TEXT, lambda part, names: names.entity(get(part.one)))


def _signed() -> tuple[Column, ...]:
    return (
        Column("annotator", TEXT, lambda part, names: names.annotators.get(part.one.author, part.one.author)),
        _of("created", lambda one: moment(one.created), MOMENT),
        _of("changed", lambda one: moment(one.changed), MOMENT),
    )


def _in_article(field: str) -> Callable[[Any, Names], Iterator[Part]]:
    def parts(annotated: AnnotatedArticle, _: Names) -> Iterator[Part]:
        for number, one in enumerate(getattr(annotated, field), start=1):
            yield Part(annotated, one, number)

    return parts


def _articles() -> Table:
    columns = (
        *map(_field, "id title publisher byline url published".split()),
        _of("published_day", lambda a: first_day(a.published) if len(a.published) >= 10 else None, DAY),
        _field("language"),
        _field("text_quality"),
        _field("length", INT),
        _field("sha256"),
        _field("imported_from"),
        Column("mentions", INT, lambda part, _: len(part.of.mentions)),
        Column("claims", INT, lambda part, _: len(part.of.claims)),
        *_signed(),
        Column("text", TEXT, lambda part, _: part.of.text),
    )
    return Table("articles", AnnotatedArticle, lambda one, _: (Part(one, one.article),), columns)


def _mentions(attributes: Iterable[Attribute]) -> tuple[Column, ...]:
    return (
        _field("id"),
        _article_id(),
        _field("label"),
        _field("quote"),
        _of("start", lambda m: m.hull.start, INT),
        _of("end", lambda m: m.hull.end, INT),
        _field("spans", SPANS),
        _field("entity"),
        _name("entity_name", lambda m: m.entity),
        _field("level"),
        _field("used_as"),
        _field("unsure", FLAG),
        _field("note"),
        *_attributes(attributes),
        *_signed(),
    )


def _entities(attributes: Iterable[Attribute]) -> tuple[Column, ...]:
    return (
        *map(_field, "id kind name description".split()),
        _of("aliases", lambda e: tuple(alias.text for alias in e.aliases), TEXTS),
        _field("sectors", TEXTS),
        _field("country"),
        _field("role"),
        _of("ids", lambda e: tuple(map(str, e.ids)), TEXTS),
        _of("level", lambda e: e.place.level or ""),
        _of("lat", lambda e: e.place.lat, FLOAT),
        _of("lon", lambda e: e.place.lon, FLOAT),
        _of("basis", lambda e: e.place.basis or ""),
        _of("province", lambda e: e.place.province),
        _of("district", lambda e: e.place.district),
        *_attributes(attributes),
        *_signed(),
    )


def _aliases(entity: Entity, _: Names) -> Iterator[Part]:
    return (Part(entity, alias, number) for number, alias in enumerate(entity.aliases, start=1))


def _alias_columns() -> tuple[Column, ...]:
    return (
        Column("entity", TEXT, lambda part, _: part.of.id),
        Column("entity_name", TEXT, lambda part, _: part.of.name),
        _field("alias", attribute="text"),
        _field("kind"),
    )


def _claims(attributes: Iterable[Attribute]) -> tuple[Column, ...]:
    return (
        _field("id"),
        _article_id(),
        _field("quote"),
        _field("spans", SPANS, "content"),
        Column("chain", TEXTS, lambda part, _: part.chain),
        _field("cue", attribute="cue_quote"),
        _field("cue_spans", SPANS, "cue"),
        _field("within"),
        *map(_field, "source_type manner act stance certainty author_stance medium".split()),
        _field("medium_words", attribute="medium_quote"),
        _field("medium_spans", SPANS),
        _of("addressee", lambda c: c.addressee.quote if c.addressee else ""),
        _of("addressee_spans", lambda c: c.addressee.spans if c.addressee else (), SPANS),
        _of("addressee_entity", lambda c: c.addressee.entity if c.addressee else None),
        _field("about", TEXTS),
        Column("about_names", TEXTS, lambda part, names: tuple(map(names.entity, part.one.about))),
        _field("wording"),
        *_when("said_on", lambda c: c.said_on),
        *_event_columns(),
        _field("unsure", FLAG),
        _field("note"),
        *_attributes(attributes),
        *_signed(),
    )


def _event_columns() -> tuple[Column, ...]:
    return (
        _of("event_type", lambda c: c.event.type),
        _of("event_mode", lambda c: c.event.mode),
        _of("event_actors", lambda c: c.event.actors, TEXTS),
        Column("event_actor_names", TEXTS, lambda part, names: tuple(map(names.entity, part.one.event.actors))),
        _of("event_recipients", lambda c: c.event.recipients, TEXTS),
        Column("event_recipient_names", TEXTS, lambda part, names: tuple(map(names.entity, part.one.event.recipients))),
        _of("event_place", lambda c: c.event.place),
        _name("event_place_name", lambda c: c.event.place),
        _of("event_place_relation", lambda c: c.event.relation),
        *_when("event_date", lambda c: c.event.date),
    )


def _when(prefix: str, get: Callable[[Any], When]) -> tuple[Column, ...]:
    return (
        _of(f"{prefix}_words", lambda c: get(c).words),
        _of(f"{prefix}_spans", lambda c: get(c).spans, SPANS),
        _of(f"{prefix}_earliest", lambda c: first_day(get(c).earliest), DAY),
        _of(f"{prefix}_latest", lambda c: last_day(get(c).latest), DAY),
    )


def _sources(annotated: AnnotatedArticle, _: Names) -> Iterator[Part]:
    for claim in annotated.claims:
        for number, source in enumerate(claim.sources, start=1):
            yield Part(claim, source, number)


def _of_claim() -> tuple[Column, ...]:
    return (
        Column("claim", TEXT, lambda part, _: part.of.id),
        Column("article", TEXT, lambda part, _: part.of.article),
        Column("number", INT, lambda part, _: part.number),
    )


def _source_columns() -> tuple[Column, ...]:
    return (
        *_of_claim(),
        _field("quote"),
        _field("spans", SPANS),
        _field("entity"),
        _name("entity_name", lambda source: source.entity),
    )


def _quantities(annotated: AnnotatedArticle, _: Names) -> Iterator[Part]:
    for claim in annotated.claims:
        for number, quantity in enumerate(claim.event.quantities, start=1):
            yield Part(claim, quantity, number)


def _quantity_columns() -> tuple[Column, ...]:
    return (
        *_of_claim(),
        _field("what"),
        _field("whom"),
        _name("whom_name", lambda quantity: quantity.whom),
        _field("words"),
        _field("spans", SPANS),
        *(_field(name, INT) for name in ("low", "best", "high")),
    )


def _link_columns() -> tuple[Column, ...]:
    return (*map(_field, "id label between origin target since until note".split()), *_signed())


def _zone_columns() -> tuple[Column, ...]:
    return (
        _field("id"),
        _article_id(),
        _field("kind"),
        _of("start", lambda zone: zone.span.start, INT),
        _of("end", lambda zone: zone.span.end, INT),
        Column("quote", TEXT, lambda part, _: part.one.span.cut(part.of.text)),
        *_signed(),
    )


def _assignment_columns() -> tuple[Column, ...]:
    who = Column("annotator", TEXT, lambda part, names: names.annotators.get(part.one.annotator, part.one.annotator))
    return (_field("id"), _article_id(), who, _field("state"))


def _decision_columns() -> tuple[Column, ...]:
    return (
        _field("id"),
        _article_id(),
        *map(_field, "verdict taken result reason note".split()),
        _field("about", TEXTS),
        *_signed(),
    )


def _comment_columns() -> tuple[Column, ...]:
    return (
        *map(_field, "id article about quote".split()),
        _field("spans", SPANS),
        *map(_field, "text reply_to mark".split()),
        *_signed(),
    )


def _annotator_columns() -> tuple[Column, ...]:
    return (_field("id"), _field("name"), _field("kind"))


def _attributes(attributes: Iterable[Attribute]) -> Iterator[Column]:
    return (_attribute(attribute) for attribute in attributes if not attribute.is_field)


def _attribute(attribute: Attribute) -> Column:
    kind, read = _READ.get(attribute.type, (TEXT, lambda values: next(iter(values), "")))
    return Column(
        f"attribute_{attribute.key}", kind, lambda part, _: read(value_of(part.one.attributes, attribute.key))
    )


_READ: dict[AttributeType, tuple[CellKind, Callable[[tuple[str, ...]], Cell]]] = {
    AttributeType.FLAG: (FLAG, lambda values: values == (YES,)),
    AttributeType.NUMBER: (FLOAT, number_of),
    AttributeType.CHOICES: (TEXTS, tuple),
    AttributeType.ENTITIES: (TEXTS, tuple),
}
