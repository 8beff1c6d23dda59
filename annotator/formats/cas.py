"""UIMA CAS for INCEpTION and DKPro, as XMI and as JSON: a file for each article and annotator.

Written: a folder for each annotator, and beside them

    TypeSystem.xml   the types (XMI only; a JSON file has them in itself)
    layers.json      the layers to import into a project of INCEpTION first; inception_layers.py says what they mean
    annotator.jsonl  what INCEpTION has no place for: the annotators' names, and of each article its title, publisher
                     and date, and its entities with their other names

Sentences and tokens are DKPro's, those of tokens.py. Places count UTF-16 units.

Read: single files with TypeSystem.xml beside them, folders, zips, and INCEpTION's export of a project
(annotation/ARTICLE/PERSON.zip).
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.errors import FormatError
from annotator.formats.brat_folder import Side, listed, read_side, shown
from annotator.formats.cas_pages import paper_of
from annotator.formats.cas_reading import TypeSystem, json_in, type_system_in, xmi_in
from annotator.formats.cas_structures import Type, type_system_xml, types_of
from annotator.formats.cas_writing import NO_XML, cas_of, json_text, without_xml, xmi_lines
from annotator.formats.inception_folder import Paper, read_folder, write_folder
from annotator.formats.inception_layers import Layer, Page
from annotator.formats.json_parts import BadRecord, Object, mapping, words
from annotator.formats.plain_text import LARGEST
from annotator.formats.unpacking import heads, is_zip, unpacked

_WRITTEN_AS = "annotator-uima-cas"
_TYPE_SYSTEM = "TypeSystem.xml"
_NO_XML = "characters"
_MOST_LOOKED_AT, _MOST_OPENED, _HEAD = 5_000, 20, 4096
_IN_XMI, _IN_JSON = (b"http://www.omg.org/XMI",), (b'"%FEATURE_STRUCTURES"', b'"%TYPES"')


@dataclass(frozen=True, slots=True)
class UimaCas:
    """Writes and reads UIMA documents: XMI, or JSON."""

    key: str = "uima-xmi"
    title: str = "UIMA CAS XMI (INCEpTION)"
    suffix: str = ".uima-xmi"
    suffixes: tuple[str, ...] = (".xmi", ".xml", ".zip")
    is_json: bool = False
    is_folder: bool = True
    cannot: tuple[str, ...] = (
        "arrows between the work of two annotators",
        "events, dates and addressees of claims",
        "details of entities",
        "links between entities",
        "progress, history, and when something was recorded",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the folder, yielding how many articles are done."""
        return write_folder(corpus, target, losses, _WRITTEN_AS, _Writing(losses, is_json=self.is_json))

    def recognises(self, path: Path, head: bytes) -> bool:
        """A file that begins as UIMA's do, a folder or a zip with such a file in it."""
        if path.is_dir():
            names = itertools.islice(listed(path), _MOST_LOOKED_AT)
            some = (path / name for name in names if name.casefold().endswith(self._endings))
            return any(self._begins(_head(one)) for one in itertools.islice(some, _MOST_OPENED))
        if is_zip(head):
            return any(map(self._begins, heads(path, self._endings)))
        return path.suffix.casefold() in self._endings and self._begins(head)

    @property
    def _endings(self) -> tuple[str, ...]:
        return tuple(suffix for suffix in self.suffixes if suffix != ".zip")

    def _begins(self, head: bytes) -> bool:
        bare = head.replace(b"\0", b"")
        return any(sign in bare for sign in (_IN_JSON if self.is_json else _IN_XMI))

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in the order of their names, each with what all its annotators marked."""
        if path.is_dir():
            yield from self._read(path, findings)
        elif is_zip(_opened(path)):
            with unpacked(path, findings) as folder:
                yield from self._read(folder, findings)
        else:
            yield from self._one(path, findings)

    def _read(self, folder: Path, findings: Findings) -> Iterator[FoundArticle]:
        found = (name for name in listed(folder) if name.casefold().endswith(self._endings))
        names = [name for name in found if self._begins(_head(folder / name))]
        if not names:
            raise FormatError(f"“{shown(folder.name)}”: there is no document of UIMA's in it.")
        reading = _Documents(folder, findings)
        side = read_side(folder, findings, _WRITTEN_AS)
        yield from read_folder(names, side, reading.paper, findings)

    def _one(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        reading = _Documents(path.parent, findings)

        def read(name: str, said: Object) -> Paper:
            try:
                return reading.paper(name, said)
            except BadRecord as error:
                raise FormatError(f"“{shown(path.name)}” could not be read: {error}.") from error

        return read_folder([path.name], Side(), read, findings)


def uima_json() -> UimaCas:
    """The format as JSON."""
    return UimaCas("uima-json", "UIMA CAS JSON (INCEpTION)", ".uima-json", (".json", ".zip"), is_json=True)


class _Writing:
    def __init__(self, losses: Losses, *, is_json: bool) -> None:
        self._losses, self._is_json = losses, is_json
        self._layers: tuple[Layer, ...] = ()
        self._types: tuple[Type, ...] = ()

    def begin(self, folder: Path, layers: tuple[Layer, ...]) -> None:
        self._layers, self._types = layers, types_of(layers)
        if not self._is_json:
            (folder / _TYPE_SYSTEM).write_text(type_system_xml(self._types), encoding="utf-8", newline="\n")

    def write(self, path: Path, annotated: AnnotatedArticle, page: Page) -> Object:
        cas = cas_of(annotated, page, path.name, self._layers)
        with path.with_name(f"{path.name}{'.json' if self._is_json else '.xmi'}").open("w", encoding="utf-8") as file:
            if self._is_json:
                file.write(json_text(cas, self._types))
                return {}
            file.writelines(xmi_lines(cas))
        self._losses.add("characters that XML cannot hold stand as \ufffd", without_xml(cas))
        lost = {str(match.start()): match[0] for match in NO_XML.finditer(annotated.text)}
        return {_NO_XML: lost} if lost else {}


class _Documents:
    """The files of a folder, with the type systems beside them."""

    def __init__(self, folder: Path, findings: Findings) -> None:
        self._folder, self._findings = folder, findings
        self._last: tuple[bytes, TypeSystem] | None = None
        self._told: set[str] = set()

    def paper(self, name: str, said: Object) -> Paper:
        """Reads one file. Raises BadRecord when it cannot be read."""
        path = self._folder / name
        data = _bytes(path)
        if path.suffix.casefold() == ".json":
            return paper_of(json_in(data), shown(name), self._findings)

        def problem(reason: str) -> None:
            # What is wrong with a type system is wrong for all its files.
            if reason not in self._told:
                self._told.add(reason)
                self._findings.problem(shown(name), reason)

        types = self._types_for(path.parent, problem)
        if types is None:
            problem(f"there is no {_TYPE_SYSTEM} beside it; what its values mean was told by their form")
        paper = paper_of(xmi_in(data, types, problem), shown(name), self._findings)
        return Paper(_restored(paper.text, mapping(said.get(_NO_XML))), paper.page, paper.fields)

    def _types_for(self, folder: Path, problem: Callable[[str], None]) -> TypeSystem | None:
        """The type system beside a file, or in the nearest folder above it that is ours to look into."""
        for place in (folder, *folder.parents):
            try:
                names = sorted(one.name for one in place.iterdir() if one.name.casefold() == _TYPE_SYSTEM.casefold())
                if names:
                    return self._types_in(_bytes(place / names[0]))
            except OSError as error:
                problem(f"{shown(place.name)} cannot be looked into: {error.strerror}")
            except BadRecord as error:
                problem(f"its {_TYPE_SYSTEM} was left aside: {error}")
            if place == self._folder:
                break
        return None

    def _types_in(self, data: bytes) -> TypeSystem:
        if self._last is None or self._last[0] != data:
            self._last = data, type_system_in(data)
        return self._last[1]


def _restored(text: str, characters: Object) -> str:
    """The text with the characters that XML could not hold; our side file says where they were."""
    letters = list(text) if characters else []
    for place, character in characters.items():
        at = int(place) if place.isascii() and place.isdecimal() and len(place) < 10 else len(letters)
        if at < len(letters) and letters[at] == "\ufffd" and NO_XML.fullmatch(words(character)):
            letters[at] = words(character)
    return "".join(letters) if letters else text


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadRecord(f"it is larger than {LARGEST // 1_000_000} MB; split it first")
        return path.read_bytes()
    except OSError as error:
        raise BadRecord(f"it cannot be read: {error.strerror}") from error


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""


def _opened(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error
