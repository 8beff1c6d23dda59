"""A field whose values are entities: their names, each with a button that takes it away, and one that asks for more."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.domain.ids import EntityId
from annotator.errors import EditRefused
from annotator.ui.desk import Desk
from annotator.ui.forms.form import Listing


class EntitiesField(QWidget):
    """committed is sent with the ids. ask opens the finder; with several a new one joins the others."""

    committed = Signal(tuple)

    def __init__(
        self, desk: Desk, name: str, ask: Callable[[Callable[[EntityId], None]], None], *, several: bool
    ) -> None:
        super().__init__()
        self._desk, self._several = desk, several
        self._values: tuple[str, ...] = ()
        self._listing = Listing()
        self._button = QPushButton("Choose…")
        self._button.setAccessibleName(f"Choose: {name}")
        self._button.clicked.connect(lambda: ask(self._take))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self._listing)
        whole.addWidget(self._button)
        self.setFocusProxy(self._button)

    def show_value(self, value: tuple[str, ...]) -> None:
        """Shows the entities; one that is gone meanwhile is said to be gone."""
        self._values = value
        self._listing.clear()
        for entity in value:
            try:
                name = self._desk.workspace.records.entity(EntityId(entity)).name
            except EditRefused:
                name = "(an entity that was deleted)"
            self._listing.add(name, drop=self._dropper(entity))

    def _dropper(self, entity: str) -> Callable[[], None]:
        return lambda: self.committed.emit(tuple(other for other in self._values if other != entity))

    def _take(self, entity: EntityId) -> None:
        others = tuple(other for other in self._values if other != entity) if self._several else ()
        self.committed.emit((*others, entity))

    def commit(self) -> None:
        """Nothing waits."""

    def forget(self) -> None:
        """Nothing is typed here."""
