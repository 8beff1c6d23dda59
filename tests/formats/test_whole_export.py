"""Our own format carries everything, one record a line, and the same project gives the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.documents import TYPES_BY_NAME, from_document
from annotator.domain.found import Losses
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing import claiming, tagging, zoning
from annotator.editing.importing import NewArticle
from annotator.formats.jsonl import JsonlWriter
from annotator.services.projects import Person, new_project
from annotator.storage.snapshots import SnapshotCorpus

TEXT = "Ana said\u2028“it is closed”.\u0085\r\n🙂 end"
WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000006"), "Ana")


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    """A small project, read as a corpus."""
    workspace = new_project(tmp_path / "p.annot", WHO)
    workspace.bring_in([NewArticle(TEXT, "Title"), NewArticle("Nothing here.", "Empty")], "")
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    workspace.do(tagging.tag, article, (Span(0, 3),), "actor")
    workspace.do(claiming.claim, article, (Span(10, 22), Span(len(TEXT) - 3, len(TEXT))))
    (claim,) = workspace.records.claims_in(article)
    workspace.do(claiming.add_source, claim.id, (Span(0, 3),))
    workspace.do(zoning.mark_zone, article, Span(0, 9), "headline")
    workspace.records.save_copy(tmp_path / "copy.annot")
    workspace.close()
    snapshot = SnapshotCorpus(tmp_path / "copy.annot")
    yield snapshot
    snapshot.close()


def test_every_record_is_a_line_that_reads_back_equal(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    assert list(JsonlWriter().write(corpus, target, Losses())) == [1, 2]
    head, *lines = [json.loads(line) for line in target.read_text(encoding="utf-8").split("\n") if line]
    assert head["format"] == "annotator-jsonl"
    assert head["version"] == 1
    texts, records = {}, []
    for line in lines:
        record_type = TYPES_BY_NAME[line.pop("type")]
        text = line.pop("text", None)
        line.pop("chain", None)
        records.append(from_document(record_type, line))
        if text is not None:
            texts[line["id"]] = text
    wanted: list[object] = [corpus.project, *corpus.annotators(), *corpus.entities()]
    for annotated in corpus.articles():
        wanted += [annotated.article, *annotated.mentions, *annotated.claims, *annotated.assignments, *annotated.zones]
        assert texts[annotated.article.id] == annotated.text
    assert records == wanted


def test_line_ends_inside_a_text_do_not_cut_the_line(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    list(JsonlWriter().write(corpus, target, Losses()))
    for line in target.read_text(encoding="utf-8").splitlines():
        assert json.loads(line)


def test_the_same_project_gives_the_same_bytes(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    for name in ("one", "two"):
        list(JsonlWriter().write(corpus, tmp_path / name, Losses()))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_writer_that_is_stopped_leaves_what_was_there(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "out.jsonl").write_text("before", encoding="utf-8")
    writing = JsonlWriter().write(corpus, folder / "out.jsonl", Losses())
    next(writing)
    writing.close()  # type: ignore[attr-defined]  # a generator
    assert [file.name for file in folder.iterdir()] == ["out.jsonl"]
    assert (folder / "out.jsonl").read_text(encoding="utf-8") == "before"
