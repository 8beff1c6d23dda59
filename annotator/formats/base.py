"""What a format must be able to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from annotator.domain.corpus import Corpus


class Writer(Protocol):
    """Writes a corpus. key names the format on the command line, suffix is that of the file, with the dot."""

    @property
    def key(self) -> str:
        """What the format is called on the command line."""

    @property
    def title(self) -> str:
        """What it is called in the window."""

    @property
    def suffix(self) -> str:
        """The ending of its files."""

    def write(self, corpus: Corpus, target: Path) -> Iterator[int]:
        """Writes target, yielding after each article how many are done.

        The file has its name only when it is whole: a writer that is not run to its end leaves nothing behind.
        """
