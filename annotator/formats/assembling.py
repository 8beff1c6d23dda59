"""From regions and arrows back to mentions, claims and links, for any tool's file: regions.py the other way round."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.domain.articles import title_of
from annotator.domain.found import (
    Findings,
    FoundArticle,
    FoundClaim,
    FoundEntity,
    FoundLink,
    FoundMention,
    FoundSource,
    FoundZone,
)
from annotator.domain.spans import GAP, Span
from annotator.formats.regions import CONTENT, CUE, MENTION, PIECE, SOURCE, SPEAKER, WITHIN, Arrow, Region

_ROLES = {SOURCE, CUE, SPEAKER}


@dataclass(frozen=True, slots=True)
class Assembled:
    """What the regions of one article mean."""

    mentions: tuple[FoundMention, ...]
    claims: tuple[FoundClaim, ...]
    links: tuple[FoundLink, ...]
    entities: tuple[FoundEntity, ...] = ()

    def article(self, text: str, source: str, fields: dict[str, str], zones: tuple[FoundZone, ...]) -> FoundArticle:
        """The article they belong to. fields are as json_parts.known_fields gives them; title may be empty."""
        return FoundArticle(
            text=text,
            source=source,
            entities=self.entities,
            mentions=self.mentions,
            claims=self.claims,
            links=self.links,
            zones=zones,
            **(fields | {"title": fields["title"] or title_of(text, source)}),
        )


def assembled(
    regions: Iterable[Region],
    arrows: Iterable[Arrow],
    entities: Iterable[FoundEntity],
    file: str,
    line: int,
    findings: Findings,
) -> Assembled:
    """Puts pieces together, then claims from contents with their sources and cues. What is no claim is a mention.

    A region “content” is a claim when an arrow says so, or when it carries choices of ours. Arrows between other things
    are counted as left out; broken ones (no such region, cycles, two cues) and entities that are none are reported.
    """
    all_entities = tuple(entities)
    named = {entity.key for entity in all_entities}
    known: dict[str, Region] = {}
    for found in regions:
        region = found
        if region.key in known:
            findings.problem(file, f"the region id “{region.key}” comes twice; the second was left out", line)
            continue
        if region.entity and region.entity not in named:
            findings.problem(file, f"the entity “{region.entity[:80]}” of a mention is not in the file", line)
            region = replace(region, entity="")
        known[region.key] = region
    usable = []
    for arrow in dict.fromkeys(arrows):
        if arrow.origin in known and arrow.target in known and arrow.origin != arrow.target:
            usable.append(arrow)
        else:
            findings.problem(file, f"a relation “{arrow.label}” leads to no region and was left out", line)
    return replace(_Article(known, file, line, findings).of(usable), entities=all_entities)


class _Article:
    def __init__(self, regions: dict[str, Region], file: str, line: int, findings: Findings) -> None:
        self._regions = regions
        self._file, self._line, self._findings = file, line, findings
        self._outermost: dict[str, str] = {}

    def _problem(self, reason: str) -> None:
        self._findings.problem(self._file, reason, self._line)

    def of(self, arrows: list[Arrow]) -> Assembled:
        arrows = [arrow for arrow in self._joined(arrows) if self._has_ends(arrow)]
        claims = {key for key, region in self._regions.items() if _is_content(region) and region.choices}
        for arrow in arrows:
            origin, target = self._regions[arrow.origin], self._regions[arrow.target]
            if _is_content(origin) and (_name(arrow.label) in _ROLES or _name(target.label) in _ROLES):
                claims.add(origin.key)
            elif _is_content(target) and _name(origin.label) in {SOURCE, CUE}:
                claims.add(target.key)
            elif _is_content(origin) and _is_content(target) and _name(arrow.label) == WITHIN:
                claims |= {origin.key, target.key}
        return self._claimed(arrows, claims)

    def _claimed(self, arrows: list[Arrow], claims: set[str]) -> Assembled:
        sources: dict[str, list[FoundSource]] = {}
        cues: dict[str, Region] = {}
        within: dict[str, str] = {}
        links: list[FoundLink] = []
        parts: set[str] = set()
        meant = {a.origin: a.target for a in arrows if _name(a.label) == MENTION and self._is_named(a)}
        for arrow in arrows:
            ends = _oriented(arrow, claims, self._regions)
            if ends is None:
                if arrow.origin not in meant or _name(arrow.label) != MENTION:
                    self._findings.leave_out("relations between other things than claims")
                continue
            role, claim, other = ends
            if role == WITHIN:
                self._quoted(claim, other, within)
            elif role in {SOURCE, SPEAKER}:
                is_part = _name(self._regions[other].label) == SOURCE and role == SOURCE
                mention = meant.get(other, "") if is_part else other
                spans = () if role == SPEAKER else self._regions[other].spans
                sources.setdefault(claim, []).append(FoundSource(spans, mention))
                parts |= {other} if is_part else set()
            elif role == CUE:
                if claim in cues:
                    self._problem("a claim has two cues; the second was left out")
                cues.setdefault(claim, self._regions[other])
                parts |= {other} if _name(self._regions[other].label) == CUE else set()
            else:
                links.append(FoundLink(arrow.label, claim, other, arrow.annotator))
        for claim, named in sources.items():
            # What became a part of a claim is no mention any more: its words are left.
            sources[claim] = [
                FoundSource(one.spans or self._regions[one.mention].spans)
                if one.mention in parts or one.mention in claims
                else one
                for one in named
            ]
        return Assembled(
            tuple(_mention(one) for key, one in self._regions.items() if key not in claims and key not in parts),
            tuple(_claim(self._regions[key], sources, cues, within) for key in self._regions if key in claims),
            tuple(links),
        )

    def _has_ends(self, arrow: Arrow) -> bool:
        """Whether its regions are there; one that became a piece of another one is not."""
        has_ends = arrow.origin in self._regions and arrow.target in self._regions
        if not has_ends:
            self._findings.leave_out("relations of the second piece of something")
        return has_ends

    def _is_named(self, arrow: Arrow) -> bool:
        return _name(self._regions[arrow.origin].label) == SOURCE

    def _quoted(self, claim: str, outer: str, within: dict[str, str]) -> None:
        if claim in within:
            self._problem("a claim is quoted in two others; only the first was taken")
            return
        if _root(outer, self._outermost) == claim:
            self._problem("claims are quoted in each other in a circle; one of these relations was left out")
            return
        within[claim] = self._outermost[claim] = outer

    def _joined(self, arrows: list[Arrow]) -> list[Arrow]:
        """Puts pieces into the region they follow and answers the other arrows."""
        after: dict[str, str] = {}
        for arrow in arrows:
            if self._continues(arrow):
                after.setdefault(arrow.target, arrow.origin)
        pieces: dict[str, list[Region]] = {}
        firsts: dict[str, str] = {}
        for key in after:
            first = _first(key, after, firsts)
            pieces.setdefault(first, []).append(self._regions[key])
        for key, others in pieces.items():
            first_region = self._regions[key]
            spans = tuple(sorted((*first_region.spans, *(span for other in others for span in other.spans))))
            if any(a.end > b.start for a, b in pairwise(spans)):
                self._problem(f"pieces of “{first_region.label}” overlap; they were taken apart")
                continue
            # The words stand in the order of the text, whichever way the arrows lead.
            quotes = [one.quote for one in sorted((first_region, *others), key=lambda one: one.spans)]
            quote = GAP.join(quotes) if all(quotes) else ""
            self._regions[key] = replace(first_region, spans=spans, quote=quote)
            for other in others:
                if other.key != key:
                    del self._regions[other.key]
        return [arrow for arrow in arrows if not self._continues(arrow)]

    def _continues(self, arrow: Arrow) -> bool:
        origin, target = self._regions.get(arrow.origin), self._regions.get(arrow.target)
        return _name(arrow.label) == PIECE and (origin is None or target is None or origin.label == target.label)


def _first(key: str, after: dict[str, str], known: dict[str, str]) -> str:
    """Where a chain of pieces begins; any of a circle. known has the answers for all that were passed before."""
    passed = {key: None}
    while key not in known and (before := after.get(key)) is not None and before not in passed:
        passed[before] = None
        key = before
    first = known.get(key) or (min(passed) if after.get(key) is not None else key)
    known.update(dict.fromkeys(passed, first))
    return first


def _root(key: str, outer: dict[str, str]) -> str:
    """The end of the way out; the way is made shorter for whoever goes it again."""
    way = []
    while key in outer:
        way.append(key)
        key = outer[key]
    outer.update(dict.fromkeys(way, key))
    return key


def _oriented(arrow: Arrow, claims: set[str], regions: dict[str, Region]) -> tuple[str, str, str] | None:
    """What an arrow says of a claim: the role, the claim's key, the other's. None when it is about no claim."""
    name = _name(arrow.label)
    origin, target = arrow.origin in claims, arrow.target in claims
    if origin and target:
        return (WITHIN if name == WITHIN else arrow.label), arrow.origin, arrow.target
    if not origin and not target:
        return None
    claim, other = (arrow.origin, arrow.target) if origin else (arrow.target, arrow.origin)
    if other not in regions or claim not in regions:
        return None
    if name in _ROLES and origin:
        return name, claim, other
    named = _name(regions[other].label)
    return (named, claim, other) if named in {SOURCE, CUE} else None


def _name(label: str) -> str:
    return label.strip().casefold()


def _is_content(region: Region) -> bool:
    return _name(region.label) == CONTENT


def _mention(region: Region) -> FoundMention:
    return FoundMention(
        region.label, region.spans, region.key, region.entity, region.quote, region.level,
        region.note, region.unsure, region.annotator, region.attributes,
    )  # fmt: skip


def _claim(
    region: Region, sources: dict[str, list[FoundSource]], cues: dict[str, Region], within: dict[str, str]
) -> FoundClaim:
    cue: tuple[Span, ...] = cues[region.key].spans if region.key in cues else ()
    return FoundClaim(
        content=region.spans,
        key=region.key,
        sources=tuple(sources.get(region.key, ())),
        cue=cue,
        within=within.get(region.key, ""),
        note=region.note,
        annotator=region.annotator,
        choices=region.choices,
        attributes=region.attributes,
    )
