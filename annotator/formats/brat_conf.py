"""annotation.conf and visual.conf for brat, made from a project's schema."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from annotator.domain.attributes import CLAIM_FIELDS, YES, Attribute, AttributeType
from annotator.domain.schemas import Schema
from annotator.formats.brat_meaning import CLAIM, CONTENT, CUE, SOURCE, UNSURE, WITHIN, ZONE
from annotator.formats.brat_text import as_name

_PARTS = (CONTENT, SOURCE, CUE)
_OURS = frozenset({*_PARTS, WITHIN, CLAIM})


def as_label(key: str) -> str:
    """A label's or an event type's name; one that is a word of the convention itself is spelled otherwise."""
    name = as_name(key)
    # Else a project's own “Source” would be read back as there for a claim's sake, and “Zone-x” as a zone.
    return f"%{ord(name[0]):02X}{name[1:]}" if name in _OURS or name.startswith(ZONE) else name


def annotation_conf(schema: Schema, event_types: Iterable[str] = ()) -> str:
    """Which labels, links, roles and choices there are; event_types are those that claims have of their own."""
    # brat calls an event an error when its type, or a choice on it, is not declared.
    types = [*dict.fromkeys((CLAIM, *map(as_label, event_types)))]
    claims = "|".join(types)
    labels = [as_label(label.key) for label in schema.labels]
    zones = [f"{ZONE}{as_name(kind.key)}" for kind in schema.zone_kinds]
    links = [f"{as_name(link.key)}\tArg1:{claims}, Arg2:{claims}" for link in schema.links if link.between == "claim"]
    sources = "|".join([SOURCE, *labels])
    roles = f"{CONTENT}+:{CONTENT}, {SOURCE}*:{sources}, {CUE}*:{CUE}, {WITHIN}?:{claims}"
    attributes = [f"{UNSURE}\tArg:<ANY>"]
    attributes += _attributes(schema.mention_attributes, labels)
    attributes += _attributes((replace(one, on=()) for one in schema.claim_attributes), types)
    events = [f"{one}\t{roles}" for one in types]
    return _sections(entities=[*labels, *_PARTS, *zones], relations=links, events=events, attributes=attributes)


def _attributes(attributes: Iterable[Attribute], types: Sequence[str]) -> Iterator[str]:
    """The attributes that brat can show: choices and flags. types are what has them unless they say on what."""
    for attribute in attributes:
        on = sorted(map(as_label, attribute.on) if attribute.on else types)
        arguments = f"{as_name(attribute.key)}\tArg:{'|'.join(on)}"
        if attribute.type is AttributeType.CHOICE and attribute.choices:
            yield f"{arguments}, Value:{'|'.join(map(as_name, attribute.choices))}"
        elif attribute.type is AttributeType.FLAG:
            yield arguments


def visual_conf(schema: Schema) -> str:
    """Names and colours."""
    names = [f"{as_label(label.key)} | {_plain(label.name)}" for label in schema.labels]
    colours = [f"{as_label(label.key)}\tbgColor:{label.light}, fgColor:white" for label in schema.labels]
    for part in schema.claim_parts:
        if part.key.capitalize() in _PARTS:
            colours.append(f"{part.key.capitalize()}\tbgColor:{part.light}, fgColor:white")
        if part.key.capitalize() == CONTENT:
            colours.append(f"{CLAIM}\tbgColor:{part.light}, fgColor:white")
    return _sections(labels=names, drawing=colours)


def _plain(name: str) -> str:
    return " ".join(name.replace("|", "/").split())


def _sections(**sections: list[str]) -> str:
    return "".join(f"[{name}]\n{''.join(f'{line}{chr(10)}' for line in lines)}\n" for name, lines in sections.items())


def goes_as_attribute(values: tuple[str, ...]) -> bool:
    """Whether values fit in an A line: one short word or phrase, or a flag that is set."""
    return len(values) == 1 and (values[0] == YES or (len(values[0]) <= _LONGEST and values[0].isprintable()))


_LONGEST = 60
CHOICES = sorted(CLAIM_FIELDS - {"about", "said_on"})
"""Fields of claims that are written as attributes."""
