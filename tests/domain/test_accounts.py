"""Groups of claims, in what accounts differ, and the event row that they make together."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.accounts import Account, components, differing, event_row
from annotator.domain.claims import Claim, Source
from annotator.domain.entities import Basis, Entity, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.ids import ArticleId, ClaimId, EntityId
from annotator.domain.spans import Span
from tests.building import ANNA, make_article, make_entity, new_id, new_time

PAIRS = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=20)
FIGURE = st.none() | st.integers(0, 50)
DAYS = st.sampled_from(("", "2021-08-18", "2021-08-20", "2021-08-22"))
ARTICLE = make_article(publisher="Post")
KABUL = make_entity("Kabul", "place", place=Place(PlaceLevel.POPULATED_PLACE, 34.5, 69.1, Basis.GAZETTEER))
ATLANTIS = make_entity("Atlantis", "place")
SALEH, TALIBAN = make_entity("Saleh"), make_entity("Taliban", "armed group")
ENTITIES = {entity.id: entity for entity in (KABUL, ATLANTIS, SALEH, TALIBAN)}


def account(*speakers: Entity, chain: tuple[str, ...] = (), event: Event = Event(), **fields: Any) -> Account:  # noqa: B008  # it is frozen
    """An account of these speakers; chain is who passes it on, the publisher first."""
    now = new_time()
    sources = tuple(Source((), speaker.name, speaker.id) for speaker in speakers)
    claim = Claim(
        ClaimId(new_id()),
        ArticleId(ARTICLE.id),
        (Span(0, 3),),
        "Ana",
        ANNA.annotator,
        now,
        now,
        sources=sources,
        event=event,
        **fields,
    )
    own = (" and ".join(speaker.name for speaker in speakers),) if speakers else ()
    return Account(claim, ARTICLE, (*chain, *own), ENTITIES)


def killed(**figures: Any) -> Event:
    """An event with one number."""
    return Event(quantities=(Quantity("killed", **figures),))


@given(PAIRS)
def test_components_hold_each_id_once_and_join_both_ends_of_each_pair(pairs: list[tuple[str, str]]) -> None:
    groups = components(pairs)
    ids = [id_ for group in groups for id_ in group]
    assert sorted(ids) == sorted({id_ for pair in pairs for id_ in pair})
    assert all(any({one, other} <= set(group) for group in groups) for one, other in pairs)
    assert all(group == sorted(group) for group in groups)
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)


@given(PAIRS)
def test_ids_of_one_group_are_reached_from_each_other(pairs: list[tuple[str, str]]) -> None:
    for group in components(pairs):
        reached = {group[0]}
        for _ in group:
            reached |= {end for pair in pairs for end in pair if reached & set(pair)}
        assert reached == set(group)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """Any account: denials, words without numbers, open ends."""
    figures = sorted(draw(st.lists(st.integers(0, 50), min_size=3, max_size=3)))
    shown = [figure if draw(st.booleans()) else None for figure in figures]
    earliest, latest = sorted((draw(DAYS), draw(DAYS))) if draw(st.booleans()) else (draw(DAYS), "")
    event = Event(
        date=When("then", earliest, latest),
        quantities=(Quantity("killed", "some", low=shown[0], best=shown[1], high=shown[2]),),
    )
    speakers = draw(st.lists(st.sampled_from((SALEH, TALIBAN)), max_size=2, unique=True))
    return account(*speakers, event=event, stance=draw(st.sampled_from(("affirms", "denies"))))


@given(st.lists(accounts(), max_size=6))
def test_an_event_row_loses_no_claim_and_holds_every_number_and_day(told: list[Account]) -> None:
    row = event_row(told)
    assert row.claims == tuple(account.claim.id for account in told)
    for one in told:
        if one.is_denial:
            assert set(one.sources) <= set(row.denied_by)
            continue
        assert set(one.sources) <= set(row.sources)
        (quantity,), date = one.claim.event.quantities, one.claim.event.date
        (toll,) = row.tolls
        for number in (quantity.low, quantity.best, quantity.high):
            if number is not None:
                assert toll.low is not None
                assert toll.high is not None
                assert toll.low <= number <= toll.high
        if date.earliest or date.latest:
            assert row.earliest <= date.earliest
            assert not row.latest or (date.latest and date.latest <= row.latest)


def test_the_lowest_is_low_and_the_highest_high_and_a_best_only_where_all_agree() -> None:
    row = event_row(
        [account(SALEH, event=killed(best=15)), account(TALIBAN, event=killed(words="at least 40", low=40))]
    )
    (toll,) = row.tolls
    assert (toll.low, toll.best, toll.high, toll.words) == (15, None, 40, ("at least 40",))
    row = event_row([account(SALEH, event=killed(best=15)), account(TALIBAN, event=killed(words="dozens"))])
    assert (row.tolls[0].low, row.tolls[0].best, row.tolls[0].high) == (15, 15, 15)


def test_words_without_numbers_stay_words() -> None:
    (toll,) = event_row([account(SALEH, event=killed(words="dozens"))]).tolls
    assert (toll.low, toll.best, toll.high, toll.words) == (None, None, None, ("dozens",))


def test_numbers_of_different_people_are_never_put_together() -> None:
    both = Event(
        quantities=(Quantity("killed", best=15, whom=TALIBAN.id), Quantity("killed", best=2, whom=EntityId(SALEH.id)))
    )
    row = event_row([account(SALEH, TALIBAN, event=both)])
    assert [(toll.whom, toll.low, toll.best, toll.high) for toll in row.tolls] == [
        ("Taliban", 15, 15, 15),
        ("Saleh", 2, 2, 2),
    ]
    assert "one number of killed for everybody" in row.lacks


def test_a_denial_counts_in_no_number_and_names_who_denies() -> None:
    denial = account(TALIBAN, event=killed(best=99), stance="denies")
    row = event_row([account(SALEH, event=killed(best=15)), denial])
    assert (row.tolls[0].low, row.tolls[0].high) == (15, 15)
    assert (row.sources, row.denied_by) == (("Saleh",), ("Taliban",))


def test_the_office_is_who_passes_it_on() -> None:
    def offices(*told: Account) -> tuple[str, ...]:
        return event_row(told).offices

    assert offices(account(SALEH, chain=("Post", "a tweet"))) == ("a tweet",)
    assert offices(account(SALEH, chain=("Post",))) == ("Post",)
    assert offices(account(chain=("Post", "a tweet"))) == ("a tweet",), "nobody is named inside the tweet"
    assert offices(account(SALEH)) == ("Post",), "the publisher, never the speaker"
    said_by_article = account(chain=("Post",), source_type="article")
    assert (offices(said_by_article), event_row([said_by_article]).sources) == (("Post",), ("Post",))


def test_an_open_end_stays_open() -> None:
    day = account(SALEH, event=Event(date=When("", "2021-08-20", "2021-08-20")))
    since = account(SALEH, event=Event(date=When("", "2021-08-18", "")))
    until = account(SALEH, event=Event(date=When("", "", "2021-08-22")))
    undated = account(SALEH)
    assert [(row.earliest, row.latest) for row in (event_row([day, undated]), event_row([day, since]))] == [
        ("2021-08-20", "2021-08-20"),
        ("2021-08-18", ""),
    ]
    row = event_row([day, until])
    assert (row.earliest, row.latest) == ("", "2021-08-22")
    assert "first day" in row.lacks
    assert "last day" in event_row([since]).lacks
    assert "date" in event_row([undated]).lacks


def test_a_row_says_what_it_lacks() -> None:
    assert event_row([account()]).lacks == ("event type", "date", "actor", "place", "source")
    date = When("Friday", "2021-08-20", "2021-08-20")
    whole = Event("ASSAULT", actors=(TALIBAN.id,), place=KABUL.id, relation="in", date=date)
    assert event_row([account(SALEH, event=whole)]).lacks == ()
    nowhere = Event("ASSAULT", actors=(TALIBAN.id,), place=ATLANTIS.id, relation="in", date=date)
    assert event_row([account(SALEH, event=nowhere)]).lacks == ("coordinates of the place",)


def test_the_place_is_the_one_that_most_accounts_give() -> None:
    near = Event(place=KABUL.id, relation="near")
    told = [account(SALEH, event=Event(place=ATLANTIS.id)), *(account(SALEH, event=near) for _ in range(2))]
    row = event_row(told)
    assert (row.place, row.relation) == (KABUL, "near")


def test_what_differs_is_told_in_words() -> None:
    one = account(SALEH, event=Event("ASSAULT", place=KABUL.id, quantities=(Quantity("killed", best=15),)))
    other = account(
        TALIBAN, event=Event("", place=ATLANTIS.id, quantities=(Quantity("killed", low=40),)), stance="denies"
    )
    assert differing([one, other]) == ("killed", "place", "stance")
    assert differing([one, account(TALIBAN, event=killed(words="dozens"))]) == ("killed",)


def test_two_tolls_of_one_account_are_no_difference() -> None:
    both = Event(
        quantities=(Quantity("killed", best=15, whom=TALIBAN.id), Quantity("killed", best=2, whom=EntityId(SALEH.id)))
    )
    assert differing([account(SALEH, event=both), account(TALIBAN, event=both)]) == ()
