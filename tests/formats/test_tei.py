"""TEI goes out whole and comes back the same, and other people's TEI is read as far as it can be placed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import LinkId
from annotator.domain.links import Between, Link
from annotator.errors import FormatError
from annotator.formats import tei_writing
from annotator.formats.tei import Tei
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import (
    ANNA,
    BEN,
    a_project,
    add_article,
    made,
    make_annotator,
    make_claim,
    make_entity,
    make_mention,
    make_project,
)
from tests.formats.broken import broken_variant
from tests.formats.round_trip import VALLEY, canonical, expected, hard_corpus, read_all, written
from tests.formats.round_trip_brat import MemoryCorpus
from tests.formats.test_broken_json import survives

TEI = "{http://www.tei-c.org/ns/1.0}"
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>The\n   bridge</title><author>A. B.</author></titleStmt>"
    "<publicationStmt><publisher>Daily Post</publisher><date when='2021-08-21'>last August</date></publicationStmt>"
    "<sourceDesc><p>https</p><bibl><ref target='https://example.org/1'>here</ref></bibl></sourceDesc></fileDesc>"
    "<profileDesc><langUsage><language ident='en'/></langUsage><particDesc><listPerson>"
    "<person xml:id='ana'><persName><forename>Ana</forename> <surname>Ruiz</surname></persName>"
    "<persName>Ruiz</persName><idno type='wikidata'>Q42</idno></person></listPerson></particDesc></profileDesc>"
    "</teiHeader>"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("tei")
    with hard_corpus(folder) as corpus:
        written(Tei(), corpus, folder / "out.tei.xml")
    return (folder / "out.tei.xml").read_bytes()


def read(tmp_path: Path, body: str, *, header: str = HEADER, after: str = "") -> tuple[list[FoundArticle], Findings]:
    """What is found in a TEI file with this body."""
    path = tmp_path / "story.xml"
    path.write_text(
        f"<?xml version='1.0'?>\n<TEI xmlns='http://www.tei-c.org/ns/1.0'>{header}"
        f"<text><body>{body}</body></text>{after}</TEI>",
        encoding="utf-8",
    )
    assert Tei().recognises(path, path.read_bytes()[:4096])
    return read_all(Tei(), path)


def marked(found: FoundArticle) -> list[tuple[str, str]]:
    """Labels with the words under them."""
    return [(mention.label, " … ".join(span.cut(found.text) for span in mention.spans)) for mention in found.mentions]


def test_a_project_comes_back_the_same(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    target = tmp_path / "out.tei.xml"
    assert written(Tei(), corpus, target) == Losses()
    found, findings = read_all(Tei(), target)
    assert findings.problems == []
    # These are in the file for others; what comes in has no place for them.
    assert findings.left_out == {"notes on entities": 1, "events with their dates and numbers": 1}
    wanted = expected(corpus)
    wanted[1]["fields"] = (wanted[1]["text"], *wanted[1]["fields"][1:])
    for one, other in zip(found, wanted, strict=True):
        for part, value in canonical(one).items():
            assert value == other[part], part


def test_every_pointer_leads_somewhere_and_paragraphs_are_paragraphs(whole: bytes) -> None:
    root = etree.fromstring(whole)
    ids = root.xpath("//@xml:id")
    assert len(ids) == len(set(ids))
    for name in ("ana", "corresp", "resp", "where", "ref", "target"):
        pointers = [one for said in root.xpath(f"//@{name}") for one in said.split() if one.startswith("#")]
        assert {one.removeprefix("#string-range(").lstrip("#").partition(",")[0] for one in pointers} <= set(ids)
    bodies = list(root.iter(f"{TEI}body"))
    assert "".join(bodies[0].itertext()) == VALLEY
    assert [len(list(body.iter(f"{TEI}p"))) for body in bodies] == [3, 1, 1]


def test_what_is_said_to_have_happened_and_where_places_are_goes_out_too(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    text = "Ana Ruiz said 12 men died in Orsa on Friday."
    article = add_article(project, text)
    place = Place(PlaceLevel.POPULATED_PLACE, 35.5, 69.5, Basis.GAZETTEER)
    ruiz, orsa = make_entity("Ana Ruiz"), make_entity("Orsa", "place", place=place)
    law = make_entity("Press Law", "law")
    event = Event(
        "FIGHT", actors=(ruiz.id,), place=orsa.id, date=When("Friday", "2021-08-20", "2021-08-20"),
        quantities=(Quantity("killed", "12 men", low=10, best=12),),
    )  # fmt: skip
    claim = make_claim(article, text, "12 men died in Orsa", by="Ana Ruiz", entity=ruiz, event=event, about=(orsa.id,))
    project.apply(
        made(ruiz, orsa, law, claim, make_mention(article, text, "Orsa", label="location", entity=orsa)), ANNA
    )
    project.save_copy(tmp_path / "copy.annot")
    project.close()
    corpus = SnapshotCorpus(tmp_path / "copy.annot")
    losses = Losses()
    list(Tei().write(corpus, tmp_path / "out.tei.xml", losses))
    corpus.close()
    root = etree.fromstring((tmp_path / "out.tei.xml").read_bytes())
    (found,) = root.iter(f"{TEI}event")
    assert found.get("corresp") == f"#r-{claim.id}"
    assert found.get("where") == f"#e-{orsa.id}"
    assert found.find(f".//{TEI}date").get("notBefore") == "2021-08-20"
    (measure,) = found.iter(f"{TEI}measure")
    assert (measure.get("quantity"), measure.get("commodity"), measure[0].get("atLeast")) == ("12", "killed", "10")
    assert root.findtext(f".//{TEI}geo") == "35.5 69.5"
    assert root.findtext(f".//{TEI}note[@type='about']/{TEI}name") == "Orsa"
    assert losses.counts == {"sources without their entity, which no mention of the article names": 1}


def test_what_stands_in_front_of_the_articles(tmp_path: Path) -> None:
    ruiz, front, law = make_entity("Ana Ruiz"), make_entity("Front", "armed group"), make_entity("Press Law", "law")
    now = ANNA.now()
    ends = (Between.ENTITIES, ruiz.id, front.id)
    link = Link(LinkId("l"), "speaks for", *ends, ANNA.annotator, now, now, note="since then", since="2020")
    model = replace(make_annotator(BEN, "Model"), kind=AnnotatorKind.MACHINE)
    corpus = MemoryCorpus(make_project(), (make_annotator(), model), (ruiz, front, law), (link,), ())
    list(Tei().write(corpus, tmp_path / "out.tei.xml", Losses()))
    root = etree.fromstring((tmp_path / "out.tei.xml").read_bytes())
    assert [one.text for one in root.iter(f"{TEI}resp")] == ["annotator", "machine"]
    assert "actor" in [one.get("n") for one in root.iter(f"{TEI}category")]
    assert [len(list(root.iter(f"{TEI}{name}"))) for name in ("person", "org", "object", "place")] == [1, 1, 1, 0]
    (relation,) = root.iter(f"{TEI}relation")
    assert [relation.get(name) for name in ("name", "n", "from", "to")] == ["speaks_for", "speaks for", "2020", None]
    assert (relation.get("active"), relation.get("passive")) == (f"#e-{ruiz.id}", f"#e-{front.id}")
    assert relation.findtext(f"{TEI}desc") == "since then"


def test_characters_that_xml_forbids_are_counted_and_move_nothing(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    text = "A\x01na & <Bo>\r said no.\x0c"
    article = add_article(project, text, title="Odd")
    project.apply(made(make_mention(article, text, "Bo")), ANNA)
    project.save_copy(tmp_path / "copy.annot")
    project.close()
    corpus, losses = SnapshotCorpus(tmp_path / "copy.annot"), Losses()
    list(Tei().write(corpus, tmp_path / "out.tei.xml", losses))
    corpus.close()
    (one,), findings = read_all(Tei(), tmp_path / "out.tei.xml")
    assert one.text == "A\ufffdna & <Bo>\r said no.\ufffd"
    assert marked(one) == [("actor", "Bo")]
    assert losses.counts == {"characters that XML does not allow became �": 2}
    assert findings.problems == []


def test_a_very_long_paragraph_is_read_again(
    corpus: SnapshotCorpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tei_writing, "_PIECE", 7)
    written(Tei(), corpus, tmp_path / "out.tei.xml")
    found, _ = read_all(Tei(), tmp_path / "out.tei.xml")
    assert found[0].text == VALLEY
    assert (tmp_path / "out.tei.xml").read_text(encoding="utf-8").count("<seg>") > 20


def test_names_and_dates_inside_the_text_of_others(tmp_path: Path) -> None:
    body = """
      <head>The <name type="ship">Orsa</name></head>
      <p>Yesterday <persName ref="#ana" cert="low">Ana
         Ruiz</persName> left <placeName ref="http://www.wikidata.org/entity/Q5838"><settlement>Kabul</settlement></placeName>
         on <date when="2021-08-20">Friday</date><note>An editor’s note.</note>.</p>
      <p>She saw <measure quantity="12" unit="men">a dozen men</measure> of the <orgName>U.N.</orgName> and
         <choice><sic>thier</sic><corr>their</corr></choice> <rs>guide</rs>.<lb/>End.</p>"""
    (one,), findings = read(tmp_path, body)
    assert one.text == (
        "The Orsa\n\nYesterday Ana Ruiz left Kabul on Friday.\n\nShe saw a dozen men of the U.N. and thier guide. End."
    )
    assert marked(one) == [
        ("ship", "Orsa"), ("persName", "Ana Ruiz"), ("placeName", "Kabul"), ("date", "Friday"),
        ("measure", "a dozen men"), ("orgName", "U.N."), ("rs", "guide"),
    ]  # fmt: skip
    assert (one.title, one.byline, one.publisher, one.published) == ("The bridge", "A. B.", "Daily Post", "2021-08-21")
    assert (one.url, one.language) == ("https://example.org/1", "en")
    by_label = {mention.label: mention for mention in one.mentions}
    assert by_label["persName"].unsure
    assert [(value.key, value.values) for value in by_label["measure"].attributes] == [
        ("quantity", ("12",)),
        ("unit", ("men",)),
    ]
    assert [(entity.name, entity.kind, entity.aliases, entity.ids) for entity in one.entities] == [
        ("Ana Ruiz", "person", ("Ruiz",), (Identifier("wikidata", "Q42"),)),
        ("Kabul", "", (), (Identifier("wikidata", "Q5838"),)),
    ]
    assert findings.problems == []
    assert findings.left_out == {"notes and second readings inside texts": 2}


def test_speech_with_a_speaker_who_is_mentioned_is_a_claim(tmp_path: Path) -> None:
    body = """<p><said who="#ana">We hold the bridge</said>, said <persName ref="#ana">Ruiz</persName>,
      <q>and more</q>, <said who="#bo">no</said>.</p>"""
    (one,), _ = read(tmp_path, body)
    assert marked(one) == [("persName", "Ruiz"), ("q", "and more"), ("said", "no")]
    (claim,) = one.claims
    assert [span.cut(one.text) for span in claim.content] == ["We hold the bridge"]
    assert [source.mention for source in claim.sources] == [one.mentions[0].key]


def test_tokens_of_a_parliament_and_spans_from_one_to_another(tmp_path: Path) -> None:
    body = """<u><seg><s>
        <name type="PER"><w xml:id="w1">Ana</w>
        <w xml:id="w2" join="right">Ruiz</w></name>
        <pc>,</pc>
        <w xml:id="w3">left</w></s></seg></u>"""
    beside = """<standOff><spanGrp type="ner"><span from="#w1" to="#w3">all</span><span target="#w1 #w3" type="two"/>
        <span target="#w9"/></spanGrp></standOff>"""
    (one,), findings = read(tmp_path, body, after=beside)
    assert one.text == "Ana Ruiz, left"
    assert marked(one) == [("PER", "Ana Ruiz"), ("ner", "Ana Ruiz, left"), ("two", "Ana … left")]
    assert one.mentions[1].note == "all"
    assert [problem.reason for problem in findings.problems] == [
        "what is marked as “3” was left out: the text has no “w9”"
    ]


def test_string_ranges_count_every_blank(tmp_path: Path) -> None:
    body = '<p xml:id="p1">Ana\n   said 🙂 no.</p><p xml:id="p2">Bo left.</p>'
    beside = """<standOff><listAnnotation>
        <annotation xml:id="a1" motivation="identifying" target="#string-range(p1,0,3)"><ptr target="#ana"/>
        </annotation><annotation xml:id="a2" motivation="commenting" target="string-range(#p2, 0, 2, 3, 4)">
        <note>both</note></annotation>
        <annotation xml:id="a3" motivation="x" target="#string-range(p2,0,99)"/></listAnnotation></standOff>"""
    (one,), findings = read(tmp_path, body, after=beside)
    assert one.text == "Ana\n   said 🙂 no.Bo left."
    assert marked(one) == [("identifying", "Ana"), ("commenting", "Bo … left")]
    assert [entity.name for entity in one.entities] == ["Ana Ruiz"]
    assert one.mentions[1].note == "both"
    assert "what is marked as “a3” was left out: 17 to 116 is no stretch of the text" in str(findings.problems[0])


def test_ids_of_one_article_mean_nothing_in_the_next(tmp_path: Path) -> None:
    def tei(name: str) -> str:
        return (
            f"<TEI><teiHeader><fileDesc/><profileDesc><listPerson><person xml:id='x'><persName>{name}</persName>"
            "</person></listPerson></profileDesc></teiHeader><text><body><p><persName ref='#x'>He</persName> and "
            "<persName ref='#all'>she</persName> left.</p></body></text></TEI>"
        )

    path = tmp_path / "corpus.xml"
    everyone = "<teiHeader><listPerson><person xml:id='all'><persName>Zoe</persName></person></listPerson></teiHeader>"
    corpus = f"<teiCorpus xmlns='http://www.tei-c.org/ns/1.0'>{everyone}{tei('Ana')}{tei('Bo')}</teiCorpus>"
    path.write_text(corpus, encoding="utf-8")
    found, _ = read_all(Tei(), path)
    assert [[entity.name for entity in one.entities] for one in found] == [["Ana", "Zoe"], ["Bo", "Zoe"]]


BOMB = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))


def test_no_entity_is_unfolded_and_no_file_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("hidden", encoding="utf-8")
    secret = (tmp_path / "secret.txt").as_uri()
    path = tmp_path / "x.xml"
    for entity in (f"<!ENTITY x SYSTEM '{secret}'>", "<!ENTITY x 'Bo'>"):
        path.write_text(f"<!DOCTYPE TEI [{entity}]><TEI><text><body><p>Ana &x;.</p></body></text></TEI>", "utf-8")
        found, findings = read_all(Tei(), path)
        assert [one.text for one in found] == ["Ana ."]
        assert findings.left_out == {"references to entities in texts": 1}


@pytest.mark.parametrize("use", ["<TEI n='&a11;'><text/></TEI>", "<TEI><text><body><p>&a11;</p></body></text></TEI>"])
def test_a_bomb_is_refused(tmp_path: Path, use: str) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f"<!DOCTYPE TEI [<!ENTITY a0 'boo'>{BOMB}]>{use}", encoding="utf-8")
    with pytest.raises(FormatError, match=r"“x.xml”, line 1: it is no XML"):
        read_all(Tei(), path)


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(f"<TEI><text><body>{'<p>' * 100_000}", encoding="utf-8")
    with pytest.raises(FormatError, match="it is no XML"):
        read_all(Tei(), path)


def test_a_file_that_breaks_off_gives_what_is_whole(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.tei.xml"
    path.write_bytes(whole[: whole.rindex(b"<text>")])
    found, findings = read_all(Tei(), path)
    assert len(found) == 2
    (problem,) = findings.problems
    assert problem.line > 50
    assert problem.reason.endswith("; what follows was not read")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_the_encoding_that_a_file_declares(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.xml"
    text = f"<?xml version='1.0' encoding='{encoding}'?><TEI><text><body><p>Café</p></body></text></TEI>"
    path.write_bytes(text.encode(encoding))
    assert Tei().recognises(path, path.read_bytes()[:4096])
    assert [one.text for one in read_all(Tei(), path)[0]] == ["Café"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.data())
def test_broken_files(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    survives(Tei(), tmp_path / "x.tei.xml", broken_variant(whole, data, b"&#0;&x;</p>"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.data())
def test_changed_values(whole: bytes, tmp_path: Path, data: st.DataObject) -> None:
    """Attributes are exchanged for others', dropped or odd, elements are removed or renamed: it stays XML."""
    root = etree.fromstring(whole)
    elements = list(root.iter())
    for _ in range(data.draw(st.integers(1, 5))):
        one = data.draw(st.sampled_from(elements))
        if one.attrib and data.draw(st.booleans()):
            name = data.draw(st.sampled_from(sorted(one.attrib)))
            other = data.draw(st.sampled_from(elements))
            odd = data.draw(st.sampled_from(["", "#", " ", "-1", "#string-range(,1,2)", "9" * 400, "# #", "x:"]))
            one.set(name, data.draw(st.sampled_from([odd, *map(str, other.attrib.values())])))
        elif one.getparent() is not None and data.draw(st.booleans()):
            one.getparent().remove(one)
        else:
            one.tag = data.draw(st.sampled_from(elements)).tag
    survives(Tei(), tmp_path / "x.tei.xml", etree.tostring(root))


def test_nothing_is_left_when_writing_is_stopped(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    writing = Tei().write(corpus, folder / "out.tei.xml", Losses())
    next(writing)
    writing.close()  # type: ignore[attr-defined]  # a generator
    assert list(folder.iterdir()) == []
