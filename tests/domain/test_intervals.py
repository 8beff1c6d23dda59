"""Intervals of days: their length, their words, and the precision codes they give."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.intervals import Interval, acled_time_precision, ucdp_date_prec

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("earliest", "latest", "words", "days"),
    [
        ("2021-08-20", "2021-08-20", "20 Aug 2021", 1),
        ("2021-08-18", "2021-08-22", "18–22 Aug 2021", 5),
        ("2021-08-28", "2021-09-03", "28 Aug – 3 Sep 2021", 7),
        ("2020-12-30", "2021-01-02", "30 Dec 2020 – 2 Jan 2021", 4),
        ("2021-08-01", "2021-08-31", "Aug 2021", 31),
        ("2021-04-01", "2021-06-30", "Apr–Jun 2021", 91),
        ("2021-01-01", "2021-12-31", "2021", 365),
        ("2020-12-01", "2021-02-28", "Dec 2020 – Feb 2021", 90),
        ("1990-01-01", "1999-12-31", "1990–1999", 3652),
        ("2020-05-03", "", "from 3 May 2020 on", None),
        ("", "2020-05-03", "until 3 May 2020", None),
        ("", "", "", None),
    ],
)
def test_an_interval_says_itself(earliest: str, latest: str, words: str, days: int | None) -> None:
    interval = Interval(earliest, latest)
    assert interval.words() == words
    assert interval.days == days
    assert interval.is_empty == (not words)


@pytest.mark.parametrize(
    ("earliest", "latest"), [("2021-08-21", "2021-08-20"), ("2021-02-30", ""), ("", "20210820"), ("2021-8-2", "")]
)
def test_what_is_no_interval_is_refused(earliest: str, latest: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Interval(earliest, latest)


@pytest.mark.parametrize(
    ("days", "ucdp", "acled"),
    [
        (1, 1, 1),
        (2, 2, 2),
        (6, 2, 2),
        (7, 3, 2),
        (8, 4, 3),
        (31, 4, 3),
        (32, 5, None),
        (366, 5, None),
        (367, None, None),
    ],
)
def test_the_length_gives_the_codes(days: int, ucdp: int | None, acled: int | None) -> None:
    first = date(2020, 1, 1)
    interval = Interval.of(first, first + timedelta(days=days - 1))
    assert (ucdp_date_prec(interval), acled_time_precision(interval)) == (ucdp, acled)


@pytest.mark.parametrize("interval", [Interval(), Interval("2020-05-03"), Interval("", "2020-05-03")])
def test_an_open_interval_has_no_code(interval: Interval) -> None:
    assert ucdp_date_prec(interval) is None
    assert acled_time_precision(interval) is None


def test_whole_months() -> None:
    assert Interval.of_month(2020, 2) == Interval("2020-02-01", "2020-02-29")
    assert Interval.of_month(2020, 12, 3) == Interval("2020-12-01", "2021-02-28")


@given(DAYS, st.integers(0, 500), DAYS, st.integers(0, 500))
def test_what_two_share_is_in_both(a: date, a_days: int, b: date, b_days: int) -> None:
    one, other = Interval.of(a, a + timedelta(a_days)), Interval.of(b, b + timedelta(b_days))
    shared = one.overlap(other)
    assert one.overlaps(other) == other.overlaps(one) == (shared is not None)
    assert shared == other.overlap(one)
    if shared is not None:
        assert max(one.earliest, other.earliest) == shared.earliest
        assert min(one.latest, other.latest) == shared.latest


def test_open_ends_reach_any_day() -> None:
    since, until = Interval("2021-08-16"), Interval("", "2021-08-20")
    assert since.overlap(until) == Interval("2021-08-16", "2021-08-20")
    assert not since.overlaps(Interval("", "2021-08-15"))
    assert since.overlaps(Interval("", "2021-08-16"))
    assert Interval().overlap(since) == since
