"""Typed attributes: the fields that a schema gives to mentions, entities and claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.values import Value


class AttributeType(StrEnum):
    """What an attribute's values are. CHOICES and ENTITIES hold several, the others at most one."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "many choices"
    FLAG = "flag"
    NUMBER = "number"
    DATE = "date"
    ENTITY = "entity"
    ENTITIES = "entities"


class Tier(StrEnum):
    """Whether an attribute is shown: CORE always, OPTIONAL unless switched off, OFF when switched on."""

    CORE = "core"
    OPTIONAL = "optional"
    OFF = "off"


GUESS = "guess"
"""The default of a choice whose first value the program proposes."""
YES = "yes"
"""The value of a flag that is set; one that is not set has no value."""
COUNTRIES = "iso3166-1 alpha-3"
"""The list that every schema has: codes of countries. Its values are not in the schema."""

MENTION_FIELDS = frozenset({"level", "used_as"})
ENTITY_FIELDS = frozenset({"sector", "sectors", "country", "role"})
CLAIM_FIELDS = frozenset(
    {
        "source_type",
        "act",
        "manner",
        "stance",
        "certainty",
        "medium",
        "author_stance",
        "about",
        "said_on",
        "wording",
    }
)
"""Attributes with a field of their own in the records; values of all others are in the records' attributes."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One field. on names the labels (for mentions) or kinds (for entities) that have it; empty means all.

    list_name names the list that choices were taken from; it is empty where they are the attribute's own. A choice of
    COUNTRIES has no choices here: any code of three letters will do.
    """

    key: str
    name: str
    type: AttributeType
    choices: tuple[str, ...] = ()
    default: tuple[str, ...] = ()
    tier: Tier = Tier.OPTIONAL
    on: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    list_name: str = ""
    is_field: bool = False
    """Whether the records have a field of their own for it."""

    @property
    def is_on(self) -> bool:
        """Whether it is shown and asked for."""
        return self.tier is not Tier.OFF

    def is_for(self, label_or_kind: str) -> bool:
        """Whether mentions of this label, or entities of this kind, have it."""
        return not self.on or label_or_kind in self.on


def starting_values(attributes: Iterable[Attribute], label_or_kind: str = "") -> tuple[Value, ...]:
    """The values that a new record of a label or kind starts with; fields of the records have theirs elsewhere."""
    starting = [one for one in attributes if not one.is_field and one.is_on and one.default and one.default != (GUESS,)]
    found = [Value(one.key, one.default) for one in starting if one.is_for(label_or_kind)]
    return tuple(sorted(found, key=lambda value: value.key))


def spoken(key: str) -> str:
    """A key as words to show: "said_on" becomes "Said on"."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
