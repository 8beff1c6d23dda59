"""The JSON Schema that is shipped describes what is written: every line of an export, and no line that is broken."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from annotator.domain.found import Losses
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.formats.json_schema import line_schema
from annotator.formats.jsonl import JsonlWriter
from annotator.paths import resource
from annotator.services.projects import new_project
from annotator.storage.snapshots import SnapshotCorpus
from tests.editing.by_chance import TEXT, WHO, Hand

SHIPPED = "formats/annotator-jsonl.schema.json"


def validator() -> Draft202012Validator:
    """Checks lines by the schema that is shipped."""
    return Draft202012Validator(json.loads(resource(SHIPPED).read_text(encoding="utf-8")))


def exported(folder: Path, seed: int) -> list[dict[str, object]]:
    """The lines of an export of a project in which everything possible was done."""
    workspace = new_project(folder / "one.annot", WHO)
    workspace.bring_in([NewArticle(TEXT, "Text", publisher="Post", published="2026-11-24")], "")
    hand = Hand(workspace, seed)
    for _ in range(150):
        try:
            hand.gesture()
        except EditRefused:
            continue
    workspace.records.save_copy(folder / "copy.annot")
    workspace.close()
    corpus = SnapshotCorpus(folder / "copy.annot")
    list(JsonlWriter().write(corpus, folder / "all.jsonl", Losses()))
    corpus.close()
    return [json.loads(line) for line in (folder / "all.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_shipped_schema_is_that_of_the_records_and_a_schema() -> None:
    shipped = json.loads(resource(SHIPPED).read_text(encoding="utf-8"))
    assert shipped == line_schema(), "write it anew: python packaging/make_schema.py"
    Draft202012Validator.check_schema(shipped)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_every_line_of_an_export_is_valid(tmp_path: Path, seed: int) -> None:
    for old in filter(Path.is_file, tmp_path.iterdir()):
        old.unlink()
    check = validator()
    lines = exported(tmp_path, seed)
    assert len(lines) > 4
    for line in lines:
        assert not list(check.iter_errors(line)), line


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "mention", "id": "x"},
        {"type": "nothing"},
        {"format": "other", "version": 1},
        {"format": "annotator-jsonl", "version": 2},
        [],
    ],
)
def test_other_lines_are_not(broken: object) -> None:
    assert not validator().is_valid(broken)


def test_a_wrong_field_is_found(tmp_path: Path) -> None:
    (mention, *_) = [line for line in exported(tmp_path, 3) if line.get("type") == "article"]
    check = validator()
    assert check.is_valid(mention)
    assert not check.is_valid(mention | {"length": "long"})
    assert not check.is_valid(mention | {"colour": "red"})
    assert not check.is_valid({key: value for key, value in mention.items() if key != "text"})
