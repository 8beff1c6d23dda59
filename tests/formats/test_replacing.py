"""A folder is replaced only where an export of this program made all that is in it, and only by a whole one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.formats.files import replaced_folder, whole_folder
from annotator.formats.manifests import MANIFEST, foreign_in


def files(folder: Path) -> dict[str, str]:
    """What is in a folder, without the list of it."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def write(folder: Path, words: str) -> None:
    """An export of two files."""
    with whole_folder(folder) as place:
        (place / "anna").mkdir()
        (place / "anna" / "one “a”.ann").write_text(words, encoding="utf-8")
        (place / "side.jsonl").write_text("{}", encoding="utf-8")


def replace(folder: Path, words: str) -> None:
    """Another export in its place."""
    with replaced_folder(folder) as place:
        write(place, words)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    target = tmp_path / "work" / "out"
    target.parent.mkdir()
    write(target, "old")
    return target


def test_an_export_takes_the_place_of_an_earlier_one_again_and_again(out: Path) -> None:
    assert foreign_in(out) == ""
    for words in ("new", "newer"):
        replace(out, words)
        assert files(out) == {"anna/one “a”.ann": words, "side.jsonl": "{}"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_what_a_file_manager_leaves_does_not_count(out: Path) -> None:
    (out / "anna" / ".DS_Store").write_bytes(b"x")
    replace(out, "new")
    assert set(files(out).values()) == {"new", "{}"}


def add_thesis(folder: Path) -> None:
    (folder / "anna" / "thesis.docx").write_text("years of work", encoding="utf-8")


def work_on(folder: Path) -> None:
    (folder / "anna" / "one “a”.ann").write_text("T1\tactor 0 3\tAna", encoding="utf-8")


def take_away(folder: Path) -> None:
    (folder / "side.jsonl").unlink()


def lose_list(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def spoil_list(folder: Path) -> None:
    (folder / MANIFEST).write_text("annotator export 1\nwhat\n", encoding="utf-8")


def point_out(folder: Path) -> None:
    """A list that names a file elsewhere."""
    (folder.parent / "elsewhere").write_text("x", encoding="utf-8")
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    (folder / MANIFEST).write_text(text.replace('"side.jsonl"', '"../elsewhere"'), encoding="utf-8")


def link_out(folder: Path) -> None:
    (folder / "side.jsonl").rename(folder.parent / "real")
    (folder / "side.jsonl").symlink_to(folder.parent / "real")


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (add_thesis, "“anna/thesis.docx” in “out” is no part of an export"),
        (work_on, "in “out” was changed or taken away since"),
        (take_away, "“side.jsonl” in “out” was changed or taken away"),
        (lose_list, "“out” is no export of this program"),
        (spoil_list, "“out” was changed or taken away"),
        (point_out, "“out” was changed or taken away"),
        (link_out, "“side.jsonl” in “out” was changed"),
    ],
)
def test_a_folder_with_others_work_is_left_as_it_is(out: Path, meddle: Callable[[Path], None], said: str) -> None:
    meddle(out)
    before = files(out)
    with pytest.raises(FormatError, match=said):
        replace(out, "new")
    assert files(out) == before
    assert not [path for path in out.parent.iterdir() if path.name.startswith(".")]


def test_what_comes_while_the_new_one_is_written_is_not_lost(out: Path) -> None:
    def meddled() -> None:
        with replaced_folder(out) as place:
            write(place, "new")
            add_thesis(out)

    with pytest.raises(FormatError, match=r"thesis\.docx” in “out”"):
        meddled()
    assert files(out)["anna/thesis.docx"] == "years of work"
    assert files(out)["anna/one “a”.ann"] == "old"


def test_an_export_that_fails_or_is_stopped_leaves_the_earlier_one(out: Path) -> None:
    def failing() -> None:
        with replaced_folder(out) as place:
            write(place, "new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert files(out)["anna/one “a”.ann"] == "old"
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_rename_that_fails_puts_the_earlier_one_back(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def fail(one: Path, other: Path) -> None:
        if Path(other) == out and str(one).endswith(".part"):
            raise PermissionError(13, "Permission denied")
        real(one, other)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(FormatError, match="could not be replaced: Permission denied"):
        replace(out, "new")
    assert files(out)["anna/one “a”.ann"] == "old"
