"""What goes out to tools for marking text comes back the same, minus what is named as lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.found import Findings
from annotator.errors import FormatError
from annotator.formats.docbin import DocBinFormat
from annotator.formats.doccano import Doccano
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from annotator.formats.web_annotation import WebAnnotation
from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.round_trip import Tool, canonical, expected, hard_corpus, read_all, written

FORMATS: list[Tool] = [DocBinFormat(), Doccano(), LabelStudio(), Prodigy(), WebAnnotation()]
DETAILS = "entities without their description, sectors, country, role, place and own fields"
EVENTS = "claims without what is said to have happened"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


@pytest.mark.parametrize("tool", [Doccano(), Prodigy(), WebAnnotation()], ids=lambda tool: tool.key)
def test_a_project_comes_back_the_same(corpus: SnapshotCorpus, tmp_path: Path, tool: Tool) -> None:
    target = tmp_path / f"out{tool.suffix}"
    losses = written(tool, corpus, target)
    found, findings = read_all(tool, target)
    assert findings == Findings()
    wanted = expected(corpus)
    wanted[1]["fields"] = (wanted[1]["text"], *wanted[1]["fields"][1:])
    for one, other in zip(found, wanted, strict=True):
        for part, value in canonical(one).items():
            assert value == other[part], part
    assert losses.counts == {DETAILS: 1, EVENTS: 1}


def test_label_studio_loses_only_arrows_between_annotators(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    losses = written(LabelStudio(), corpus, tmp_path / "out.json")
    found, findings = read_all(LabelStudio(), tmp_path / "out.json")
    assert findings == Findings()
    for one, other in zip(map(canonical, found), expected(corpus), strict=True):
        for part in ("text", "fields", "language", "entities", "mentions", "zones"):
            assert one[part] == other[part], part
        assert [claim[0] for claim in one["claims"]] == [claim[0] for claim in other["claims"]]
    # Ben's claim lies in one of Anna's, names the machine's mention, and has links from Anna's and to Anna's.
    assert losses.counts == {DETAILS: 1, EVENTS: 1, "arrows between the work of two annotators": 3}


def test_docbin_loses_what_does_not_fit_tokens(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    losses = written(DocBinFormat(), corpus, tmp_path / "out.spacy")
    found, findings = read_all(DocBinFormat(), tmp_path / "out.spacy")
    assert findings == Findings()
    for one, other in zip(map(canonical, found), expected(corpus), strict=True):
        for part in ("text", "fields", "language", "zones", "claims", "links"):
            assert one[part] == other[part], part
        assert [m for m in one["mentions"] if m not in other["mentions"]] == []
    lost = [m[1] for m in expected(corpus)[0]["mentions"] if m not in canonical(found[0])["mentions"]]
    assert losses.counts["spans that end inside a token, left out"] == len(lost) == 1
    assert losses.counts["mentions among the span groups only, not among the ents"] > 3


def test_docbin_grows_spans_to_tokens_where_that_is_chosen(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    losses = written(DocBinFormat(expands=True), corpus, tmp_path / "out.spacy")
    found, _ = read_all(DocBinFormat(), tmp_path / "out.spacy")
    assert losses.counts["spans that end inside a token, grown to whole tokens"] == 1
    assert len(found[0].mentions) == len(expected(corpus)[0]["mentions"])
    assert {m.quote or found[0].text[m.spans[0].start : m.spans[0].end] for m in found[0].mentions} >= {"valley 🙂"}


@pytest.mark.parametrize("tool", FORMATS, ids=lambda tool: tool.key)
def test_each_recognises_its_own_files_and_no_other(corpus: SnapshotCorpus, tmp_path: Path, tool: Tool) -> None:
    target = tmp_path / f"out{tool.suffix}"
    written(tool, corpus, target)
    head = target.read_bytes()[:4096]
    assert [one.key for one in FORMATS if one.recognises(target, head)] == [tool.key]


def test_none_takes_our_own_json_lines_for_its_own(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(JsonlWriter(), corpus, tmp_path / "out.jsonl")
    head = (tmp_path / "out.jsonl").read_bytes()[:4096]
    assert b'"spans"' in (tmp_path / "out.jsonl").read_bytes()
    assert not any(one.recognises(tmp_path / "out.jsonl", head) for one in FORMATS)


@pytest.mark.parametrize("tool", FORMATS, ids=lambda tool: tool.key)
def test_what_cannot_be_read_or_written_is_a_sentence(corpus: SnapshotCorpus, tmp_path: Path, tool: Tool) -> None:
    empty = tmp_path / f"empty{tool.suffix}"
    empty.write_bytes(b"")
    for path in (empty, tmp_path / f"none{tool.suffix}", tmp_path):
        with pytest.raises(FormatError, match=path.name):
            read_all(tool, path)
    with pytest.raises(FormatError, match="could not be written"):
        written(tool, corpus, tmp_path / "no folder" / f"out{tool.suffix}")
    assert not list(tmp_path.glob(".*part"))
