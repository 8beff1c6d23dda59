"""Plain text of any encoding, kept exactly: line ends, blanks and all. Only a byte order mark is no text."""

import codecs
from dataclasses import dataclass

from annotator.errors import UndecodableText

LARGEST = 80_000_000
"""Bytes; a larger file is refused before it is read whole."""
ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "iso-8859-1",
    "cp1250",
    "cp1251",
    "koi8-r",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
)
"""What is guessed among, and offered when the guess is wrong: the usual ones of each script."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64_000
_CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13, 27}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was read in; is_sure is false for a guess."""

    text: str
    encoding: str
    is_sure: bool


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Reads bytes in an encoding, or in the one they are most probably in: by mark, then UTF-8, then by likeness.

    Raises UndecodableText with the reason: empty, binary, or no text in that encoding, and where.
    """
    if not data or data.isspace():
        raise UndecodableText("it is empty")
    if encoding:
        return Decoded(_strictly(data, encoding), encoding, is_sure=True)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, marked), marked, is_sure=True)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    if "\0" in text:
        return _guessed(data)
    return Decoded(text, "ascii" if data.isascii() else "utf-8", is_sure=True)


def _guessed(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    wide = _wide(sample)
    if wide:
        return Decoded(_strictly(data, wide), wide, is_sure=False)
    if 0 in sample or sum(byte in _CONTROLS for byte in sample) > len(sample) / 100:
        raise UndecodableText("it is binary, not text")
    # Imported when it is needed: most texts are UTF-8, and the window should not wait for it.
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=list(ENCODINGS)).best()
    if best is None:
        raise UndecodableText("it is in no encoding that could be recognised; choose one")
    return Decoded(_strictly(data, best.encoding), best.encoding, is_sure=False)


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    if len(sample) < 4 or len(sample) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else ""


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableText(f"it is not {encoding}: byte {error.start + 1:,} makes no sense there") from error
    except LookupError as error:
        raise UndecodableText(f"this program knows no encoding called {encoding}") from error
    # cp1252 and its like read the marks as letters; a mark that a decoder left in place is no text either.
    return text.removeprefix("\ufeff")
