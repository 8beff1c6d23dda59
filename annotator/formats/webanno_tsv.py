"""WebAnno TSV 3.3 for INCEpTION and WebAnno: a file for each article and annotator. Places count UTF-16 units.

Written: a folder for each annotator, and beside them

    layers.json      the layers to import into the project first; inception_layers.py says what they mean
    annotator.jsonl  what TSV has no place for: the annotators' names, and of each article its title, publisher and
                     date, its entities with their other names, and what stands before its first word

Words and sentences are those of tokens.py. A sentence goes on to the next one, so that no blank between them is lost.

Read: versions 3.0 to 3.3 with layers of any project, one file, a folder or a zip of them, and INCEpTION's export of a
project (annotation/ARTICLE/PERSON.tsv).
"""

import itertools
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.errors import FormatError
from annotator.formats.brat_folder import Side, listed, read_side, shown
from annotator.formats.inception_folder import Paper, read_folder, write_folder
from annotator.formats.inception_layers import Layer, Page
from annotator.formats.json_parts import BadRecord, Object, words
from annotator.formats.tokens import sentences
from annotator.formats.unpacking import heads, is_zip, unpacked
from annotator.formats.webanno_tsv_reading import read_tsv
from annotator.formats.webanno_tsv_writing import FORMAT, tsv_lines

_WRITTEN_AS = "annotator-webanno-tsv"
_LEAD = "lead"
_MOST_LOOKED_AT, _MOST_OPENED = 5_000, 20


class WebAnnoTsv:
    """Writes and reads WebAnno TSV 3."""

    key = "webanno-tsv"
    title = "WebAnno TSV (INCEpTION)"
    suffix = ".webanno"
    suffixes = (".tsv", ".zip")
    is_folder = True
    cannot = (
        "arrows between the work of two annotators",
        "blanks at the ends of spans",
        "events, dates and addressees of claims",
        "details of entities",
        "links between entities",
        "progress, history, and when something was recorded",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the folder, yielding how many articles are done."""
        return write_folder(corpus, target, losses, _WRITTEN_AS, _Writing(losses))

    def recognises(self, path: Path, head: bytes) -> bool:
        """A file that begins with its name, a folder or a zip with such a file in it."""
        if path.is_dir():
            some = (path / name for name in itertools.islice(listed(path), _MOST_LOOKED_AT) if name.endswith(".tsv"))
            return any(map(_is_tsv, itertools.islice(some, _MOST_OPENED)))
        if is_zip(head):
            return any(FORMAT.encode() in begin for begin in heads(path, (".tsv",)))
        return head.removeprefix(b"\xef\xbb\xbf").startswith(FORMAT.encode())

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in the order of their names, each with what all its annotators marked."""
        if path.is_dir():
            yield from _read(path, findings)
        elif _is_packed(path):
            with unpacked(path, findings) as folder:
                yield from _read(folder, findings)
        else:
            yield from _one(path, findings)


class _Writing:
    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._layers: tuple[Layer, ...] = ()

    def begin(self, _: Path, layers: tuple[Layer, ...]) -> None:
        self._layers = layers

    def write(self, path: Path, annotated: AnnotatedArticle, page: Page) -> Object:
        text = annotated.text
        with path.with_name(f"{path.name}.tsv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(tsv_lines(text, page, self._layers, self._losses))
        lead = text[: next((sentence[0].start for sentence in sentences(text)), len(text))]
        return {_LEAD: lead} if lead.strip(" ") else {}


def _is_tsv(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return FORMAT.encode() in file.read(64)
    except OSError:
        return False


def _is_packed(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return is_zip(file.read(4))
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _read(folder: Path, findings: Findings) -> Iterator[FoundArticle]:
    names = [name for name in listed(folder) if name.endswith(".tsv")]
    if not names:
        raise FormatError(f"“{shown(folder.name)}”: there is no WebAnno TSV in it.")

    def read(name: str, said: Object) -> Paper:
        try:
            return read_tsv(folder / name, shown(name), words(said.get(_LEAD)), findings)
        except FormatError as error:
            raise BadRecord(str(error)) from error

    yield from read_folder(names, read_side(folder, findings, _WRITTEN_AS), read, findings)


def _one(path: Path, findings: Findings) -> Iterator[FoundArticle]:
    def read(_: str, __: Object) -> Paper:
        try:
            return read_tsv(path, path.name, "", findings)
        except BadRecord as error:
            raise FormatError(f"“{shown(path.name)}” could not be read: {error}.") from error

    return read_folder([path.name], Side(), read, findings)
