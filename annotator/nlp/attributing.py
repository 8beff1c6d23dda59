"""Claims from a parse: who says what, by which words. Quotations, reported speech, attitudes, “according to”."""

from bisect import bisect_left
from collections.abc import Iterable

from annotator.domain.claims import guessed_manner
from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import Span, hull, joined
from annotator.nlp.attributing_cues import Draft, drafts
from annotator.nlp.attributing_speech import with_speech
from annotator.nlp.parsed import Parsed
from annotator.nlp.quotations import quotations

PROPOSER = "claim rules"


def propose_claims(parse: Parsed, *, nested: bool = False) -> tuple[ProposedClaim, ...]:
    """The claims of a text, in its order. nested: those inside another's content too, else the outermost only.

    Nothing is found where the pipeline does not parse, but what is between quote marks still needs a parse for its
    source: a text without one gets no claims.
    """
    if not parse.starts:
        return ()
    spoken = quotations(parse.text)
    return _settled(parse.text, with_speech(parse, drafts(parse), spoken), nested=nested)


def _settled(text: str, found: Iterable[Draft], *, nested: bool) -> tuple[ProposedClaim, ...]:
    """Without claims that share a cue, and each inside the content that holds it."""
    made: list[ProposedClaim] = []
    taken: set[Span] = set()
    for draft in sorted(found, key=lambda one: -one.score):
        content = _without(draft.content, (*draft.cue, *draft.source))
        if not content or any(span in taken for span in draft.cue):
            continue
        taken.update(draft.cue)
        sources = (draft.source,) if draft.source else ()
        manner = guessed_manner(text, content)
        made.append(ProposedClaim(content, sources, draft.cue, None, draft.score, manner, PROPOSER))
    made.sort(key=lambda claim: (min(claim.hull, hull(claim.cue)), -len(claim.hull)))
    return _nested(made) if nested else _outermost(made)


def _without(content: tuple[Span, ...], others: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without what belongs to the source or the cue."""
    left = list(joined(content))
    for other in others:
        cut: list[Span] = []
        for span in left:
            if not span.overlaps(other):
                cut.append(span)
                continue
            if span.start < other.start:
                cut.append(Span(span.start, other.start))
            if other.end < span.end:
                cut.append(Span(other.end, span.end))
        left = cut
    return tuple(left)


def _holder(claim: ProposedClaim, others: list[ProposedClaim]) -> int | None:
    """The place of the smallest claim whose content holds this one's cue."""
    cue = claim.cue
    holding = [
        (sum(map(len, other.content)), place)
        for place, other in enumerate(others)
        if other is not claim and any(piece.contains(span) for piece in other.content for span in cue[:1])
    ]
    return min(holding)[1] if holding else None


def _outermost(claims: list[ProposedClaim]) -> tuple[ProposedClaim, ...]:
    kept: list[ProposedClaim] = []
    for claim, near in _with_neighbours(claims):
        holder = _holder(claim, near)
        # Two that hold each other's cue: the surer one stays.
        if holder is None or (_holder(near[holder], [claim]) is not None and near[holder].score < claim.score):
            kept.append(claim)
    return tuple(kept)


def _nested(claims: list[ProposedClaim]) -> tuple[ProposedClaim, ...]:
    return tuple(claims)


def _with_neighbours(claims: list[ProposedClaim]) -> Iterable[tuple[ProposedClaim, list[ProposedClaim]]]:
    """Each claim with those that begin so near that their content may hold it."""
    starts = [min(claim.hull, hull(claim.cue)).start for claim in claims]
    longest = max((max(c.hull.end, hull(c.cue).end) - s for c, s in zip(claims, starts, strict=True)), default=0)
    for claim, start in zip(claims, starts, strict=True):
        first = bisect_left(starts, start - longest)
        last = bisect_left(starts, max(claim.hull.end, hull(claim.cue).end))
        yield claim, claims[first:last]
