"""Which suggestions are shown beside what a person has marked: nothing that repeats it, nothing that contradicts it."""

from dataclasses import replace

import pytest

from annotator.domain.claims import Claim
from annotator.domain.ids import ArticleId, ClaimId, EntityId, MentionId, RejectionId, ZoneId
from annotator.domain.mentions import Mention
from annotator.domain.open_suggestions import OpenSuggestions
from annotator.domain.spans import Span
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionKind, suggestion_id
from annotator.domain.zones import Zone
from tests.building import ANNA, new_time

ARTICLE, NOW = ArticleId("a"), new_time()
Record = Mention | Claim | Zone


def suggested(kind: str, *pieces: tuple[int, int], label: str = "actor", proposer: str = "m") -> Suggestion:
    spans, of = tuple(Span(*piece) for piece in pieces), SuggestionKind(kind)
    its = label if kind != "claim" else ""
    return Suggestion(suggestion_id(ARTICLE, of, its, spans), ARTICLE, proposer, of, its, spans, 0.5)


def mention(start: int, end: int, label: str = "actor", *more: tuple[int, int]) -> Mention:
    spans = tuple(Span(*piece) for piece in ((start, end), *more))
    return Mention(MentionId("1"), ARTICLE, label, spans, "…", ANNA.annotator, NOW, NOW)


def claim(*pieces: tuple[int, int]) -> Claim:
    spans = tuple(Span(*piece) for piece in pieces)
    return Claim(ClaimId("2"), ARTICLE, spans, "…", ANNA.annotator, NOW, NOW)


def zone(start: int, end: int) -> Zone:
    return Zone(ZoneId("3"), ARTICLE, "caption", Span(start, end), ANNA.annotator, NOW, NOW)


NAME, CLAIM, ZONE = suggested("mention", (10, 20)), suggested("claim", (10, 20)), suggested("zone", (10, 20))


@pytest.mark.parametrize(
    ("record", "one", "is_shown"),
    [
        (mention(10, 20), NAME, False),
        (mention(10, 20, "location"), NAME, False),  # the same words are judged
        (mention(12, 15), NAME, False),  # all or a part of it under the same label
        (mention(5, 25), NAME, False),
        (mention(12, 15, "location"), NAME, True),  # a place in the name of a body, a person in that of a bridge
        (mention(5, 25, "location"), NAME, True),
        (mention(5, 15, "location"), NAME, False),  # what crosses does not go together
        (mention(15, 25, "location"), NAME, False),
        (mention(20, 25), NAME, True),
        (mention(5, 10), NAME, True),
        (mention(0, 5, "actor", (30, 35)), NAME, True),  # it stands between the pieces
        (mention(0, 5, "actor", (18, 35)), NAME, False),
        (claim((10, 20)), NAME, True),
        (zone(10, 20), NAME, True),
        (claim((10, 20)), CLAIM, False),
        (claim((10, 15)), CLAIM, False),  # half of the union
        (claim((10, 14)), CLAIM, True),
        (claim((15, 25)), CLAIM, True),
        (claim((0, 30)), CLAIM, True),
        (claim((0, 20)), CLAIM, False),
        (claim((8, 12), (14, 16), (17, 20)), CLAIM, False),  # 7 of 12
        (claim((5, 12), (14, 16), (30, 33)), CLAIM, True),  # 4 of 18
        (mention(10, 20), CLAIM, True),
        (zone(19, 40), ZONE, False),
        (zone(20, 40), ZONE, True),
        (mention(10, 20), ZONE, True),
        (claim((10, 20)), ZONE, True),
    ],
)
def test_what_is_marked_hides_what_repeats_or_contradicts_it(
    record: Record, one: Suggestion, *, is_shown: bool
) -> None:
    assert list(OpenSuggestions([one], [record])) == ([one] if is_shown else [])
    shown = OpenSuggestions([one])
    gone, new = shown.change([(None, record)])
    assert (gone, new, list(shown)) == (([], [], [one]) if is_shown else ([one], [], []))
    assert shown.get(one.id) == (one if is_shown else None)
    assert shown.at(10) == (one if is_shown else None)
    gone, new = shown.change([(record, None)])
    assert (gone, new, list(shown)) == ([], [] if is_shown else [one], [one])
    assert shown.get(one.id) == one


@pytest.mark.parametrize("one", [NAME, CLAIM, ZONE], ids=["mention", "claim", "zone"])
@pytest.mark.parametrize(
    ("bounds", "is_shown"), [((10, 20), False), ((5, 30), False), ((11, 30), True), ((0, 19), True)]
)
def test_nothing_is_shown_that_lies_in_a_zone_out_of_play(
    one: Suggestion, bounds: tuple[int, int], *, is_shown: bool
) -> None:
    record = zone(*bounds)
    is_hidden = not is_shown or one is ZONE
    assert list(OpenSuggestions([one], [record], out_of_play={record.kind})) == ([] if is_hidden else [one])
    shown = OpenSuggestions([one], out_of_play={record.kind})
    assert shown.change([(None, record)]) == (([one], []) if is_hidden else ([], []))
    assert shown.change([(record, None)]) == (([], [one]) if is_hidden else ([], []))


@pytest.mark.parametrize("kind", ["mention", "claim", "zone"])
def test_what_several_propose_is_shown_once_with_what_one_of_them_knows(kind: str) -> None:
    plain = suggested(kind, (600, 1_700), proposer="a")
    known = replace(plain, proposer="b", known_entity=EntityId("e"), score=0.1)
    for given in ([plain, known], [known, plain]):
        shown = OpenSuggestions(given)
        assert list(shown) == [known]
        assert shown.get(plain.id) == known
        assert shown.at(1_699) == known
        assert shown.change([(None, mention(0, 5))]) == ([], []), "what is far away changes nothing"


def test_of_names_that_cross_only_what_comes_or_goes_is_told() -> None:
    ends = ((0, 10, 0.9), (8, 16, 0.5), (15, 25, 0.9))
    first, between, last = (replace(suggested("mention", (start, end)), score=score) for start, end, score in ends)
    shown = OpenSuggestions([first, between, last])
    assert list(shown) == [first, last]
    assert shown.change([(None, mention(0, 10))]) == ([first], [])
    assert shown.change([(mention(0, 10), None)]) == ([], [first])
    assert list(shown) == [first, last]


@pytest.mark.parametrize("one", [NAME, CLAIM, ZONE], ids=lambda one: one.kind.value)
def test_what_was_rejected_is_hidden_until_that_is_taken_back_by_all_who_did(one: Suggestion) -> None:
    twice = [
        Rejection(RejectionId(id_), ARTICLE, one.kind.value, one.label, one.spans, "…", ANNA.annotator, NOW, NOW)
        for id_ in ("4", "5")
    ]
    shown = OpenSuggestions([one, suggested("mention", (40, 50))])
    assert shown.change([(None, twice[0]), (None, twice[1])]) == ([one], [])
    assert shown.get(one.id) is None
    assert shown.change([(twice[0], None)]) == ([], [])
    assert shown.change([(twice[1], None)]) == ([], [one])
    assert [each.hull.start for each in shown] == [10, 40]


def test_of_names_that_cross_only_those_are_shown_that_go_together() -> None:
    names = [suggested("mention", piece) for piece in ((0, 6), (5, 12), (11, 20), (30, 31), (2, 4))]
    ranked = [replace(one, score=score) for one, score in zip(names, (0.4, 0.9, 0.5, 0.1, 0.3), strict=True)]
    for given in (ranked, ranked[::-1], [*ranked[2:], *ranked[:2]]):
        assert [one.hull for one in OpenSuggestions(given)] == [Span(2, 4), Span(5, 12), Span(30, 31)]


def test_of_two_that_are_as_sure_and_cross_the_longer_one_is_shown() -> None:
    short, long = suggested("mention", (0, 6), label="location"), suggested("mention", (5, 15))
    assert list(OpenSuggestions([short, long])) == [long]
    beside = suggested("mention", (6, 16))
    assert list(OpenSuggestions([beside, short])) == [short, beside]


def test_the_one_whose_entity_is_not_certain_comes_after_the_one_where_it_is() -> None:
    asked = replace(suggested("mention", (0, 6)), may_be=("e", "f"), score=0.2)
    sure = replace(suggested("mention", (5, 12)), known_entity=EntityId("e"), score=0.9)
    assert list(OpenSuggestions([sure, asked])) == [asked], "two who may be meant are asked for first"
    assert list(OpenSuggestions([sure, replace(asked, may_be=())])) == [sure]


def test_at_a_place_the_one_with_the_fewest_letters_there_is_meant_and_none_in_a_gap() -> None:
    pieces = suggested("claim", (0, 4), (10, 14))
    inner = suggested("mention", (2, 11))
    shown = OpenSuggestions([pieces, inner])
    assert [shown.at(offset) for offset in (1, 3, 6, 10, 13, 14)] == [pieces, pieces, inner, pieces, pieces, None]
