"""The schema: which labels, keys, colours, kinds, choices, attributes and links a project codes by."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from annotator.domain.attributes import (
    CLAIM_FIELDS,
    ENTITY_FIELDS,
    GUESS,
    MENTION_FIELDS,
    YES,
    Attribute,
    AttributeType,
    Tier,
    spoken,
)
from annotator.domain.entities import PLACE
from annotator.domain.schema_checking import problems
from annotator.errors import FormatError

GREY_ON_LIGHT, GREY_ON_DARK = "#5F6B76", "#A3AEB8"
"""The colours of what the schema gives none."""
_MOST_PROBLEMS = 3


class LabelKind(StrEnum):
    """What the mentions of a label name: it follows from what the label links to and from its kinds."""

    ACTOR = "actor"
    LOCATION = "location"
    OTHER_ENTITY = "other entity"
    DATE = "date"
    QUANTITY = "quantity"
    PLAIN = "plain"


GUIDELINES_VERSION = "guidelines_version"
"""What the field is called in the JSON."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label for mentions. Its key never changes; name, hotkey and colours (light, dark: #RRGGBB) may.

    help is one line; guidelines is Markdown of any length, shown while tagging.
    """

    key: str
    name: str
    hotkey: str
    light: str
    dark: str
    links_to: str | None = None
    kinds: tuple[str, ...] = ()
    help: str = ""
    guidelines: str = ""
    kind: LabelKind = LabelKind.PLAIN

    @property
    def links_to_entity(self) -> bool:
        """Whether its mentions name an entity."""
        return self.links_to == "entity"


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity with its digit on the keyboard; 0 is no digit. One that does not act is never a source.

    maps holds what other schemes call it, such as ("ontonotes", "PERSON").
    """

    key: str
    digit: int
    default_sector: str = ""
    never_merged_automatically: bool = False
    acts: bool = True
    maps: tuple[tuple[str, str], ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A part of a claim that is marked in the text."""

    key: str
    hotkey: str
    light: str = GREY_ON_LIGHT
    dark: str = GREY_ON_DARK
    help: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field whose value is one of a list. default is "guess" where the program proposes the first value."""

    key: str
    choices: tuple[str, ...]
    default: str = ""


@dataclass(frozen=True, slots=True)
class ZoneKind:
    """A kind of zone; digit 0 is no digit. What is out of play gets no suggestions and does not count in agreement."""

    key: str
    digit: int
    is_out_of_play: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class LinkLabel:
    """A label for links between two claims or two entities. A dated one may say from when and until when."""

    key: str
    name: str
    hotkey: str
    between: str
    is_symmetric: bool = False
    is_dated: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class EventBlock:
    """What is said to have happened: the part of a claim that makes an event row."""

    tier: Tier
    types: tuple[str, ...]
    quantities: tuple[str, ...]
    place_relations: tuple[str, ...]
    has_mode: bool = False
    is_required: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it is shown and asked for."""
        return self.tier is not Tier.OFF


@dataclass(frozen=True, slots=True)
class Schema:
    """A project's schema, as far as this version of the program uses it."""

    name: str
    labels: tuple[Label, ...]
    kinds: tuple[EntityKind, ...]
    claim_parts: tuple[ClaimPart, ...]
    mention_attributes: tuple[Attribute, ...] = ()
    entity_attributes: tuple[Attribute, ...] = ()
    claim_attributes: tuple[Attribute, ...] = ()
    zone_kinds: tuple[ZoneKind, ...] = ()
    links: tuple[LinkLabel, ...] = ()
    event: EventBlock | None = None
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    help: str = ""
    allows_nesting: bool = True
    """Whether a claim may be quoted inside another."""
    guidelines_version: str = ""
    """Which version of the written guidelines people follow, such as 2.1; agreement is stated with it."""

    def label(self, key: str) -> Label:
        """The label with this key; a plain grey one for a key the schema no longer has, so that old records show."""
        for label in self.labels:
            if label.key == key:
                return label
        return Label(key, key, "", GREY_ON_LIGHT, GREY_ON_DARK)

    def part(self, key: str) -> ClaimPart:
        """The claim part with this key; raises KeyError when the schema has none."""
        return {part.key: part for part in self.claim_parts}[key]

    def choice(self, key: str) -> Choice:
        """The choice field with this key, of claims first, then of mentions; raises KeyError when there is none."""
        return {choice.key: choice for choice in (*self.mention_choices, *self.claim_choices)}[key]

    def start(self, key: str, guess: str = "") -> str:
        """What a new record says in a choice field: what the schema says, or the guess where it leaves it open."""
        found = (choice.default for choice in (*self.mention_choices, *self.claim_choices) if choice.key == key)
        default = next(found, "")
        return guess if default in {"", GUESS} else default

    def starting_use(self, label: Label) -> str:
        """What a new mention of a label is used as; nothing where the label is not for places."""
        return self.start("used_as") if label.kinds == (PLACE,) else ""

    def link(self, key: str) -> LinkLabel | None:
        """The link label with this key."""
        return next((link for link in self.links if link.key == key), None)

    def list_values(self, name: str) -> tuple[str, ...]:
        """The values of a list; none for a name the schema does not have."""
        return dict(self.lists).get(name, ())

    def kind_with_digit(self, digit: int) -> str | None:
        """The entity kind on a digit key."""
        return next((kind.key for kind in self.kinds if kind.digit == digit != 0), None)

    @property
    def out_of_play(self) -> frozenset[str]:
        """The kinds of zones in which nothing is suggested, looked for or compared."""
        return frozenset(kind.key for kind in self.zone_kinds if kind.is_out_of_play)

    @property
    def mention_choices(self) -> tuple[Choice, ...]:
        """The choices with a field of their own in mentions that are switched on."""
        return _choices(self.mention_attributes)

    @property
    def claim_choices(self) -> tuple[Choice, ...]:
        """The choices with a field of their own in claims that are switched on."""
        return _choices(self.claim_attributes)

    @property
    def sectors(self) -> tuple[str, ...]:
        """The codes for what actors do."""
        return self.list_values("sectors")

    @property
    def actor_label(self) -> Label | None:
        """The label that a claim's source gets: the first whose entities can say something."""
        return next((label for label in self.labels if label.kind is LabelKind.ACTOR), None)


def _choices(attributes: tuple[Attribute, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(attribute.key, attribute.choices, next(iter(attribute.default), ""))
        for attribute in attributes
        if attribute.is_field and attribute.is_on and attribute.type is AttributeType.CHOICE and attribute.choices
    )


def parse(text: str) -> Schema:
    """Reads a schema's JSON. Raises FormatError that says what is missing or wrong.

    What can be worked with is read, so that a project opens that was made with a schema this version finds fault
    with; schema_checking.problems finds everything that is wrong.
    """
    try:
        data = json.loads(text)
        if data.get("format") == "annotator-schema" and data.get("version") == 1:
            return _schema(data)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        pass
    found = problems(text)[:_MOST_PROBLEMS]
    raise FormatError("\n".join(["The schema cannot be read.", *map(str, found)]))


def _schema(data: dict[str, Any]) -> Schema:
    lists = tuple((name, tuple(map(str, values))) for name, values in data.get("lists", {}).items())
    kinds = tuple(_kind(kind) for kind in data["entity_kinds"])
    claim = data["claim"]
    return Schema(
        name=str(data["name"]),
        labels=tuple(_label(label, kinds) for label in data["mentions"]),
        kinds=kinds,
        claim_parts=tuple(_part(part) for part in claim["parts"]),
        mention_attributes=_attributes(data["mention_attributes"], dict(lists), MENTION_FIELDS),
        entity_attributes=_attributes(data.get("entity_attributes", ()), dict(lists), ENTITY_FIELDS),
        claim_attributes=_attributes(claim["attributes"], dict(lists), CLAIM_FIELDS),
        zone_kinds=tuple(_zone(zone) for zone in data.get("zones", ())),
        links=tuple(_link(link) for link in data.get("links", ())),
        event=_event(claim["event"], dict(lists)) if claim.get("event") else None,
        lists=lists,
        help=str(data.get("help") or ""),
        allows_nesting=bool(claim.get("nesting", True)),
        guidelines_version=str(data.get(GUIDELINES_VERSION) or ""),
    )


def _label(data: dict[str, Any], kinds: tuple[EntityKind, ...]) -> Label:
    links_to, its = data["links_to"], tuple(map(str, data.get("kinds", ())))
    # A stranger's schema may say nothing of the kinds of a label: then its entities may be of any.
    fitting = its or (tuple(kind.key for kind in kinds) if links_to == "entity" else ())
    return Label(
        key=str(data["key"]),
        name=str(data["name"]),
        hotkey=str(data["hotkey"]),
        light=str(data["light"]),
        dark=str(data["dark"]),
        links_to=links_to,
        kinds=fitting,
        help=str(data.get("help") or ""),
        guidelines=str(data.get("guidelines") or ""),
        kind=_label_kind(links_to, its, {kind.key for kind in kinds if kind.acts}),
    )


def _label_kind(links_to: str | None, kinds: tuple[str, ...], acting: set[str]) -> LabelKind:
    if links_to != "entity":
        return LabelKind(links_to) if links_to else LabelKind.PLAIN
    if kinds == (PLACE,):
        return LabelKind.LOCATION
    return LabelKind.ACTOR if acting.intersection(kinds) else LabelKind.OTHER_ENTITY


def _kind(data: dict[str, Any]) -> EntityKind:
    return EntityKind(
        key=str(data["key"]),
        digit=int(data["digit"]),
        default_sector=str(data.get("default_sector") or ""),
        never_merged_automatically=bool(data.get("never_merged_automatically")),
        acts=bool(data.get("acts", True)),
        maps=tuple((scheme, str(code)) for scheme, code in data.get("maps", {}).items()),
        help=str(data.get("help") or ""),
    )


def _part(data: dict[str, Any]) -> ClaimPart:
    light, dark = data.get("light", GREY_ON_LIGHT), data.get("dark", GREY_ON_DARK)
    return ClaimPart(str(data["key"]), str(data["hotkey"]), str(light), str(dark), str(data.get("help") or ""))


def _zone(data: dict[str, Any]) -> ZoneKind:
    return ZoneKind(str(data["key"]), int(data["digit"]), bool(data.get("out_of_play")), str(data.get("help") or ""))


def _link(data: dict[str, Any]) -> LinkLabel:
    return LinkLabel(
        key=str(data["key"]),
        name=str(data.get("name") or spoken(str(data["key"]))),
        hotkey=str(data.get("hotkey") or ""),
        between=str(data["from"]),
        is_symmetric=bool(data.get("symmetric")),
        is_dated=bool(data.get("dated")),
        help=str(data.get("help") or ""),
    )


def _event(data: dict[str, Any], lists: dict[str, tuple[str, ...]]) -> EventBlock:
    return EventBlock(
        tier=Tier(data.get("tier", Tier.OPTIONAL)),
        types=lists.get(data.get("type_list", ""), ()),
        quantities=tuple(map(str, data.get("quantities", ()))),
        place_relations=tuple(map(str, data.get("place_relations", ()))),
        has_mode=bool(data.get("mode")),
        is_required=bool(data.get("required")),
    )


def _attributes(
    fields: Iterable[dict[str, Any]], lists: dict[str, tuple[str, ...]], built_in: frozenset[str]
) -> tuple[Attribute, ...]:
    return tuple(
        Attribute(
            key=str(field["key"]),
            name=str(field.get("name") or spoken(str(field["key"]))),
            type=AttributeType(field["type"]),
            choices=tuple(map(str, field.get("choices") or lists.get(field.get("list", ""), ()))),
            default=_default(field.get("default")),
            tier=Tier(field.get("tier", Tier.OPTIONAL)),
            on=tuple(map(str, field.get("on", ()))),
            required=bool(field.get("required")),
            help=str(field.get("help") or ""),
            list_name=str(field.get("list") or ""),
            is_field=field["key"] in built_in,
        )
        for field in fields
    )


def _default(value: object) -> tuple[str, ...]:
    if value is None or value is False or value == "":
        return ()
    if value is True:
        return (YES,)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
