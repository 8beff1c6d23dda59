"""Selections snap to words in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.words import (
    next_word_end,
    next_word_start,
    previous_word_end,
    previous_word_start,
    snapped,
    word_at,
)

TEXTS = st.text(alphabet="ab é́'’ -.\n東京สวแم\u0651א😀\u200d", max_size=40)


@pytest.mark.parametrize(
    ("text", "selected", "expected"),
    [
        ("the ex-vice president", "ice pres", "vice president"),
        ("Taliban-controlled area", "aliba", "Taliban"),
        ("O'Brien's boat", "Brien", "O'Brien"),
        ("Giscard d’Estaing said", "stain", "d’Estaing"),
        ("the UK's plan", "U", "UK"),
        ("said Ana Ruiz, who", "na Ru", "Ana Ruiz"),
        ("  Ana  ", " Ana ", "Ana"),
        ("cafe\u0301 noir", "caf", "cafe\u0301"),
        ("東京都知事は言った", "京都", "京都"),
        ("صرّح الوزير أمس", "لوزي", "الوزير"),
        ("صرّح الوزير", "صر", "صرّح"),
        ("אמר השר", "מ", "אמר"),
        ("हिन्दी में कहा।", "न", "हिन्दी"),  # vowel signs and the sign of no vowel belong to the letter before
        ("ने कहा।", "हा", "कहा"),
        ("বাংলাদেশ বলেছে", "ল", "বাংলাদেশ"),
        ("தமிழ்நாடு அரசு", "ழ", "தமிழ்நாடு"),
        ("ශ්‍රී ලංකාව", "ර", "ශ්‍රී"),
        ("שָׁלוֹם לך", "ל", "שָׁלוֹם"),
        ("3,500 men", "5", "500"),
        ("Straße 5", "tra", "Straße"),
        ("😀Ana😀", "n", "Ana"),
        ("“Yes”", "“Yes”", "“Yes”"),
    ],
)
def test_a_selection_grows_to_whole_words(text: str, selected: str, expected: str) -> None:
    start = text.index(selected)
    span = snapped(text, Span(start, start + len(selected)))
    assert span is not None
    assert span.cut(text) == expected


@pytest.mark.parametrize("text", ["   ", "\n\u00a0\t"])
def test_a_selection_of_blanks_is_nothing(text: str) -> None:
    assert snapped(text, Span(0, len(text))) is None


@pytest.mark.parametrize(
    ("offset", "word"), [(0, "Ana"), (2, "Ana"), (3, "Ana"), (4, "Ruiz"), (8, "Ruiz"), (9, None), (10, None)]
)
def test_the_word_at_a_place_is_the_one_that_holds_it_or_ends_there(offset: int, word: str | None) -> None:
    text = "Ana Ruiz. – said"
    found = word_at(text, offset)
    assert (found.cut(text) if found else None) == word


def test_stepping_from_word_to_word() -> None:
    text = "Ana  Ruiz, said"
    assert [next_word_end(text, offset) for offset in (0, 3, 9, 15)] == [3, 9, 15, None]
    assert [next_word_start(text, offset) for offset in (0, 5, 11)] == [5, 11, None]
    assert [previous_word_start(text, offset) for offset in (15, 11, 5, 0)] == [11, 5, 0, None]
    assert [previous_word_end(text, offset) for offset in (15, 11, 4, 3)] == [9, 9, 3, None]


@given(TEXTS, st.integers(0, 40), st.integers(1, 40))
def test_snapping_keeps_the_selected_words_and_is_done_after_once(text: str, start: int, length: int) -> None:
    span = Span(start, start + length)
    result = snapped(text, span)
    bare = span.trimmed(text)
    assert (result is None) == (bare is None)
    if result is not None and bare is not None:
        assert result.contains(bare)
        assert result.end <= len(text)
        assert snapped(text, result) == result


@given(TEXTS, st.integers(0, 40))
def test_steps_go_the_way_they_say(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    end, start = next_word_end(text, offset), previous_word_start(text, offset)
    assert end is None or offset < end <= len(text)
    assert start is None or 0 <= start < offset
    later, earlier = next_word_start(text, offset), previous_word_end(text, offset)
    assert later is None or later > offset
    assert earlier is None or earlier < offset


APART = st.lists(
    st.tuples(st.sampled_from(("Ana", "d’Estaing", "éa" * 40, "東", "500")), st.integers(1, 3) | st.integers(190, 900)),
    max_size=4,
)


@given(words=APART, sign=st.sampled_from(" .\n–"), where=st.floats(0, 1))
def test_steps_reach_the_next_word_however_far_away_it_is(
    words: list[tuple[str, int]], sign: str, where: float
) -> None:
    text, known = "", list[Span]()
    for word, gap in words:
        text += sign * gap
        known.append(Span(len(text), len(text) + len(word)))
        text += word
    offset = round(where * len(text))
    assert next_word_start(text, offset) == min((one.start for one in known if one.start > offset), default=None)
    assert next_word_end(text, offset) == min((one.end for one in known if one.end > offset), default=None)
    assert previous_word_start(text, offset) == max((one.start for one in known if one.start < offset), default=None)
    assert previous_word_end(text, offset) == max((one.end for one in known if one.end < offset), default=None)
    held = [one for one in known if one.start <= offset <= one.end]
    assert word_at(text, offset) == (held[-1] if held else None)
