"""Keys: which set, and which keys each action has. What clashes is said; nothing is taken from another action."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.acting import Action
from annotator.ui.dialogs.shortcuts import heading_of
from annotator.ui.forms.form import Listing
from annotator.ui.keys import KEY_SETS, Clash, Keys, clashes, is_of_label, key_set, native, portable, table
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.widths import letters

_NAME, _KEYS, _ALSO = range(3)
_ID = Qt.ItemDataRole.UserRole
_ORDER = ("Mark", "Entities", "Claim", "Review", "Go", "Edit", "View", "File", "Help", "Exact")
_TITLES = {"Exact": "Just the letters selected", "Entities": "Kinds of entities"}


class KeysDialog(QDialog):
    """Changes nothing until it is accepted; then the window has the keys at once and the settings file has them too."""

    def __init__(self, keys: Keys, actions: Iterable[Action], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys, self._actions = keys, {action.id: action for action in actions}
        self._changes = dict(keys.changes)
        self._rows: dict[str, QTreeWidgetItem] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keys")
        self.resize(880, 720)
        self.set_box, self.box, self.list = QComboBox(), QLineEdit(), QTreeWidget()
        self.press = QKeySequenceEdit()
        for inside in self.press.findChildren(QLineEdit):
            inside.setAccessibleName("Press the key")  # a screen reader finds this one, not its frame
        self.use, self.add = QPushButton("Use instead"), QPushButton("Add")
        self.back, self.all_back = QPushButton("Back to the set"), QPushButton("All back to standard")
        self.count, self._chosen_name = plain_label(wrap=True), plain_label()
        self._hint = plain_label(quiet=True, wrap=True)
        self._listing = Listing()
        self._build()
        self._fill()
        self._connect()
        self._refresh()
        self.list.setCurrentItem(next(iter(self._rows.values())))
        self.box.setFocus()

    # Building

    def _build(self) -> None:
        for known in KEY_SETS:
            self.set_box.addItem(known.name, known.id)
        self.set_box.setCurrentIndex(self.set_box.findData(self._keys.chosen.id))
        for widget, name in (
            (self.set_box, "Key set"),
            (self.box, "Find an action or a key"),
            (self.list, "Actions and their keys"),
            (self.press, "Another key for the chosen action"),
            (self.use, "Use this key instead of the others"),
            (self.add, "Add this key to the others"),
            (self.back, "Give the chosen action the keys of the set"),
            (self.all_back, "Give every action its standard keys"),
        ):
            widget.setAccessibleName(name)
        self.box.setPlaceholderText("Find an action or a key")
        self.box.setClearButtonEnabled(True)
        self.press.setMaximumSequenceLength(1)
        self.press.setClearButtonEnabled(True)
        buttons = foot(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for button in (self.use, self.add, self.back, self.all_back):
            button.setAutoDefault(False)
        last = QHBoxLayout()
        last.addWidget(self.count, 1)
        last.addWidget(buttons)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addLayout(self._top())
        whole.addWidget(self.list, 1)
        whole.addWidget(self._editor())
        whole.addLayout(last)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        words = plain_label("Key set")
        words.setSizePolicy(self.use.sizePolicy())
        words.setBuddy(self.set_box)
        top.addWidget(words)
        top.addWidget(self.set_box)
        top.addSpacing(16)
        top.addWidget(self.box, 1)
        top.addWidget(self.all_back)
        return top

    def _editor(self) -> QWidget:
        frame = QFrame()
        frame.setFrameShape(QFrame.Shape.StyledPanel)
        bold = QFont(self._chosen_name.font())
        bold.setBold(True)
        self._chosen_name.setFont(bold)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._chosen_name)
        left.addWidget(self._listing)
        left.addStretch(1)
        line = QHBoxLayout()
        for widget in (self.press, self.use, self.add, self.back):
            line.addWidget(widget, 1 if widget is self.press else 0)
        right.addLayout(line)
        right.addWidget(self._hint)
        right.addStretch(1)
        columns = QHBoxLayout(frame)
        columns.addLayout(left, 2)
        columns.addSpacing(16)
        columns.addLayout(right, 3)
        frame.setMinimumHeight(132)
        return frame

    def _fill(self) -> None:
        self.list.setColumnCount(3)
        self.list.setHeaderLabels(["Action", "Keys", "Clashes"])
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setUniformRowHeights(True)
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setItemDelegate(AiryRows(self.list))
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_NAME, letters(self.list, 34))
        header.resizeSection(_KEYS, letters(self.list, 16))
        groups: dict[str, list[Action]] = {}
        for action in self._actions.values():
            groups.setdefault(heading_of(action), []).append(action)
        for title in sorted(groups, key=lambda title: _ORDER.index(title) if title in _ORDER else len(_ORDER)):
            group = QTreeWidgetItem(self.list, [_TITLES.get(title, title)])
            bold = QFont(self.list.font())
            bold.setBold(True)
            group.setFont(_NAME, bold)
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            group.setFirstColumnSpanned(True)
            for action in groups[title]:
                row = self._rows[action.id] = QTreeWidgetItem(group, [shown(action.text.rstrip("…"))])
                row.setData(_NAME, _ID, action.id)
        self.list.expandAll()

    def _connect(self) -> None:
        self.box.textChanged.connect(self._filter)
        self.set_box.currentIndexChanged.connect(self._refresh)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.press.keySequenceChanged.connect(self._show_pressed)
        self.use.clicked.connect(lambda: self._take(beside=False))
        self.add.clicked.connect(lambda: self._take(beside=True))
        self.back.clicked.connect(self._give_back)
        self.all_back.clicked.connect(self._give_all_back)

    # What is shown

    @property
    def _table(self) -> dict[str, tuple[str, ...]]:
        return table(self._actions.values(), key_set(self.set_box.currentData()), self._changes)

    @property
    def _chosen(self) -> str:
        row = self.list.currentItem()
        return str(row.data(_NAME, _ID) or "") if row else ""

    def _refresh(self) -> None:
        keys = self._table
        found = clashes(self._actions.values(), keys)
        for id_, row in self._rows.items():
            words = _words(keys[id_])
            row.setText(_KEYS, words)
            font = QFont(self.list.font())
            font.setBold(id_ in self._changes and not is_of_label(id_))
            row.setFont(_KEYS, font)
            said = f"{words or 'no key'}, changed by you" if font.bold() else words or "no key"
            row.setData(_KEYS, Qt.ItemDataRole.AccessibleTextRole, said)
            row.setText(_ALSO, _sentence(found.get(id_, [])))
        pairs = {frozenset((self._name(id_), clash.other)) for id_, its in found.items() for clash in its}
        self.count.setText(_count(len(pairs)) if pairs else "No clashes.")
        self.all_back.setEnabled(bool(self._changes) or self.set_box.currentIndex() > 0)
        self._filter()
        self._show_chosen()

    def _name(self, id_: str) -> str:
        return self._actions[id_].text.rstrip("…")

    def _filter(self) -> None:
        wanted = self.box.text().casefold().split()
        for id_, row in self._rows.items():
            searched = f"{self._name(id_)} {row.text(_KEYS)} {row.text(_ALSO)}".casefold()
            row.setHidden(not all(word in searched for word in wanted))
        shown = [row for row in self._rows.values() if not row.isHidden()]
        in_use = [row.parent() for row in shown]
        for group in self.list.findItems("*", Qt.MatchFlag.MatchWildcard):
            group.setHidden(group not in in_use)
        if shown and self._chosen and self._rows[self._chosen].isHidden():
            self.list.setCurrentItem(shown[0])

    def _show_chosen(self) -> None:
        id_ = self._chosen
        keys = self._table.get(id_, ())
        self._chosen_name.setText(self._name(id_) if id_ else "Choose an action above")
        is_free = bool(id_) and not is_of_label(id_)
        self._listing.clear()
        for key in keys:
            self._listing.add(native(key), drop=self._dropper(key) if is_free else None)
        if id_ and not keys:
            self._listing.add("no key")
        self.press.clear()
        self.press.setEnabled(is_free)
        self.back.setEnabled(is_free and id_ in self._changes)
        self._show_pressed()

    def _show_pressed(self) -> None:
        id_, key = self._chosen, self._pressed()
        is_new = bool(key) and bool(id_) and not is_of_label(id_)
        for button in (self.use, self.add):
            button.setEnabled(is_new)
        if is_of_label(id_):
            self._hint.setText("This key belongs to the project: change it in Edit, Schema….")
        elif not is_new:
            self._hint.setText("Put the keyboard into the box above and press the key.")
        else:
            would = table(self._actions.values(), key_set(self.set_box.currentData()), self._changes | {id_: (key,)})
            found = clashes(self._actions.values(), would).get(id_, [])
            self._hint.setText(_sentence(found) or "Nothing else has this key.")

    # What is done

    def _pressed(self) -> str:
        return portable(self.press.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _take(self, *, beside: bool) -> None:
        key = self._pressed()
        if key:
            self._set((*self._table[self._chosen], key) if beside else (key,))

    def _dropper(self, key: str) -> Callable[[], None]:
        return lambda: self._set(tuple(known for known in self._table[self._chosen] if known != key))

    def _set(self, keys: tuple[str, ...]) -> None:
        id_ = self._chosen
        self._changes.pop(id_, None)
        if self._table[id_] != keys:
            self._changes[id_] = keys
        self._refresh()
        self.list.setFocus()

    def _give_back(self) -> None:
        self._changes.pop(self._chosen, None)
        self._refresh()
        self.list.setFocus()

    def _give_all_back(self) -> None:
        self._changes.clear()
        self.set_box.setCurrentIndex(0)
        self._refresh()

    def accept(self) -> None:
        """The window has these keys from now on."""
        self._keys.choose(key_set(self.set_box.currentData()), self._changes)
        super().accept()


def _words(keys: tuple[str, ...]) -> str:
    return " or ".join(dict.fromkeys(native(key) for key in keys))  # a comma is a key itself


def _sentence(found: list[Clash]) -> str:
    return "; ".join(f"{native(clash.key)} is also: {clash.other}" for clash in found)


def _count(number: int) -> str:
    return f"⚠ {number} {'clash' if number == 1 else 'clashes'}: of two actions with one key neither works."
