"""As many articles as wanted, made while they are read: what an export costs, apart from the file they come from."""

from collections.abc import Iterator
from dataclasses import replace

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Basis, Entity, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.spans import Span, quoted
from tests.building import make_annotator, make_article, make_claim, make_entity, make_mention, make_project

_SENTENCE = "Ana Ruiz said the bridge was safe and that 12 men had left Orsa on Friday. "
_WORDS = ("Ana Ruiz", "bridge", "12 men", "Orsa", "on Friday")


class ManyArticles:
    """domain.corpus.Corpus with 20 mentions and two claims in each article, and a dozen entities."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._project, self._annotator = make_project(), make_annotator()
        place = Place(PlaceLevel.POPULATED_PLACE, 35.5, 69.5, Basis.GAZETTEER)
        self._entities = [make_entity(f"Entity {n}", "place", place=place) for n in range(12)]

    @property
    def project(self) -> Project:
        return self._project

    def article_count(self) -> int:
        return self._count

    def annotators(self) -> Iterator[Annotator]:
        yield self._annotator

    def entities(self) -> Iterator[Entity]:
        yield from self._entities

    def links(self) -> Iterator[Link]:
        return iter(())

    def entity_comments(self) -> Iterator[Comment]:
        return iter(())

    def articles(self) -> Iterator[AnnotatedArticle]:
        for number in range(self._count):
            text = f"Article {number}\n\n{_SENTENCE * 12}"
            article = make_article(text, title=f"Article {number}", published="2026-05-16")
            entity = self._entities[number % 12]
            at = text.index("\n\n") + 2
            mentions = tuple(self._mention(article, text, at, n, entity) for n in range(20))
            event = Event(
                "ASSAULT", actors=(entity.id,), place=entity.id, date=When("", "2026-05-15", "2026-05-15"),
                quantities=(Quantity("killed", "12 men", best=12),),
            )  # fmt: skip
            outer = make_claim(article, text, by="Ana Ruiz", entity=entity, cue="said", event=event)
            inner = make_claim(article, text, "12 men had left Orsa", within=outer.id)
            yield AnnotatedArticle(article, text, mentions, (outer, inner), (), ())

    def _mention(self, article: Article, text: str, at: int, n: int, entity: Entity) -> Mention:
        """The nth mention: two in each sentence, every other one in two pieces."""
        begin = at + n // 2 * len(_SENTENCE)
        words = _WORDS[n % 2 : n % 2 + 1 + n % 2]
        places = (begin + _SENTENCE.index(word) for word in words)
        spans = tuple(Span(place, place + len(word)) for place, word in zip(places, words, strict=True))
        bare = make_mention(article, text, entity=entity, label="location")
        return replace(bare, spans=spans, quote=quoted(text, spans))
