"""The bar above the text: whose lane is which, what is open, whom to compare, and whether names are hidden."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.domain.annotators import AGREED
from annotator.ui.desk import Desk
from annotator.ui.review.items import AGREED as ALIKE
from annotator.ui.review.items import DIFFERENCES, SETTLED, Items
from annotator.ui.review.people import MOST, TICK, People, Person
from annotator.ui.widgets.plain import isolated, plain_label
from annotator.ui.widgets.unseen import shown

_GAP, _PAD = 16, 6


class ReviewBar(QFrame):
    """compare_wanted is sent with the ids of those to compare, blind_wanted when names are to be hidden or shown."""

    compare_wanted = Signal(object)
    blind_wanted = Signal()

    def __init__(self, desk: Desk, people: People, items: Items) -> None:
        super().__init__()
        self._desk, self._people, self._items = desk, people, items
        self.setAccessibleName("Review")
        self.legend = Legend(desk)
        self.counts = plain_label(quiet=True)
        self.compare = QToolButton()
        self.compare.setText("Compare ")
        self.compare.setAccessibleName("Whom to compare")
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.compare.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.menu = QMenu(self.compare)
        self.compare.setMenu(self.menu)
        self.blind = QCheckBox("Blind")
        self.blind.setToolTip("Hides who is who; numbers are dealt anew in each article")
        self.blind.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._build()
        self.blind.clicked.connect(self.blind_wanted)
        self.menu.aboutToShow.connect(self._offer)
        self._offer()
        people.changed.connect(self.show_people)
        items.listed.connect(self._show_counts)

    def _build(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(_GAP)
        second.addWidget(self.counts, 1)
        second.addWidget(self.blind)
        second.addWidget(self.compare)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(36, _PAD, 12, _PAD)
        whole.setSpacing(2)
        whole.addWidget(self.legend)
        whole.addLayout(second)
        self.setAutoFillBackground(True)

    def show_people(self) -> None:
        """Names and colours as they are now."""
        self.blind.setChecked(self._desk.settings.blind)
        self.legend.show_people(self._people, self._desk.contents.agreed)

    def _show_counts(self) -> None:
        found = self._items.counts
        words = [f"{found[DIFFERENCES]:,} different", f"{found[ALIKE]:,} alike", f"{found[SETTLED]:,} settled"]
        if len(self._people.compared) < 2:
            words = [f"{found[DIFFERENCES] + found[ALIKE]:,} open", f"{found[SETTLED]:,} settled"]
        self.counts.setText("  ·  ".join(words) if self._items.all else "Nobody has marked anything here yet.")
        self.show_people()

    def _offer(self) -> None:
        """A tick for everybody who marked something here; one of them at least stays."""
        self.menu.clear()
        compared = self._people.compared
        for person in self._people.everyone:
            entry = self.menu.addAction(f"{shown(person.name).replace('&', '&&')}  ({person.count:,})")
            entry.setCheckable(True)
            is_compared = person in compared
            entry.setChecked(is_compared)
            entry.setEnabled(len(compared) > 1 if is_compared else len(compared) < MOST)
            entry.triggered.connect(lambda _, who=person: self._toggle(who))

    def _toggle(self, person: Person) -> None:
        now = {one.annotator for one in self._people.compared} ^ {person.annotator}
        self.compare_wanted.emit(now)


class Legend(QWidget):
    """Each person's number in her lane's colour, her name, and how much she marked; on as many lines as that takes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entries: list[tuple[str, str, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_people(self, people: People, agreed: int) -> None:
        """Shows these."""
        colours = people.colours()
        self._entries = [
            (f"{person.number}", f"{isolated(person.name)} {person.count:,}", colour)
            for person, colour in zip(people.compared, colours, strict=False)
        ]
        self._entries.append((TICK, f"{AGREED} {agreed:,}", colours[-1]))
        self.setAccessibleName(", ".join(f"{sign}: {words}" for sign, words, _ in self._entries))
        self._fit()
        self.update()

    def _places(self) -> list[tuple[float, float, float]]:
        """Left, top and width of each entry."""
        metrics, height = self.fontMetrics(), self._line()
        places, left, top = [], 0.0, 0.0
        for sign, words, _ in self._entries:
            width = min(metrics.horizontalAdvance(words) + height + metrics.horizontalAdvance(sign), self.width())
            if left and left + width > self.width():
                left, top = 0.0, top + height
            places.append((left, top, float(width)))
            left += width + _GAP
        return places

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _fit(self) -> None:
        lines = {top for _, top, _ in self._places()}
        self.setFixedHeight(self._line() * max(1, len(lines)))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(300, self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width takes other lines."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Number, name and count."""
        del event
        painter, bold = QPainter(self), QFont(self.font())
        bold.setBold(True)
        metrics, tones = self.fontMetrics(), self._desk.theme.tones
        size = metrics.height()
        for (sign, words, colour), (left, top, width) in zip(self._entries, self._places(), strict=True):
            badge = QRectF(left, top + 2, size, size)
            painter.fillRect(badge, QColor(colour))
            painter.setFont(bold)
            painter.setPen(QColor(tones.page))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, sign)
            painter.setFont(self.font())
            painter.setPen(QColor(tones.text))
            room = QRectF(badge.right() + 5, top, width - size - 5, self._line())
            fitting = metrics.elidedText(shown(words), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, fitting)
