"""Names that a project knows, found in a text: the longest ones first, from left to right."""

import re
from collections.abc import Iterable

from annotator.domain.ids import EntityId
from annotator.domain.spans import Span

_WORD = re.compile(r"\w+")
_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_WIDEST = 3
"""Characters between two words of a name: “Jean-Luc”, “J. Ruiz”."""


class NameMatcher:
    """Names by their first words. One with no capital in it, such as “police”, is no sign of anybody and left out."""

    def __init__(self, names: Iterable[tuple[str, EntityId]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], set[EntityId]]] = {}
        for name, entity in names:
            words = tuple(_WORD.findall(name))
            if words and ((len(name) > 1 and name != name.lower()) or _has_no_case(name)):
                self._by_first.setdefault(words[0], {}).setdefault(words, set()).add(entity)
        self._longest = {first: max(map(len, known)) for first, known in self._by_first.items()}

    def find(self, text: str) -> list[tuple[Span, frozenset[EntityId]]]:
        """The names in a text, in its code points, each with the entities that bear it; none crosses a line's end."""
        if not self._by_first:
            return []
        words = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
        found, at = list[tuple[Span, frozenset[EntityId]]](), 0
        while at < len(words):
            taken = self._at(text, words, at)
            if taken is None:
                at += 1
                continue
            length, bearers = taken
            found.append((Span(words[at][1], words[at + length - 1][2]), frozenset(bearers)))
            at += length
        return found

    def _at(self, text: str, words: list[tuple[str, int, int]], at: int) -> tuple[int, set[EntityId]] | None:
        known = self._by_first.get(words[at][0])
        if known is None:
            return None
        longest = 1
        while longest < self._longest[words[at][0]] and at + longest < len(words):
            between = text[words[at + longest - 1][2] : words[at + longest][1]]
            if len(between) > _WIDEST or _BREAK.search(between):
                break
            longest += 1
        for length in range(longest, 0, -1):
            bearers = known.get(tuple(word for word, _, _ in words[at : at + length]))
            if bearers:
                return length, bearers
        return None


def _has_no_case(name: str) -> bool:
    """Whether the name is in a script without capitals, where two letters are a name already."""
    return len(name) > 1 and name.lower() == name.upper() and any(map(str.isalpha, name))
