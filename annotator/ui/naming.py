"""What annotators are called in the window: by their names, or in a blind review by number."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from annotator.domain.annotators import AGREED, consensus_id
from annotator.domain.ids import AnnotatorId
from annotator.services.workspace import Workspace
from annotator.ui.widgets.unseen import shown


class Names(QObject):
    """Every part of the window that says who did something asks here. changed is sent when people are called otherwise.

    In a blind review whoever is compared is a number, and of all others nothing is said.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._numbers: Mapping[AnnotatorId, int] | None = None

    def of(self, annotator: AnnotatorId) -> str:
        """What to call an annotator."""
        if self._numbers is None:
            known = self._workspace.records.annotators()
            return next((shown(one.name) for one in known if one.id == annotator), "somebody")
        if annotator == consensus_id(self._workspace.records.project().id):
            return AGREED
        return f"Annotator {self._numbers[annotator]}" if annotator in self._numbers else "somebody"

    @property
    def are_hidden(self) -> bool:
        """Whether nobody is called by name."""
        return self._numbers is not None

    def hide(self, numbers: Mapping[AnnotatorId, int] | None) -> None:
        """Calls people by these numbers from now on; by their names again without any."""
        if numbers != self._numbers:
            self._numbers = numbers
            self.changed.emit()
