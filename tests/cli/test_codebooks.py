"""A codebook brings labels in, and the command line says so."""

import json
from pathlib import Path

import pytest

from annotator import cli
from annotator.services.corpora import NEW
from annotator.services.projects import open_project
from tests.cli.test_words import WHO, Faces

CODES = """<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>
<Code guid="11110000-aaaa-4bbb-8ccc-dddddddddddd" name="Trust" isCodable="true">
<Code guid="22220000-aaaa-4bbb-8ccc-dddddddddddd" name="Broken" isCodable="true"/></Code>
<Code guid="33330000-aaaa-4bbb-8ccc-dddddddddddd" name="Person" isCodable="true"/></Codes></CodeBook>"""


def test_the_labels_of_a_codebook_are_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project, codebook, again = tmp_path / "p.annot", tmp_path / "study.qdc", tmp_path / "again.qdc"
    codebook.write_text(CODES, encoding="utf-8")
    cli.main(["new", str(project)], Faces())
    capsys.readouterr()
    assert cli.main(["import", str(project), str(codebook)], Faces()) == 0
    assert capsys.readouterr().out == "2 new labels in the schema.\n"
    workspace = open_project(project, WHO)
    names = [label.name for label in workspace.records.schema.labels]
    workspace.close()
    assert names[-2:] == ["Trust", "Trust/Broken"]
    assert cli.main(["export", str(project), str(again), "--format", "refi-qdc"], Faces()) == 0
    assert 'name="Trust/Broken"' in again.read_text(encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["import", str(project), str(again), "--json"], Faces()) == 0
    assert NEW not in json.loads(capsys.readouterr().out)["labels"].values()
