"""brat: what is written comes back, what others write is understood, what is wrong is told with its line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import Findings, FoundSource
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import ZoneId
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.errors import FormatError
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.brat_text import as_name, from_name, from_one_line, in_one_line
from tests.building import (
    ANNA,
    BEN,
    make_annotator,
    make_article,
    make_claim,
    make_entity,
    make_mention,
    make_project,
    new_id,
)
from tests.formats.broken import broken_variant
from tests.formats.round_trip_brat import MemoryCorpus, contents, read_all, rich_corpus, seen_by, seen_in, written

TEXT = "Ana Ruiz said the bridge\nwas safe.\n“It will hold,” she wrote, “for years.”\n"
ANN = (
    "T1\tPerson 0 8\tAna Ruiz\n"
    "T2\tCue 9 13\tsaid\n"
    "T3\tContent 14 24;25 33\tthe bridge was safe\n"
    "T4\tAttribution 9 13\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Content:T3 Cue:T2\n"
    "T5\tPerson 51 54\tshe\n"
    "*\tEquiv T1 T5\n"
    "T6\tContent 35 50;62 74\t“It will hold,” “for years.”\n"
    "T7\tCue 55 60\twrote\n"
    "T8\tAttribution 55 60\twrote\n"
    "E2\tAttribution:T8 Source:T5 Content:T6 Cue:T7 Within:E1\n"
    "A1\tmanner E2 direct\n"
    "A2\tdoubtful T1\n"
    "R1\tsupports Arg1:E2 Arg2:E1\t\n"
    "N1\tReference T1 Wikidata:Q42\tAna Maria Ruiz\n"
    "#1\tAnnotatorNotes E1\tlook again\n"
)
FOUR_BYTES_OF_NOTHING = b"\x00\xff\xfe\x00"


def a_folder(root: Path, **files: str) -> Path:
    """A folder with files: doc_ann="…" makes doc.ann; A__doc_txt makes A/doc.txt."""
    for name, words in files.items():
        path = root / (name.replace("__", "/")[:-4] + "." + name[-3:])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8", newline="")
    return root


def test_everything_that_brat_can_carry_comes_back(tmp_path: Path) -> None:
    corpus = rich_corpus()
    losses = written(BratWriter(), corpus, tmp_path / "out")
    articles, findings = read_all(BratReader(), tmp_path / "out")
    assert findings.problems == []
    assert findings.left_out == {}
    assert [seen_by(found) for found in articles] == [seen_in(annotated, corpus) for annotated in corpus.articles()]
    assert losses.sentences == ()


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    corpus = rich_corpus()
    for name in ("one", "two"):
        written(BratWriter(), corpus, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert {
        "annotation.conf",
        "visual.conf",
        "Anna-K/0001-Bridge-closed.ann",
        "Ben/0001-Bridge-closed.txt",
    } <= contents(tmp_path / "one").keys()


def test_no_span_that_is_written_holds_a_line_break(tmp_path: Path) -> None:
    written(BratWriter(), rich_corpus(), tmp_path / "out")
    for file in (tmp_path / "out").rglob("*.ann"):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert line[0] in "TEARN#", "a quoted line break made a line of its own"


def test_a_stopped_writer_leaves_nothing_and_a_full_folder_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    writing = BratWriter().write(
        rich_corpus(), folder / "out", losses=written(BratWriter(), rich_corpus(), tmp_path / "x")
    )
    next(writing)
    writing.close()  # type: ignore[attr-defined]  # a generator
    assert list(folder.iterdir()) == []
    with pytest.raises(FormatError, match="not empty"):
        written(BratWriter(), rich_corpus(), tmp_path / "x")


def test_events_become_claims_and_equivs_and_registers_entities(tmp_path: Path) -> None:
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=ANN))
    assert findings.problems == []
    first, second = found.claims
    assert first.content == (Span(14, 33),), "pieces that a line break parts are one"
    assert first.sources == (FoundSource((Span(0, 8),), "T1"),)
    assert (first.cue, first.note, first.within) == ((Span(9, 13),), "look again", "")
    assert second.content == (Span(35, 50), Span(62, 74))
    assert (second.within, second.choices) == ("E1", (("manner", "direct"),))
    assert [(link.label, link.origin, link.target) for link in found.links] == [("supports", "E2", "E1")]
    assert [(m.label, m.quote, m.entity) for m in found.mentions] == [
        ("Person", "Ana Ruiz", "Wikidata:Q42"),
        ("Person", "she", "Wikidata:Q42"),
    ]
    assert found.mentions[0].attributes == (Value("doubtful", ("yes",)),)
    (entity,) = found.entities
    assert (entity.name, entity.ids) == ("Ana Maria Ruiz", (Identifier("wikidata", "Q42"),))


def test_files_named_after_annotators_and_kept_apart_from_texts(tmp_path: Path) -> None:
    one = "T1\tPerson 0 3\tAna\n"
    a_folder(tmp_path, text__a_b_txt=TEXT, anns__a_b_4e07_ann=one, anns__a_b_5fec_ann=one)
    (found,), findings = read_all(BratReader(), tmp_path)
    assert [m.annotator for m in found.mentions] == ["4e07", "5fec"]
    assert len({m.key for m in found.mentions}) == 2
    assert findings.problems == []


def test_a_folder_for_each_annotator_is_one_article(tmp_path: Path) -> None:
    one = "T1\tPerson 0 3\tAna\n"
    a_folder(tmp_path, A__d_txt=TEXT, A__d_ann=one, B__d_txt=TEXT, B__d_ann=one, B__e_txt="Other.", B__e_ann="")
    articles, _ = read_all(BratReader(), tmp_path)
    assert [(len(a.mentions), sorted(m.annotator for m in a.mentions)) for a in articles] == [(2, ["A", "B"]), (0, [])]


def test_texts_of_one_name_that_differ_are_two_articles(tmp_path: Path) -> None:
    one = "T1\tPerson 0 3\tAna\n"
    a_folder(tmp_path, train__d_txt=TEXT, train__d_ann=one, test__d_txt="Ana slept.", test__d_ann=one)
    articles, findings = read_all(BratReader(), tmp_path)
    assert [(a.source, len(a.mentions)) for a in articles] == [("test/d.txt", 1), ("train/d.txt", 1)]
    assert findings.problems == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tPerson 0 3\tBob", "says “Bob”, but the text has “Ana” there"),
        ("T1\tPerson 0 300\tAna", "ends at 300, but the text has only"),
        ("T1\tPerson 3 3\t", "holds no character"),
        ("T1\tPerson x 3\tAna", "no label with offsets"),
        ("T1\tPerson 0 3;2 8\tAna a Ruiz", "overlap"),
        ("hello", "no line of brat's"),
        ("A1\tmanner T9 direct", "T9, which is not there"),
        ("N1\tReference T9 Wikidata:Q1\tx", "T9, which is not there"),
        ("R1\tsupports Arg1:T8 Arg2:T9", "joins something that is not there"),
        ("E1\tAttribution:T4 Source:T1 Cue:T9", "T9, which cannot be that"),
        ("E1\tAttribution:T4 Cue:T7", "no content"),
        ("E1\tAttribution", "no event with roles"),
        ("*\tEquiv T1", "no two that are the same"),
        ("#1\tNotes", "does not say what it is about"),
        ("#1\t T7 x", "does not say what it is about"),
        ("T1", "no line of brat's"),
        ("X1\tPerson 0 3", "no line of brat's"),
        ("E1\t", "no event with roles"),
        ("E1\tAttribution:T4 Source:", "no event with roles"),
        ("R1\t", "no relation between two"),
        ("R1\tsupports Arg1:T7", "no relation between two"),
        ("R1\tsupports Arg1:T7 Arg2:", "no relation between two"),
        ("T7\tPerson 4 8\tRuiz", "that of line 1 too"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_comes(tmp_path: Path, line: str, reason: str) -> None:
    a_folder(tmp_path, doc_txt=TEXT, doc_ann=f"T7\tPerson 0 8\tAna Ruiz\n{line}\n", other_txt="Fine.")
    articles, findings = read_all(BratReader(), tmp_path)
    assert len(articles) == 2
    assert articles[0].mentions[0].quote == "Ana Ruiz"
    assert any(p.file == "doc.ann" and p.line == 2 and reason in p.reason for p in findings.problems), findings.problems


def test_claims_that_quote_each_other_in_a_circle_are_taken_side_by_side(tmp_path: Path) -> None:
    lines = "T1\tContent 0 3\tAna\nT2\tAttribution 0 3\tAna\n"
    lines += "".join(f"E{n}\tAttribution:T2 Content:T1 Within:E{n % 5_000 + 1}\n" for n in range(1, 5_001))
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=lines))
    assert len(found.claims) == 5_000
    assert sum(not claim.within for claim in found.claims) == 1
    assert ["quoted within itself" in str(problem) for problem in findings.problems] == [True]


def test_escapes_of_our_own_never_become_what_no_text_can_hold(tmp_path: Path) -> None:
    lines = "T1\tPer%00son 0 3\tAna\nN1\tReference T1 entity:a\\ud800\tA\\udfff\n#1\tAnnotatorNotes T1\tx\\ud800\n"
    lines += '#2\tValues T1\t{"a": ["\\ud800"]}\n#3\tValues T1\t{"a": ["\\u0000"]}\n#4\tEntity T1\t[]\n'
    lines += "#5\tValues T1\t" + "[" * 100_000 + "\n"
    a_folder(tmp_path, A__d_txt=TEXT, A__d_ann=lines)
    (tmp_path / "annotator.jsonl").write_text('{"format": "annotator-brat", "annotators": {"A": "A\\ud800"}}\n')
    (found,), findings = read_all(BratReader(), tmp_path)
    str(found).encode()
    assert [problem.line for problem in findings.problems] == [4, 5, 6, 7]
    assert "\0" not in found.mentions[0].label


def test_missing_texts_and_unreadable_files_are_told(tmp_path: Path) -> None:
    a_folder(tmp_path, lost_ann="T1\tPerson 0 3\tAna\n", good_txt=TEXT, good_ann="T1\tPerson 0 3\tAna\n")
    (tmp_path / "bad.txt").write_bytes(FOUR_BYTES_OF_NOTHING)
    (tmp_path / "bad.ann").write_bytes(b"T1\tPerson 0 3\tAna\n")
    articles, findings = read_all(BratReader(), tmp_path)
    assert [len(article.mentions) for article in articles] == [1]
    assert {problem.file for problem in findings.problems} == {"lost.ann", "bad.txt"}
    with pytest.raises(FormatError, match="no text"):
        read_all(BratReader(), tmp_path / "lost.ann")


def test_windows_line_ends_and_marks(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_bytes(b"\xef\xbb\xbf" + b"Ana\r\nRuiz")
    (tmp_path / "d.ann").write_bytes(b"\xef\xbb\xbfT1\tPerson 0 3;5 9\tAna Ruiz\r\n")
    (found,), findings = read_all(BratReader(), tmp_path / "d.ann")
    assert (found.mentions[0].spans, findings.problems) == ((Span(0, 9),), [])


def test_recognised_by_folder_and_first_line(tmp_path: Path) -> None:
    folder = a_folder(tmp_path / "in", deep__doc_txt=TEXT, deep__doc_ann=ANN)
    reader = BratReader()
    assert reader.recognises(folder, b"")
    assert reader.recognises(folder / "deep/doc.ann", ANN.encode())
    assert not reader.recognises(folder / "deep/doc.ann", b"<xml>")
    assert not reader.recognises(tmp_path / "of the program", b"")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_files_never_raise_anything_else(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "out"
    if not folder.exists():
        written(BratWriter(), rich_corpus(), folder)
    whole = contents(folder)
    name = data.draw(st.sampled_from(sorted(whole)))
    broken = broken_variant(whole[name], data, b'["\\ud800", "\\u0000", %00%ff')
    (folder / name).write_bytes(broken)
    try:
        for found in BratReader().read(folder, Findings()):
            for spans in [m.spans for m in found.mentions] + [c.content for c in found.claims]:
                assert spans[-1].end <= len(found.text)
            str(found).encode("utf-8")
    except FormatError:
        pass
    finally:
        (folder / name).write_bytes(whole[name])


def test_a_claim_that_is_quoted_in_two_others_is_told(tmp_path: Path) -> None:
    more = "E3\tAttribution:T8 Content:T7 Within:E2 Within2:E1\n"
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=ANN + more))
    assert {claim.key: claim.within for claim in found.claims} == {"E1": "", "E2": "E1", "E3": "E2"}
    assert [problem.reason for problem in findings.problems] == ["E3 is quoted in two others; only the first was taken"]


@pytest.mark.parametrize("label", ["source", "Source", "Content", "Cue", "Within", "Attribution", "Zone-7", "Zone-"])
def test_a_label_of_the_project_s_own_that_is_called_like_a_word_of_ours_comes_back(tmp_path: Path, label: str) -> None:
    text = "Ana Ruiz said no."
    article, ruiz = make_article(text), make_entity("Ana Ruiz")
    mention = make_mention(article, text, "Ana Ruiz", label=label, entity=ruiz)
    of_type = (Value("event_type", (label,)),)
    claim = make_claim(article, text, "no", by="Ana Ruiz", entity=ruiz, attributes=of_type)
    annotated = AnnotatedArticle(article, text, (mention,), (claim,), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (ruiz,), (), (annotated,))
    written(BratWriter(), corpus, tmp_path / "out")
    (found,), _ = read_all(BratReader(), tmp_path / "out")
    (back,) = found.mentions
    assert (back.label, back.quote, found.zones) == (label, "Ana Ruiz", ())
    assert [source.mention for source in found.claims[0].sources] == [back.key]
    assert found.claims[0].attributes == of_type


def test_brat_knows_all_labels_that_the_files_have_each_once(tmp_path: Path) -> None:
    schema = json.loads(make_project().schema)
    schema["mentions"].append({**schema["mentions"][0], "key": "Source", "name": "Source", "hotkey": ""})
    text = "Ana Ruiz said no."
    article = make_article(text)
    mentions = tuple(make_mention(article, text, "Ana Ruiz", label=key) for key in ("Source", "actor"))
    zone = Zone(ZoneId(new_id()), article.id, "caption", Span(0, 3), ANNA.annotator, ANNA.now(), ANNA.now())
    annotated = AnnotatedArticle(article, text, mentions, (make_claim(article, text, "no", by="Ana"),), (), (zone,))
    project = replace(make_project(), schema=json.dumps(schema))
    written(BratWriter(), MemoryCorpus(project, (make_annotator(),), (), (), (annotated,)), tmp_path / "out")
    conf = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    known = conf.partition("[entities]\n")[2].partition("\n\n")[0].split("\n")
    (file,) = (tmp_path / "out").rglob("*.ann")
    lines = file.read_text(encoding="utf-8").splitlines()
    used = {line.split("\t")[1].split(" ")[0] for line in lines if line.startswith("T")} - {"Attribution"}
    assert used <= set(known)
    assert len(known) == len(set(known)), "brat refuses a label that stands there twice"
    assert len(used) == 5
    visual = (tmp_path / "out" / "visual.conf").read_text(encoding="utf-8")
    assert "%53ource | Source" in visual


def test_only_those_who_did_something_in_an_article_have_a_file_of_it(tmp_path: Path) -> None:
    text = "Ana Ruiz said no."
    articles = [make_article(text, author=BEN) for _ in range(4)]
    now = ANNA.now()
    zone = Zone(ZoneId(new_id()), articles[2].id, "caption", Span(0, 3), ANNA.annotator, now, now)
    done = (
        AnnotatedArticle(articles[0], text, (make_mention(articles[0], text, author=ANNA),), (), (), ()),
        AnnotatedArticle(articles[1], text, (), (make_claim(articles[1], text, "no", author=ANNA),), (), ()),
        AnnotatedArticle(articles[2], text, (), (), (), (zone,)),
        AnnotatedArticle(articles[3], text, (), (), (), ()),
    )
    corpus = MemoryCorpus(make_project(), (make_annotator(ANNA, "Anna"), make_annotator(BEN, "Ben")), (), (), done)
    written(BratWriter(), corpus, tmp_path / "out")
    found = sorted(file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.ann"))
    assert [name.partition("-")[0] for name in found] == ["Anna/0001", "Anna/0002", "Anna/0003", "Ben/0004"]


def test_what_others_write_beside_claims(tmp_path: Path) -> None:
    lines = (
        "T1\tPerson 0 8\tAna Ruiz\nT2\tPerson 51 54\tshe\nT3\tMeeting 9 13\tsaid\n"
        "E1\tMeeting:T3 Who:T1\n"
        "*\tEquiv T2 T1\n"
        "A1\ttone T1 calm\nA2\ttone T1 loud\nA3\ttone T1 calm\nA4\tlevel T2 pronoun\nM1\tunsure T2\n"
        "N1\tReference T1 Q42\tAna\n"
        "N2\tReference T1 Wikidata:Q42\tAna\n"
        "N3\tReference T1 GeoNames:5\tAna\n"
        "#1\tEntity T1\tnot sure\n#2\tAnnotatorNotes T1\tlook again\n#3\tAnnotatorNotes R9\tgone\n"
    )
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=lines))
    ana, she, said = found.mentions
    assert (ana.attributes, ana.note) == ((Value("tone", ("calm", "loud")),), "not sure\nlook again")
    assert (she.level, she.unsure, she.attributes) == ("pronoun", True, ())
    assert (ana.entity, she.entity, said.label) == ("Wikidata:Q42", "Wikidata:Q42", "Meeting")
    (entity,) = found.entities
    assert entity.ids == (Identifier("wikidata", "Q42"), Identifier("geonames", "5"))
    assert [problem.reason for problem in findings.problems] == ["“Q42” on T1 is no name in a register"]
    assert findings.left_out == {"events that are no claims": 1, "notes on other things than texts and events": 1}


def test_an_event_is_a_claim_of_its_type_and_those_that_are_the_same_one_entity(tmp_path: Path) -> None:
    lines = (
        "T1\tPerson 0 8\tAna Ruiz\nT2\tPerson 51 54\tshe\nT3\tStatement 9 13\tsaid\nT4\tContent 14 24\tthe bridge\n"
        "E1\tStatement:T3 Content:T4 Source:T2 Within:E1 Topic:T1\nA1\tmood E1 calm\n*\tEquiv T1 T2 T9\n"
    )
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=lines))
    (claim,) = found.claims
    assert claim.attributes == (Value("event_type", ("Statement",)), Value("mood", ("calm",)))
    assert (claim.sources, claim.within) == ((FoundSource((Span(51, 54),), "T2"),), "")
    (entity,) = found.entities
    assert (entity.name, [mention.entity for mention in found.mentions]) == ("Ana Ruiz", [entity.key, entity.key])
    assert [problem.reason for problem in findings.problems] == [
        "some of those that are the same are not there",
        "Within of E1 is E1, which cannot be that",
    ]
    assert findings.left_out == {"roles “Topic” of claims": 1}


def test_what_hangs_on_a_claim_that_is_none_is_left(tmp_path: Path) -> None:
    lines = (
        "T1\tPerson 0 8\tAna Ruiz\nT2\tPerson 51 54\tshe\nT3\tCue 9 13\tsaid\nT4\tContent 14 24\tthe bridge\n"
        "E1\tX:T3 Cue:T3\nE2\tX:T3 Content:T4 Within:E1\nR1\tknows Arg1:T1 Arg2:T2\nR2\tbacks Arg1:E2 Arg2:E2\n"
    )
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=lines))
    assert [(claim.key, claim.within) for claim in found.claims] == [("E2", "")]
    assert [problem.reason for problem in findings.problems] == ["E1 has no content, so it is no claim"]
    assert findings.left_out == {
        "relations “knows” between other things than claims": 1,
        "relations “backs” between other things than claims": 1,
    }


def test_words_that_a_line_does_not_repeat_and_what_follows_a_relation(tmp_path: Path) -> None:
    lines = "T1\tPerson 0 8\nA1\tsure  T1\nT2\tContent 14 24\nT3\tContent 25 33\nE1\tX:T2 Content:T2\n"
    lines += "E2\tX:T3 Content:T3 7:T1\nR1\tbacks Arg1:E1 Arg2:E2 \tseen\n"
    (found,), findings = read_all(BratReader(), a_folder(tmp_path, doc_txt=TEXT, doc_ann=lines))
    (ana,) = found.mentions
    assert (ana.spans, ana.quote, ana.attributes) == ((Span(0, 8),), "", (Value("sure", ("yes",)),))
    assert [(link.label, link.origin, link.target) for link in found.links] == [("backs", "E1", "E2")]
    assert (findings.problems, findings.left_out) == ([], {"roles “7” of claims": 1})


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_names_and_comments_are_one_word_and_one_line_and_come_back(words: str) -> None:
    assert from_name(as_name(words)) == words
    assert len(as_name(words).split()) == bool(words)
    assert from_one_line(in_one_line(words)) == words
    assert len(in_one_line(words).splitlines()) <= 1


def test_names_are_spelled_so_that_brat_reads_them_and_only_escapes_of_line_breaks_are_undone() -> None:
    assert as_name("a-b.c é_~ %|") == "a-b.c_é%5F%7E_%25%7C"
    assert from_one_line(r"\u2028 \u0041 \\n C:\dir") == "\u2028 \\u0041 \\n C:\\dir"
