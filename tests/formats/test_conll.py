"""CoNLL-2003 and CoNLL-U: tags of any scheme are understood, what words cannot carry is counted, texts come back."""

from pathlib import Path

import conllu
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import Findings
from annotator.errors import FormatError
from annotator.formats.base import Reader, Writer
from annotator.formats.chunks import Chunk, chunks_in, tags_of
from annotator.formats.conll2003 import Conll2003Reader, Conll2003Writer
from annotator.formats.conllu import ConlluReader, ConlluWriter
from annotator.formats.tokens import sentences
from tests.building import find, make_annotator, make_article, make_mention, make_project
from tests.formats.broken import broken_variant
from tests.formats.round_trip_brat import NEWS, PLAIN, MemoryCorpus, read_all, rich_corpus, written

TEXT = "Ana Ruiz met John Smith of the Bank of Ghana. “No,” she said.\n"


def a_corpus(*mentions: tuple[str, str], text: str = TEXT, level: str = "name") -> MemoryCorpus:
    """One article with mentions: label and words; pieces parted by …"""
    article = make_article(text, title="Met")
    made = tuple(make_mention(article, text, *words.split("…"), label=label, level=level) for label, words in mentions)
    annotated = AnnotatedArticle(article, text, made, (), (), ())
    return MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,))


def words_of(text: str) -> list[list[str]]:
    return [[word.cut(text) for word in sentence] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ruiz's plan.", [["Ruiz", "'s", "plan", "."]]),
        (
            "O’Brien (Taliban-led) paid $1,200.50!",
            [["O’Brien", "(", "Taliban", "-", "led", ")", "paid", "$", "1,200.50", "!"]],
        ),
        ("He left. “Why?” Nobody knew.", [["He", "left", "."], ["“", "Why", "?", "”"], ["Nobody", "knew", "."]]),
        (
            "Mr. Ruiz and J. Smith of the U.S. army",
            [["Mr", ".", "Ruiz", "and", "J", ".", "Smith", "of", "the", "U.S.", "army"]],
        ),
        ("a\r\n\n b\u2028c", [["a"], ["b"], ["c"]]),
        (
            "She said no. He left. See No. 5 and fig. 2.",
            [
                ["She", "said", "no", "."],
                ["He", "left", "."],
                ["See", "No", ".", "5", "and", "fig", ".", "2", "."],
            ],
        ),
        ("He left... Nobody knew.", [["He", "left", "..."], ["Nobody", "knew", "."]]),
        ("He left... and came.", [["He", "left", "...", "and", "came", "."]]),
        (") Ana left.", [[")", "Ana", "left", "."]]),
        ("… Ana left. (No.) Yes.", [["…"], ["Ana", "left", "."], ["(", "No", ".", ")"], ["Yes", "."]]),
        (
            "Plan B! He left NATO. See Mr . He (“so”).",
            [
                ["Plan", "B", "!"],
                ["He", "left", "NATO", "."],
                ["See", "Mr", "."],
                ["He", "(", "“", "so", "”", ")", "."],
            ],
        ),
        (
            "He left. “no.” he said. (Yes.)",
            [
                ["He", "left", "."],
                ["“", "no", ".", "”", "he", "said", "."],
                ["(", "Yes", ".", ")"],
            ],
        ),
        ("王说。他走了。", [["王", "说", "。"], ["他", "走", "了", "。"]]),
        ("e\u0301te\u0301 🌉\x1fx", [["e\u0301te\u0301", "🌉", "x"]]),
        ("", []),
    ],
)
def test_words_and_sentences(text: str, wanted: list[list[str]]) -> None:
    assert words_of(text) == wanted


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_words_hold_everything_but_blanks_and_no_blank(text: str) -> None:
    flat = [word for sentence in sentences(text) for word in sentence]
    assert flat == sorted(flat)
    assert "".join(word.cut(text) for word in flat) == "".join(text.split())
    assert all(len(word.cut(text).splitlines()) == 1 for word in flat)


@pytest.mark.parametrize(
    "tags",
    [
        "B-P I-P O B-P B-P I-P I-L O",  # BIO
        "I-P I-P O I-P B-P I-P I-L O",  # IOB1
        "B-P E-P O S-P B-P E-P S-L O",  # BIOES
        "B-P L-P O U-P B-P L-P U-L O",  # BILUO
    ],
)
def test_every_scheme_means_the_same(tags: str) -> None:
    assert list(chunks_in(tags.split())) == [Chunk("P", 0, 2), Chunk("P", 3, 4), Chunk("P", 4, 6), Chunk("L", 6, 7)]


@pytest.mark.parametrize("tags", ["I-P S-P", "B-P U-P", "E-P I-P", "I-P B-P", "S-P I-P"])
def test_chunks_of_one_label_that_touch_stay_two(tags: str) -> None:
    assert list(chunks_in(tags.split())) == [Chunk("P", 0, 1), Chunk("P", 1, 2)]


@pytest.mark.parametrize("text", ["\n \tAna\xa0Ruiz \u3000met.\r\n\n", "Ana", " Ana Ruiz  "])
def test_conllu_keeps_blanks_of_every_kind_and_place(tmp_path: Path, text: str) -> None:
    written(ConlluWriter(), a_corpus(("actor", "Ana"), text=text), tmp_path / "out.conllu")
    (found,), _ = read_all(ConlluReader(), tmp_path / "out.conllu")
    assert (found.text, [m.spans for m in found.mentions]) == (text, [find(text, "Ana")])


def test_conllu_takes_nothing_but_blanks_for_blanks(tmp_path: Path) -> None:
    misc = "SpacesBefore=x\\ud800|SpacesAfter=\\s\\u0041\\u0000y\\n"
    (tmp_path / "odd.conllu").write_text("1\ta" + "\t_" * 7 + f"\t{misc}\n2\tb" + "\t_" * 8 + "\n", encoding="utf-8")
    (found,), _ = read_all(ConlluReader(), tmp_path / "odd.conllu")
    assert found.text == "a \nb "


def test_bare_labels_are_tags_too() -> None:
    assert list(chunks_in("PER PER O LOC".split())) == [Chunk("PER", 0, 2), Chunk("LOC", 3, 4)]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("PL"), st.booleans()), max_size=8))
def test_tags_come_back_as_chunks(drawn: list[tuple[int, str, bool]]) -> None:
    chunks, at = [], 0
    for length, label, gap in drawn:
        chunks.append(Chunk(label, at, at + length))
        at += length + gap
    assert list(chunks_in(tags_of(chunks, at + 1))) == chunks


def test_conll2003_names_come_back_and_the_rest_is_counted(tmp_path: Path) -> None:
    corpus = a_corpus(
        ("actor", "Ana Ruiz"), ("actor", "John…Smith"), ("actor", "Bank of Ghana"), ("location", "Ghana"),
        ("my label", "No"), ("actor", "Smit"), ("actor", "Ghana. “No"),
    )  # fmt: skip
    losses = written(Conll2003Writer(), corpus, tmp_path / "out.conll")
    (found,), findings = read_all(Conll2003Reader(), tmp_path / "out.conll")
    assert findings.problems == []
    assert found.text == "Ana Ruiz met John Smith of the Bank of Ghana.\n“No,” she said."
    assert [(m.label, m.quote) for m in found.mentions] == [
        ("actor", "Ana Ruiz"), ("actor", "John"), ("actor", "Bank of Ghana"), ("my_label", "No"),
    ]  # fmt: skip
    assert losses.sentences == (
        "1 discontiguous mentions were written as their first piece",
        "1 mentions that begin or end inside a word were left out",
        "1 mentions that reach over the end of a sentence or line were left out",
        "1 mentions that share words with others were left out",
    )


def test_conll2003_chooses_inner_mentions_when_asked(tmp_path: Path) -> None:
    corpus = a_corpus(("actor", "Bank of Ghana"), ("location", "Ghana"))
    written(Conll2003Writer(inner=True), corpus, tmp_path / "out.conll")
    (found,), _ = read_all(Conll2003Reader(), tmp_path / "out.conll")
    assert [m.quote for m in found.mentions] == ["Ghana"]


@pytest.mark.parametrize(("choice", "first"), [({}, "Bank of Ghana"), ({"nested": "inner"}, "Ghana")])
def test_conllu_gives_the_first_place_to_what_was_chosen_and_loses_neither(
    tmp_path: Path, choice: dict[str, str], first: str
) -> None:
    corpus = a_corpus(("actor", "Bank of Ghana"), ("location", "Ghana"))
    written(ConlluWriter().with_options(choice), corpus, tmp_path / "out.conllu")
    lines = (tmp_path / "out.conllu").read_text(encoding="utf-8").splitlines()
    entity = [line.split("\t")[1] for line in lines if "\tEntity=" in line or "|Entity=" in line]
    assert " ".join(entity) == first
    (found,), _ = read_all(ConlluReader(), tmp_path / "out.conllu")
    assert {m.spans[0].cut(found.text) for m in found.mentions} == {"Bank of Ghana", "Ghana"}


def test_conll2003_writes_names_only(tmp_path: Path) -> None:
    losses = written(Conll2003Writer(), a_corpus(("actor", "she"), level="pronoun"), tmp_path / "out.conll")
    assert losses.sentences == ("1 nominals and pronouns were left out",)


def test_conll2003_of_others(tmp_path: Path) -> None:
    lines = "-DOCSTART- -X- -X- O\r\n\r\nEU NNP I-NP I-ORG\r\nrejects VBZ I-VP O\r\n\r\n"
    lines += "-DOCSTART- -X- O O\r\n\r\nPeter\tB-PER\r\n"
    (tmp_path / "eng.train").write_bytes(b"\xef\xbb\xbf" + lines.encode())
    articles, findings = read_all(Conll2003Reader(), tmp_path / "eng.train")
    assert [(a.text, [(m.label, m.quote) for m in a.mentions]) for a in articles] == [
        ("EU rejects", [("ORG", "EU")]), ("Peter", [("PER", "Peter")]),
    ]  # fmt: skip
    assert findings.problems == []
    assert Conll2003Reader().recognises(tmp_path / "eng.train", lines.encode())
    assert not Conll2003Reader().recognises(tmp_path / "eng.train", b"Just a text about O.\nAnd more")


def test_conllu_keeps_the_text_and_nested_and_crossing_mentions(tmp_path: Path) -> None:
    corpus = rich_corpus()
    losses = written(ConlluWriter(), corpus, tmp_path / "out.conllu")
    articles, findings = read_all(ConlluReader(), tmp_path / "out.conllu")
    assert findings == Findings()
    assert [found.text for found in articles] == [NEWS, PLAIN]
    first = articles[0]
    assert (first.title, first.publisher, first.published) == ("Bridge 🌉 closed", "Daily Post", "2021-08-20")
    (annotated, _) = corpus.annotated
    gone = ("bridge\r\nwas", "rovince", "dead.\u2028\nقال")
    wanted = sorted((m.label, m.spans[:1]) for m in annotated.mentions if m.quote not in gone)
    assert sorted((m.label, m.spans) for m in articles[0].mentions) == wanted
    assert "1 mentions that begin or end inside a word were left out" in losses.sentences
    assert "1 discontiguous mentions were written as their first piece" in losses.sentences
    assert "4 claims were left out" in losses.sentences


def test_conllu_is_read_by_the_fields_own_library(tmp_path: Path) -> None:
    written(ConlluWriter(), rich_corpus(), tmp_path / "out.conllu")
    parsed = conllu.parse((tmp_path / "out.conllu").read_text(encoding="utf-8"))
    assert parsed[0].metadata["newdoc id"] == "1"
    for sentence in parsed:
        parts = [
            str(token["form"]) + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ") for token in sentence
        ]
        assert "".join(parts).split() == sentence.metadata["text"].split()
    tags = [(token["form"], token["misc"].get("Entity")) for token in parsed[1] if token["misc"]]
    assert ("Ana", "B-actor") in tags


def test_conllu_of_others(tmp_path: Path) -> None:
    row = "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{}\n"
    lines = "# newdoc id = a\n# text = dans du vin\n" + row.format("1", "dans", "_") + row.format("2-3", "du", "_")
    lines += row.format("2", "de", "NER=S-LOC") + row.format("3", "le", "_") + row.format("3.1", "x", "_")
    lines += row.format("4", "vin", "Entity=(e1-object-1)|SpaceAfter=No") + "\n"
    (tmp_path / "fr.conllu").write_text(lines, encoding="utf-8")
    (found,), findings = read_all(ConlluReader(), tmp_path / "fr.conllu")
    assert found.text == "dans du vin"
    assert [(m.label, m.spans) for m in found.mentions] == [("LOC", find(found.text, "du"))]
    assert findings.left_out == {"entities in bracket notation": 1}
    assert ConlluReader().recognises(tmp_path / "fr.conllu", lines.encode())
    assert not ConlluReader().recognises(tmp_path / "fr.conllu", b"a\tb\n")


@pytest.mark.parametrize(
    ("reader", "writer", "bad", "reason"),
    [
        (Conll2003Reader(), Conll2003Writer(), b"alone\n", "“alone” has no tag"),
        (Conll2003Reader(), Conll2003Writer(), b"\xff\xff X O\n", "no text in UTF-8"),
        (ConlluReader(), ConlluWriter(), b"1\tshort\n", "not ten columns"),
        (ConlluReader(), ConlluWriter(), b"1\t\xff\n", "no text in UTF-8"),
    ],
)
def test_a_bad_line_costs_its_article_only(
    tmp_path: Path, reader: Reader, writer: Writer, bad: bytes, reason: str
) -> None:
    written(writer, rich_corpus(), tmp_path / "out")
    whole = (tmp_path / "out").read_bytes()
    end = whole.index(b"\n\n", 100) + 2
    (tmp_path / "out").write_bytes(whole[:end] + bad + whole[end:])
    (found,), findings = read_all(reader, tmp_path / "out")
    assert found.text == PLAIN
    (problem,) = findings.problems
    assert reason in problem.reason
    assert problem.line == whole[:end].count(b"\n") + 1


@pytest.mark.parametrize("reader", [Conll2003Reader(), ConlluReader()])
def test_files_of_something_else_are_refused(tmp_path: Path, reader: Reader) -> None:
    for name, data in (("empty", b""), ("binary", b"\x00\x01\x02\xff\x9d" * 99), ("long", b"x" * 5_000_000)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FormatError, match=name):
            read_all(reader, tmp_path / name)
    with pytest.raises(FormatError, match="cannot be read"):
        read_all(reader, tmp_path / "missing")


@pytest.mark.parametrize("writer", [Conll2003Writer(), ConlluWriter()])
def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path, writer: Writer) -> None:
    corpus = rich_corpus()
    for name in ("one", "two"):
        written(writer, corpus, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    ("reader", "writer"), [(Conll2003Reader(), Conll2003Writer()), (ConlluReader(), ConlluWriter())]
)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_files_never_raise_anything_else(
    tmp_path: Path, reader: Reader, writer: Writer, data: st.DataObject
) -> None:
    whole = tmp_path / "whole"
    if not whole.exists():
        written(writer, rich_corpus(), whole)
    broken = tmp_path / "broken"
    broken.write_bytes(broken_variant(whole.read_bytes(), data, b"\tSpacesAfter=\\ud800\\u0000|Entity=%00%ff"))
    try:
        for found in reader.read(broken, Findings()):
            assert all(m.spans[-1].end <= len(found.text) for m in found.mentions)
            str(found).encode("utf-8")
            assert "\0" not in found.text
    except FormatError:
        pass


def test_a_day_that_conllu_has_in_words_is_told(tmp_path: Path) -> None:
    word = "1\tNo" + "\t_" * 8 + "\n"
    lines = f"# newdoc\n# published = 21 August 2021\n{word}\n# newdoc\n# published = 2021-08-21\n{word}"
    (tmp_path / "a.conllu").write_text(lines, encoding="utf-8")
    articles, findings = read_all(ConlluReader(), tmp_path / "a.conllu")
    assert [article.published for article in articles] == ["", "2021-08-21"]
    assert findings.left_out == {"dates of articles that are not written as 2026-11-25": 1}


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_corpus_in_an_old_encoding_with_few_letters_of_its_own_comes_whole(tmp_path: Path, end: str) -> None:
    words = "Die Regierung hat am Freitag mit der Opposition in Berlin geredet , sagte der Minister Müller .".split()
    words = [*words, *"Von der Seite des Staates kam dazu kein Wort , und auch Präsident Weiß schwieg".split()]
    lines = "\n".join(f"{word} {'B-PER' if word in {'Müller', 'Weiß'} else 'O'}" for word in words) + end
    (tmp_path / "deu.conll").write_bytes(lines.encode("latin-1"))
    (found,), findings = read_all(Conll2003Reader(), tmp_path / "deu.conll")
    assert ([mention.quote for mention in found.mentions], findings.problems) == (["Müller", "Weiß"], [])
    assert "Präsident" in found.text


def test_a_last_line_that_breaks_off_says_of_the_encoding_what_others_do(tmp_path: Path) -> None:
    (tmp_path / "deu.conll").write_bytes("Herr O\nMüller B-PER".encode("latin-1"))
    (found,), findings = read_all(Conll2003Reader(), tmp_path / "deu.conll")
    assert ([mention.quote for mention in found.mentions], findings.problems) == (["Müller"], [])


def test_conllu_tells_levels_and_gives_each_layer_all_that_fits(tmp_path: Path) -> None:
    mentions = [("a", "Ana Ruiz met John Smith"), ("b", "Ana Ruiz"), ("c", "John Smith"), ("d", "No")]
    path = tmp_path / "out.conllu"
    assert written(ConlluWriter(), a_corpus(*mentions, text=f" {TEXT}"), path).sentences == ()
    lines = path.read_text(encoding="utf-8")
    assert (lines.count("SpacesBefore"), lines.count("Entity2="), lines.count("Entity3=")) == (1, 4, 0)
    losses = written(ConlluWriter(), a_corpus(*mentions, level="nominal"), path)
    assert losses.sentences == ("4 mentions lost that they are no names",)


def test_conllu_names_end_with_their_sentence(tmp_path: Path) -> None:
    word = "1\t{}" + "\t_" * 7 + "\tNER=I-PER\n"
    lines = "# newdoc id = story 7\n# title = Two\n" + word.format("Ana") + "\n" + word.format("Bo")
    path = tmp_path / "two.conllu"
    path.write_text(lines, encoding="utf-8")
    (found,), _ = read_all(ConlluReader(), path)
    assert [m.spans for m in found.mentions] == [find(found.text, "Ana"), find(found.text, "Bo")]
    assert (found.title, found.source) == ("Two", "two.conllu#story 7")
    assert ConlluReader().recognises(path, word.format("Ana").encode())
    for other in (b"x" + word.encode(), b"1\tAna\n", b"# only a comment\n"):
        assert not ConlluReader().recognises(path, other)
    assert not ConlluReader().recognises(tmp_path, word.encode())


def test_conll2003_leaves_nominals_and_chooses_among_nested_names(tmp_path: Path) -> None:
    path = tmp_path / "out.conll"
    losses = written(Conll2003Writer(), a_corpus(("actor", "Ana Ruiz"), level="nominal"), path)
    assert losses.sentences == ("1 nominals and pronouns were left out",)
    assert "actor" not in path.read_text(encoding="utf-8")
    for chosen, kept in (({}, "B-a"), ({"nested": "inner"}, "B-b")):
        writer = Conll2003Writer().with_options(chosen)
        written(writer, a_corpus(("a", "Bank of Ghana"), ("b", "Ghana")), path)
        assert kept in path.read_text(encoding="utf-8")


def test_a_sentence_of_conll2003_begins_a_line_whatever_its_first_sign(tmp_path: Path) -> None:
    path = tmp_path / "made.conll"
    lines = "No O\n. O\n\n” O\nhe B-PER\nsaid O\n\n-DOCSTART- O\n\nBad\nworse\n\n-DOCSTART- O\nYes O\n"
    path.write_text(lines, encoding="utf-8")
    (found, last), findings = read_all(Conll2003Reader(), path)
    assert (found.text, found.source) == ("No.\n” he said", "made.conll#1")
    assert (last.text, last.source) == ("Yes", "made.conll#2")
    assert [problem.line for problem in findings.problems] == [10]
