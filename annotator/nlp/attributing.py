"""Claims from a parse: who says what, by which words. Quotations, reported speech, attitudes, “according to”."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import Span, holders, hull, joined
from annotator.nlp.attributing_cues import drafts
from annotator.nlp.attributing_sources import Draft
from annotator.nlp.attributing_speech import with_speech
from annotator.nlp.parsed import Parsed
from annotator.nlp.quotations import Quotation, quotations

PROPOSER = "claim rules"
_SURE_INSIDE = 0.6
"""How sure a claim inside another's content has to be: a wrong one costs a reader more than it would save."""
_EDGES = " \t\n\r,;"
_MARKS = '"“”„«»‹›「」『』'


def propose_claims(parse: Parsed, *, nested: bool = False) -> tuple[ProposedClaim, ...]:
    """The claims of a text, in its order. nested: those inside another's content too, else the outermost only.

    A paragraph that was not parsed gives none.
    """
    if not parse.starts:
        return ()
    spoken = quotations(parse.text)
    return settled(parse.text, with_speech(parse, drafts(parse), spoken), spoken, nested=nested)


def settled(
    text: str, found: Iterable[Draft], spoken: list[Quotation], *, nested: bool, proposer: str = PROPOSER
) -> tuple[ProposedClaim, ...]:
    """Claims of drafts: none that share a cue, and each inside the content that holds it, or only the outermost."""
    made: list[ProposedClaim] = []
    taken: set[Span] = set()
    for draft in sorted(found, key=lambda one: -one.score):
        content = without(text, draft.content, (*draft.cue, *draft.source))
        if not content or any(span in taken for span in draft.cue):
            continue
        taken.update(draft.cue)
        source = tuple(bare for span in draft.source if (bare := _trimmed(text, span, _EDGES + _MARKS)) is not None)
        sources = (source,) if source else ()
        made.append(ProposedClaim(content, sources, draft.cue, None, draft.score, _manner(content, spoken), proposer))
    made.sort(key=lambda claim: (min(claim.hull, hull(claim.cue)).start, -len(claim.hull)))
    outer = _holders(made)
    if nested:
        return _with_the_sure(made, _acyclic(outer))
    return tuple(claim for claim, holder in zip(made, outer, strict=True) if holder is None)


def _with_the_sure(claims: list[ProposedClaim], outer: list[int | None]) -> tuple[ProposedClaim, ...]:
    """All that stand in no other, and those that are sure enough; what stood in one left out stands in its holder."""
    kept = [place for place, holder in enumerate(outer) if holder is None or claims[place].score >= _SURE_INSIDE]
    number = {place: n for n, place in enumerate(kept)}
    result = []
    for place in kept:
        holder = outer[place]
        while holder is not None and holder not in number:
            holder = outer[holder]
        result.append(replace(claims[place], within=None if holder is None else number[holder]))
    return tuple(result)


def _acyclic(outer: list[int | None]) -> list[int | None]:
    """The same without the last step of each way that leads back to where it began."""
    kept = list[int | None](outer)
    for place in range(len(kept)):
        seen, at = {place}, kept[place]
        while at is not None and at not in seen:
            seen.add(at)
            at = kept[at]
        if at is not None:
            kept[place] = None
    return kept


def _manner(content: tuple[Span, ...], spoken: list[Quotation]) -> str:
    """Direct when all is quoted, mixed when some is, else indirect."""
    first = bisect_right(spoken, content[0].start, key=lambda one: one.span.end)
    last = bisect_left(spoken, content[-1].end, key=lambda one: one.span.start)
    own = [one.span for one in spoken[first:last]]
    if all(any(span.overlaps(piece) and span.start - 1 <= piece.start for span in own) for piece in content):
        return "direct" if own and content[-1].end <= own[-1].end + 1 else "mixed"
    return "mixed" if any(span.overlaps(piece) for span in own for piece in content) else "indirect"


def without(text: str, content: tuple[Span, ...], others: tuple[Span, ...]) -> tuple[Span, ...]:
    """The content without what belongs to the source or the cue, nor blanks and commas at its ends."""
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
    return tuple(bare for span in left if (bare := _trimmed(text, span)) is not None)


def _trimmed(text: str, span: Span, edges: str = _EDGES) -> Span | None:
    words = span.cut(text)
    start = span.start + len(words) - len(words.lstrip(edges))
    bare = words.strip(edges)
    return Span(start, start + len(bare)) if any(map(str.isalnum, bare)) else None


def _holders(claims: list[ProposedClaim]) -> list[int | None]:
    """For each claim the place of the nearest one whose content holds this one's cue; of a pair the surer holds."""
    pieces = [(piece, str(place)) for place, claim in enumerate(claims) for piece in claim.content]
    holding = holders((claim.cue[0] for claim in claims), pieces)
    found: list[int | None] = []
    for place, claim in enumerate(claims):
        others = (int(other) for other in holding[claim.cue[0]])
        fitting = (other for other in others if other != place and not _holds_better(claim, claims[other]))
        found.append(next(fitting, None))
    return found


def _holds(outer: ProposedClaim, inner: ProposedClaim) -> bool:
    return any(piece.contains(inner.cue[0]) for piece in outer.content)


def _holds_better(one: ProposedClaim, other: ProposedClaim) -> bool:
    return _holds(one, other) and (one.score, len(one.hull)) > (other.score, len(other.hull))
