"""The links of a claim or an entity, as rows that go to the other end."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.links import DIFFERENT, Between, Link
from annotator.editing import connecting
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import LineField
from annotator.ui.forms.form import Listing, in_turn, stop
from annotator.ui.widgets.plain import plain_label


class LinkRows(QWidget):
    """add opens the finder for a new link; go shows the record at the other end."""

    def __init__(self, desk: Desk, add: Callable[[], None], go: Callable[[Link, str], None]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._shown: object = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        self._stop = stop()
        whole.addWidget(self._stop)
        whole.addLayout(self._rows)
        button = QPushButton("Link…")
        button.setAccessibleName("Link to another record")
        button.clicked.connect(add)
        foot = QHBoxLayout()
        foot.addWidget(button)
        foot.addStretch(1)
        whole.addLayout(foot)

    def show_links(self, record: ClaimId | EntityId) -> None:
        """Shows the links of a record; rows that say so already stay, with what is just being typed in them."""
        links = self._desk.workspace.records.links_of(record)
        now = (record, links, tuple(self._name(link, link.other(record)) for link in links))
        if now == self._shown:
            return
        self._shown = now
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for link in links:
            self._add(link, record)
        items = (self._rows.itemAt(row) for row in range(self._rows.count()))
        in_turn(self._stop, (widget for item in items if item and (widget := item.widget())))

    def _add(self, link: Link, record: str) -> None:
        other = link.other(record)
        label = self._desk.schema.link(link.label)
        arrow = "" if link.origin == record or (label and label.is_symmetric) or link.label == DIFFERENT else "← "
        rows = Listing()
        words = f"{arrow}{link.label}: {short(self._name(link, other), 60)}"
        rows.add(words, go=lambda: self._go(link, other), drop=lambda: self._drop(link))
        self._rows.addWidget(rows)
        if label is not None and label.is_dated:
            self._rows.addWidget(self._days(link))

    def _days(self, link: Link) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 0, 0, 0)
        row.setSpacing(4)
        for key, words in (("since", "from"), ("until", "until")):
            before = plain_label(words, quiet=True)
            field = LineField(f"{words} ({link.label})", "year-month-day")
            before.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # as wide as its words
            row.addWidget(before)
            field.show_value(getattr(link, key))
            field.committed.connect(lambda value, key=key: self._date(link, key, value))
            row.addWidget(field, 1)
        return line

    def _date(self, link: Link, key: str, value: str) -> None:
        if self._desk.do(connecting.describe_link, link.id, **{key: value.strip()}) is None:
            self._desk.focus.changed.emit()

    def _drop(self, link: Link) -> None:
        self._desk.do(connecting.disconnect, link.id)

    def _name(self, link: Link, end: str) -> str:
        records = self._desk.workspace.records
        if link.between is Between.ENTITIES:
            return str(records.entity(EntityId(end)).name)
        claim = records.claim(ClaimId(end))
        sources = " and ".join(source.quote for source in claim.sources)
        return f"{sources}: {claim.wording or claim.quote}" if sources else claim.wording or claim.quote

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        for field in self.findChildren(LineField):
            field.commit()
