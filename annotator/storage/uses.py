"""Finding the records that use a word of the schema."""

from typing import Any

from annotator.domain.uses import Holder, Use
from annotator.storage.tables.base import Table
from annotator.storage.tables.claims import CLAIMS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.links import LINKS
from annotator.storage.tables.mentions import MENTIONS
from annotator.storage.tables.zones import ZONES

_TABLES: dict[Holder, Table[Any]] = {
    Holder.MENTION: MENTIONS,
    Holder.ENTITY: ENTITIES,
    Holder.CLAIM: CLAIMS,
    Holder.LINK: LINKS,
    Holder.ZONE: ZONES,
}
_COLUMNS = {
    Holder.MENTION: {"label", "level", "used_as"},
    Holder.ENTITY: {"kind", "country", "role"},
    Holder.CLAIM: {"source_type", "manner", "act", "stance", "certainty", "medium", "author_stance", "wording"},
    Holder.LINK: {"label"},
    Holder.ZONE: {"kind"},
}
_OTHER_NAMES = {"event type": "event_type", "place relation": "place_relation"}
_PARTS = {
    "quantity": "id IN (SELECT claim_id FROM claim_quantity WHERE what = :value OR :value IS NULL)",
    "about": "id IN (SELECT claim_id FROM claim_about)",
    "said_on": "said_words != '' OR said_earliest != '' OR said_latest != ''",
    "sectors": "sectors != '' AND (:value IS NULL OR EXISTS (SELECT 1 FROM json_each(sectors) WHERE value = :value))",
}


def table_of(use: Use) -> Table[Any]:
    """The table whose records are asked."""
    return _TABLES[use.holder]


def condition(use: Use) -> tuple[str, dict[str, str | None]]:
    """The condition that the records meet, and its values."""
    values: dict[str, str | None] = {"value": use.value}
    if use.is_attribute:
        # A path would need the key quoted; keys of an object can be compared as they are.
        held = "EXISTS (SELECT 1 FROM json_each(attributes) a WHERE a.key = :key AND "
        any_of = "(:value IS NULL OR EXISTS (SELECT 1 FROM json_each(a.value) WHERE value = :value)))"
        return f"attributes != '' AND {held}{any_of}", {**values, "key": use.field}
    if use.field in _PARTS:
        return _PARTS[use.field], values
    column = _OTHER_NAMES.get(use.field, use.field)
    if column not in _COLUMNS[use.holder] | set(_OTHER_NAMES.values()):
        raise ValueError(f"no {use.holder} has {use.field}")
    return (f"{column} != ''" if use.value is None else f"{column} = :value"), values
