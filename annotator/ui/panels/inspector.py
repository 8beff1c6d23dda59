"""The inspector: the form of what was chosen last."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.mentions import Mention
from annotator.errors import EditRefused
from annotator.ui.desk import Desk
from annotator.ui.forms.article import ArticleForm
from annotator.ui.forms.errands import Errands
from annotator.ui.forms.form import Form

F = TypeVar("F", bound=Form)


class InspectorPanel(QWidget):
    """Shows a mention, an entity, a claim, or the article when nothing is chosen. Escape goes back to the text.

    Each form is imported and made when it is first shown: a start needs only that of the article.
    """

    id = "inspector"
    title = "Inspector"
    area = Qt.DockWidgetArea.RightDockWidgetArea

    def __init__(self, desk: Desk, errands: Errands) -> None:
        super().__init__()
        self._desk, self._errands = desk, errands
        self._shown = ("", "")
        self._schema = desk.schema
        self._pages: dict[type[Form], QScrollArea] = {}
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._form: Form = self._article()
        desk.contents.shown.connect(self._show)
        desk.contents.edited.connect(self._show)
        desk.focus.changed.connect(self._show)
        desk.keys.changed.connect(self._show)
        desk.names.changed.connect(self._on_names)
        self._show()

    def _on_names(self) -> None:
        """No form keeps a name that is hidden from now on, not even one that is not in sight."""
        self.form.leave()
        self._forget_forms()
        self._show()

    def _forget_forms(self) -> None:
        """The fields are those of the schema as it is now."""
        self._schema = self._desk.schema
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self._pages.clear()

    def _made(self, kind: str, form: type[F], make: Callable[[], F]) -> F:
        page = self._pages.get(form)
        if page is None:
            page = self._pages[form] = QScrollArea()
            page.setWidgetResizable(True)
            page.setFrameShape(QScrollArea.Shape.NoFrame)
            page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            page.setWidget(make())
            page.setAccessibleName(f"Inspector: {kind}")
            self._stack.addWidget(page)
        found = page.widget()
        assert isinstance(found, form)
        return found

    @property
    def form(self) -> Form:
        """The form in sight."""
        return self._form

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
            self._forget_forms()
        focus, article = self._desk.focus, self._desk.contents.article
        ids = {"mention": focus.mention, "claim": focus.claim, "entity": focus.entity}
        wanted = (focus.latest, ids.get(focus.latest) or (article.id if article else ""))
        if wanted != self._shown:
            # What is being typed belongs to the record shown until now.
            self.form.leave()
            self._shown = wanted
        self._form = self._filled()
        self._stack.setCurrentWidget(self._pages[type(self._form)])

    def _filled(self) -> Form:
        """The form of what was chosen last, if it is still there; else that of the article."""
        contents, focus = self._desk.contents, self._desk.focus
        if focus.latest == "mention" and (mention := contents.mention(focus.mention)) is not None:
            return self._mention(mention)
        if focus.latest == "claim" and (claim := contents.claim(focus.claim)) is not None:
            return self._claim(claim)
        if focus.latest == "entity" and focus.entity is not None:
            try:
                return self._entity(self._desk.workspace.records.entity(focus.entity))
            except EditRefused:  # it was deleted or merged meanwhile
                focus.clear()
        return self._article()

    def _article(self) -> Form:
        form = self._made("article", ArticleForm, lambda: ArticleForm(self._desk))
        form.show_article(self._desk.contents.article)
        return form

    def _mention(self, mention: Mention) -> Form:
        from annotator.ui.forms.mention import MentionForm

        form = self._made("mention", MentionForm, lambda: MentionForm(self._desk, self._errands.mention))
        form.show_mention(mention)
        return form

    def _entity(self, entity: Entity) -> Form:
        from annotator.ui.forms.entity import EntityForm

        form = self._made("entity", EntityForm, lambda: EntityForm(self._desk, self._errands.entity))
        form.show_entity(entity)
        return form

    def _claim(self, claim: Claim) -> Form:
        from annotator.ui.forms.claim import ClaimForm

        form = self._made("claim", ClaimForm, lambda: ClaimForm(self._desk, self._errands.claim))
        form.show_claim(claim)
        return form

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter go back to the text."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
            self._errands.leave()
            event.accept()
        else:
            super().keyPressEvent(event)
