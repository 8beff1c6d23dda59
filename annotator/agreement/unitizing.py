"""The u-alpha family: agreement on where units begin and end and what they are, on a continuum of characters.

Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016). On the reliability of unitizing textual continua:
further developments. Quality & Quantity 50, 2347-2364. Its equations are checked
on the figures of A. Lindahl's implementation of it (github.com/lindanna/unitized_alpha). Units of one person may not
overlap: one layer at a time, and of two units that overlap the part of the later one is cut away that the earlier one
has.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations

from annotator.agreement.base import Adding, Layer, Measure, Pair, Score, Stats, Tally, undefined
from annotator.agreement.token_labels import NOTHING
from annotator.agreement.units import ArticleUnits, Unit
from annotator.domain.spans import Span

GAP = NOTHING
"""The label of what is in no unit."""
PAPER = "Krippendorff, Mathet, Bouvry and Widlöcher 2016"

Segment = tuple[int, int, str]
"""From where to where, in code points of what is in play, and which label."""


def segments(units: Iterable[Unit], length: int, left_out: Sequence[Span] = ()) -> list[Segment]:
    """Units and the gaps between them, end to end over what is in play of a text of this length.

    Each piece of a unit in several pieces is a segment of its own.
    """
    pieces = sorted((span, unit.label) for unit in units for span in unit.spans)
    found: list[Segment] = []
    at = 0
    for span, label in pieces:
        start, end = (place - _left_out_before(place, left_out) for place in (span.start, span.end))
        start = max(start, at)
        if end <= start:
            continue
        if start > at:
            found.append((at, start, GAP))
        found.append((start, end, label))
        at = end
    whole = length - _left_out_before(length, left_out)
    return [*found, (at, whole, GAP)] if at < whole else found


def _left_out_before(place: int, left_out: Sequence[Span]) -> int:
    return sum(min(span.end, place) - span.start for span in left_out if span.start < place)


def add_segments(adding: Adding, label: str, work: Mapping[int, Sequence[Segment]], name: str = "c") -> None:
    """Counts how long the segments of different people lie on each other, and what chance needs to know of each.

    Sums of another name are kept apart from those of the same label.
    """
    if len(work) < 2:
        return
    for pair in combinations(sorted(work), 2):
        weight = 1 / (len(work) - 1)
        mine, theirs = work[pair[0]], work[pair[1]]
        within = [0] * len(mine), [0] * len(theirs)
        for at, (one, other, shared) in _meetings(mine, theirs):
            adding.add(label, None, (name, one, other), shared * weight)
            adding.add(label, pair, (name, one, other), shared)
            if GAP not in {one, other}:
                within[0][at[0]] += shared
                within[1][at[1]] += shared
        for number, lengths in zip(pair, within, strict=True):
            _add_own(adding, label, pair, work[number], name)
            for (_, _, value), length in zip(work[number], lengths, strict=True):
                if length:
                    adding.add(label, None, (f"{name} within", value), length * length * weight)
                    adding.add(label, pair, (f"{name} within", value), length * length)
    for its in work.values():
        _add_own(adding, label, None, its, name)


def _add_own(adding: Adding, label: str, pair: Pair | None, its: Sequence[Segment], name: str) -> None:
    """What a person's segments share with themselves, which chance must not count: of a gap each character is apart."""
    for start, end, value in its:
        size = end - start
        adding.add(label, pair, (f"{name} own", value), size if value == GAP else size * size)
        if value != GAP:
            adding.add(label, pair, (f"{name} units",))


def _meetings(
    mine: Sequence[Segment], theirs: Sequence[Segment]
) -> Iterable[tuple[tuple[int, int], tuple[str, str, int]]]:
    """Where segments lie on each other: their numbers, then their labels and the length that they share."""
    one = other = 0
    while one < len(mine) and other < len(theirs):
        start, end = max(mine[one][0], theirs[other][0]), min(mine[one][1], theirs[other][1])
        if end > start:
            yield (one, other), (mine[one][2], theirs[other][2], end - start)
        if mine[one][1] <= theirs[other][1]:
            one += 1
        else:
            other += 1


Lengths = dict[tuple[str, str], float]


def _lengths(stats: Stats, name: str, *, alike: bool = False) -> tuple[Lengths, Lengths, int]:
    """The lengths on which labels met, those by chance, and the number of units; alike takes all labels as one."""
    met: Lengths = defaultdict(float)
    own: dict[str, float] = defaultdict(float)
    for stat, amount in stats.items():
        values = [_UNIT if alike and value != GAP else str(value) for value in stat[1:]]
        if stat[0] == name:
            met[values[0], values[1]] += amount
            met[values[1], values[0]] += amount
        elif stat[0] == f"{name} own":
            own[values[0]] += amount
    totals: dict[str, float] = defaultdict(float)
    for (one, _), size in met.items():
        totals[one] += size
    whole = sum(totals.values())
    free = whole * whole - sum(own.values())
    expected = {
        (one, other): whole * (mine * theirs - (own[one] if one == other else 0.0)) / free if free > 0 else 0.0
        for one, mine in totals.items()
        for other, theirs in totals.items()
    }
    return met, expected, round(stats.get((f"{name} units",), 0.0))


def u_alpha(stats: Stats, name: str = "c", *, alike: bool = False) -> Score:
    """Agreement on boundaries and labels together, or, where all units are taken as alike, on boundaries alone."""
    met, expected, n = _lengths(stats, name, alike=alike)
    if not n:
        return undefined("nobody marked any unit")
    return _score(_unequal(met), _unequal(expected), n)


def cu_alpha(stats: Stats) -> Score:
    """Agreement on labels where units of two people lie on each other: what chance gives is of those stretches, too."""
    met, expected, n = _among_units(stats)
    if not met:
        return undefined("no units of two people lie on each other", n)
    return _score(_unequal(met), _unequal(expected), n)


def ku_alpha(stats: Stats) -> Score:
    """Agreement on one label where units of two people lie on each other and one of them has it."""
    met, expected, n = _among_units(stats)
    seen, chance = ({both: size for both, size in its.items() if both[0] == YES} for its in (met, expected))
    if not sum(seen.values()):
        return undefined("no units of two people lie on each other", n)
    if not sum(chance.values()):
        return undefined("there is too little to know what chance would give", n)
    return _score(_unequal(seen) / sum(seen.values()), _unequal(chance) / sum(chance.values()), n)


def _among_units(stats: Stats) -> tuple[Lengths, Lengths, int]:
    """As _lengths, of the stretches where units of two people lie on each other (equation 10 of the paper).

    What a unit shares with the units of another person is not expected to meet itself, hence the squares.
    """
    met, _, n = _lengths(stats, "c")
    seen = {both: size for both, size in met.items() if GAP not in both}
    own = {str(stat[1]): amount for stat, amount in stats.items() if stat[0] == "c within"}
    totals: dict[str, float] = defaultdict(float)
    for (one, _), size in seen.items():
        totals[one] += size
    whole = sum(totals.values())
    free = whole * whole - sum(own.values())
    expected = {
        (one, other): whole * (mine * theirs - (own.get(one, 0.0) if one == other else 0.0)) / free if free > 0 else 0.0
        for one, mine in totals.items()
        for other, theirs in totals.items()
    }
    return seen, expected, n


def _unequal(lengths: Lengths) -> float:
    return sum(size for (one, other), size in lengths.items() if one != other)


def _score(observed: float, expected: float, n: int) -> Score:
    if expected <= 0:
        return undefined("everything has one and the same label, so that agreement cannot be told from chance", n)
    return Score(1 - observed / expected, n)


def _count(article: ArticleUnits, units: Mapping[int, Sequence[Unit]]) -> Tally:
    adding = Adding()
    add_segments(adding, "", {n: segments(its, len(article.text), article.left_out) for n, its in units.items()})
    return adding.tally


def _count_labels(article: ArticleUnits, units: Mapping[int, Sequence[Unit]]) -> Tally:
    adding = Adding()
    length, out = len(article.text), article.left_out
    labels = sorted({unit.label for its in units.values() for unit in its})
    laid = {number: segments(its, length, out) for number, its in units.items()}
    for label in labels:
        names = {GAP: GAP, label: YES}
        seen = {n: [(a, b, names.get(value, OTHER)) for a, b, value in its] for n, its in laid.items()}
        add_segments(adding, label, seen)
        alone = {n: segments((one for one in its if one.label == label), length, out) for n, its in units.items()}
        add_segments(adding, label, alone, "alone")
    return adding.tally


YES, OTHER, _UNIT = "yes", "another label", "unit"


def _parts(article: ArticleUnits) -> Mapping[int, Sequence[Unit]]:
    return {number: work.part_units for number, work in article.work.items()}


def _mentions(article: ArticleUnits) -> Mapping[int, Sequence[Unit]]:
    return {number: work.mention_units for number, work in article.work.items()}


_ALL = (
    Measure("u-alpha", "u-alpha", "u-alpha (boundaries and labels)", PAPER, u_alpha),
    Measure("u-alpha-binary", "|u-alpha", "|u-alpha (boundaries)", PAPER, partial(u_alpha, alike=True)),
    Measure("cu-alpha", "cu-alpha", "cu-alpha (labels given boundaries)", PAPER, cu_alpha),
)
_EACH = (
    Measure("ku-alpha", "(k)u-alpha", "(k)u-alpha (one label given boundaries)", PAPER, ku_alpha),
    Measure(
        "u-alpha-alone",
        "|u-alpha of the label alone",
        "|u-alpha of one label alone",
        PAPER,
        partial(u_alpha, name="alone"),
    ),
)
_RULES = (
    "The u-alpha family takes the text as a continuum of characters without what is out of play; of two units of one "
    "person that overlap the part of the later one is cut away that the earlier one has, so that gamma says more there."
)
CLAIM_UNITS = Layer(
    "claim continuum",
    "Claims as a continuum",
    "character",
    "claims of two people",
    lambda article: _count(article, _parts(article)),
    _ALL,
    "part",
    _RULES,
)
CLAIM_UNITS_EACH = Layer(
    "claim continuum parts",
    "Claims as a continuum, part by part",
    "character",
    "claims of two people",
    lambda article: _count_labels(article, _parts(article)),
    _EACH,
    "part",
    _RULES,
)
MENTION_UNITS = Layer(
    "mention continuum",
    "Mentions as a continuum",
    "character",
    "mentions of two people",
    lambda article: _count(article, _mentions(article)),
    _ALL,
    "label",
    _RULES,
)
MENTION_UNITS_EACH = Layer(
    "mention continuum labels",
    "Mentions as a continuum, label by label",
    "character",
    "mentions of two people",
    lambda article: _count_labels(article, _mentions(article)),
    _EACH,
    "label",
    _RULES,
)
