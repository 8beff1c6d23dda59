"""What people did with one article, made comparable: who did it, their records in play, and the words of its text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import State
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ClaimId, EntityId
from annotator.domain.mentions import Mention
from annotator.domain.schemas import Schema
from annotator.domain.selections import in_play
from annotator.domain.spans import Span, joined
from annotator.domain.words import tokens

PARTS = ("source", "cue", "content")
"""The parts of a claim that are marked in the text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Words under a label; several spans where they are apart. Offsets are code points."""

    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, eq=False)
class Work:
    """One annotator's records in an article, those that are in play, in reading order."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]

    @cached_property
    def mention_units(self) -> tuple[Unit, ...]:
        """Every mention as a unit."""
        return tuple(Unit(mention.label, mention.spans) for mention in self.mentions)

    @cached_property
    def part_units(self) -> tuple[Unit, ...]:
        """Every part of every claim as a unit: sources, cues and contents. What several claims share counts once."""
        found: dict[Unit, None] = {}
        for claim in self.claims:
            found.update(dict.fromkeys(Unit("source", source.spans) for source in claim.sources if source.spans))
            if claim.cue:
                found[Unit("cue", claim.cue)] = None
            found[Unit("content", claim.content)] = None
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Around:
    """What is the same for all articles: who is compared, the schema, and all entities.

    annotators are numbered by their place; labels are the mention labels that are compared, empty for all.
    """

    annotators: tuple[Annotator, ...]
    schema: Schema
    entities: Mapping[EntityId, Entity] = field(default_factory=dict)
    labels: frozenset[str] = frozenset()
    seed: int = 0

    @cached_property
    def out_of_play(self) -> frozenset[str]:
        """The kinds of zones that do not count."""
        return self.schema.out_of_play


@dataclass(frozen=True, eq=False)
class ArticleUnits:
    """One article as it is compared: work is by the number of the annotator, of those who annotated it.

    left_out are the stretches that are out of play; nothing in them counts, nor do the words in them. month is that of
    the last change to what is compared, as 2026-05.
    """

    around: Around
    article: Article
    text: str
    work: Mapping[int, Work]
    left_out: tuple[Span, ...] = ()
    month: str = ""

    @property
    def pairs(self) -> Iterable[tuple[int, int]]:
        """The pairs of annotators who both annotated it, the smaller number first."""
        return combinations(sorted(self.work), 2)

    @cached_property
    def words(self) -> tuple[Span, ...]:
        """The words and signs of the text that are in play."""
        out = iter(self.left_out)
        zone = next(out, None)
        found = []
        for word in tokens(self.text):
            while zone is not None and zone.end <= word.start:
                zone = next(out, None)
            if zone is None or not zone.overlaps(word):
                found.append(word)
        return tuple(found)


def units_of(annotated: AnnotatedArticle, around: Around) -> ArticleUnits:
    """The article made comparable.

    An annotator counts for it who has records in it, in play or not, or who has set it to done or a later state: who
    found nothing in an article that is done agrees with others who found nothing.
    """
    numbers = {annotator.id: number for number, annotator in enumerate(around.annotators)}
    finished = {one.annotator for one in annotated.assignments if one.state not in {State.TO_DO, State.DOING}}
    records: tuple[Mention | Claim, ...] = (*annotated.mentions, *annotated.claims)
    authors = {record.author for record in records} | finished
    seen = in_play(annotated, around.out_of_play)
    wanted = around.labels
    work: dict[int, Work] = {}
    for author in sorted(authors & numbers.keys(), key=lambda one: numbers[one]):
        mentions = tuple(m for m in seen.mentions if m.author == author and (not wanted or m.label in wanted))
        claims = tuple(claim for claim in seen.claims if claim.author == author)
        work[numbers[author]] = Work(mentions, _apart(claims))
    spans = joined(zone.span for zone in annotated.zones if zone.kind in around.out_of_play)
    compared = {around.annotators[number].id for number in work}
    return ArticleUnits(around, annotated.article, annotated.text, work, spans, _month(annotated, compared))


def _apart(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims of one annotator; being quoted in another's claim, or in one out of play, does not count."""
    ids: set[ClaimId] = {claim.id for claim in claims}
    return tuple(c if c.within is None or c.within in ids else replace(c, within=None) for c in claims)


def _month(annotated: AnnotatedArticle, who: set[AnnotatorId]) -> str:
    done = [one.changed for one in annotated.assignments if one.annotator in who]
    records: tuple[Mention | Claim, ...] = (*annotated.mentions, *annotated.claims)
    changed = [record.changed for record in records if record.author in who]
    return max(done or changed, default=annotated.article.created)[:7]
