"""Searching all articles: the same hits as reading every text, from an index that can be lost at any time."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.ids import AnnotatorId
from annotator.domain.queries import Query, parse_query
from annotator.editing.importing import NewArticle
from annotator.errors import FormatError
from annotator.services.projects import Person, new_project
from annotator.services.searching import Hit, Report, matcher, search
from annotator.services.workspace import Workspace

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000009"), "Ana")
TEXTS = (
    "The Red Banner took the bridge. Taliban fighters, talib or not, left the red house.",
    "Banner red, red banners.\r\nA red\r\nbanner over Zoë’s café.",
    "林若岚说,旗在桥上。王小明说没有。",
    "قال أحمد كريم إن السوق مغلق.",
    "Nothing of the kind: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = new_project(tmp_path / "work.annot", WHO)
    opened.bring_in([NewArticle(text, f"Text {n}", published="2026-01-01") for n, text in enumerate(TEXTS)], "")
    yield opened
    opened.close()


def hits(workspace: Workspace, index: Path, query: Query, report: Report | None = None, most: int = 5_000) -> list[Hit]:
    steps = search(workspace.records.path, index, query, report or Report(), most)
    return [hit for _, _, found in steps for hit in found]


def words(found: list[Hit]) -> list[str]:
    return [hit.words for hit in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("red banner", ["Red Banner", "Banner red", "red banner"]),
        ('"red banner"', ["Red Banner", "red banner"]),
        ("talib", ["talib"]),
        ("talib*", ["Taliban", "talib"]),
        ("ZOE", ["Zoë"]),
        ("若岚", ["若岚"]),
        ("السوق", ["السوق"]),
        ("bridge nothing", []),
    ],
)
def test_words_phrases_and_beginnings_are_found(
    workspace: Workspace, tmp_path: Path, typed: str, found: list[str]
) -> None:
    assert words(hits(workspace, tmp_path / "i.search", parse_query(typed))) == found


def test_a_hit_knows_its_place_and_its_line(workspace: Workspace, tmp_path: Path) -> None:
    (hit,) = hits(workspace, tmp_path / "i.search", parse_query("café"))
    assert hit.span.cut(TEXTS[1]) == "café"
    assert hit.title == "Text 1"
    assert (hit.left, hit.right) == ("Banner red, red banners. A red banner over Zoë’s ", ".")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["red", "banner", "bann*", '"red house"', "若", "zoe", "the", "كريم"]), min_size=1, max_size=3
    )
)
def test_the_index_finds_what_reading_every_text_finds(workspace: Workspace, tmp_path: Path, typed: list[str]) -> None:
    query = parse_query(" ".join(typed))
    find = matcher(query, Report())
    wanted = [(f"Text {n}", span) for n, text in enumerate(TEXTS) for span in find(text, "")]
    assert [(hit.title, hit.span) for hit in hits(workspace, tmp_path / "i.search", query)] == wanted


def test_new_articles_are_found_and_articles_taken_back_are_not(workspace: Workspace, tmp_path: Path) -> None:
    index = tmp_path / "i.search"
    assert len(hits(workspace, index, parse_query("fighters"))) == 1
    workspace.bring_in([NewArticle("More fighters came.", "More")], "")
    assert [hit.title for hit in hits(workspace, index, parse_query("fighters"))] == ["Text 0", "More"]
    workspace.undo()
    assert [hit.title for hit in hits(workspace, index, parse_query("fighters"))] == ["Text 0"]


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\x00" + b"\xff" * 5_000])
def test_a_damaged_index_is_made_anew(workspace: Workspace, tmp_path: Path, damage: bytes) -> None:
    index = tmp_path / "i.search"
    hits(workspace, index, parse_query("bridge"))
    index.write_bytes(damage)
    assert words(hits(workspace, index, parse_query("bridge"))) == ["bridge"]


def test_the_index_holds_no_text_and_lies_not_in_the_project(workspace: Workspace, tmp_path: Path) -> None:
    before = {path.name for path in workspace.records.path.parent.iterdir()}
    index = tmp_path / "elsewhere" / "i.search"
    hits(workspace, index, parse_query("bridge"))
    assert b"took the bridge" not in index.read_bytes()
    assert b"fighters, talib" not in index.read_bytes()
    assert {path.name for path in workspace.records.path.parent.iterdir()} == before | {"elsewhere"}


def test_a_pattern_finds_and_one_that_takes_too_long_is_named(workspace: Workspace, tmp_path: Path) -> None:
    report = Report()
    pattern = parse_query(r"b\w+e\b", is_pattern=True)
    assert words(hits(workspace, tmp_path / "i", pattern, report)) == ["bridge"]
    assert not (tmp_path / "i").exists(), "a pattern needs no index"
    slow = Report()
    assert hits(workspace, tmp_path / "i", parse_query(r"(a|aa)+$", is_pattern=True), slow) == []
    assert slow.too_slow == ["Text 4"]


def test_a_pattern_that_is_none_says_where(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"missing \).* at letter 5"):
        hits(workspace, tmp_path / "i", parse_query("a(bc", is_pattern=True))


@pytest.mark.parametrize("pattern", ["(?V0)x", "(?a)(?u)x", "(" * 3_000 + "x" + ")" * 3_000])
def test_a_pattern_that_cannot_be_is_refused_in_a_sentence(workspace: Workspace, tmp_path: Path, pattern: str) -> None:
    with pytest.raises(FormatError, match=r"^This (is no regular expression: .*|regular expression has .*)\.$"):
        hits(workspace, tmp_path / "i", parse_query(pattern, is_pattern=True))


def test_a_pattern_looks_at_case_only_when_asked_and_finds_no_nothing(workspace: Workspace, tmp_path: Path) -> None:
    pattern = "^(the )?red|x*"
    either, exact = (parse_query(pattern, is_pattern=True, match_case=wanted) for wanted in (False, True))
    assert words(hits(workspace, tmp_path / "i", either)) == ["The Red"]
    assert words(hits(workspace, tmp_path / "i", exact)) == []


@pytest.mark.parametrize(("most", "articles", "is_cut"), [(1, 1, True), (3, 1, True), (4, 2, False), (5, 2, False)])
def test_at_most_so_many_hits_are_listed_and_articles_without_one_are_not_counted(
    workspace: Workspace, tmp_path: Path, most: int, articles: int, *, is_cut: bool
) -> None:
    report = Report()
    found = hits(workspace, tmp_path / "i", parse_query("the"), report, most=most)
    assert len(found) == min(most, 4)
    assert (report.hits, report.articles, report.is_cut) == (len(found), articles, is_cut)
