"""Taking mentions out of an entity into a new one: two people under one name are two again."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.editing import uniting
from annotator.ui.contexts import in_context
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import LineField
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label, plain_tip
from annotator.ui.widgets.unseen import shown

_MOST = 2_000
_CONTEXT = 40


class SplitDialog(QDialog):
    """Lists the entity's mentions with their words around; those that are ticked become a new entity."""

    def __init__(self, desk: Desk, entity: EntityId, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        records = desk.workspace.records
        self._entity = records.entity(entity)
        self._mentions = records.mentions_of(entity)[:_MOST]
        self.setWindowTitle(f"Split {short(self._entity.name)}")
        self.resize(720, 480)
        self.list = QListWidget()
        self.list.setAccessibleName("Mentions")
        self.list.setItemDelegate(AiryRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for mention in sorted(self._mentions, key=lambda one: (one.article, one.hull)):
            self._add(mention)
        self.list.itemChanged.connect(self._count)
        self.name = LineField("Name of the new entity", "Its name, or that of the first ticked mention")
        self.words = plain_label(quiet=True)
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self._split = self.buttons.addButton("Split", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self._do)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(8)
        hint = "Tick (Space) the mentions that mean somebody or something else. One undo takes the split back."
        whole.addWidget(plain_label(hint, wrap=True, quiet=True))
        whole.addWidget(self.list, 1)
        whole.addWidget(self.name)
        whole.addWidget(self.words)
        whole.addWidget(self.buttons)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._count()

    def _add(self, mention: Mention) -> None:
        records = self._desk.workspace.records
        words = in_context(records.text(mention.article), mention, _CONTEXT)
        title = short(records.article(mention.article).title, 32)
        item = QListWidgetItem(shown(f"{words}   {title}"))
        item.setToolTip(plain_tip(f"{words}   {title}"))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, mention)
        self.list.addItem(item)

    def _ticked(self) -> list[Mention]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() is Qt.CheckState.Checked]

    def _count(self) -> None:
        ticked = len(self._ticked())
        self.words.setText(f"{ticked} of {self.list.count()} ticked")
        self._split.setEnabled(0 < ticked < self.list.count())

    def _do(self) -> None:
        mentions = tuple(mention.id for mention in self._ticked())
        edit = self._desk.do(uniting.split, mentions, self.name.text())
        if edit is not None:
            self.accept()
            made = next(change.after for change in edit.changes if change.before is None)
            self._desk.focus.choose_entity(EntityId(made.id if made else self._entity.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter splits; Enter alone belongs to the list."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._split.isEnabled():
            self._do()
        elif not is_enter:
            super().keyPressEvent(event)
