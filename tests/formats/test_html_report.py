"""The report: all words escaped, every mark where it belongs, nothing that runs or loads."""

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.found import Losses
from annotator.domain.spans import Span
from annotator.formats.html_claims import numbered
from annotator.formats.html_map import Pin, map_of
from annotator.formats.html_report import HtmlWriter
from annotator.formats.html_text import Ink, marked_text
from annotator.formats.html_words import web_link
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import ANNA, TEXT, a_project, add_article, made, make_article, make_claim, make_entity
from tests.formats.valley import FIRST, Valley

Filled = tuple[SnapshotCorpus, Valley]
VOID = {"meta", "link", "br"}


class Reading(HTMLParser):
    """Keeps what is open, so that what is not nested properly is noticed; and the words of paragraphs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data


def report(corpus: SnapshotCorpus, tmp_path: Path, writer: HtmlWriter | None = None) -> str:
    list((writer or HtmlWriter()).write(corpus, tmp_path / "out.html", Losses()))
    return (tmp_path / "out.html").read_text(encoding="utf-8")


def test_the_report_is_well_formed_and_has_the_words_of_the_text(filled: Filled, tmp_path: Path) -> None:
    reading = Reading(report(filled[0], tmp_path))
    for line in re.split(r"[\r\n\x0b]+", FIRST.strip()):
        assert line in reading.words
    assert [tag for tag, _ in reading.tags].count("article") == 3
    assert "“Friday” = 15 May 2026" in reading.words
    assert "Contents" in reading.words


def test_nothing_runs_and_nothing_is_loaded(tmp_path: Path) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    project = a_project(tmp_path)
    article = add_article(
        project, f"Ana Ruiz said {bad}.", title=bad, publisher=bad, byline=bad, url=f"javascript:{bad}", language=bad
    )
    text = f"Ana Ruiz said {bad}."
    who = make_entity(f"Ana {bad}", role=bad, description=bad)
    project.apply(made(who), ANNA)
    claim = make_claim(article, text, bad, by="Ana Ruiz", entity=who, note=bad, wording=bad, cue="said")
    project.apply(made(claim), ANNA)
    project.close()
    corpus = SnapshotCorpus(project.path)
    html = report(corpus, tmp_path)
    corpus.close()
    reading = Reading(html)
    assert {tag for tag, _ in reading.tags}.isdisjoint({"script", "img", "iframe", "link", "object"})
    for _, attributes in reading.tags:
        assert not any(key.startswith("on") for key in attributes)
        assert not attributes.get("href", "").startswith("javascript")
        assert "src" not in attributes
    assert "default-src 'none'" in html
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x", ""])
def test_only_addresses_of_the_web_can_be_clicked(url: str) -> None:
    assert "href" not in web_link(url, "x")
    assert 'href="https://example.org/?a&amp;b"' in web_link("https://example.org/?a&b", "x")


@st.composite
def texts_with_marks(draw: st.DrawFn) -> tuple[str, list[Ink]]:
    text = draw(st.text(alphabet="ab \n\r&<🙂ش", min_size=1, max_size=40))
    inks = []
    for number in range(draw(st.integers(0, 6))):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        spans = tuple(Span(a, b) for a, b in zip(cuts[0::2], cuts[1::2], strict=False))
        inks.append(Ink(spans, f"c{number}", "mark", "K", "title", is_above=draw(st.booleans())))
    return text, inks


@given(texts_with_marks())
def test_marks_that_cross_leave_the_words_as_they_are(case: tuple[str, list[Ink]]) -> None:
    text, inks = case
    html = "".join(marked_text(text, inks))
    reading = Reading(html)
    lines = [line for line in re.split("\r\n|[\n\r]", text) if line.strip()]
    assert reading.words.split("\n")[:-1] == lines if lines else reading.words == ""
    for ink in inks:
        marked = "".join(
            re.sub("<[^>]*>", "", part)
            for part in re.findall(rf'<span class="{ink.style} mark"[^>]*>(.*?)</span>', html, re.DOTALL)
        )
        assert len(marked) > 0 or not "".join(span.cut(text) for span in ink.spans).strip()


def test_overlapping_marks_have_lines_of_their_own_and_pieces_are_counted() -> None:
    text = "one two three four"
    inks = [
        Ink((Span(0, 13),), "c0", "mark", "A", ""),
        Ink((Span(4, 18),), "c1", "mark", "B", ""),
        Ink((Span(0, 3), Span(8, 13)), "c2", "mark", "C", "", is_unsure=True),
    ]
    html = "".join(marked_text(text, inks))
    assert '<span class="c1 mark" style="--l:1">' in html or '<span class="c1 mark" style="--l:2">' in html
    assert 'data-k="C 1/2?"' in html
    assert 'data-k="C 2/2?"' in html
    assert '<span class="c2 mark gap"' in html
    lanes = {match[0]: match[1] for match in re.findall(r'class="(c\d) mark(?: unsure)?"(?: style="--l:(\d)")?', html)}
    assert len(set(lanes.values())) == 3


def test_claims_follow_those_they_are_quoted_in_and_circles_come_too() -> None:
    article = make_article()
    outer, other = make_claim(article, TEXT), make_claim(article, TEXT, "told")
    inner = make_claim(article, TEXT, "It will hold", within=outer.id)
    found = numbered((outer, other, inner))
    assert [(one.claim.id, one.number, one.depth) for one in found] == [
        (outer.id, 1, 0),
        (inner.id, 2, 1),
        (other.id, 3, 0),
    ]
    from dataclasses import replace

    circle = (replace(outer, within=inner.id), inner)
    assert {one.claim.id for one in numbered(circle)} == {outer.id, inner.id}


def test_a_map_is_xml_with_a_circle_for_each_place_and_land_only_where_it_shows() -> None:
    pins = [Pin("<Orsa> & co", 35.0, 69.0, 3), Pin("Kesh", 36.0, 70.0, 0)]
    near, far = [68.0, 34.0, 71.0, 34.0, 71.0, 37.0], [-10.0, 0.0, -9.0, 0.0, -9.0, 1.0]
    svg = ElementTree.fromstring(map_of(pins, (near, far)))
    assert len(svg.findall("circle")) == 2
    assert svg.findall("circle")[0][0].text == "<Orsa> & co, 3 times"
    (land,) = [path for path in svg.findall("path") if path.get("class") == "land"]
    assert (land.get("d") or "").count("M") == 1
    assert map_of([]) == ""


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    svg = ElementTree.fromstring(map_of([Pin("Suva", -18.1, 178.4, 1), Pin("Apia", -13.8, -171.8, 1)]))
    xs = [float(circle.get("cx") or 0) for circle in svg.findall("circle")]
    assert all(0 < x < 400 for x in xs)
    names = {text.text: float(text.get("x") or 0) for text in svg.findall("text") if text.get("class") == "name"}
    assert names["Suva"] < names["Apia"]


@given(
    st.lists(
        st.builds(Pin, st.text(max_size=5), st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 9)),
        min_size=1,
        max_size=8,
    )
)
def test_every_set_of_places_has_a_map_that_holds_them(pins: list[Pin]) -> None:
    svg = ElementTree.fromstring(map_of(pins))
    width, height = map(float, (svg.get("viewBox") or "").split()[2:])
    for circle in svg.findall("circle"):
        assert -1 <= float(circle.get("cx") or -9) <= width + 1
        assert -1 <= float(circle.get("cy") or -9) <= height + 1


def test_the_same_corpus_gives_the_same_bytes(filled: Filled, tmp_path: Path) -> None:
    assert report(filled[0], tmp_path) == report(filled[0], tmp_path)
