"""Claims two people found: agr (both directions and their mean), claim F1, and the parts of those that match.

agr: Wiebe, J., Wilson, T. and Cardie, C. (2005). Annotating expressions of opinions and emotions in language. Language
Resources and Evaluation 39, 165-210; for attributions: Pareti, S. (2015). Attribution: a computational approach.
"""

from functools import lru_cache, partial

from annotator.agreement.base import Adding, Layer, Measure, Pair, Score, Stats, Tally, undefined
from annotator.agreement.matching import HALF, Spans, common, length, matched, meeting, overlap
from annotator.agreement.span_f1 import f1
from annotator.agreement.units import ArticleUnits
from annotator.domain.claims import Claim
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.spans import joined

RULE = (
    "Two claims match when their contents have at least half of their union in common and their cues or their sources "
    "share a character, or are of the same entity, or neither has a cue or a source in the text."
)


def source_spans(claim: Claim) -> Spans:
    """The words of all its sources."""
    return joined(span for source in claim.sources for span in source.spans)


def source_entities(claim: Claim) -> frozenset[EntityId]:
    """Whom its sources are known to be."""
    return frozenset(source.entity for source in claim.sources if source.entity)


def fit(mine: Claim, theirs: Claim) -> bool:
    """Whether two claims match by RULE."""
    if overlap(joined(mine.content), joined(theirs.content)) < HALF:
        return False
    said_by, also_by = source_spans(mine), source_spans(theirs)
    if common(joined(mine.cue), joined(theirs.cue)) or common(said_by, also_by):
        return True
    if source_entities(mine) & source_entities(theirs):
        return True
    return not (mine.cue or theirs.cue or said_by or also_by)


@lru_cache(maxsize=128)
def matched_claims(article: ArticleUnits, pair: Pair) -> tuple[tuple[Claim, Claim], ...]:
    """The claims of two annotators that match, one to one, those with most content in common first."""
    mine, theirs = (article.work[number].claims for number in pair)
    found = matched(
        [claim.content for claim in mine],
        [claim.content for claim in theirs],
        lambda m, t, share: share >= HALF and fit(mine[m], theirs[t]),
    )
    return tuple((mine[m], theirs[t]) for m, t in found)


def _count(article: ArticleUnits) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        mine, theirs = (article.work[number].claims for number in pair)
        adding.add("", pair, ("mine",), len(mine))
        adding.add("", pair, ("theirs",), len(theirs))
        adding.add("", pair, ("matched",), len(matched_claims(article, pair)))
        adding.add("", pair, ("all",), len(mine) + len(theirs))
        near = list(meeting([claim.content for claim in mine], [claim.content for claim in theirs]))
        for how, fits in (("found", fit), ("met", _meet)):
            pairs = [(m, t) for m, t in near if fits(mine[m], theirs[t])]
            adding.add("", pair, (f"mine {how}",), len({m for m, _ in pairs}))
            adding.add("", pair, (f"theirs {how}",), len({t for _, t in pairs}))
    return adding.tally


def _meet(mine: Claim, theirs: Claim) -> bool:
    return common(mine.content, theirs.content) > 0


def agr(stats: Stats, how: str = "found") -> Score:
    """The mean of both directions: the share of one annotator's claims that the other has too, however often."""
    ways = [(stats.get((f"{who} {how}",), 0.0), stats.get((who,), 0.0)) for who in ("mine", "theirs")]
    shares = [found / each for found, each in ways if each]
    if not shares:
        return undefined("neither marked a claim")
    names = ("of the first annotator's claims", "of the second annotator's claims")
    details = tuple((name, found / each) for name, (found, each) in zip(names, ways, strict=True) if each)
    # Who marked none has no direction; the other's is 0 then, and so is the mean.
    return Score(sum(shares) / len(shares), round(sum(each for _, each in ways)), details=details)


def _count_parts(article: ArticleUnits) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        for mine, theirs in matched_claims(article, pair):
            parts = (
                ("source", source_spans(mine), source_spans(theirs)),
                ("cue", joined(mine.cue), joined(theirs.cue)),
                ("content", joined(mine.content), joined(theirs.content)),
            )
            for part, ours, others in parts:
                adding.add(part, pair, ("both",), common(ours, others))
                adding.add(part, pair, ("all",), length(ours) + length(others))
    return adding.tally


def _count_sameness(article: ArticleUnits) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        both = matched_claims(article, pair)
        partners: dict[ClaimId | None, ClaimId] = {mine.id: theirs.id for mine, theirs in both}
        for mine, theirs in both:
            if mine.within or theirs.within:
                # An outer claim that the other does not have has no partner, and is not the same as none.
                is_same = bool(mine.within and theirs.within) and partners.get(mine.within) == theirs.within
                adding.add("the claim it is quoted in", pair, ("same",), is_same)
                adding.add("the claim it is quoted in", pair, ("all",))
            ours, others = source_entities(mine), source_entities(theirs)
            if ours or others:
                adding.add("source entities", pair, ("same",), ours == others)
                adding.add("source entities", pair, ("all",))
    return adding.tally


def share(stats: Stats, same: str = "same", nothing: str = "no two claims that match have it") -> Score:
    """What is the same against all."""
    each = stats.get(("all",), 0.0)
    if not each:
        return undefined(nothing)
    return Score(stats.get((same,), 0.0) / each, round(each))


_WIEBE = "Wiebe, Wilson and Cardie 2005"
AGR = Measure("agr", "agr", "agr, mean of both directions", _WIEBE, agr, is_pairwise=True)
AGR_ANY = Measure(
    "agr-any",
    "agr, contents that share anything",
    "agr, mean of both directions, of claims whose contents share a character",
    _WIEBE,
    partial(agr, how="met"),
    is_pairwise=True,
)
CLAIM_F1 = Measure(
    "claim-f1",
    "F1 of claims",
    "pairwise F1 of claims",
    "Hripcsak and Rothschild 2005",
    partial(f1, matching="matched", nothing="neither marked a claim"),
    is_pairwise=True,
)
PART_F1 = Measure(
    "part-f1",
    "F1 of characters",
    "F1 of the characters of the parts of matched claims",
    "",
    partial(f1, matching="both", nothing="no two claims that match have it"),
    is_pairwise=True,
)
SAME = Measure("same", "Share that is the same", "share that is the same", "", share, is_pairwise=True)

_FOUND = (AGR, AGR_ANY, CLAIM_F1)
CLAIMS = Layer("claims", "Claims", "claim", "claims of two people", _count, _FOUND, rules=RULE)
MATCHED_PARTS = Layer(
    "matched parts",
    "Parts, given that claims match",
    "character",
    "claims that match",
    _count_parts,
    (PART_F1,),
    "part",
    RULE,
)
MATCHED_SAMENESS = Layer(
    "matched sameness",
    "Sources and nesting, given that claims match",
    "claim",
    "claims that match",
    _count_sameness,
    (SAME,),
    "what",
    f"{RULE} Only claims are counted where at least one of the two has it.",
)
