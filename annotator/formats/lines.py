"""The lines of large text files, one by one, with their numbers."""

from collections.abc import Iterator
from pathlib import Path

from annotator.errors import FormatError, UndecodableText
from annotator.formats.plain_text import LARGEST, decode

_LONGEST_LINE = 4_000_000
"""Bytes; a file with a longer line is no file of lines."""
_SAMPLE = 65_536


def numbered_lines(path: Path) -> Iterator[tuple[int, str | None]]:
    """Each line without its end, counted from 1; None for one that is no text in the file's encoding.

    UTF-8 is read line by line, so the file may be of any size; other encodings up to LARGEST bytes. Raises FormatError
    when the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            # Cut at a line's end, so that a letter of several bytes stays whole.
            sample = file.read(_SAMPLE)
            begin = sample if len(sample) < _SAMPLE else sample.rpartition(b"\n")[0] or sample
            if not _is_utf8(begin):
                yield from _decoded(path)
                return
            file.seek(3 if sample.startswith(b"\xef\xbb\xbf") else 0)
            number = 0
            while line := file.readline(_LONGEST_LINE + 1):
                number += 1
                if len(line) > _LONGEST_LINE:
                    raise FormatError(f"“{path.name}”, line {number}: the line is too long for such a file.")
                yield number, _line(line)
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error


def _is_utf8(sample: bytes) -> bool:
    # A single bad line must not turn a whole file into Western letters; where none that is not English is good, it is
    # in another encoding.
    lines = sample.split(b"\n")
    lettered = [line for line in lines if not line.isascii()]
    if len(lettered) > 1 and all(_line(line) is None for line in lettered):
        return False
    bad = sum(_line(line) is None for line in lines)
    return bad == 0 or bad < len(lines) / 10


def _line(line: bytes) -> str | None:
    try:
        text = line.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _decoded(path: Path) -> Iterator[tuple[int, str]]:
    if path.stat().st_size > LARGEST:
        raise FormatError(f"“{path.name}” is larger than {LARGEST // 1_000_000} MB and not in UTF-8; convert it first.")
    try:
        text = decode(path.read_bytes()).text
    except UndecodableText as error:
        raise FormatError(f"“{path.name}” cannot be read: {error}.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, line.removesuffix("\r")
