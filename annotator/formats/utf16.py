"""Places that a tool counted in UTF-16 units, as browsers do: an emoji counts as two."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import accumulate

from annotator.domain.spans import Span
from annotator.formats.json_parts import BadRecord, span_in


class Units:
    """The UTF-16 units of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None

    def span(self, start: object, end: object) -> Span:
        """The span of code points between two units. Raises BadRecord when an end is inside a letter or outside."""
        if not isinstance(start, int) or not isinstance(end, int):
            raise BadRecord("start and end are no whole numbers")
        return span_in(self.letter(start), self.letter(end), self._text)

    def unit(self, letter: int) -> int:
        """The unit at which a code point begins; letter may be the length of the text."""
        return self._known()[letter]

    def letter(self, unit: int) -> int:
        """The code point that begins at a unit. Raises BadRecord when none does."""
        starts = self._known()
        at = bisect_left(starts, unit)
        if at >= len(starts) or starts[at] != unit:
            raise BadRecord(f"{unit} is no place between two letters")
        return at

    def are_meant(self, quoted: Iterable[tuple[object, object, str]], same: Callable[[str, str], bool]) -> bool:
        """Whether places, with the words that should stand there, all fit as UTF-16 units, and not as letters."""
        places = list(quoted)
        if self._text.isascii() or all(self._fits(span_in, place, same) for place in places):
            return False
        return all(self._fits(lambda start, end, _: self.span(start, end), place, same) for place in places)

    def _fits(
        self,
        reading: Callable[[object, object, str], Span],
        place: tuple[object, object, str],
        same: Callable[[str, str], bool],
    ) -> bool:
        start, end, quote = place
        try:
            return same(quote, reading(start, end, self._text).cut(self._text))
        except BadRecord:
            return False

    def _known(self) -> list[int]:
        if self._starts is None:
            self._starts = list(accumulate((1 + (letter > "\uffff") for letter in self._text), initial=0))
        return self._starts
