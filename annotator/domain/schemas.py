"""The schema: which labels, keys, colours, kinds and choices a project codes by."""

import json
from dataclasses import dataclass
from typing import Any

from annotator.errors import FormatError


@dataclass(frozen=True, slots=True)
class Label:
    """A label for mentions. Its key never changes; name, hotkey and colours (light, dark: #RRGGBB) may."""

    key: str
    name: str
    hotkey: str
    light: str
    dark: str
    links_to: str | None = None
    kinds: tuple[str, ...] = ()
    help: str = ""

    @property
    def links_to_entity(self) -> bool:
        """Whether its mentions name an entity."""
        return self.links_to == "entity"


@dataclass(frozen=True, slots=True)
class EntityKind:
    """A kind of entity with its digit on the keyboard."""

    key: str
    digit: int


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """A part of a claim that is marked in the text."""

    key: str
    hotkey: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A field whose value is one of a list. default is "guess" where the program proposes the first value."""

    key: str
    choices: tuple[str, ...]
    default: str = ""


@dataclass(frozen=True, slots=True)
class ZoneKind:
    """A kind of zone. What is out of play gets no suggestions and does not count in agreement."""

    key: str
    digit: int
    is_out_of_play: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """A project's schema, as far as this version of the program uses it."""

    name: str
    labels: tuple[Label, ...]
    kinds: tuple[EntityKind, ...]
    claim_parts: tuple[ClaimPart, ...]
    claim_choices: tuple[Choice, ...]
    mention_choices: tuple[Choice, ...]
    zone_kinds: tuple[ZoneKind, ...] = ()

    def label(self, key: str) -> Label:
        """The label with this key; a plain grey one for a key the schema no longer has, so that old records show."""
        for label in self.labels:
            if label.key == key:
                return label
        return Label(key, key, "", "#5F6B76", "#A3AEB8")

    def part(self, key: str) -> ClaimPart:
        """The claim part with this key; raises KeyError when the schema has none."""
        return {part.key: part for part in self.claim_parts}[key]

    def choice(self, key: str) -> Choice:
        """The choice field with this key, of claims first, then of mentions; raises KeyError when there is none."""
        return {choice.key: choice for choice in (*self.mention_choices, *self.claim_choices)}[key]

    def kind_with_digit(self, digit: int) -> str | None:
        """The entity kind on a digit key."""
        return next((kind.key for kind in self.kinds if kind.digit == digit), None)

    @property
    def actor_label(self) -> Label | None:
        """The label that a claim's source gets: the first whose entities are more than places."""
        return next((label for label in self.labels if label.links_to_entity and label.kinds != ("place",)), None)


_PARTS = ("content", "source", "cue")


def parse(text: str) -> Schema:
    """Reads a schema file's JSON. Raises FormatError that says what is missing or wrong."""
    try:
        data = json.loads(text)
        if data.get("format") != "annotator-schema" or data.get("version") != 1:
            raise FormatError("This is not a schema of this program (format annotator-schema, version 1).")
        claim = data["claim"]
        return Schema(
            name=data["name"],
            labels=tuple(_label(label) for label in data["mentions"]),
            kinds=tuple(EntityKind(kind["key"], kind["digit"]) for kind in data["entity_kinds"]),
            claim_parts=tuple(_part(part) for part in claim["parts"] if part["key"] in _PARTS),
            claim_choices=_choices(claim["attributes"]),
            mention_choices=_choices(data["mention_attributes"]),
            zone_kinds=tuple(
                ZoneKind(zone["key"], zone["digit"], bool(zone.get("out_of_play"))) for zone in data.get("zones", ())
            ),
        )
    except json.JSONDecodeError as error:
        raise FormatError(f"The schema is not valid JSON: line {error.lineno}, {error.msg}.") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise FormatError(f"The schema lacks or misspells a field: {error}.") from error


def _label(data: dict[str, Any]) -> Label:
    return Label(
        data["key"],
        data["name"],
        data["hotkey"],
        data["light"],
        data["dark"],
        data["links_to"],
        tuple(data.get("kinds", ())),
        data.get("help", ""),
    )


def _part(data: dict[str, Any]) -> ClaimPart:
    return ClaimPart(data["key"], data["hotkey"], data["light"], data["dark"])


def _choices(fields: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(field["key"], tuple(field["choices"]), field.get("default", ""))
        for field in fields
        if field["type"] == "choice" and "choices" in field
    )
