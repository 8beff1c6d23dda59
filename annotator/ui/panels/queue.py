"""The queue: which articles there are and how far they are."""

import math

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import WORK, State
from annotator.domain.edits import Edit
from annotator.domain.ids import ArticleId
from annotator.domain.queue import Order, QueueFilter, QueueRow, Review
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW, QueueModel
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_table, line_height, write
from annotator.ui.widgets.plain import isolated, plain_label

_SIGN = 12
_REVIEWS = (
    ("Reviewed or not", False, None),
    ("Two or more annotators", True, None),
    ("Two or more, not reviewed", True, Review.OPEN),
    ("Marked, not reviewed", False, Review.OPEN),
    ("In review", False, Review.IN_REVIEW),
    ("Reviewed", False, Review.REVIEWED),
)
_FILTER_PAUSE = 150
"""Milliseconds after the last letter before the list is filtered."""


class QueuePanel(QWidget):
    """The list of articles with a filter for words and for the state."""

    id = "queue"
    title = "Articles"
    area = Qt.DockWidgetArea.LeftDockWidgetArea

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_taking = False
        self._model = QueueModel(desk.workspace)
        self._delegate = _QueueDelegate()
        self.list = card_table(self._delegate, "Articles", 2 * line_height(self.font()) + 2 * PAD)
        self.list.setModel(self._model)
        self.filter_box = QLineEdit(placeholderText="Filter by title, publisher, date", clearButtonEnabled=True)
        self.filter_box.setAccessibleName("Filter articles")
        self._states = QButtonGroup(self)
        self.review_box = QComboBox()
        self.review_box.setAccessibleName("Filter by review")
        self.review_box.addItems([words for words, *_ in _REVIEWS])
        self.order_box = QComboBox()
        self.order_box.setAccessibleName("Order of articles")
        for words, order in (("As brought in", Order.AS_BROUGHT_IN), ("Most needed first", Order.BY_NEED)):
            self.order_box.addItem(words, order)
        self._count = plain_label(quiet=True)
        self._pause = QTimer(self, singleShot=True, interval=_FILTER_PAUSE)
        self._build()
        self._pause.timeout.connect(self.read)
        self.filter_box.textChanged.connect(self._pause.start)
        self._states.idClicked.connect(self.read)
        self.review_box.activated.connect(self.read)
        self.order_box.activated.connect(self._on_order)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        desk.edits.edited.connect(self._on_edited)
        desk.focus.article_changed.connect(self._show_current)
        self._show_count()
        self._offer_review()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        for number, words in enumerate(("All", "To do", "Doing", "Done")):
            button = QPushButton(words, flat=True)
            button.setCheckable(True)
            button.setChecked(number == 0)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._states.addButton(button, number)
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, PAD, 0, 0)
        whole.setSpacing(4)
        top = QVBoxLayout()
        top.setContentsMargins(PAD, 0, PAD, 0)
        top.setSpacing(4)
        top.addWidget(self.filter_box)
        top.addLayout(row)
        top.addWidget(self.review_box)
        whole.addLayout(top)
        whole.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 2, PAD, 4)
        foot.addWidget(self._count, 1)
        foot.addWidget(self.order_box)
        whole.addLayout(foot)

    def step(self, *, forward: bool) -> None:
        """Shows the next or previous article of the list."""
        number = self._model.number_of(self._desk.focus.article)
        number = (-1 if forward else self._model.rowCount()) if number is None else number
        article = self._model.article(number + (1 if forward else -1))
        if article is None:
            self._desk.notices.refused.emit("This is the last article." if forward else "This is the first article.")
        else:
            self._desk.focus.show_article(article)

    def next_to_review(self) -> ArticleId | None:
        """The next article of the list that somebody has marked and nobody has reviewed, if there is one."""
        article = self._desk.focus.article
        return self._model.next_to_review(article) if article else None

    def show_first(self) -> None:
        """Shows the first article that is not done, or the first of all."""
        for number in range(min(self._model.rowCount(), 200)):
            if self._model.row(number).state is not State.DONE:
                self._desk.focus.show_article(self._model.article(number))
                return
        self._desk.focus.show_article(self._model.article(0))

    @property
    def listed(self) -> tuple[ArticleId, ...]:
        """The articles that pass the filter, in the order of the list."""
        return self._model.articles

    def stop(self) -> None:
        """Before the project is closed: what was typed last is not looked for any more."""
        self._pause.stop()

    def read(self) -> None:
        """Lists the articles that pass the filter, as the file has them now."""
        states = (None, *WORK)
        self._is_taking = True
        _, of_several, review = _REVIEWS[self.review_box.currentIndex()]
        state = states[self._states.checkedId()]
        order = Order(self.order_box.currentData())
        self._model.filter(QueueFilter(self.filter_box.text(), state, review, of_several=of_several, order=order))
        self._is_taking = False
        self._delegate.shows_need = order is Order.BY_NEED
        self._show_current()
        self._show_count()

    def coming(self, article: ArticleId, count: int) -> list[ArticleId]:
        """An article and so many that follow it in the list, after the last one the first."""
        number, total = self._model.number_of(article), self._model.rowCount()
        first = 0 if number is None else number + 1
        following = (self._model.article((first + n) % total) for n in range(count if total else 0))
        return list(dict.fromkeys((article, *filter(None, following))))

    def _on_order(self) -> None:
        self.read()
        is_by_need = Order(self.order_box.currentData()) is Order.BY_NEED
        if is_by_need and (self._model.rowCount() == 0 or self._model.row(0).unseen is None):
            self._desk.notices.said.emit("No machine has looked at these articles: Mark, Suggest in all articles.")

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_taking:
            self._desk.focus.show_article(self._model.article(index.row()))

    def _on_edited(self, edit: Edit) -> None:
        self._is_taking = True
        self._model.take(edit)
        self._is_taking = False
        if any(isinstance(change.record, Annotator) for change in edit.changes):
            self._offer_review()
        # Counting a hundred thousand articles takes longer than tagging a word.
        if any(isinstance(change.record, Article) for change in edit.changes):
            self._show_count()
        if self._desk.contents.article is None:
            self._desk.focus.show_article(None)
            if self._model.rowCount():
                self.show_first()
        self._show_current()

    def _show_current(self) -> None:
        number = self._model.number_of(self._desk.focus.article)
        selection = self.list.selectionModel()
        if number is None:
            selection.clear()
        elif self.list.currentIndex().row() != number or not selection.hasSelection():
            selection.setCurrentIndex(self._model.index(number), QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(self._model.index(number))

    def _offer_review(self) -> None:
        """Whoever works alone has nothing to filter by."""
        self.review_box.setVisible(len(self._desk.workspace.records.annotators()) > 1)

    def _show_count(self) -> None:
        shown, total = self._model.rowCount(), self._desk.workspace.records.article_count()
        words = "article" if total == 1 else "articles"
        self._count.setText(f"{total:,} {words}" if shown == total else f"{shown:,} of {total:,} {words}")


class _QueueDelegate(CardDelegate):
    shows_need = False

    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Title and state; below publisher, date and counts."""
        row: QueueRow = index.data(ROW)
        height = line_height(look.body)
        left = place.left() + PAD + _SIGN + PAD
        width = place.right() - PAD - left
        first = QRect(left, place.top() + PAD, width, height)
        _draw_state(painter, QRectF(place.left() + PAD, first.center().y() - _SIGN / 2, _SIGN, _SIGN), row.state, look)
        write(painter, first, row.article.title, look.strong, look.text)
        second = first.translated(0, height)
        counts = f"{row.mentions} · {row.claims}" if row.mentions or row.claims else ""
        need = f"{row.unseen} new, {row.disputed} disputed" if self.shows_need and row.unseen is not None else ""
        counts = "   ".join(filter(None, (need, row.review, counts)))
        taken = write(painter, second, counts, look.small, look.quiet, right=True) if counts else 0
        source = "  ".join(isolated(part) for part in (row.article.publisher, row.article.published) if part)
        write(painter, second.adjusted(0, 0, -taken - PAD, 0), source or "source not known", look.small, look.quiet)


def _draw_state(painter: QPainter, place: QRectF, state: State, look: Look) -> None:
    """A ring, a half-filled ring, a filled ring with a tick: shape tells, not colour."""
    painter.setPen(QPen(look.quiet, 1.4))
    inner = place.adjusted(1, 1, -1, -1)
    painter.drawEllipse(inner)
    if state is State.DOING:
        painter.setBrush(look.quiet)
        painter.drawPie(inner, -90 * 16, 180 * 16)
    if state is State.DONE:
        painter.setBrush(look.quiet)
        painter.drawEllipse(inner)
        painter.setPen(QPen(look.palette.base().color() if not look.is_chosen else QColor("white"), 1.6))
        middle = inner.center()
        size = math.floor(inner.width() / 4)
        foot = middle + QPointF(-0.5, size - 0.5)
        painter.drawPolyline([middle + QPointF(-size, 0), foot, middle + QPointF(size, -size)])
    painter.setBrush(Qt.BrushStyle.NoBrush)
