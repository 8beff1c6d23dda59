"""What goes out to tools for marking text comes back the same, minus what is named as lost."""

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import Findings, Losses
from annotator.domain.ids import MentionId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats.docbin import DocBinFormat
from annotator.formats.doccano import Doccano
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from annotator.formats.web_annotation import WebAnnotation
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import ANNA, make_annotator, make_article, make_claim, make_project, new_id, new_time
from tests.formats.round_trip import Tool, canonical, expected, hard_corpus, read_all, written
from tests.formats.round_trip_brat import MemoryCorpus

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


LETTERS = st.text(alphabet="ab c.\n\r\t🙂é،\u2028'-_\u0301", min_size=2, max_size=40)


@given(middle=LETTERS, data=st.data())
def test_prodigy_gets_tokens_into_which_every_span_fits(
    tmp_path_factory: pytest.TempPathFactory, middle: str, data: st.DataObject
) -> None:
    text = f"Ana{middle}no"
    article = make_article(text, title="Short")
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    spans = [Span(*place) for place in data.draw(st.lists(ends, max_size=5))]
    now = new_time()
    mentions = tuple(
        Mention(MentionId(new_id()), article.id, "actor", (span,), span.cut(text), ANNA.annotator, now, now)
        for span in spans
    )
    claim = make_claim(article, text, "no", by="Ana")
    annotated = AnnotatedArticle(article, text, mentions, (claim,), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,))
    target = tmp_path_factory.mktemp("prodigy") / "out.jsonl"
    list(Prodigy().write(corpus, target, Losses()))
    (line,) = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    tokens = line["tokens"]
    assert [token["id"] for token in tokens] == list(range(len(tokens)))
    assert all(one["end"] <= other["start"] for one, other in pairwise(tokens))
    assert all(token["text"] == text[token["start"] : token["end"]] != "" for token in tokens)
    assert all(token["ws"] == (text[token["end"] : token["end"] + 1] == " ") for token in tokens)
    covered = {n for token in tokens for n in range(token["start"], token["end"])}
    assert all(n in covered or letter.isspace() for n, letter in enumerate(text)), "a word without a token"
    for span in line["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    for relation in line["relations"]:
        assert relation["head"] == relation["head_span"]["token_end"]
        assert {relation["head_span"]["id"], relation["child_span"]["id"]} <= {span["id"] for span in line["spans"]}
