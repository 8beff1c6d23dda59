"""The schema editor: the schema as an outline on the left, a form for the chosen line on the right."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.editing import choosing
from annotator.editing.schema_json import ATTRIBUTES, Section
from annotator.ui.desk import Desk
from annotator.ui.dialogs.schema.attribute_form import AttributeForm
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.schema.entry_form import EntryForm
from annotator.ui.dialogs.schema.label_form import LabelForm
from annotator.ui.dialogs.schema.other_forms import EventForm, KindForm, LinkForm, ListForm, ZoneForm
from annotator.ui.dialogs.schema.outline import EVENT, LISTS, SECTIONS, Chosen, Outline
from annotator.ui.dialogs.schema.overview import Overview
from annotator.ui.dialogs.schema.shaping import Shaping
from annotator.ui.edits import sentence
from annotator.ui.keys import native
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label, plain_tip
from annotator.ui.widgets.widths import letters


class SchemaDialog(QDialog):
    """What is entered in a form waits for OK, and is one edit for each entry; all else is saved at once."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self.draft = desk, Draft(desk)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Schema")
        self.resize(1180, 780)
        self.outline, self._stack = Outline(self.draft), QStackedWidget()
        self._shaping = Shaping(self.draft, self.outline, self)
        self._labels = LabelForm(self.draft)
        self._forms: dict[Section, EntryForm] = {
            Section.LABELS: self._labels,
            **dict.fromkeys(ATTRIBUTES, AttributeForm(self.draft)),
            Section.KINDS: KindForm(self.draft),
            Section.LINKS: LinkForm(self.draft),
            Section.ZONES: ZoneForm(self.draft),
        }
        self._overview, self._list, self._event = Overview(self.draft), ListForm(self.draft), EventForm(self.draft)
        self._scrolls: dict[QWidget, QScrollArea] = {}
        self._said, self._refusal = plain_label(wrap=True), ""
        self.guidelines = QLineEdit(placeholderText="such as 2.1; agreement is stated with it")
        self.buttons = foot(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._undo = self._button("Undo", self._take_back)
        self._build()
        self._connect()
        self.refresh()
        self.outline.choose(Chosen(Section.LABELS.value, next(iter(self.draft.keys(Section.LABELS)), "")))
        self._show_chosen()
        self.outline.setFocus()

    def show_entry(self, section: Section, key: str) -> None:
        """Goes to an entry."""
        self.outline.choose(Chosen(section.value, key))

    # Building

    def _build(self) -> None:
        for page in (*dict.fromkeys(self._forms.values()), self._overview, self._list, self._event):
            scroll = self._scrolls[page] = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(page)
            self._stack.addWidget(scroll)
        left, middle, foot = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.outline, 1)
        left.addLayout(self._shaping_buttons())
        middle.addLayout(left, 3)
        middle.addWidget(self._stack, 7)
        for words, act in (("Import…", self._shaping.import_file), ("Export…", self._shaping.export_file)):
            foot.addWidget(self._button(words, act))
        foot.addWidget(self._undo)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.buttons)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addLayout(middle, 1)
        whole.addLayout(self._guidelines_row())
        for words in self._remarks():
            whole.addWidget(plain_label(words, wrap=True, quiet=True))
        whole.addLayout(foot)

    def _guidelines_row(self) -> QHBoxLayout:
        label, row = plain_label("Version of the guidelines"), QHBoxLayout()
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.guidelines.setAccessibleName("Version of the guidelines")
        self.guidelines.setFixedWidth(letters(self.guidelines, 36))
        row.addWidget(label)
        row.addWidget(self.guidelines)
        row.addStretch(1)
        return row

    def _remarks(self) -> list[str]:
        found = [
            "The schema is kept in the project, for everybody who works in it. Adding, moving and removing are saved "
            "at once; what is entered in a form is saved with OK. Undo takes each step back."
        ]
        chosen = self._desk.keys.chosen
        if chosen.labels:
            keys = ", ".join(native(key) for key in chosen.labels)
            found.append(f"In use is the key set “{chosen.name}”: in it the first labels have {keys}.")
        return found

    def _button(self, words: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _shaping_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, act, keys in (
            ("Add…", self._shaping.add, "Ins"),
            ("Remove…", self._shaping.remove, "Del"),
            ("Up", lambda: self._shaping.move(-1), "Ctrl+Up"),
            ("Down", lambda: self._shaping.move(1), "Ctrl+Down"),
        ):
            button = self._button(words, act)
            button.setToolTip(plain_tip(native(keys)))
            shortcut = QShortcut(QKeySequence(keys), self.outline, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.outline.moved.connect(self._go_on)
        self.outline.itemActivated.connect(self._begin)
        self._overview.chosen.connect(lambda key: self.outline.choose(Chosen(self.outline.chosen.where, key)))
        for form in dict.fromkeys(self._forms.values()):
            form.changed.connect(self._take_entered)
            if isinstance(form, AttributeForm):
                form.choices.done.connect(self.refresh)
        self._list.choices.done.connect(self.refresh)
        self._event.done.connect(self.refresh)
        self._shaping.done.connect(self.refresh)
        self._shaping.said.connect(self._said.setText)
        self.guidelines.textEdited.connect(lambda words: setattr(self.draft, "guidelines", words))
        self._desk.notices.refused.connect(self._refuse)
        self._desk.notices.failed.connect(self._refuse)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    # What is shown

    def refresh(self) -> None:
        """Shows the schema as the project has it now, and what waits over it."""
        self.draft.reload()
        self.guidelines.setText(self.draft.guidelines)
        self.outline.refill()
        self._show_chosen()

    def _refuse(self, words: str) -> None:
        """What was refused stays in sight until something else is done."""
        self._refusal = words
        self._said.setText(words)

    def _go_on(self) -> None:
        self._refusal = ""
        self._show_chosen()

    def _take_entered(self) -> None:
        self._refusal = ""
        self._review()

    def _show_chosen(self) -> None:
        chosen = self.outline.chosen
        section = chosen.section
        page: QWidget
        if section is not None and chosen.key:
            form = self._forms[section]
            form.show_entry(section, chosen.key)
            page = form
        elif section is not None:
            self._overview.show_section(section, SECTIONS[section])
            page = self._overview
        elif chosen.where == EVENT:
            self._event.show_event()
            page = self._event
        else:
            titles = {choosing.QUANTITIES: "Quantities", choosing.RELATIONS: "Relations to the place"}
            self._list.show_list(chosen.where, chosen.key, titles.get(chosen.where, chosen.key or LISTS))
            page = self._list
        self._stack.setCurrentWidget(self._scrolls[page])
        self._list.choices.setEnabled(bool(chosen.key) or chosen.where != choosing.LIST)
        self._review()

    def _review(self) -> None:
        refused = [words for key in self.draft.keys(Section.LABELS) for words in self._labels.refusals(key)]
        refused = refused or self.draft.faults()
        self._said.setText(refused[0] if refused else self._refusal)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not refused)
        self.outline.retell()
        records, annotator = self._desk.workspace.records, self._desk.workspace.author.annotator
        edit = records.peek_undo(annotator)
        self._undo.setEnabled(edit is not None)
        self._undo.setToolTip(plain_tip(f"Undo {sentence(edit.kind, edit.subject)}") if edit else "")

    # What is done

    def _take_back(self) -> None:
        self._refusal = ""
        self._desk.attempt(self._desk.workspace.undo)
        self.refresh()

    def _begin(self) -> None:
        """Puts the keyboard into the form of what is chosen."""
        page = next(page for page, scroll in self._scrolls.items() if scroll is self._stack.currentWidget())
        inside = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        first = next((one for one in inside if one.isVisibleTo(page) and one.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says OK in a line and on a button only: in a list it means the row."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not isinstance(self.focusWidget(), QLineEdit | QPushButton):
            event.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        """Saves what was entered; stays open when something was refused or could not be saved."""
        if self.draft.save():
            super().accept()
