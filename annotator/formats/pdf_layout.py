"""From the lines of printed pages to paragraphs: what runs along, where paragraphs end, and broken words."""

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(page|seite|p\.?|s\.?|صفحه)?\W*#(\W*(of|von|/|از)\W*#)?\W*", re.IGNORECASE)
_END = re.compile(r"[.!?…:;؟。！？][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PREFIXES = frozenset(
    "all anti co counter cross ex far half high long low mid multi near non post pre pro self semi short so sub "
    "super then two three four under vice well".split()
)
_EDGE = 3
"""How many lines at the top and at the foot of a page may run along."""
_IDEOGRAPHS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. Places are in points from the page's lower left corner, base is where the letters stand.

    is_broken says that its last word goes on in the next line; the hyphen is no longer in text.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_broken: bool = False


Page = Sequence[Line]


def running(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """The page and number of each line that stands at the same height on many pages, and of page numbers there."""
    edges = [[(at, line) for at, line in enumerate(page) if at < _EDGE or at >= len(page) - _EDGE] for page in pages]
    # A header of left pages and another of right pages stand on half of them each.
    needed = max(2, len(pages) * 2 // 5)
    counts: Counter[tuple[str, int]] = Counter()
    for page in edges:
        counts.update({_sign(line) for _, line in page})
    return {(number, at) for number, page in enumerate(edges) for at, line in page if _runs(counts, line, needed)}


def _runs(counts: Counter[tuple[str, int]], line: Line, needed: int) -> bool:
    words, height = _sign(line)
    around = sum(counts[words, near] for near in (height - 1, height, height + 1))
    has_letters = any(letter.isalpha() for letter in words)
    return around >= needed and (has_letters or _PAGE_NUMBER.fullmatch(words) is not None)


def _sign(line: Line) -> tuple[str, int]:
    """What is the same on all pages: the words without their numbers, and the height."""
    return _NUMBERS.sub("#", " ".join(line.text.split())), round(line.base / 6)


def paragraphs(pages: Iterable[Page]) -> Iterator[str]:
    """The paragraphs of pages in the order of their lines, with the lines of each joined."""
    known = list(pages)
    every = [line for page in known for line in page]
    vocabulary = _Vocabulary(every)
    step = _usual_step(known)
    waiting: list[Line] = []
    for page in known:
        for at, line in enumerate(page):
            after = page[at + 1] if at + 1 < len(page) else None
            if waiting and _begins(waiting[-1], line, after, page, step, is_new_page=at == 0):
                yield _joined(waiting, vocabulary)
                waiting = []
            waiting.append(line)
    if waiting:
        yield _joined(waiting, vocabulary)


def _usual_step(pages: Sequence[Page]) -> float:
    """From one line's base to the next, in units of the letters' size: what is usual within a paragraph."""
    steps = [
        (before.base - line.base) / line.size
        for page in pages
        for before, line in pairwise(page)
        if line.size and 0.5 < (before.base - line.base) / line.size < 3.5
    ]
    return statistics.quantiles(steps, n=4)[0] if len(steps) > 1 else 1.3


def _begins(before: Line, line: Line, after: Line | None, page: Page, step: float, *, is_new_page: bool) -> bool:
    """Whether a line is the first of a paragraph, by what is before and after it."""
    if before.is_broken:
        return False
    size = max(before.size, line.size, 1)
    has_ended = _END.search(before.text.rstrip()) is not None
    if abs(before.size - line.size) > 0.12 * size:
        return True
    down = (before.base - line.base) / size
    if is_new_page or down < -0.5:  # a new page or column: the sentence goes on, or a new paragraph begins
        return has_ended or not (line.text[:1].islower() or _is_full(before, page))
    if down > step * 1.25 + 0.05:
        return True
    is_indented = line.left - before.left > 0.8 * size
    if is_indented and (has_ended or (after is not None and line.left - after.left > 0.8 * size)):
        return has_ended or not line.text[:1].islower()
    return has_ended and not _is_full(before, page)


def _is_full(line: Line, page: Page) -> bool:
    """Whether a line reaches the right side of its column."""
    column = [other for other in page if other.left < line.right and line.left < other.right] or [line]
    right, left = max(other.right for other in column), min(other.left for other in column)
    return line.right > right - max(0.15 * (right - left), 2 * line.size)


class _Vocabulary:
    """The words of a document, to tell a word that was broken from one that has a hyphen."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.words: set[str] = set()
        for line in lines:
            found = _WORD.findall(line.text.casefold())
            self.words.update(found[:-1] if line.is_broken else found)

    def mend(self, first: str, second: str) -> str:
        """Two pieces of a word that a hyphen parted at a line's end, as one."""
        apart = f"{first}-{second}"
        if not (first.isalpha() and second.islower()) or apart.casefold() in self.words:
            return apart
        whole = f"{first}{second}"
        if whole.casefold() in self.words or first.casefold() not in _PREFIXES:
            return whole
        return apart


def _joined(lines: Sequence[Line], vocabulary: _Vocabulary) -> str:
    text = ""
    is_broken = False
    for line in lines:
        words = line.text.strip()
        if not text:
            text = words
        elif is_broken:
            text = _mended(text, words, vocabulary)
        else:
            between = "" if _IDEOGRAPHS.match(text[-1:]) and _IDEOGRAPHS.match(words[:1]) else " "
            text = f"{text}{between}{words}"
        is_broken = line.is_broken
    return f"{text}-" if is_broken else text


def _mended(text: str, words: str, vocabulary: _Vocabulary) -> str:
    begin = len(text.rstrip()) - len(text.rstrip().rpartition(" ")[2])
    first, second = text[begin:], _FIRST_WORD.match(words)
    if second is None or text[-1:].isspace() or "-" in first:
        return f"{text}-{' ' if text[-1:].isspace() else ''}{words}"
    bare = first.lstrip("“”\"'‘’([«„")
    return f"{text[: len(text) - len(bare)]}{vocabulary.mend(bare, second[0])}{words[second.end() :]}"
