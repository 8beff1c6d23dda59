"""What a project counts for words that are no number, by ACLED's lowest readings or by a rule of its own."""

import pytest

from annotator.domain.quantities import estimate


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("dozens of militants", 12),
        ("a dozen men", 12),
        ("DOZENS", 12),
        ("Scores were hurt", 20),
        ("several hundred people", 100),
        ("tens of thousands", 10_000),
        ("Hundreds of\n Thousands fled", 100_000),
        ("a hundred thousand men", 100_000),
        ("hundreds died, thousands fled", 100),
        ("dozens or hundreds", 12),
        ("thousands of people in scores of towns", 1_000),
        ("tens of thousands, some say hundreds of thousands", 10_000),
        ("15 men", None),
        ("the dozenth time", None),
        ("the scoreboard", None),
        ("", None),
    ],
)
def test_words_are_counted_by_their_lowest_reading(words: str, number: int | None) -> None:
    assert estimate(words) == number


def test_a_project_may_count_other_words() -> None:
    rule = {"handful": 3, "dozens": 24}
    assert [estimate(words, rule) for words in ("a handful of men", "dozens", "hundreds")] == [3, 24, None]
