"""Attributes of records that match: choices, ordered choices, and those that hold several values."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from annotator.agreement.alpha import MASI, NOMINAL, ORDINAL, add_item
from annotator.agreement.base import Adding, Layer, Tally
from annotator.agreement.claims import RULE
from annotator.agreement.grouping import Group, claim_groups, mention_groups
from annotator.agreement.kappa import COHEN, FLEISS, PERCENT, add_for_fleiss
from annotator.agreement.units import ArticleUnits
from annotator.domain.attributes import YES, Attribute, AttributeType
from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.values import value_of

ORDERED = frozenset({"certainty"})
"""Choices whose order in the schema has a meaning."""
_ONE = frozenset({AttributeType.CHOICE, AttributeType.FLAG, AttributeType.ENTITY})
_SEVERAL = frozenset({AttributeType.CHOICES, AttributeType.ENTITIES})
_MENTION_RULE = (
    "Two mentions match when they have at least half of their union in common; a record without a value is left out."
)
_CLAIM_RULE = f"{RULE} A record without a value is left out."

Asked = tuple[str, Callable[[Mention | Claim], Hashable]]
"""An attribute and what answers its value in a record; None and an empty value are none."""


def values_of(record: Mention | Claim, attribute: Attribute) -> tuple[str, ...]:
    """An attribute's values in a record, empty when it is not set."""
    if attribute.is_field:
        found = getattr(record, attribute.key, "")
        return tuple(found) if isinstance(found, tuple) else (found,) if isinstance(found, str) and found else ()
    return value_of(record.attributes, attribute.key)


def _single(attributes: Iterable[Attribute], *, ordered: bool) -> Iterator[Asked]:
    for attribute in attributes:
        if attribute.is_on and attribute.type in _ONE and (attribute.key in ORDERED) == ordered:
            ranks = {choice: rank for rank, choice in enumerate(attribute.choices)}
            yield attribute.key, _reading(attribute, ranks if ordered else None)


def _reading(attribute: Attribute, ranks: dict[str, int] | None) -> Callable[[Mention | Claim], Hashable]:
    def read(record: Mention | Claim) -> Hashable:
        values = values_of(record, attribute)
        if attribute.type is AttributeType.FLAG:
            return YES if values else "no"
        if not values:
            return None
        return values[0] if ranks is None else (ranks.get(values[0], len(ranks)), values[0])

    return read


def _sets(attributes: Iterable[Attribute]) -> Iterator[Asked]:
    for attribute in attributes:
        if attribute.is_on and attribute.type in _SEVERAL:
            yield attribute.key, lambda record, its=attribute: frozenset(values_of(record, its))  # type: ignore[misc]


def _count(groups: Iterable[Group[Mention]] | Iterable[Group[Claim]], asked: Iterable[Asked], raters: int) -> Tally:
    adding, questions = Adding(), tuple(asked)
    for group in groups:
        for key, read in questions:
            said = {number: read(record) for number, record in group.items()}
            # A set is empty where nothing applies; only where nobody gave any is nothing said.
            is_set = any(isinstance(value, frozenset) for value in said.values())
            values = {n: value for n, value in said.items() if value is not None}
            if is_set and not any(values.values()):
                continue
            add_item(adding, key, values)
            if not is_set:
                add_for_fleiss(adding, key, values, raters)
    return adding.tally


def _claim_choices(article: ArticleUnits) -> Tally:
    schema, raters = article.around.schema, len(article.around.annotators)
    asked = list(_single(schema.claim_attributes, ordered=False))
    if schema.event:
        asked += [
            ("event type", _event("type")),
            ("place relation", _event("relation")),
            ("event mode", _event("mode")),
        ]
    return _count(claim_groups(article), asked, raters)


def _event(field: str) -> Callable[[Mention | Claim], Hashable]:
    return lambda record: getattr(record.event, field) or None if isinstance(record, Claim) else None


def _claim_orders(article: ArticleUnits) -> Tally:
    asked = _single(article.around.schema.claim_attributes, ordered=True)
    return _count(claim_groups(article), asked, len(article.around.annotators))


def _claim_sets(article: ArticleUnits) -> Tally:
    asked = list(_sets(article.around.schema.claim_attributes))
    if article.around.schema.event:
        asked += [("event actors", _parties("actors")), ("event recipients", _parties("recipients"))]
    return _count(claim_groups(article), asked, 0)


def _parties(field: str) -> Callable[[Mention | Claim], Hashable]:
    return lambda record: frozenset(getattr(record.event, field)) if isinstance(record, Claim) else None


def _mention_choices(article: ArticleUnits) -> Tally:
    def label(record: Mention | Claim) -> Hashable:
        return record.label if isinstance(record, Mention) else None

    entities = article.around.entities

    def entity(record: Mention | Claim) -> Hashable:
        if not isinstance(record, Mention) or not record.entity:
            return None
        named = entities.get(record.entity)
        return record.entity, named.name if named else ""

    asked = [("label", label), ("entity", entity), *_single(article.around.schema.mention_attributes, ordered=False)]
    return _count(mention_groups(article), asked, len(article.around.annotators))


def _mention_sets(article: ArticleUnits) -> Tally:
    entities = article.around.entities

    def sectors(record: Mention | Claim) -> Hashable:
        entity = entities.get(record.entity) if isinstance(record, Mention) and record.entity else None
        return frozenset(entity.sectors) if entity else None

    asked = [("sectors", sectors), *_sets(article.around.schema.mention_attributes)]
    return _count(mention_groups(article), asked, 0)


_CHOICES = (NOMINAL, PERCENT, COHEN, FLEISS)
CLAIM_CHOICES = Layer(
    "claim choices",
    "Choices of claims",
    "claim",
    "claims that match",
    _claim_choices,
    _CHOICES,
    "attribute",
    _CLAIM_RULE,
)
CLAIM_ORDERS = Layer(
    "claim orders", "Ordered choices of claims", "claim", "claims that match", _claim_orders, (ORDINAL, PERCENT, COHEN),
    "attribute", _CLAIM_RULE,
)  # fmt: skip
CLAIM_SETS = Layer(
    "claim sets", "Claim attributes with several values", "claim", "claims that match", _claim_sets, (MASI, PERCENT),
    "attribute", _CLAIM_RULE,
)  # fmt: skip
MENTION_CHOICES = Layer(
    "mention choices", "Labels and choices of mentions", "mention", "mentions that match", _mention_choices, _CHOICES,
    "attribute", _MENTION_RULE,
)  # fmt: skip
MENTION_SETS = Layer(
    "mention sets", "Mention attributes with several values", "mention", "mentions that match", _mention_sets,
    (MASI, PERCENT), "attribute", _MENTION_RULE,
)  # fmt: skip
