"""What files are that somebody brings: exports of this program, an annotated corpus, or documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import FormatError, WorkStopped
from annotator.services import corpora
from annotator.services.documents import find_files
from annotator.services.workers import made, steps_apart


@dataclass(frozen=True, slots=True)
class Known:
    """reader is the key of the format of an annotated corpus; without it and is_own, files are the documents."""

    is_own: bool = False
    reader: str = ""
    files: tuple[Path, ...] = ()


def looks(chosen: Sequence[Path]) -> Iterator[tuple[int, int, Known | None]]:
    """Looks at files and folders in steps of a job, of which the last tells. Raises FormatError."""
    found = Known()
    try:
        for step in steps_apart(_look, tuple(chosen)):
            found = step or found
            if step is None:
                yield 0, 0, None
    except WorkStopped as error:
        raise FormatError(f"“{chosen[0].name}” cannot be looked at: {error}.") from error
    yield 1, 1, found


def look(chosen: Sequence[Path]) -> Known:
    """The same, waited for."""
    *_, (_, _, found) = made(looks(chosen))
    return found


def _look(chosen: tuple[Path, ...]) -> Iterator[Known]:
    first = chosen[0]
    if first.exists():  # who reads it says so
        if corpora.is_own_export(first):
            yield Known(is_own=True)
            return
        reader = corpora.recognise(first)
        if reader is not None:
            yield Known(reader=reader.key)
            return
    yield Known(files=tuple(find_files(chosen)))
