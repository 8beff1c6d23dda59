"""The entities that the article names, by kind, with their spellings here and their counts."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.edits import Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId, MentionId
from annotator.editing import linking, uniting
from annotator.ui.contents import Contents
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.models.entities import MENTION_DRAG, ORDERS, EntityListModel, EntityRow
from annotator.ui.models.queue import ROW
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_table, line_height, write
from annotator.ui.widgets.unseen import shown


class EntityPanel(QWidget):
    """The list of entities; choosing one marks its mentions in the text and shows it in the inspector.

    Several can be chosen and merged; a mention dropped on one is linked to it. merge_wanted, split_wanted and
    delete_wanted are sent with the entity for which its menu asked so, duplicates_wanted when the button was pressed.
    """

    id = "entities"
    title = "Entities"
    area = Qt.DockWidgetArea.RightDockWidgetArea
    merge_wanted = Signal(object)
    split_wanted = Signal(object)
    delete_wanted = Signal(object)
    duplicates_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._is_taking = False
        self._model = EntityListModel(desk)
        self.list = card_table(_EntityDelegate(desk.contents), "Entities", line_height(self.font()) + PAD)
        self.list.setModel(self._model)
        self.filter_box = QLineEdit(placeholderText="Filter by name, alias or note", clearButtonEnabled=True)
        self.filter_box.setAccessibleName("Filter entities")
        self.whole_project = QCheckBox("Whole project")
        self.order = QComboBox()
        self.order.setAccessibleName("Order of entities")
        for key, words in ORDERS.items():
            self.order.addItem(words, key)
        self.by_kind = QCheckBox("By kind")
        self.by_kind.setChecked(True)
        self.duplicates = QPushButton("Same or not?")
        self.duplicates.setToolTip("Entities that may be one")
        self._build()
        self.order.activated.connect(self._arrange)
        self.by_kind.toggled.connect(self._arrange)
        self.duplicates.clicked.connect(self.duplicates_wanted)
        self.filter_box.textChanged.connect(self._filter)
        self.whole_project.toggled.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_clicked)
        self.list.customContextMenuRequested.connect(self._on_menu)
        desk.contents.shown.connect(self._read)
        desk.contents.edited.connect(self._on_edited)
        desk.focus.changed.connect(self._show_current)
        self._say_what_to_do()

    def _build(self) -> None:
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.list.setAcceptDrops(True)
        self.list.setDragDropMode(QTableView.DragDropMode.DropOnly)
        self.list.setDropIndicatorShown(True)
        self.list.viewport().installEventFilter(self)
        self.list.installEventFilter(self)
        top = QHBoxLayout()
        top.setContentsMargins(PAD, PAD, PAD, 0)
        top.addWidget(self.filter_box, 1)
        top.addWidget(self.whole_project)
        second = QHBoxLayout()
        second.setContentsMargins(PAD, 0, PAD, 0)
        second.addWidget(self.order, 1)
        second.addWidget(self.by_kind)
        second.addWidget(self.duplicates)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(top)
        whole.addLayout(second)
        whole.addWidget(self.list, 1)

    def _read(self) -> None:
        self._model.read()
        self._say_what_to_do()

    def _say_what_to_do(self) -> None:
        """What stands there while no entity does."""
        labels = [label for label in self._desk.schema.labels if label.hotkey][:2]
        keys = ", ".join(f"{label.hotkey} for {label.name}" for label in labels)
        if self.filter_box.text().strip():
            self.list.hint = "No entity has these words."
        else:
            self.list.hint = shown(
                f"No entity yet.\n\nSelect a name in the text and press the key of its label: {keys}."
            )
        self.list.setAccessibleDescription("" if self._model.rowCount() else self.list.hint)
        self.list.viewport().update()

    def _filter(self) -> None:
        self._model.show(self.filter_box.text(), whole_project=self.whole_project.isChecked())
        self._say_what_to_do()
        self._show_current()

    def _arrange(self) -> None:
        self._model.arrange(str(self.order.currentData()), by_kind=self.by_kind.isChecked())
        self._show_current()

    def chosen(self) -> list[Entity]:
        """The entities that are selected, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        found = (self._model.index(row).data(ROW).entity for row in rows)
        return [entity for entity in found if entity is not None]

    def merge_chosen(self) -> None:
        """Merges the selected entities into the one chosen last."""
        entities, kept = self.chosen(), self._desk.focus.entity
        others = tuple(entity.id for entity in entities if entity.id != kept)
        if kept is None or not others or len(others) == len(entities):
            self._desk.notices.refused.emit("Select two or more entities (Ctrl+click, Shift+arrows) to merge them.")
        elif self._desk.do(uniting.merge_all, kept, others) is not None:
            self._desk.focus.choose_entity(kept)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """M merges what is selected; a mention that is dropped on an entity is linked to it."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            # Before the list sees it: there a letter searches for a row that begins with it.
            if event.key() != Qt.Key.Key_M or event.modifiers():
                return False
            self.merge_chosen()
            return True
        if isinstance(event, QDragMoveEvent | QDropEvent) and event.mimeData().hasFormat(MENTION_DRAG):
            row = self.list.indexAt(event.position().toPoint()).data(ROW)
            entity = row.entity if isinstance(row, EntityRow) else None
            if entity is None:
                # Who refuses the entering is told of no move; the list's first row is a heading.
                event.setAccepted(event.type() is QEvent.Type.DragEnter)
                return True
            event.setDropAction(Qt.DropAction.LinkAction)
            event.accept()
            if event.type() is QEvent.Type.Drop:
                mention = MentionId(event.mimeData().data(MENTION_DRAG).toStdString())
                if self._desk.do(linking.link, mention, entity.id) is not None:
                    self._desk.focus.choose_mention(mention, entity.id)
            return True
        return super().eventFilter(watched, event)

    def _on_edited(self, edit: Edit) -> None:
        # When its row goes the list takes the next one for current; that is nobody's choice.
        self._is_taking = True
        self._model.take(edit)
        self._is_taking = False
        self._say_what_to_do()
        self._show_current()

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() and not self._is_taking else None
        if isinstance(row, EntityRow) and row.entity is not None and row.entity.id != self._desk.focus.entity:
            self._desk.focus.choose_entity(row.entity.id)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, EntityRow) and row.entity is not None:
            self._desk.focus.choose_entity(row.entity.id)

    def _show_current(self) -> None:
        index, selection = self._model.index_of(self._desk.focus.entity), self.list.selectionModel()
        if not index.isValid():
            selection.clear()
        elif self.list.currentIndex() != index or not selection.hasSelection():
            # What the list itself made current it also selects, and with Ctrl or Shift more than that.
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def _on_menu(self, place: QPoint) -> None:
        row = self.list.currentIndex().data(ROW)
        if not isinstance(row, EntityRow) or row.entity is None:
            return
        entity, menu = row.entity, QMenu(self)
        others = len(self.chosen()) - 1
        if others > 0:
            menu.addAction(f"Merge {others + 1} entities into “{short(entity.name)}”\tM", self.merge_chosen)
        menu.addAction("Merge into another entity…", lambda: self.merge_wanted.emit(entity.id))
        menu.addAction("Split…", lambda: self.split_wanted.emit(entity.id))
        menu.addAction(f"Delete “{short(entity.name)}”", lambda: self.delete_wanted.emit(entity.id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(place))


class _EntityDelegate(CardDelegate):
    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self._contents = contents

    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Name, the other spellings of this article, and counts."""
        row: EntityRow = index.data(ROW)
        if row.entity is None:
            write(painter, place.adjusted(PAD, PAD // 2, -PAD, 0), row.kind.capitalize(), look.small, look.quiet)
            return
        line = place.adjusted(2 * PAD, 0, -PAD, 0)
        counts = f"{row.here} here" if row.here == row.total else f"{row.here} here, {row.total} in all"
        taken = write(painter, line, counts, look.small, look.quiet, right=True)
        line.setRight(line.right() - taken - PAD)
        taken = write(painter, line, row.entity.name, look.strong, look.text)
        line.setLeft(line.left() + taken + PAD)
        if line.width() > 3 * PAD:
            write(painter, line, self._spellings(row.entity), look.small, look.quiet)

    def _spellings(self, entity: Entity) -> str:
        quotes = dict.fromkeys(" ".join(m.quote.split()) for m in self._contents.mentions_of(EntityId(entity.id)))
        return ", ".join(quote for quote in quotes if quote != entity.name)
