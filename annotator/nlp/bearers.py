"""Proposals that say who is who: names, phrases and claims' sources with the person or body that they stand for."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from annotator.domain.ids import EntityId
from annotator.domain.proposals import NOBODY, OPEN, Meant, ProposedClaim, ProposedMention
from annotator.domain.sameness import PERSON, PLACE, kind_group
from annotator.domain.spans import Span
from annotator.nlp.name_parts import taken_apart
from annotator.nlp.parsed import Parsed
from annotator.nlp.role_phrases import Phrase, numbered, pronoun_bearer, role_phrases
from annotator.nlp.same_names import word_likeness
from annotator.nlp.who_is_who import Bearer, Name, who_is_who
from annotator.nlp.word_lists import word_list

PROPOSER = "who is who"
_SURER = 0.04
"""What a proposal is surer by when the article says whom the name stands for."""
_BESIDE, _ELSEWHERE = 0.5, 0.45
_ALIKE = 0.9
_ASIDE = re.compile(r",\s+(?:who|whose|whom|which|where|\d)\b")
_AND = re.compile(r"\band\s\Z")
_TELLING = 0.85
_MOST_TELLING = 400
"""An article with more different names is a list; looking for all of them everywhere takes long and tells little."""
_ALONE = 0.6
"""How sure it is that a single name is a person's because a fuller name in the article ends in it."""


@dataclass(frozen=True)
class Bearers:
    """Who is who in one article. mentions are the names that were looked at, in reading order and none in another."""

    parse: Parsed
    mentions: tuple[ProposedMention, ...]
    names: tuple[Name, ...]
    bearers: tuple[Bearer, ...]

    def propose_mentions(self) -> Iterator[ProposedMention]:
        """The names that stand for somebody whom the article calls otherwise too, and phrases that stand for a name."""
        for mention, name, bearer in zip(self.mentions, self.names, self.bearers, strict=True):
            meant = self._meant(bearer.number)
            is_news = bearer.may_be or meant.name != name.words or meant.entity != mention.known_entity
            if is_news or mention.proposer == PROPOSER:
                yield self._proposed(mention, bearer, min(1.0, mention.score + _SURER))
        for phrase in self._phrases:
            first = phrase.bearers[0]
            named = self._mentions_of[first][0]
            bearer = Bearer(first, self._called[first].name, phrase.bearers if len(phrase.bearers) > 1 else ())
            score = _BESIDE if phrase.is_beside else _ELSEWHERE
            yield replace(self._proposed(named, bearer, score), spans=(phrase.span,))

    def with_sources(self, claims: Sequence[ProposedClaim]) -> tuple[ProposedClaim, ...]:
        """The claims with whom each source stands for, where a name, a phrase or a pronoun tells.

        A source that is led by a name is that name alone, and one that names two is two.
        """
        phrases = {phrase.span: phrase.bearers for phrase in self._phrases}
        result = []
        for claim in claims:
            sources = [source for spans in claim.sources for source in self._sources(spans, phrases)]
            spans, meant = tuple(spans for spans, _ in sources), tuple(meant for _, meant in sources)
            result.append(replace(claim, sources=spans, meant=meant))
        return tuple(result)

    def _sources(
        self, spans: tuple[Span, ...], phrases: Mapping[Span, tuple[int, ...]]
    ) -> list[tuple[tuple[Span, ...], Meant]]:
        if len(spans) != 1:
            return [(spans, NOBODY)]
        # “a spokesman for Ana Ruiz” is not Ana Ruiz; “Captain Ruiz” is, and of “Ruiz and Odun” both are.
        speaking = self._heads(spans[0])
        near = self._near(spans[0])
        named = [
            (name, bearer)
            for name, bearer in near
            if any(name.span.start <= start < name.span.end for start in speaking)
        ]
        if named:
            group, whole = named[0][0].group, spans[0]
            # Parsers lose the second one behind a clause that says more of the first one.
            named += [
                (name, bearer)
                for name, bearer in near
                if whole.contains(name.span) and name.group == group and (name, bearer) not in named
                if _AND.search(self.parse.text[whole.start : name.span.start])
            ]
            return [((name.span,), OPEN if b.may_be else self._meant(b.number)) for name, b in named]
        span = self._bare(spans[0])
        known = phrases.get(span, ()) or phrases.get(spans[0], ())
        number = known[0] if len(known) == 1 else pronoun_bearer(self.parse, span, self.names, self.bearers)
        return [((span,), NOBODY if number is None else self._meant(number))]

    def _heads(self, span: Span) -> list[int]:
        """Where the words stand that the others of a span hang on: the first, and those joined to it by “and”."""
        parse = self.parse
        inside = range(bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end))
        root = next((t for t in inside if parse.heads[t] not in inside or parse.heads[t] == t), None)
        if root is None:
            return [span.start]
        found, at = [root], 0
        while at < len(found):
            found += [child for child in parse.children[found[at]] if parse.links[child] == "conj" and child in inside]
            at += 1
        return [parse.starts[token] for token in found]

    def _bare(self, span: Span) -> Span:
        """Without a clause that says more of the source: “officials, who refused to be named”."""
        found = _ASIDE.search(span.cut(self.parse.text))
        return Span(span.start, span.start + found.start()) if found and found.start() else span

    def _proposed(self, mention: ProposedMention, bearer: Bearer, score: float) -> ProposedMention:
        meant = NOBODY if bearer.may_be else self._meant(bearer.number)
        may_be = tuple(self._called[number].name for number in bearer.may_be)
        return replace(
            mention,
            score=score,
            entity_name=meant.name or mention.entity_name,
            known_entity=meant.entity,
            entity_kind=meant.kind or mention.entity_kind,
            proposer=PROPOSER,
            may_be=may_be,
        )

    # An article may have thousands of names, so that none is looked for among all of them.

    @cached_property
    def _called(self) -> Mapping[int, Bearer]:
        return numbered(self.bearers)

    @cached_property
    def _mentions_of(self) -> Mapping[int, list[ProposedMention]]:
        found: defaultdict[int, list[ProposedMention]] = defaultdict(list)
        for mention, bearer in zip(self.mentions, self.bearers, strict=True):
            found[bearer.number].append(mention)
        return found

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        return tuple(role_phrases(self.parse, self.names, self.bearers))

    @cached_property
    def _all_meant(self) -> Mapping[int, Meant]:
        return {number: self._worked_out(number) for number in self._mentions_of}

    def _near(self, span: Span) -> list[tuple[Name, Bearer]]:
        """The names that share a code point with a span, with their bearers."""
        first = bisect_right(self.names, span.start, key=lambda name: name.span.end)
        last = bisect_left(self.names, span.end, key=lambda name: name.span.start)
        return list(zip(self.names[first:last], self.bearers[first:last], strict=True))

    def _meant(self, number: int) -> Meant:
        return self._all_meant[number]

    def _worked_out(self, number: int) -> Meant:
        its = self._mentions_of[number]
        known = {mention.known_entity for mention in its if mention.known_entity is not None}
        kinds = [mention.entity_kind for mention in its if mention.entity_kind]
        # Of several that are as frequent it is the one that was said first.
        kind = max(Counter(kinds).items(), key=lambda one: one[1], default=("", 0))[0]
        return Meant(self._called[number].name, kind, known.pop() if len(known) == 1 else None)


def bearers_in(
    parse: Parsed, mentions: Sequence[ProposedMention], kind_of: Callable[[EntityId], str], people: Mapping[str, str]
) -> Bearers:
    """Who is who among proposed names; kind_of tells a known entity's kind, people a label's kind for persons.

    Of names that cross each other the longest is looked at; a known one before one that is as long.
    """
    kept = _apart(mentions)
    groups = [kind_group((kind_of(one.known_entity) if one.known_entity else "") or one.entity_kind) for one in kept]
    named = [(_whole(parse, one, group), group) for one, group in zip(kept, groups, strict=True) if group]
    surnames: dict[tuple[str, ...], ProposedMention] = {}
    for one, group in named:
        # What a machine takes for a person may be no name: “Vice President”.
        if (
            group == PERSON
            and len(one.entity_name.split()) > 1
            and (last := taken_apart(one.entity_name, PERSON).words[-1:])
        ):
            surnames.setdefault(last, one)
    areas = {one.entity_name.partition(" ")[0] for one, group in named if group == PLACE and " " in one.entity_name}
    settled = [_as_place(*_as_person(one, group, surnames, people), areas, named) for one, group in named]
    settled += _elsewhere(parse.text, settled)
    settled.sort(key=lambda one: one[0].hull)
    names = tuple(Name(one.hull, _words(parse.text, one), group) for one, group in settled)
    return Bearers(parse, tuple(one for one, _ in settled), names, tuple(who_is_who(names)))


def _apart(mentions: Sequence[ProposedMention]) -> list[ProposedMention]:
    longest = sorted(mentions, key=lambda one: (-len(one.hull), one.known_entity is None, -one.score, one.hull))
    taken: defaultdict[int, list[Span]] = defaultdict(list)
    kept = list[ProposedMention]()
    for one in longest:
        buckets = range(one.hull.start // 64, (one.hull.end - 1) // 64 + 1)
        if not any(other.overlaps(one.hull) for bucket in buckets for other in taken[bucket]):
            kept.append(one)
            for bucket in buckets:
                taken[bucket].append(one.hull)
    return sorted(kept, key=lambda one: one.hull)


def _whole(parse: Parsed, one: ProposedMention, group: str) -> ProposedMention:
    """A person's single name with the first name that a pipeline has missed and the parse has not."""
    first = at = bisect_left(parse.starts, one.hull.start)
    is_single = len(one.spans) == 1 and " " not in one.hull.cut(parse.text) and one.known_entity is None
    if group != PERSON or not is_single or at >= len(parse.starts):
        return one
    titles = word_list("names")["titles"]
    while (
        first
        and parse.parts[first - 1] == "PROPN"
        and parse.links[first - 1] == "compound"
        and first <= parse.heads[first - 1] < at + 3
        and parse.words[first - 1].strip(".") not in titles
    ):
        first -= 1
    if first == at:
        return one
    span = Span(parse.starts[first], one.hull.end)
    return replace(one, spans=(span,), entity_name=span.cut(parse.text), proposer=PROPOSER)


def _as_person(
    one: ProposedMention, group: str, surnames: Mapping[tuple[str, ...], ProposedMention], people: Mapping[str, str]
) -> tuple[ProposedMention, str]:
    """A single name that a person's fuller name ends in is that person's, whatever a machine took it for."""
    words = taken_apart(one.entity_name, PERSON).words
    if group == PERSON or len(words) != 1 or one.known_entity is not None:
        return one, group
    full = surnames.get(words) or next((m for s, m in surnames.items() if word_likeness(words[0], *s) >= _ALIKE), None)
    if full is None or full.label not in people:
        return one, group
    kind = people[full.label]
    return replace(one, label=full.label, entity_kind=kind, score=max(one.score, _ALONE), proposer=PROPOSER), PERSON


def _as_place(
    one: ProposedMention, group: str, areas: set[str], named: Sequence[tuple[ProposedMention, str]]
) -> tuple[ProposedMention, str]:
    """A single name that the names of places begin with is a place: “Orsava” beside “Orsava Valley”."""
    if group != PERSON or one.entity_name not in areas or one.known_entity is not None:
        return one, group
    place = next(
        other for other, kind in named if kind == PLACE and other.entity_name.startswith(f"{one.entity_name} ")
    )
    kind = place.entity_kind or PLACE
    return replace(one, label=place.label, entity_kind=kind, score=max(one.score, _ALONE), proposer=PROPOSER), PLACE


def _elsewhere(text: str, settled: Sequence[tuple[ProposedMention, str]]) -> Iterator[tuple[ProposedMention, str]]:
    """The same names where nobody noticed them: of several words, or of one that is a name without doubt."""
    taken = [one.hull for one, _ in settled]
    telling = {one.hull.cut(text): (one, group) for one, group in reversed(settled) if _is_telling(one, text)}
    if not telling or len(telling) > _MOST_TELLING:
        return
    longest = sorted(telling, key=len, reverse=True)
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text):
        span = Span(*match.span())
        at = bisect_left(taken, span)
        if not any(other.overlaps(span) for other in taken[max(0, at - 1) : at + 1]):
            one, group = telling[match[0]]
            yield replace(one, spans=(span,), score=min(one.score, _ALONE), proposer=PROPOSER), group


def _is_telling(one: ProposedMention, text: str) -> bool:
    words = one.hull.cut(text)
    return len(one.spans) == 1 and words[0].isupper() and (" " in words or one.score >= _TELLING)


def _words(text: str, one: ProposedMention) -> str:
    """The words that are compared: those of the text, unless a new entity would be called by a part of them."""
    return one.entity_name if one.known_entity is None and one.entity_name else one.hull.cut(text)
