"""The command line between teammates: handing articles out, bringing files in, going back to a backup."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator import cli, paths
from annotator.domain.ids import AnnotatorId
from annotator.services.projects import Person

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000007"), "Ana")


class Faces:
    """Nobody starts a window here."""

    def show_window(self, project: Path | None, *, sample: bool) -> int:
        raise AssertionError(project, sample)

    def play_tour(self, folder: Path) -> int:
        raise AssertionError(folder)

    def person(self) -> Person:
        return WHO


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A project with three articles."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a", "b", "c"):
        (texts / f"{name}.txt").write_text(f"Ana Ruiz met {name}.", encoding="utf-8")
    assert cli.main(["new", str(tmp_path / "p.annot")], Faces()) == 0
    assert cli.main(["import", str(tmp_path / "p.annot"), str(texts)], Faces()) == 0
    capsys.readouterr()
    return tmp_path / "p.annot"


def given_out(project: Path) -> tuple[int, list[str]]:
    """How much is assigned, and who is in the project."""
    with closing(sqlite3.connect(project)) as connection:
        (assigned,) = connection.execute("SELECT count(*) FROM assignment").fetchone()
        return assigned, [name for (name,) in connection.execute("SELECT name FROM annotator ORDER BY name")]


def test_each_person_gets_a_file_and_blanks_around_a_name_make_nobody_new(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["hand-out", str(project), str(tmp_path / "out"), "--to", "Bo", "--to", " Carla  Diaz ", "--first", "3"]
    assert cli.main([*words, "--seed", "1"], Faces()) == 0
    told = sorted(line.partition(" in ")[0].partition(": ")[2] for line in capsys.readouterr().out.splitlines())
    assert told == ["1 article", "2 articles"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["p – Bo.annot", "p – Carla Diaz.annot"]
    assert cli.main(["hand-out", str(project), str(tmp_path / "again"), "--to", "Bo "], Faces()) == 0
    assert given_out(project)[1] == ["Ana", "Bo", "Carla Diaz"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "Bo", "--to", "Bo "], "--to “Bo” is there twice"),
        (["--to", "a/b", "--to", "A_B"], "The file of “A_B” would be called like another's"),
        (["--to", "Bo", "--to", "Carla"], "There is a file “p – Carla.annot” in"),
        (["--to", "Bo", "--pilots", "-1"], "--pilots takes a number of 0 or more."),
        (["--to", "Bo", "--first", "0"], "--first takes a number of 1 or more."),
        (["--to", "Bo", "--first", "-2"], "--first takes a number of 1 or more."),
        (["--to", "Bo", "--overlap", "2"], "--overlap 2: "),
        (["--to", " "], "Please give a name."),
    ],
)
def test_what_cannot_be_handed_out_assigns_and_writes_nothing(
    project: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "p – Carla.annot").write_bytes(b"hers")
    assert cli.main(["hand-out", str(project), str(out), *words], Faces()) == 2
    assert said in capsys.readouterr().err
    assert given_out(project) == (0, ["Ana"])
    assert [path.name for path in out.iterdir()] == ["p – Carla.annot"]


def test_where_one_of_several_files_is_missing_none_is_brought_in(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.annot"
    copy.write_bytes(project.read_bytes())
    more = tmp_path / "d.txt"
    more.write_text("Bo Lind said so.", encoding="utf-8")
    assert cli.main(["import", str(copy), str(more)], Faces()) == 0
    capsys.readouterr()
    assert cli.main(["bring-in", str(project), str(copy), str(tmp_path / "nothing.annot"), "--json"], Faces()) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "nothing.annot" in said.err
    assert cli.main(["bring-in", str(project), str(copy), "--json"], Faces()) == 0
    assert json.loads(capsys.readouterr().out)[0]["new"]["article"] == 1


def test_salvaging_a_sound_project_says_that_nothing_was_left_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["backups", str(project), "--salvage", "--json"], Faces()) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["read"]["article"] == 3
    assert not told["left_out"]
    assert not told["lost"]


def test_what_came_back_can_be_handed_out_again(project: Path, tmp_path: Path) -> None:
    """The file that comes back brings the row of its handing out, which says once more what the project knows."""
    for number in range(3):
        out = tmp_path / f"round {number}"
        assert cli.main(["hand-out", str(project), str(out), "--to", "Bo", "--to", "Carla"], Faces()) == 0
        for file in sorted(out.iterdir()):
            assert cli.main(["bring-in", str(project), str(file)], Faces()) == 0
            assert cli.main(["check", str(file)], Faces()) == 0
    assert given_out(project) == (3, ["Ana", "Bo", "Carla"])


def test_a_backup_of_a_project_that_is_gone_is_restored_among_the_documents(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(paths, "documents_folder", lambda: tmp_path / "My documents")
    place = project.parent / "gone" / "q.annot"
    place.parent.mkdir()
    assert cli.main(["new", str(place)], Faces()) == 0
    assert cli.main(["import", str(place), str(project.parent / "texts")], Faces()) == 0
    for file in place.parent.iterdir():
        file.unlink()
    place.parent.rmdir()
    capsys.readouterr()
    assert not paths.documents_folder().exists()
    assert cli.main(["backups", str(place), "--restore", "1", "--json"], Faces()) == 0
    restored = Path(json.loads(capsys.readouterr().out)["file"])
    assert restored.parent == paths.documents_folder()
    assert cli.main(["check", str(restored)], Faces()) == 0
