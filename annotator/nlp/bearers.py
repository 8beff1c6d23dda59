"""Proposals that say who is who: names, phrases and claims' sources with the person or body that they stand for."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.ids import EntityId
from annotator.domain.proposals import NOBODY, OPEN, Meant, ProposedClaim, ProposedMention
from annotator.domain.sameness import PERSON, kind_group
from annotator.domain.spans import Span
from annotator.nlp.name_parts import taken_apart
from annotator.nlp.parsed import Parsed
from annotator.nlp.role_phrases import numbered, pronoun_bearer, role_phrases
from annotator.nlp.same_names import word_likeness
from annotator.nlp.who_is_who import Bearer, Name, who_is_who

PROPOSER = "who is who"
_SURER = 0.04
"""What a proposal is surer by when the article says whom the name stands for."""
_BESIDE, _ELSEWHERE = 0.5, 0.45
_ALIKE = 0.9
_ALONE = 0.6
"""How sure it is that a single name is a person's because a fuller name in the article ends in it."""


@dataclass(frozen=True, slots=True)
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
        for phrase in role_phrases(self.parse, self.names, self.bearers):
            first = phrase.bearers[0]
            named = next(m for m, b in zip(self.mentions, self.bearers, strict=True) if b.number == first)
            bearer = Bearer(first, self._called()[first].name, phrase.bearers if len(phrase.bearers) > 1 else ())
            score = _BESIDE if phrase.is_beside else _ELSEWHERE
            yield replace(self._proposed(named, bearer, score), spans=(phrase.span,))

    def with_sources(self, claims: Sequence[ProposedClaim]) -> tuple[ProposedClaim, ...]:
        """The claims with whom each source stands for, where a name, a phrase or a pronoun tells."""
        phrases = {phrase.span: phrase.bearers for phrase in role_phrases(self.parse, self.names, self.bearers)}
        return tuple(
            replace(claim, meant=tuple(self._source(spans, phrases) for spans in claim.sources)) for claim in claims
        )

    def _source(self, spans: tuple[Span, ...], phrases: Mapping[Span, tuple[int, ...]]) -> Meant:
        if len(spans) != 1:
            return NOBODY
        head = self._head(spans[0])
        # “a spokesman for Ana Ruiz” is not Ana Ruiz; “Captain Ruiz” and “Ruiz, 54, a baker” are.
        named = (b for name, b in zip(self.names, self.bearers, strict=True) if name.span.start <= head < name.span.end)
        if (bearer := next(named, None)) is not None:
            return OPEN if bearer.may_be else self._meant(bearer.number)
        known = phrases.get(spans[0], ())
        if len(known) == 1:
            return self._meant(known[0])
        number = pronoun_bearer(self.parse, spans[0], self.names, self.bearers)
        return NOBODY if number is None else self._meant(number)

    def _head(self, span: Span) -> int:
        """Where the word stands that the others of a span hang on, directly or not."""
        parse = self.parse
        first, last = bisect_left(parse.starts, span.start), bisect_left(parse.starts, span.end)
        inside = range(first, last)
        root = next(
            (token for token in inside if parse.heads[token] not in inside or parse.heads[token] == token), None
        )
        return span.start if root is None else parse.starts[root]

    def _proposed(self, mention: ProposedMention, bearer: Bearer, score: float) -> ProposedMention:
        meant = NOBODY if bearer.may_be else self._meant(bearer.number)
        may_be = tuple(self._called()[number].name for number in bearer.may_be)
        return replace(
            mention,
            score=score,
            entity_name=meant.name or mention.entity_name,
            known_entity=meant.entity,
            entity_kind=meant.kind or mention.entity_kind,
            proposer=PROPOSER,
            may_be=may_be,
        )

    def _called(self) -> Mapping[int, Bearer]:
        return numbered(self.bearers)

    def _meant(self, number: int) -> Meant:
        its = [m for m, b in zip(self.mentions, self.bearers, strict=True) if b.number == number]
        known = {mention.known_entity for mention in its if mention.known_entity is not None}
        kinds = [mention.entity_kind for mention in its if mention.entity_kind]
        kind = max(dict.fromkeys(kinds), key=kinds.count, default="")
        return Meant(self._called()[number].name, kind, known.pop() if len(known) == 1 else None)


def bearers_in(
    parse: Parsed, mentions: Sequence[ProposedMention], kind_of: Callable[[EntityId], str], people: Mapping[str, str]
) -> Bearers:
    """Who is who among proposed names; kind_of tells a known entity's kind, people a label's kind for persons.

    Of names that cross each other the longest is looked at; a known one before one that is as long.
    """
    kept = _apart(mentions)
    groups = [kind_group((kind_of(one.known_entity) if one.known_entity else "") or one.entity_kind) for one in kept]
    named = [(one, group) for one, group in zip(kept, groups, strict=True) if group]
    surnames: dict[tuple[str, ...], ProposedMention] = {}
    for one, group in named:
        words = one.entity_name.split()
        if group == PERSON and len(words) > 1:
            surnames.setdefault(taken_apart(one.entity_name, PERSON).words[-1:], one)
    settled = [_as_person(one, group, surnames, people) for one, group in named]
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


def _words(text: str, one: ProposedMention) -> str:
    """The words that are compared: those of the text, unless a new entity would be called by a part of them."""
    return one.entity_name if one.known_entity is None and one.entity_name else one.hull.cut(text)
