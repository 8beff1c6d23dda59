"""REFI-QDA projects of any program: sources with their codings, which become mentions, claims and zones.

Programs disagree about what a position counts. Each text is read the way in which the words that selections are named
by stand where they should: as code points, with a line end of two characters counted as one, or as UTF-16 units.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.found import Findings, FoundArticle, FoundEntity, FoundZone
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.errors import FormatError, UndecodableText
from annotator.formats.archives import Archive, opened
from annotator.formats.assembling import assembled
from annotator.formats.json_parts import BadRecord, known_fields, span_in, text_in
from annotator.formats.json_parts import words as clean
from annotator.formats.memos import taken_apart
from annotator.formats.plain_text import LARGEST, decode
from annotator.formats.refi_qda_codes import ENTITY, GROUP, LABEL, PART, ZONE, Code, codes_in, guid_in
from annotator.formats.refi_qda_writing import VARIABLES
from annotator.formats.regions import CHOICES, Arrow, Region
from annotator.formats.utf16 import Units
from annotator.formats.xml_parts import Element, first, name_of, said_in, whole_elements, within

_FRONT = {"User": "Users", "Codes": "", "Variable": "Variables", "Link": "Links", "Note": "Notes"}
_SOURCES = {"TextSource": "Sources", "PDFSource": "Sources", **dict.fromkeys(
    ("PictureSource", "AudioSource", "VideoSource"), "Sources")}  # fmt: skip
Placing = Callable[[int, int], Span]


@dataclass(slots=True)
class _Project:
    """What stands around the sources."""

    people: dict[str, str] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def articles_in(path: Path, findings: Findings) -> Iterator[FoundArticle]:
    """The articles of a project. It is gone through twice: links stand behind the sources that they join."""
    with opened(path) as archive:
        name = next((name for name in archive.names if name.endswith(".qde") and "/" not in name), "")
        if not name:
            raise FormatError(f"“{path.name}” holds no project (.qde).")
        project = _front(archive, name, path.name, findings)
        with archive.open(name) as file:
            # What is wrong with the file was noted when it was gone through first.
            for element in whole_elements(file, _FRONT | _SOURCES, path.name, Findings()):
                for source in _texts(element, findings) if name_of(element) in _SOURCES else ():
                    yield from _article(source, archive, project, path.name, findings)
        links = sum(map(len, project.links.values()))
        if links:
            findings.leave_out("links between other things than selections of one text", links)


def labels_in(path: Path, findings: Findings) -> None:
    """Notes the labels of a codebook. Raises FormatError when it is none."""
    try:
        with path.open("rb") as file:
            for element in whole_elements(file, {"Codes": ""}, path.name, findings):
                for _, code in codes_in(element):
                    if code.use == LABEL and code.is_codable and code.key not in findings.labels:
                        findings.labels.append(code.key)
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _front(archive: Archive, name: str, file_name: str, findings: Findings) -> _Project:
    project = _Project()
    with archive.open(name) as file:
        for element in whole_elements(file, _FRONT | _SOURCES, file_name, findings):
            guid = guid_in(element.get("guid", ""))
            said = clean(element.get("name", ""))
            match name_of(element):
                case "User":
                    project.people[guid] = said or clean(element.get("id", ""))
                case "Codes":
                    for key, code in codes_in(element):
                        project.codes.setdefault(key, code)
                case "Variable":
                    project.variables[guid] = said
                case "Note":
                    project.notes[guid] = _note(element, archive)
                case "Link":
                    origin, target = (guid_in(element.get(end, "")) for end in ("originGUID", "targetGUID"))
                    project.links.setdefault(origin, []).append((said or "link", target))
    return project


def _note(element: Element, archive: Archive) -> str:
    said = said_in(first(element, "PlainTextContent")) or said_in(first(element, "Description"))
    try:
        return said or _packed(element.get("plainTextPath", ""), archive)
    except BadRecord:
        return ""


def _texts(element: Element, findings: Findings) -> Iterator[Element]:
    if name_of(element) == "TextSource":
        yield element
        return
    found = list(within(element, "Representation"))
    if not found:
        findings.leave_out("sources that are no text")
    for one in found:
        one.set("name", element.get("name", ""))
        yield one


def _packed(address: str, archive: Archive) -> str:
    """The text of a path. Raises BadRecord when the archive has none there; nothing outside of it is opened."""
    name = address.removeprefix("internal://").replace("\\", "/").lstrip("/")
    if not address.startswith("internal://") or not name or ".." in name.split("/"):
        raise BadRecord("its text is not in the file")
    try:
        data = archive.bytes(f"sources/{name}" if f"sources/{name.casefold()}" in archive.names else name, LARGEST)
        return decode(data).text
    except KeyError as error:
        raise BadRecord(f"its text “{name[:80]}” is not in the file") from error
    except (UndecodableText, FormatError) as error:
        raise BadRecord(f"its text could not be read: {error}") from error


def _article(
    source: Element, archive: Archive, project: _Project, file: str, findings: Findings
) -> Iterator[FoundArticle]:
    name = clean(source.get("name", "")).strip()
    line = source.sourceline or 0
    try:
        content = first(source, "PlainTextContent")
        path = source.get("plainTextPath", "")
        if content is None and not path:
            raise BadRecord("it has no plain text")
        text = text_in("".join(content.itertext()) if content is not None else _packed(path, archive))
    except BadRecord as error:
        findings.problem(file, f"the source “{name[:80]}” was left out: {error}", line)
        return
    yield _Source(source, text, project, file, findings).found(name)


class _Source:
    """Reads the selections of one text."""

    def __init__(self, element: Element, text: str, project: _Project, file: str, findings: Findings) -> None:
        self._element, self._text, self._project = element, text, project
        self._file, self._findings = file, findings
        self._regions: dict[str, Region] = {}
        self._zones: list[FoundZone] = []
        self._entities: dict[str, FoundEntity] = {}
        self._signed: dict[str, list[str]] = {}

    def found(self, name: str) -> FoundArticle:
        """The article with everything that fits."""
        selections = list(within(self._element, "PlainTextSelection"))
        place = self._placing(selections)
        for number, selection in enumerate(selections, start=1):
            try:
                self._selection(selection, number, place)
            except BadRecord as error:
                reason = f"the selection {number} of “{name[:80]}” was left out: {error}"
                self._findings.problem(self._file, reason, selection.sourceline or 0)
        line = self._element.sourceline or 0
        parts = assembled(
            self._regions.values(), self._arrows(), self._entities.values(), self._file, line, self._findings
        )
        said = {variable: value for variable, value in self._values() if value}
        fields = {field: said.get(title, "") for field, title in VARIABLES.items()}
        untitled = ("title", "none") in taken_apart(_exactly(first(self._element, "Description")))[1]
        known = known_fields(fields | {"title": "" if untitled else name}, self._findings)
        return parts.article(self._text, self._file, known, tuple(self._zones))

    def _values(self) -> Iterator[tuple[str, str]]:
        for value in within(self._element, "VariableValue"):
            reference = first(value, "VariableRef")
            guid = guid_in(reference.get("targetGUID", "")) if reference is not None else ""
            for said in value:
                if name_of(said).endswith("Value"):
                    yield self._project.variables.get(guid, ""), clean(said_in(said))

    def _placing(self, selections: list[Element]) -> Placing:
        """The way of counting in which most named selections fit; code points when nothing says otherwise."""
        named = [(*ends, said) for one in selections if (ends := _ends(one)) and (said := _bare(one.get("name", "")))]
        text, units, lines = self._text, Units(self._text), _Lines(self._text)
        ways: list[tuple[str, Placing]] = [("", lambda start, end: span_in(start, end, text))]
        if "\r\n" in text:
            ways.append(("line ends of two characters as one", lines.span))
        if max(text) > "\uffff":
            ways.append(("UTF-16 units", units.span))
        counts = [sum(_fits(way, start, end, said, text) for start, end, said in named) for _, way in ways]
        # Where names say nothing, what reaches beyond the text tells.
        if not any(counts) and len(ways) > 1:
            every = [ends for one in selections if (ends := _ends(one))]
            counts = [sum(_fits(way, *ends, "", text) for ends in every) for _, way in ways]
        best = counts.index(max(counts))
        if best:
            reason = f"places count {ways[best][0]}; they were checked by their words and are read that way"
            self._findings.problem(self._file, reason, self._element.sourceline or 0)
        return ways[best][1]

    def _selection(self, element: Element, number: int, place: Placing) -> None:
        ends = _ends(element)
        if ends is None:
            raise BadRecord("start and end are no whole numbers")
        span = place(*ends)
        guid = guid_in(element.get("guid", "")) or f"selection{number}"
        note, fields = taken_apart(_exactly(first(element, "Description")))
        codings = list(within(element, "Coding"))
        if not codings:
            self._findings.leave_out("comments on stretches without a code")
        notes = [note, *self._notes(element)]
        used: list[tuple[Code, Element]] = []
        entity = ""
        for coding in codings:
            reference = first(coding, "CodeRef")
            code = self._project.codes.get(guid_in(reference.get("targetGUID", "")) if reference is not None else "")
            if code is None or code.use == GROUP:
                self._findings.leave_out("codings under codes that the file does not have")
            elif code.entity is not None:
                self._entities[code.entity.key] = code.entity
                entity = code.entity.key
            else:
                used.append((code, coding))
        if entity and not used:
            used = [(Code(LABEL, ENTITY), codings[0])]
        for place_in, (code, coding) in enumerate(used):
            by = self._person(coding, element)
            if code.use == ZONE:
                self._zones.append(FoundZone(code.key, span, by))
                continue
            key = f"{guid}.{place_in}" if place_in else guid
            # Some files use an id twice; links mean the first.
            key = f"{guid}.{number}.{place_in}" if key in self._regions else key
            said = "\n".join(filter(None, [*notes, *self._notes(coding)]))
            self._regions[key] = _region(key, code, span, by, entity, said, fields)
        self._signed.setdefault(guid, []).extend(value for name, value in fields if name == "link")

    def _notes(self, element: Element) -> Iterator[str]:
        for reference in within(element, "NoteRef"):
            yield self._project.notes.get(guid_in(reference.get("targetGUID", "")), "")

    def _person(self, *elements: Element) -> str:
        """Who made it: of the coding, or else of the selection."""
        for element in elements:
            for name in ("creatingUser", "modifyingUser"):
                if said := self._project.people.get(guid_in(element.get(name, ""))):
                    return said
        return ""

    def _arrows(self) -> Iterator[Arrow]:
        for key, region in self._regions.items():
            for label, target in self._project.links.pop(key, ()):
                if target not in self._regions:
                    self._findings.leave_out("links between other things than selections of one text")
                    continue
                begin = f"{target} {label} by "
                signed = self._signed.get(key, [])
                named = next((one for one in signed if one.startswith(begin)), "")
                if named:
                    signed.remove(named)
                yield Arrow(label, key, target, named.removeprefix(begin) or region.annotator)


def _region(key: str, code: Code, span: Span, by: str, entity: str, note: str, fields: list[tuple[str, str]]) -> Region:
    said = dict(fields)
    values: dict[str, list[str]] = {}
    for name, value in fields:
        if name.startswith("@"):
            values.setdefault(name[1:], []).append(value)
    return Region(
        key=key,
        label=code.key,
        spans=(span,),
        annotator=by,
        entity=entity,
        level=said.get("level", ""),
        note=note,
        unsure=code.use != PART and said.get("unsure") == "yes",
        attributes=tuple(Value(name, tuple(several)) for name, several in values.items() if name),
        choices=tuple((name, said[name]) for name in CHOICES if code.use == PART and name in said),
    )


class _Lines:
    """Places in a text whose line ends of two characters were counted as one."""

    def __init__(self, text: str) -> None:
        self._text = text
        # The place of each carriage return that is followed by a line feed, in such counting.
        self._ends = [match.start() - number for number, match in enumerate(re.finditer("\r\n", text))]

    def span(self, start: int, end: int) -> Span:
        """The span of code points. Raises BadRecord when the text has no such span."""
        return span_in(start + bisect_left(self._ends, start), end + bisect_left(self._ends, end), self._text)


def _ends(element: Element) -> tuple[int, int] | None:
    said = [clean(element.get(name, "")).strip() for name in ("startPosition", "endPosition")]
    if all(one.isascii() and one.isdigit() and len(one) < 10 for one in said):
        return int(said[0]), int(said[1])
    return None


def _fits(way: Placing, start: int, end: int, said: str, text: str) -> bool:
    try:
        return _bare(way(start, end).cut(text)).startswith(said)
    except BadRecord:
        return False


def _bare(said: str) -> str:
    """Words as names of selections have them: without dots at the end where they are cut short, blanks as one."""
    return " ".join(said.split()).rstrip(".…").rstrip()


def _exactly(element: Element | None) -> str:
    """The words of a description with their line ends."""
    return clean("".join(element.itertext())) if element is not None else ""
