"""Comparing: who is matched with whom, what differs, what is settled; on work made up at random too."""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.authors import Author, Timestamp
from annotator.domain.claims import Claim, Source
from annotator.domain.comparison import Difference, Item, compare
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.events import Event, Quantity, When
from annotator.domain.ids import DecisionId, EntityId
from annotator.domain.matching import Compared
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from tests.building import ANNA, BEN, make_article, make_author, make_claim, make_mention, new_id, new_time

TEXT = " ".join(f"word{number}" for number in range(400))
ARTICLE = make_article(TEXT)
CEM = make_author()
PEOPLE = (ANNA, BEN, CEM)


def mention(start: int, end: int, author: Author = ANNA, label: str = "actor", **fields: Any) -> Mention:
    made = make_mention(ARTICLE, TEXT, "word0", author=author, label=label, **fields)
    return replace(made, spans=(Span(start, end),), quote=TEXT[start:end])


def claim(start: int, end: int, author: Author = ANNA, **fields: Any) -> Claim:
    made = make_claim(ARTICLE, TEXT, "word0", author=author)
    return replace(made, content=(Span(start, end),), quote=TEXT[start:end], **fields)


def zone(start: int, end: int, author: Author = ANNA, kind: str = "caption") -> Zone:
    return Zone(new_id(), ARTICLE.id, kind, Span(start, end), author.annotator, new_time(), new_time())  # type: ignore[arg-type]


def decision(*about: Compared, created: str = "") -> Decision:
    now = Timestamp(created) if created else new_time()
    ids = tuple(one.id for one in about)
    return Decision(DecisionId(new_id()), ARTICLE.id, Verdict.ACCEPT, ids, BEN.annotator, now, now, taken=ids[0])


def two(*records: Compared) -> tuple[Item, ...]:
    """Anna's work beside Ben's."""
    return compare(records, (), (ANNA.annotator, BEN.annotator))


def only(*records: Compared) -> tuple[Difference, ...]:
    """The differences of the one item that these records make."""
    (item,) = two(*records)
    return item.kinds


def test_the_same_words_and_values_agree() -> None:
    (item,) = two(mention(0, 5), mention(0, 5, BEN))
    assert item.is_agreed
    assert {one.author for one in item.versions} == {ANNA.annotator, BEN.annotator}


def test_what_only_one_has_is_missing() -> None:
    first, second = two(mention(0, 5), mention(6, 11, BEN))
    assert first.kinds == second.kinds == (Difference.MISSING,)
    assert first.of(BEN.annotator) is None


def test_mentions_differ_in_label_words_entity_and_attributes_in_this_order() -> None:
    entity = EntityId(new_id())
    assert only(mention(0, 5), mention(0, 5, BEN, "location")) == (Difference.LABEL,)
    assert only(mention(0, 5), mention(0, 11, BEN)) == (Difference.BOUNDARY,)
    assert only(mention(0, 5), mention(0, 5, BEN, entity=entity)) == (Difference.ENTITY,)
    assert only(mention(0, 5), mention(0, 5, BEN, level="nominal")) == (Difference.ATTRIBUTE,)
    more = (Value("tone", ("sharp",)),)
    assert only(mention(0, 5), mention(0, 5, BEN, attributes=more)) == (Difference.ATTRIBUTE,)
    every = only(mention(0, 5), mention(0, 8, BEN, "location", entity=entity, attributes=more))
    assert every == (Difference.LABEL, Difference.BOUNDARY, Difference.ENTITY, Difference.ATTRIBUTE)


def test_doubts_and_notes_are_no_differences() -> None:
    assert only(mention(0, 5), mention(0, 5, BEN, unsure=True, note="?")) == ()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"sources": (Source((Span(40, 45),), "word6"),)}, Difference.SOURCE),
        ({"cue": (Span(40, 45),), "cue_quote": "word6"}, Difference.CUE),
        ({"stance": "denies"}, Difference.STANCE),
        ({"act": "threatens"}, Difference.ACT),
        ({"manner": "direct"}, Difference.MANNER),
        ({"certainty": "possible"}, Difference.CERTAINTY),
        ({"medium": "tweet"}, Difference.ATTRIBUTE),
        ({"addressee": Source((), "", EntityId("e"))}, Difference.ATTRIBUTE),
        ({"addressee": Source((Span(40, 45),), "word6")}, Difference.ATTRIBUTE),
        ({"source_type": "article"}, Difference.ATTRIBUTE),
        ({"medium_spans": (Span(40, 45),), "medium_quote": "word6"}, Difference.ATTRIBUTE),
        ({"author_stance": "doubts"}, Difference.ATTRIBUTE),
        ({"about": (EntityId("e"),)}, Difference.ATTRIBUTE),
        ({"attributes": (Value("tone", ("sharp",)),)}, Difference.ATTRIBUTE),
        ({"event": Event(type="attack")}, Difference.ATTRIBUTE),
        ({"event": Event(mode="planned")}, Difference.ATTRIBUTE),
        ({"event": Event(actors=(EntityId("e"),))}, Difference.ATTRIBUTE),
        ({"event": Event(recipients=(EntityId("e"),))}, Difference.ATTRIBUTE),
        ({"event": Event(place=EntityId("e"))}, Difference.ATTRIBUTE),
        ({"event": Event(relation="near")}, Difference.ATTRIBUTE),
        ({"event": Event(date=When("then", "2021-08-20", ""))}, Difference.NUMBER),
        ({"said_on": When("Friday", "2021-08-20", "2021-08-20")}, Difference.NUMBER),
        ({"event": Event(quantities=(Quantity("killed", "15", best=15),))}, Difference.NUMBER),
        ({"wording": "Said otherwise.", "note": "Hm.", "unsure": True}, None),
    ],
)
def test_claims_differ_in_their_parts(fields: dict[str, object], kind: Difference | None) -> None:
    assert only(claim(0, 30), claim(0, 30, BEN, **fields)) == ((kind,) if kind else ())


def test_claims_are_matched_by_half_of_their_content() -> None:
    assert only(claim(0, 30), claim(0, 40, BEN)) == (Difference.CONTENT,)
    assert len(two(claim(0, 30), claim(20, 60, BEN))) == 2


def test_of_claims_with_one_content_those_with_the_same_source_are_matched() -> None:
    union, post = EntityId(new_id()), EntityId(new_id())
    said = [Source((), "", union)], [Source((), "", post)]
    mine = [claim(0, 30, sources=tuple(one)) for one in said]
    hers = [claim(0, 30, BEN, sources=tuple(one)) for one in reversed(said)]
    assert [item.kinds for item in two(*mine, *hers)] == [(), ()]


def test_quoted_in_the_same_claim_is_no_difference_though_each_has_her_own() -> None:
    outer, hers = claim(0, 60), claim(0, 60, BEN)
    inner = claim(20, 40, within=outer.id)
    items = two(outer, hers, inner, claim(20, 40, BEN, within=hers.id))
    assert [item.kinds for item in items] == [(), ()]
    items = two(outer, hers, inner, claim(20, 40, BEN))
    assert [item.kinds for item in items] == [(), (Difference.WITHIN,)]


def test_zones_differ_in_kind_and_extent() -> None:
    assert only(zone(0, 50), zone(0, 50, BEN)) == ()
    assert only(zone(0, 50), zone(0, 50, BEN, "credit")) == (Difference.LABEL,)
    assert only(zone(0, 50), zone(0, 90, BEN)) == (Difference.BOUNDARY,)


def test_a_mention_is_never_matched_with_a_claim_or_a_zone() -> None:
    everyone = [who.annotator for who in PEOPLE]
    assert len(compare([mention(0, 30), claim(0, 30, BEN), zone(0, 30, CEM)], (), everyone)) == 3


def test_the_same_words_are_matched_before_words_that_only_overlap() -> None:
    inner, whole = mention(0, 5), mention(0, 11)
    items = two(inner, whole, mention(0, 11, BEN))
    assert [(item.kinds, len(item.versions)) for item in items] == [((), 2), ((Difference.MISSING,), 1)]


def test_the_same_label_is_matched_before_another_one() -> None:
    items = two(mention(0, 11), mention(0, 11, label="location"), mention(0, 11, BEN, "location"))
    assert sorted(item.kinds for item in items) == [(), (Difference.MISSING,)]
    items = two(mention(0, 11), mention(0, 10, label="location"), mention(0, 9, BEN))
    assert sorted(item.kinds for item in items) == [(Difference.MISSING,), (Difference.BOUNDARY,)]


def test_all_records_of_an_item_lie_over_each_other() -> None:
    chain = [mention(0, 10), mention(8, 20, BEN), mention(18, 30, CEM)]
    items = compare(chain, (), [who.annotator for who in PEOPLE])
    assert sorted(len(item.versions) for item in items) == [1, 2]


def marked_by(items: tuple[Item, ...]) -> list[str]:
    """Who has something in each item, by letters: ABC."""
    return sorted("".join("ABC"[PEOPLE.index(who)] for who in PEOPLE if item.of(who.annotator)) for item in items)


def of_three(*records: Compared) -> tuple[Item, ...]:
    return compare(records, (), [who.annotator for who in PEOPLE])


@pytest.mark.parametrize(
    ("mine", "hers", "is_same"),
    [
        (Source((), "Ana", EntityId("e")), Source((Span(40, 45),), "word6", EntityId("e")), True),
        (Source((), "Ana", EntityId("e")), Source((), "Ana", EntityId("f")), False),
        (Source((Span(40, 45),), "word6"), Source((Span(40, 46),), "word6 "), False),
    ],
)
def test_whom_one_means_counts_and_not_how_she_found_her(mine: Source, hers: Source, *, is_same: bool) -> None:
    for field in ({"addressee": mine}, {"addressee": hers}), ({"sources": (mine,)}, {"sources": (hers,)}):
        assert (only(claim(0, 30, **field[0]), claim(0, 30, BEN, **field[1])) == ()) is is_same


def test_actors_in_another_order_are_the_same_actors() -> None:
    e, f = EntityId("e"), EntityId("f")
    both = [Event(actors=pair, recipients=pair) for pair in ((e, f), (f, e))]
    assert only(claim(0, 30, event=both[0], about=(e, f)), claim(0, 30, BEN, event=both[1], about=(f, e))) == ()


def test_an_item_has_its_whole_stretch_its_labels_and_a_name_that_stays() -> None:
    first, second = mention(2, 20), mention(0, 18, BEN, "location")
    (item,) = two(second, first)
    assert item.hull == Span(0, 20)
    assert sorted(item.labels) == ["actor", "location"]
    assert two(first, replace(second, label="actor"))[0].labels == ("actor",)
    assert two(claim(0, 20))[0].labels == ()
    assert item.key == first.id < second.id
    assert (item.of(ANNA.annotator), item.of(BEN.annotator), item.of(CEM.annotator)) == (first, second, None)


def test_of_what_stands_in_one_place_zones_come_first_then_claims_then_mentions() -> None:
    found = two(mention(0, 10), claim(0, 10), zone(0, 10), mention(0, 12), mention(3, 5))
    assert [type(item.versions[0]).__name__ for item in found] == ["Mention", "Zone", "Claim", "Mention", "Mention"]


def test_all_claims_of_an_item_have_half_of_their_content_in_common() -> None:
    assert only(claim(0, 10), claim(0, 20, BEN)) == (Difference.CONTENT,), "half is enough"
    assert len(two(claim(0, 10), claim(0, 21, BEN))) == 2
    chain = of_three(claim(0, 20), claim(5, 25, BEN), claim(10, 30, CEM))
    assert sorted(len(item.versions) for item in chain) == [1, 2]
    assert marked_by(of_three(claim(0, 20), claim(2, 22, BEN), claim(4, 24, CEM))) == ["ABC"]
    assert marked_by(of_three(claim(0, 20), claim(0, 15, BEN), claim(0, 10, CEM))) == ["ABC"]


def test_a_second_record_of_somebody_takes_nobody_out_of_what_the_others_share() -> None:
    shared = [mention(0, 11), mention(0, 11, BEN)]
    again, third = mention(0, 11, label="location"), mention(0, 11, CEM, "date")
    for records in ([*shared, again, third], [again, third, *shared], [third, again, *shared]):
        assert marked_by(of_three(*records)) == ["A", "ABC"]


def test_a_lone_record_of_another_label_does_not_break_up_what_two_have_alike() -> None:
    alone = mention(0, 5, label="other")
    alike = [mention(0, 5, who) for who in (ANNA, BEN)]
    third = mention(0, 5, CEM, label="date")
    assert marked_by(of_three(alone, *alike, third)) == ["A", "ABC"]


def test_words_with_several_labels_are_matched_with_either_of_them_first() -> None:
    for label, other in (("actor", "location"), ("location", "actor")):
        both = mention(0, 20, label=label), mention(0, 20, BEN, other)
        near, nearer = mention(0, 15, CEM, "location"), mention(0, 19, CEM, "date")
        (item,) = (one for one in of_three(*both, near, nearer) if len(one.versions) == 3)
        assert item.of(CEM.annotator) == near


def test_of_one_teammate_everything_is_agreed() -> None:
    items = compare([mention(0, 5), mention(6, 11, BEN)], (), [BEN.annotator])
    assert [(item.is_agreed, len(item.versions)) for item in items] == [(True, 1)]


# What is settled


def test_a_decision_settles_until_a_record_comes_or_changes() -> None:
    mine, hers = mention(0, 5), mention(0, 5, BEN)
    word = decision(mine, hers)
    pair = (ANNA.annotator, BEN.annotator)
    (item,) = compare([mine, hers], [word], pair)
    assert (item.is_settled, item.decision) == (True, word)
    (item,) = compare([mine, replace(hers, label="location", changed=new_time())], [word], pair)
    assert (item.is_settled, item.decision) == (False, word), "what was decided is still shown"
    (item,) = compare([mine, hers, mention(0, 5, CEM)], [word], [who.annotator for who in PEOPLE])
    assert not item.is_settled


def test_the_latest_decision_counts() -> None:
    mine = mention(0, 5)
    first, second = decision(mine), decision(mine)
    for order in ([first, second], [second, first]):
        (item,) = compare([mine], order, [ANNA.annotator])
        assert item.decision == second


def test_a_decision_on_one_record_alone_does_not_settle_what_two_have() -> None:
    mine, hers = mention(0, 5), mention(0, 5, BEN)
    (item,) = compare([mine, hers], [decision(mine)], (ANNA.annotator, BEN.annotator))
    assert not item.is_settled
    both, alone = decision(mine, hers), decision(hers)
    (item,) = compare([mine, hers], [both, alone], (ANNA.annotator, BEN.annotator))
    assert (item.decision, item.is_settled) == (alone, False)
    (item,) = compare([mine, hers], [decision(mine), both], (ANNA.annotator, BEN.annotator))
    assert item.decision != both, "of those on different records the latest one is shown"


def test_what_was_changed_in_the_very_moment_of_the_decision_is_settled() -> None:
    mine = mention(0, 5)
    (item,) = compare([mine], [decision(mine, created=mine.changed)], [ANNA.annotator])
    assert item.is_settled


# At random

PLACES = st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))
WORK = st.lists(
    st.tuples(st.sampled_from(PEOPLE), PLACES, st.sampled_from(["actor", "location", "claim", "zone"])), max_size=25
)


def made(work: list[tuple[Author, tuple[int, int], str]]) -> list[Compared]:
    records: list[Compared] = []
    for who, (start, end), kind in work:
        if kind == "claim":
            records.append(claim(start, end, who))
        elif kind == "zone":
            records.append(zone(start, end, who))
        else:
            records.append(mention(start, end, who, kind))
    return records


@given(WORK, st.sets(st.sampled_from(PEOPLE), min_size=1), st.randoms(use_true_random=False))
def test_every_record_of_the_compared_is_in_one_item_whatever_the_order(
    work: list[tuple[Author, tuple[int, int], str]], people: set[Author], chance: random.Random
) -> None:
    records, ids = made(work), [who.annotator for who in people]
    items = compare(records, (), ids)
    inside = [version.id for item in items for version in item.versions]
    assert sorted(inside) == sorted(record.id for record in records if record.author in ids)
    for item in items:
        authors = [version.author for version in item.versions]
        assert authors == sorted(set(authors))
        assert len({type(version) for version in item.versions}) == 1
    chance.shuffle(records)
    chance.shuffle(ids)
    assert compare(records, (), ids) == items


@given(WORK)
def test_identical_work_is_agreed(work: list[tuple[Author, tuple[int, int], str]]) -> None:
    once = list({(place, kind): (ANNA, place, kind) for _, place, kind in work}.values())
    records = [record for who in PEOPLE for record in made([(who, place, kind) for _, place, kind in once])]
    items = compare(records, (), [who.annotator for who in PEOPLE])
    assert all(item.is_agreed for item in items)
    assert len(items) == len(once)


def far(start: int, length: int, who: Author) -> Mention:
    """A mention anywhere, also beyond the text: comparing reads none."""
    return replace(mention(0, 5, who), spans=(Span(start, start + length),))


def seconds(make: Callable[[int, Author], Mention], count: int) -> float:
    """How long comparing takes at best when each has made so many."""
    records = [make(number, who) for who in PEOPLE for number in range(count)]
    times = []
    for _ in range(3):
        gc.collect()  # else it is done in between, for all that the tests before have left
        begun = time.process_time()
        compare(records, (), [who.annotator for who in PEOPLE])
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize("gap", [10, 0], ids=["side by side", "one inside the other"])
def test_eight_times_the_records_take_about_eight_times_as_long(gap: int) -> None:
    def make(number: int, who: Author) -> Mention:
        return far(gap * number + PEOPLE.index(who), 6 if gap else 10 + 3 * number, who)

    assert seconds(make, 4_000) < 3 * 8 * seconds(make, 500)
