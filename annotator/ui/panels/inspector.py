"""The inspector: the form of what was chosen last."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.errors import EditRefused
from annotator.ui.desk import Desk
from annotator.ui.forms.article import ArticleForm
from annotator.ui.forms.claim import ClaimErrands, ClaimForm
from annotator.ui.forms.entity import EntityErrands, EntityForm
from annotator.ui.forms.form import Form
from annotator.ui.forms.mention import MentionErrands, MentionForm


@dataclass(frozen=True, slots=True)
class Errands:
    """What the forms ask the window to do."""

    mention: MentionErrands
    entity: EntityErrands
    claim: ClaimErrands
    leave: Callable[[], None]


class InspectorPanel(QWidget):
    """Shows a mention, an entity, a claim, or the article when nothing is chosen. Escape goes back to the text."""

    id = "inspector"
    title = "Inspector"
    area = Qt.DockWidgetArea.RightDockWidgetArea

    def __init__(self, desk: Desk, errands: Errands) -> None:
        super().__init__()
        self._desk, self._errands = desk, errands
        self._shown = ("", "")
        self._schema = desk.schema
        self._forms: dict[str, Form] = {}
        self._stack = QStackedWidget()
        self._make_forms()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        desk.contents.shown.connect(self._show)
        desk.contents.edited.connect(self._show)
        desk.focus.changed.connect(self._show)
        desk.keys.changed.connect(self._show)
        self._show()

    def _make_forms(self) -> None:
        """The fields are those of the schema as it is now."""
        errands = self._errands
        self._schema = self._desk.schema
        while (old := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self._forms = {
            "article": ArticleForm(self._desk),
            "mention": MentionForm(self._desk, errands.mention),
            "entity": EntityForm(self._desk, errands.entity),
            "claim": ClaimForm(self._desk, errands.claim),
        }
        for kind, form in self._forms.items():
            page = QScrollArea()
            page.setWidgetResizable(True)
            page.setFrameShape(QScrollArea.Shape.NoFrame)
            page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            page.setWidget(form)
            page.setAccessibleName(f"Inspector: {kind}")
            self._stack.addWidget(page)

    @property
    def form(self) -> Form:
        """The form in sight."""
        return list(self._forms.values())[self._stack.currentIndex()]

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        self.form.commit()

    def enter(self) -> None:
        """Puts the keyboard into the first field."""
        field = next(iter(self.form.fields.values()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show(self) -> None:
        if self._desk.schema is not self._schema:
            self.form.leave()
            self._make_forms()
        focus, article = self._desk.focus, self._desk.contents.article
        ids = {"mention": focus.mention, "claim": focus.claim, "entity": focus.entity}
        wanted = (focus.latest, ids.get(focus.latest) or (article.id if article else ""))
        if wanted != self._shown:
            # What is being typed belongs to the record shown until now.
            self.form.leave()
            self._shown = wanted
        kind = self._kind()
        if self._stack.currentIndex() != list(self._forms).index(kind):
            self._stack.setCurrentIndex(list(self._forms).index(kind))

    def _kind(self) -> str:
        """Fills the form of what was chosen last, if it is still there; else that of the article."""
        contents, focus = self._desk.contents, self._desk.focus
        match focus.latest, self._forms.get(focus.latest):
            case "mention", MentionForm() as form if (mention := contents.mention(focus.mention)) is not None:
                form.show_mention(mention)
                return "mention"
            case "claim", ClaimForm() as form if (claim := contents.claim(focus.claim)) is not None:
                form.show_claim(claim)
                return "claim"
            case "entity", EntityForm() as form if focus.entity is not None:
                try:
                    form.show_entity(self._desk.workspace.records.entity(focus.entity))
                except EditRefused:  # it was deleted or merged meanwhile
                    focus.clear()
                else:
                    return "entity"
        form_of_article = self._forms["article"]
        assert isinstance(form_of_article, ArticleForm)
        form_of_article.show_article(contents.article)
        return "article"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter go back to the text."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
            self._errands.leave()
            event.accept()
        else:
            super().keyPressEvent(event)
