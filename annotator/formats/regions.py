"""Articles as tools for marking text have them: regions under labels, and arrows between regions.

A claim is a region “content”; arrows “source” and “cue” lead from it to regions of these labels, “within” to the
content that it is quoted in, links to other contents. A source whose entity is known has an arrow “mention” to a
mention of it; a source that was chosen and not marked is an arrow “speaker” from the content to such a mention.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.articles import TextQuality
from annotator.domain.attributes import YES
from annotator.domain.claims import Claim, Source
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import AliasKind, Entity
from annotator.domain.found import FoundEntity, FoundZone, Losses
from annotator.domain.ids import AnnotatorId, EntityId
from annotator.domain.links import Between
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.values import Value

CONTENT, SOURCE, CUE = "content", "source", "cue"
WITHIN, MENTION, SPEAKER, PIECE = "within", "mention", "speaker", "piece"
CHOICES = ("source_type", "manner", "act", "stance", "certainty", "medium", "author_stance", "wording", "unsure")
"""Fields of claims that go out and come in by their names."""
ENTITY_DETAILS = "entities without their description, sectors, country, role, place and own fields"
ENTITY_LINKS = "links between entities"
COMMENTS, DECISIONS = "comments in threads", "decisions of reviewers"
_EVENT, _ADDRESSEE, _SAID_ON, _ABOUT, _MEDIUM = CLAIM_DETAILS = (
    "claims without what is said to have happened",
    "claims without whom they speak to",
    "claims without when they were said",
    "claims without whom they are about",
    "claims without the words for their medium",
)
"""What is counted as lost because no region or arrow has it; a format that carries it elsewhere takes it off."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch, or several, under a label; what only mentions or contents have is empty elsewhere.

    quote is what a file says stands there, empty when it does not say.
    """

    key: str
    label: str
    spans: tuple[Span, ...]
    annotator: str = ""
    entity: str = ""
    level: str = ""
    note: str = ""
    unsure: bool = False
    quote: str = ""
    attributes: tuple[Value, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


def once(regions: Iterable[Region]) -> list[Region]:
    """What one has marked at one place under one label once, with the entity that any of them has.

    spaCy's files have the same names among the ents and in groups of spans.
    """
    found: dict[tuple[tuple[Span, ...], str, str], Region] = {}
    for region in regions:
        place = (region.spans, region.label, region.annotator)
        known = found.setdefault(place, region)
        if region.entity and not known.entity:
            found[place] = replace(known, entity=region.entity)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Arrow:
    """A labelled arrow between two regions, by their keys."""

    label: str
    origin: str
    target: str
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article as regions and arrows; entities are those that its regions name."""

    regions: tuple[Region, ...]
    arrows: tuple[Arrow, ...]
    entities: tuple[FoundEntity, ...]
    zones: tuple[FoundZone, ...]


@dataclass(slots=True)
class Names:
    """What regions refer to across articles: who signed, whom mentions name, which claims are linked.

    Zones are everybody's, also in an export of some people's work: those of others have no annotator in a sheet.
    """

    annotators: dict[AnnotatorId, str]
    machines: frozenset[str]
    entities: dict[EntityId, FoundEntity]
    links: dict[str, list[tuple[str, str, AnnotatorId]]]

    @classmethod
    def of(cls, corpus: Corpus, losses: Losses) -> "Names":
        """Reads them from a corpus, and counts what no article will carry."""
        annotators: dict[AnnotatorId, str] = {}
        machines = set()
        for annotator in corpus.annotators():
            # Two people of one name stay two.
            taken = annotator.name in annotators.values()
            annotators[annotator.id] = f"{annotator.name} ({annotator.id[-6:]})" if taken else annotator.name
            if annotator.kind is AnnotatorKind.MACHINE:
                machines.add(annotators[annotator.id])
        entities = {}
        for entity in corpus.entities():
            entities[entity.id] = found_entity(entity)
            if _has_details(entity):
                losses.add(ENTITY_DETAILS)
        links: dict[str, list[tuple[str, str, AnnotatorId]]] = {}
        for link in corpus.links():
            if link.between is Between.CLAIMS:
                links.setdefault(link.origin, []).append((link.label, link.target, link.author))
                losses.add("links without their dates and comments", bool(link.since or link.until or link.note))
            else:
                losses.add(ENTITY_LINKS)
        losses.add(COMMENTS, sum(1 for _ in corpus.entity_comments()))
        return cls(annotators, frozenset(machines), entities, links)

    def sheet(self, annotated: AnnotatedArticle, losses: Losses) -> Sheet:
        """The regions and arrows of an article."""
        _count_losses(annotated, losses)
        regions = [self._mention(mention) for mention in annotated.mentions]
        arrows: list[Arrow] = []
        here = {claim.id for claim in annotated.claims}
        for claim in annotated.claims:
            parts, leading = self._claim(claim, annotated.mentions, losses)
            regions += parts
            arrows += leading
            if claim.within is not None and claim.within in here:
                arrows.append(Arrow(WITHIN, claim.id, claim.within, self.annotators[claim.author]))
            for label, target, author in self.links.get(claim.id, ()):
                if target in here:
                    arrows.append(Arrow(label, claim.id, target, self.annotators[author]))
                else:
                    losses.add("links between claims of different articles")
        used = dict.fromkeys(region.entity for region in regions if region.entity)
        zones = tuple(FoundZone(zone.kind, zone.span, self.annotators.get(zone.author, "")) for zone in annotated.zones)
        return Sheet(tuple(regions), tuple(arrows), tuple(self.entities[EntityId(key)] for key in used), zones)

    def _mention(self, mention: Mention) -> Region:
        used_as = (Value("used_as", (mention.used_as,)),) if mention.used_as else ()
        return Region(
            key=mention.id,
            label=mention.label,
            spans=mention.spans,
            annotator=self.annotators[mention.author],
            entity=mention.entity if mention.entity in self.entities else "",
            level=mention.level,
            note=mention.note,
            unsure=mention.unsure,
            quote=mention.quote,
            attributes=(*mention.attributes, *used_as),
        )

    def _claim(self, claim: Claim, mentions: tuple[Mention, ...], losses: Losses) -> tuple[list[Region], list[Arrow]]:
        by = self.annotators[claim.author]
        choices = tuple((name, YES if said is True else said) for name in CHOICES if (said := getattr(claim, name)))
        regions = [
            Region(
                claim.id, CONTENT, claim.content, by,
                note=claim.note, quote=claim.quote, attributes=claim.attributes, choices=choices,
            )
        ]  # fmt: skip
        arrows = []
        for number, source in enumerate(claim.sources, start=1):
            key, meant = f"{claim.id}.source{number}", _meant(source, claim, mentions)
            if source.spans:
                regions.append(Region(key, SOURCE, source.spans, by, quote=source.quote))
                arrows.append(Arrow(SOURCE, claim.id, key, by))
                if meant:
                    arrows.append(Arrow(MENTION, key, meant, by))
            elif meant:
                arrows.append(Arrow(SPEAKER, claim.id, meant, by))
            if source.entity and not meant:
                losses.add("sources without their entity, which no mention of the article names")
        if claim.cue:
            regions.append(Region(f"{claim.id}.cue", CUE, claim.cue, by, quote=claim.cue_quote))
            arrows.append(Arrow(CUE, claim.id, f"{claim.id}.cue", by))
        return regions, arrows


def found_entity(entity: Entity) -> FoundEntity:
    """An entity as it goes out."""
    aliases = tuple(alias.text for alias in entity.aliases)
    return FoundEntity(entity.id, entity.name, entity.kind, aliases, entity.ids)


def in_pieces(sheet: Sheet) -> tuple[list[Region], list[Arrow]]:
    """Regions of one span each, for formats that have no others; an arrow “piece” leads from each to the next one."""
    regions: list[Region] = []
    arrows = list(sheet.arrows)
    for region in sheet.regions:
        before = ""
        for number, (span, quote) in enumerate(_quotes(region), start=1):
            key = region.key if number == 1 else f"{region.key}.piece{number}"
            if number == 1:
                regions.append(
                    Region(
                        key, region.label, (span,), region.annotator, region.entity, region.level, region.note,
                        region.unsure, quote, region.attributes, region.choices,
                    )
                )  # fmt: skip
            else:
                regions.append(Region(key, region.label, (span,), region.annotator, quote=quote))
                arrows.append(Arrow(PIECE, before, key, region.annotator))
            before = key
    return regions, arrows


def _quotes(region: Region) -> Iterator[tuple[Span, str]]:
    if len(region.spans) == 1:
        yield region.spans[0], region.quote
    else:
        yield from ((span, "") for span in region.spans)


def _meant(source: Source, claim: Claim, mentions: tuple[Mention, ...]) -> str:
    """The mention that says which entity a source is: best on the same words, and by the same hand."""
    if source.entity is None:
        return ""
    named = [mention for mention in mentions if mention.entity == source.entity]
    named.sort(key=lambda mention: (mention.spans != source.spans, mention.author != claim.author))
    return named[0].id if named else ""


def _has_details(entity: Entity) -> bool:
    kinds = any(alias.kind is not AliasKind.SPELLING for alias in entity.aliases)
    own = entity.description or entity.sectors or entity.country or entity.role or entity.place or entity.attributes
    return bool(kinds or own)


def _count_losses(annotated: AnnotatedArticle, losses: Losses) -> None:
    claims = annotated.claims
    losses.add(_EVENT, sum(bool(claim.event) for claim in claims))
    losses.add(_ADDRESSEE, sum(claim.addressee is not None for claim in claims))
    losses.add(_SAID_ON, sum(bool(claim.said_on) for claim in claims))
    losses.add(_ABOUT, sum(bool(claim.about) for claim in claims))
    losses.add(_MEDIUM, sum(bool(claim.medium_spans) for claim in claims))
    losses.add(COMMENTS, len(annotated.comments))
    losses.add(DECISIONS, len(annotated.decisions))
    losses.add("articles without how far the work on them is", bool(annotated.assignments))
    losses.add("articles without the quality of their text", annotated.article.text_quality is not TextQuality.ORIGINAL)
