"""Painting list rows by hand: two lines of text beside a sign, in the palette's colours."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHeaderView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from annotator.ui.widgets.unseen import shown

PAD = 8
"""Pixels around and between the parts of a row."""


class CardDelegate(QStyledItemDelegate):
    """Draws the ground of a row; what stands on it is the subclass's."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws one row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state, palette, place = option.state, QPalette(option.palette), QRect(option.rect)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, palette.color(QPalette.ColorRole.Highlight))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, palette.color(QPalette.ColorRole.AlternateBase))
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        self.draw(painter, Look(palette, font_of(option), is_chosen=is_chosen), place, index)
        painter.restore()

    def draw(self, painter: QPainter, look: "Look", place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draws what stands on the row."""
        raise NotImplementedError


class Roomy(QStyledItemDelegate):
    """Rows of a plain list, tree or table with some room above and below the words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As large as the words need, and a little larger."""
        return super().sizeHint(option, index) + QSize(PAD, PAD)


class Look:
    """The fonts and colours a row is drawn in."""

    def __init__(self, palette: QPalette, font: QFont, *, is_chosen: bool) -> None:
        self.palette = palette
        self.body = QFont(font)
        self.small = QFont(font)
        self.small.setPointSizeF(font.pointSizeF() * 0.9)
        self.strong = QFont(font)
        self.strong.setWeight(QFont.Weight.DemiBold)
        role = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text
        self.text = palette.color(role)
        self.quiet = palette.color(role if is_chosen else QPalette.ColorRole.PlaceholderText)
        self.line = palette.color(QPalette.ColorRole.Mid)
        self.is_chosen = is_chosen


def write(painter: QPainter, place: QRect, words: str, font: QFont, colour: QColor, *, right: bool = False) -> int:
    """Writes one line, elided where it does not fit; answers its width in pixels."""
    painter.setFont(font)
    painter.setPen(QPen(colour))
    fitting = QFontMetrics(font).elidedText(shown(words), Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, fitting)
    return QFontMetrics(font).horizontalAdvance(fitting)


def line_height(font: QFont) -> int:
    """The height of a line in pixels."""
    return QFontMetrics(font).height()


def width_in(font: QFont, words: str) -> int:
    """How wide words are on one line, in pixels."""
    return QFontMetrics(font).horizontalAdvance(shown(words))


def card_list(delegate: CardDelegate, name: str) -> QListView:
    """A list whose rows the delegate draws, quick with a hundred thousand of them."""
    view = QListView()
    view.setItemDelegate(delegate)
    view.setAccessibleName(name)
    view.setMouseTracking(True)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSelectionMode(QListView.SelectionMode.SingleSelection)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    return view


class Rows(QTableView):
    """A table of one column, in which Home and End go to the first and last row as they do in a list.

    While it has no row, the hint stands in its place.
    """

    hint = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or what there is to do."""
        super().paintEvent(event)
        if self.hint and not self.model().rowCount():
            painter, place = QPainter(self.viewport()), self.viewport().rect()
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(
                place.adjusted(2 * PAD, 2 * PAD, -2 * PAD, -PAD), top | Qt.TextFlag.TextWordWrap, self.hint
            )

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key moves to."""
        last = self.model().rowCount() - 1
        if action is QTableView.CursorAction.MoveHome:
            return self.model().index(0, 0)
        if action is QTableView.CursorAction.MoveEnd:
            return self.model().index(last, 0)
        return super().moveCursor(action, modifiers)


def card_table(delegate: CardDelegate, name: str, height: int) -> Rows:
    """A list for a hundred thousand rows of one height in pixels.

    QListView asks the model for every row whenever one has changed; a table does not.
    """
    view = Rows()
    view.setItemDelegate(delegate)
    view.setAccessibleName(name)
    view.setMouseTracking(True)
    view.setFrameShape(QTableView.Shape.NoFrame)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    view.horizontalHeader().hide()
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(height)
    return view


def width_of(option: QStyleOptionViewItem) -> int:
    """How wide a row will be, in pixels."""
    return QRect(option.rect).width()


def font_of(option: QStyleOptionViewItem) -> QFont:
    """The list's font."""
    return QFont(option.font)


def row_size(height: int) -> QSize:
    """A row as wide as the list."""
    return QSize(10, height)
