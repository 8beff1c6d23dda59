"""Reading JSON that other programs wrote: object by object, each with its line, and nothing taken on trust.

A file may be JSON Lines, one array, one object, or a JSON-LD graph; memory holds one object at a time.
"""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

from annotator.domain.articles import LONGEST_TEXT, is_date
from annotator.domain.found import Findings
from annotator.domain.spans import Span
from annotator.errors import FormatError, UndecodableText
from annotator.formats.plain_text import LARGEST, decode

Object = dict[str, Any]
_CHUNK = 1 << 16
_BETWEEN = re.compile(r"[\s,\ufeff]*")
_GRAPH = re.compile(r'\s*,\s*"@graph"\s*:\s*\[')
_HEAD = re.compile(r'\s*\{\s*"@context"\s*:\s*')
_SURROGATE = re.compile("[\ud800-\udfff]")
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIELDS = {
    "title": ("title",),
    "publisher": ("publisher", "source"),
    "byline": ("byline", "author"),
    "url": ("url", "link"),
    "published": ("published", "date"),
    "language": ("language", "lang"),
}
ABOUT_ARTICLES = frozenset(name for names in _FIELDS.values() for name in names)
"""The usual names of what a file says of an article beside its text."""


class BadRecord(ValueError):
    """Something in a record that makes no sense; the text says what, without file and line."""


def objects(path: Path, findings: Findings) -> Iterator[tuple[int, Any]]:
    """Each value of the file with the line it begins in; what is no JSON is noted in findings.

    Raises FormatError when the file cannot be read at all.
    """
    try:
        encoding = _encoding(path)
        if encoding and not _is_one_document(path):
            yield from _lines(path, findings)
        elif encoding:
            # A damaged byte becomes half a character: its record is refused, the others come.
            with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as file:
                yield from _streamed(file, path.name, findings)
        else:
            yield from _streamed(StringIO(_guessed(path)), path.name, findings)
    except OSError as error:
        raise FormatError(f"“{path.name}” could not be read: {error.strerror}.") from error


def _encoding(path: Path) -> str:
    """UTF-8, or nothing when the file is in another encoding as a whole. Lines that are damaged do not count."""
    if path.stat().st_size == 0:
        raise FormatError(f"“{path.name}” is empty.")
    with path.open("rb") as file:
        if file.read(4).startswith(_WIDE):
            return ""
        file.seek(0)
        good = bad = 0
        while line := file.readline(LARGEST):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    return "utf-8" if good or not bad else ""


def _guessed(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise FormatError(f"“{path.name}” is not UTF-8 and larger than {LARGEST // 1_000_000} MB; save it as UTF-8.")
    try:
        return decode(path.read_bytes()).text
    except UndecodableText as error:
        raise FormatError(f"“{path.name}” could not be read: {error}.") from error


def _is_one_document(path: Path) -> bool:
    """Whether the file is an array, a graph or an object over several lines, and not one object a line."""
    with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
        begin = file.read(_CHUNK).lstrip()
    first = begin.splitlines()[0].rstrip() if begin else ""
    if begin.startswith("["):
        # An old list of [text, {...}] pairs, one a line, is JSON Lines all the same.
        return re.match(r'\[\s*"', begin) is None
    return bool(_HEAD.match(begin)) or first.endswith(("{", ",", "["))


def _lines(path: Path, findings: Findings) -> Iterator[tuple[int, Any]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LARGEST + 1):
            number += 1
            if len(line) > LARGEST:
                findings.problem(path.name, f"the line is longer than {LARGEST // 1_000_000} MB; split it", number)
                while line and not line.endswith(b"\n"):
                    line = file.readline(LARGEST)
                continue
            if not line.strip(b"\xef\xbb\xbf \t\r\n"):
                continue
            try:
                yield number, json.loads(line.decode("utf-8-sig").strip())
            except UnicodeDecodeError as error:
                reason = f"it is not UTF-8: byte {error.start + 1:,} of the line makes no sense there"
                findings.problem(path.name, reason, number)
            except (ValueError, RecursionError) as error:
                findings.problem(path.name, _broken(error), number)


class _Window:
    """A stretch of a file that grows until a value fits into it, and knows its line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.text = ""
        self.at = 0
        self.line = 1
        self.is_whole = False
        self.more()

    def more(self) -> None:
        """Reads on: as much again as is waiting, so that a long value is tried a few times only."""
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :], 0
        if len(self.text) > LARGEST:
            raise BadRecord(f"it is longer than {LARGEST // 1_000_000} MB; split it")
        added = self._file.read(max(_CHUNK, len(self.text)))
        self.text += added
        self.is_whole = not added

    def skip(self) -> bool:
        """Goes to the next value; false at the end."""
        while True:
            match = _BETWEEN.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return True
            if self.is_whole:
                return False
            self.more()

    def here(self) -> int:
        """The line of the next value."""
        self.line += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :], 0
        return self.line

    def value(self) -> Any:
        """The next value. Raises ValueError or RecursionError when it is no JSON."""
        while True:
            try:
                value, end = json.JSONDecoder().raw_decode(self.text, self.at)
            except ValueError:
                if self.is_whole:
                    raise
            else:
                if end < len(self.text) or self.is_whole:
                    self.at = end
                    return value
            self.more()


def _streamed(file: TextIO, name: str, findings: Findings) -> Iterator[tuple[int, Any]]:
    window = _Window(file)
    try:
        is_list = _opened(window)
        while window.skip():
            line = window.here()
            if is_list and window.text.startswith("]"):
                return
            yield line, window.value()
        if is_list:
            findings.problem(name, "the file breaks off; what it still had is missing", window.here())
    except (ValueError, RecursionError) as error:
        findings.problem(name, f"{_broken(error)}; what follows was not read", window.here())


def _opened(window: _Window) -> bool:
    """Goes past what opens an array or a graph; whether there was such an opening."""
    window.skip()
    if window.text.startswith("[", window.at):
        window.at += 1
        return True
    head = _HEAD.match(window.text, window.at)
    if head:
        start, window.at = window.at, head.end()
        length = len(window.text)
        try:
            window.value()
        except (ValueError, RecursionError):
            window.at = start
            return False
        graph = _GRAPH.match(window.text, window.at) if len(window.text) == length else None
        window.at = graph.end() if graph else start
        return graph is not None
    return False


def _broken(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON: {error.msg[:1].lower()}{error.msg[1:]} (character {error.pos + 1:,})"
    return str(error) if isinstance(error, BadRecord) else "it is no JSON: a number is too long"


def words(value: object) -> str:
    """A string of the file as a project can hold it; empty for anything else but a number."""
    if isinstance(value, str) and value.isascii() and "\0" not in value:
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _SURROGATE.sub("\ufffd", value).replace("\0", "") if isinstance(value, str) else ""


def listed(value: object) -> list[Any]:
    """A list as it is, nothing as an empty one, anything else as a list of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def mapping(value: object) -> Object:
    """An object as it is, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text_in(value: object) -> str:
    """The text of an article. Raises BadRecord for what no project can hold."""
    if not isinstance(value, str):
        raise BadRecord("there is no text")
    if not value.strip():
        raise BadRecord("the text is empty")
    if len(value) > LONGEST_TEXT:
        raise BadRecord(f"the text is longer than {LONGEST_TEXT:,} characters; split it")
    if "\0" in value:
        raise BadRecord(f"the text holds a NUL character (at character {value.index(chr(0)) + 1:,})")
    half = _SURROGATE.search(value)
    if half:
        raise BadRecord(f"the text holds a damaged character (at character {half.start() + 1:,})")
    return value


def span_in(start: object, end: object, text: str) -> Span:
    """The span from start to end. Raises BadRecord when the text has no such span."""
    if not (isinstance(start, int) and isinstance(end, int)) or isinstance(start, bool) or isinstance(end, bool):
        raise BadRecord("start and end are no whole numbers")
    if not 0 <= start < end <= len(text):
        raise BadRecord(f"{start} to {end} is no stretch of the text, which has {len(text):,} characters")
    return Span(start, end)


def known_fields(values: Mapping[str, Any], findings: Findings) -> dict[str, str]:
    """What a file says of an article under the usual names; all fields of FoundArticle beside text and source."""
    found: dict[str, str] = {}
    for field, names in _FIELDS.items():
        found[field] = next((said for name in names if (said := words(values.get(name)).strip())), "")
    if not is_date(found["published"]):
        findings.leave_out("dates of articles that are not written as 2026-11-25")
        found["published"] = ""
    return found
