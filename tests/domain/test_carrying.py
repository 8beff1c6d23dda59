"""Words are found in another version of a text only where it is certain which ones are meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.carrying import Carrier
from annotator.domain.spans import Span

BEFORE = (
    "Kabul, Monday. Officials said that the bridge near the river had been closed by the army for repairs. "
    "Later in the day officials said that the road to the airport was open, and that 12 men had been hurt."
)


def at(text: str, words: str, nth: int = 1) -> Span:
    """The nth place of words in a text."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def carried(after: str, words: str, nth: int = 1, before: str = BEFORE) -> tuple[Span, ...] | str:
    """Where the nth place of words before is after."""
    return Carrier(before, after).carried((at(before, words, nth),))


def test_words_that_occur_again_are_told_apart_by_what_stands_around_them() -> None:
    after = "Correction added. " + BEFORE
    assert carried(after, "said", 2) == (at(after, "said", 2),)


def test_one_side_as_it_was_is_enough_where_only_one_place_has_it() -> None:
    after = BEFORE.replace("Officials said", "On Tuesday officials said")
    assert carried(after, "said") == (at(after, "said"),)
    after = BEFORE.replace("12 men had been hurt.", "12 men had died.")
    assert carried(after, "12 men") == (at(after, "12 men"),)
    after = "Elsewhere, 12 men went fishing."
    assert carried(after, "12 men") == "“12 men” stands between other words"


def test_words_that_are_gone_or_could_be_several_are_not_carried() -> None:
    assert carried(BEFORE.replace("airport", "harbour"), "airport") == "“airport” is not in this text"
    before = "She said it. " * 20
    assert carried(f"{before}Then ", "said", 9, before) == "“said” stands in several such places"


def test_what_stood_in_several_places_and_now_in_one_is_nobodys_guess() -> None:
    before, after = "A man, a plan. " * 9, "A man, a plan. " * 3
    assert carried(after, "plan", 5, before) == "“plan” stands in several such places"


def test_the_same_surroundings_twice_before_are_not_mapped_to_the_one_that_is_left() -> None:
    filler = "x" * 40
    before = f"{filler} Kabul {filler} | {filler} Kabul {filler}"
    after = f"{filler} Kabul {filler}"
    assert isinstance(carried(after, "Kabul", 1, before), str)


def test_a_word_is_not_found_inside_a_longer_one() -> None:
    before = "They met in Kara and left."
    assert isinstance(carried("They met in Karachi today.", "Kara", 1, before), str)


def test_pieces_that_changed_places_are_not_carried() -> None:
    mayor = "On Monday in the early morning the mayor of the old town spoke to the people about the water."
    head = "On Tuesday in the late evening the head of the new school spoke to the people about the books."
    before, after = f"{mayor} {head}", f"{head} {mayor}"
    spans = (at(before, "mayor of the old town"), at(before, "head of the new school"))
    assert Carrier(before, after).carried(spans) == "its pieces stand in another order"


WORDS = st.lists(st.sampled_from(["Kabul", "said", "the", "bridge", "12", "näher", "桥", "🙂", "."]), max_size=30)


@given(WORDS, WORDS, WORDS, st.data())
def test_what_is_carried_has_the_same_words_and_the_text_itself_loses_nothing_certain(
    first: list[str], second: list[str], third: list[str], data: st.DataObject
) -> None:
    before = " ".join([*first, "Kabul", *second])
    after = " ".join([*third, "Kabul", *second])
    start = data.draw(st.integers(0, len(before) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(before))))
    found = Carrier(before, after).carried((span,))
    if not isinstance(found, str):
        assert found[0].cut(after) == span.cut(before)
    unmoved = Carrier(before, before).carried((span,))
    assert isinstance(unmoved, str) or unmoved == (span,)


SENTENCES = (
    "Ana left. ",
    "Bo Lind met Ana in Kabul on Friday, he said. ",
    "anana ",
    "Men of the Valley Front died near Orsa. ",
    "\n",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5)


def places(text: str, words: str) -> list[tuple[int, str, str]]:
    """Every place of the words with the 32 letters before and after them."""
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    return [(at, text[max(0, at - 32) : at], text[at + len(words) :][:32]) for at in starts]


def certain(before: str, after: str, span: Span) -> int | None:
    """The rule as it is written for people: once with both sides, or else once with one of them, in either text."""
    words = span.cut(before)
    there, here = places(before, words), places(after, words)
    ((_, left, right),) = [one for one in there if one[0] == span.start]
    for is_alike in (
        lambda one: one[1] == left and one[2] == right,
        lambda one: one[1] == left or one[2] == right,
    ):
        old, new = list(filter(is_alike, there)), list(filter(is_alike, here))
        if len(old) == len(new) == 1 and glued(old[0], words) == glued(new[0], words):
            return new[0][0]
        if new:
            return None
    return None


def glued(place: tuple[int, str, str], words: str) -> tuple[bool, bool]:
    """Whether a letter follows directly on either side of a word that ends in one."""
    _, left, right = place
    return bool(left) and (left[-1] + words[0]).isalnum(), bool(right) and (words[-1] + right[0]).isalnum()


@settings(max_examples=300)
@given(before=TEXTS, after=TEXTS, data=st.data())
def test_words_are_carried_just_where_the_rule_says(before: list[str], after: list[str], data: st.DataObject) -> None:
    old, new = "".join(before), "".join(data.draw(st.sampled_from([after, before[1:] + after, before + after])))
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, min(len(old), start + 40))))
    carried, wanted = Carrier(old, new).carried((span,)), certain(old, new, span)
    if wanted is None:
        assert isinstance(carried, str)
    else:
        assert carried == (Span(wanted, wanted + len(span)),)


def test_pieces_may_touch_in_the_other_text_but_not_change_places() -> None:
    carrier = Carrier("Ana (the elder) Ruiz", "Ana Ruiz")
    assert carrier.carried((Span(0, 4), Span(16, 20))) == (Span(0, 4), Span(4, 8))
    one, other = "x" * 40, "y" * 40
    carrier = Carrier(f"{one} Ana {other} Bo", f"{other} Bo {one} Ana")
    assert carrier.carried((Span(41, 44), Span(86, 88))) == "its pieces stand in another order"


@pytest.mark.parametrize(
    ("count", "shown"),
    [(32, "“" + "a" * 32 + "” is not in this text"), (33, "“" + "a" * 32 + "…” is not in this text")],
)
def test_long_words_are_told_by_their_beginning(count: int, shown: str) -> None:
    assert Carrier("a" * count, "b").carried((Span(0, count),)) == shown
