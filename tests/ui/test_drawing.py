"""What is drawn stands where its offsets say: letters of every direction under the mouse, and what a drag selects."""

import itertools
import unicodedata
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTextBoundaryFinder
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.ui.article.boxes import boxes
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import Theme
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.texts import STRIKE

PIECES = (
    *("a", "Word", " ", ", ", "\t", "\r\n", "\n", "\u2028", "\x0c", "e\u0301", "ﬁ", "12", "(b)"),
    *(
        "🙂",
        "👩🏽\u200d🚒",
        "🇧🇪",
        "王小明",
        "قال ",
        "أحمد",
        "שלום ",
        "\u00a0",
        "\u200f",
        "\u202eevil\u202c",
        "long " * 30,
    ),
)
TEXT = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)


def shown(text: str) -> ArticleView:
    """A view of the text, as wide as a column."""
    view = ArticleView(Theme("light"))
    view.resize(620, 500)
    view.show_text(text, [])
    view.show()
    QApplication.processEvents()
    return view


def box_of(view: ArticleView, span: Span) -> QRectF | None:
    """Where the characters are drawn, in the document; None where nothing is, or in several places."""
    layout = view.document().documentLayout()
    assert isinstance(layout, ArticleLayout)
    number = view.offsets.paragraph_at(span.start)
    base = view.offsets.paragraph_position(number)
    start, end = view.offsets.position(span.start) - base, view.offsets.position(span.end) - base
    block = layout.lay_out(number)
    line = block.lineForTextPosition(start)
    if not line.isValid():
        return None
    found = [box for box in boxes(line, start, end, is_one_way=False) if box.width() > 1.5]
    return found[0].translated(0, layout.top(number)) if len(found) == 1 else None


def letters(text: str) -> list[Span]:
    """The characters as a reader sees them, without blanks and signs that do not show."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    units = text.encode("utf-16-le")
    edges = [0]
    while (place := finder.toNextBoundary()) != -1:
        edges.append(len(units[: 2 * place].decode("utf-16-le")))
    spans = [Span(start, end) for start, end in itertools.pairwise(edges) if end > start]
    # The two letters of a flag are drawn as one.
    alone = (span for span in spans if not "\U0001f1e6" <= text[span.start] <= "\U0001f1ff")
    return [span for span in alone if unicodedata.category(text[span.start])[0] in "LNS"]


@settings(max_examples=80)
@given(TEXT)
@example("e\u0301e\u0301" + "long " * 30 + "\ta")
def test_the_character_under_the_mouse_is_the_one_that_is_drawn_there(qapp: QApplication, text: str) -> None:
    view = shown(text)
    for span in letters(text):
        box = box_of(view, span)
        if box is None or text[span.start] == "ﬁ":
            continue
        middle = box.center() - QPointF(0, view.verticalScrollBar().value())
        found = view.exact_offset_at(QPoint(round(middle.x()), round(middle.y())))
        assert found is not None, f"nothing under {span.cut(text)!r}"
        assert span.start <= found < span.end, f"{span.cut(text)!r} {span}: {found}"
    view.close()
    view.deleteLater()


def reach(text: str, place: int, step: int) -> int:
    """The place, past neighbours that have no width of their own."""
    while 0 <= place + min(step, 0) < len(text) and unicodedata.category(text[place + min(step, 0)])[0] == "C":
        place += step
    return place


@settings(max_examples=40)
@given(TEXT, st.data())
def test_a_drag_selects_and_copies_what_lies_between_in_the_stored_text(
    qapp: QApplication, text: str, data: st.DataObject
) -> None:
    view = shown(text)
    places = [span for span in letters(text) if box_of(view, span) is not None]
    if places:
        first, last = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))
        points = []
        for span in (first, last):
            box = box_of(view, span)
            assert box is not None
            points.append(QPoint(round(box.center().x()), round(box.center().y())))
        viewport, button = view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, button, pos=points[0])
        QTest.mouseMove(viewport, points[1])
        QTest.mouseRelease(viewport, button, pos=points[1])
        selection = view.selection()
        if selection is not None:
            # A drag from middle to middle takes each end in or leaves it out; nothing farther away.
            low, high = min(first, last), max(first, last)
            for span, edge in ((low, selection.start), (high, selection.end)):
                assert reach(text, span.start, -1) <= edge <= reach(text, span.end, 1)
            assert view.createMimeDataFromSelection().text() == selection.cut(text)
    view.close()
    view.deleteLater()


@given(TEXT)
@settings(max_examples=40)
def test_the_article_is_as_high_as_its_last_paragraph_is_deep(qapp: QApplication, text: str) -> None:
    view = shown(text)
    layout = view.document().documentLayout()
    assert isinstance(layout, ArticleLayout)
    last = layout.blockBoundingRect(view.document().lastBlock())
    assert layout.documentSize().height() == last.bottom() + layout.pitch
    view.deleteLater()


def test_a_long_paragraph_is_worked_out_once_until_it_is_out_of_use(qapp: QApplication) -> None:
    view = shown("Word after word. " * 400 + "\n\n" + "short\n" * 600)
    block = view.document().firstBlock()
    assert block.layout().cacheEnabled()
    assert not view.document().lastBlock().layout().cacheEnabled()
    before = view.grab().toImage()
    view.set_font_size(view.font_size + 2)
    assert view.grab().toImage() != before
    view.set_font_size(view.font_size - 2)
    assert view.grab().toImage() == before
    bar = view.verticalScrollBar()
    for _ in range(60):
        bar.setValue(bar.value() + 400)
        view.grab()
    assert not block.layout().cacheEnabled(), "other paragraphs have taken its room"
    assert block.layout().lineCount() == 0
    bar.setValue(0)
    assert view.grab().toImage() == before
    view.deleteLater()


def test_a_click_on_the_right_half_of_the_last_letter_chooses_the_mention(work: AtWork, player: Player) -> None:
    player.tag("Mara Lind", "A")
    player.press("Escape", 2)
    view, last = work.window.view, STRIKE.index("Mara Lind") + 8
    box = box_of(view, Span(last, last + 1))
    assert box is not None
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(int(box.right()) - 2, int(box.center().y()))
    )
    QApplication.processEvents()
    assert work.window.controls.desk.focus.mention is not None


def test_dragging_below_the_edge_scrolls_on(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", "Words and words.\n" * 200) as work:
        view = work.window.view
        viewport, bar = view.viewport(), view.verticalScrollBar()
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
        place = QPointF(120, viewport.height() + 40)
        held = Qt.MouseButton.LeftButton
        move = QMouseEvent(
            QEvent.Type.MouseMove, place, viewport.mapToGlobal(place), held, held, Qt.KeyboardModifier.NoModifier
        )
        QCursor.setPos(viewport.mapToGlobal(place.toPoint()))  # what the timer that scrolls on looks at
        QApplication.sendEvent(viewport, move)
        qtbot.waitUntil(lambda: bar.value() > 200)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(120, viewport.height() - 2))
        selection = view.selection()
        assert selection is not None
        assert selection.end > view.in_sight()[0]
