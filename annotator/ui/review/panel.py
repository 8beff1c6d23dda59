"""The panel of the review: items with filters, the current one's versions side by side, and what is settled."""

from bisect import bisect_left

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import AGREED
from annotator.domain.comparison import Item
from annotator.domain.decisions import REASONS, Decision, Verdict
from annotator.ui.desk import Desk
from annotator.ui.forms.fields import ChoiceField, LineField
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.items import AGREED as ALIKE
from annotator.ui.review.items import CLAIMS, DIFFERENCES, EVERYTHING, OPEN, SETTLED, Items
from annotator.ui.review.list import ItemDelegate, ItemModel
from annotator.ui.review.people import TICK, People
from annotator.ui.review.wording import KIND_WORDS, NOTHING, Wording
from annotator.ui.theme import blend
from annotator.ui.widgets.cards import PAD, Roomy, card_table, line_height
from annotator.ui.widgets.plain import isolated, plain_label
from annotator.ui.widgets.unseen import shown

_STATES = {OPEN: "Open", SETTLED: "Settled", "": "Open or settled"}


class ReviewPanel(QWidget):
    """Left the list, right the versions. Choosing a row makes its item the current one."""

    def __init__(self, desk: Desk, people: People, items: Items, deciding: Deciding) -> None:
        super().__init__()
        self._desk, self._people, self._items, self._deciding = desk, people, items, deciding
        self._is_taking = False
        self._wording = Wording(desk, items.key_of)
        self._model = ItemModel(desk, items, deciding)
        height = 2 * line_height(self.font()) + PAD
        self.list = card_table(ItemDelegate(desk, people, self._model), "Items to review", height)
        self.list.setModel(self._model)
        self.kinds, self.who, self.labels, self.states = (
            _box(name) for name in ("Kind", "Annotator", "Label", "State")
        )
        for key, words in _STATES.items():
            self.states.addItem(words, key)
        self.sample = plain_label(quiet=True)
        self.versions = QTableWidget()
        self.settled = plain_label(wrap=True)
        self.reason = ChoiceField("Reason", [("", "no reason"), *((one, one) for one in REASONS)])
        self.note = LineField("Note to the decision", "Note to the decision")
        self._subject = plain_label(quiet=True)
        self._build()
        self._connect()

    def sizeHint(self) -> QSize:
        """Low and wide: it lies below the article."""
        return QSize(900, 270)

    def _build(self) -> None:
        filters = QGridLayout()
        filters.setSpacing(4)
        for number, box in enumerate((self.kinds, self.states, self.who, self.labels)):
            filters.addWidget(box, number // 2, number % 2)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(PAD, PAD, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(filters)
        lines.addWidget(self.sample)
        lines.addWidget(self.list, 1)
        self.versions.setAccessibleName("Versions")
        self.versions.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.versions.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.versions.setFrameShape(QTableWidget.Shape.NoFrame)
        self.versions.setTabKeyNavigation(False)
        self.versions.setItemDelegate(Roomy(self.versions))
        self.versions.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.versions.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.versions.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        why = QHBoxLayout()
        why.addWidget(self._subject, 1)
        why.addWidget(self.reason, 1)
        why.addWidget(self.note, 2)
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(0, PAD, PAD, PAD)
        lines.setSpacing(4)
        lines.addWidget(self.versions, 1)
        lines.addWidget(self.settled)
        lines.addLayout(why)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(splitter)

    def _connect(self) -> None:
        self.kinds.activated.connect(lambda: self._items.show(kind=self.kinds.currentData()))
        self.who.activated.connect(lambda: self._items.show(annotator=self.who.currentData() or None))
        self.labels.activated.connect(lambda: self._items.show(label=self.labels.currentData()))
        self.states.activated.connect(lambda: self._items.show(state=self.states.currentData()))
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.reason.committed.connect(lambda value: self._deciding.explain(reason=str(value)))
        self.note.committed.connect(lambda value: self._deciding.explain(note=str(value).strip()))
        self._items.listed.connect(self._show_list)
        self._items.changed.connect(self._show_versions)
        self._items.current_changed.connect(self._show_current)
        self._deciding.subject_changed.connect(self._show_subject)
        self._people.changed.connect(self._show_filters)
        self._desk.contents.edited.connect(self._show_versions)
        self._desk.theme.changed.connect(self._show_versions)
        self._show_list()

    def spoken(self, item: Item) -> str:
        """An item in words: what it is about, how people differ, whether it is settled."""
        return self._model.spoken(item)

    # The list

    def _show_list(self) -> None:
        self._is_taking = True
        self._model.read()
        self._is_taking = False
        self._show_filters()
        self._show_current()

    def _show_filters(self) -> None:
        """What can be filtered by, with counts of what is open."""
        wanted, counts = self._items.filter, self._items.counts
        kinds = {DIFFERENCES: f"All differences ({counts[DIFFERENCES]:,})"}
        kinds |= {str(kind): f"{KIND_WORDS[kind].capitalize()} ({counts[str(kind)]:,})" for kind in self._items.kinds}
        kinds |= {ALIKE: f"Alike ({counts[ALIKE]:,})", EVERYTHING: "Everything"}
        _fill(self.kinds, kinds, wanted.kind)
        _fill(self.who, {"": "Anybody"} | {p.annotator: p.name for p in self._people.compared}, wanted.annotator or "")
        zones = {kind.key: kind.key for kind in self._desk.schema.zone_kinds}
        names = {label: zones.get(label) or self._desk.schema.label(label).name for label in self._items.labels}
        _fill(self.labels, {"": "Any label"} | names | ({CLAIMS: "Claims"} if CLAIMS in names else {}), wanted.label)
        _fill(self.states, _STATES, wanted.state)
        sampled = f"{wanted.sample} at random per person and label, seed {self._items.seed}" if wanted.sample else ""
        self.sample.setText(sampled)
        self.sample.setVisible(bool(sampled))

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._is_taking:
            self._items.choose(self._items.rows[index.row()])

    def _show_current(self) -> None:
        current, rows = self._items.current, self._items.rows
        row = bisect_left(rows, current) if current is not None else len(rows)
        row = row if row < len(rows) and rows[row] == current else -1
        self._is_taking = True
        selection = self.list.selectionModel()
        if row < 0:
            selection.clear()
        else:
            index = self._model.index(row)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)
        self._is_taking = False
        self._show_versions()
        self._show_subject()

    # The versions

    def _show_versions(self) -> None:
        item, table = self._items.item, self.versions
        compared = self._people.compared
        result = self._deciding.result_of(item) if item is not None and item.is_settled else None
        if item is None:
            table.setRowCount(0)
            table.setColumnCount(0)
            self.settled.setText("")
            return
        found = [item.of(person.annotator) for person in compared]
        rows = self._wording.rows(found, result)
        table.setColumnCount(len(compared) + (result is not None))
        table.setRowCount(len(rows))
        names = [self._people.called(person.annotator) for person in compared] + [f"{TICK} {AGREED}"]
        for column in range(table.columnCount()):
            self._head(column, names[column])
        for number, (title, words, differs) in enumerate(rows):
            head = QTableWidgetItem(shown(f"≠ {title}" if differs else title))
            table.setVerticalHeaderItem(number, head)
            for column, one in enumerate(words):
                is_there = column >= len(found) or found[column] is not None
                words_there = one if is_there else "" if number else "nothing here"
                table.setItem(number, column, self._cell(words_there, differs=differs, is_quiet=not is_there))
        self.settled.setText(self._settled_words(item))

    def _head(self, column: int, name: str) -> None:
        sign, _, words = name.partition(" ")
        colours = self._people.colours()
        colour = colours[min(column, len(colours) - 1)]
        head = QTableWidgetItem(_badge(sign, colour, self._desk.theme.tones.page, self.font()), isolated(words))
        head.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        font = QFont(self.font())
        font.setBold(True)
        head.setFont(font)
        self.versions.setHorizontalHeaderItem(column, head)

    def _cell(self, words: str, *, differs: bool, is_quiet: bool) -> QTableWidgetItem:
        cell, tones = QTableWidgetItem(shown(words)), self._desk.theme.tones
        if is_quiet:
            cell.setForeground(QColor(tones.quiet))
        elif differs:
            font = QFont(self.font())
            font.setBold(words != NOTHING)
            cell.setFont(font)
            cell.setBackground(blend(tones.hit, tones.field, 0.16))
        return cell

    def _settled_words(self, item: Item) -> str:
        decision = item.decision
        if decision is None:
            return "Open: a digit takes a version, 0 none, E edits a new one."
        words = self._told(decision, item)
        if not item.is_settled:
            return f"Open again: a record came or was changed since. Decided before: {words}"
        return words

    def _told(self, decision: Decision, item: Item) -> str:
        taken = next((one for one in item.versions if one.id == decision.taken), None)
        whose = f"the version of {self._people.called(taken.author)}" if taken else "a version"
        what = {
            Verdict.ACCEPT: f"{whose[0].upper()}{whose[1:]} was taken",
            Verdict.REJECT: "None was taken",
            Verdict.CHANGE: f"A new version was made of {whose.removeprefix('the version of ')}’s",
        }[decision.verdict]
        is_mine = decision.author == self._desk.workspace.author.annotator
        by = "you" if is_mine else self._desk.names.of(decision.author)
        why = ": ".join(filter(None, (decision.reason, decision.note)))
        return f"{what} by {by}, {decision.changed[:10]}." + (f" {why[0].upper()}{why[1:]}" if why else "")

    # Why

    def _show_subject(self) -> None:
        words, reason, note = self._deciding.subject
        self._subject.setText(f"Why, for {words}:" if words else "")
        self.reason.show_value(reason)
        self.note.show_value(note)
        for field in (self.reason, self.note):
            field.setEnabled(bool(words))


def _badge(sign: str, colour: str, page: str, font: QFont) -> QIcon:
    """A sign on a ground of its colour."""
    picture = QPixmap(16, 16)
    picture.fill(QColor(colour))
    painter, bold = QPainter(picture), QFont(font)
    bold.setBold(True)
    bold.setPixelSize(12)
    painter.setFont(bold)
    painter.setPen(QColor(page))
    painter.drawText(picture.rect(), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return QIcon(picture)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(f"Filter by {name.casefold()}")
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    return box


def _fill(box: QComboBox, offers: dict[str, str], wanted: str) -> None:
    """Offers these; what was wanted is wanted still, also where there is none of it any more."""
    offers = offers if wanted in offers else offers | {wanted: wanted}
    if [(box.itemData(n), box.itemText(n)) for n in range(box.count())] != list(offers.items()):
        box.clear()
        for key, words in offers.items():
            box.addItem(words, key)
    box.setCurrentIndex(list(offers).index(wanted))
