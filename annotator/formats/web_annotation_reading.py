"""Web Annotations of any program: pages with their text, or loose annotations of texts that lie beside the file.

Nothing is fetched. A position that does not fit its quote is reported and left out, with where the words do stand; a
quote without a position is taken when its words, with prefix and suffix, stand once in the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from annotator.domain.found import Findings, FoundArticle, FoundEntity, FoundZone
from annotator.domain.spans import Span
from annotator.errors import FormatError, UndecodableText
from annotator.formats.assembling import assembled
from annotator.formats.json_parts import (
    BadRecord,
    Object,
    known_fields,
    listed,
    mapping,
    objects,
    span_in,
    text_in,
    words,
)
from annotator.formats.plain_text import LARGEST, decode
from annotator.formats.regions import CHOICES, CONTENT, Arrow, Region
from annotator.formats.utf16 import Units
from annotator.formats.web_annotation_parts import (
    MOST_PIECES,
    Bodies,
    attributes_of,
    bodies,
    creator_of,
    entity_in,
    key_of,
    only_place,
    said_in,
    selected,
    targets,
)

FIELDS = {
    "title": "schema:headline",
    "publisher": "schema:publisher",
    "byline": "schema:author",
    "url": "schema:url",
    "published": "schema:datePublished",
    "language": "language",
}
"""What is known about an article, and the terms for it."""


@dataclass(slots=True)
class _Text:
    """A text with its annotations as they come."""

    text: str
    about: Object
    line: int
    annotations: list[Object] = field(default_factory=list)
    entities: dict[str, FoundEntity] = field(default_factory=dict)


def articles_in(path: Path, findings: Findings) -> Iterator[FoundArticle]:
    """The articles of a file: pages at once, loose annotations gathered by their text until the end."""
    loose: list[tuple[int, Object]] = []
    texts: dict[str, tuple[int, Object]] = {}
    for line, record in objects(path, findings):
        about = mapping(mapping(record).get("schema:about"))
        if "value" in about:
            yield from _page(mapping(record), about, path.name, line, findings)
            continue
        if path.stat().st_size > LARGEST:
            most = LARGEST // 1_000_000
            raise FormatError(f"“{path.name}” is larger than {most} MB and has annotations apart from their texts.")
        for one in _annotations(record):
            if "value" in one and "target" not in one and one.get("id"):
                texts[words(one["id"])] = (line, one)
            else:
                loose.append((line, one))
    yield from _gathered(path, loose, texts, findings)


def _page(page: Object, about: Object, file: str, line: int, findings: Findings) -> Iterator[FoundArticle]:
    try:
        found = _Text(text_in(about.get("value")), about, line, [mapping(one) for one in listed(page.get("items"))])
        for node in map(mapping, listed(page.get("schema:mentions"))):
            entity = entity_in(node)
            if entity is not None:
                found.entities.setdefault(entity.key, entity)
    except BadRecord as error:
        findings.problem(file, str(error), line)
        return
    yield _Article(found, file, findings).found()


def _annotations(record: Any) -> Iterator[Object]:
    """The annotations of a page, a collection, an export of Hypothesis, or the record itself."""
    node = mapping(record)
    first = mapping(node.get("first"))
    inside = node.get("items") or first.get("items") or node.get("rows") or node.get("@graph")
    if inside is None:
        yield node
    else:
        yield from (mapping(one) for one in listed(inside))


def _gathered(
    path: Path, loose: list[tuple[int, Object]], texts: dict[str, tuple[int, Object]], findings: Findings
) -> Iterator[FoundArticle]:
    by_source: dict[str, list[tuple[int, Object]]] = {}
    for line, annotation in loose:
        sources = {words(target.get("source")) for target in targets(annotation)} - {""}
        if len(sources) == 1:
            by_source.setdefault(sources.pop(), []).append((line, annotation))
        elif annotation:
            findings.leave_out("annotations without one text that they belong to")
    for source, own in by_source.items():
        line = own[0][0]
        try:
            if source in texts:
                about = texts[source][1]
                text = text_in(about.get("value"))
            else:
                about, text = {"id": source, "schema:url": source}, _beside(path, source, alone=len(by_source) == 1)
        except BadRecord as error:
            findings.problem(path.name, str(error), line)
            continue
        yield _Article(_Text(text, about, line, [one for _, one in own]), path.name, findings).found()
    for line, about in (texts[address] for address in texts if address not in by_source):
        try:
            # A body that stands apart from its annotation has words as a text has, and is nobody's article.
            if words(about.get("type")) == "TextualBody":
                raise BadRecord("it is the body of an annotation and stands apart from it")
            yield _Article(_Text(text_in(about.get("value")), about, line), path.name, findings).found()
        except BadRecord as error:
            findings.problem(path.name, f"the text “{words(about['id'])[:80]}” was left out: {error}", line)


def _beside(path: Path, source: str, *, alone: bool) -> str:
    """The text of a source from the file's folder: under its name, or the file's own where there is one text only."""
    try:
        name = Path(unquote(urlsplit(source).path)).name
    except ValueError:
        name = ""
    candidates = (
        [path.with_name(name), path.with_name(f"{name}.txt"), path.with_name(f"{Path(name).stem}.txt")] if name else []
    )
    if alone:
        candidates.append(path.with_suffix(".txt"))
    for candidate in candidates:
        try:
            if candidate != path and candidate.is_file():
                if candidate.stat().st_size > LARGEST:
                    raise BadRecord(f"the text “{candidate.name}” is larger than {LARGEST // 1_000_000} MB")
                return text_in(decode(candidate.read_bytes()).text)
        except (OSError, ValueError, UndecodableText) as error:
            raise BadRecord(f"the text “{candidate.name}” could not be read: {error}") from error
    wanted = f"{Path(name).stem or path.stem}.txt"
    raise BadRecord(f"the text of “{source[:80]}” is not in the file; put it beside it as “{wanted[:80]}”")


class _Article:
    """Reads the annotations of one text."""

    def __init__(self, found: _Text, file: str, findings: Findings) -> None:
        self._found, self._file, self._findings = found, file, findings
        self._units = Units(found.text)
        self._is_wide = False

    def found(self) -> FoundArticle:
        """The article with everything that fits."""
        text, about = self._found.text, self._found.about
        self._look_for_units()
        regions: list[Region] = []
        arrows: list[Arrow] = []
        zones: list[FoundZone] = []
        for number, annotation in enumerate(self._found.annotations, start=1):
            try:
                self._take(annotation, number, regions, arrows, zones)
            except BadRecord as error:
                name = words(annotation.get("id"))[:80] or str(number)
                self._problem(f"the annotation “{name}” was left out: {error}")
        parts = assembled(regions, arrows, self._found.entities.values(), self._file, self._found.line, self._findings)
        fields = known_fields({name: said_in(about.get(term)) for name, term in FIELDS.items()}, self._findings)
        return parts.article(text, self._file, fields, tuple(zones))

    def _problem(self, reason: str) -> None:
        self._findings.problem(self._file, reason, self._found.line)

    def _look_for_units(self) -> None:
        quoted = []
        for annotation in self._found.annotations:
            for target in targets(annotation):
                place, quote = selected(target)
                if place and quote.get("exact"):
                    quoted.append((*place, words(quote["exact"])))
        self._is_wide = self._units.are_meant(quoted, str.__eq__)
        if self._is_wide:
            self._problem("places count UTF-16 units; each was checked by its words and is read that way")

    def _take(
        self, annotation: Object, number: int, regions: list[Region], arrows: list[Arrow], zones: list[FoundZone]
    ) -> None:
        spans = self._spans(annotation)
        by, key = creator_of(annotation), key_of(words(annotation.get("id"))) or f"annotation{number}"
        said = Bodies()
        for body in bodies(annotation):
            said.take(body, self._found.entities)
        if said.zone:
            zones += [FoundZone(said.zone, span, by) for span in spans]
            return
        for target, label, creator in said.links:
            arrows.append(Arrow(label, key, target, creator or by))
        labels = said.labels or [said_in(annotation.get("motivation")) or "annotation"]
        for place, label in enumerate(labels):
            is_content = label.casefold() == CONTENT
            choices = tuple((name, value) for name, value in said.fields if is_content and name in CHOICES)
            regions.append(
                Region(
                    key=f"{key}.{place + 1}" if place else key,
                    label=label,
                    spans=spans,
                    annotator=by,
                    entity=said.entity,
                    level=next((value for name, value in said.fields if name == "level"), ""),
                    note="\n".join(said.notes),
                    unsure=("unsure", "yes") in said.fields,
                    attributes=attributes_of(said.fields, {"level", "unsure", *(name for name, _ in choices)}),
                    choices=choices,
                )
            )

    def _spans(self, annotation: Object) -> tuple[Span, ...]:
        found = list(targets(annotation))
        if not found or len(found) > MOST_PIECES:
            raise BadRecord("it has no target" if not found else "it has too many targets")
        spans = tuple(sorted(self._span(target) for target in found))
        if any(a.end > b.start for a, b in pairwise(spans)):
            raise BadRecord("its targets overlap")
        return spans

    def _span(self, target: Object) -> Span:
        text = self._found.text
        place, quote = selected(target)
        exact = words(quote.get("exact"))
        if place:
            span = self._units.span(*place) if self._is_wide else span_in(*place, text)
            if exact and span.cut(text) != exact:
                reason = f"it says “{exact[:40]}” where the text has “{span.cut(text)[:40]}”"
                once = only_place(text, exact, quote)
                raise BadRecord(f"{reason}; these words stand at {once.start} to {once.end}" if once else reason)
            return span
        if not exact:
            raise BadRecord("it selects no stretch of the text")
        once = only_place(text, exact, quote)
        if once is None:
            raise BadRecord(f"“{exact[:40]}” does not stand exactly once in the text")
        return once
