"""Find in all articles: a window with every hit in its line of context, to be read, sorted, ticked and tagged."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QByteArray, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QCloseEvent, QColor, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator.domain.edits import Edit
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.queries import Query, parse_query
from annotator.domain.spans import Span, holders
from annotator.editing import repeating
from annotator.errors import AnnotatorError
from annotator.services import searching
from annotator.ui.desk import Desk
from annotator.ui.jobs import BUSY, Job
from annotator.ui.models.concordance import ORDERS, HitModel, HitRow
from annotator.ui.models.queue import ROW
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_table, line_height, write
from annotator.ui.widgets.plain import is_right_to_left, plain_label, plain_tip
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.waiting import waiting

_TITLE_SHARE = 0.26
"""The part of a row's width that says which article."""


class Concordance(QDialog):
    """Stays open beside the article. go shows words of an article in the main window."""

    def __init__(self, desk: Desk, go: Callable[[ArticleId, Span], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._go = desk, go
        self._job: Job[tuple[searching.Hit, ...]] | None = None
        self._report = searching.Report()
        self.setWindowTitle("Find in all articles")
        self.setModal(False)
        self.resize(1120, 640)
        self.box = QLineEdit(placeholderText='Words, "a phrase", beginn*', clearButtonEnabled=True)
        self.box.setAccessibleName("Find in all articles")
        self.case, self.pattern = QCheckBox("Match &case"), QCheckBox("Regular e&xpression")
        self.find_button = QPushButton("Find")
        self.count = plain_label("Enter looks for it in every article.", quiet=True)
        self.order = QComboBox()
        self.order.setAccessibleName("Order")
        for key, words in ORDERS.items():
            self.order.addItem(words, key)
        self._tags = QHBoxLayout()
        self._model = HitModel()
        self._build_list()
        self._build()
        desk.contents.edited.connect(self._on_edited)
        desk.contents.edited.connect(self._take_schema)
        if not desk.settings.concordance.isEmpty():
            self.restoreGeometry(desk.settings.concordance)

    def _build_list(self) -> None:
        self.list = card_table(_HitDelegate(self._desk), "Hits", line_height(self.font()) + PAD)
        self.list.setModel(self._model)
        self.list.installEventFilter(self)  # a list would take letters for a search in itself
        self.list.doubleClicked.connect(lambda index: self._show(index.row()))
        self.list.clicked.connect(self._on_clicked)

    def _build(self) -> None:
        first, last = QHBoxLayout(), QHBoxLayout()
        for widget in (self.box, self.case, self.pattern, self.find_button):
            first.addWidget(widget, 1 if widget is self.box else 0)
        second = QHBoxLayout()
        second.addWidget(self.count, 1)
        second.addWidget(self.order)
        hint = "Space ticks, Ctrl+A ticks all, Enter shows the place, Ctrl+1 2 3 sort, a label's key tags"
        last.addWidget(plain_label(hint, quiet=True), 1)
        last.addLayout(self._tags)
        self._offer_labels()
        whole = QVBoxLayout(self)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self.list, 1)
        whole.addLayout(last)
        self.find_button.clicked.connect(self.search)
        self.find_button.setAutoDefault(False)
        self.order.activated.connect(lambda: self._sort(str(self.order.currentData())))

    def _offer_labels(self) -> None:
        """A button for each label that the schema has now."""
        while (item := self._tags.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for label in self._desk.schema.labels:
            button = QPushButton(shown(f"{label.name} ({label.hotkey})" if label.hotkey else label.name))
            button.setToolTip(plain_tip(f"Tag all ticked as {label.name}"))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, key=label.key: self.tag(key))
            self._tags.addWidget(button)

    def _take_schema(self, edit: Edit) -> None:
        if any(isinstance(change.record, Project) for change in edit.changes):
            self._offer_labels()

    def open_with(self, words: str) -> None:
        """Shows the window; words are searched for at once."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words:
            self.pattern.setChecked(False)
            self.box.setText(f'"{" ".join(words.replace(chr(34), " ").split())}"')
            self.search()
        self.box.selectAll()

    def search(self) -> None:
        """Searches for what was typed; a search under way is given up."""
        try:
            query = parse_query(self.box.text(), is_pattern=self.pattern.isChecked(), match_case=self.case.isChecked())
            searching.check(query)
        except AnnotatorError as error:
            self.count.setText(str(error))
            return
        if self._job is not None:
            self._job.ended.connect(lambda: self._begin(query))
            self._job.cancel()
        else:
            self._begin(query)

    def _begin(self, query: Query) -> None:
        self._model.clear()
        report = self._report = searching.Report()
        records = self._desk.workspace.records
        index = searching.index_path(records.project().id)
        job = Job("Searching", lambda: searching.search(records.path, index, query, report), self._take)
        if not self._desk.jobs.run(job):
            self.count.setText(BUSY)
            return
        self._job = job
        self.count.setText("Searching…")
        self.find_button.setText("Stop")
        self.find_button.clicked.disconnect()
        self.find_button.clicked.connect(job.cancel)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)

    def _take(self, hits: tuple[searching.Hit, ...]) -> None:
        spans: dict[ArticleId, list[Span]] = {}
        for hit in hits:
            spans.setdefault(hit.article, []).append(hit.span)
        labels = {article: self._labels_of(article, found) for article, found in spans.items()}
        is_first = self._model.rowCount() == 0
        self._model.add([HitRow(hit, labels=labels[hit.article].get(hit.span, ())) for hit in hits])
        if is_first and hits:
            self.list.setCurrentIndex(self._model.index(0))

    def _labels_of(self, article: ArticleId, spans: Iterable[Span]) -> dict[Span, tuple[str, ...]]:
        mentions = self._desk.workspace.records.mentions_in(article)
        return holders(spans, [(span, mention.label) for mention in mentions for span in mention.spans])

    def _on_progress(self, done: int, total: int) -> None:
        self.count.setText(f"Searching… {done:,} of {total:,}, {self._report.hits:,} hits")

    def _on_ended(self, error: str) -> None:
        report, job, self._job = self._report, self._job, None
        self.find_button.setText("Find")
        self.find_button.clicked.disconnect()
        self.find_button.clicked.connect(self.search)
        words = f"{report.hits:,} hits in {report.articles:,} articles" if report.hits else "Not found"
        if report.is_cut:
            words = f"The first {words}; there are more: search for something rarer"
        if report.too_slow:
            words += f"; left out, because the expression takes too long there: {', '.join(report.too_slow[:3])}"
            words += f" and {len(report.too_slow) - 3:,} more" if len(report.too_slow) > 3 else ""
        if job is not None and job.is_cancelled:
            words = f"Stopped: {words}"
        self.count.setText(error or words)
        if self.box.hasFocus() and report.hits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sort(self, order: str) -> None:
        self.order.setCurrentIndex(self.order.findData(order))
        self._model.sort_by(order)
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))

    def _on_clicked(self, index: QModelIndex) -> None:
        place = self.list.viewport().mapFromGlobal(self.cursor().pos())
        if place.x() < 3 * PAD:
            self._model.toggle(index.row())

    def _show(self, row: int) -> None:
        hit = self._model.hit(row)
        if hit is not None:
            self._go(hit.article, hit.span)

    def tag(self, label: str) -> None:
        """Tags all ticked hits in one edit."""
        hits = self._model.ticked()
        if not hits:
            self.count.setText("Nothing is ticked: Space ticks a hit, Ctrl+A all of them.")
            return
        with waiting():
            edit = self._desk.do(repeating.tag_all, [repeating.Place(hit.article, hit.span) for hit in hits], label)
        if edit is not None:
            name = self._desk.schema.label(label).name
            self.count.setText(f"Tagged {edit.subject[2]} as {name}; one undo takes them back.")

    def _on_edited(self, edit: Edit) -> None:
        changed = {change.record.article for change in edit.changes if isinstance(change.record, Mention)}
        for article in changed & self._model.articles():
            self._model.set_labels(article, self._labels_of(article, self._model.spans_in(article)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on the list are the window's first."""
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._does_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter searches; Escape leaves."""
        if not self._does_key(event):
            super().keyPressEvent(event)

    def _does_key(self, event: QKeyEvent) -> bool:
        """Enter searches or shows a place; Space ticks; labels by their keys; answers whether it was one of them."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        row, with_ctrl = self.list.currentIndex().row(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        with_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if is_enter and self.list.hasFocus():
            self._show(row)
        elif is_enter:
            self.search()
        elif with_ctrl and event.key() == Qt.Key.Key_A:
            self._model.tick_all(is_ticked=not with_shift)
        elif with_ctrl and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_3:
            self._sort(list(ORDERS)[event.key() - Qt.Key.Key_1])
        elif self.list.hasFocus() and event.key() == Qt.Key.Key_Space:
            self._model.toggle(row)
        else:
            return self.list.hasFocus() and self._tag_by_key(event.text())
        return True

    def _tag_by_key(self, letter: str) -> bool:
        label = next((label for label in self._desk.schema.labels if label.hotkey == letter.upper() != ""), None)
        if label is not None:
            self.tag(label.key)
        return label is not None

    def closeEvent(self, event: QCloseEvent) -> None:
        """A search under way is given up."""
        self._leave()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes."""
        self._leave()
        super().reject()

    def _leave(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._desk.settings.concordance = QByteArray(self.saveGeometry())


class _HitDelegate(CardDelegate):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Tick, left context up to the middle, hit, right context, article."""
        row: HitRow = index.data(ROW)
        self._draw_tick(painter, look, place, row)
        title = place.adjusted(round(place.width() * (1 - _TITLE_SHARE)), 0, -PAD, 0)
        middle = place.adjusted(5 * PAD, 0, -title.width() - 2 * PAD, 0)
        hit_width = min(QFontMetrics(look.strong).horizontalAdvance(row.hit.words), middle.width() // 2)
        begin = middle.left() + (middle.width() - hit_width) // 2
        # What is written from right to left goes on to the left of the hit.
        before, after = row.hit.left, row.hit.right
        if is_right_to_left(before + row.hit.words + after):
            before, after = after, before
        _write_left(painter, QRect(middle.left(), place.top(), begin - middle.left(), place.height()), before, look)
        write(painter, QRect(begin, place.top(), hit_width + 2, place.height()), row.hit.words, look.strong, look.text)
        rest = QRect(begin + hit_width, place.top(), middle.right() - begin - hit_width, place.height())
        write(painter, rest, after, look.body, look.text)
        taken = write(painter, title, row.hit.published, look.small, look.quiet, right=True) if row.hit.published else 0
        write(painter, title.adjusted(0, 0, -taken - PAD, 0), row.hit.title, look.small, look.quiet)

    def _draw_tick(self, painter: QPainter, look: Look, place: QRect, row: HitRow) -> None:
        size = line_height(look.small) - 3
        box = QRect(place.left() + PAD, place.center().y() - size // 2, size, size)
        if row.labels and not row.is_ticked:
            label = self._desk.schema.label(row.labels[0])
            colour = look.text if look.is_chosen else self._colour(row.labels[0])
            write(painter, box.adjusted(0, -2, PAD, 2), label.hotkey or "•", look.strong, colour)
            return
        painter.setPen(QPen(look.text if row.is_ticked or look.is_chosen else look.quiet, 1.2))
        painter.drawRoundedRect(box, 2, 2)
        if row.is_ticked:
            painter.setPen(QPen(look.text, 2))
            painter.drawPolyline([box.topLeft() + p for p in _tick(size)])

    def _colour(self, label: str) -> QColor:
        return QColor(self._desk.theme.label_colour(self._desk.schema, label))


def _tick(size: int) -> list[QPoint]:
    return [QPoint(size // 4, size // 2), QPoint(size // 2 - 1, size * 3 // 4), QPoint(size * 4 // 5, size // 4)]


def _write_left(painter: QPainter, place: QRect, before: str, look: Look) -> None:
    """The left context ends at the hit; what does not fit is cut at its beginning."""
    painter.setFont(look.body)
    painter.setPen(QPen(look.text))
    words = QFontMetrics(look.body).elidedText(shown(before), Qt.TextElideMode.ElideLeft, place.width())
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(place, flags, words)
