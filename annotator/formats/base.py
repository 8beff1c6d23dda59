"""What a format must be able to do: a writer, a reader, or both, one file per format."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, Losses


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a format lets one choose. choices are values with their words; the first is the usual one."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]


class Writer(Protocol):
    """Writes a corpus. key names the format on the command line, suffix is that of the file, with the dot.

    is_folder says that target is a folder with a file or several for each article. cannot says in words what the format
    never carries; what a particular corpus loses is counted while it is written.
    """

    @property
    def key(self) -> str:
        """What the format is called on the command line."""

    @property
    def title(self) -> str:
        """What it is called in the window."""

    @property
    def suffix(self) -> str:
        """The ending of its files."""

    @property
    def is_folder(self) -> bool:
        """Whether it is written as a folder."""

    @property
    def cannot(self) -> tuple[str, ...]:
        """What the format cannot carry."""

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes target, yielding after each article how many are done; the same corpus gives the same bytes.

        The file or folder has its name only when it is whole: a writer that is stopped leaves nothing behind.
        Raises FormatError when it cannot be written.
        """


@runtime_checkable
class ChoosingWriter(Writer, Protocol):
    """A writer with options."""

    @property
    def options(self) -> tuple[Option, ...]:
        """What may be chosen."""

    def with_options(self, chosen: Mapping[str, str]) -> "ChoosingWriter":
        """The same format as chosen; what is not named is as usual. The values are among the choices."""


class Reader(Protocol):
    """Reads files of another program."""

    @property
    def key(self) -> str:
        """What the format is called on the command line."""

    @property
    def title(self) -> str:
        """What it is called in the window."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings its files may have."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file, or a folder, looks like this format. head is its first 4,096 bytes, empty for a folder."""

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file or folder, one by one; memory does not grow with their number.

        What is wrong is noted in findings with its line, and the rest is read. Raises FormatError when nothing can be.
        """
