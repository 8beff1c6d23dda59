"""Articles are known by the hash of their text; a moment is written one way only."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from annotator.domain.articles import text_hash, title_of
from annotator.domain.authors import Author, timestamp
from annotator.domain.ids import AnnotatorId


def test_a_text_is_known_by_its_hash() -> None:
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert text_hash("a\r\nb") != text_hash("a\nb")
    assert text_hash("é") != text_hash("e\u0301")


def test_half_a_character_has_no_hash() -> None:
    with pytest.raises(UnicodeEncodeError):
        text_hash("\ud800")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\n\n  Bridge opens  \nOn Monday", "Bridge opens"),
        ("", "file.txt"),
        (" \n ", "file.txt"),
        ("x" * 201, "file.txt"),
        ("x" * 200, "x" * 200),
    ],
)
def test_the_title_is_the_first_line_when_it_is_short(text: str, title: str) -> None:
    assert title_of(text, "file.txt") == title


def test_moments_are_written_in_utc_with_milliseconds_and_sort_as_text() -> None:
    moment = datetime(2026, 11, 24, 9, 30, 0, 5000, timezone(timedelta(hours=1)))
    assert timestamp(moment) == "2026-11-24T08:30:00.005Z"
    assert timestamp(datetime(2026, 11, 24, tzinfo=UTC)) == "2026-11-24T00:00:00.000Z"
    assert timestamp(moment) < timestamp(moment + timedelta(milliseconds=1)) < timestamp(moment + timedelta(days=9))


def test_an_author_has_a_clock_and_makes_ids() -> None:
    author = Author(AnnotatorId("anna"))
    assert author.new_id() < author.new_id()
    assert author.now().endswith("Z")
