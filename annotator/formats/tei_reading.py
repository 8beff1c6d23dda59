"""TEI of any project: names, dates and speech inside the text, or spans beside it, and whom they mean."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from annotator.domain.articles import is_date
from annotator.domain.attributes import YES
from annotator.domain.found import Findings, FoundArticle, FoundEntity, FoundZone
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.errors import FormatError
from annotator.formats.assembling import assembled
from annotator.formats.json_parts import BadRecord, known_fields, span_in, text_in
from annotator.formats.regions import CHOICES, CONTENT, SPEAKER, Arrow, Region
from annotator.formats.tei_people import Known
from annotator.formats.tei_text import Placed, placed
from annotator.formats.xml_parts import (
    Element,
    first,
    first_pointer,
    id_of,
    inside,
    name_of,
    said_in,
    whole_elements,
    within,
)

_WANTED = {"TEI": "", "TEI.2": "", "teiHeader": "teiCorpus", "standOff": "teiCorpus"}
_INLINE = frozenset(
    "persName orgName placeName geogName name rs date time measure num said quote q settlement region country".split()
)
_PARTS_OF_PLACES = frozenset("settlement region country".split())
_SPEECH = frozenset("said quote q".split())
_RANGE = re.compile(r"#?string-range\(\s*#?([^,()\s]+)\s*((?:,\s*\d{1,9}\s*,\s*\d{1,9}\s*)+)\)")
_MOST_PIECES = 1000
_OWN = "attributes"


def articles_in(path: Path, findings: Findings) -> Iterator[FoundArticle]:
    """The articles of a file, one at a time; entities that stand in front of them are kept."""
    known = Known()
    try:
        with path.open("rb") as file:
            for element in whole_elements(file, _WANTED, path.name, findings):
                known.take(element, findings)
                if name_of(element).startswith("TEI"):
                    yield from _article(element, known, path.name, findings)
                    known.forget()
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _article(element: Element, known: Known, file: str, findings: Findings) -> Iterator[FoundArticle]:
    counts_letters = any("string-range" in one.get("target", "") for one in inside(element, "span", "annotation"))
    found = placed(element, findings, is_exact_anyway=counts_letters)
    line = element.sourceline or 0
    try:
        text = text_in(found.text)
    except BadRecord as error:
        findings.problem(file, str(error), line)
        return
    yield _Article(element, found, known, file, findings).found(text)


class _Article:
    """Reads what is marked in one text."""

    def __init__(self, element: Element, found: Placed, known: Known, file: str, findings: Findings) -> None:
        self._element, self._placed, self._known = element, found, known
        self._file, self._findings = file, findings
        self._regions: list[Region] = []
        self._arrows: list[Arrow] = []
        self._zones: list[FoundZone] = []
        self._entities: dict[str, FoundEntity] = {}
        self._fields = {id_of(fs): fs for fs in inside(element, "fs") if id_of(fs)}

    def found(self, text: str) -> FoundArticle:
        """The article with everything that fits."""
        for number, (element, span) in enumerate(
            sorted(self._placed.elements, key=lambda one: (one[1].start, -one[1].end))
        ):
            if name_of(element) in _INLINE:
                self._inline(element, span, number)
        self._speakers()
        for beside in within(self._element, "standOff", "text"):
            self._beside(beside)
        line = self._element.sourceline or 0
        parts = assembled(self._regions, self._arrows, self._entities.values(), self._file, line, self._findings)
        fields = known_fields(_header(self._element), self._findings)
        return parts.article(text, self._file, fields, tuple(self._zones))

    def _inline(self, element: Element, span: Span, number: int) -> None:
        name = name_of(element)
        if name in _PARTS_OF_PLACES and name_of(element.getparent()) == "placeName":
            return
        kind = element.get("type", "")
        ref = element.get("ref") or element.get("key") or element.get("who") or ""
        words = span.cut(self._placed.text)
        self._regions.append(
            Region(
                key=id_of(element) or f"{name}{number}",
                label=kind if kind and name in {"name", "rs"} else name,
                spans=(span,),
                annotator=self._known.person(element.get("resp", "")),
                entity=self._entity(ref, "" if name in _SPEECH else words),
                unsure=element.get("cert") == "low",
                attributes=_attributes(element),
            )
        )

    def _speakers(self) -> None:
        """Speech becomes a claim where its speaker is mentioned in the text."""
        named = {region.entity: region.key for region in reversed(self._regions) if region.label not in _SPEECH}
        for number, region in enumerate(self._regions):
            if region.label in _SPEECH and region.entity and region.entity in named:
                self._regions[number] = Region(
                    region.key, CONTENT, region.spans, region.annotator,
                    attributes=region.attributes, choices=(("unsure", YES),) if region.unsure else (),
                )  # fmt: skip
                self._arrows.append(Arrow(SPEAKER, region.key, named[region.entity], region.annotator))

    def _beside(self, element: Element) -> None:
        for number, span in enumerate(inside(element, "span", "annotation")):
            try:
                self._span(span)
            except BadRecord as error:
                name = id_of(span)[:80] or str(number + 1)
                reason = f"what is marked as “{name}” was left out: {error}"
                self._findings.problem(self._file, reason, span.sourceline or 0)
        marked = {region.key for region in self._regions}
        for link in inside(element, "link"):
            ends = [_key(end) for end in link.get("target", "").split()]
            if len(ends) != 2 or not marked.issuperset(ends):
                self._findings.leave_out("links of other things than marked words")
                continue
            label = _label(link) or _label(link.getparent())
            self._arrows.append(Arrow(label, ends[0], ends[1], self._known.person(link.get("resp", ""))))
        self._findings_of(element)

    def _findings_of(self, element: Element) -> None:
        events = sum(1 for _ in inside(element, "event"))
        notes = sum(1 for note in within(element, "note") if note.get("target"))
        if events:
            self._findings.leave_out("events with their dates and numbers", events)
        if notes:
            self._findings.leave_out("notes on claims and on other marked words", notes)

    def _span(self, element: Element) -> None:
        spans = self._spans(element)
        by = self._known.person(element.get("resp", ""))
        label = _label(element)
        group = element.getparent()
        if group is not None and group.get("type") == "zones":
            self._zones += [FoundZone(label, span, by) for span in spans]
            return
        label = label or (_label(group) if group is not None else "")
        ref, note = element.get("corresp", ""), said_in(element)
        if name_of(element) == "annotation":
            label = label or element.get("motivation", "")
            pointer = first(element, "ptr")
            ref = ref or (pointer.get("target", "") if pointer is not None else "")
            note = said_in(first(element, "note"))
        fs = self._fields.get(_pointed(element.get("ana", "")))
        fields = dict(_features(fs)) if fs is not None else {}
        is_content = label == CONTENT
        self._regions.append(
            Region(
                key=_key(id_of(element)) or f"span{len(self._regions)}",
                label=label or name_of(element),
                spans=spans,
                annotator=by,
                entity=self._entity(ref, spans[0].cut(self._placed.text)),
                level=" ".join(fields.get("level", ())),
                note=note,
                unsure=element.get("cert") == "low",
                attributes=tuple(Value(name, said) for name, said in _own(fs, fields, is_content=is_content)),
                choices=tuple((name, fields[name][0]) for name in CHOICES if is_content and name in fields),
            )
        )

    def _spans(self, element: Element) -> tuple[Span, ...]:
        target = element.get("target", "")
        found = [span for match in _RANGE.finditer(target) for span in self._ranges(match)]
        ends = [self._place(end) for name in ("from", "to") if (end := _pointed(element.get(name, "")))]
        if ends:
            found.append(Span(min(end.start for end in ends), max(end.end for end in ends)))
        found += [self._place(_pointed(pointer)) for pointer in _RANGE.sub(" ", target).split()]
        if not found or len(found) > _MOST_PIECES:
            raise BadRecord("it points nowhere" if not found else "it has too many pieces")
        found.sort()
        if any(a.end > b.start for a, b in pairwise(found)):
            raise BadRecord("its pieces overlap")
        return tuple(found)

    def _ranges(self, match: re.Match[str]) -> Iterator[Span]:
        start = self._placed.starts.get(match[1])
        if start is None:
            raise BadRecord(f"the text has no “{match[1][:80]}”")
        numbers = [int(number) for number in match[2].replace(",", " ").split()]
        for offset, length in zip(numbers[::2], numbers[1::2], strict=True):
            yield span_in(start + offset, start + offset + length, self._placed.text)

    def _place(self, id_: str) -> Span:
        if id_ not in self._placed.by_id:
            raise BadRecord(f"the text has no “{id_[:80]}”")
        return self._placed.by_id[id_]

    def _entity(self, ref: str, words: str) -> str:
        entity = self._known.entity(ref, words)
        if entity is None:
            return ""
        self._entities.setdefault(entity.key, entity)
        return entity.key


def _pointed(pointer: str) -> str:
    """The id that a pointer into the same file has; of several the first."""
    return first_pointer(pointer).removeprefix("#")


def _key(id_: str) -> str:
    """A record's own id: without what is put in front so that it may be an xml:id."""
    return id_.removeprefix("#").removeprefix("r-")


def _label(element: Element) -> str:
    return str(element.get("n") or element.get("type") or "") if element.get("type") else ""


def _features(fs: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    for feature in within(fs, "f"):
        name = feature.get("n") or feature.get("name") or ""
        values = tuple(said for value in _values(feature) if (said := value))
        if name and values:
            yield name, values


def _values(feature: Element) -> Iterator[str]:
    for value in inside(feature, "string", "symbol", "numeric", "binary"):
        yield value.get("value") or said_in(value)


def _own(
    fs: Element | None, fields: dict[str, tuple[str, ...]], *, is_content: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The attributes: those that stand apart, and any other field."""
    for feature in within(fs, "f") if fs is not None else ():
        if feature.get("name") == _OWN and (apart := first(feature, "fs")) is not None:
            yield from _features(apart)
    taken = {"level", _OWN, *(CHOICES if is_content else ())}
    yield from ((name, said) for name, said in fields.items() if name not in taken)


def _attributes(element: Element) -> tuple[Value, ...]:
    names = ("when", "from", "to", "notBefore", "notAfter", "quantity", "unit", "commodity", "value", "aloud", "direct")
    return tuple(Value(name, (said,)) for name in names if (said := element.get(name, "").strip()))


def _header(element: Element) -> dict[str, str]:
    """What the header says of the text, by the names that json_parts.known_fields has."""
    header = first(element, "teiHeader")
    if header is None:
        return {}
    described = first(header, "fileDesc")
    if described is None:
        return {}
    source, published = first(described, "sourceDesc"), first(described, "publicationStmt")
    titles = first(described, "titleStmt")
    places = [place for place in (source, published) if place is not None]
    language = next(inside(header, "language"), None)
    return {
        "title": said_in(first(titles, "title")),
        "byline": _joined(within(titles, "author") if titles is not None else ()) or _joined(_all(places, "author")),
        "publisher": next(filter(None, map(said_in, _all(places, "publisher"))), ""),
        "published": _published(list(_all(places, "date"))),
        "url": _address(places),
        "language": (language.get("ident", "") if language is not None else "") or _language(element),
    }


def _all(places: list[Element], *names: str) -> Iterator[Element]:
    for place in places:
        yield from inside(place, *names)


def _joined(elements: Iterable[Element]) -> str:
    return "; ".join(dict.fromkeys(said for one in elements if (said := said_in(one).strip())))


def _published(dates: list[Element]) -> str:
    """The first that is clear, or else the first: that it is not gets told."""
    said = (said_in(one) or one.get("when", "") for one in dates)
    return next(filter(None, map(_date, dates)), "") or next(filter(None, said), "")


def _date(element: Element) -> str:
    when, words = element.get("when", ""), said_in(element)
    return when if when and is_date(when) else words if is_date(words) else ""


def _address(places: list[Element]) -> str:
    for one in _all(places, "ref", "ptr", "idno"):
        said = said_in(one)
        if said.startswith(("http://", "https://")):
            return said
        if one.get("target", "").startswith(("http://", "https://")):
            return str(one.get("target"))
    return ""


def _language(element: Element) -> str:
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    text = first(element, "text")
    return str((text.get(name) if text is not None else "") or element.get(name) or "")
