"""Suggestions by keys: drawn apart, taken, rejected, hidden; the file says what became of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.proposals import OPEN, Located, Meant, Proposals, ProposedClaim, ProposedMention, ProposedZone
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.services.proposing import Batch
from annotator.services.suggesting import store
from annotator.ui.dialogs.suggestions import SuggestionFigures
from tests.ui.at_work import VALLEY, AtWork, at_work

MENTIONS = (
    "SELECT m.quote, m.label, e.name, m.derived_from != '' FROM mention m LEFT JOIN entity e ON e.id = entity_id "
)
CLAIMS = (
    "SELECT c.quote, c.cue_quote, c.source_type, s.quote, e.name, c.derived_from != '' FROM claim c "
    "JOIN claim_source s ON s.claim_id = c.id JOIN entity e ON e.id = s.entity_id"
)
REJECTED = "SELECT quote, kind, label FROM rejection"


def span(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = VALLEY.index(words, start + 1)
    return Span(start, start + len(words))


def name(words: str, nth: int = 1, label: str = "actor", score: float = 0.6) -> ProposedMention:
    return ProposedMention(label, (span(words, nth),), score, words, None, "names")


NAMES = (
    name("Taliban"),
    name("Taliban", 2),
    name("Ruiz", 2),
    name("Kabul", label="location"),
)
CLAIM = ProposedClaim(
    (span("the Taliban-controlled bridge was open"),), ((span("Ana Ruiz"),),), (span("said"),), None, 0.7, "", "claims"
)


def suggest(
    work: AtWork,
    *mentions: ProposedMention,
    claims: tuple[ProposedClaim, ...] = (),
    zones: tuple[ProposedZone, ...] = (),
) -> None:
    """Stores suggestions for the shown article and shows it again."""
    desk = work.window.controls.desk
    article = desk.contents.article
    assert article is not None
    runs = tuple(SuggestionRun(article.id, proposer, "1", article.sha256) for proposer in ("names", "claims"))
    store(desk.workspace, Batch(runs, as_suggestions(article.id, Proposals(mentions, claims, zones))))
    desk.contents.show(article.id)
    work.window.view.setFocus()
    QApplication.processEvents()


@pytest.fixture
def work(tmp_path: Path, qapp: object) -> Iterator[AtWork]:
    with at_work(tmp_path / "work") as window:
        yield window


def shown(work: AtWork) -> list[str]:
    return [VALLEY[one.hull.start : one.hull.end] for one in work.window.controls.suggesting.shown]


def test_space_goes_to_the_first_then_accepts_and_goes_on(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    assert work.rows(MENTIONS) == []
    assert "“Taliban”" in work.status
    assert work.window.view.caret == span("Taliban").start
    work.player.press("Space", 2)
    assert work.rows(MENTIONS) == [("Taliban", "actor", "Taliban", 1), ("Taliban", "actor", "Taliban", 1)]
    assert work.window.view.caret == span("Ruiz", 2).start
    assert shown(work) == ["Ruiz", "Kabul"]


def test_accepting_is_one_undo(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space", 2)
    assert work.action("undo") == "Undo accepting of “Taliban”"
    work.player.press("Ctrl+Z")
    assert work.rows(MENTIONS) == []
    assert work.rows("SELECT name FROM entity") == []
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


def test_x_rejects_for_good_until_it_is_undone(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("X")
    assert work.rows(REJECTED) == [("Taliban", "mention", "actor")]
    assert work.window.view.caret == span("Taliban", 2).start
    work.reopen()
    suggest(work, *(name("Taliban", score=0.9), *NAMES[1:]))
    assert shown(work) == ["Taliban", "Ruiz", "Kabul"]
    work.player.press("Ctrl+Z")
    assert work.rows(REJECTED) == []
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


@pytest.mark.parametrize(("kind", "left"), [("boilerplate", ["Ruiz", "Kabul"]), ("headline", None)])
def test_in_a_zone_out_of_play_nothing_is_suggested_until_it_is_undone(
    work: AtWork, kind: str, left: list[str] | None
) -> None:
    line = Span(span("Ana Ruiz").start, span("denied it.").end)
    suggest(work, *NAMES, zones=(ProposedZone(kind, line, 0.9, "zone rules"),))
    before = shown(work)
    work.player.press("Space", 2)
    assert work.rows("SELECT kind FROM zone") == [(kind,)]
    assert shown(work) == (left or before[1:])
    work.reopen()
    work.window.view.setFocus()
    assert shown(work) == (left or before[1:])
    work.player.press("Ctrl+Z")
    assert shown(work) == before


def test_shift_space_accepts_all_of_the_name_at_once(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("Shift+Space")
    assert [row[0] for row in work.rows(MENTIONS)] == ["Taliban", "Taliban"]
    assert work.rows("SELECT count(*) FROM entity") == [(1,)]
    work.player.press("Ctrl+Z")
    assert work.rows(MENTIONS) == []


def test_a_claim_is_accepted_whole(work: AtWork) -> None:
    suggest(work, claims=(CLAIM,))
    work.player.press("Space", 2)
    content = "the Taliban-controlled bridge was open"
    assert work.rows(CLAIMS) == [(content, "said", "named", "Ana Ruiz", "Ana Ruiz", 1)]
    assert work.rows(MENTIONS) == [("Ana Ruiz", "actor", "Ana Ruiz", 0)]
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM claim") == [(0,)]
    assert work.rows("SELECT count(*) FROM mention") == [(0,)]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)]


def test_a_source_is_whom_it_stands_for(work: AtWork) -> None:
    meant = (Meant("Ana Maria Ruiz", "person"),)
    suggest(work, claims=(replace(CLAIM, meant=meant),))
    work.player.press("Space", 2)
    assert work.rows("SELECT s.quote, e.name, e.kind FROM claim_source s JOIN entity e ON e.id = s.entity_id") == [
        ("Ana Ruiz", "Ana Maria Ruiz", "person")
    ]


def test_a_source_that_may_be_several_names_nobody_yet(work: AtWork) -> None:
    suggest(work, claims=(replace(CLAIM, meant=(OPEN,)),))
    work.player.press("Space", 2)
    assert work.rows("SELECT quote, entity_id FROM claim_source") == [("Ana Ruiz", None)]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)]


def test_a_claim_accepted_before_the_one_that_quotes_it_is_put_into_it(work: AtWork) -> None:
    inner = ProposedClaim((span("15 men were killed"),), ((span("a tweet"),),), (span("claimed"),), 1, 0.9)
    outer = ProposedClaim((span("a tweet claimed that 15 men were killed"),), (), (span("According to"),), None, 0.5)
    suggest(work, claims=(inner, outer))
    shown = work.window.controls.suggesting.shown
    assert [one.hull.start for one in shown] == [outer.hull.start, inner.hull.start]
    work.window.view.put_caret(inner.hull.end - 1)
    work.player.press("Space")
    work.window.view.put_caret(outer.hull.start)
    work.player.press("Space")
    assert work.rows("SELECT i.quote, o.cue_quote FROM claim i JOIN claim o ON o.id = i.within_id") == [
        ("15 men were killed", "According to")
    ]


def test_whom_a_name_of_two_means_is_asked_with_both(work: AtWork) -> None:
    both = ("Ana Ruiz", "Eva Ruiz")
    suggest(work, name("Ana Ruiz"), replace(name("Ruiz", 2), may_be=both, entity_name="Ruiz"))
    work.player.press("Space", 3)
    finder = work.player.finder
    assert finder is not None
    assert work.rows(MENTIONS) == [("Ana Ruiz", "actor", "Ana Ruiz", 1), ("Ruiz", "actor", None, 1)]
    model = finder.list.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Eva Ruiz", "Ana Ruiz"]
    work.player.press("Return")
    assert work.rows("SELECT name FROM entity ORDER BY name") == [("Ana Ruiz",), ("Eva Ruiz",)]
    assert work.rows(MENTIONS)[1] == ("Ruiz", "actor", "Eva Ruiz", 1)


def test_a_place_is_put_where_the_suggestion_says(work: AtWork) -> None:
    place = Place(PlaceLevel.POPULATED_PLACE, 34.5, 69.2, Basis.GAZETTEER, "Kabul")
    located = Located(place, "AFG", "geonames:1138958", "populated place, Afghanistan")
    suggest(work, replace(name("Kabul", label="location"), located=located))
    work.player.press("Space")
    assert "populated place, Afghanistan" in work.status
    work.player.press("Space")
    assert work.rows("SELECT name, lat, lon, country FROM entity") == [("Kabul", 34.5, 69.2, "AFG")]
    assert work.rows("SELECT scheme, value FROM external_id") == [("geonames", "1138958")]


def test_all_of_a_name_of_two_are_accepted_without_assuming_one(work: AtWork) -> None:
    both = ("Afghan Taliban", "Pakistani Taliban")
    suggest(work, *(replace(name("Taliban", nth), may_be=both) for nth in (1, 2)))
    work.player.press("Space")
    work.player.press("Shift+Space")
    assert [row[2] for row in work.rows(MENTIONS)] == [None, None]
    assert "Afghan Taliban or Pakistani Taliban" in work.status


def test_enter_accepts_and_opens_the_inspector(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("Return")
    assert [row[0] for row in work.rows(MENTIONS)] == ["Taliban"]
    mention = work.window.controls.marking.mention
    assert mention is not None
    assert mention.quote == "Taliban"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert work.window.controls.inspector.isAncestorOf(focused)


def test_hidden_suggestions_leave_the_keys_as_they_were(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Shift+X")
    assert shown(work) == []
    work.player.press("Space")
    work.player.press("X")
    assert work.rows(MENTIONS) == []
    assert work.rows(REJECTED) == []
    work.reopen()
    assert shown(work) == []
    work.player.press("Shift+X")
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


def test_what_is_tagged_is_not_suggested_again_nor_what_contradicts_it(work: AtWork) -> None:
    suggest(work, *NAMES, name("Ana Ruiz"), claims=(CLAIM,))
    work.player.tag("Ana", "A", kind="person")
    work.player.tag("Kabul", "A")
    assert shown(work) == ["the Taliban-controlled bridge was open", "Taliban", "Taliban", "Ruiz"]


def test_a_suggestion_is_an_outline_and_no_tint(work: AtWork) -> None:
    plain = work.window.view.grab().toImage()
    suggest(work, name("Kabul", label="location"))
    outlined = work.window.view.grab().toImage()
    assert outlined != plain
    work.player.press("Shift+X")
    assert work.window.view.grab().toImage() == plain
    work.player.tag("Kabul", "L")
    assert work.window.view.grab().toImage() != outlined


def test_while_reviewing_nothing_is_suggested(work: AtWork) -> None:
    suggest(work, *NAMES)
    action = work.window.findChild(QAction, "review")
    assert action is not None
    action.trigger()
    assert shown(work) == []
    action.trigger()
    assert len(shown(work)) == 4


def test_the_figures_say_what_became_of_them(work: AtWork) -> None:
    zone = ProposedZone("headline", span("Fighters leave the valley"), 0.6, "claims")
    suggest(work, *NAMES, zones=(zone,))
    work.player.press("Space", 4)
    work.player.press("X")
    work.window.controls.show_figures()
    dialog = work.window.findChild(SuggestionFigures)
    assert dialog is not None
    table = dialog.table
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(7)] for row in range(table.rowCount())]
    assert rows == [
        ["claims", "Headline", "1", "1", "0", "0", "100 %"],
        ["names", "Actor", "3", "2", "0", "1", "67 %"],
        ["names", "Location", "1", "0", "0", "0", "–"],
    ]
    dialog.close()


def trigger(work: AtWork, id_: str) -> None:
    action = work.window.findChild(QAction, id_)
    assert action is not None
    action.trigger()
