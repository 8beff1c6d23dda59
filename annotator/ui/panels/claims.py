"""The article's claims as cards in reading order."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.ui.desk import Desk
from annotator.ui.models.claims import ClaimListModel, ClaimRow
from annotator.ui.models.queue import ROW
from annotator.ui.widgets.cards import (
    PAD,
    CardDelegate,
    Look,
    card_list,
    font_of,
    line_height,
    row_size,
    width_in,
    width_of,
    write,
)
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.unseen import shown

_INDENT = 16
_CONTENT_LINES = 3
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value


class ClaimPanel(QWidget):
    """Choosing a card shows the claim's parts in the text."""

    id = "claims"
    title = "Claims"
    area = Qt.DockWidgetArea.RightDockWidgetArea
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._model = ClaimListModel(desk)
        self.list = card_list(_ClaimDelegate(desk), "Claims")
        self.list.setModel(self._model)
        self._hint = plain_label(wrap=True, quiet=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._hint.setContentsMargins(2 * PAD, 2 * PAD, 2 * PAD, PAD)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._hint)
        self._pages.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)
        self.list.clicked.connect(self._on_clicked)
        self.list.activated.connect(self._on_clicked)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        desk.contents.shown.connect(self._read)
        desk.contents.edited.connect(self._on_edited)
        desk.focus.changed.connect(self._show_current)
        desk.keys.changed.connect(self._name_keys)
        self._name_keys()
        self._show_page()

    def _name_keys(self) -> None:
        name = self._desk.keys.name
        self._hint.setText(
            f"No claim yet.\n\nSelect the words that are said and press {name('claim')}. Then select who says it and "
            f"press {name('source')}, and the words that show it is said and press {name('cue')}."
        )

    def _read(self) -> None:
        self._model.read()
        self._show_page()

    def _on_edited(self, edit: Edit) -> None:
        if self._model.take(edit):
            self._show_page()
            self._show_current()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(1 if self._model.rowCount() else 0)

    def _on_current(self, index: QModelIndex) -> None:
        if self.list.hasFocus():
            self._on_clicked(index)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, ClaimRow):
            self.chosen.emit(row.claim.id)

    def _show_current(self) -> None:
        index, selection = self._model.index_of(self._desk.focus.claim), self.list.selectionModel()
        if not index.isValid():
            selection.clear()
        elif self.list.currentIndex() != index or not selection.hasSelection():
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)


class _ClaimDelegate(CardDelegate):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Sources, up to three lines of content, and a line of cue and choices."""
        row: ClaimRow = index.data(ROW)
        font = font_of(option)
        lines = self._content_height(QFontMetrics(font), row, width_of(option))
        return row_size(2 * line_height(font) + lines + 2 * PAD + 4)

    def _content_height(self, metrics: QFontMetrics, row: ClaimRow, width: int) -> int:
        room = width - 2 * PAD - _INDENT * (row.depth + 1)
        needed = metrics.boundingRect(QRect(0, 0, max(room, 60), 10_000), _WRAP, _content(row.claim)).height()
        return min(needed, _CONTENT_LINES * metrics.lineSpacing())

    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """The card, moved in by a step for each claim it stands inside of."""
        row: ClaimRow = index.data(ROW)
        inset = PAD + _INDENT * row.depth
        colours = {
            part: QColor(self._desk.theme.part_colour(self._desk.schema, part)) for part in ("content", "source")
        }
        painter.fillRect(
            QRect(place.left() + inset, place.top() + PAD, 3, place.height() - 2 * PAD), colours["content"]
        )
        left = place.left() + inset + _INDENT - 4
        height = line_height(look.body)
        first = QRect(left, place.top() + PAD, place.right() - PAD - left, height)
        number = f"{row.number}" if row.outer is None else f"{row.number} in {row.outer}"
        taken = write(painter, first, number, look.small, look.quiet, right=True)
        colour = look.text if look.is_chosen else colours["source"] if row.sources else look.quiet
        sources = " and ".join(row.sources) or "no source"
        line = first.adjusted(0, 0, -taken - PAD, 0)
        if row.chain:
            room = max(0, line.width() - width_in(look.strong, sources) - PAD)
            arrow = width_in(look.small, " › ")
            passed = QRect(line.left(), line.top(), max(0, min(room, line.width() // 2) - arrow), line.height())
            line.setLeft(line.left() + write(painter, passed, " › ".join(row.chain), look.small, look.quiet))
            write(painter, line, " › ", look.small, look.quiet)
            line.setLeft(line.left() + arrow)
        write(painter, line, sources, look.strong, colour)
        lines = self._content_height(QFontMetrics(look.body), row, place.width())
        middle = QRect(left, first.bottom() + 3, first.width(), lines)
        _write_lines(painter, middle, _content(row.claim), look)
        last = QRect(left, middle.bottom() + 2, first.width(), height)
        write(painter, last, _facts(row.claim), look.small, look.quiet)
        painter.setPen(look.palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(place.left() + PAD, place.bottom(), place.right() - PAD, place.bottom())


def _write_lines(painter: QPainter, place: QRect, words: str, look: Look) -> None:
    painter.setFont(look.body)
    painter.setPen(look.text)
    words, metrics = shown(words), QFontMetrics(look.body)
    while metrics.boundingRect(QRect(0, 0, place.width(), 10_000), _WRAP, words).height() > place.height() + 2:
        shorter = words.rstrip("…").rstrip().rpartition(" ")[0]
        if not shorter:
            break
        words = f"{shorter}…"
    painter.drawText(place, _WRAP, words)


def _content(claim: Claim) -> str:
    # Three lines hold no more than some two hundred letters; measuring more would only be slow.
    words = " ".join((claim.wording or claim.quote)[:400].split())
    if claim.wording or claim.manner != "direct":
        return words
    bare = words.strip('“”"')
    return f"“{bare}”"


def _facts(claim: Claim) -> str:
    choices = [claim.manner, claim.act, claim.stance]
    if claim.certainty and claim.certainty != "certain":
        choices.append(claim.certainty)
    cue = f"“{' '.join(claim.cue_quote.split())}”  " if claim.cue_quote else ""
    return cue + " · ".join(choice for choice in choices if choice) + (" · unsure" if claim.unsure else "")
