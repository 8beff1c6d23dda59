"""A part of a corpus: which articles, whose records, without what is out of play; split into parts by chance."""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from annotator.domain.annotators import Annotator
from annotator.domain.assignments import State
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.links import Between, Link
from annotator.domain.projects import Project
from annotator.domain.schemas import parse
from annotator.domain.spans import Span

PARTS = ("train", "dev", "test")
GROUPS = ("", "publisher", "published")
"""What keeps articles together in one part: nothing, the publisher, or the day."""


@dataclass(frozen=True, slots=True)
class Split:
    """Shares of train, dev and test; the same seed gives the same parts. by is one of GROUPS."""

    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    seed: int = 0
    by: str = ""

    def __post_init__(self) -> None:
        if not all(share >= 0 for share in self.shares) or abs(sum(self.shares) - 1) > 0.001:
            raise ValueError("the shares of train, dev and test have to make up the whole")
        if self.by not in GROUPS:
            raise ValueError(f"articles are not kept together by {self.by}")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted; empty tuples mean all. states are those of any annotator's assignment."""

    articles: tuple[ArticleId, ...] = ()
    annotators: tuple[AnnotatorId, ...] = ()
    states: tuple[State, ...] = ()
    with_out_of_play: bool = True
    split: Split | None = None


ALL = Selection()


class SelectedCorpus:
    """A corpus seen through a selection, and through one part of it."""

    def __init__(self, corpus: Corpus, selection: Selection, chosen: frozenset[ArticleId] | None) -> None:
        self._corpus, self._selection, self._chosen = corpus, selection, chosen
        kinds = parse(corpus.project.schema).zone_kinds
        self._out = frozenset(kind.key for kind in kinds if kind.is_out_of_play)

    @property
    def project(self) -> Project:
        """The project itself."""
        return self._corpus.project

    def article_count(self) -> int:
        """How many articles there are."""
        if self._chosen is not None:
            return len(self._chosen)
        return self._corpus.article_count()

    def annotators(self) -> Iterator[Annotator]:
        """Everyone who signed something."""
        wanted = self._selection.annotators
        return (one for one in self._corpus.annotators() if not wanted or one.id in wanted)

    def signers(self) -> Iterator[Annotator]:
        """Everyone who signed something in it: articles, entities and zones are also there when others made them."""
        if not self._selection.annotators:
            return self._corpus.annotators()
        signed = {*self._selection.annotators, *(entity.author for entity in self.entities())}
        signed.update(link.author for link in self.links())
        for annotated in self.articles():
            signed.update((annotated.article.author, *(zone.author for zone in annotated.zones)))
        return (one for one in self._corpus.annotators() if one.id in signed)

    def entities(self) -> Iterator[Entity]:
        """All entities: a part of a corpus names those of the whole."""
        return self._corpus.entities()

    def links(self) -> Iterator[Link]:
        """All links between entities, and the wanted people's between claims that are in this part."""
        wanted = self._selection.annotators
        if self._chosen is None and not wanted and self._selection.with_out_of_play:
            return self._corpus.links()
        claims = {claim.id for annotated in self.articles() for claim in annotated.claims}
        return (
            link
            for link in self._corpus.links()
            if link.between is Between.ENTITIES
            or (link.origin in claims and link.target in claims and (not wanted or link.author in wanted))
        )

    def entity_comments(self) -> Iterator[Comment]:
        """The comments on entities that are wanted."""
        wanted = self._selection.annotators
        if not wanted:
            return self._corpus.entity_comments()
        return iter(_with_threads(tuple(one for one in self._corpus.entity_comments() if one.author in wanted)))

    def articles(self) -> Iterator[AnnotatedArticle]:
        """The articles that were chosen, with the records that are wanted."""
        for annotated in self._corpus.articles():
            if self._chosen is None or annotated.article.id in self._chosen:
                yield self._seen(annotated)

    def _seen(self, annotated: AnnotatedArticle) -> AnnotatedArticle:
        wanted = self._selection.annotators
        if wanted:
            annotated = only_by(annotated, wanted)
        return annotated if self._selection.with_out_of_play else in_play(annotated, self._out)


def in_play(annotated: AnnotatedArticle, out_of_play: Collection[str]) -> AnnotatedArticle:
    """The article without the records that reach into zones of these kinds."""
    out = [zone.span for zone in annotated.zones if zone.kind in out_of_play]
    if not out:
        return annotated

    def is_in(hull: Span) -> bool:
        return not any(zone.overlaps(hull) for zone in out)

    claims = tuple(claim for claim in annotated.claims if is_in(claim.hull))
    ids = {claim.id for claim in claims}
    return replace(
        annotated,
        mentions=tuple(mention for mention in annotated.mentions if is_in(mention.hull)),
        claims=tuple(c if c.within is None or c.within in ids else replace(c, within=None) for c in claims),
    )


def _with_threads(comments: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Comments whose thread begins among them: a reply says nothing without what it answers."""
    ids = {comment.id for comment in comments}
    return tuple(one for one in comments if one.reply_to is None or one.reply_to in ids)


def only_by(annotated: AnnotatedArticle, wanted: Collection[AnnotatorId]) -> AnnotatedArticle:
    """The article with what these people recorded, and with its zones, which are everybody's."""
    claims = tuple(claim for claim in annotated.claims if claim.author in wanted)
    ids = {claim.id for claim in claims}
    return replace(
        annotated,
        mentions=tuple(mention for mention in annotated.mentions if mention.author in wanted),
        claims=tuple(c if c.within is None or c.within in ids else replace(c, within=None) for c in claims),
        assignments=tuple(one for one in annotated.assignments if one.annotator in wanted),
        decisions=tuple(one for one in annotated.decisions if one.author in wanted),
        comments=_with_threads(tuple(one for one in annotated.comments if one.author in wanted)),
    )


def signers(corpus: Corpus) -> Iterator[Annotator]:
    """Everyone whom a record of the corpus names as its author; of a part more than those whose work was chosen."""
    return corpus.signers() if isinstance(corpus, SelectedCorpus) else corpus.annotators()


def parts_of(corpus: Corpus, selection: Selection) -> list[tuple[str, Corpus]]:
    """The corpus as selected, under an empty name; or its parts train, dev and test, those that are not empty."""
    if selection == ALL:
        return [("", corpus)]
    by_all = not selection.articles and not selection.states
    if selection.split is None:
        chosen = None if by_all else frozenset(id_ for id_, _ in _chosen(corpus, selection, ""))
        return [("", SelectedCorpus(corpus, selection, chosen))]
    groups: dict[str, list[ArticleId]] = {}
    for id_, group in _chosen(corpus, selection, selection.split.by):
        groups.setdefault(group or id_, []).append(id_)
    return [
        (name, SelectedCorpus(corpus, selection, frozenset(ids)))
        for name, ids in _dealt(groups, selection.split).items()
        if ids
    ]


def _chosen(corpus: Corpus, selection: Selection, by: str) -> Iterator[tuple[ArticleId, str]]:
    for annotated in corpus.articles():
        article = annotated.article
        states = {one.state for one in annotated.assignments} or {State.TO_DO}
        if selection.articles and article.id not in selection.articles:
            continue
        if selection.states and not states.intersection(selection.states):
            continue
        yield article.id, str(getattr(article, by)) if by else ""


def _dealt(groups: dict[str, list[ArticleId]], split: Split) -> dict[str, list[ArticleId]]:
    """Whole groups, in an order of chance, each to the part that lacks most of its share."""
    names = sorted(groups)
    random.Random(split.seed).shuffle(names)
    total = sum(map(len, groups.values()))
    parts: dict[str, list[ArticleId]] = {name: [] for name in PARTS}
    for name in names:
        lacking = {
            part: share * total - len(parts[part]) for part, share in zip(PARTS, split.shares, strict=True) if share > 0
        }
        parts[max(lacking, key=lambda part: lacking[part])] += groups[name]
    return parts
