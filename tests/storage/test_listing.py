"""What the window lists: the queue, counts, and what a search finds, in the right order."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.annotators import AGREED, Annotator, AnnotatorKind, consensus_id
from annotator.domain.articles import Article
from annotator.domain.assignments import State
from annotator.domain.edits import EditKind
from annotator.domain.entities import Alias, Basis, Entity, Place, Placed, PlaceLevel
from annotator.domain.proposals import Proposals, ProposedMention
from annotator.domain.queue import Order, QueueFilter, Review
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.storage.project_file import ProjectFile
from tests.building import (
    ANNA,
    BEN,
    TEXT,
    a_project,
    add_article,
    changed,
    made,
    make_assignment,
    make_author,
    make_claim,
    make_entity,
    make_mention,
    new_time,
)

KINDS = ("person", "organisation", "media outlet", "place")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with a_project(tmp_path, with_ben=True) as project:
        yield project


def titles(project: ProjectFile, words: str = "", state: State | None = None) -> list[str]:
    return [project.article(id_).title for id_ in project.queue(QueueFilter(words, state), ANNA.annotator)]


def test_the_queue_is_in_the_order_of_import(project: ProjectFile) -> None:
    for number in (3, 1, 2):
        add_article(project, f"Text {number}.", title=f"T{number}")
    assert titles(project) == ["T3", "T1", "T2"]


def test_the_queue_is_filtered_by_review_and_by_several_annotators(project: ProjectFile) -> None:
    agreed = Annotator(consensus_id(project.project().id), AGREED, AnnotatorKind.CONSENSUS, *[ANNA.now()] * 2)
    project.apply(made(agreed, kind=EditKind.JOIN), ANNA)
    consensus = make_author(agreed.id)
    bare, one, both, settled, half = [add_article(project, f"{name} {TEXT}", title=name) for name in "bohsi"]
    project.apply(
        made(
            *(make_mention(article, f"{article.title} {TEXT}", "Ana Ruiz") for article in (one, both, settled, half)),
            make_claim(both, f"h {TEXT}", author=BEN),
            make_mention(settled, f"s {TEXT}", "Ana Ruiz", author=BEN),
            *(
                make_mention(article, f"{article.title} {TEXT}", "Ana Ruiz", author=consensus)
                for article in (one, bare)
            ),
            make_assignment(settled, State.REVIEWED, consensus),
            make_assignment(half, State.IN_REVIEW, consensus),
        ),
        ANNA,
    )

    def listed(review: Review | None = None, *, of_several: bool = False) -> str:
        wanted = QueueFilter(review=review, of_several=of_several)
        return "".join(project.article(id_).title for id_ in project.queue(wanted, ANNA.annotator))

    assert listed(of_several=True) == "hs"
    assert listed(Review.OPEN) == "ohi"
    assert listed(Review.OPEN, of_several=True) == "h"
    assert (listed(Review.IN_REVIEW), listed(Review.REVIEWED)) == ("i", "s")
    assert [row.review for row in project.queue_rows([one.id, settled.id, half.id], ANNA.annotator)] == [
        None,
        State.REVIEWED,
        State.IN_REVIEW,
    ]
    wanted = QueueFilter(review=Review.OPEN)
    following = [project.next_in_queue(wanted, ANNA.annotator, article.id) for article in (bare, both, half)]
    assert following == [one.id, half.id, one.id]
    assert project.next_in_queue(QueueFilter("none"), ANNA.annotator, one.id) is None


def test_the_next_by_need_is_the_one_listed_next(project: ProjectFile) -> None:
    articles = [add_article(project, f"{name} {TEXT}", title=name) for name in "abcde"]
    for number, score in ((0, 0.9), (1, 0.1), (3, 0.5), (4, 0.2)):
        article = articles[number]
        found = Proposals((ProposedMention("actor", (Span(2, 10),), score, "Ana Ruiz", None, "names", ""),))
        run = SuggestionRun(article.id, "names", "1", article.sha256)
        project.put_suggestions([run], as_suggestions(article.id, found))
    project.apply(made(make_assignment(articles[1], State.DONE)), ANNA)
    wanted = QueueFilter(order=Order.BY_NEED)
    listed = list(project.queue(wanted, ANNA.annotator))
    assert "".join(project.article(id_).title for id_ in listed) == "edacb", "what is done last"
    following = [project.next_in_queue(wanted, ANNA.annotator, id_) for id_ in listed]
    assert following == [*listed[1:], listed[0]]
    rows = project.queue_rows([articles[2].id, "gone", articles[0].id], ANNA.annotator)  # type: ignore[list-item]
    assert [(row.article.title, row.unseen, row.disputed) for row in rows] == [("c", None, None), ("a", 0, 0)]
    only = replace(wanted, words="d")
    assert project.next_in_queue(only, ANNA.annotator, articles[0].id) == articles[3].id


def test_the_queue_finds_words_whatever_their_case_in_every_script(project: ProjectFile) -> None:
    add_article(project, "1", title="Die STRASSE", publisher="Zürcher Zeitung", published="2026-11-20")
    add_article(project, "2", title="Москва слезам не верит", publisher="ΟΔΟΣ")
    add_article(project, "3", title="100% \\_ 'quoted'")
    assert titles(project, "straße") == ["Die STRASSE"]
    assert titles(project, "ZÜRCHER strasse 2026-11") == ["Die STRASSE"]
    assert titles(project, "МОСКВА") == ["Москва слезам не верит"]
    assert titles(project, "οδος") == ["Москва слезам не верит"]
    assert titles(project, "100%") == ["100% \\_ 'quoted'"]
    assert titles(project, "%") == ["100% \\_ 'quoted'"]
    assert titles(project, "strasse москва") == []


def test_the_queue_filters_by_the_present_annotators_state(project: ProjectFile) -> None:
    articles = [add_article(project, f"Text {number}.", title=f"T{number}") for number in range(4)]
    project.apply(made(make_assignment(articles[1], State.DONE), make_assignment(articles[2], State.DOING)), ANNA)
    project.apply(made(make_assignment(articles[0], State.DONE, BEN)), BEN)
    assert titles(project, state=State.DONE) == ["T1"]
    assert titles(project, state=State.DOING) == ["T2"]
    assert titles(project, state=State.TO_DO) == ["T0", "T3"]
    assert titles(project, "t0", State.TO_DO) == ["T0"]


def test_queue_rows_come_as_asked_for_with_state_and_counts(project: ProjectFile) -> None:
    first, second = add_article(project, "1 " + TEXT), add_article(project, "2 " + TEXT)
    words = [make_mention(second, "2 " + TEXT, word) for word in ("Ana Ruiz", "bridge")]
    project.apply(made(*words, make_claim(second, "2 " + TEXT), make_assignment(second, State.DONE)), ANNA)
    rows = project.queue_rows((second.id, first.id), ANNA.annotator)
    assert [(row.article, row.state, row.mentions, row.claims) for row in rows] == [
        (second, State.DONE, 2, 1),
        (first, State.TO_DO, 0, 0),
    ]
    assert project.queue_rows((), ANNA.annotator) == ()


def test_mentions_are_in_reading_order_the_longer_first(project: ProjectFile) -> None:
    article = add_article(project)
    words = [("Daily Post",), ("Ana",), ("Ana Ruiz",), ("Ruiz",), ("bridge",)]
    project.apply(made(*(make_mention(article, TEXT, *piece) for piece in words)), ANNA)
    quotes = [mention.quote for mention in project.mentions_in(article.id)]
    assert quotes == ["Ana Ruiz", "Ana", "Ruiz", "bridge", "Daily Post"]


def test_mentions_are_found_by_their_place_and_their_entity(project: ProjectFile) -> None:
    article, ana = add_article(project), make_entity()
    mention, other = make_mention(article, TEXT, entity=ana), make_mention(article, TEXT, "bridge")
    pieces = make_mention(article, TEXT, "Ana", "Ruiz")
    project.apply(made(ana, mention, other, pieces), ANNA)
    assert set(project.mentions_at(article.id, Span(0, 8))) == {mention, pieces}
    assert project.mentions_at(article.id, Span(0, 7)) == ()
    assert project.mentions_of(ana.id) == (mention,)
    assert not project.has_mentions_beside(ana.id, mention.id)
    project.apply(changed(other, entity=ana.id, changed=new_time()), ANNA)
    assert project.has_mentions_beside(ana.id, mention.id)


def test_claims_are_found_by_article_entity_and_outer_claim(project: ProjectFile) -> None:
    article, ana, post = add_article(project), make_entity(), make_entity("Daily Post", "media outlet")
    outer = make_claim(article, TEXT, "It will hold", by="Ruiz", entity=ana)
    inner = make_claim(article, TEXT, "bridge was safe", within=outer.id, about=(post.id,))
    project.apply(made(ana, post, outer, inner), ANNA)
    assert project.claims_in(article.id) == (inner, outer)
    assert project.claims_naming(ana.id) == (outer,)
    assert project.claims_naming(post.id) == (inner,)
    assert project.claims_within(outer.id) == (inner,)
    assert project.claims_within(inner.id) == ()


def test_entities_in_an_article_are_those_of_mentions_and_of_all_parts_of_claims(project: ProjectFile) -> None:
    article, elsewhere = add_article(project), add_article(project, "Ana Ruiz again.")
    ana, post, lone, away = (make_entity(name) for name in ("Ana", "Post", "Lone", "Away"))
    claim = make_claim(article, TEXT, by="Daily Post", entity=post, about=(lone.id,))
    project.apply(
        made(
            *(ana, post, lone, away, claim),
            make_mention(article, TEXT, entity=ana),
            make_mention(article, TEXT, "bridge"),
            make_mention(elsewhere, "Ana Ruiz again.", entity=away),
        ),
        ANNA,
    )
    assert set(project.entities_in(article.id)) == {ana, post, lone}


def test_mention_counts_are_of_the_whole_project(project: ProjectFile) -> None:
    first, second = add_article(project), add_article(project, "Ana Ruiz again.")
    ana, nobody = make_entity(), make_entity("Nobody")
    words = [make_mention(first, TEXT, word, entity=ana) for word in ("Ana Ruiz", "Ruiz")]
    project.apply(made(ana, nobody, *words, make_mention(second, "Ana Ruiz again.", entity=ana)), ANNA)
    counts = project.mention_counts([ana.id, nobody.id])
    assert counts.get(ana.id) == 3
    assert counts.get(nobody.id, 0) == 0
    assert not project.mention_counts([])


def test_entities_are_listed_by_kind_and_name_page_by_page(project: ProjectFile) -> None:
    names = [("Zoe", "person"), ("Ana", "person"), ("Oslo", "place"), ("Mill", "organisation")]
    project.apply(made(*(make_entity(name, kind) for name, kind in names)), ANNA)
    assert [entity.name for entity in project.all_entities(10, 0)] == ["Mill", "Ana", "Zoe", "Oslo"]
    assert [entity.name for entity in project.all_entities(2, 1)] == ["Ana", "Zoe"]


def search(project: ProjectFile, words: str, kinds: tuple[str, ...] = KINDS, limit: int = 10) -> list[str]:
    return [entity.name for entity in project.find_entities(words, kinds, limit)]


@pytest.fixture
def named(project: ProjectFile) -> ProjectFile:
    """Some entities; Ana Ruiz is mentioned more often than the others."""
    ruiz = make_entity("Ana Ruiz", aliases=(Alias("the engineer"),))
    entities: list[Entity] = [
        make_entity("Ana Rossi"),
        ruiz,
        make_entity("Ana"),
        make_entity("José Ángel Ruiz"),
        make_entity("Radio Ana", "media outlet"),
        make_entity("Анна", "person"),
    ]
    article: Article = add_article(project)
    project.apply(made(*entities, make_mention(article, TEXT, entity=ruiz)), ANNA)
    return project


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana", ["Ana", "Ana Ruiz", "Ana Rossi", "Radio Ana"]),
        ("ANA RU", ["Ana Ruiz"]),
        ("ru an", ["Ana Ruiz", "José Ángel Ruiz"]),
        ("jose angel", ["José Ángel Ruiz"]),
        ("engineer", ["Ana Ruiz"]),
        ("Анн", ["Анна"]),
        ("rui", ["Ana Ruiz", "José Ángel Ruiz"]),
        ("na", []),
        ("%", []),
        ("", []),
    ],
)
def test_each_typed_word_begins_a_word_of_a_name_and_the_best_comes_first(
    named: ProjectFile, words: str, found: list[str]
) -> None:
    assert search(named, words) == found


def test_a_search_keeps_to_the_kinds_and_the_number_asked_for(named: ProjectFile) -> None:
    assert search(named, "ana", ("media outlet",)) == ["Radio Ana"]
    assert search(named, "ana", limit=2) == ["Ana", "Ana Ruiz"]


def test_entities_are_keyed_by_whole_names_and_by_words_whole_names_first(named: ProjectFile) -> None:
    keyed = [entity.name for entity in named.entities_keyed("ana", 10)]
    assert keyed[0] == "Ana"
    assert set(keyed) == {"Ana", "Ana Ruiz", "Ana Rossi", "Radio Ana"}
    assert [entity.name for entity in named.entities_keyed("ana", 1)] == ["Ana"]
    assert [entity.name for entity in named.entities_keyed("the engineer", 5)] == ["Ana Ruiz"]
    assert named.entities_keyed("an", 5) == ()


def test_placed_entities_are_those_with_coordinates_the_most_mentioned_first(project: ProjectFile) -> None:
    article = add_article(project)
    where = Place(PlaceLevel.DISTRICT, 35.6, 69.2, Basis.SEAT, "Baghlan", "Deh Salah")
    bridge, town, person = (
        make_entity("Bridge", "place", place=replace(where, lat=1.0)),
        make_entity("Town", "place", place=where),
        make_entity("Ana", place=where),
    )
    unplaced, bare = make_entity("Nowhere", "place"), make_entity("Well", "place", place=Place(None, 0.0, 0.0))
    mentions = [make_mention(article, TEXT, word, entity=town, label="location") for word in ("Ana", "bridge")]
    project.apply(made(bridge, town, person, unplaced, bare, *mentions), ANNA)
    assert project.placed_entities(10) == (
        Placed(town.id, "Town", where, 2),
        Placed(bridge.id, "Bridge", bridge.place, 0),
        Placed(bare.id, "Well", Place(None, 0.0, 0.0), 0),
    )
    assert [one.name for one in project.placed_entities(1)] == ["Town"]


def test_where_an_entity_is_used_the_article_with_most_mentions_comes_first(project: ProjectFile) -> None:
    first, second, third = (add_article(project, f"{n} {TEXT}", title=n, published="2026-11-2" + n) for n in "123")
    ana, other = make_entity(), make_entity("Bo")
    marked = [(first, "Ana Ruiz"), (second, "Ruiz"), (second, "Ana Ruiz"), (second, "bridge"), (third, "Daily Post")]
    mentions = [make_mention(article, f"{article.title} {TEXT}", word, entity=ana) for article, word in marked]
    project.apply(made(ana, other, *mentions, make_mention(third, f"3 {TEXT}", entity=other)), ANNA)
    uses = project.used_in(ana.id, 10)
    assert [(use.title, use.published, use.count) for use in uses] == [
        ("2", "2026-11-22", 3),
        ("1", "2026-11-21", 1),
        ("3", "2026-11-23", 1),
    ]
    assert uses[0].span == Span(2, 10), "the first of them in the text"
    assert project.used_in(ana.id, 1) == uses[:1]
    assert project.some_mentions(ana.id, 2) == tuple(mentions[:2])


def test_other_versions_of_an_article_have_its_title_or_its_address(project: ProjectFile) -> None:
    one = add_article(project, "1 " + TEXT, title="Bridge", url="https://a.example/1")
    same_title = add_article(project, "2 " + TEXT, title="Bridge", url="https://b.example/2")
    same_address = add_article(project, "3 " + TEXT, title="The bridge", url="https://a.example/1")
    add_article(project, "4 " + TEXT, title="Other", url="https://a.example/11")
    bare = add_article(project, "5 " + TEXT, title="Bare")
    assert project.other_versions(one, 10) == (same_address, same_title), "the last one first"
    assert project.other_versions(one, 1) == (same_address,)
    assert project.other_versions(bare, 10) == (), "no address is nobody's address"
    nameless = [add_article(project, f"{number} {TEXT}", title="") for number in (6, 7)]
    assert project.other_versions(nameless[0], 10) == (), "and no title nobody's title"


def test_entities_are_found_by_what_is_noted_of_them(project: ProjectFile) -> None:
    mayor = make_entity("Ana", description="Mayor of Orsa since 2019", role="chief engineer")
    project.apply(made(mayor, make_entity("Mayor Bo"), make_entity("Cem", role="mayor")), ANNA)
    assert [one.name for one in project.noted_entities("ORSA engineer", 10)] == ["Ana"]
    assert {one.name for one in project.noted_entities("mayor", 10)} == {"Ana", "Cem"}
    assert len(project.noted_entities("mayor", 1)) == 1
    assert project.noted_entities("bo", 10) == ()


def test_claims_are_found_by_what_is_said_or_how_it_is_worded_the_newest_first(project: ProjectFile) -> None:
    article = add_article(project)
    old, new = make_claim(article, TEXT), make_claim(article, TEXT, wording="Ana calls the crossing SAFE")
    project.apply(made(old, new), ANNA)
    assert project.find_claims("Bridge SAFE", 10) == (new, old)
    assert project.find_claims("bridge", 1) == (new,)
    assert project.find_claims("ana safe", 10) == (new,)
    assert project.find_claims("unsafe", 10) == ()
