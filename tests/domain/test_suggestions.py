"""Which suggestions are to be shown beside what a person has marked and rejected."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.claims import Claim
from annotator.domain.ids import ArticleId, ClaimId, EntityId, MentionId, RejectionId, ZoneId
from annotator.domain.mentions import Mention
from annotator.domain.needs import need_of
from annotator.domain.open_suggestions import OpenSuggestions
from annotator.domain.proposals import Proposals, ProposedClaim, ProposedMention, ProposedZone
from annotator.domain.spans import Span
from annotator.domain.suggestions import Rejection, Suggestion, Tally, as_suggestions
from annotator.domain.zones import Zone
from tests.building import ANNA, new_time

ARTICLE = ArticleId("a")
NOW = new_time()


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
    assert [one.hull for one in OpenSuggestions(found)] == [Span(3, 9), Span(20, 22)]


def test_a_rejection_holds_whoever_suggests_it_again() -> None:
    now = new_time()
    no = Rejection(RejectionId("r"), ARTICLE, "mention", "actor", (Span(0, 5),), "", ANNA.annotator, now, now)
    assert not OpenSuggestions(suggestions(mention(0, 5, 0.99, "another")), (), (no,))
    assert len(OpenSuggestions(suggestions(mention(0, 5, label="location")), (), (no,))) == 1


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


def test_need_is_of_unsure_disputed_and_unseen_places() -> None:
    known = ProposedMention("actor", (Span(0, 5),), 0.9, "Ana", EntityId("e"), "known names")
    disputed = mention(10, 15, 0.6), mention(10, 15, 0.8, "n", "location")
    new = ProposedMention("actor", (Span(20, 25),), 0.7, "Eva Ruiz", None, "names", "person")
    claims = [ProposedClaim((Span(30, end),), (), (), None, 0.5, "", who) for end, who in ((60, "a"), (50, "b"))]
    need = need_of(suggestions(known, *disputed, new, replace(new, spans=(Span(40, 45),)), *claims))
    assert (need.places, need.disputed, need.unseen) == (6, 2, 1)
    assert need.uncertain == pytest.approx(0.1 + 0.2 + 0.3 + 0.3 + 0.5 + 0.5)
    assert need.value == pytest.approx((1.9 + 2 + 1) / (6 + 10))
    assert need_of(()).value == 0


def test_zones_known_names_and_nameless_ones_are_no_news() -> None:
    zone = ProposedZone("caption", Span(0, 50), 0.5, "zones")
    known = ProposedMention("actor", (Span(0, 8),), 1.0, "Ana Ruiz", EntityId("e"), "known names", "person")
    again = ProposedMention("actor", (Span(0, 8),), 1.0, "Ana Ruiz", None, "names", "person")
    nobody = ProposedMention("actor", (Span(10, 12),), 1.0, "", None, "names", "person")
    kindless = ProposedMention("actor", (Span(14, 16),), 1.0, "Bo", None, "names")
    need = need_of(suggestions(zone, known, again, nobody, kindless))
    assert (need.places, need.uncertain, need.disputed, need.unseen) == (3, 0, 0, 0)


@pytest.mark.parametrize(
    ("claims", "disputed"),
    [
        ([(0, 20, "a"), (0, 20, "b")], 0),
        ([(0, 20, "a"), (20, 40, "b")], 0),
        ([(0, 20, "a"), (10, 40, "b")], 1),
        ([(10, 40, "b"), (0, 20, "a")], 1),
        ([(0, 20, "a"), (10, 40, "a")], 0),
        ([(30, 40, "b"), (0, 20, "a"), (10, 35, "c")], 2),
        ([(0, 20, "a"), (50, 60, "a"), (10, 30, "b"), (55, 70, "b")], 2),
        ([(0, 50, "a"), (10, 20, "a"), (30, 60, "b")], 1),  # the outer claim crosses it, and not the one nested there
    ],
)
def test_claims_of_two_proposers_are_disputed_where_they_cross(
    claims: list[tuple[int, int, str]], disputed: int
) -> None:
    made = [ProposedClaim((Span(start, end),), (), (), None, 0.5, "", who) for start, end, who in claims]
    assert need_of(suggestions(*made)).disputed == disputed
    # A project gives them by proposer.
    assert need_of(sorted(suggestions(*made), key=lambda one: one.proposer)).disputed == disputed


def test_precision_is_of_what_was_decided() -> None:
    assert Tally("m", suggestions(mention(0, 1))[0].kind, "actor", 9, 3, 1, 1).precision == 0.5
    assert Tally("m", suggestions(mention(0, 1))[0].kind, "actor", 9, 0, 0, 0).precision is None


def test_the_whole_name_is_shown_before_a_known_part_of_it_under_the_same_label() -> None:
    known = ProposedMention("actor", (Span(0, 7),), 0.95, "Baghlan", EntityId("e"), "known names")
    whole, otherwise = mention(0, 16), mention(20, 36, label="location")
    part = ProposedMention("actor", (Span(20, 27),), 0.95, "Baghlan", EntityId("e"), "known names")
    shown = OpenSuggestions(suggestions(known, whole, otherwise, part))
    assert [one.hull for one in shown] == [Span(0, 16), Span(20, 27)]


def test_from_the_last_one_goes_to_the_first() -> None:
    shown = OpenSuggestions(suggestions(mention(0, 5), mention(8, 9)))
    first, last = shown
    assert shown.after(first.place) == last
    assert shown.after(last.place) == first
    assert OpenSuggestions().after(first.place) is None


def test_at_a_place_is_the_smallest_that_holds_it() -> None:
    claim = ProposedClaim((Span(0, 900),), (), (), None, 0.5)
    shown = OpenSuggestions(suggestions(claim, mention(600, 605)))
    found = [shown.at(offset) for offset in (600, 605, 900)]
    assert [one.hull if one else None for one in found] == [Span(600, 605), Span(0, 900), None]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 1_200))
    return Span(start, start + draw(st.integers(1, 12) | st.integers(1, 700)))


LABELS = st.sampled_from(["actor", "location"])
PROPOSED = st.one_of(
    st.builds(
        lambda span, label, score, who, entity: ProposedMention(label, (span,), score, "", entity, who),
        spans(),
        LABELS,
        st.sampled_from([0.4, 0.6]),
        st.sampled_from("mn"),
        st.sampled_from([None, EntityId("e")]),
    ),
    st.builds(lambda span, who: ProposedClaim((span,), (), (), None, 0.5, "", who), spans(), st.sampled_from("mn")),
    st.builds(lambda span: ProposedZone("caption", span, 0.5, "z"), spans()),
)


def record(kind: str, id_: str, span: Span, label: str) -> Mention | Claim | Zone:
    who = ANNA.annotator
    if kind == "mention":
        return Mention(MentionId(id_), ARTICLE, label, (span,), "", who, NOW, NOW)
    if kind == "claim":
        return Claim(ClaimId(id_), ARTICLE, (span,), "", who, NOW, NOW)
    return Zone(ZoneId(id_), ARTICLE, "caption", span, who, NOW, NOW)


def no_to(one: Suggestion, id_: str) -> Rejection:
    return Rejection(RejectionId(id_), ARTICLE, one.kind, one.label, one.spans, "", ANNA.annotator, NOW, NOW)


RECORDS = st.builds(record, st.sampled_from(["mention", "claim", "zone"]), st.sampled_from("123"), spans(), LABELS)


@given(st.lists(PROPOSED, max_size=12), st.data())
def test_after_any_changes_the_same_are_shown_as_when_read_anew(
    proposed: list[ProposedMention | ProposedClaim | ProposedZone], data: st.DataObject
) -> None:
    found = suggestions(*proposed)
    steps = RECORDS | st.builds(no_to, st.sampled_from(found), st.sampled_from("45")) if found else RECORDS
    shown, there = OpenSuggestions(found), dict[str, Mention | Claim | Zone | Rejection]()
    for new in data.draw(st.lists(steps, max_size=8)):
        before, old = {one.id for one in shown}, there.pop(new.id, None)
        is_gone = old is not None and data.draw(st.booleans())
        gone, more = shown.change([(old, None if is_gone else new)])
        if not is_gone:
            there[new.id] = new
        records = [one for one in there.values() if not isinstance(one, Rejection)]
        no = [one for one in there.values() if isinstance(one, Rejection)]
        assert list(shown) == list(OpenSuggestions(found, records, no))
        assert {one.id for one in shown} == before - {one.id for one in gone} | {one.id for one in more}
