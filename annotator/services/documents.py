"""Files become articles: found in folders and archives, read one by one, and handed over in batches."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from annotator.domain.found import Findings, FoundArticle, Problem
from annotator.editing.importing import NewArticle, check_text
from annotator.errors import AnnotatorError, FormatError, UnreadableDocument, WorkStopped
from annotator.formats.column_choice import FIELDS, proposed_columns
from annotator.formats.document_archives import SUFFIXES as ARCHIVES
from annotator.formats.document_archives import documents_in
from annotator.formats.document_kinds import DOCUMENTS, SUFFIXES, TEXT, is_archive, kind_of
from annotator.formats.documents import Document, Wishes
from annotator.formats.plain_text import ENCODINGS
from annotator.formats.table_rows import Table
from annotator.services import corpora
from annotator.services.importing import About, Batch, Refused
from annotator.services.workers import SHORT_PATIENCE, made, steps_apart

__all__ = ["ARCHIVES", "DOCUMENTS", "ENCODINGS", "FIELDS", "SUFFIXES"]

BATCH = 200
"""Articles in one transaction: small enough that the window stays usable, large enough to be quick."""
_LETTERS = 4_000_000
"""Code points after which a batch is handed over all the same."""
_PREVIEWED = 20
_SURE = frozenset({"ascii", "utf-8", "utf-8-sig", "utf-16", "utf-32"})

Heads = Mapping[tuple[str, ...], Mapping[str, str]]
"""For tables with just these columns, which column has which field."""
Step = tuple[int, int, Batch | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file will be read: its kind in words, the first articles, and why it will be left out, if so.

    is_sure is false when a text's encoding was guessed. head has the names of a table's columns, columns those that are
    taken; entries is how many documents an archive has.
    """

    kind: str = ""
    articles: tuple[FoundArticle, ...] = ()
    fault: str = ""
    problems: tuple[str, ...] = ()
    is_text: bool = False
    is_sure: bool = True
    has_boilerplate: bool = False
    head: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    entries: int = 0


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders every file of a known kind in them, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _known_files(path)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _known_files(folder: Path) -> list[Path]:
    names = [
        os.path.join(inside, name)
        for inside, _, files in os.walk(folder)
        for name in files
        if not name.startswith((".", "~$")) and os.path.splitext(name)[1].lower() in SUFFIXES | ARCHIVES
    ]
    return [Path(name) for name in sorted(names)]


def may_hold_many(path: Path) -> bool:
    """Whether a file may hold any number of articles, by its ending."""
    suffix = path.suffix.casefold()
    return suffix in ARCHIVES or suffix == ".epub" or any(suffix in kind.suffixes for kind in _TABLES)


def may_have_boilerplate(path: Path) -> bool:
    """Whether what stands around an article can be told apart in a file, by its ending."""
    suffix = path.suffix.casefold()
    return suffix in ARCHIVES or any(suffix in kind.suffixes for kind in DOCUMENTS if kind.has_boilerplate)


_TABLES = tuple(kind for kind in DOCUMENTS if isinstance(kind, Table))


def read_batches(
    paths: list[Path], about: About, encodings: Mapping[Path, str] | None = None, by_head: Heads | None = None
) -> Iterator[Step]:
    """Reads files in batches, with how many are done and of how many; 0 where nobody knows, as in a table.

    encodings overrules the guess for single files, by_head the columns that are proposed. It needs nothing of the
    project: it runs anywhere. Files are read in a process of their own; one that this does not survive, or that
    holds it up, is left out, and the files after it are read. A step without a batch says that one is waited for.
    """
    order = _Order(tuple(paths), about, encodings or {}, by_head or {})
    cursor, broken, told = Cursor(total=len(paths)), dict[int, str](), set[Refused]()
    while True:
        try:
            for step in steps_apart(_read_batches, order, cursor, broken):
                if step is None:
                    yield cursor.done, 0, None
                    continue
                done, total, batch, cursor = step
                yield done, total, batch.without(told) if broken else batch
                told |= {*batch.refused, *batch.noted}
        except WorkStopped as error:
            # What was read since the last batch is read again. What fails twice is no single entry.
            at = error.position if error.position not in broken else error.position // _ENTRIES * _ENTRIES
            if at in broken or error.position < 0:
                raise FormatError(f"Reading was stopped: {error}.") from error
            broken[at] = str(error)
        else:
            return


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be read, and how."""

    paths: tuple[Path, ...]
    about: About
    encodings: Mapping[Path, str]
    by_head: Heads


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far was read: the first path, entry and article of it that were not handed over, and counts for progress."""

    path: int = 0
    entry: int = 0
    articles: int = 0
    done: int = 0
    total: int = 0


_ENTRIES = 1 << 20
"""More than an archive may have: a place is so many times the path's number, plus one for its first entry."""


def _read_batches(
    order: _Order, start: Cursor, broken: Mapping[int, str]
) -> Iterator[int | tuple[int, int, Batch, Cursor]]:
    """The work of the other process: from where the last one was, without what it did not get over."""
    waiting = _Waiting(order.about)
    done, total = start.done, start.total
    for at, path in enumerate(order.paths[start.path :], start.path):
        wishes = _wishes(order.about, order.encodings.get(path, ""), order.by_head)
        count, first = 1, start.entry if at == start.path else 0
        place = at * _ENTRIES
        yield place
        try:
            if place in broken:
                raise UnreadableDocument(broken[place])
            for number, count, file, name in _documents(path, waiting.findings):
                if number < first:
                    continue
                yield place + number + 1
                skipped = start.articles if (at, number) == (start.path, start.entry) else 0
                for read in waiting.read(file, name, wishes, broken.get(place + number + 1, ""), skipped):
                    if waiting.is_full:
                        yield done + number, 0, waiting.batch(), Cursor(at, number, read, done, total)
                if waiting.is_full:
                    cursor = Cursor(at, number + 1, 0, done, total)
                    yield done + number + 1, total + count - 1, waiting.batch(), cursor
        except AnnotatorError as error:
            waiting.refuse(path.name, error)
        done, total = done + count, total + count - 1
    if not waiting.is_empty:
        yield done, total, waiting.batch(), Cursor(len(order.paths), 0, 0, done, total)


def _wishes(about: About, encoding: str, by_head: Heads | None, *, is_preview: bool = False) -> Wishes:
    return Wishes(about.keeps_boilerplate, encoding or about.encoding, about.columns, by_head or {}, is_preview)


def _documents(path: Path, findings: Findings) -> Iterator[tuple[int, int, Path, str]]:
    """The file itself, or each document of an archive: its number, how many there are, the file and its name."""
    if not is_archive(path):
        yield 0, 1, path, path.name
        return
    count = 0
    for number, count, file, name in documents_in(path, path.name, SUFFIXES, findings):
        yield number, count, file, name
    if not count and not findings.problems:
        raise UnreadableDocument("there is no document in it")


class _Waiting:
    """Articles that were read and wait for their batch to be full."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._articles: list[NewArticle] = []
        self._letters = 0
        self.findings = Findings()

    @property
    def is_full(self) -> bool:
        """Whether it is time to hand over."""
        return len(self._articles) + len(self.findings.problems) >= BATCH or self._letters > _LETTERS

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self._articles or self.findings.problems or self.findings.notes)

    def batch(self) -> Batch:
        """Everything that waits; nothing does afterwards."""
        batch = Batch(tuple(self._articles), _told(self.findings.problems), _told(self.findings.notes))
        self._articles, self._letters = [], 0
        self.findings.problems.clear()
        self.findings.notes.clear()
        return batch

    def read(self, file: Path, name: str, wishes: Wishes, why_not: str, skipped: int) -> Iterator[int]:
        """Reads a file without its first articles, pausing after each where there may be any number of them.

        It yields how many there were. why_not is why the file cannot be read, if that is known.
        """
        try:
            if why_not:
                raise UnreadableDocument(why_not)
            kind = kind_of(file)
            _check_bare(kind, file)
            for number, found in enumerate(_read(kind, file, name, wishes, self.findings), start=1):
                if number > skipped:
                    self._take(found, kind.key)
                if may_hold_many(file):
                    yield number
        except AnnotatorError as error:
            self.refuse(name, error, file.name)

    def _take(self, found: FoundArticle, kind: str) -> None:
        try:
            check_text(found.text)
        except AnnotatorError as error:
            self.refuse(found.source, error)
        else:
            self._articles.append(new_article(found, self._about, kind))
            self._letters += len(found.text)

    def refuse(self, name: str, error: AnnotatorError, file: str = "") -> None:
        """Notes why something does not come in. Errors that name the file themselves say “it” instead."""
        self.findings.problem(name, str(error).replace(f"“{file or name}”", "it").removesuffix("."))


def _read(kind: Document, file: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
    try:
        yield from kind.read(file, name, wishes, findings)
    except ImportError as error:
        raise UnreadableDocument(f"a library to read it with is not installed ({error.name or error})") from error


def _told(problems: Iterable[Problem]) -> tuple[Refused, ...]:
    return tuple(Refused(problem.file, problem.reason, problem.line) for problem in problems)


def _check_bare(kind: Document, file: Path) -> None:
    """Marks must not get lost unsaid: a table that is an annotated corpus is one of those that corpora.py reads."""
    if not isinstance(kind, Table):
        return
    reader = corpora.recognise(file)
    if reader is not None or corpora.is_own_export(file):
        title = reader.title if reader is not None else "this program's own export"
        raise UnreadableDocument(f"it is an annotated corpus ({title}); bring it in by itself")


def new_article(found: FoundArticle, about: About, kind: str = "") -> NewArticle:
    """A found article as it comes in: what the user said of all of them counts, then what the file says."""
    return NewArticle(
        text=found.text,
        title=found.title,
        publisher=about.publisher or found.publisher,
        byline=found.byline,
        url=found.url,
        published=about.published or found.published,
        language=about.language or found.language,
        text_quality=about.text_quality,
        imported_from=found.source,
        encoding=found.encoding or kind,
        zones=tuple((zone.kind, zone.span) for zone in found.zones),
    )


def preview(path: Path, about: About, encoding: str = "", by_head: Heads | None = None) -> Preview:
    """How a file will be read, from its beginning only where it is long. It waits for the process that reads it."""
    *_, (_, _, found) = made(previews(path, about, encoding, by_head))
    return found


def previews(
    path: Path, about: About, encoding: str = "", by_head: Heads | None = None
) -> Iterator[tuple[int, int, Preview | None]]:
    """The same in steps of a job, of which the last has the preview."""
    found = Preview()
    try:
        for step in steps_apart(_preview, path, about, encoding, by_head, patience=SHORT_PATIENCE):
            found = step or found
            if step is None:
                yield 0, 0, None
    except WorkStopped as error:
        found = Preview(fault=str(error))
    yield 1, 1, found


def _preview(path: Path, about: About, encoding: str, by_head: Heads | None) -> Iterator[Preview]:
    findings = Findings()
    wishes = _wishes(about, encoding, by_head, is_preview=True)
    shown = Preview()
    try:
        for _, entries, file, name in _documents(path, findings):
            kind = kind_of(file)
            shown = replace(shown, kind=kind.title, is_text=kind is TEXT, has_boilerplate=kind.has_boilerplate)
            shown = replace(shown, entries=entries) if is_archive(path) else shown
            _check_bare(kind, file)
            if isinstance(kind, Table):
                head = kind.head(file)
                shown = replace(shown, head=head, columns=wishes.by_head.get(head) or _proposed(head, about))
            found = tuple(islice(_read(kind, file, name, wishes, findings), _PREVIEWED))
            for article in found:
                check_text(article.text)
            shown = replace(shown, articles=found, is_sure=bool(encoding) or _is_sure(found))
            if found:
                break
    except AnnotatorError as error:
        shown = replace(shown, fault=str(error).replace(f"“{path.name}”", "it").removesuffix("."))
    yield replace(shown, problems=tuple(map(str, (*findings.problems, *findings.notes))))


def _is_sure(found: Sequence[FoundArticle]) -> bool:
    """Whether the encoding was told by a mark or by the bytes themselves."""
    return all(article.encoding in _SURE for article in found)


def _proposed(head: tuple[str, ...], about: About) -> Mapping[str, str]:
    return proposed_columns(head) | {field: column for field, column in about.columns.items() if column in head}
