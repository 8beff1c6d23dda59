"""The article view: reads, selects and shows marks. It changes nothing; it says what was selected and clicked."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from annotator.domain.spans import Span
from annotator.domain.words import snapped, word_at
from annotator.ui.article import carets, ruler
from annotator.ui.article.art import Shape
from annotator.ui.article.board import Board
from annotator.ui.article.decorations import Decorations
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.marks import Mark
from annotator.ui.article.offsets import OffsetMap
from annotator.ui.article.reading import LARGEST, LOOSEST, NARROWEST, SMALLEST, TIGHTEST, WIDEST, Reading
from annotator.ui.article.ruler import Ruler
from annotator.ui.article.sentences import next_sentence, sentence_at
from annotator.ui.theme import Theme

_NOTCH = 120
"""What a wheel's angle grows by from notch to notch; finer wheels and touch pads send parts of it."""


class ArticleView(QTextEdit):
    """A read-only text with marks. Offsets are code points of the stored text; nothing is read from the widget.

    caret_moved is sent when the caret or the selection changes; clicked with the offset under a click that selected
    nothing; piece_wanted when words were selected with Ctrl held, to be added to a mention; fold_clicked with the
    number of a folded paragraph; menu_wanted with the place where a context menu should open; reading_changed with how
    the text is set now.
    """

    caret_moved = Signal()
    clicked = Signal(int)
    piece_wanted = Signal()
    fold_clicked = Signal(int)
    menu_wanted = Signal(object)
    reading_changed = Signal(object)
    painted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._offsets = OffsetMap("")
        self._exact_mouse = self.is_pressed = False
        self.snaps = True
        self._reading = Reading()
        self._turned = 0
        self.decorations = Decorations()
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(2)
        self.setAccessibleName("Article text")
        self._layout = ArticleLayout(self.document(), self.decorations)
        self.document().setDocumentLayout(self._layout)
        self._ruler = Ruler(self, self._layout, self.decorations)
        self._ruler.wanted.connect(self._go_to_height)
        self.setViewportMargins(0, 0, ruler.WIDTH, 0)
        self.board = Board(self._layout, self.decorations, self._ruler)
        self.set_reading(self._reading)
        self._take_theme()
        theme.changed.connect(self._take_theme)
        self.cursorPositionChanged.connect(self.caret_moved)
        self.selectionChanged.connect(self.caret_moved)

    # The text and its marks

    @property
    def offsets(self) -> OffsetMap:
        """The map between the stored text and the document."""
        return self._offsets

    @property
    def text(self) -> str:
        """The stored text that is shown."""
        return self._offsets.text

    def show_text(self, text: str, marks: Iterable[Mark]) -> None:
        """Shows another text from its beginning."""
        self._offsets = OffsetMap(text)
        self.board.begin(self._offsets, marks)
        self.document().setPlainText(self._offsets.display)
        self._number_paragraphs()
        self._layout.begin()
        self._ruler.begin()
        self.verticalScrollBar().setValue(0)
        cursor = QTextCursor(self.document())
        cursor.setVisualNavigation(True)  # steps over what is folded away
        self.setTextCursor(cursor)

    def _number_paragraphs(self) -> None:
        """Paragraphs that are not blank count from 1."""
        offsets = self._offsets
        counted: list[int] = []  # when numbers are first asked for: most people do not show them

        def number_of(paragraph: int) -> int | None:
            if not counted:
                places = enumerate(map(offsets.paragraph, range(offsets.paragraph_count)))
                counted.extend(number for number, (start, end) in places if start < end)
            index = bisect_left(counted, paragraph)
            return index + 1 if index < len(counted) and counted[index] == paragraph else None

        self.decorations.number_of = number_of

    # Caret and selection

    @property
    def caret(self) -> int:
        """Where the caret is."""
        return self._offsets.offset(self.textCursor().position())

    @property
    def is_right_to_left(self) -> bool:
        """Whether the caret stands in a paragraph that is written from right to left."""
        return self.textCursor().block().textDirection() is Qt.LayoutDirection.RightToLeft

    def selection(self) -> Span | None:
        """What is selected, just so."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        start, end = self._offsets.offset(cursor.selectionStart()), self._offsets.offset(cursor.selectionEnd())
        return Span(start, end) if start < end else None

    def words(self, *, exact: bool = False) -> Span | None:
        """What a tag would cover: the selection, snapped to whole words unless exact; else the word at the caret."""
        selection = self.selection()
        if selection is None:
            return word_at(self.text, self.caret)
        return selection if exact or self._exact_mouse or not self.snaps else snapped(self.text, selection)

    def select(self, span: Span) -> None:
        """Selects words and shows them."""
        self.put_caret(span.start)
        self.put_caret(span.end, keep_anchor=True)

    def put_caret(self, offset: int, *, keep_anchor: bool = False) -> None:
        """Moves the caret, selecting on the way when the anchor is kept, and shows where it is."""
        cursor = self.textCursor()
        mode = QTextCursor.MoveMode.KeepAnchor if keep_anchor else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self._offsets.position(offset), mode)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self._show_labels()

    def _show_labels(self) -> None:
        """Shows what stands above the caret's line, too, where that is the first in sight."""
        bar, lacking = self.verticalScrollBar(), round(self._layout.pitch) - self.cursorRect().bottom()
        bar.setValue(bar.value() - (lacking if 0 < lacking < self._layout.pitch else 0))

    def select_sentence(self) -> None:
        """Selects the sentence at the caret; again: the next one as well."""
        chosen = self.selection()
        sentence = sentence_at(self._offsets, chosen.end if chosen else self.caret)
        if chosen is not None and (sentence is None or chosen.contains(sentence)):
            following = next_sentence(self._offsets, chosen.end - 1)
            sentence = sentence_at(self._offsets, following) if following < len(self.text) else None
        if sentence is not None:
            self.select(Span(chosen.start, sentence.end) if chosen else sentence)

    def show_span(self, span: Span) -> None:
        """Scrolls until the words are well inside the window; the caret goes to their end."""
        self.put_caret(span.end)
        self.reveal(span)

    def reveal(self, span: Span) -> None:
        """Scrolls until the words are well inside the window, if they are not; the caret stays."""
        position, bar, height = self._offsets.position(span.start), self.verticalScrollBar(), self.viewport().height()
        block = self.document().findBlock(position)
        place = self._layout.blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position - block.position())
        place += line.y() if line.isValid() else 0
        if not bar.value() + self._layout.pitch <= place <= bar.value() + height - 3 * self._layout.pitch:
            bar.setValue(int(place - height * 0.35))

    def in_sight(self) -> tuple[int, int]:
        """Where the paragraphs that show begin and end."""
        top = self.verticalScrollBar().value()
        first, last = self._layout.block_at(top), self._layout.block_at(top + self.viewport().height())
        return self._offsets.paragraph(first)[0], self._offsets.paragraph(last)[1]

    # Look

    @property
    def reading(self) -> Reading:
        """How the text is set."""
        return self._reading

    def set_reading(self, reading: Reading) -> None:
        """Sets the text otherwise, within bounds; the words at the top stay at the top."""
        reading = replace(
            reading,
            points=max(SMALLEST, min(LARGEST, reading.points)),
            measure=max(NARROWEST, min(WIDEST, reading.measure)),
            spacing=max(TIGHTEST, min(LOOSEST, reading.spacing)),
        )
        top, self._reading = self._top_offset(), reading
        font = QFont()
        font.setFamilies(reading.families)
        font.setPointSizeF(reading.points)
        self.document().setDefaultFont(font)
        self._layout.set_reading(reading)
        self.decorations.ink.set_type(font)
        self.decorations.ink.density = reading.density
        self.decorations.is_numbered, self.decorations.shows_hidden = reading.numbers, reading.hidden
        self._begin_layout()
        self._ruler.begin_soon()
        self._show_at_top(top)
        self.reading_changed.emit(reading)

    def set_font_size(self, points: float) -> None:
        """Sets the text's size in points, within bounds."""
        self.set_reading(replace(self._reading, points=points))

    @property
    def font_size(self) -> float:
        """The text's size in points."""
        return self._reading.points

    def set_colours(self, colours: dict[str, str], shapes: dict[str, Shape]) -> None:
        """Sets colours and underline shapes of styles: labels by key, claim parts as claim:content and the like."""
        self.decorations.ink.colours, self.decorations.ink.shapes = colours, shapes
        self._repaint_all()

    def _take_theme(self) -> None:
        tones = self._theme.tones
        self.decorations.ink.tones = tones
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(tones.page))
        palette.setColor(QPalette.ColorRole.Text, QColor(tones.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(tones.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(tones.selected_text))
        self.setPalette(palette)
        self._repaint_all()

    def _repaint_all(self) -> None:
        self.decorations.forget()
        self.viewport().update()
        self._ruler.update()

    def _begin_layout(self) -> None:
        self._layout.begin()
        self._tell_measures()
        self.viewport().update()

    def _tell_measures(self) -> None:
        self.decorations.ink.rise, self.decorations.margin = self._layout.rise, self._layout.margin
        self.decorations.right = self._layout.margin + self._layout.column

    def _go_to_height(self, place: float) -> None:
        self.verticalScrollBar().setValue(int(place - self.viewport().height() / 2))

    def _top_offset(self) -> int:
        block = self.document().findBlockByNumber(self._layout.block_at(self.verticalScrollBar().value()))
        return self._offsets.offset(block.position()) if block.isValid() else 0

    def _show_at_top(self, offset: int) -> None:
        block = self.document().findBlock(self._offsets.position(offset))
        number = block.blockNumber()
        self.verticalScrollBar().setValue(int(self._layout.top(number)) if number > 0 else 0)

    # What Qt asks

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing: an article never brings pictures or files along."""
        del kind, name

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies the stored text, not what the widget made of it."""
        data, selection = QMimeData(), self.selection()
        if selection is not None:
            data.setText(selection.cut(self.text))
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves by sentence and paragraph beside what QTextEdit does itself."""
        self._exact_mouse = False
        target = carets.target(self._offsets, self.caret, event, is_right_to_left=self.is_right_to_left)
        if target is None:
            before = self.textCursor()
            super().keyPressEvent(event)
            if self.textCursor() != before:
                self._show_labels()
            return
        self.put_caret(target, keep_anchor=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Until the button is let go nobody knows whether this becomes a click or a selection."""
        number = self._layout.block_at(event.position().y() + self.verticalScrollBar().value())
        if self.decorations.folds.at(number) is not None:
            self.fold_clicked.emit(number)
            return
        self.is_pressed = event.button() is Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click that selects nothing chooses what lies there; Alt makes the selection exact."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.is_pressed = False
        self._exact_mouse = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if self.selection() is None:
            on_letter = self.exact_offset_at(event.position().toPoint())
            self.clicked.emit(self._offset_under(event) if on_letter is None else on_letter)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.piece_wanted.emit()
        else:
            self.caret_moved.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects the word as this program sees words: without a possessive ending."""
        super().mouseDoubleClickEvent(event)
        word = word_at(self.text, self._offset_under(event))
        if event.button() is Qt.MouseButton.LeftButton and word is not None:
            self.select(word)

    def exact_offset_at(self, place: QPoint) -> int | None:
        """The offset of the character under a place of the viewport; None beside the text."""
        position = self._layout.character_at(QPointF(place.x(), place.y() + self.verticalScrollBar().value()))
        return self._offsets.offset(position) if position >= 0 else None

    def _offset_under(self, event: QMouseEvent) -> int:
        return self._offsets.offset(self.cursorForPosition(event.position().toPoint()).position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The window opens its own menu."""
        if event.reason() is QContextMenuEvent.Reason.Mouse and self.selection() is None:
            self.setTextCursor(self.cursorForPosition(event.pos()))
        self.menu_wanted.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._turned += event.angleDelta().y()
            notches = int(self._turned / _NOTCH)
            if notches:
                self._turned -= notches * _NOTCH
                self.set_font_size(self.font_size + notches)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere; the words at the top stay at the top."""
        top, is_other_width = self._top_offset(), event.size().width() != event.oldSize().width()
        super().resizeEvent(event)
        self._tell_measures()
        right = self.viewport().geometry().right() + 1
        self._ruler.setGeometry(right, 0, ruler.WIDTH, self.viewport().height())
        if is_other_width:
            self._show_at_top(top)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lays out what comes into sight before it is painted, so that it does not move while it is looked at."""
        bar = self.verticalScrollBar()
        grown = self._layout.settle(bar.value(), self.viewport().height())
        if grown and dy > 0:
            bar.setValue(bar.value() + round(grown))
            return
        super().scrollContentsBy(dx, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tells when the marks are on the screen: what a benchmark measures."""
        super().paintEvent(event)
        self.painted.emit()

    def place_of(self, span: Span) -> QRectF:
        """Where words begin on the view, in pixels of its viewport, for a window that opens beside them."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._offsets.position(span.start))
        return QRectF(self.cursorRect(cursor))

    def point_below(self, span: Span) -> QPoint:
        """Where a small window about these words opens, on the screen."""
        return self.viewport().mapToGlobal(self.place_of(span).bottomLeft().toPoint() + QPoint(0, 8))
