"""TEI as other people encode it: quoted letters, tables, spans inside the text, dates in words, uncertain speech."""

from pathlib import Path

from annotator.domain.found import FoundLink
from annotator.domain.values import Value
from annotator.formats.tei import Tei
from tests.formats.round_trip import read_all
from tests.formats.test_tei import HEADER, marked, read


def test_a_letter_that_is_quoted_in_a_text_comes_once(tmp_path: Path) -> None:
    letter = "<floatingText><body><p>Dear Ana, <persName>Bo</persName> left.</p></body></floatingText>"
    (one,), _ = read(tmp_path, f"<p>She read:</p>{letter}<p>Then she wept.</p>")
    assert one.text == "She read:\n\nDear Ana, Bo left.\n\nThen she wept."
    assert marked(one) == [("persName", "Bo")]


def test_cells_and_lines_of_an_address_stay_apart(tmp_path: Path) -> None:
    body = (
        "<table><row><cell>Orsa</cell><cell>12</cell></row><row><cell>Kabul</cell><cell>7</cell></row></table>"
        "<address><addrLine>Main Street 1</addrLine><addrLine>Orsa</addrLine></address>"
        "<sp><speaker>Ana</speaker><ab>No.</ab></sp>"
    )
    (one,), _ = read(tmp_path, body)
    assert one.text == "Orsa 12\nKabul 7\n\nMain Street 1\nOrsa\n\nAna\n\nNo."


def test_what_stands_around_the_body_is_told(tmp_path: Path) -> None:
    path = tmp_path / "story.xml"
    (one,), findings = read(tmp_path, "<p>The story.</p>")
    assert findings.left_out == {}
    whole = path.read_text(encoding="utf-8").replace("</body>", "</body><back><p>About the author.</p></back>")
    path.write_text(whole, encoding="utf-8")
    (again,), findings = read_all(Tei(), path)
    assert again.text == one.text == "The story."
    assert findings.left_out == {"what stands before and after the bodies of texts": 1}


def test_a_day_in_words_is_told_and_every_author_comes(tmp_path: Path) -> None:
    header = HEADER.replace("<date when='2021-08-21'>last August</date>", "<date>last August</date>")
    header = header.replace("<author>A. B.</author>", "<author>A. B.</author><author>C. D.</author>")
    (one,), findings = read(tmp_path, "<p>No.</p>", header=header)
    assert (one.published, one.byline) == ("", "A. B.; C. D.")
    assert findings.left_out == {"dates of articles that are not written as 2026-11-25": 1}
    header = header.replace("<date>last August</date>", "<date>August</date><date>2021-08-21</date>")
    (one,), findings = read(tmp_path, "<p>No.</p>", header=header)
    assert (one.published, findings.left_out) == ("2021-08-21", {})


def test_spans_of_several_layers_and_inside_the_text_all_come(tmp_path: Path) -> None:
    words = '<p><w xml:id="a">Ana</w> <w xml:id="b">said</w> <w xml:id="c">no</w></p>'
    body = f'{words}<spanGrp type="inside"><span target="#a">who</span></spanGrp>'
    after = (
        '<standOff><spanGrp type="one"><span target="#a"/></spanGrp></standOff>'
        '<standOff><spanGrp type="two"><span target="#b"/></spanGrp></standOff>'
    )
    (one,), findings = read(tmp_path, body, after=after)
    assert one.text == "Ana said no"
    assert marked(one) == [("inside", "Ana"), ("one", "Ana"), ("two", "said")]
    assert one.mentions[0].note == "who"
    assert (findings.problems, findings.left_out) == ([], {})


def test_links_take_the_type_of_their_group(tmp_path: Path) -> None:
    body = '<p><w xml:id="a">Yes</w> <w xml:id="b">No</w></p>'
    after = (
        '<standOff><fs xml:id="f"><f name="stance"><symbol value="doubts"/></f></fs>'
        '<spanGrp type="content"><span xml:id="x" target="#a" ana="#f"/>'
        '<span xml:id="y" target="#b" ana="#f"/></spanGrp>'
        '<linkGrp type="repeats"><link target="#x #y"/></linkGrp></standOff>'
    )
    (one,), _ = read(tmp_path, body, after=after)
    assert one.links == (FoundLink("repeats", "x", "y"),)


def test_speech_that_is_uncertain_is_a_claim_that_is_unsure(tmp_path: Path) -> None:
    speaker = '<persName ref="#ana">Ruiz</persName>'
    for cert, choices in (("low", (("unsure", "yes"),)), ("high", ())):
        (one,), _ = read(tmp_path, f'<p><said who="#ana" cert="{cert}">No</said>, said {speaker}.</p>')
        assert [claim.choices for claim in one.claims] == [choices]


def test_labels_notes_and_fields_of_what_is_marked_beside_the_text(tmp_path: Path) -> None:
    body = '<p><orgName type="party" xml:id="a">Greens</orgName> <w xml:id="b">left</w></p>'
    after = """<standOff><fs xml:id="f"><f name="stance"><symbol value="doubts"/></f><f name="level">
        <string>nominal</string></f></fs><annotation target="#a" corresp="#ana"><ptr target="#bo"/></annotation>
        <spanGrp><span target="#b" ana="#f"/><span type="x"/></spanGrp>
        <span type="y" target="%s"/>
        <listEvent><event/><event/></listEvent><note target="#a">why?</note><note>of nothing</note></standOff>"""
    (one,), findings = read(tmp_path, body, after=after % ("#a " * 1001))
    assert marked(one) == [("orgName", "Greens"), ("annotation", "Greens"), ("span", "left")]
    assert [entity.name for entity in one.entities] == ["Ana Ruiz"]
    left = one.mentions[2]
    assert (left.level, left.attributes) == ("nominal", (Value("stance", ("doubts",)),))
    assert [problem.reason for problem in findings.problems] == [
        "what is marked as “3” was left out: it points nowhere",
        "what is marked as “4” was left out: it has too many pieces",
    ]
    assert findings.left_out == {
        "events with their dates and numbers": 2,
        "notes on claims and on other marked words": 1,
    }


def test_a_header_that_says_little(tmp_path: Path) -> None:
    header = HEADER.replace("when='2021-08-21'>last August<", "when='August'>2021-08-21<")
    header = header.replace("<language ident='en'/>", "").replace("<ref target='https://example.org/1'>here</ref>", "")
    (one,), _ = read(tmp_path, "<p>Ana left.</p>", header=header)
    assert (one.published, one.url, one.language) == ("2021-08-21", "", "")
    path = tmp_path / "story.xml"
    whole = path.read_text(encoding="utf-8")
    for said, language in (("<text xml:lang='fr'>", "fr"), ("<text>", "de")):
        path.write_text(whole.replace("<TEI ", "<TEI xml:lang='de' ").replace("<text>", said), encoding="utf-8")
        assert [again.language for again in read_all(Tei(), path)[0]] == [language]
    (one,), _ = read(tmp_path, "<p>Ana left.</p>", header="")
    assert (one.title, one.byline, one.published) == ("Ana left.", "", "")
