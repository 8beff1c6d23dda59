"""WebAnno TSV: what is written comes back, any project's layers are understood, what is wrong is told with its line."""

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.found import Findings, FoundArticle, FoundMention, Losses
from annotator.domain.identifiers import Identifier
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.errors import FormatError
from annotator.formats import unpacking
from annotator.formats.webanno_tsv import WebAnnoTsv
from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.broken import broken_variant
from tests.formats.round_trip import VALLEY, canonical, expected, hard_corpus, read_all, written
from tests.formats.round_trip_brat import contents, corpus_of, rich_corpus, seen_by, seen_in
from tests.formats.round_trip_brat import written as written_from_memory

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
SAMPLE = (
    "#FORMAT=WebAnno TSV 3.2\n"
    f"#T_SP={DKPRO}.lexmorph.type.pos.POS|PosValue\n"
    f"#T_SP={DKPRO}.ner.type.NamedEntity|identifier|value\n"
    "#T_SP=webanno.custom.Mood|\n"
    "#T_SP=webanno.custom.Frame|sense|ROLE_webanno.custom.Frame:args_webanno.custom.FrameArgsLink|uima.tcas.Annotation\n"
    f"#T_CH={DKPRO}.coref.type.CoreferenceLink|referenceType|referenceRelation\n"
    f"#T_RL=webanno.custom.Tie|kind|BT_{DKPRO}.ner.type.NamedEntity\n"
    "\n\n"
    "#Text=Ana Ruiz 🙂 told\n"
    "#Text=Bo's sister.\n"
    "1-1\t0-3\tAna\tNNP\thttp://www.wikidata.org/entity/Q42[1]|*[2]\tPER[1]|PER\\_x[2]\t_\t_\t_\t_\tname[1]\tsame->1-1\tmarried\t1-5.1\t\n"
    "1-2\t4-8\tRuiz\tNNP\thttp://www.wikidata.org/entity/Q42[1]\tPER[1]\t_\t_\t_\t_\tname[1]\tsame->1-1\t_\t_\t\n"
    "1-3\t9-11\t🙂\t_\t_\t_\t*\t_\t_\t_\t_\t_\t_\t_\t\n"
    "1-4\t12-16\ttold\tVBD\t_\t_\t_\ttell\tsayer;hearer\t1-1[1];1-5.1\t_\t_\t_\t_\t\n"
    "1-5\t17-21\tBo's\tNNP\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
    "1-5.1\t17-19\tBo\t_\t*\tPER\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
    "1-5.2\t19-19\t\t_\t*\tPER\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
    "1-6\t22-28\tsister\tNN\t_\t_\t_\t_\t_\t_\tnoun[1]\t*->1-2\t_\t_\t\n"
    "1-7\t28-29\t.\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
    "\n"
    "#Text=She left.\n"
    "2-1\t31-34\tShe\tPRP\t_\t_\t_\t_\t_\t_\t_\t_\t_\t_\t\n"
    "2-2\t35-39\tleft\tVBD\t_\t_\t*[7]\t_\t_\t_\t_\t_\t_\t_\t\n"
    "2-3\t39-40\t.\t.\t_\t_\t*[7]\t_\t_\t_\t_\t_\t_\t_\t\n"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


def a_file(folder: Path, words: str, name: str = "doc.tsv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8", newline="")
    return path


def read_one(path: Path) -> tuple[FoundArticle, Findings]:
    (found,), findings = read_all(WebAnnoTsv(), path)
    return found, findings


def test_a_project_comes_back_minus_what_is_told(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    losses = written(WebAnnoTsv(), corpus, tmp_path / "out")
    found, findings = read_all(WebAnnoTsv(), tmp_path / "out")
    assert findings == Findings()
    wanted = expected(corpus)
    wanted[1]["fields"] = (wanted[1]["text"], *wanted[1]["fields"][1:])
    for one, other in zip(map(canonical, found), wanted, strict=True):
        for part in ("text", "fields", "language", "entities", "mentions"):
            assert one[part] == other[part], part
        assert [(c[0], c[2], c[4], c[5]) for c in one["claims"]] == [(c[0], c[2], c[4], c[5]) for c in other["claims"]]
        assert [link for link in other["links"] if link not in one["links"]] == other["links"][1:]
    assert canonical(found[0])["zones"] == [("caption", Span(30, 59), "Ben"), ("headline", Span(0, 24), "Anna")]
    assert losses.counts == {
        "entities without their description, sectors, country, role, place and own fields": 1,
        "claims without what is said to have happened": 1,
        "arrows between the work of two annotators": 3,
        "spans lost the blanks at their ends": 1,
    }


def test_everything_within_an_annotators_work_comes_back(tmp_path: Path) -> None:
    corpus = rich_corpus()
    losses = written_from_memory(WebAnnoTsv(), corpus, tmp_path / "out")
    articles, findings = read_all(WebAnnoTsv(), tmp_path / "out")
    assert findings == Findings()
    for found, annotated in zip(map(seen_by, articles), corpus.articles(), strict=True):
        assert found == seen_in(annotated, corpus)
    assert losses.counts == {"entities without their description, sectors, country, role, place and own fields": 1}


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    corpus = rich_corpus()
    for name in ("one", "two"):
        written_from_memory(WebAnnoTsv(), corpus, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert {"layers.json", "annotator.jsonl", "Anna-K/0001-Bridge-closed.tsv"} <= contents(tmp_path / "one").keys()


def test_every_place_in_the_file_counts_utf_16_units(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(WebAnnoTsv(), corpus, tmp_path / "out")
    units = VALLEY.encode("utf-16-le")
    (file,) = (tmp_path / "out/Anna").glob("0001*")
    rows = re.findall(r"^[0-9.-]+\t(\d+)-(\d+)\t([^\t]*)\t", file.read_text("utf-8"), re.MULTILINE)
    assert ("23", "25", "🙂") in rows
    for begin, end, word in rows:
        assert units[2 * int(begin) : 2 * int(end)].decode("utf-16-le") == word


def test_a_rebuilder_as_inception_has_it_gets_the_text_to_the_letter(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    """INCEpTION puts a line break after a sentence, takes it back where two touch, and fills other gaps with blanks."""
    written(WebAnnoTsv(), corpus, tmp_path / "out")
    text = ""
    for block in next((tmp_path / "out/Ben").glob("0001*")).read_bytes().decode("utf-8").split("\n\n")[1:]:
        lines = block.strip("\n").split("\n")
        texts = [line.removeprefix("#Text=") for line in lines if line.startswith("#Text=")]
        sentence = "".join(f"{line}\n" for line in texts).replace("\\r", "\r").replace("\\t", "\t")
        begin = int(next(line for line in lines if line[0].isdigit()).split("\t")[1].split("-")[0])
        count = len(text.encode("utf-16-le")) // 2
        text = (text[:-1] if count > begin else text + " " * (begin - count)) + sentence
    assert text == f"{VALLEY}\n"


def test_the_layers_of_any_project_are_understood(tmp_path: Path) -> None:
    found, findings = read_one(a_file(tmp_path, SAMPLE))
    assert found.text == "Ana Ruiz 🙂 told\nBo's sister.\n She left."
    assert findings.problems == []
    pos = "annotations of the layer “POS”"
    assert findings.left_out == {
        pos: 9,
        "annotations that hold no letter": 1,
        "relations between other things than claims": 3,
    }
    labels = {(m.label, m.spans[0].cut(found.text)): m for m in found.mentions}
    assert labels.keys() == {
        ("PER", "Ana Ruiz"), ("PER_x", "Ana"), ("PER", "Bo"), ("Mood", "🙂"), ("Mood", "left."), ("Frame", "told"),
        ("name", "Ana Ruiz"), ("noun", "sister"),
    }  # fmt: skip
    entities = {entity.key: entity for entity in found.entities}
    ana = entities[labels["PER", "Ana Ruiz"].entity]
    assert (ana.name, ana.ids) == ("Ana Ruiz", (Identifier("wikidata", "Q42"),))
    assert entities[labels["noun", "sister"].entity].name == "Ana Ruiz", "a chain is one entity"
    assert labels["Frame", "told"].attributes == (Value("sense", ("tell",)),)


@pytest.mark.parametrize(("minor", "words"), [(0, 'a\\u00e9 \\"b\\t\\/'), (1, 'a\\u00E9 \\"b\\t/'), (3, 'aé "b\\t/')])
def test_each_version_escapes_in_its_own_way(tmp_path: Path, minor: int, words: str) -> None:
    file = a_file(tmp_path, f'#FORMAT=WebAnno TSV 3.{minor}\n\n\n#Text={words}\n1-1\t0-2\taé\t\n1-2\t3-5\t"b\t\n')
    found, findings = read_one(file)
    assert (found.text, findings) == ('aé "b\t/', Findings())


def test_a_text_that_begins_with_line_breaks_keeps_them(tmp_path: Path) -> None:
    text = "\n\n\tAna said.  \n\n \nIt is so.\n\n"
    corpus = corpus_of([FoundArticle(text, "", "", mentions=(FoundMention("actor", (Span(3, 6),), annotator="Bo"),))])
    written_from_memory(WebAnnoTsv(), corpus, tmp_path / "out")
    (found,), findings = read_all(WebAnnoTsv(), tmp_path / "out")
    assert (found.text, found.mentions[0].spans, findings) == (text, (Span(3, 6),), Findings())


def test_a_sentence_ends_before_its_line_break_and_blanks_stay_with_it(tmp_path: Path) -> None:
    written_from_memory(
        WebAnnoTsv(), corpus_of([FoundArticle("One.\nTwo.  Three.\n\nFour", "x", "")]), tmp_path / "out"
    )
    (file,) = (tmp_path / "out").rglob("*.tsv")
    texts = re.findall(r"^#Text=(.*)$", file.read_text("utf-8"), re.MULTILINE)
    assert texts == ["One.", "Two.  ", "Three.", "", "Four"]


def test_an_entity_is_named_by_its_address_where_others_know_it(tmp_path: Path) -> None:
    written_from_memory(WebAnnoTsv(), rich_corpus(), tmp_path / "out")
    rows = (tmp_path / "out/Anna-K/0001-Bridge-closed.tsv").read_text("utf-8")
    assert "\tAna Ruiz[" in rows
    assert "\thttp://www.wikidata.org/entity/Q42[" in rows


def test_spans_of_blanks_are_left_out_alone(tmp_path: Path) -> None:
    text = "Ana  Ruiz said."
    pieces = FoundMention("actor", (Span(0, 3), Span(3, 5), Span(5, 9)))
    corpus = corpus_of([FoundArticle(text, "x", "", mentions=(pieces, FoundMention("other", (Span(3, 5),))))])
    losses = written_from_memory(WebAnnoTsv(), corpus, tmp_path / "out")
    (found,), findings = read_all(WebAnnoTsv(), tmp_path / "out")
    assert [(m.label, m.spans) for m in found.mentions] == [("actor", (Span(0, 3), Span(5, 9)))]
    assert losses.counts == {"spans of nothing but blanks were left out": 2}
    assert findings == Findings()


def test_a_file_by_a_program_that_counts_letters_is_read_by_its_words(tmp_path: Path) -> None:
    rows = "1-1\t0-1\t🙂\t_\t\n1-2\t2-5\tAna\tPER\t\n"
    file = a_file(tmp_path, f"#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Y|value\n\n\n#Text=🙂 Ana\n{rows}")
    found, findings = read_one(file)
    assert [m.spans[0].cut(found.text) for m in found.mentions] == ["Ana"]
    assert findings == Findings()


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("1-2\t4-8\tRuiz", "1-2\t4-8\tRuix", 13, "the word 1-2 is “Ruix” where the text has “Ruiz”"),
        ("1-2\t4-8", "1-2\t4-80", 13, "the word 1-2 was left out: 80 is no place between two letters"),
        ("1-2\t4-8", "1-2\tfour-8", 13, "the line is no word with its place"),
        ("#T_RL=webanno.custom.Tie", "#T_XX=webanno.custom.Tie", 7, "declares no layer"),
        ("married\t1-5.1", "married\tnowhere", 12, "a relation at 1-1 does not say where it comes from"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    assert old in SAMPLE
    found, findings = read_one(a_file(tmp_path, SAMPLE.replace(old, new)))
    assert ("doc.tsv", line) in [(problem.file, problem.line) for problem in findings.problems]
    assert any(reason in problem.reason for problem in findings.problems)
    assert "sister" in {m.spans[0].cut(found.text) for m in found.mentions}


def test_windows_line_ends_and_a_mark_at_the_beginning_do_no_harm(tmp_path: Path) -> None:
    plain, _ = read_one(a_file(tmp_path, SAMPLE))
    other, _ = read_one(a_file(tmp_path, "\ufeff" + SAMPLE.replace("\n", "\r\n")))
    assert canonical(other) == canonical(plain)


def test_a_project_that_inception_exports_is_one_article_for_each_text(tmp_path: Path) -> None:
    whose = {
        "annotation/doc.txt/ana.tsv": SAMPLE,
        "annotation/doc.txt/bo.tsv": SAMPLE,
        "curation/doc.txt/CURATION_USER.tsv": SAMPLE,
    }
    for name, words in {**whose, "annotation/other.txt/ana.tsv": SAMPLE.replace("She", "Sue")}.items():
        a_file(tmp_path / "project", words, name)
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((tmp_path / "project").rglob("*.tsv")):
            archive.write(file, file.relative_to(tmp_path / "project"))
    for path in (tmp_path / "project", packed):
        first, second = read_all(WebAnnoTsv(), path)[0]
        assert {m.annotator for m in first.mentions} == {"ana", "bo", "CURATION_USER"}
        assert {m.annotator for m in second.mentions} == {"ana"}
        assert WebAnnoTsv().recognises(path, path.read_bytes()[:4096] if path.is_file() else b"")


def test_a_zip_cannot_write_elsewhere_nor_fill_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "bad.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escaped.tsv", SAMPLE)
        archive.writestr("good.tsv", SAMPLE)
        archive.writestr("broken.zip", b"PK\x03\x04nothing")
    found, findings = read_all(WebAnnoTsv(), packed)
    assert len(found) == 1
    assert [problem.reason for problem in findings.problems] == [
        "“../../escaped.tsv” was left out: its name leads elsewhere",
        "“broken.zip” was left out: it is damaged, or no archive",
    ]
    assert not list(tmp_path.parent.rglob("escaped.tsv"))
    monkeypatch.setattr(unpacking, "LARGEST_UNPACKED", 1_000)
    with pytest.raises(FormatError, match=r"bad\.zip.*holds more than"):
        read_all(WebAnnoTsv(), packed)


def test_inception_can_take_the_layers_that_the_files_name(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(WebAnnoTsv(), corpus, tmp_path / "out")
    layers = {layer["name"]: layer for layer in json.loads((tmp_path / "out/layers.json").read_text("utf-8"))}
    built_in = {"value", "identifier"}
    for file in (tmp_path / "out").rglob("*.tsv"):
        for line in re.findall(r"^#T_..=(.*)$", file.read_text("utf-8"), re.MULTILINE):
            name, *features = line.split("|")
            known = {feature["name"] for feature in layers[name]["features"]} | built_in
            plain = {one for one in features if one and not one.startswith(("ROLE_", "BT_")) and "." not in one}
            assert plain <= known
            assert layers[name]["type"] == ("relation" if "|BT_" in line else "span")


def test_what_cannot_be_read_or_written_is_a_sentence(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    empty = tmp_path / "empty.tsv"
    empty.write_bytes(b"")
    (tmp_path / "nothing").mkdir()
    for path in (
        empty,
        tmp_path / "none.tsv",
        tmp_path / "nothing",
        a_file(tmp_path, "#FORMAT=WebAnno TSV 3.3\n\n", "bare.tsv"),
    ):
        with pytest.raises(FormatError, match=path.name):
            read_all(WebAnnoTsv(), path)
    with pytest.raises(FormatError, match="could not be written"):
        written(WebAnnoTsv(), corpus, tmp_path / "no folder" / "out")


def test_it_knows_its_own_files_and_no_other_tables(tmp_path: Path) -> None:
    path = a_file(tmp_path, SAMPLE)
    assert WebAnnoTsv().recognises(path, SAMPLE.encode())
    assert WebAnnoTsv().recognises(tmp_path, b"")
    path.write_text("name\tage\nAna\t3\n")
    assert not WebAnnoTsv().recognises(path, path.read_bytes())
    assert not WebAnnoTsv().recognises(tmp_path, b"")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_files_end_in_sentences(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "doc.tsv"
    path.write_bytes(broken_variant(SAMPLE.encode(), data, b"\\ud83d[9]|*->1-1;\t"))
    findings = Findings()
    try:
        articles = list(WebAnnoTsv().read(path, findings))
    except FormatError:
        return
    for found in articles:
        for mention in found.mentions:
            assert mention.spans[-1].end <= len(found.text)
        with TemporaryDirectory(dir=tmp_path) as folder:
            list(WebAnnoTsv().write(corpus_of([found]), Path(folder, "out"), Losses()))
