"""Finding words whatever their case and accents, with places in the stored text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.names import fold
from annotator.domain.occurrences import Searchable
from annotator.domain.spans import Span
from annotator.domain.words import snapped

PIECES = (
    "a",
    "A",
    "é",
    "e\u0301",
    "ß",
    "ﬁ",
    " ",
    "\r\n",
    "\n",
    "\t",
    "-",
    "’",
    "王",
    "小",
    "قال",
    "🙂",
    "Veresh",
    "veresh",
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(TEXT, st.sampled_from(PIECES))
def test_hits_have_the_words_are_in_order_and_apart(text: str, words: str) -> None:
    hits = Searchable(text).find(words)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))
    for hit in hits:
        assert fold(words) in fold(hit.cut(text).replace("\r\n", " "))


@given(TEXT, st.sampled_from(("a", "veresh", "é", "قال")))
def test_whole_words_never_cut_a_word(text: str, words: str) -> None:
    for hit in Searchable(text).find(words, whole_words=True):
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        cut = (before.isalnum() and text[hit.start].isalnum()) or (after.isalnum() and text[hit.end - 1].isalnum())
        assert not cut or snapped(text, hit) == hit


@given(st.text("abAB \n", max_size=40), st.text("abAB", min_size=1, max_size=3))
def test_plain_and_other_texts_are_searched_alike(text: str, words: str) -> None:
    assert Searchable(text).find(words) == Searchable(text + "é").find(words)


@pytest.mark.parametrize("words", ["café", "cafe", "cafe\u0301"])
@pytest.mark.parametrize("whole_words", [False, True])
def test_a_hit_ends_behind_the_accents_of_its_last_letter(words: str, *, whole_words: bool) -> None:
    for text in ("The cafe\u0301 shut.", "The cafe\u0301", "The café shut.", "The cafe\u0301\u0323, shut"):
        (hit,) = Searchable(text).find(words, whole_words=whole_words)
        assert snapped(text, hit) == hit, "as when it is selected by hand"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Zoe\u0308s boat", "zoes"),
        ("Ana\u00a0Ruiz", "Ana Ruiz"),
        ("Ana\u2028Ruiz", "Ana Ruiz"),
        ("Ana\u00a0Ruiz", "Ana\tRuiz"),
        ("die Straße", "strasse"),
        ("die Strasse", "Straße"),
    ],
)
def test_accents_inside_words_and_blanks_of_all_kinds_make_no_difference(text: str, words: str) -> None:
    assert len(Searchable(text).find(words)) == 1
    assert len(Searchable(text).find(words, whole_words=True)) == 1


def test_a_vowel_sign_belongs_to_the_word_that_it_ends() -> None:
    text = "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c \u0642\u0627\u0644"  # Muhammadun, he said
    (hit,) = Searchable(text).find("\u0645\u062d\u0645\u062f")
    assert hit.cut(text) == text.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Saleh’s men, SALEH, Sáleh", "saleh", ["Saleh", "SALEH", "Sáleh"]),
        ("Red\r\nBanner and red  banner", "red banner", ["Red\r\nBanner"]),
        ("林若岚说林若岚", "林若岚", ["林若岚", "林若岚"]),
        ("🙂 Ana 🙂 ana", "ANA", ["Ana", "ana"]),
        ("Conor O’Brien met Ana O'Brien.", "o'brien", ["O’Brien", "O'Brien"]),
        ("Conor O’Brien met Ana O'Brien.", "O’BRIEN", ["O’Brien", "O'Brien"]),
        ("한국의 하나", "하", ["하"]),
        ("한국의 하나", "한국", ["한국"]),
        ("다각 각다 각", "각", ["각", "각", "각"]),
        ("nothing", " ", []),
    ],
)
def test_examples(text: str, words: str, found: list[str]) -> None:
    assert [hit.cut(text) for hit in Searchable(text).find(words)] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [("L’Iran et Giscard d'Estaing", "Iran"), ("L’Iran et Giscard d'Estaing", "Estaing"), ("see Kabul_map", "Kabul")],
)
def test_what_stands_behind_an_apostrophe_is_a_whole_word_too(text: str, words: str) -> None:
    assert [hit.cut(text) for hit in Searchable(text).find(words, whole_words=True)] == [words]


def test_case_and_whole_words_narrow_the_hits() -> None:
    text = Searchable("US troops told us that US-led busses left; US")
    assert len(text.find("us")) == 5
    assert text.find("US", match_case=True) == [Span(0, 2), Span(23, 25), Span(43, 45)]
    assert len(text.find("us", whole_words=True)) == 4


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Pakistan’s army left Pakistan; PAKISTAN’S army", "Pakistan's", ["Pakistan’s"]),
        ("PAKISTAN’S army, Pakistan’s", "PAKISTAN'S", ["PAKISTAN’S"]),
        ("Let us go. Let's go.", "Let’s", ["Let's"]),
        ("It was the Prime\nMinister's", "Minister's", ["Minister's"]),
        ("Jose\u0301 left with Jose", "José", ["Jose\u0301"]),
        ("José left with Jose", "Jose\u0301", ["José"]),
    ],
)
def test_with_its_case_given_a_word_is_found_however_it_is_written(text: str, words: str, found: list[str]) -> None:
    for whole in (False, True):
        hits = Searchable(text).find(words, match_case=True, whole_words=whole)
        assert [hit.cut(text) for hit in hits] == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Jose\u0301phine left", "phine"),
        ("Jose\u0301phine left", "José"),
        (
            "\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f\u064c",
            "\u062d\u0645\u062f",
        ),  # the letters of Hamd in Muhammadun
    ],
)
def test_whole_words_are_not_cut_at_an_accent_or_vowel_sign(text: str, words: str) -> None:
    assert len(Searchable(text).find(words)) == 1
    assert not Searchable(text).find(words, whole_words=True)
