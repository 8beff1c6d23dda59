"""Who reads what and how far they are: assignments, states, people's names, and what is known of an article."""

import pytest

from annotator.domain.annotators import Annotator
from annotator.domain.assignments import State
from annotator.domain.authors import Author
from annotator.domain.ids import AnnotatorId
from annotator.editing import assigning, commenting, describing, joining, queueing
from annotator.errors import EditRefused
from tests.editing.bench import Bench

TEXT = "Ana Ruiz met Bo Lind in Kabul."


def new(bench: Bench, name: str) -> Annotator:
    return assigning.new_person(Author(bench.who.id), name)


def states(bench: Bench, who: AnnotatorId, *articles: str) -> list[State | None]:
    found = [bench.records.assignment(article, who) for article in articles]
    return [one.state if one else None for one in found]


def test_articles_are_given_to_people_who_join_and_begun_work_stays(bench: Bench) -> None:
    other, third = bench.more("Men left Orsa."), bench.more("It rained.")
    ben, cy = new(bench, " Ben  Oda "), new(bench, "Cy")
    edit = bench.do(assigning.assign, [ben, cy], {ben.id: [bench.article, other], cy.id: [other]})
    assert edit.subject == ("2", "Ben Oda, Cy")
    assert {one.name for one in bench.records.annotators()} == {"Ana", "Ben Oda", "Cy"}
    assert states(bench, ben.id, bench.article, other, third) == [State.TO_DO, State.TO_DO, None]
    bench.refused("assigned already", assigning.assign, [ben], {ben.id: [other]})
    bench.hand_to(type(bench.who)(ben.id, "Ben Oda"))
    bench.do(queueing.set_state, other, State.DONE)
    bench.do(assigning.assign, [ben], {ben.id: [other, third]})
    assert states(bench, ben.id, other, third) == [State.DONE, State.TO_DO]
    bench.refused("at least one article", assigning.assign, [ben], {})
    bench.refused("at least one article", assigning.assign, [ben], {ben.id: []})
    with pytest.raises(EditRefused, match="give a name"):
        new(bench, " ")


def test_one_article_and_person_have_one_assignment_in_every_copy(bench: Bench) -> None:
    made = queueing.assignment_id(bench.article, bench.who.id)
    assert made == queueing.assignment_id(bench.article, bench.who.id)
    assert made != queueing.assignment_id(bench.more("It rained."), bench.who.id)
    bench.do(queueing.set_state, bench.article, State.DONE)
    assert bench.records.assignment(bench.article, bench.who.id).id == made


def test_an_article_goes_from_state_to_state_and_work_that_is_done_stays_done(bench: Bench) -> None:
    bench.refused("to do already", queueing.set_state, bench.article, State.TO_DO)
    assert bench.do(queueing.set_state, bench.article, State.DONE).subject == (TEXT[:20], State.DONE)
    bench.refused("done already", queueing.set_state, bench.article, State.DONE)
    bench.tag("Ana Ruiz")
    assert states(bench, bench.who.id, bench.article) == [State.DONE], "a late mark does not begin it again"
    bench.do(queueing.set_state, bench.article, State.TO_DO)
    bench.tag("Bo Lind")
    assert states(bench, bench.who.id, bench.article) == [State.DOING], "the first mark begins it"


def test_a_person_gets_another_name_and_never_none(bench: Bench) -> None:
    (ana,) = bench.records.annotators()
    assert bench.do(joining.rename, ana, " Ana  Ruiz ").subject == ("Ana Ruiz",)
    (renamed,) = bench.records.annotators()
    assert (renamed.id, renamed.name) == (ana.id, "Ana Ruiz")
    bench.refused("give a name", joining.rename, renamed, " ")
    bench.refused("so already", joining.rename, renamed, "Ana Ruiz")


@pytest.mark.parametrize("published", ["2021", "2021-08", "2021-08-22", ""])
def test_what_is_known_of_an_article_changes_but_its_text_never(bench: Bench, published: str) -> None:
    bench.do(describing.describe_article, bench.article, title="A meeting", published=published, publisher="Post")
    about = bench.about()
    assert (about.title, about.published, about.publisher) == ("A meeting", published, "Post")
    for field in ("sha256", "length", "id", "author", "created"):
        bench.refused("text never changes", describing.describe_article, bench.article, **{field: "x"})
    for wrong in ("22 August", "2021-13", "2021-8-2"):
        bench.refused("is no date", describing.describe_article, bench.article, published=wrong)


def test_a_choice_that_the_schema_does_not_have_is_refused(bench: Bench) -> None:
    mention, claim = bench.tag("Ana Ruiz"), bench.claim("met Bo Lind")
    bench.refused("Level cannot be “title”", describing.describe_mention, mention.id, level="title")
    bench.refused("Source type cannot be “x”", describing.describe_claim, claim.id, source_type="x")
    bench.do(describing.describe_claim, claim.id, stance="denies", medium="", note="So?")
    assert (bench.its(claim).stance, bench.its(claim).note) == ("denies", "So?")


def test_what_may_be_commented_and_how_it_is_told(bench: Bench) -> None:
    bench.refused("nothing to comment on", commenting.comment, None, "So?")
    for empty in ("", " \n"):
        bench.refused("write something", commenting.comment, bench.article, empty)
    long = "Is this the  Ana Ruiz\nwho built the bridge, or her daughter?"
    edit = bench.do(commenting.comment, bench.article, f" {long} ", "", bench.words("Ana Ruiz"))
    assert edit.subject == (" ".join(long.split())[:40],)
    (said,) = bench.records.comments_in(bench.article)
    assert (said.text, said.quote, said.about) == (long, "Ana Ruiz", "")
    entity = bench.named(bench.tag("Bo Lind")).id
    bench.do(commenting.comment, None, "Who?", entity)
    (about,) = bench.records.comments_on(entity)
    assert (about.article, about.about) == (None, entity)
    bench.do(commenting.reply, about.id, "A diver.")
    assert [one.article for one in bench.records.replies_to(about.id)] == [None]


def test_a_comment_is_put_otherwise_but_not_emptied(bench: Bench) -> None:
    bench.do(commenting.comment, bench.article, "So?")
    (said,) = bench.records.comments_in(bench.article)
    bench.refused("delete it instead", commenting.change_comment, said.id, " ")
    bench.do(commenting.change_comment, said.id, "So what?")
    assert [one.text for one in bench.records.comments_in(bench.article)] == ["So what?"]
    bench.do(commenting.delete_comment, said.id)
    for gesture, more in (
        (commenting.change_comment, ("x",)),
        (commenting.delete_comment, ()),
        (commenting.reply, ("x",)),
    ):
        bench.refused("not in the project any more", gesture, said.id, *more)
