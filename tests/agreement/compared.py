"""Articles that several people annotated, made as the measures see them."""

from collections.abc import Iterable, Mapping

from annotator.agreement.base import Layer, Measure, Score, Tally, scored, stats_of
from annotator.agreement.sums import add_to
from annotator.agreement.units import Around, ArticleUnits, units_of
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.mentions import Mention
from annotator.domain.schemas import parse
from annotator.domain.zones import Zone
from tests.building import SCHEMA, make_annotator, make_author

PEOPLE = tuple(make_author() for _ in range(4))
NAMES = ("Anna", "Ben", "Cleo", "Dan")
SCHEMA_OF_CLAIMS = parse(SCHEMA)


def around(people: Iterable[Author] = PEOPLE[:2], entities: Iterable[Entity] = ()) -> Around:
    """Who is compared, under the schema that the program comes with."""
    annotators = tuple(make_annotator(author, name) for author, name in zip(people, NAMES, strict=False))
    return Around(annotators, SCHEMA_OF_CLAIMS, {entity.id: entity for entity in entities})


def annotated(
    article: Article,
    text: str,
    records: Iterable[Mention | Claim] = (),
    assignments: Iterable[Assignment] = (),
    zones: Iterable[Zone] = (),
) -> AnnotatedArticle:
    """An article with these records."""
    held = tuple(records)
    mentions = tuple(one for one in held if isinstance(one, Mention))
    claims = tuple(one for one in held if isinstance(one, Claim))
    return AnnotatedArticle(article, text, mentions, claims, tuple(assignments), tuple(zones))


def units(
    article: Article,
    text: str,
    *records: Mention | Claim,
    people: Iterable[Author] = PEOPLE[:2],
    entities: Iterable[Entity] = (),
) -> ArticleUnits:
    """An article with these records as these people are compared on it."""
    return units_of(annotated(article, text, records), around(people, entities))


def score(layer: Layer, measure: Measure, *articles: ArticleUnits, label: str = "") -> Score:
    """What a measure says of articles together."""
    total: Tally = {}
    for article in articles:
        add_to(total, layer.count(article))
    return scored(measure, stats_of(total, label))


def figures(scores: Mapping[str, Score]) -> dict[str, float | None]:
    """The values, with three decimals."""
    return {name: None if one.value is None else round(one.value, 3) for name, one in scores.items()}
