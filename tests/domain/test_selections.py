"""A part of a corpus: what is chosen is all there, what is not is nowhere, and parts by chance are fair."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import State
from annotator.domain.authors import Author
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.entities import Entity
from annotator.domain.ids import CommentId, DecisionId, LinkId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.projects import Project
from annotator.domain.selections import ALL, PARTS, Selection, Split, in_play, parts_of, signers
from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from tests.building import (
    ANNA,
    BEN,
    make_annotator,
    make_article,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    make_project,
    new_id,
    new_time,
)

TEXT = "Ana Ruiz said the bridge was safe. Photo: Bo Lind, Reuters. The bridge fell."


@dataclass
class InMemory:
    """A corpus of a few articles."""

    held: tuple[AnnotatedArticle, ...] = ()
    people: tuple[Annotator, ...] = ()
    known: tuple[Entity, ...] = ()
    drawn: tuple[Link, ...] = ()
    said: tuple[Comment, ...] = ()
    project: Project = field(default_factory=make_project)

    def article_count(self) -> int:
        return len(self.held)

    def annotators(self) -> Iterator[Annotator]:
        return iter(self.people)

    def entities(self) -> Iterator[Entity]:
        return iter(self.known)

    def links(self) -> Iterator[Link]:
        return iter(self.drawn)

    def entity_comments(self) -> Iterator[Comment]:
        return iter(self.said)

    def articles(self) -> Iterator[AnnotatedArticle]:
        return iter(self.held)


def bare(article: Article) -> AnnotatedArticle:
    return AnnotatedArticle(article, TEXT, (), (), (), ())


def titles(corpus: Corpus) -> list[str]:
    found = [one.article.title for one in corpus.articles()]
    assert corpus.article_count() == len(found)
    return found


def comment(author: Author, article: Article | None = None, to: Comment | None = None) -> Comment:
    where, first = article.id if article else None, to.id if to else None
    now = new_time()
    return Comment(CommentId(new_id()), where, "So?", author.annotator, now, now, about="x", reply_to=first)


def link(between: Between, origin: str, target: str) -> Link:
    now = new_time()
    return Link(LinkId(new_id()), "opposes", between, origin, target, ANNA.annotator, now, now)


def two_people() -> InMemory:
    """Two articles in which Anna and Ben worked, and what they said of each other's work."""
    first, second = make_article(TEXT, title="first"), make_article(TEXT, title="second")
    outer = make_claim(first, TEXT, "Ana Ruiz said the bridge was safe", author=BEN)
    inner = make_claim(first, TEXT, "the bridge was safe", author=ANNA, within=outer.id)
    own = make_claim(first, TEXT, "bridge", author=BEN, within=outer.id)
    other = make_claim(second, TEXT, "The bridge fell", author=ANNA)
    decisions = [
        Decision(DecisionId(new_id()), first.id, Verdict.REJECT, (inner.id,), who.annotator, new_time(), new_time())
        for who in (ANNA, BEN)
    ]
    asked = comment(ANNA, first)
    comments = (asked, comment(BEN, first, asked), question := comment(BEN, first), comment(ANNA, first, question))
    mentions = tuple(make_mention(first, TEXT, "Ana Ruiz", author=who) for who in (ANNA, BEN))
    work = tuple(make_assignment(first, State.DONE if who is ANNA else State.DOING, who) for who in (ANNA, BEN))
    zone = Zone(ZoneId(new_id()), first.id, "credit", Span(35, 59), BEN.annotator, new_time(), new_time())
    about = comment(ANNA)
    return InMemory(
        (
            AnnotatedArticle(first, TEXT, mentions, (outer, inner, own), work, (zone,), tuple(decisions), comments),
            replace(bare(second), claims=(other,)),
        ),
        (make_annotator(ANNA), make_annotator(BEN, "Ben")),
        (ana := make_entity(), bo := make_entity("Bo Lind")),
        (
            link(Between.ENTITIES, ana.id, bo.id),
            link(Between.CLAIMS, inner.id, other.id),
            link(Between.CLAIMS, outer.id, other.id),
        ),
        (about, comment(BEN, to=about), question := comment(BEN), comment(ANNA, to=question)),
    )


def test_without_a_wish_it_is_the_corpus_itself() -> None:
    corpus = two_people()
    assert parts_of(corpus, ALL) == [("", corpus)]


def test_of_one_person_only_what_she_recorded_and_everybodys_zones() -> None:
    corpus = two_people()
    ((_, part),) = parts_of(corpus, Selection(annotators=(ANNA.annotator,)))
    assert titles(part) == ["first", "second"]
    assert [one.name for one in part.annotators()] == ["Anna"]
    assert list(part.entities()) == list(corpus.known)
    first = next(part.articles())
    assert {one.author for one in first.mentions} == {one.author for one in first.claims} == {ANNA.annotator}
    assert {one.author for one in first.decisions} == {one.author for one in first.comments} == {ANNA.annotator}
    assert [len(its) for its in (first.mentions, first.claims, first.assignments, first.decisions)] == [1, 1, 1, 1]
    assert first.claims[0].within is None, "whose words it stands in is not there"
    assert [one.annotator for one in first.assignments] == [ANNA.annotator]
    assert [one.kind for one in first.zones] == ["credit"]
    ((_, bens),) = parts_of(corpus, Selection(annotators=(BEN.annotator,)))
    outer, own = next(bens.articles()).claims
    assert (outer.within, own.within) == (None, outer.id), "her own words in her own"


def test_a_reply_without_what_it_answers_is_left_out_in_articles_and_on_entities() -> None:
    corpus = two_people()
    for who in (ANNA, BEN):
        ((_, part),) = parts_of(corpus, Selection(annotators=(who.annotator,)))
        for comments in (next(part.articles()).comments, tuple(part.entity_comments())):
            assert [(one.author, one.reply_to) for one in comments] == [(who.annotator, None)]
    ((_, both),) = parts_of(corpus, Selection(annotators=(ANNA.annotator, BEN.annotator)))
    assert (len(next(both.articles()).comments), len(list(both.entity_comments()))) == (4, 4)


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(with_out_of_play=False), [0, 1, 2]),
        (Selection(annotators=(ANNA.annotator,)), [0, 1]),
        (Selection(annotators=(BEN.annotator,)), [0]),
        (Selection(states=(State.DOING,)), [0]),
        (Selection(states=(State.TO_DO, State.DONE)), [0, 1, 2]),
    ],
)
def test_links_between_claims_come_where_both_are_there(selection: Selection, kept: list[int]) -> None:
    corpus = two_people()
    ((_, part),) = parts_of(corpus, selection)
    assert list(part.links()) == [corpus.drawn[number] for number in kept]


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ((State.DONE,), ["first"]),  # of any of its annotators
        ((State.DOING,), ["first"]),
        ((State.TO_DO,), ["second"]),  # nobody has touched it
        ((State.DONE, State.TO_DO), ["first", "second"]),
        ((State.REVIEWED,), []),
    ],
)
def test_articles_are_chosen_by_their_state(states: tuple[State, ...], found: list[str]) -> None:
    corpus = two_people()
    ((_, part),) = parts_of(corpus, Selection(states=states))
    assert titles(part) == found
    assert [*part.annotators()] == [*corpus.annotators()], "whoever worked on it"
    assert [*part.entity_comments()] == [*corpus.entity_comments()]
    assert part.project == corpus.project


def test_articles_are_chosen_by_name_and_need_both_where_both_are_asked_for() -> None:
    corpus = two_people()
    second = corpus.held[1].article.id
    ((_, part),) = parts_of(corpus, Selection(articles=(second,)))
    assert titles(part) == ["second"]
    ((_, none),) = parts_of(corpus, Selection(articles=(second,), states=(State.DONE,)))
    assert titles(none) == []


def test_what_reaches_into_a_zone_that_is_out_of_play_goes() -> None:
    article = make_article(TEXT)
    words = ("Ana Ruiz", "Bo Lind", "Photo", "Reuters. The", "The bridge")
    mentions = tuple(make_mention(article, TEXT, one) for one in words)
    outer = make_claim(article, TEXT, "the bridge was safe. Photo: Bo")
    inner = make_claim(article, TEXT, "the bridge was safe", within=outer.id)
    zones = tuple(
        Zone(ZoneId(new_id()), article.id, kind, Span(start, end), ANNA.annotator, new_time(), new_time())
        for kind, start, end in (("credit", 35, 59), ("caption", 60, 70))
    )
    annotated = AnnotatedArticle(article, TEXT, mentions, (outer, inner), (), zones)
    left = in_play(annotated, {"credit"})
    assert [one.quote for one in left.mentions] == ["Ana Ruiz", "The bridge"]
    assert [(one.quote, one.within) for one in left.claims] == [("the bridge was safe", None)]
    assert left.zones == zones
    assert in_play(annotated, {"headline"}) == annotated
    assert [one.quote for one in in_play(annotated, {"credit", "caption"}).mentions] == ["Ana Ruiz"]
    ((_, kept),) = parts_of(InMemory((annotated,)), Selection(articles=(article.id,)))
    assert next(kept.articles()) == annotated, "all of it, unless it is asked for without"
    ((_, part),) = parts_of(InMemory((annotated,)), Selection(with_out_of_play=False))
    assert next(part.articles()).mentions == left.mentions, "the schema says which zones are out of play"


def test_links_to_what_is_out_of_play_and_those_that_others_drew_go() -> None:
    article, now = make_article(TEXT), new_time()
    claims = tuple(make_claim(article, TEXT, words) for words in ("the bridge was safe", "Bo Lind", "The bridge fell"))
    zone = Zone(ZoneId(new_id()), article.id, "credit", Span(35, 59), ANNA.annotator, now, now)
    links = (
        link(Between.CLAIMS, claims[0].id, claims[1].id),
        link(Between.CLAIMS, claims[0].id, claims[2].id),
        replace(link(Between.CLAIMS, claims[2].id, claims[0].id), author=BEN.annotator),
    )
    corpus = InMemory((replace(bare(article), claims=claims, zones=(zone,)),), drawn=links)
    ((_, part),) = parts_of(corpus, Selection(with_out_of_play=False))
    assert list(part.links()) == [links[1], links[2]]
    ((_, annas),) = parts_of(corpus, Selection(annotators=(ANNA.annotator,)))
    assert list(annas.links()) == [links[0], links[1]]


@pytest.mark.parametrize("theirs", ["article", "zone", "entity", "link", "nothing"])
def test_whoever_signed_something_in_a_part_is_known(theirs: str) -> None:
    def who(what: str) -> Author:
        return BEN if what == theirs else ANNA

    now, entities = new_time(), (make_entity(author=who("entity")), make_entity("Bo"))
    article = make_article(TEXT, author=who("article"))
    by = who("zone").annotator
    held = replace(
        bare(article),
        mentions=(make_mention(article, TEXT, author=ANNA), make_mention(article, TEXT, author=BEN)),
        zones=(Zone(ZoneId(new_id()), article.id, "credit", Span(35, 59), by, now, now),),
    )
    drawn = replace(link(Between.ENTITIES, entities[0].id, entities[1].id), author=who("link").annotator)
    people = (make_annotator(ANNA), make_annotator(BEN, "Ben"))
    corpus = InMemory((held,), people, entities, (drawn,))
    assert [one.name for one in signers(corpus)] == ["Anna", "Ben"]
    ((_, part),) = parts_of(corpus, Selection(annotators=(ANNA.annotator,)))
    assert [one.name for one in signers(part)] == ["Anna", *(["Ben"] if theirs != "nothing" else [])]
    ((_, chosen),) = parts_of(corpus, Selection(articles=(article.id,)))
    assert [one.name for one in signers(chosen)] == ["Anna", "Ben"]


SHARES = st.sampled_from([(0.8, 0.1, 0.1), (0.5, 0.5, 0.0), (0.0, 0.0, 1.0), (0.34, 0.33, 0.33), (0.6, 0.0, 0.4)])


@given(count=st.integers(0, 40), shares=SHARES, seed=st.integers(0, 99))
def test_parts_by_chance_hold_each_article_once_and_their_shares(
    count: int, shares: tuple[float, float, float], seed: int
) -> None:
    corpus = InMemory(tuple(bare(make_article(TEXT, title=str(number))) for number in range(count)))
    selection = Selection(split=Split(shares, seed))
    parts = {name: titles(part) for name, part in parts_of(corpus, selection)}
    assert sorted(title for its in parts.values() for title in its) == sorted(map(str, range(count)))
    assert all(its for its in parts.values()), "a part without articles is no part"
    assert list(parts) == [name for name in PARTS if name in parts]
    for name, share in zip(PARTS, shares, strict=True):
        assert abs(len(parts.get(name, ())) - share * count) <= (1 if share else 0)
    assert parts == {name: titles(part) for name, part in parts_of(corpus, selection)}, "the same seed, the same parts"
    assert all(its == sorted(its, key=int) for its in parts.values()), "in the order of the corpus"


@pytest.mark.parametrize("by", ["publisher", "published"])
@given(groups=st.lists(st.sampled_from(["", "Post", "Times", "Echo", "Globe"]), max_size=25), seed=st.integers(0, 9))
def test_articles_of_one_publisher_or_day_stay_together_and_those_without_are_each_alone(
    by: str, groups: list[str], seed: int
) -> None:
    fields: list[Mapping[str, str]] = [{by: group} for group in groups]
    corpus = InMemory(tuple(bare(replace(make_article(TEXT), **its)) for its in fields))  # type: ignore[arg-type]
    where: dict[str, set[str]] = {}
    for name, part in parts_of(corpus, Selection(split=Split((0.5, 0.25, 0.25), seed, by))):
        for annotated in part.articles():
            where.setdefault(str(getattr(annotated.article, by)), set()).add(name)
    assert all(len(names) == 1 for group, names in where.items() if group)
    if len(groups) >= 12 and not any(groups):
        assert len(where[""]) > 1


def test_another_seed_deals_otherwise() -> None:
    corpus = InMemory(tuple(bare(make_article(TEXT, title=str(number))) for number in range(30)))
    dealt = {tuple(titles(parts_of(corpus, Selection(split=Split(seed=seed)))[0][1])) for seed in range(5)}
    assert len(dealt) == 5


@pytest.mark.parametrize("shares", [(0.8, 0.1, 0.2), (1.1, -0.1, 0.0), (0.0, 0.0, 0.0), (0.5, 0.25, 0.248)])
def test_shares_make_up_the_whole(shares: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="make up the whole"):
        Split(shares)


def test_shares_may_be_rounded_and_articles_are_kept_together_by_what_is_known() -> None:
    assert Split((0.333, 0.333, 0.334)).shares[0] == 0.333
    assert Split((0.333, 0.333, 0.3335)).seed == 0
    with pytest.raises(ValueError, match="not kept together by title"):
        Split(by="title")
