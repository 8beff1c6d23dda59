"""Places that an article names, by the gazetteer: which words name one, and which of several it is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from annotator.domain.entities import PLACE
from annotator.domain.proposals import Located, ProposedMention
from annotator.domain.schemas import Label, Schema
from annotator.domain.spans import Span
from annotator.services.places import Candidate, ContextPlace, Places

PROPOSER = "places"
_WORD = r"[^\W\d_a-z][\w’'-]*"
_RUN = re.compile(rf"\b{_WORD}(?: (?:of |al-|el-)?{_WORD}){{0,3}}")
_STARTS = re.compile(r"(?:\A|[.!?:]\s|\n|[“\"«])\s*\Z")
_AROUND = 40
"""Code points on either side of a name in which “Province” or “district” helps to decide."""
_KEPT = 20_000
"""Names whose places are remembered."""
_LARGE = 100_000
"""People of a place whose name alone, with nothing else that speaks for it, is sign enough."""


class _Sign(Enum):
    """What speaks for a place, with how sure that makes."""

    TAGGED = 0.9
    NAMED = 0.88
    """Tagged as something else."""
    UNTAGGED = 0.72


@dataclass(frozen=True, slots=True)
class _Found:
    mention: ProposedMention
    candidates: tuple[Candidate, ...]
    sign: _Sign


class PlaceProposer:
    """Proposes places of a schema's place label, by lists of one version; what they answered is kept."""

    def __init__(self, schema: Schema, version: str) -> None:
        self.schema, self.version, self._label = schema, version, place_label(schema)
        self._answers: dict[str, tuple[Candidate, ...]] = {}
        self._places: Places | None = None

    def propose(self, text: str, named: Sequence[ProposedMention], places: Places) -> Iterator[ProposedMention]:
        """The places of a text, given the names that were found in it by others, and the lists to ask.

        Which of several places of one name is meant follows from the article's other places.
        """
        label = self._label
        if label is None:
            return
        self._places, there = places, [one for one in named if len(one.spans) == 1]
        found = [*self._found(text, there, label), *self._untagged(text, there, label)]
        countries, context = _around(found)
        said = {word for one in found if one.sign is _Sign.TAGGED for word in one.mention.entity_name.split()}
        for one in found:
            best = self._best(text, one, context)
            if _is_sure(one, best, countries, said):
                name = one.mention.entity_name or one.mention.hull.cut(text)
                yield replace(
                    one.mention,
                    label=label.key,
                    score=one.sign.value,
                    entity_name=name,
                    entity_kind=PLACE,
                    proposer=PROPOSER,
                    located=located(best),
                )

    def _found(self, text: str, named: Iterable[ProposedMention], label: Label) -> Iterator[_Found]:
        """What others found that is a place's name too; who is known already is left as it is."""
        for one in named:
            candidates = () if one.known_entity else self._called(one.entity_name or one.hull.cut(text))
            if candidates:
                yield _Found(one, candidates, _Sign.TAGGED if one.label == label.key else _Sign.NAMED)

    def _untagged(self, text: str, named: Iterable[ProposedMention], label: Label) -> Iterator[_Found]:
        """Words with capitals that nobody took for a name."""
        taken, at = sorted(one.hull for one in named), 0
        for match in _RUN.finditer(text):
            span = Span(*match.span())
            while at < len(taken) and taken[at].end <= span.start:
                at += 1
            is_taken = at < len(taken) and taken[at].overlaps(span)
            # A capital at the beginning of a sentence says nothing about a single word.
            if is_taken or (" " not in match[0] and _STARTS.search(text[max(0, span.start - 4) : span.start])):
                continue
            candidates = self._called(match[0])
            if candidates:
                yield _Found(ProposedMention(label.key, (span,), 0.0, match[0]), candidates, _Sign.UNTAGGED)

    def _called(self, name: str) -> tuple[Candidate, ...]:
        known = self._answers.get(name)
        if known is None:
            if len(self._answers) > _KEPT:
                self._answers.clear()
            known = self._answers[name] = self._places.called(name) if self._places else ()
        return known

    def _best(self, text: str, one: _Found, context: dict[str, ContextPlace]) -> Candidate:
        if len(one.candidates) == 1 or self._places is None:
            return one.candidates[0]
        span = one.mention.hull
        around, name = (
            text[max(0, span.start - _AROUND) : span.end + _AROUND],
            one.mention.entity_name or span.cut(text),
        )
        others = [place for other, place in context.items() if other != name]
        found = self._places.called(name, context=others, words_around=around)
        return found[0] if found else one.candidates[0]


def place_label(schema: Schema) -> Label | None:
    """The label of places alone, else the first that places may have."""
    fitting = [label for label in schema.labels if PLACE in label.kinds]
    return min(fitting, key=lambda label: len(label.kinds), default=None)


def located(candidate: Candidate) -> Located:
    """Where a candidate is, as a suggestion keeps it."""
    parts = [candidate.level.value, candidate.district, candidate.province, candidate.country_name]
    words = ", ".join(dict.fromkeys(part for part in parts if part and part != candidate.name))
    return Located(candidate.place, candidate.country, candidate.id, words)


def _around(found: Iterable[_Found]) -> tuple[frozenset[str], dict[str, ContextPlace]]:
    """The countries that the article is about, and for each name its likeliest place in one of those.

    A name speaks for every country that has such a place: what several names speak for is what the article is about.
    """
    tagged = {one.mention.entity_name: one.candidates for one in found if one.sign is _Sign.TAGGED}
    votes: Counter[str] = Counter()
    for candidates in tagged.values():
        votes.update({candidate.country for candidate in candidates if candidate.country})
    most = max(votes.values(), default=0)
    countries = frozenset(country for country, count in votes.items() if count == most or 2 * count > most > 2)
    best = frozenset(country for country, count in votes.items() if count == most)
    context = {}
    for name, candidates in tagged.items():
        at_home = (
            candidates if len(candidates) == 1 else [one for one in candidates if one.country in best and most > 1]
        )
        if at_home:
            context[name] = at_home[0].context
    return countries, context


def _is_sure(one: _Found, best: Candidate, countries: frozenset[str], said: set[str]) -> bool:
    """Whether words are taken for a place: what a pipeline calls one, or what fits the article's countries.

    said are the words of the names that a pipeline calls places.
    """
    if one.sign is _Sign.TAGGED:
        return True
    if one.sign is _Sign.NAMED:  # somebody's name may be a town's as well
        name = one.mention.entity_name
        return (" " in name or name in said) and best.country in countries
    return best.country in countries or best.population >= _LARGE
