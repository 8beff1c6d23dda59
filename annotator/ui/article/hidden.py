"""Characters that do not show: finding them, naming them, and the signs that make them visible."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QTextLine

from annotator.ui.article.art import Chip
from annotator.ui.article.boxes import x_of
from annotator.ui.article.ink import Ink
from annotator.ui.widgets.unseen import DIRECTIONS, HIDDEN, sign_of

_NAMES = {"\x0c": "FORM FEED", "\x0b": "LINE TABULATION", "\x85": "NEXT LINE", "\x7f": "DELETE", "\x00": "NULL"}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A kind of hidden character: its Unicode name and code, how often it stands in a text, and where first."""

    character: str
    name: str
    code: str
    count: int
    first: int

    @property
    def turns(self) -> bool:
        """Whether it changes the writing direction."""
        return self.character in DIRECTIONS


def find_hidden(text: str) -> Iterator[int]:
    """The offsets of hidden characters; a line end is none."""
    for match in HIDDEN.finditer(text):
        if match.group() not in "\r\u2028\u2029" or text[match.start() : match.end() + 1] == "\r":
            yield match.start()


def list_hidden(text: str) -> list[Hidden]:
    """The kinds of hidden characters in a text, those that change the direction first, then by number."""
    places = list(find_hidden(text))
    counts = Counter(text[place] for place in places)
    first = {text[place]: place for place in reversed(places)}
    kinds = [Hidden(c, name_of(c), f"U+{ord(c):04X}", count, first[c]) for c, count in counts.items()]
    return sorted(kinds, key=lambda kind: (not kind.turns, -kind.count, kind.code))


def name_of(character: str) -> str:
    """The Unicode name of a character; control characters have none, so the usual one."""
    return unicodedata.name(character, _NAMES.get(character, "CONTROL CHARACTER"))


def hidden_signs(line: QTextLine, words: str, ink: Ink) -> Iterator[Chip]:
    """Small signs below the places of a line where a hidden character stands."""
    metrics, until = QFontMetricsF(ink.font), 0.0
    colour = QColor(ink.tones.warning)
    units = 0
    for index, character in enumerate(words):
        if character == "\t" or HIDDEN.match(words, index):
            sign = sign_of(character)
            left = max(x_of(line, line.textStart() + units), until)
            height = min(max(ink.rise - 1, metrics.height() * 0.8), metrics.height())
            place = QRectF(left, line.y() + line.height() - height * 0.3, metrics.horizontalAdvance(sign) + 4, height)
            until = place.right() + 1
            yield Chip(place, sign, colour, is_strong=character in DIRECTIONS)
        units += 2 if character > "\uffff" else 1
