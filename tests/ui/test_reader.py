"""Reading in the background for a page: the newest wish counts, and nothing is said for one that was given up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.ui.pages.reading import Reader
from tests.ui.placed import Placed, placed

LONG = 2_000


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[Placed]:
    with placed(tmp_path) as made:
        yield made


def steps(name: str, count: int) -> Iterator[tuple[int, int, str]]:
    """This many steps."""
    for number in range(count):
        yield number + 1, count, name


def test_an_older_wish_is_given_up_for_a_newer_one(at: Placed, qtbot: QtBot) -> None:
    taken: list[str] = []
    said: list[str] = []
    reader: Reader[str] = Reader(at.desk, "Reading", said.append)
    reader.read(lambda: steps("old", LONG), taken.append)
    qtbot.waitUntil(lambda: "old" in taken)
    reader.read(lambda: steps("new", 3), taken.append)
    qtbot.waitUntil(lambda: at.jobs.current is None and "new" in taken)
    assert taken.count("new") == 3
    assert taken.count("old") < LONG
    assert said[-1] == ""
    assert all(words.startswith("Reading…") for words in said[:-1]), "nothing is said of the one given up"


def test_what_was_stopped_says_so_and_takes_no_more(at: Placed, qtbot: QtBot) -> None:
    taken: list[str] = []
    said: list[str] = []
    reader: Reader[str] = Reader(at.desk, "Reading", said.append)
    reader.read(lambda: steps("old", LONG), taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    reader.stop()
    qtbot.waitUntil(lambda: at.jobs.current is None)
    assert len(taken) < LONG
    assert said[-1].startswith("Stopped before the end")
