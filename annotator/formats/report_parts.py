"""What reports show of an article, whatever they are written in: marks and their colours, who is named, places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.articles import Article, TextQuality
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.links import Between, Link
from annotator.domain.schemas import GREY_ON_DARK, GREY_ON_LIGHT, Schema
from annotator.formats.html_claims import Numbered
from annotator.formats.html_map import Pin
from annotator.formats.html_text import Ink

SHAPES = ("solid", "double", "dashed", "dotted", "wavy")
"""Underlines by the label's place in the schema, as in the window: labels differ by more than colour."""
PARTS = ("content", "source", "cue", "addressee", "medium")
"""The parts of claims that are marked, in the order of the legend."""
MOST_QUOTES = 6
"""Other names of an entity that are shown."""


class Look:
    """How the records of a project are shown."""

    def __init__(self, schema: Schema, entities: Mapping[EntityId, Entity]) -> None:
        self.schema, self.entities = schema, entities
        self.symmetric = frozenset(link.key for link in schema.links if link.is_symmetric)
        self._labels = {label.key: number for number, label in enumerate(schema.labels)}

    def colours(self) -> dict[str, tuple[str, str]]:
        """The schema's colours, light and dark, by style: one for each label, each part of a claim, and for others."""
        pairs = {f"c{number}": (label.light, label.dark) for number, label in enumerate(self.schema.labels)}
        pairs |= {f"c-{part.key}": (part.light, part.dark) for part in self.schema.claim_parts if part.key in PARTS}
        keys = (*pairs, *(f"c-{part}" for part in PARTS), "cx")
        return {key: pairs.get(key, (GREY_ON_LIGHT, GREY_ON_DARK)) for key in keys}

    def style(self, label: str) -> tuple[str, str]:
        """The style that has the label's colour, and its shape."""
        number = self._labels.get(label)
        return ("cx", "solid") if number is None else (f"c{number}", SHAPES[number % len(SHAPES)])

    def letter(self, label: str) -> str:
        """The letter that stands before its mentions."""
        known = self.schema.label(label)
        return known.hotkey or known.name[:1].upper()

    def place_style(self) -> str:
        """The style of places on a map."""
        return next((self.style(label.key)[0] for label in self.schema.labels if "place" in label.kinds[:1]), "cx")

    def counts(self, annotated: AnnotatedArticle) -> list[tuple[str, int]]:
        """How often each label is used, in the order of the schema."""
        counts = Counter(mention.label for mention in annotated.mentions)
        return sorted(counts.items(), key=lambda item: self._labels.get(item[0], len(self._labels)))

    def inks(self, annotated: AnnotatedArticle, claims: Sequence[Numbered]) -> list[Ink]:
        """Everything to mark in the text; the shape of mentions is "mark" and their own, of contents "said"."""
        inks = [Ink((zone.span,), "zone", "zoned", zone.kind, zone.kind, has_line=False) for zone in annotated.zones]
        for one in claims:
            claim, number = one.claim, str(one.number)
            inks.append(Ink(claim.content, "c-content", "said", number, f"Claim {number}", is_above=True))
            parts = [("source", source.spans) for source in claim.sources]
            parts += [("cue", claim.cue), ("medium", claim.medium_spans)]
            parts += [("addressee", claim.addressee.spans)] if claim.addressee else []
            for part, spans in parts:
                if spans:
                    inks.append(Ink(spans, f"c-{part}", "part", "", f"Claim {number}: {part}", has_line=False))
        for mention in annotated.mentions:
            style, shape = self.style(mention.label)
            entity = self.entities.get(mention.entity) if mention.entity else None
            title = " · ".join([self.schema.label(mention.label).name, *([entity.name] if entity else [])])
            letter = self.letter(mention.label)
            inks.append(Ink(mention.spans, style, f"mark {shape}", letter, title, is_unsure=mention.unsure))
        return inks

    def named(self, annotated: AnnotatedArticle) -> Iterator[tuple[Entity, Counter[str]]]:
        """The entities that are mentioned, with the words that mention them; the most named first."""
        quotes: dict[EntityId, Counter[str]] = {}
        for mention in annotated.mentions:
            if mention.entity:
                quotes.setdefault(mention.entity, Counter())[mention.quote] += 1
        for id_, found in sorted(quotes.items(), key=lambda item: -item[1].total()):
            if id_ in self.entities:
                yield self.entities[id_], found

    def places(self, annotated: AnnotatedArticle) -> tuple[list[Pin], list[str]]:
        """The places that have coordinates, and the names of those that have none."""
        counts = Counter(mention.entity for mention in annotated.mentions if mention.entity)
        counts.update({claim.event.place: 0 for claim in annotated.claims if claim.event.place})
        places = [(self.entities[id_], count) for id_, count in counts.items() if id_ in self.entities]
        pins = [
            Pin(entity.name, entity.place.point[0], entity.place.point[1], count)
            for entity, count in places
            if entity.place.point
        ]
        return pins, [entity.name for entity, _ in places if entity.place and not entity.place.point]


def links_by_claim(corpus: Corpus) -> dict[str, list[Link]]:
    """The links between claims, by each of their ends."""
    found: dict[str, list[Link]] = {}
    for link in corpus.links():
        if link.between is Between.CLAIMS:
            for end in sorted(link.ends):
                found.setdefault(end, []).append(link)
    return found


def facts_of_article(article: Article) -> list[str]:
    """What is known of it beside the title and the address."""
    quality = article.text_quality if article.text_quality is not TextQuality.ORIGINAL else ""
    return [fact for fact in (article.publisher, article.byline, article.published, quality) if fact]


def facts_of_entity(entity: Entity) -> list[str]:
    """What is known of it beside the name and the ids."""
    place = entity.place
    within = ", ".join(part for part in (place.district, place.province) if part)
    facts = [entity.kind, place.level or "", within, entity.role, entity.country, " ".join(entity.sectors)]
    return [str(fact) for fact in facts if fact]


def other_names(entity: Entity, quotes: Counter[str]) -> list[str]:
    """The words that mention it, other than its name, the most used first."""
    return [quote for quote, _ in quotes.most_common() if quote.casefold() != entity.name.casefold()]


def parts_in(annotated: AnnotatedArticle) -> frozenset[str]:
    """The parts of claims, beside their content, that are marked in an article."""
    found = set()
    for claim in annotated.claims:
        found |= {"source"} if any(source.spans for source in claim.sources) else set()
        found |= {"cue"} if claim.cue else set()
        found |= {"medium"} if claim.medium_spans else set()
        found |= {"addressee"} if claim.addressee and claim.addressee.spans else set()
    return frozenset(found)
