"""Labels of words: what each word of the text is marked as, compared word by word.

Where units cross or lie inside each other, a word has the labels of all of them together, such as content + source.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

from annotator.agreement.alpha import NOMINAL
from annotator.agreement.base import Adding, Key, Layer, Measure, Pair, Score, Stats, Tally, undefined
from annotator.agreement.kappa import PERCENT
from annotator.agreement.units import PARTS, ArticleUnits, Unit
from annotator.domain.spans import Span

NOTHING = "(none)"
"""The label of a word that is in no unit."""
YES, NO = "yes", "no"
_RULES = (
    "A word has the labels of all units that it shares a character with; letters and digits in a row are a word, every "
    "other sign is one of its own."
)


def marked(units: Iterable[Unit], words: Sequence[Span], bits: Mapping[str, int]) -> Any:
    """For each word the bits of its labels, as an array. Units whose label has no bit are passed over."""
    import numpy as np

    row = np.zeros(len(words), np.int64)
    starts, ends = [word.start for word in words], [word.end for word in words]
    for unit in units:
        bit = bits.get(unit.label, 0)
        for span in unit.spans:
            row[bisect_right(ends, span.start) : bisect_left(starts, span.end)] |= bit
    return row


def add_rows(adding: Adding, label: str, rows: Mapping[int, Any], names: Sequence[str]) -> None:
    """Counts what annotators, by number, call the same words; rows hold places in names, all of one length."""
    import numpy as np

    if len(rows) < 2:
        return
    kinds, people = len(names), sorted(rows)
    said = np.array([rows[number] for number in people])
    pairs = list(combinations(range(len(people)), 2))
    first, second = (said[[pair[at] for pair in pairs]] for at in (0, 1))
    codes = first * kinds + second + np.arange(len(pairs))[:, None] * kinds * kinds
    met = np.bincount(codes.ravel(), minlength=len(pairs) * kinds * kinds).reshape(len(pairs), -1)
    known, tally = tuple(names), adding.tally
    every = (met.sum(0) / (len(people) - 1)).tolist()
    for one, other, counts in [(-1, -1, every), *((*pair, its) for pair, its in zip(pairs, met.tolist(), strict=True))]:
        pair = (people[one], people[other]) if one >= 0 else None
        for key, count in zip(_keys(label, pair, known), counts, strict=True):
            if count:
                tally[key] = tally.get(key, 0.0) + count
    adding.add(label, None, ("units",), said.shape[1])


@lru_cache(4_096)
def _keys(label: str, pair: Pair | None, names: tuple[str, ...]) -> tuple[Key, ...]:
    """Under which keys it counts how often one word is called by one name and by another: the same in all articles."""
    return tuple((label, pair, ("c", one, other)) for one in names for other in names)


def _count(article: ArticleUnits, units: Mapping[int, Iterable[Unit]], labels: Sequence[str]) -> Tally:
    """The sums for all labels together, and for each whether a word has it or not."""
    import numpy as np

    adding = Adding()
    if not article.words or len(units) < 2:
        return adding.tally
    bits = {label: 1 << number for number, label in enumerate(labels[:_MOST_LABELS])}
    rows = {number: marked(its, article.words, bits) for number, its in units.items()}
    codes, places = np.unique(np.concatenate(list(rows.values())), return_inverse=True)
    placed = dict(zip(rows, places.reshape(len(rows), -1), strict=True))
    add_rows(adding, "", placed, [_name(code, bits) for code in codes.tolist()])
    for label, bit in bits.items():
        add_rows(adding, label, {number: (row & bit > 0).astype(np.int64) for number, row in rows.items()}, (NO, YES))
    return adding.tally


_MOST_LABELS = 62
"""How many labels have a bit in a word of 64."""


def _name(code: int, bits: Mapping[str, int]) -> str:
    return " + ".join(label for label, bit in bits.items() if code & bit) or NOTHING


def _of_claims(article: ArticleUnits) -> Tally:
    units = {number: work.part_units for number, work in article.work.items()}
    return _count(article, units, PARTS)


def _of_mentions(article: ArticleUnits) -> Tally:
    units = {number: work.mention_units for number, work in article.work.items()}
    wanted = article.around.labels
    labels = [label.key for label in article.around.schema.labels if not wanted or label.key in wanted]
    strange = {unit.label for its in units.values() for unit in its} - set(labels)
    return _count(article, units, [*labels, *sorted(strange)])


def word_f1(stats: Stats) -> Score:
    """F1 of one pair of annotators over the words that have any label: those that have the same against all of each."""
    both = mine = theirs = 0.0
    for stat, amount in stats.items():
        if stat[0] == "c":
            mine += amount if stat[1] not in {NOTHING, NO} else 0
            theirs += amount if stat[2] not in {NOTHING, NO} else 0
            both += amount if stat[1] == stat[2] and stat[1] not in {NOTHING, NO} else 0
    if not mine + theirs:
        return undefined("neither marked any word")
    return Score(2 * both / (mine + theirs), round(mine + theirs))


WORD_F1 = Measure(
    "word-f1", "F1 of words", "pairwise F1 over words", "Hripcsak and Rothschild 2005", word_f1, is_pairwise=True
)
_MEASURES = (NOMINAL, PERCENT, WORD_F1)

CLAIM_WORDS = Layer(
    "claim words", "Words in claims", "word", "claims of two people", _of_claims, _MEASURES, "part", _RULES
)
MENTION_WORDS = Layer(
    "mention words", "Words in mentions", "word", "mentions of two people", _of_mentions, _MEASURES, "label", _RULES
)
