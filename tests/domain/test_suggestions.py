"""Which suggestions are to be shown beside what a person has marked and rejected."""

from annotator.domain.ids import ArticleId, RejectionId
from annotator.domain.proposals import Proposals, ProposedClaim, ProposedMention, ProposedZone
from annotator.domain.spans import Span
from annotator.domain.suggestions import Rejection, Suggestion, Tally, as_suggestions, open_ones
from tests.building import ANNA, new_time

ARTICLE = ArticleId("a")


def suggestions(*proposed: ProposedMention | ProposedClaim | ProposedZone) -> tuple[Suggestion, ...]:
    return as_suggestions(
        ARTICLE,
        Proposals(
            tuple(one for one in proposed if isinstance(one, ProposedMention)),
            tuple(one for one in proposed if isinstance(one, ProposedClaim)),
            tuple(one for one in proposed if isinstance(one, ProposedZone)),
        ),
    )


def mention(start: int, end: int, score: float = 0.5, proposer: str = "m", label: str = "actor") -> ProposedMention:
    return ProposedMention(label, (Span(start, end),), score, "", None, proposer)


def test_the_same_of_two_proposers_is_shown_once_and_the_surer_of_two_that_cross() -> None:
    found = suggestions(mention(0, 5), mention(0, 5, proposer="n"), mention(3, 9, 0.9), mention(20, 22))
    assert [one.hull for one in open_ones(found, (), ())] == [Span(3, 9), Span(20, 22)]


def test_a_rejection_holds_whoever_suggests_it_again() -> None:
    now = new_time()
    no = Rejection(RejectionId("r"), ARTICLE, "mention", "actor", (Span(0, 5),), "", ANNA.annotator, now, now)
    assert open_ones(suggestions(mention(0, 5, 0.99, "another")), (), (no,)) == []
    assert len(open_ones(suggestions(mention(0, 5, label="location")), (), (no,))) == 1


def test_ids_tell_suggestions_apart_and_are_the_same_on_another_day() -> None:
    first, again = suggestions(mention(0, 5)), suggestions(mention(0, 5, 0.7, "n"))
    assert [one.id for one in first] == [one.id for one in again]
    assert first[0].id != suggestions(mention(0, 5, label="location"))[0].id


def test_a_claim_in_another_remembers_which() -> None:
    outer = ProposedClaim((Span(0, 30),), (), (), None, 0.5)
    inner = ProposedClaim((Span(10, 20),), (), (), 0, 0.5)  # the first of the claims is the outer one
    made = {one.hull.start: one for one in suggestions(outer, inner)}
    assert made[10].within == made[0].id
    assert made[0].within == ""


def test_precision_is_of_what_was_decided() -> None:
    assert Tally("m", suggestions(mention(0, 1))[0].kind, "actor", 9, 3, 1, 1).precision == 0.5
    assert Tally("m", suggestions(mention(0, 1))[0].kind, "actor", 9, 0, 0, 0).precision is None
