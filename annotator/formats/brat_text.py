"""How brat writes words and spans: pieces never cross a line break, and names hold neither blanks nor signs."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

from annotator.domain.spans import Span

# Every character at which some reader of text files begins a new line, not only those that brat's own server cuts at.
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_PIECE = re.compile(f"[^{_BREAKS}]+")
_FLAT = {ord(character): " " for character in _BREAKS}
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in _BREAKS} | {
    ord("\\"): "\\\\",
    ord("\n"): "\\n",
    ord("\r"): "\\r",
}
_ESCAPED = re.compile(r"\\(u[0-9a-f]{4}|[nr\\])")
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_LONGEST_SLUG = 40


def cut_at_breaks(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without the line breaks in them; empty when nothing else is in them."""
    return tuple(Span(*match.span()) for span in spans for match in _PIECE.finditer(text, span.start, span.end))


def rejoined(text: str, pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted pieces as spans again: what only line breaks part is one."""
    spans: list[Span] = []
    for piece in pieces:
        if spans and spans[-1].end < piece.start and not _PIECE.search(text, spans[-1].end, piece.start):
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(piece)
    return tuple(spans)


def words_of_pieces(text: str, pieces: Iterable[Span]) -> str:
    """What brat quotes: pieces joined by one blank, line breaks as blanks."""
    return flat(" ".join(piece.cut(text) for piece in pieces))


def flat(words: str) -> str:
    """The words in one line, a blank for each line break."""
    # No character that can be printed breaks a line.
    return words if words.isprintable() else words.translate(_FLAT)


def in_one_line(words: str) -> str:
    """The words with line breaks and backslashes as escapes; from_one_line reads them back."""
    return words.translate(_ESCAPES)


def from_one_line(words: str) -> str:
    """What in_one_line wrote."""
    return _ESCAPED.sub(lambda match: _unescaped(match[1]), words) if "\\" in words else words


def _unescaped(escape: str) -> str:
    if escape[0] == "u":
        character = chr(int(escape[1:], 16))
        return character if character in _BREAKS else f"\\{escape}"
    return {"n": "\n", "r": "\r", "\\": "\\"}[escape]


@lru_cache(1024)
def as_name(words: str) -> str:
    """Words as one name: blanks become _, whatever else could part words becomes %XX. from_name reads it back."""
    return "".join("_" if c == " " else c if c.isalnum() or c in "-." else _percent(c) for c in words)


def _percent(character: str) -> str:
    return "%5F" if character == "_" else "%7E" if character == "~" else quote(character, safe="")


@lru_cache(1024)
def from_name(name: str) -> str:
    """What as_name wrote."""
    return unquote(name.replace("_", " ")).replace("\0", "\ufffd")


def slug(words: str) -> str:
    """Words as part of a file's name, ASCII letters and digits only; may be empty."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    return _UNSAFE.sub("-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
