"""The parts of one Web Annotation, in whatever form a program writes them: bodies, targets, selectors, creators."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.found import FoundEntity
from annotator.domain.identifiers import check, parse
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.formats.json_parts import Object, listed, mapping, words

MOST_PIECES = 1000
"""Targets or selectors of one annotation that are looked at."""
_CHARS = re.compile(r"char=(\d{1,9}),(\d{1,9})(?:;.*)?")
"""RFC 5147; what may follow checks that the text is still the same, by its length or hash."""
_PREFIXES = ("urn:uuid:", "urn:annotator:")


def attributes_of(fields: list[tuple[str, str]], taken: set[str]) -> tuple[Value, ...]:
    """Fields that are not taken elsewhere, as attributes."""
    values: dict[str, list[str]] = {}
    for name, value in fields:
        if name not in taken:
            values.setdefault(name, []).append(value)
    return tuple(Value(name, tuple(said)) for name, said in values.items())


class Bodies:
    """What the bodies of an annotation say."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.entity = ""
        self.zone = ""
        self.notes: list[str] = []
        self.fields: list[tuple[str, str]] = []
        self.links: list[tuple[str, str, str]] = []

    def take(self, body: Object, entities: dict[str, FoundEntity]) -> None:
        """Notes what one body says, by its purpose."""
        purpose = words(_first(body.get("purpose")))
        value, label = said_in(body.get("value")), said_in(body.get("label"))
        source = words(body.get("source")) or words(body.get("id"))
        if purpose == "classifying" and label == "zone":
            self.zone = value
        elif purpose == "classifying" and label and value:
            self.fields.append((label, value))
        elif purpose == "linking" and source:
            self.links.append((key_of(source), label or "related", creator_of(body)))
        elif (purpose == "identifying" or (not purpose and not value)) and source:
            self.entity = self.entity or _named(source, label, entities)
        elif purpose in {"tagging", "classifying"} and value:
            self.labels.append(value)
        elif value:
            self.notes.append(value)


def _named(source: str, label: str, entities: dict[str, FoundEntity]) -> str:
    key = key_of(source)
    if key not in entities:
        identifier = parse(source)
        ids = () if check(identifier.scheme, identifier.value) else (identifier,)
        entities[key] = FoundEntity(key, label or source.rstrip("/").rsplit("/", 1)[-1], ids=ids)
    return key


def entity_in(node: Object) -> FoundEntity | None:
    """The entity of a node; None when it has no address or no name."""
    key, name = key_of(words(node.get("id"))), said_in(node.get("name"))
    if not key or not name.strip():
        return None
    others = [*listed(node.get("schema:sameAs")), *listed(node.get("schema:identifier"))]
    ids = [parse(said) for said in map(said_in, others) if said.strip()]
    aliases = tuple(alias for alias in map(said_in, listed(node.get("schema:alternateName"))) if alias.strip())
    good = tuple(identifier for identifier in ids if not check(identifier.scheme, identifier.value))
    return FoundEntity(key, name, said_in(node.get("schema:additionalType")), aliases, good)


def bodies(annotation: Object) -> Iterator[Object]:
    """Bodies as objects, whatever short form they have; bodyValue and the tags and text of Hypothesis too."""
    for body in listed(annotation.get("body")):
        yield {"id": body} if isinstance(body, str) else mapping(body)
    if annotation.get("bodyValue") is not None:
        yield {"value": annotation["bodyValue"]}
    for tag in listed(annotation.get("tags")):
        yield {"purpose": "tagging", "value": tag}
    if annotation.get("text"):
        yield {"purpose": "commenting", "value": annotation["text"]}


def targets(annotation: Object) -> Iterator[Object]:
    """Targets as objects with the address of their source, whatever short form they have."""
    for target in listed(annotation.get("target")):
        if isinstance(target, str):
            source, _, fragment = target.partition("#")
            yield {"source": source, "selector": {"type": "FragmentSelector", "value": fragment}}
        else:
            node = dict(mapping(target))
            node["source"] = words(mapping(node.get("source")).get("id")) or words(node.get("source"))
            yield node


def selected(target: Object) -> tuple[tuple[object, object] | None, Object]:
    """The position and the quote of a target."""
    place: tuple[object, object] | None = None
    quote: Object = {}
    waiting = list(map(mapping, listed(target.get("selector"))))
    for selector in waiting:
        kind = words(_first(selector.get("type"))).removeprefix("oa:")
        if kind == "TextPositionSelector":
            place = place or (selector.get("start"), selector.get("end"))
        elif kind == "TextQuoteSelector":
            quote = quote or selector
        elif kind == "FragmentSelector" and (match := _CHARS.fullmatch(words(selector.get("value")))):
            place = place or (int(match[1]), int(match[2]))
        if selector.get("refinedBy") is not None and len(waiting) < MOST_PIECES:
            waiting += map(mapping, listed(selector["refinedBy"]))
    return place, quote


def only_place(text: str, exact: str, quote: Object) -> Span | None:
    """Where the words stand with what is before and after them, when that is one place only."""
    before, after = words(quote.get("prefix")), words(quote.get("suffix"))
    whole = before + exact + after
    at = text.find(whole)
    if at < 0 or text.find(whole, at + 1) >= 0 or not exact:
        return None
    return Span(at + len(before), at + len(before) + len(exact))


def creator_of(node: Object) -> str:
    """The name of who made it, or else the address."""
    creator = _first(node.get("creator", node.get("user")))
    if isinstance(creator, dict):
        return said_in(creator.get("name")) or said_in(creator.get("nickname")) or key_of(words(creator.get("id")))
    return key_of(words(creator))


def key_of(address: str) -> str:
    """The id in an address of ours; any other address as it is."""
    for prefix in _PREFIXES:
        address = address.removeprefix(prefix)
    return address


def _first(value: object) -> Any:
    values: Iterable[Any] = listed(value)
    return next(iter(values), None)


def said_in(value: object) -> str:
    """Words, also from {"@value": …} and from the first of several."""
    first = _first(value)
    return words(first.get("@value", first.get("name"))) if isinstance(first, dict) else words(first)
