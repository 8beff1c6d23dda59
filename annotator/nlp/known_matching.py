"""Where the names that a project knows stand in a text: whole words, the longest name first."""

import re
from collections.abc import Iterable, Iterator

from annotator.domain.ids import EntityId
from annotator.domain.names import fold
from annotator.domain.proposals import ProposedMention
from annotator.domain.spans import Span
from annotator.domain.words import MARKS

PROPOSER = "known names"
_WORD = re.compile(rf"(?:[^\W_][{MARKS}]*)+")
_GAP = re.compile(r"[ \t\u00a0\u200c.'’ʼ‘`-]{0,3}")
_SURE, _SHARED = 0.95, 0.6


class _Node:
    __slots__ = ("found", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.found: dict[tuple[str, EntityId], str] = {}
        """Label and entity of the names that end here, with the name as it is written."""


class KnownMatcher:
    """Finds known names whatever their case and accents; made once for many texts.

    A name with a capital is not found in words without one: “May” is not “may”. Names in scripts that write no
    blanks between words are found only where they stand alone.
    """

    def __init__(self, names: Iterable[tuple[str, EntityId, str]]) -> None:
        """Takes names and aliases, each with its entity and the schema's label for mentions of it."""
        self._root = _Node()
        for name, entity, label in names:
            node = self._root
            for word in _WORD.findall(name):
                node = node.next.setdefault(fold(word), _Node())
            if node is not self._root:
                node.found.setdefault((label, entity), name)

    def find(self, text: str) -> Iterator[ProposedMention]:
        """The known names in a text, in its order, none inside another. One that several share names none.

        One that stands for entities under different labels, as a town and a club, is passed over: words do not tell.
        """
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        folded = [fold(text[start:end]) for start, end in words]
        place = 0
        while place < len(words):
            node, at, best, last = self._root.next.get(folded[place]), place, None, place
            while node is not None:
                span = Span(words[place][0], words[at][1])
                fitting = [key for key, name in node.found.items() if _fits(name, span.cut(text))]
                if fitting:
                    best, last = [(key, node.found[key]) for key in fitting], at
                at += 1
                if at >= len(words) or not _GAP.fullmatch(text, words[at - 1][1], words[at][0]):
                    break
                node = node.next.get(folded[at])
            if best is not None and len({label for (label, _), _ in best}) == 1:
                yield _proposed(best, Span(words[place][0], words[last][1]))
            place = last + 1


def _fits(name: str, words: str) -> bool:
    if not any(map(str.isupper, name)):
        return True
    if name.isupper() and len(name) <= 4:
        return words.isupper()
    return any(map(str.isupper, words))


def _proposed(found: list[tuple[tuple[str, EntityId], str]], span: Span) -> ProposedMention:
    (label, entity), name = found[0]
    is_shared = len({key[1] for key, _ in found}) > 1
    return ProposedMention(
        label, (span,), _SHARED if is_shared else _SURE, name, None if is_shared else entity, PROPOSER
    )
