"""What regions of other tools have no field for: it travels beside them, under a key of our own, and reads back.

Notes find their region by place and label, not by id: tools give regions new ids, and a note must never land elsewhere.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.found import Findings, FoundEntity, FoundZone
from annotator.domain.identifiers import check, parse
from annotator.domain.values import Value
from annotator.formats.json_parts import BadRecord, Object, listed, mapping, span_in, words
from annotator.formats.regions import CHOICES, Arrow, Region, Sheet

KEY = "annotator_data"
"""The name of our own key in files of other tools."""
_VERSION = 1


def is_own_format(head: bytes) -> bool:
    """Whether a file begins as our own JSON Lines do, which have texts and spans as others have them."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b'{"format":"annotator-')


def article_fields(article: Article) -> dict[str, str]:
    """What is known about an article, without what is not; json_parts.known_fields reads it."""
    names = ("title", "publisher", "byline", "url", "published", "language")
    return {name: getattr(article, name) for name in names if getattr(article, name)}


def written(sheet: Sheet, regions: list[Region], arrows: Iterable[Arrow] = ()) -> Object:
    """The notes of an article; regions and arrows are as they stand in the file."""
    places = {region.key: region for region in regions}
    signed = [
        {"label": arrow.label, **_ends(places[arrow.origin], places[arrow.target]), "annotator": arrow.annotator}
        for arrow in arrows
        if arrow.annotator != places[arrow.origin].annotator
    ]
    notes = [note for region in regions if len(note := _note(region)) > 3]
    data: Object = {"version": _VERSION}
    if notes:
        data["regions"] = notes
    if signed:
        data["arrows"] = signed
    if sheet.entities:
        data["entities"] = [_entity(entity) for entity in sheet.entities]
    if sheet.zones:
        data["zones"] = [
            {"start": zone.span.start, "end": zone.span.end, "kind": zone.kind, "annotator": zone.annotator}
            for zone in sheet.zones
        ]
    return data


def _note(region: Region) -> Object:
    span = region.spans[0]
    note: Object = {"start": span.start, "end": span.end, "label": region.label}
    for name in ("annotator", "entity", "level", "note"):
        if said := getattr(region, name):
            note[name] = said
    if region.unsure:
        note["unsure"] = True
    if region.attributes:
        note["attributes"] = {value.key: list(value.values) for value in region.attributes}
    if region.choices:
        note["choices"] = dict(region.choices)
    return note


def _entity(entity: FoundEntity) -> Object:
    data: Object = {"key": entity.key, "name": entity.name, "kind": entity.kind}
    if entity.aliases:
        data["aliases"] = list(entity.aliases)
    if entity.ids:
        data["ids"] = [str(identifier) for identifier in entity.ids]
    return data


def noted(data: object, regions: Iterable[Region]) -> list[Region]:
    """The regions with their notes; a note without its region is left, a region without a note stays as it is."""
    notes: dict[tuple[object, object, str], list[Object]] = {}
    for note in map(mapping, listed(mapping(data).get("regions"))):
        start, end = note.get("start"), note.get("end")
        if isinstance(start, int) and isinstance(end, int):
            notes.setdefault((start, end, words(note.get("label"))), []).append(note)
    found = []
    for region in regions:
        span = region.spans[0]
        waiting = notes.get((span.start, span.end, region.label))
        found.append(_with_note(region, _taken(waiting, region.annotator)) if waiting else region)
    return found


def _taken(waiting: list[Object], annotator: str) -> Object:
    """Takes the note of the same annotator, or else the first: a tool may list regions by who made them."""
    own = (number for number, note in enumerate(waiting) if annotator and words(note.get("annotator")) == annotator)
    return waiting.pop(next(own, 0))


def signed(data: object, regions: list[Region], arrows: Iterable[Arrow]) -> list[Arrow]:
    """The arrows with who drew them: who is noted, or else who made the region that they come from."""
    places = {region.key: region for region in regions}
    names: dict[tuple[Any, ...], list[str]] = {}
    for note in map(mapping, listed(mapping(data).get("arrows"))):
        place = (words(note.get("label")), str(listed(note.get("from"))), str(listed(note.get("to"))))
        names.setdefault(place, []).append(words(note.get("annotator")))
    found = []
    for arrow in arrows:
        name = arrow.annotator
        if arrow.origin in places and arrow.target in places:
            ends = tuple(map(str, _ends(places[arrow.origin], places[arrow.target]).values()))
            waiting = names.get((arrow.label, *ends))
            name = waiting.pop(0) if waiting else places[arrow.origin].annotator or name
        found.append(replace(arrow, annotator=name))
    return found


def _ends(origin: Region, target: Region) -> dict[str, list[int]]:
    one, other = origin.spans[0], target.spans[0]
    return {"from": [one.start, one.end], "to": [other.start, other.end]}


def _with_note(region: Region, note: Object) -> Region:
    choices = mapping(note.get("choices"))
    return replace(
        region,
        annotator=words(note.get("annotator")) or region.annotator,
        entity=words(note.get("entity")) or region.entity,
        level=words(note.get("level")),
        note=words(note.get("note")),
        unsure=note.get("unsure") is True,
        attributes=values_in(note.get("attributes")),
        choices=tuple((name, said) for name in CHOICES if (said := words(choices.get(name)))),
    )


def values_in(data: object) -> tuple[Value, ...]:
    """Attributes from an object of names and words."""
    found = []
    for key, said in mapping(data).items():
        values = tuple(word for word in map(words, listed(said)) if word)
        if values and words(key):
            found.append(Value(words(key), values))
    return tuple(found)


def entities_in(data: object) -> tuple[FoundEntity, ...]:
    """The entities that are noted; those without a key or a name are none."""
    found: dict[str, FoundEntity] = {}
    for entity in map(mapping, listed(mapping(data).get("entities"))):
        key, name = words(entity.get("key")), words(entity.get("name"))
        if key and name.strip() and key not in found:
            ids = [parse(said) for said in map(words, listed(entity.get("ids"))) if said.strip()]
            found[key] = FoundEntity(
                key,
                name,
                words(entity.get("kind")),
                tuple(alias for alias in map(words, listed(entity.get("aliases"))) if alias.strip()),
                tuple(identifier for identifier in ids if not check(identifier.scheme, identifier.value)),
            )
    return tuple(found.values())


def zones_in(data: object, text: str, file: str, line: int, findings: Findings) -> tuple[FoundZone, ...]:
    """The zones that are noted; those outside the text are reported."""
    found = []
    for zone in map(mapping, listed(mapping(data).get("zones"))):
        try:
            span = span_in(zone.get("start"), zone.get("end"), text)
        except BadRecord as error:
            findings.problem(file, f"a zone was left out: {error}", line)
            continue
        kind = words(zone.get("kind"))
        if kind:
            found.append(FoundZone(kind, span, words(zone.get("annotator"))))
    return tuple(found)


def line_of(data: Any) -> str:
    """A value as one line of JSON, whatever line ends its strings hold."""
    import json

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "\u2028\u2029\x85":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{text}\n"
