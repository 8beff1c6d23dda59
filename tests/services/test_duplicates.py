"""Same or not? Likely duplicates are proposed with their reasons; father and son are never swept together."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entities import Alias
from annotator.domain.ids import EntityId
from annotator.domain.sameness import Named, Pair
from annotator.services.duplicates import DuplicateFinder, find_duplicates, named
from tests.building import make_entity
from tests.nlp.name_pairs import HELD_OUT, LIKELY, PAIRS, pairs, proposed, quality


def person(id_: str, *names: str, contexts: tuple[str, ...] = ()) -> Named:
    return Named(EntityId(id_), "person", names, contexts)


def found(*entities: Named, settled: tuple[frozenset[EntityId], ...] = ()) -> list[Pair]:
    return [pair for *_, step in find_duplicates(entities, settled) for pair in step]


def test_pairs_of_many_scripts_and_cultures_are_told_apart() -> None:
    seen, held_out = quality(PAIRS), quality(HELD_OUT)  # the benchmark prints them
    assert seen.precision >= 0.97
    assert seen.recall >= 0.93
    assert held_out.precision >= 0.93
    assert held_out.recall >= 0.85


@pytest.mark.parametrize(("one", "other"), pairs("?") + pairs("?", HELD_OUT), ids=lambda entity: entity.names[0])
def test_what_only_a_person_can_tell_is_asked_and_never_likely(one: Named, other: Named) -> None:
    pair = proposed(one, other)
    assert pair is not None
    assert 0 < pair.score <= LIKELY
    assert pair.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King, Martin Luther, Jr.", "Martin Luther King Jr."),
        ("Ruiz, Ana, Dr.", "Ana Ruiz"),
        ("Ruiz, Ana,", "Ana Ruiz"),
        ("Abdul Ghani", "Abdulghani"),
        ("Abdul Aziz Lind", "Abdelaziz Lind"),
        ("Abd al-Rahman", "Abdurrahman"),
        ("नरेन्द्र मोदी", "नरेंद्र मोदी"),
    ],
)
def test_one_name_is_known_in_whatever_order_and_words_it_is_written(one: str, other: str) -> None:
    (pair,) = found(person("1", one), person("2", other))
    assert pair.score > LIKELY


def test_names_are_not_alike_because_their_letters_are_without_vowel_signs() -> None:
    assert not found(person("1", "राम"), person("2", "रमा"))


def test_father_and_son_may_be_family_and_no_more() -> None:
    (pair,) = found(person("1", "Ahmad Massoud"), person("2", "Ahmad Shah Massoud"))
    assert pair.score < LIKELY
    assert pair.why == ("may be family: one has “Shah” in the middle",)


def test_a_surname_among_their_names_does_not_bring_father_and_son_closer() -> None:
    (pair,) = found(person("1", "Ahmad Massoud", "Massoud"), person("2", "Ahmad Shah Massoud", "Massoud"))
    assert pair.score < LIKELY
    assert not found(person("1", "Ahmad Massoud", "Massoud"), person("2", "Yunus Massoud", "Massoud"))


def test_a_bare_surname_is_proposed_to_all_who_bear_it_and_says_so() -> None:
    entities = [person("1", "Massoud"), person("2", "Ahmad Massoud"), person("3", "Yunus Massoud")]
    proposed_pairs = found(*entities)
    assert [pair.ids for pair in proposed_pairs] == [frozenset({"1", "2"}), frozenset({"1", "3"})]
    assert all("2 entities bear “Massoud”" in pair.why for pair in proposed_pairs)
    assert all(pair.score <= 0.4 for pair in proposed_pairs)
    assert DuplicateFinder(entities).find(entities[1])[0].why == proposed_pairs[0].why
    (alone,) = found(*entities[:2])
    assert alone.why == ("same surname, the other name is missing",)


def test_senior_and_junior_are_two() -> None:
    assert not found(person("1", "senior Massoud"), person("2", "junior Massoud"))
    assert not found(person("1", "Hassan Khan Jr."), person("2", "Hussein Khan"))
    (pair,) = found(person("1", "junior Massoud"), person("2", "Ahmad Massoud"))
    assert pair.why == ("may be family: one is called “junior”",)


def test_a_name_that_too_many_bear_does_not_flood_the_list() -> None:
    many = [person(f"{a}{b}", f"{a.upper()}a{b} Khan") for a in "bdfgklmnprst" for b in "bdfgklmnprst"]
    assert not [pair for pair in found(person("x", "Khan"), *many) if "x" in pair.ids]
    assert len([pair for pair in found(person("x", "Khan"), *many[:20]) if "x" in pair.ids]) == 20


def test_unnamed_sources_are_never_proposed() -> None:
    officials = [Named(EntityId(id_), "unnamed source", ("officials",)) for id_ in "12"]
    assert not found(*officials)
    assert not DuplicateFinder(officials).find(officials[0])


@pytest.mark.parametrize(
    ("one", "other", "is_proposed"),
    [
        ("person", "place", False),
        ("person", "organisation", False),
        ("place", "state body", False),
        ("armed group", "organisation", True),
        ("state body", "media outlet", True),
        ("my own kind", "my own kind", True),
        ("my own kind", "person", False),
    ],
)
def test_kinds_must_go_together(one: str, other: str, is_proposed: bool) -> None:  # noqa: FBT001
    assert (
        bool(found(Named(EntityId("1"), one, ("Kabul Herald",)), Named(EntityId("2"), other, ("Kabul Herald",))))
        == is_proposed
    )


def test_what_was_settled_as_different_is_left_out() -> None:
    entities = [person("1", "Amrullah Saleh"), person("2", "Amrullah Salh"), person("3", "A. Saleh")]
    settled = (frozenset((EntityId("2"), EntityId("1"))),)
    assert {pair.ids for pair in found(*entities)} == {frozenset(ids) for ids in ("12", "13", "23")}
    assert {pair.ids for pair in found(*entities, settled=settled)} == {frozenset(ids) for ids in ("13", "23")}
    assert [pair.ids for pair in DuplicateFinder(entities, settled).find(entities[0])] == [frozenset("13")]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("place", "Kabul Province", "Kabul District"),
        ("armed group", "Brigade 1001", "Brigade 101"),
        ("armed group", "Kabul fighters", "Kabul militants"),
        ("person", "Hassan Ahmadi", "Hussein Ahmadi"),
        ("person", "George Bush Jr.", "George Bush Sr."),
    ],
)
def test_what_cannot_be_one_is_not_even_asked(kind: str, one: str, other: str) -> None:
    assert not found(Named(EntityId("1"), kind, (one,)), Named(EntityId("2"), kind, (other,)))


@pytest.mark.parametrize(
    ("kind", "one", "other", "why"),
    [
        ("person", "Amrullah Saleh", "Amrullah Salh", "spelling differs by 1 letter"),
        ("person", "A. Saleh", "Amrullah Saleh", "“A.” fits “Amrullah”"),
        ("person", "Vladimir Putin", "Владимир Путин", "same name in another script"),
        ("person", "General Ana Ruiz", "Ana Ruiz", "one has the title “general”"),
        ("person", "Hassan Masoud", "Hassan Massoud", "same name, written otherwise (sounds alike)"),
        ("person", "Abdul Qadir", "Abd al-Qadir", "same name"),
        ("person", "Salman", "Mohammed bin Salman", "may be family: “Mohammed bin Salman” names a parent"),
        ("person", "Xi Jinping", "Jinping Xi", "same names in another order"),
        ("organisation", "UN", "United Nations", "“UN” are the first letters of “United Nations”"),
        ("armed group", "Taliban", "Taliban movement", "same but for “movement”"),
        ("place", "Deh Salah", "Dehsalah", "written in one word or in several"),
        ("place", "Kabul", "Kabul Province", "one is a province, the other does not say"),
    ],
)
def test_a_pair_says_why(kind: str, one: str, other: str, why: str) -> None:
    (pair,) = found(Named(EntityId("1"), kind, (one,)), Named(EntityId("2"), kind, (other,)))
    assert why in pair.why


@pytest.mark.parametrize(
    ("kind", "short", "full"),
    [
        ("person", "Bin Laden", "Osama bin Laden"),
        ("person", "De Gaulle", "Charles de Gaulle"),
        ("organisation", "Nato", "North Atlantic Treaty Organization"),
        ("place", "St. Petersburg", "Saint Petersburg"),
    ],
)
def test_names_as_papers_shorten_them_are_proposed_from_both_sides(kind: str, short: str, full: str) -> None:
    one, other = Named(EntityId("1"), kind, (short,)), Named(EntityId("2"), kind, (full,))
    assert DuplicateFinder([other]).find(one) == DuplicateFinder([one]).find(other) != []


def test_a_description_meets_the_name_it_stands_near() -> None:
    described = person("1", "the ex-vice president")
    near = person("2", "Amrullah Saleh", contexts=("Amrullah Salh (right), former vice-president for Afghanistan",))
    far = person("3", "Ana Ruiz", contexts=("said Ana Ruiz, the mayor",))
    (pair,) = found(described, near, far)
    assert pair.ids == {"1", "2"}
    assert pair.why == ("“vice president” stands near the other name",)
    assert pair.score < LIKELY


def test_an_entity_is_compared_by_its_name_and_aliases() -> None:
    one = make_entity("Amrullah Saleh", aliases=(Alias("the Lion"), Alias("Karim Baba")))
    other = make_entity("Kareem Baba")
    (pair,) = found(named(one), named(other))
    assert pair.ids == {one.id, other.id}


def test_the_order_in_which_entities_come_changes_nothing() -> None:
    entities = [entity for number, both in enumerate(pairs("+") + pairs("-")) for entity in renumbered(number, both)]
    expected = found(*entities)
    assert len(expected) > 50
    shuffled = entities.copy()
    random.Random(4).shuffle(shuffled)
    assert found(*shuffled) == expected
    assert len({pair.ids for pair in expected}) == len(expected)


def renumbered(number: int, both: tuple[Named, Named]) -> list[Named]:
    return [
        Named(EntityId(f"{number:03}{side}"), entity.kind, entity.names)
        for side, entity in zip("ab", both, strict=True)
    ]


def test_the_job_tells_how_far_it_is_and_can_be_left_at_any_step() -> None:
    entities = [person(f"{number:04}", f"Ana{number} Ruiz") for number in range(250)]
    steps = [(done, total) for done, total, _ in find_duplicates(entities)]
    assert steps == [(100, 500), (200, 500), (250, 500), (350, 500), (450, 500), (500, 500)]
    assert not list(find_duplicates([]))
    work = find_duplicates(entities)
    next(work)
    work.close()  # type: ignore[attr-defined]


def test_a_new_entity_is_compared_with_all_and_then_is_one_of_them() -> None:
    finder = DuplicateFinder([person("1", "Amrullah Saleh")])
    new = person("2", "Amrullah Salh")
    assert [pair.ids for pair in finder.find(new)] == [frozenset("12")]
    finder.add(new)
    assert [pair.ids for pair in finder.find(person("3", "A. Saleh"))] == [frozenset("13"), frozenset("23")]


PIECES = "Ahmad Shah bin abu abd al - . , ( ) UN U.N. Jr the president محمد Иван 東京 A. é ' 5 \u200c İ".split(" ")
NAMES = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join), st.text(min_size=1, max_size=20)
)
KINDS = st.sampled_from(["person", "place", "organisation", "crowd", "unnamed source", "other"])


@given(st.lists(st.tuples(KINDS, st.lists(NAMES, min_size=1, max_size=3)), max_size=6))
def test_no_names_break_it_and_both_sides_see_the_same(made: list[tuple[str, list[str]]]) -> None:
    entities = [Named(EntityId(f"{n}"), kind, tuple(names), tuple(names)) for n, (kind, names) in enumerate(made)]
    finder = DuplicateFinder(entities)
    one_way = found(*entities)
    both_ways = {pair for entity in entities for pair in finder.find(entity)}
    assert {pair.ids for pair in both_ways} == {pair.ids for pair in one_way}
    assert {(pair.ids, pair.score) for pair in both_ways} == {(pair.ids, pair.score) for pair in one_way}
    assert all(0 < pair.score <= 1 and pair.why and pair.first < pair.second for pair in both_ways)
