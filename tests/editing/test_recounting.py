"""What a claim tells of: to whom, by which medium, when, what happened where, and how many; and what it cannot."""

from pathlib import Path

import pytest

from annotator.domain.claims import Claim
from annotator.domain.events import LARGEST, Quantity, When
from annotator.editing import designing, recounting
from annotator.editing.schema_json import Section
from tests.editing.bench import Bench

TEXT = "In a tweet Ana Ruiz told Bo Lind that fifteen men died and twenty fled near Kabul on Friday."


@pytest.fixture
def claim(bench: Bench) -> Claim:
    return bench.claim("fifteen men died and twenty fled near Kabul on Friday")


def test_to_whom_it_is_said_is_tagged_and_taken_away(bench: Bench, claim: Claim) -> None:
    assert bench.do(recounting.set_addressee, claim.id, bench.words(" Bo Lind ")).subject == ("Bo Lind",)
    (mention,) = bench.records.mentions_in(bench.article)
    addressee = bench.its(claim).addressee
    assert addressee is not None
    assert (addressee.quote, addressee.spans, addressee.entity) == ("Bo Lind", mention.spans, mention.entity)
    bench.do(recounting.set_addressee, claim.id, ())
    assert bench.its(claim).addressee is None
    bench.refused("Select the words first", recounting.set_addressee, claim.id, bench.words(" "))


def test_the_words_of_a_medium_are_kept_and_taken_away(bench: Bench, claim: Claim) -> None:
    bench.do(recounting.set_medium_words, claim.id, bench.words("In a tweet "))
    assert bench.its(claim).medium_quote == "In a tweet"
    bench.do(recounting.set_medium_words, claim.id, ())
    assert (bench.its(claim).medium_quote, bench.its(claim).medium_spans) == ("", ())


def test_days_go_from_the_first_to_the_last(bench: Bench, claim: Claim) -> None:
    friday = When("on Friday", "2021-08-20", "2021-08-20", bench.words("on Friday"))
    for gesture in (recounting.set_said_on, recounting.set_event_date):
        assert bench.do(gesture, claim.id, friday).subject == ("on Friday",)
        bench.refused("cannot be before the first one", gesture, claim.id, When("", "2021-08-20", "2021-08-19"))
        for wrong in (When("", "Friday", ""), When("", "", "2021-02-30")):
            bench.refused("is no date", gesture, claim.id, wrong)
        bench.refused("so already", gesture, claim.id, friday)
    after = bench.its(claim)
    assert (after.said_on, after.event.date) == (friday, friday)
    assert bench.do(recounting.set_said_on, claim.id, When("", "2021", "")).subject == ("2021",)


def test_what_happened_is_chosen_from_the_lists_and_where_is_a_place(bench: Bench, claim: Claim) -> None:
    kabul, ana = (bench.named(bench.tag(*its)) for its in (("Kabul", "location"), ("Ana Ruiz", "actor")))
    for field in ("type", "relation"):
        bench.refused("is not on the list", recounting.describe_event, claim.id, **{field: "FOO"})
    bench.refused("“Ana Ruiz” is no place", recounting.describe_event, claim.id, place=ana.id)
    bench.do(recounting.describe_event, claim.id, type="ASSAULT", mode="bomb", place=kabul.id)
    event = bench.its(claim).event
    assert (event.type, event.mode, event.place, event.relation) == ("ASSAULT", "bomb", kabul.id, "in")
    bench.do(recounting.describe_event, claim.id, relation="near")
    bench.do(recounting.describe_event, claim.id, place=None)
    bench.do(recounting.describe_event, claim.id, place=kabul.id)
    assert bench.its(claim).event.relation == "near", "what somebody chose is not guessed over"


def test_where_it_is_said_to_be_near_at_once_it_is_near(bench: Bench, claim: Claim) -> None:
    kabul = bench.named(bench.tag("Kabul", "location")).id
    bench.do(recounting.describe_event, claim.id, place=kabul, relation="near")
    assert bench.its(claim).event.relation == "near"


def test_nobody_is_twice_among_those_who_did_it_but_may_be_on_both_sides(bench: Bench, claim: Claim) -> None:
    ana, bo = (bench.named(bench.tag(name)).id for name in ("Ana Ruiz", "Bo Lind"))
    for role, entity in (("actors", ana), ("actors", bo), ("recipients", ana)):
        bench.do(recounting.add_party, claim.id, role, entity)
    bench.refused("“Ana Ruiz” is there already", recounting.add_party, claim.id, "actors", ana)
    bench.refused("“Ana Ruiz” is there already", recounting.add_party, claim.id, "recipients", ana)
    event = bench.its(claim).event
    assert (event.actors, event.recipients) == ((ana, bo), (ana,))


def counted(bench: Bench, what: str, words: str, best: int | None = None) -> Quantity:
    return Quantity(what, words, bench.words(words), best=best)


def test_numbers_are_added_changed_and_taken_away_by_their_place(bench: Bench, claim: Claim) -> None:
    for what, words in (("killed", "fifteen"), ("displaced", "twenty"), ("injured", "fifteen")):
        assert bench.do(recounting.add_quantity, claim.id, counted(bench, what, words)).subject == (words,)
    bench.refused("“fifteen” is a number", recounting.add_quantity, claim.id, counted(bench, "killed", "fifteen"))
    bench.do(recounting.change_quantity, claim.id, 1, low=20, high=30)
    assert bench.do(recounting.remove_quantity, claim.id, 0).subject == ("fifteen",)
    left = bench.its(claim).event.quantities
    assert [(one.what, one.low, one.high) for one in left] == [("displaced", 20, 30), ("injured", None, None)]
    for index in (-1, 2):
        bench.refused("no such number", recounting.remove_quantity, claim.id, index)
        bench.refused("no such number", recounting.change_quantity, claim.id, index, low=1)


def test_numbers_that_make_no_sense_are_refused(bench: Bench, claim: Claim) -> None:
    bench.do(recounting.add_quantity, claim.id, counted(bench, "killed", "fifteen", best=15))
    bench.refused("^The lowest number cannot be above", recounting.change_quantity, claim.id, 0, low=16)
    bench.refused("“eaten” is not one of the numbers", recounting.change_quantity, claim.id, 0, what="eaten")
    bench.refused("“eaten” is not one", recounting.add_quantity, claim.id, counted(bench, "eaten", "twenty"))
    for field in ("low", "best", "high"):
        figures = {"low": None, "best": None, "high": None, field: LARGEST + 1}
        bench.refused("is too large", recounting.change_quantity, claim.id, 0, **figures)
    bench.do(recounting.change_quantity, claim.id, 0, high=LARGEST)
    assert bench.its(claim).event.quantities[0].high == LARGEST


def test_without_the_part_in_the_schema_it_is_not_said_but_may_be_taken_away(bench: Bench, claim: Claim) -> None:
    friday = When("on Friday", "2021-08-20", "2021-08-20")
    bench.do(recounting.set_event_date, claim.id, friday)
    bench.do(recounting.set_said_on, claim.id, friday)
    bench.do(designing.change_event, {"tier": "off"})
    bench.do(designing.change, Section.CLAIM_ATTRIBUTES, "said_on", {"tier": "off"})
    for gesture, value in (
        (recounting.set_event_date, When("", "2021", "")),
        (recounting.add_quantity, counted(bench, "killed", "fifteen")),
    ):
        bench.refused("say nothing about events", gesture, claim.id, value)
    bench.refused("do not say when they were made", recounting.set_said_on, claim.id, When("", "2021", ""))
    for gesture in (recounting.set_event_date, recounting.set_said_on):
        bench.do(gesture, claim.id, When())
    assert (bench.its(claim).event.date, bench.its(claim).said_on) == (When(), When())


def test_in_a_schema_without_these_parts_they_are_refused(tmp_path: Path) -> None:
    bench = Bench(tmp_path, TEXT, "conll_2003")
    claim = bench.claim("fifteen men died")
    bench.refused("do not have to whom they are said", recounting.set_addressee, claim.id, bench.words("Bo Lind"))
    bench.refused("do not have the words of a medium", recounting.set_medium_words, claim.id, bench.words("In a tweet"))
    bench.refused("say nothing about events", recounting.describe_event, claim.id, type="ASSAULT")
    bench.workspace.close()
