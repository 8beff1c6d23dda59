"""The cache: built whole or not at all, found out when it is damaged, made anew by another version."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from annotator.domain.gazetteers import Listed
from annotator.places import areas
from annotator.places.areas import AreaNames
from annotator.services import places as service
from annotator.services.places import Places, Report

CSV = "name,lat,lon\nZzyzx Road,35.14,-116.10\n"


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """The countries and a few areas: a list that is built in an instant."""

    def few(names: AreaNames | None = None) -> Iterator[Listed]:
        return islice(areas.listed_areas(names), 400)

    monkeypatch.setattr(service, "listed_areas", few)
    monkeypatch.setattr(service, "settlements_file", lambda: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def build(places: Places) -> None:
    """Builds it whole."""
    for _ in places.build():
        pass


def is_ready(places: Places) -> bool:
    """Whether it is ready now."""
    return places.is_ready


def files(folder: Path) -> list[str]:
    """What is in the folder and below it."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_it_is_not_there_then_built_then_ready_with_progress(folder: Path) -> None:
    places = Places(folder)
    assert not is_ready(places)
    assert places.look_up("Afghanistan") == ()
    steps = [(done, total) for done, total, _ in places.build()]
    assert steps[-1] == (800, 800)
    assert all(done <= total for done, total in steps)
    assert is_ready(places)
    assert not places.has_settlements
    assert places.look_up("Affghanistan")[0].id == "geonames:1149361"
    assert files(folder) == ["world.places"]
    places.close()


def test_a_build_that_is_stopped_leaves_what_there_was(folder: Path) -> None:
    places = Places(folder)
    steps = places.build()
    next(steps)
    assert files(folder)[0].endswith(".part")
    steps.close()  # type: ignore[attr-defined]
    assert files(folder) == []
    build(places)
    before = (folder / "world.places").read_bytes()
    steps = places.build()
    next(steps)
    del steps
    assert files(folder) == ["world.places"]
    assert (folder / "world.places").read_bytes() == before


def test_a_build_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(names: AreaNames | None = None) -> Iterator[Listed]:
        yield from islice(areas.listed_areas(names), 30)
        raise RuntimeError("in the middle")

    monkeypatch.setattr(service, "listed_areas", failing)
    with pytest.raises(RuntimeError):
        build(Places(folder))
    assert files(folder) == []


@pytest.mark.parametrize("damage", ["empty", "no database", "zeroed", "cut", "foreign"])
def test_a_damaged_cache_is_not_ready_and_is_built_anew(folder: Path, damage: str) -> None:
    build(Places(folder))
    path = folder / "world.places"
    content = path.read_bytes()
    path.write_bytes({
        "empty": b"",
        "no database": b"x" * 9000,
        "zeroed": content[:100] + bytes(len(content) - 100),
        "cut": content[: len(content) // 3],
        "foreign": content[:68] + b"\0\0\0\1" + content[72:],
    }[damage])  # fmt: skip
    places = Places(folder)
    assert not is_ready(places) or not places.look_up("Afghanistan")
    build(places)
    assert is_ready(places)
    assert places.look_up("Afghanistan")
    places.close()


def test_damage_in_the_middle_is_no_crash_and_is_told(folder: Path) -> None:
    """A page that only some look-ups read is found out by them; from then on the list is not ready."""
    build(Places(folder))
    path = folder / "world.places"
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'place'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    places = Places(folder)
    assert is_ready(places)
    assert places.look_up("Afghanistan") == ()
    assert places.by_id("geonames:1149361") is None
    assert not is_ready(places)
    build(places)
    assert places.look_up("Afghanistan")
    places.close()


def test_another_version_builds_anew_and_keeps_what_was_added(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(folder)
    build(places)
    mine = tmp_path / "mine.csv"
    mine.write_text(CSV, encoding="utf-8")
    for _ in places.add_dump(mine, Report()):
        pass
    monkeypatch.setattr(service, "VERSION", "999")
    assert not is_ready(places)
    build(places)
    assert is_ready(places)
    assert [about.stamp.startswith("999.") for about in places.added()] == [True]
    found = places.look_up("Zzyzx Rode")[0]
    assert (found.name, found.lat, found.lon) == ("Zzyzx Road", 35.14, -116.10)
    places.close()


def test_a_list_built_meanwhile_is_seen_by_who_has_it_open(folder: Path) -> None:
    ours, theirs = Places(folder), Places(folder)
    build(ours)
    assert ours.look_up("Afghanistan")
    build(theirs)
    assert ours.look_up("Afghanistan")
    ours.close()
    theirs.close()


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    from annotator.errors import ProjectFileError

    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(ProjectFileError, match="list of places could not be written"):
        build(Places(blocked))
