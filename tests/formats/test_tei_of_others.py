"""TEI as other people encode it: quoted letters, tables, spans inside the text, dates in words, uncertain speech."""

from pathlib import Path

from annotator.domain.found import FoundLink
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
