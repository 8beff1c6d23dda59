"""Same or not? Entities that may be one, two by two with their words around: same, different, or later, by a key."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.edits import Change, Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.links import DIFFERENT, Link
from annotator.domain.mentions import Mention
from annotator.domain.sameness import Pair
from annotator.domain.spans import Span
from annotator.editing import uniting
from annotator.errors import EditRefused
from annotator.services import duplicates
from annotator.ui.contexts import in_context
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.form import Listing
from annotator.ui.pages.reading import Reader
from annotator.ui.widgets.cards import Roomy
from annotator.ui.widgets.plain import plain_label

_MOST = 2_000
"""Pairs that are listed, the likeliest first."""
_CONTEXTS, _AROUND = 5, 70
_KEYS = {Qt.Key.Key_S: "same", Qt.Key.Key_D: "different", Qt.Key.Key_L: "later"}


class SameOrNot(QDialog):
    """Stays open beside the article. go shows words of an article in the main window."""

    def __init__(self, desk: Desk, go: Callable[[ArticleId, Span], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._go = desk, go
        self._reader: Reader[tuple[Pair, ...]] = Reader(desk, "Comparing names", self._say)
        self._found: list[Pair] = []
        self._pairs: list[Pair] = []
        self._later: set[frozenset[EntityId]] = set()
        self._answered: set[frozenset[EntityId]] = set()
        self.setWindowTitle("Same or not?")
        self.setModal(False)
        self.resize(1120, 620)
        self.here = QCheckBox("This article only")
        self.count = plain_label(quiet=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Pairs that may be one")
        self.list.setItemDelegate(Roomy(self.list))
        self.why = plain_label(wrap=True)
        self.first, self.second = _Side(desk, self._go), _Side(desk, self._go)
        self.buttons = {
            "same": QPushButton("&Same: merge them (S)"),
            "different": QPushButton("&Different: keep apart (D)"),
            "later": QPushButton("&Later (L)"),
        }
        self._build()
        self.here.toggled.connect(self.read)
        self.list.currentRowChanged.connect(self._show)
        self.list.installEventFilter(self)
        desk.contents.edited.connect(self._on_edited)
        if not desk.settings.same_or_not.isEmpty():
            self.restoreGeometry(desk.settings.same_or_not)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.count, 1)
        top.addWidget(self.here)
        right = QWidget()
        grid = QGridLayout(right)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.why, 0, 0, 1, 2)
        grid.addWidget(self.first, 1, 0)
        grid.addWidget(self.second, 1, 1)
        grid.setRowStretch(1, 1)
        row = QHBoxLayout()
        for answer, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, answer=answer: self.answer(answer))
            row.addWidget(button)
        row.addStretch(1)
        grid.addLayout(row, 2, 0, 1, 2)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setSizes([330, 790])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addWidget(splitter, 1)

    def open_now(self) -> None:
        """Shows the window and compares the names as they are now."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()
        self._later.clear()
        self.read()

    def read(self) -> None:
        """Compares anew."""
        self._found = []
        if self.here.isChecked():
            entities = [duplicates.named(entity) for entity in self._desk.contents.entities()]
            apart = self._kept_apart([EntityId(entity.id) for entity in entities])
            self._reader.read(lambda: duplicates.find_duplicates(entities, apart), self._take)
        else:
            project = self._desk.workspace.records.path
            self._reader.read(lambda: duplicates.project_duplicates(project), self._take)

    def _kept_apart(self, entities: list[EntityId]) -> frozenset[frozenset[EntityId]]:
        links = (link for entity in entities for link in self._desk.workspace.records.links_of(entity))
        return frozenset(frozenset(map(EntityId, link.ends)) for link in links if link.label == DIFFERENT)

    def _take(self, pairs: tuple[Pair, ...]) -> None:
        self._found += pairs

    def _say(self, words: str) -> None:
        if words:
            self.count.setText(words)
            return
        open_pairs = (pair for pair in self._found if pair.ids not in self._later)
        self._pairs = sorted(open_pairs, key=lambda pair: -pair.score)[:_MOST]
        self.list.clear()
        for pair in self._pairs:
            names = [self._name(entity) for entity in (pair.first, pair.second)]
            self.list.addItem(QListWidgetItem(f"{short(names[0], 40)}\n{short(names[1], 40)}"))
        self._show_count()
        self.list.setCurrentRow(0)
        self._show(self.list.currentRow())

    def _on_edited(self, edit: Edit) -> None:
        """Pairs of which one is gone are asked about no more; answers that were taken back are asked for again."""
        if self.isVisible() and any(map(self._takes_back, edit.changes)):
            self.read()
            return
        gone = {change.record.id for change in edit.changes if isinstance(change.record, Entity) and not change.after}
        if not gone or not any(gone & pair.ids for pair in self._pairs):
            return
        row = self.list.currentRow()
        for number in reversed(range(len(self._pairs))):
            if gone & self._pairs[number].ids:
                del self._pairs[number]
                self.list.takeItem(number)
        self._show_count()
        self.list.setCurrentRow(min(row, len(self._pairs) - 1))
        self._show(self.list.currentRow())

    def _takes_back(self, change: Change) -> bool:
        match change.before, change.after:
            case None, Entity() as entity:
                return any(entity.id in pair for pair in self._answered)
            case Link() as link, None:
                return frozenset(map(EntityId, link.ends)) in self._answered
        return False

    def _show_count(self) -> None:
        count = len(self._pairs)
        found = f"{count:,} pair{'' if count == 1 else 's'} that may be one"
        self.count.setText(found if count else "Nothing to ask: no two look alike.")

    def _name(self, entity: EntityId) -> str:
        try:
            return str(self._desk.workspace.records.entity(entity).name)
        except EditRefused:
            return "(merged or deleted)"

    def _show(self, row: int) -> None:
        pair = self._pairs[row] if 0 <= row < len(self._pairs) else None
        for button in self.buttons.values():
            button.setEnabled(pair is not None)
        self.why.setText(f"{'; '.join(pair.why).capitalize()}  ({pair.score:.0%})" if pair else "")
        self.first.show_entity(pair.first if pair else None)
        self.second.show_entity(pair.second if pair else None)

    def answer(self, answer: str) -> None:
        """Same, different or later: then the next pair."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._pairs):
            return
        pair = self._pairs[row]
        done: object = True
        if answer == "same":
            kept, merged = self._kept_first(pair)
            done = self._desk.do(uniting.merge, kept, merged)
        elif answer == "later":  # a merge compares anew: what was put off stays so until the window opens again
            self._later.add(pair.ids)
        elif answer == "different":
            done = self._desk.do(uniting.keep_apart, pair.first, pair.second)
        if done is None:
            self.count.setText("That could not be done: the line at the foot of the window says why.")
            return
        if answer != "later":
            self._answered.add(pair.ids)
        if answer == "same":  # the edit has taken the pair away already
            self.read()
        else:
            self._drop(row)

    def _kept_first(self, pair: Pair) -> tuple[EntityId, EntityId]:
        """The one with more mentions stays; of equals the longer name, which says more."""
        counts = self._desk.workspace.records.mention_counts([pair.first, pair.second])

        def weight(entity: EntityId) -> tuple[int, int]:
            return counts.get(entity, 0), len(self._name(entity))

        ordered = sorted((pair.first, pair.second), key=weight, reverse=True)
        return ordered[0], ordered[1]

    def _drop(self, row: int) -> None:
        del self._pairs[row]
        self.list.takeItem(row)
        self._show_count()
        self.list.setCurrentRow(min(row, len(self._pairs) - 1))
        self._show(self.list.currentRow())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on the list are answers."""
        if watched is self.list and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._does_key(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """S, D, L answer wherever the keyboard is."""
        if not self._does_key(event):
            super().keyPressEvent(event)

    def _does_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _KEYS and not event.modifiers():
            self.answer(_KEYS[key])
            return True
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Comparing under way is given up."""
        self._leave()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes."""
        self._leave()
        super().reject()

    def _leave(self) -> None:
        self._reader.stop()
        self._desk.settings.same_or_not = QByteArray(self.saveGeometry())
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()


class _Side(QFrame):
    """One of the two: names, kind, and some of its mentions with the words around."""

    def __init__(self, desk: Desk, go: Callable[[ArticleId, Span], None]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.name = plain_label(wrap=True)
        font = self.name.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.name.setFont(font)
        self.facts = plain_label(wrap=True, quiet=True)
        self.contexts = QVBoxLayout()
        self.contexts.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.addWidget(self.name)
        whole.addWidget(self.facts)
        whole.addLayout(self.contexts)
        whole.addStretch(1)

    def show_entity(self, entity: EntityId | None) -> None:
        """Shows an entity, or nothing."""
        while self.contexts.count():
            item = self.contexts.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        records = self._desk.workspace.records
        try:
            known: Entity | None = records.entity(entity) if entity else None
        except EditRefused:
            known = None
        self.name.setText(known.name if known else "")
        if known is None:
            self.facts.setText("")
            return
        count = records.mention_counts([known.id]).get(known.id, 0)
        facts = [known.kind, f"{count:,} mention{'' if count == 1 else 's'}", known.role, known.country]
        others = ", ".join(alias.text for alias in known.aliases)
        lines = [" · ".join(filter(None, facts)), others and f"also called {others}", short(known.description, 160)]
        self.facts.setText("\n".join(filter(None, lines)))
        for mention in records.some_mentions(known.id, _CONTEXTS):
            self._add(mention)

    def _add(self, mention: Mention) -> None:
        records, whole = self._desk.workspace.records, mention.hull
        words = in_context(records.text(mention.article), mention, _AROUND)
        self.contexts.addWidget(plain_label(words, wrap=True))
        where = Listing()
        title = short(records.article(mention.article).title, 60)
        where.add(title, go=lambda: self._go(mention.article, whole))
        self.contexts.addWidget(where)
