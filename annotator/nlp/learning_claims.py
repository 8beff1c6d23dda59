"""Claims by a model that is trained on those that people recorded: it chooses among what the parse and the rules offer.

First each word that may be a cue is judged, then the content of each likely cue is chosen among stretches of the parse,
then the source and how far the cue reaches. Each step is a linear model over signs (learning_linear).
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import Span
from annotator.nlp.attributing import settled
from annotator.nlp.attributing_sources import Draft
from annotator.nlp.learning_candidates import Candidate, contents, cues, sources
from annotator.nlp.learning_choices import content_signs, extent_signs, overlap, source_signs
from annotator.nlp.learning_linear import (
    SIZE,
    Numbers,
    Rows,
    fit_choice,
    fit_yes,
    likely,
    rows,
    scores,
    shares,
    together,
)
from annotator.nlp.learning_signs import cue_signs
from annotator.nlp.learning_views import View, head_of, may_be_cue, tokens, view
from annotator.nlp.parsed import Parsed
from annotator.nlp.quotations import Quotation, quotations

PROPOSER = "learned"
PARTS = ("cues", "contents", "sources", "extents")
"""The models, by the names that their weights are kept under."""
_CUE_SMOOTHING, _CHOICE_SMOOTHING = 8.0, 3.0
_LEAST = 0.1
"""Below this chance of being a cue nothing more is asked of a word, unless another one is given."""
_HALF, _NEARLY, _LEAST_SHARED = 0.5, 0.1, 0.3
_SWALLOWED = 0.7
"""What a claim must have of the chance of one that stands in its content; else the inner one is taken."""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim as a person recorded it, in code points; no source or no cue where there is none."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article's parse, and what each person who annotated it recorded."""

    parse: Parsed
    people: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim that is possible, its score the chance that a person has it, with the tokens of its content."""

    draft: Draft
    held: frozenset[int]


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """What was learned: weights by the names in PARTS, and the lemmas that cues had."""

    weights: dict[str, Numbers]
    lemmas: frozenset[str]

    def save(self, target: Path | BinaryIO) -> None:
        """Writes the weights, and nothing that could be run."""
        whole: dict[str, Any] = {name: part.astype(np.float32) for name, part in self.weights.items()}
        lemmas = np.array(sorted(self.lemmas), dtype=np.str_)
        with target.open("wb") if isinstance(target, Path) else nullcontext(target) as file:
            np.savez_compressed(file, lemmas=lemmas, **whole)

    def weighed(self, parse: Parsed, least: float = _LEAST) -> list[Weighed]:
        """All that may be claims of a text, in the order of their cues; those below the least score may be missing."""
        if not parse.starts:
            return []
        seen = view(parse)
        heads = [token for token in range(len(seen)) if may_be_cue(seen, token, self.lemmas)]
        chances = likely(scores(self.weights["cues"], rows(cue_signs(seen, head) for head in heads)))
        able = ((head, float(chance)) for head, chance in zip(heads, chances, strict=True) if chance >= least)
        return [one for head, chance in able if (one := self._completed(seen, head, chance)) is not None]

    def _completed(self, seen: View, head: int, chance: float) -> Weighed | None:
        """A likely cue with its content, source and extent."""
        offered = contents(seen, head)
        if not offered:
            return None
        held = [frozenset(tokens(seen.parse, one.spans)) for one in offered]
        chances = self._shares("contents", _content_rows(seen, head, offered))
        # Not the likeliest of many that differ by a word, but the one that overlaps with most of what is likely.
        fits = np.array([[_fit(overlap(one, other)) for other in held] for one in held]) @ chances
        best = int(fits.argmax())
        named = sources(seen, head)
        source = named[int(self._shares("sources", rows(source_signs(seen, head, named, held[best]))).argmax())]
        taken = held[best] | frozenset(tokens(seen.parse, source.spans))
        reaching = cues(seen, head)
        extent = reaching[int(self._shares("extents", _extent_rows(seen, head, reaching, taken)).argmax())]
        score = min(1.0, chance * float(fits[best]))
        return Weighed(Draft(head, extent.spans, source.spans, offered[best].spans, score), held[best])

    def _shares(self, part: str, of: Rows) -> Numbers:
        return shares(scores(self.weights[part], of), np.zeros(1, np.int64))


def _fit(shared: float) -> float:
    return 0.2 * shared + 0.8 * (shared >= _HALF)


def chosen(parse: Parsed, weighed: Sequence[Weighed], least: float, *, nested: bool) -> tuple[ProposedClaim, ...]:
    """The claims with at least this score, in the order of the text; without nested only the outermost ones."""
    kept = [one for one in weighed if one.draft.score >= least]
    if not nested:
        kept = [one for one in kept if not _is_swallowing(one, kept)]
    spoken: list[Quotation] = quotations(parse.text)
    return settled(parse.text, (one.draft for one in kept), spoken, nested=nested, proposer=PROPOSER)


def _is_swallowing(one: Weighed, others: Sequence[Weighed]) -> bool:
    inner = (other for other in others if other.draft.head in one.held and one.draft.head not in other.held)
    return any(one.draft.score < _SWALLOWED * other.draft.score for other in inner)


@dataclass(slots=True)
class _Choices:
    """Groups of candidates of which one is to be chosen, as they are gathered."""

    parts: list[Rows] = field(default_factory=list)
    targets: list[Numbers] = field(default_factory=list)
    amounts: list[float] = field(default_factory=list)

    def add(self, of: Rows, fits: Sequence[float], amount: float) -> None:
        """A group, by how well each fits; those that fit best are right, a group where none fits tells nothing."""
        best = max(fits)
        if best < _LEAST_SHARED:
            return
        right = np.array([fit * fit if fit >= best - _NEARLY else 0.0 for fit in fits])
        self.parts.append(of)
        self.targets.append(right / right.sum())
        self.amounts.append(amount)

    def fit(self) -> Numbers:
        """The weights for choosing as in all groups; all zero for no group."""
        if not self.parts:
            return np.zeros(SIZE)
        starts = np.cumsum([0, *(len(part) for part in self.parts[:-1])])
        targets, amounts = np.concatenate(self.targets), np.array(self.amounts)
        return fit_choice(together(self.parts), starts, targets, amounts, _CHOICE_SMOOTHING)


@dataclass(slots=True)
class Prepared:
    """A lesson turned into signs, so that it can be learned from several times."""

    cue_rows: Rows
    cue_shares: Numbers
    choices: dict[str, _Choices]
    lemmas: frozenset[str]


def prepared(lesson: Lesson, lemmas: frozenset[str]) -> Prepared | None:
    """A lesson as signs; lemmas are those of all cues in the lessons. None for a text without a parse."""
    if not lesson.parse.starts or not lesson.people:
        return None
    seen, amount = view(lesson.parse), 1.0 / len(lesson.people)
    by_head: dict[int, list[Said]] = {}
    counts: dict[int, float] = {}
    for person in lesson.people:
        theirs = {head: said for said in person if (head := head_of(lesson.parse, said.cue)) is not None}
        for head, said in theirs.items():
            by_head.setdefault(head, []).append(said)
            counts[head] = counts.get(head, 0.0) + amount
    heads = [token for token in range(len(seen)) if token in by_head or may_be_cue(seen, token, lemmas)]
    choices = {part: _Choices() for part in PARTS[1:]}
    for head, recorded in by_head.items():
        _add(choices, seen, head, recorded, amount)
    wanted = np.array([min(1.0, counts.get(head, 0.0)) for head in heads])
    return Prepared(rows(cue_signs(seen, head) for head in heads), wanted, choices, cue_lemmas([lesson]))


def _add(choices: dict[str, _Choices], seen: View, head: int, recorded: Sequence[Said], amount: float) -> None:
    offered, named, reaching = contents(seen, head), sources(seen, head), cues(seen, head)
    content_rows = _content_rows(seen, head, offered) if offered else None
    for said in recorded:
        content, source, cue = (frozenset(tokens(seen.parse, own)) for own in (said.content, said.source, said.cue))
        if content_rows is not None:
            choices["contents"].add(content_rows, _fits(seen, offered, content), amount)
        choices["sources"].add(rows(source_signs(seen, head, named, content)), _fits(seen, named, source), amount)
        extents = _extent_rows(seen, head, reaching, content | source)
        choices["extents"].add(extents, _fits(seen, reaching, cue), amount)


def _fits(seen: View, offered: Sequence[Candidate], wanted: frozenset[int]) -> list[float]:
    """How well each candidate fits what a person marked; nothing fits nothing perfectly."""
    held = [frozenset(tokens(seen.parse, one.spans)) for one in offered]
    return [overlap(one, wanted) if one or wanted else 1.0 for one in held]


def _content_rows(seen: View, head: int, offered: Sequence[Candidate]) -> Rows:
    ways = frozenset(one.way for one in offered)
    return rows(content_signs(seen, head, one, ways) for one in offered)


def _extent_rows(seen: View, head: int, offered: Sequence[Candidate], taken: frozenset[int]) -> Rows:
    return rows(extent_signs(seen, head, one, taken) for one in offered)


def cue_lemmas(lessons: Sequence[Lesson]) -> frozenset[str]:
    """The lemmas of all cues that people marked."""
    found: set[str] = set()
    for lesson in lessons:
        marked = (head_of(lesson.parse, said.cue) for person in lesson.people for said in person)
        found.update(lesson.parse.lemmas[head] for head in marked if head is not None)
    return frozenset(found)


def learn(lessons: Sequence[Prepared]) -> Iterator[ClaimModel | None]:
    """Trains a model, with a None after each of its parts so that it can be given up; the model comes last."""
    shared = np.concatenate([one.cue_shares for one in lessons])
    of = together([one.cue_rows for one in lessons])
    weights = {"cues": fit_yes(of, shared, np.ones(len(shared)), _CUE_SMOOTHING)}
    yield None
    for part in PARTS[1:]:
        whole = _Choices()
        for one in lessons:
            own = one.choices[part]
            whole.parts += own.parts
            whole.targets += own.targets
            whole.amounts += own.amounts
        weights[part] = whole.fit()
        yield None
    yield ClaimModel(weights, frozenset().union(*(one.lemmas for one in lessons)))


def load_claims(source: Path | BinaryIO) -> ClaimModel:
    """What save wrote. Raises OSError, ValueError or KeyError where it is not whole."""
    with np.load(source, allow_pickle=False) as kept:
        weights = {part: kept[part].astype(np.float64) for part in PARTS}
        if any(part.shape != (SIZE,) for part in weights.values()):
            raise ValueError("The weights are not as many as they should be.")
        return ClaimModel(weights, frozenset(map(str, kept["lemmas"])))
