"""Bringing articles in: finding files, reading them, and handing them over in batches."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.articles import TextQuality, title_of
from annotator.editing.importing import NewArticle, check_text
from annotator.errors import AnnotatorError
from annotator.formats.plain_text import ENCODINGS, LARGEST, Decoded, decode
from annotator.services.workspace import Workspace

__all__ = [
    "ENCODINGS",
    "About",
    "Batch",
    "Decoded",
    "Refused",
    "Report",
    "as_article",
    "find_files",
    "read_batches",
    "read_file",
    "take_batch",
]

SUFFIXES = frozenset({".txt", ".text", ".md"})
"""What is taken from a folder; a file that is named one by one may have any suffix."""
BATCH = 200
"""Articles in one transaction: small enough that the window stays usable, large enough to be quick."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of all articles of one import. encoding overrules the guess; published is an ISO date."""

    publisher: str = ""
    published: str = ""
    language: str = ""
    text_quality: TextQuality = TextQuality.ORIGINAL
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was left out, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some files, read: the articles in them, and those that were refused."""

    articles: tuple[NewArticle, ...]
    refused: tuple[Refused, ...]


@dataclass(slots=True)
class Report:
    """What an import came to."""

    imported: int = 0
    known: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """One line for the status bar."""
        parts = [f"{self.imported:,} article{'' if self.imported == 1 else 's'} imported"]
        if self.known:
            parts.append(f"{len(self.known):,} already in the project")
        if self.refused:
            parts.append(f"{len(self.refused):,} left out")
        return ", ".join(parts) + "."

    @property
    def details(self) -> str:
        """A line for each file that did not come in."""
        lines = [f"{refused.name}: {refused.reason}" for refused in self.refused]
        return "\n".join([*lines, *(f"{name}: its text is in the project already" for name in self.known)])


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The files themselves, and of folders every text file in them, in the order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _text_files(path)
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _text_files(folder: Path) -> list[Path]:
    names = [
        os.path.join(inside, name)
        for inside, _, files in os.walk(folder)
        for name in files
        if not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES
    ]
    return [Path(name) for name in sorted(names)]


def read_file(path: Path, encoding: str = "") -> Decoded:
    """Reads one file. Raises AnnotatorError with the reason why it cannot be an article."""
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            # Not read(LARGEST + 1): that would set aside as much memory for every small file.
            data = file.read() if size <= LARGEST else b""
    except OSError as error:
        raise AnnotatorError(f"it cannot be read: {error.strerror}") from error
    if size > LARGEST:
        raise AnnotatorError(f"it is larger than {LARGEST // 1_000_000} MB; split it first")
    decoded = decode(data, encoding)
    check_text(decoded.text)
    return decoded


def read_batches(
    paths: list[Path], about: About, encodings: Mapping[Path, str] | None = None
) -> Iterator[tuple[int, int, Batch]]:
    """Reads files in batches, with how many are done and of how many. Needs nothing of the project: runs anywhere.

    encodings overrules the guess for single files.
    """
    chosen = encodings or {}
    for first in range(0, len(paths), BATCH):
        articles, refused = [], []
        for path in paths[first : first + BATCH]:
            try:
                decoded = read_file(path, chosen.get(path, about.encoding))
                articles.append(as_article(decoded, path.name, path.stem, about))
            except AnnotatorError as error:
                refused.append(Refused(path.name, str(error)))
        yield min(first + BATCH, len(paths)), len(paths), Batch(tuple(articles), tuple(refused))


def as_article(decoded: Decoded, source: str, otherwise: str, about: About) -> NewArticle:
    """A text as an article; otherwise is its title when its first line is none."""
    return NewArticle(
        text=decoded.text,
        title=title_of(decoded.text, otherwise),
        publisher=about.publisher,
        published=about.published,
        language=about.language,
        text_quality=about.text_quality,
        imported_from=source,
        encoding=decoded.encoding,
    )


def take_batch(workspace: Workspace, batch: Batch, report: Report, group: str) -> None:
    """Puts a batch into the project and adds to the report."""
    report.refused += batch.refused
    if batch.articles:
        result = workspace.bring_in(batch.articles, group)
        report.imported += len(result.edit.changes)
        report.known += result.known
