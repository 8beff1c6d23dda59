"""spaCy itself takes our DocBin files, and what others put into theirs is found."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
import srsly
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Corpus, Example

from annotator.domain import spans
from annotator.domain.found import Losses
from annotator.domain.identifiers import Identifier
from annotator.errors import FormatError
from annotator.formats.docbin import DocBinFormat
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import ANNA, a_project, add_article, made, make_claim
from tests.formats.round_trip import VALLEY, hard_corpus, read_all, written


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


def test_spacy_loads_texts_ents_and_groups(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(DocBinFormat(), corpus, tmp_path / "out.spacy")
    english, arabic, silent = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    assert english.text == VALLEY
    assert {(ent.text, ent.label_, ent.kb_id_) for ent in english.ents} >= {("Ana Ruiz", "actor", "Q42")}
    assert sorted(english.spans) == ["content", "cue", "mentions", "source"]
    assert [span.text for span in english.spans["cue"]] == ["wrote", "said", "adding"]
    assert {span.label_ for span in english.spans["mentions"]} == {"actor", "location", "other"}
    assert [ent.text for ent in arabic.ents] == ["صالح"]
    assert not silent.ents


def test_a_claim_whose_content_fits_no_token_leaves_none_of_its_parts(tmp_path: Path) -> None:
    text = "Ana Ruiz said that the dam would hold."
    with a_project(tmp_path) as project:
        article = add_article(project, text)
        project.apply(made(make_claim(article, text, "he dam would hol", by="Ana Ruiz", cue="said")), ANNA)
    snapshot = SnapshotCorpus(project.path)
    losses = Losses()
    assert list(DocBinFormat().write(snapshot, tmp_path / "out.spacy", losses)) == [1]
    snapshot.close()
    (doc,) = DocBin().from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    assert [span.text for group in doc.spans.values() for span in group] == []
    assert losses.counts["parts of claims whose content was left out"] == 2


def test_spacy_trains_on_it(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(DocBinFormat(), corpus, tmp_path / "train.spacy")
    nlp = spacy.blank("en")
    model = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 16,
        "depth": 1,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": False,
    }
    nlp.add_pipe("ner", config={"model": {"tok2vec": model, "hidden_width": 16}})
    examples = list(Corpus(tmp_path / "train.spacy")(nlp))
    assert len(examples) == 3
    optimizer = nlp.initialize(lambda: examples)
    losses: dict[str, float] = {}
    nlp.update(examples, sgd=optimizer, losses=losses)
    assert losses["ner"] > 0
    assert set(nlp.get_pipe("ner").labels) == {"actor", "other"}  # type: ignore[attr-defined]
    assert isinstance(examples[0], Example)


def test_another_program_s_ents_and_groups_are_found(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Ana Ruiz met  the Post 🙂 in Lima.")
    doc.ents = (Span(doc, 0, 2, "PERSON", kb_id="Q42"), Span(doc, 8, 9, "GPE"))
    doc.spans["sc"] = [Span(doc, 0, 1, "FIRST"), Span(doc, 0, 2, "PERSON")]
    DocBin(docs=[doc, nlp("Nothing.")]).to_disk(tmp_path / "foreign.spacy")
    (one, two), findings = read_all(DocBinFormat(), tmp_path / "foreign.spacy")
    assert one.text == doc.text
    assert two.mentions == ()
    assert findings.problems == []
    assert {(m.label, m.spans, m.entity) for m in one.mentions} == {
        ("FIRST", (spans.Span(0, 3),), ""),
        ("PERSON", (spans.Span(0, 8),), ""),
        ("GPE", (spans.Span(doc.text.index("Lima"), doc.text.index("Lima") + 4),), ""),
    }
    doc.spans.clear()
    DocBin(docs=[doc]).to_disk(tmp_path / "ents.spacy")
    (one,), _ = read_all(DocBinFormat(), tmp_path / "ents.spacy")
    assert [(entity.name, entity.ids) for entity in one.entities] == [("Ana Ruiz", (Identifier("wikidata", "Q42"),))]
    assert next(m for m in one.mentions if m.label == "PERSON").entity == one.entities[0].key


def changed(path: Path, **parts: object) -> Path:
    """A copy of a file with other parts."""
    message = srsly.msgpack_loads(zlib.decompress(path.read_bytes()))
    target = path.with_name("changed.spacy")
    target.write_bytes(zlib.compress(srsly.msgpack_dumps({**message, **parts})))
    return target


@pytest.mark.parametrize(
    "parts",
    [
        {"attrs": [1, 2]},
        {"attrs": "x"},
        {"lengths": b"\xff\xff\xff\xff"},
        {"lengths": b"\x05"},
        {"tokens": b""},
        {"spaces": b""},
        {"strings": 3},
    ],
)
def test_parts_that_contradict_each_other_are_refused(tmp_path: Path, parts: dict[str, object]) -> None:
    nlp = spacy.blank("en")
    DocBin(docs=[nlp("Ana met Bo.")]).to_disk(tmp_path / "one.spacy")
    with pytest.raises(FormatError, match=r"changed\.spacy"):
        read_all(DocBinFormat(), changed(tmp_path / "one.spacy", **parts))


def test_a_damaged_document_is_reported_and_the_others_come(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp("Ana met Bo.")
    doc.spans["sc"] = [Span(doc, 0, 1, "A"), Span(doc, 2, 3, "B")]
    DocBin(docs=[doc, nlp("Fine."), Doc(nlp.vocab, ["no", "blanks"])]).to_disk(tmp_path / "one.spacy")
    message = srsly.msgpack_loads(zlib.decompress((tmp_path / "one.spacy").read_bytes()))
    packed = message["span_groups"]
    broken = packed[0].replace((2).to_bytes(4, "big") + (3).to_bytes(4, "big"), b"\x00\x00\x00\x02\x7f\xff\xff\xff")
    assert broken != packed[0]
    found, findings = read_all(
        DocBinFormat(), changed(tmp_path / "one.spacy", span_groups=[broken, b"\xc1", packed[2]])
    )
    assert [article.text for article in found] == ["Ana met Bo."]
    assert [mention.label for mention in found[0].mentions] == ["A"]
    assert [str(problem) for problem in findings.problems] == [
        "changed.spacy: document 1: a span “B” of the group “sc” was left out: it lies outside the text",
        "changed.spacy: document 2 was left out: it is damaged",
        "changed.spacy: document 3 was left out: it does not say where blanks stand, so its text is not known",
    ]


def test_a_span_whose_tokens_and_characters_differ_is_told(tmp_path: Path) -> None:
    doc = spacy.blank("en")("Ana met Bo.")
    doc.spans["sc"] = [Span(doc, 0, 1, "A"), Span(doc, 2, 3, "B")]
    DocBin(docs=[doc]).to_disk(tmp_path / "one.spacy")
    packed = srsly.msgpack_loads(zlib.decompress((tmp_path / "one.spacy").read_bytes()))["span_groups"][0]
    shifted = packed.replace((8).to_bytes(4, "big") + (10).to_bytes(4, "big"), b"\0\0\0\x07\0\0\0\x09")
    assert shifted != packed
    (one,), findings = read_all(DocBinFormat(), changed(tmp_path / "one.spacy", span_groups=[shifted]))
    assert [mention.label for mention in one.mentions] == ["A"]
    assert [problem.reason for problem in findings.problems] == [
        "document 1: a span “B” of the group “sc” was left out: its tokens and its characters differ"
    ]


def test_a_small_file_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.formats.docbin_reading.LARGEST_UNPACKED", 10_000_000)
    (tmp_path / "bomb.spacy").write_bytes(zlib.compress(bytes(20_000_000)))
    with pytest.raises(FormatError, match="holds more than 10 MB"):
        read_all(DocBinFormat(), tmp_path / "bomb.spacy")


def test_a_pipeline_that_is_not_there_is_a_sentence(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="“none” could not be loaded"):
        written(DocBinFormat("none"), corpus, tmp_path / "out.spacy")
