"""Where records use a word of the schema, so that changing it can say and do what follows."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone

User = Mention | Entity | Claim | Link | Zone
"""A record that uses words of the schema."""


class Holder(StrEnum):
    """The type of records that are asked."""

    MENTION = "mention"
    ENTITY = "entity"
    CLAIM = "claim"
    LINK = "link"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Use:
    """Records whose field has the value, or any value when it is None.

    field is a field of the record ("label", "kind", "level"), "sectors", "event type", "quantity" or "place relation";
    or, with is_attribute, the key of one of the schema's attributes that are no fields.
    """

    holder: Holder
    field: str
    value: str | None
    is_attribute: bool = False
