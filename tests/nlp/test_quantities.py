"""Numbers in claims: what, whom and how many, in the article's own words and places."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.quantities import Count, estimate
from annotator.domain.spans import Span
from annotator.nlp.numbers import find_numbers, number_in, plain
from annotator.nlp.quantities import read_counts


def read(text: str) -> list[Count]:
    return read_counts(text, Span(0, len(text)))


@dataclass(frozen=True)
class Sentence:
    text: str
    counts: tuple[str, ...]
    """“what · whom · low best high” of each; - for nothing."""


SENTENCES = [
    Sentence("15 Taliban fighters were killed after being betrayed.", ("killed · Taliban fighters · - 15 -",)),
    Sentence("They also killed dozens of militants.", ("killed · militants · - - -",)),
    Sentence("killing at least 15 and wounding 20 others", ("killed ·  · 15 - -", "injured ·  · - 20 -")),
    Sentence("15 dead, 20 hurt", ("killed ·  · - 15 -", "injured ·  · - 20 -")),
    Sentence(
        "Up to 15 people died; more than 20 protesters were arrested.",
        ("killed · people · - - 15", "detained · protesters · 21 - -"),
    ),
    Sentence("between 10 and 15 soldiers were injured", ("injured · soldiers · 10 - 15",)),
    Sentence(
        "10–15 women and 15 or 16 children were abducted",
        ("abducted · women · 10 - 15", "abducted · children · 15 - 16"),
    ),
    Sentence("About 2.5 million people have been displaced.", ("displaced · people · - 2500000 -",)),
    Sentence("nearly twenty-three families fled", ("displaced · families · - 23 -",)),
    Sentence("three hundred and five men were detained", ("detained · men · - 305 -",)),
    Sentence("half a dozen dead, two dozen hurt", ("killed ·  · - 6 -", "injured ·  · - 24 -")),
    Sentence("A dozen militants died. 3 were hurt.", ("killed · militants · - 12 -", "injured ·  · - 3 -")),
    Sentence("1,200 protesters in Kabul", ("participants · protesters · - 1200 -",)),
    Sentence("fewer than 20 and no more than 30 fatalities", ("killed ·  · - - 19", "killed ·  · - - 30")),
    Sentence(
        "control of three districts in northern Baghlan, killing 4",
        ("districts taken · districts · - 3 -", "killed ·  · - 4 -"),
    ),
    Sentence("hundreds of thousands took to the streets", ("participants ·  · - - -",)),
    Sentence(
        "10 to 15 thousand marched, two to three hundred were hurt",
        ("participants ·  · 10000 - 15000", "injured ·  · 200 - 300"),
    ),
    Sentence("10-15k people fled", ("displaced · people · 10000 - 15000",)),
    Sentence("between 2 and 3m people fled", ("displaced · people · 2000000 - 3000000",)),
    Sentence("100 to 150 thousand people fled", ("displaced · people · 100000 - 150000",)),
    Sentence("1.2 to 1.5 million people fled", ("displaced · people · 1200000 - 1500000",)),
    Sentence("between 1.5 and 2m people fled", ("displaced · people · 1500000 - 2000000",)),
    Sentence("seven or eight hundred thousand people fled", ("displaced · people · 700000 - 800000",)),
    Sentence("one to a hundred people fled", ("displaced · people · 1 - 100",)),
    Sentence("two thousand million people fled", ("displaced · people · - 2000000000 -",)),
    Sentence("3 or 4bn people fled", ("displaced · people · 3000000000 - 4000000000",)),
    Sentence("fifty to one hundred people fled", ("displaced · people · 50 - 100",)),
    Sentence("20 to 2 hundred people fled", ("displaced · people · 20 - 200",)),
    Sentence("900 to 2 thousand people fled", ("displaced · people · 900 - 2000",)),
    Sentence("5 to 5 people fled", ("displaced · people · 5 - 5",)),
    Sentence("Any one of them fled, every one did, and one died.", ("killed ·  · - 1 -",)),
    Sentence("Some 20 people fled.", ("displaced · people · - 20 -",)),
    Sentence("900 to 2,000 people fled", ("displaced · people · 900 - 2000",)),
    Sentence("nine hundred to a thousand people fled", ("displaced · people · 900 - 1000",)),
    Sentence(
        "15 members of the security forces were kidnapped", ("abducted · members of the security forces · - 15 -",)
    ),
    Sentence("50 of the hostages are free, another 20+ are not", ("abducted · hostages · - 50 -", " ·  · 20 - -")),
    Sentence("the death toll rose to 43", ("killed ·  · - 43 -",)),
    Sentence("a hundred and twenty-five thousand refugees", ("displaced · refugees · - 125000 -",)),
    Sentence("No one was killed, said a 34-year-old man 12 kilometres away.", ()),
    Sentence("20 or more people, many of them children", (" · people · 20 - -", " · them children · - - -")),
    Sentence("half a million people are homeless", ("displaced · people · - 500000 -",)),
    Sentence("two and a half million people fled", ("displaced · people · - 2500000 -",)),
    Sentence("twenty-one and a half million people fled", ("displaced · people · - 21500000 -",)),
    Sentence("21 and a half million people fled", ("displaced · people · - 21500000 -",)),
    Sentence("a million and a half people fled", ("displaced · people · - 1500000 -",)),
    Sentence(
        "2½ million people fled, then ½ million", ("displaced · people · - 2500000 -", "displaced ·  · - 500000 -")
    ),
    Sentence("one and a half to two million people fled", ("displaced · people · 1500000 - 2000000",)),
    Sentence("a half dozen dead after two and a half hours", ("killed ·  · - 6 -",)),
    Sentence("Covid‑19, F-16s and the G7 killed 5 people", ("killed · people · - 5 -",)),
    Sentence("the 3rd attack killed 4 and cost $5m, € 20 and £3", ("killed ·  · - 4 -",)),
    Sentence("two-thirds of voters, three quarters of men and 4 women fled", ("displaced · women · - 4 -",)),
    Sentence(
        "One in five people fled, and more than one in 20 men; 9 out of 10 women did and 4 died.",
        ("killed ·  · - 4 -",),
    ),
    Sentence("one in every 100,000 people and three in 10 men were killed", ()),
    Sentence(
        "15 in 20 villages, three in two others and one in 2019 were killed",
        (
            "killed ·  · - 15 -",
            "killed · villages · - 20 -",
            "killed ·  · - 3 -",
            "killed ·  · - 2 -",
            "killed ·  · - 1 -",
            "killed ·  · - 2019 -",
        ),
    ),
    Sentence("12 000 people rallied", ("participants · people · - 12000 -",)),
    Sentence("several hundred villagers were displaced", ("displaced · villagers · - - -",)),
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.text)
def test_a_sentence_says_what_whom_and_how_many(sentence: Sentence) -> None:
    def shown(count: Count) -> str:
        numbers = " ".join("-" if n is None else str(n) for n in (count.low, count.best, count.high))
        return f"{count.what} · {count.whom_words} · {numbers}"

    assert tuple(shown(count) for count in read(sentence.text)) == sentence.counts


def test_the_words_and_places_are_the_articles() -> None:
    text = "😀 In Baghlan, they said. At least １５ Taliban fighters\nwere killed. 20 were hurt."
    start = text.index("１５")
    (count,) = read_counts(text, Span(start - len("At least "), start + 2))
    assert count.words == "At least １５ Taliban fighters"
    assert (count.what, count.low) == ("killed", 15)
    assert count.span.cut(text) == "At least １５"
    assert count.whom_span is not None
    assert count.whom_span.cut(text) == count.whom_words == "Taliban fighters"


@pytest.mark.parametrize(
    "digits", ["1250", "١٢٥٠", "۱۲۵۰", "१२५०", "１２５０", "1,250", "١٬٢٥٠", "1’250", "1\u202f250"]
)
def test_digits_of_any_script_are_read(digits: str) -> None:
    assert [count.best for count in read(f"{digits} people")] == [1250]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("1.200 people", "may be 1,200 or 1.2"),
        ("2.5 people", "no whole number"),
        ("one and a half people", "“one and a half” is no whole number"),
        ("1½ people", "“1½” is no whole number"),
        ("1.5 to 2.5 people", "“1.5” is no whole number"),
        ("2 to 2.5 people", "“2.5” is no whole number"),
        ("20 to 15 people", "goes down"),
        ("3 to 2 hundred people", "may begin with 3 or with 300"),
        ("two or two thousand people", "may begin with 2 or with 2,000"),
        ("five and six people", "are several numbers"),
        ("seventy and eighty people", "are several numbers"),
        ("nineteen eighty-four people", "are several numbers"),
        ("two thousand ten five people", "are several numbers"),
        (f"{'9' * 5000} people", "too large"),
        ("9999 billion billion people", "too large"),
    ],
)
def test_what_is_no_sure_number_is_told(words: str, hint: str) -> None:
    (count,) = read(words)
    assert (count.low, count.best, count.high) == (None, None, None)
    assert hint in count.problem


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three", 3),
        ("A dozen", 12),
        ("two hundred thousand", 200_000),
        ("1,200", 1200),
        ("two hundred and forty-five", 245),
        ("seventeen thousand three hundred and six", 17_306),
        ("six and seven", None),
        ("one and a half", None),
        ("two lakh", 200_000),
        ("three thousand million", 3_000_000_000),
        ("two thousand million five hundred", 2_000_000_500),
        ("dozens", None),
        ("at least 3", None),
    ],
)
def test_a_plain_number(words: str, number: int | None) -> None:
    assert number_in(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("dozens of militants", 12),
        ("Scores were hurt", 20),
        ("tens", 10),
        ("hundreds", 100),
        ("thousands", 1000),
        ("tens of thousands", 10_000),
        ("hundreds of thousands of people", 100_000),
        ("several hundred", 100),
        ("dozens dead and hundreds hurt", 12),
        ("many", None),
        ("15", None),
    ],
)
def test_a_projects_rule_gives_the_lowest_number(words: str, number: int | None) -> None:
    assert estimate(words) == number


def test_a_project_may_have_a_rule_of_its_own() -> None:
    assert estimate("many people", {"many": 3}) == 3
    assert estimate("dozens", {}) is None


PIECES = st.sampled_from(
    "at least|15|between|and|10|to|or|dozens|of|killed|fighters|-|,|.|\n|twenty|hundred|1.200|9|million".split("|")
    + "½ ² ١ İ ß 😀 + the Ⅷ".split()
)


@given(
    st.one_of(
        st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40)
    ),
    st.integers(0, 60),
    st.integers(1, 60),
)
def test_no_text_breaks_the_reader_and_places_stay_inside(text: str, start: int, length: int) -> None:
    span = Span(start, start + length)
    for count in read_counts(text, span):
        assert span.contains(count.span)
        assert count.span.end <= len(text)
        assert count.span.cut(text)
        if count.whom_span is not None:
            assert count.whom_span.end <= len(text)
            assert count.whom_span.cut(text) == count.whom_words
        assert text[count.span.start :].startswith(count.words)
        known = [n for n in (count.low, count.best, count.high) if n is not None]
        assert known == sorted(known)
        assert not (known and count.problem)


@given(st.text(max_size=60))
def test_plain_letters_stand_where_they_stood(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert all(a.span.end <= b.span.start for a, b in zip(find_numbers(text), find_numbers(text)[1:], strict=False))
