"""The version of the guidelines is kept in the project, travels with it, and is stated with agreement."""

import json
from pathlib import Path

import pytest

from annotator import cli
from annotator.domain.ids import AnnotatorId
from annotator.editing import designing
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.services import teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from tests.building import ANNA, BEN, TEXT, a_project, add_article, made, make_mention, new_id
from tests.cli.test_words import Faces

RITA, CLARA = (Person(AnnotatorId(new_id()), name) for name in ("Rita", "Clara"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which two people marked the same words."""
    file = a_project(tmp_path, with_ben=True)
    article = add_article(file)
    for who in (ANNA, BEN):
        file.apply(made(make_mention(article, TEXT, author=who)), who)
    file.close()
    return file.path


def test_it_is_kept_and_taken_back(tmp_path: Path) -> None:
    workspace = Workspace(a_project(tmp_path), ANNA)
    before = workspace.records.project()
    workspace.do(designing.set_guidelines, " 2.1 ")
    assert workspace.records.schema.guidelines_version == "2.1"
    with pytest.raises(EditRefused, match="it is so already"):
        workspace.do(designing.set_guidelines, "2.1")
    workspace.do(designing.set_guidelines, "")
    assert "guidelines_version" not in json.loads(workspace.records.project().schema)
    workspace.undo()
    assert workspace.records.schema.guidelines_version == "2.1"
    workspace.undo()
    assert workspace.records.project() == before
    workspace.close()


def test_it_is_stated_with_agreement_unless_another_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = open_project(project, Faces().person())
    workspace.do(designing.set_guidelines, "3")
    workspace.close()
    words = ["agree", str(project), "--draws", "0", "--json"]
    for more, version in (([], "3"), (["--guidelines", "pilot"], "pilot")):
        assert cli.main([*words, *more], Faces()) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["guidelines"] == version
        assert f"and guidelines {version}" in told["methods"]


def test_it_goes_to_a_teammate_and_its_change_comes_in(tmp_path: Path) -> None:
    rita = new_project(tmp_path / "rita.annot", RITA)
    rita.bring_in([NewArticle(TEXT, "Text")], "")
    rita.do(designing.set_guidelines, "1.0")
    rita.records.save_copy(tmp_path / "clara.annot")
    clara = open_project(tmp_path / "clara.annot", CLARA)
    assert clara.records.schema.guidelines_version == "1.0"
    rita.do(designing.set_guidelines, "2.1")
    rita.records.save_copy(tmp_path / "mailed.annot")
    teamwork.bring_in(clara, tmp_path / "mailed.annot")
    assert clara.records.schema.guidelines_version == "2.1"
    for workspace in (rita, clara):
        workspace.close()
