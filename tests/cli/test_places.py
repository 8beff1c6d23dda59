"""annotator places, with the countries and a few areas for a world."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from annotator import cli, paths
from annotator.domain.gazetteers import Listed
from annotator.places import areas
from annotator.places.areas import AreaNames
from annotator.services import places as service
from tests.cli.test_words import Faces


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def few(names: AreaNames | None = None) -> Iterator[Listed]:
        return islice(areas.listed_areas(names), 400)

    monkeypatch.setattr(service, "listed_areas", few)
    monkeypatch.setattr(service, "settlements_file", lambda: None)
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "cache")


def said(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    """What the command prints, both ways."""
    assert cli.main(["places", *words], Faces()) == code
    printed = capsys.readouterr()
    return printed.out + printed.err


def test_build_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert "For towns and villages, install annotator[geo]" in said(["build"], capsys)


def test_find_builds_first_and_shows_what_a_name_may_mean(capsys: pytest.CaptureFixture[str]) -> None:
    first = said(["find", "Affghanistan"], capsys).splitlines()[0]
    assert "geonames:1149361" in first
    assert "Afghanistan, country" in first
    assert "(centroid)" in first
    assert "No place is called" in said(["find", "Xqzwvk"], capsys, 1)
    assert said(["find", "Affghanistan", "--in", "France"], capsys, 1)
    assert "“Atlantis” is no country" in said(["find", "Kabul", "--in", "Atlantis"], capsys, 2)


def test_lists_are_added_shown_and_removed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,lat,lon\nHesar Bridge,35.62,69.47\nNowhere,north,1\n", encoding="utf-8")
    told = said(["add", str(path)], capsys, 1)
    assert "1 place added, 1 row left out." in told
    assert "mine.csv, line 3: “north” and “1” are no latitude and longitude" in told
    assert said(["list"], capsys) == "mine.csv  1\n"
    assert "mine:1" in said(["find", "Hesar Brige"], capsys)
    assert "was taken away" in said(["remove", "mine.csv"], capsys)
    assert "There is no list" in said(["remove", "mine.csv"], capsys, 2)
    assert "cannot be read" in said(["add", str(tmp_path / "none.csv")], capsys, 2)
