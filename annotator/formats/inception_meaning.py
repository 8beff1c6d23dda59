"""What spans on layers mean: inception_layers.py the other way round, for the layers of anybody's project.

A span of an unknown layer is a mention under its value (or label, entity, category …), or else its layer's name; its
other features are attributes. A chain is an entity. Layers of parts of speech, lemmas and the like are left out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.attributes import YES
from annotator.domain.found import Findings, FoundArticle, FoundEntity, FoundZone
from annotator.domain.identifiers import check, parse
from annotator.domain.values import Value
from annotator.formats.assembling import assembled
from annotator.formats.inception_layers import (
    ANNOTATOR,
    CLAIM,
    CLAIM_CUE,
    CLAIM_SOURCE,
    CONTINUES,
    DKPRO,
    FIELDS,
    FURTHER,
    IDENTIFIER,
    LABEL,
    LEVEL,
    LINK,
    NAME,
    NAMED_ENTITY,
    NOTE,
    ROLES,
    UNSURE,
    VALUE,
    ZONE,
    Joined,
    Marked,
    Page,
)
from annotator.formats.json_parts import mapping, words
from annotator.formats.own_data import values_in
from annotator.formats.regions import CHOICES, CONTENT, CUE, PIECE, SOURCE, Arrow, Region
from annotator.formats.signed_folders import Signed

_LINGUISTIC = tuple(f"{DKPRO}{part}." for part in ("lexmorph", "segmentation", "syntax", "metadata", "transform"))
_LABELS = (VALUE, LABEL, "entity", "category", "kind", "type", "referenceType")
_PARTS = {CLAIM: CONTENT, CLAIM_SOURCE: SOURCE, CLAIM_CUE: CUE}
_LONGEST_NAME = 200


@dataclass(slots=True)
class Found:
    """What the files about one text say, of one annotator after another."""

    regions: list[Region] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    entities: dict[str, FoundEntity] = field(default_factory=dict)
    zones: list[FoundZone] = field(default_factory=list)

    def article(self, text: str, source: str, fields: dict[str, str], findings: Findings) -> FoundArticle:
        """The article; fields are as json_parts.known_fields gives them."""
        parts = assembled(self.regions, self.arrows, self.entities.values(), source, 0, findings)
        return parts.article(text, source, fields, tuple(self.zones))


def add_page(found: Found, page: Page, text: str, signed: Signed, findings: Findings) -> None:
    """Adds what an annotator's page says of a text."""
    _Reading(found, page, text, signed, findings).read()


class _Reading:
    def __init__(self, found: Found, page: Page, text: str, signed: Signed, findings: Findings) -> None:
        self._found, self._page, self._text, self._signed, self._findings = found, page, text, signed, findings
        self._marks = {mark.key: mark for mark in page.marks}
        self._dropped: set[str] = set()

    def read(self) -> None:
        for mark in self._page.marks:
            if is_linguistic(mark.layer):
                self._dropped.add(mark.key)
                self._findings.leave_out(f"annotations of the layer “{short(mark.layer)}”")
            elif mark.layer == ZONE and mark.features.get(VALUE):
                self._dropped.add(mark.key)
                self._found.zones.append(FoundZone(mark.features[VALUE], mark.span, self._signed.annotator))
            elif mark.layer == FURTHER and self._signed.is_ours and self._first(mark) is mark:
                self._dropped.add(mark.key)
                self._findings.leave_out("pieces of what is not there")
            else:
                self._found.regions.append(self._region(mark))
        for mark in self._page.marks:
            if mark.key not in self._dropped:
                self._found.arrows += self._slots(mark)
        for joined in self._page.joins:
            self._found.arrows += self._relation(joined)

    def _key(self, key: str) -> str:
        return f"{self._signed.prefix}{key}"

    def _region(self, mark: Marked) -> Region:
        first = self._first(mark)
        part = self._part(first)
        key, by = self._key(mark.key), self._signed.annotator
        if first is not mark:
            return Region(key, part or _label(first), (mark.span,), by)
        said = dict(mark.features)
        label = part or _label(mark)
        if not part:
            said.pop(_label_feature(mark), None)
        is_known = mark.layer in {NAMED_ENTITY, CLAIM}
        level, note, unsure = "", "", False
        if is_known:
            note = said.pop(NOTE, "")
        if mark.layer == NAMED_ENTITY:
            level = said.pop(LEVEL, "")
            unsure = said.get(UNSURE) == YES and bool(said.pop(UNSURE))
        choices = tuple((name, said.pop(name)) for name in CHOICES if part == CONTENT and said.get(name))
        entity = self._entity(mark, said)
        return Region(
            key, label, (mark.span,), by, entity, level, note, unsure,
            attributes=tuple(_attributes(said)), choices=choices,
        )  # fmt: skip

    def _part(self, mark: Marked) -> str:
        """Whether it is a part of a claim: of a layer of ours, and not one that somebody else gave the same name."""
        is_alike = mark.roles or any(name in mark.features for name in CHOICES) or not mark.features
        return _PARTS.get(mark.layer, "") if self._signed.is_ours or is_alike else ""

    def _first(self, mark: Marked) -> Marked:
        """The span that a piece, over however many others, continues; itself when there is none."""
        seen = {mark.key}
        at = mark
        while at.layer == FURTHER:
            before = next((key for _, role, key in at.roles if role == CONTINUES), "")
            if before not in self._marks or before in seen:
                return mark
            seen.add(before)
            at = self._marks[before]
        return at

    def _entity(self, mark: Marked, said: dict[str, str]) -> str:
        """The key of the entity that a span names; it is made when nobody has named it yet."""
        name = said.pop(NAME, "") if mark.layer == NAMED_ENTITY else ""
        identifier = said.pop(IDENTIFIER, "") if not mark.chain else ""
        key = identifier or (f"{self._signed.file}#{mark.chain}" if mark.chain else "")
        if key and key not in self._found.entities:
            known = parse(identifier) if identifier else None
            ids = (known,) if known is not None and not check(known.scheme, known.value) else ()
            cut = mark.span.cut(self._text)[:_LONGEST_NAME]
            self._found.entities[key] = FoundEntity(key, name if name.strip() else cut.strip() or key, ids=ids)
        return key

    def _slots(self, mark: Marked) -> Iterator[Arrow]:
        by = self._signed.annotator
        for feature, role, target in mark.roles:
            if target in self._dropped or not self._is_there(target):
                self._findings.leave_out("slots that lead to what is no annotation of ours")
            elif role == CONTINUES and mark.layer == FURTHER:
                yield Arrow(PIECE, self._key(target), self._key(mark.key), by)
            else:
                yield Arrow(role or (feature if feature != ROLES else short(mark.layer)), *self._ends(mark, target), by)

    def _is_there(self, key: str) -> bool:
        return key in self._marks

    def _ends(self, mark: Marked, target: str) -> tuple[str, str]:
        return self._key(mark.key), self._key(target)

    def _relation(self, joined: Joined) -> Iterator[Arrow]:
        ends = {joined.origin, joined.target}
        if is_linguistic(joined.layer) or ends & self._dropped:
            self._findings.leave_out(f"annotations of the layer “{short(joined.layer)}”")
            return
        said = joined.features
        named = next((said[name] for name in (LABEL, *_LABELS) if said.get(name)), "")
        by = said.get(ANNOTATOR, "") if joined.layer == LINK else ""
        label = named or next((value for value in said.values() if value), short(joined.layer))
        yield Arrow(label, self._key(joined.origin), self._key(joined.target), by or self._signed.annotator)


def is_linguistic(layer: str) -> bool:
    """Whether a layer is about words and grammar, such as parts of speech."""
    return layer.startswith(_LINGUISTIC)


def short(layer: str) -> str:
    """A layer's name without its package."""
    return layer.rpartition(".")[2]


def _label_feature(mark: Marked) -> str:
    return next((name for name in _LABELS if mark.features.get(name, "").strip()), "")


def _label(mark: Marked) -> str:
    feature = _label_feature(mark)
    return mark.features[feature] if feature else short(mark.layer) or "span"


def _attributes(said: dict[str, str]) -> Iterator[Value]:
    others = said.pop(FIELDS, "")
    for name, value in said.items():
        if value:
            yield Value(name, (value,))
    if others:
        try:
            yield from values_in(mapping(json.loads(others)))
        except (ValueError, RecursionError):
            yield Value(FIELDS, (words(others),))
