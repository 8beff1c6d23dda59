"""annotator.open for scripts and notebooks: records and frames, on a project that stays as it is."""

import doctest
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.domain.events import Event, Quantity, When
from annotator.errors import ProjectFileError
from annotator.services import scripting
from tests.building import ANNA, a_project, add_article, made, make_claim, make_mention
from tests.storage.raw import tamper

TEXT = "Ana Ruiz said the dam would hold. Ana 🙂 left."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with two mentions and a claim with a number."""
    project = a_project(tmp_path)
    article = add_article(project, TEXT)
    event = Event("FLOOD", date=When("then", "1655-05-03", ""), quantities=(Quantity("killed", best=2),))
    project.apply(
        made(
            make_mention(article, TEXT, "Ana Ruiz"),
            make_mention(article, TEXT, "🙂"),
            make_claim(article, TEXT, "the dam would hold", event=event),
        ),
        ANNA,
    )
    project.close()
    return project.path


def test_the_example_in_the_documentation_is_true(path: Path) -> None:
    tested = doctest.testmod(scripting, extraglobs={"path": path})
    assert tested.attempted > 0
    assert tested.failed == 0


def test_records_of_a_project_are_read_and_the_file_stays_as_it_is(path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).digest()
    with annotator.open(str(path)) as project:
        (article,) = project.articles()
        assert article.text == TEXT
        assert [span.cut(article.text) for mention in project.mentions() for span in mention.spans] == [
            "Ana Ruiz",
            "🙂",
        ]
        (claim,) = project.claims()
        assert claim.quote == "the dam would hold"
        assert list(project.entities()) == []
        assert list(project.links()) == []
        assert [one.name for one in project.annotators()] != []
    assert hashlib.sha256(path.read_bytes()).digest() == before


def test_a_script_that_is_not_made_to_be_run_twice_is_run_once(path: Path, tmp_path: Path) -> None:
    # The project is looked over in a process of its own, which Python would have run the script once more.
    script = tmp_path / "script.py"
    lines = [
        "print('running')",
        "import annotator",
        f"project = annotator.open({str(path)!r})",
        "print(len(project.frame('claims')))",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    root = Path(annotator.__file__).parents[1]
    environment = os.environ | {"PYTHONPATH": str(root), "XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False)
    assert (done.stdout.split(), done.stderr) == (["running", "1"], "")


def test_a_script_opens_no_project_whose_records_are_not_what_history_made(path: Path) -> None:
    tamper(path, "UPDATE mention SET quote = 'Another'")
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="is not as history says"):
        annotator.open(path)
    assert path.read_bytes() == before


def test_frames_have_types_and_offsets_that_fit_the_text(path: Path) -> None:
    with annotator.open(path) as project:
        frames = project.frames()
        assert tuple(frames) == project.tables
    mentions, claims = frames["mentions"], frames["claims"]
    text = frames["articles"]["text"][0]
    assert [text[start:end] for start, end in zip(mentions["start"], mentions["end"], strict=True)] == [
        "Ana Ruiz",
        "🙂",
    ]
    assert list(mentions["spans"]) == [[(0, 8)], [(38, 39)]]
    assert str(mentions["start"].dtype) == "Int64"
    assert str(mentions["created"].dtype).endswith("UTC]")
    assert str(claims["unsure"].dtype) == "boolean"
    assert frames["quantities"]["best"].tolist() == [2]
    assert frames["links"].empty
    assert "label" in frames["links"].columns


def test_what_is_not_there_is_said(path: Path, tmp_path: Path) -> None:
    with annotator.open(path) as project, pytest.raises(KeyError, match="no table; there are articles, mentions"):
        project.frame("weapons")
    with pytest.raises(ProjectFileError):
        annotator.open(tmp_path / "none.annot")
