"""Which schema a new project should code by."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.schema_checking import problems
from annotator.domain.schemas import Label, Schema, parse
from annotator.services.projects import shipped_schemas
from annotator.ui.dialogs.faults import Faults
from annotator.ui.dialogs.questions import ask_file
from annotator.ui.dialogs.swatches import swatch
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label, tell
from annotator.ui.widgets.unseen import shown

SCHEMA_FILES = "Schemas (*.json);;All files (*)"
_TEXT = Qt.ItemDataRole.UserRole


class SchemaChoice(QDialog):
    """The schemas that come with the program, and files. text has the JSON of the chosen one."""

    def __init__(self, parent: QWidget | None, folder: str = "") -> None:
        super().__init__(parent)
        self._tones, self._folder = DARK if self.palette().window().color().lightness() < 128 else LIGHT, folder
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("New project: what should it record?")
        self.resize(760, 460)
        self.list, self._labels = QListWidget(), QListWidget()
        self.list.setAccessibleName("Schemas")
        self.list.setItemDelegate(AiryRows(self.list))
        self._labels.setAccessibleName("Labels of the chosen schema")
        self._labels.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._labels.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._words, self._counts = plain_label(wrap=True), plain_label(wrap=True, quiet=True)
        self._build()
        for shipped in shipped_schemas():
            self._add(shipped.schema.name, shipped.text)
        self.list.currentItemChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def text(self) -> str:
        """The chosen schema's JSON."""
        return str(self.list.currentItem().data(_TEXT))

    def _build(self) -> None:
        other = QPushButton("From a file…")
        other.setAutoDefault(False)
        other.clicked.connect(self._open_file)
        buttons = foot(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Make project")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self.accept)
        left, right, middle = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(other)
        right.addWidget(self._words)
        right.addWidget(self._labels, 1)
        right.addWidget(self._counts)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        whole = QVBoxLayout(self)
        whole.addWidget(plain_label("It can be changed at any time later: Edit, Schema…", quiet=True))
        whole.addLayout(middle, 1)
        whole.addWidget(buttons)

    def _add(self, name: str, text: str) -> None:
        item = QListWidgetItem(shown(name))
        item.setData(_TEXT, text)
        self.list.addItem(item)

    def _show(self) -> None:
        schema = parse(self.text)
        self._words.setText(schema.help or schema.name)
        self._labels.clear()
        for label in schema.labels:
            self._labels.addItem(self._line(label))
        if not schema.labels:
            self._labels.addItem("no labels")
        self._counts.setText(_counts(schema))

    def _line(self, label: Label) -> QListWidgetItem:
        words = f"{label.name}   {label.hotkey}" + (f"   {label.help}" if label.help else "")
        return QListWidgetItem(swatch(label.dark if self._tones.is_dark else label.light, self._tones), shown(words))

    def _open_file(self) -> None:
        path = ask_file(self, "Schema", self._folder, SCHEMA_FILES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Offers the schema in a file, or shows what is wrong with it."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            tell(self, "Schema", f"{path.name} cannot be read as text.")
            return
        found = problems(text)
        if found:
            Faults(path.name, text, found, self).open()
            return
        self._add(f"{parse(text).name} ({path.name})", text)
        self.list.setCurrentRow(self.list.count() - 1)


def _counts(schema: Schema) -> str:
    parts = ", ".join(part.key for part in schema.claim_parts)
    kinds = ", ".join(kind.key for kind in schema.kinds)
    event = ""
    if schema.event is not None and schema.event.is_on:
        event = f"\nEvents: {len(schema.event.types)} types" + (", required" if schema.event.is_required else "")
    return f"Claims: {parts}{event}" + (f"\nKinds of entities: {kinds}" if kinds else "")
