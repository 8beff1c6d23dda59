"""Tables of a report of agreement: scores with their intervals drawn, values that met, articles."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.services.comparing import HEADS, Case, Line, Matrix, Part, Report
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.sheets import UNDEFINED, figure, fill, sheet
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.widths import letters

_DRAWN = Qt.ItemDataRole.UserRole
_WIDE = 110
_NAME_LETTERS = 20
_MOST_CASES = 1_000


class ScoresPage(QWidget):
    """Every measure: over all, for each label, for each pair of people. What is undefined says why."""

    _COLUMNS = ("What", "Measure", "Label", "People", "Score", "95 % interval", "", "n", "Agreement", "Because")

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self.which = QComboBox()
        self.which.setAccessibleName("Which scores")
        for words, key in (("Over all", "main"), ("For each label", "labels"), ("For each pair of people", "pairs")):
            self.which.addItem(words, key)
        self.table = sheet("Scores", self._COLUMNS)
        self.table.setItemDelegateForColumn(6, _Intervals(self.table))
        self.table.setColumnWidth(6, _WIDE)
        header = self.table.horizontalHeader()
        for column in (2, 3, 4, 5, 7, 8):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        # The longest names must not push the figures out of sight.
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(column, letters(self.table, _NAME_LETTERS))
        header.setStretchLastSection(True)
        whole = QVBoxLayout(self)
        whole.addWidget(self.which)
        whole.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.which.currentIndexChanged.connect(self._fill)

    def show_report(self, report: Report) -> None:
        """Fills the table."""
        self._report = report
        self._fill()

    def _fill(self) -> None:
        report = self._report
        if report is None:
            return
        lines = [line for line in report.lines if self._is_wanted(report, line)]
        self.table.setColumnHidden(2, self.which.currentData() == "pairs")
        self.table.setColumnHidden(3, self.which.currentData() != "pairs")
        fill(self.table, (self._cells(report, line) for line in lines))
        for row, line in enumerate(lines):
            item = QTableWidgetItem()
            item.setData(_DRAWN, (line.score.value, line.score.interval, report.named(line.measure).is_distance))
            self.table.setItem(row, 6, item)
        if lines:
            self.table.setCurrentCell(0, 0)

    def _is_wanted(self, report: Report, line: Line) -> bool:
        match self.which.currentData():
            case "pairs":
                return bool(line.pair) and not line.label
            case "labels":
                return not line.pair
            case _:
                whole = {(one.layer, one.measure) for one in report.lines if not one.label and not one.pair}
                return not line.pair and (not line.label or (line.layer, line.measure) not in whole)

    @staticmethod
    def _cells(report: Report, line: Line) -> tuple[str, ...]:
        score = line.score
        between = f"{score.interval[0]:.3f} – {score.interval[1]:.3f}" if score.interval else ""
        percent = dict(score.details).get("percent agreement")
        value = f"{score.value:.3f}" if score.value is not None else UNDEFINED
        return (
            report.named(line.layer).title,
            report.named(line.measure).title,
            line.label,
            " and ".join(line.pair),
            value,
            between,
            "",
            f"{score.n:,}",
            f"{100 * percent:.1f} %" if percent is not None else "",
            score.undefined,
        )


class _Intervals(QStyledItemDelegate):
    """Draws a score from -1 to 1 as a dot with its interval."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Wide enough to tell scores apart."""
        return QSize(_WIDE, super().sizeHint(option, index).height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The axis, the interval, the dot."""
        super().paint(painter, option, index)
        drawn = index.data(_DRAWN)
        if drawn is None or drawn[0] is None or drawn[2]:
            return
        value, interval, _ = drawn
        state, palette, place = option.state, QPalette(option.palette), QRect(option.rect).adjusted(8, 0, -8, 0)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ink = palette.color(QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Link)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = place.center().y() + 0.5

        def at(score: float) -> float:
            return place.left() + (max(-1.0, min(1.0, score)) + 1) / 2 * place.width()

        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))
        for mark in (-1, 0, 1):
            painter.drawLine(QPointF(at(mark), middle - 4), QPointF(at(mark), middle + 4))
        if interval:
            painter.setPen(QPen(ink, 3))
            painter.drawLine(QPointF(at(interval[0]), middle), QPointF(at(interval[1]), middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(at(value), middle), 4.5, 4.5)
        painter.restore()


class ValuesPage(QWidget):
    """How often values met, and for a cell the articles where they did; chosen is sent with an article's id."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._cases: Callable[[Matrix, str, str], Sequence[Case]] = lambda *_: ()
        self._shown: list[Case] = []
        self.which = QComboBox()
        self.which.setAccessibleName("What is compared")
        self.people = plain_label(quiet=True, wrap=True)
        self.table = sheet("Values that met", ())
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.verticalHeader().show()
        self.specific = sheet("How often each value was given", ("Value", "Given", "By both"))
        whole = QVBoxLayout(self)
        whole.addWidget(self.which)
        whole.addWidget(self.people)
        whole.addWidget(self.table, 3)
        self.met = plain_label(quiet=True, wrap=True)
        self.cases = sheet("Articles where these values met", ("Article", "Who", "How often"))
        beside = QVBoxLayout()
        beside.addWidget(self.met)
        beside.addWidget(self.cases, 1)
        below = QHBoxLayout()
        below.addWidget(self.specific, 2)
        below.addLayout(beside, 3)
        whole.addLayout(below, 2)
        self.setFocusProxy(self.table)
        self.which.currentIndexChanged.connect(self._fill)
        self.table.currentCellChanged.connect(lambda row, column, *_: self._show_cases(row, column))
        self.table.cellActivated.connect(lambda *_: self.cases.setFocus())
        self.cases.cellActivated.connect(lambda row, _: self.chosen.emit(self._shown[row].article))

    def show_report(self, report: Report, cases: Callable[[Matrix, str, str], Sequence[Case]]) -> None:
        """Fills the list of tables and shows the first; cases finds the articles where two values of one met."""
        self._report, self._cases = report, cases
        self.which.clear()
        for matrix in report.matrices:
            self.which.addItem(": ".join(filter(None, (report.named(matrix.layer).title, matrix.label))))
        self._fill()

    def _matrix(self) -> Matrix | None:
        report, at = self._report, self.which.currentIndex()
        return report.matrices[at] if report is not None and 0 <= at < len(report.matrices) else None

    def _fill(self) -> None:
        matrix = self._matrix()
        if matrix is None:
            self.people.setText("There are no values to compare.")
            self.table.setRowCount(0)
            self.table.setColumnCount(0)
            self.specific.setRowCount(0)
            self._show_cases(-1, -1)
            return
        self.people.setText(
            f"Rows: {matrix.people[0]}. Columns: {matrix.people[1]}."
            if matrix.people
            else "All pairs of people; each meeting counts half in both directions."
        )
        names = [shown(value) or "–" for value in matrix.values]
        self.table.setColumnCount(len(names))
        self.table.setHorizontalHeaderLabels(names)
        self.table.setRowCount(len(names))
        self.table.setVerticalHeaderLabels(names)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row, counts in enumerate(matrix.counts):
            whole = sum(counts)
            for column, count in enumerate(counts):
                item = QTableWidgetItem(f"{count:,.10g}" if count else "")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if count and whole:
                    item.setBackground(self._shade(count / whole, is_same=row == column))
                self.table.setItem(row, column, item)
        shares = ((value or "–", f"{given:,.10g}", figure(share)) for value, given, share in matrix.specific())
        fill(self.specific, shares)
        self.table.setCurrentCell(-1, -1)
        self._show_cases(-1, -1)

    def _shade(self, share: float, *, is_same: bool) -> QColor:
        palette = self.table.palette()
        base, ink = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Link)
        if not is_same:
            ink = QColor("#C2571A")
        part = 0.08 + 0.42 * share
        pairs = ((base.red(), ink.red()), (base.green(), ink.green()), (base.blue(), ink.blue()))
        return QColor(*(round(one + (other - one) * part) for one, other in pairs))

    def _show_cases(self, row: int, column: int) -> None:
        matrix = self._matrix()
        if matrix is None or row < 0 or column < 0:
            self._shown = []
            self.met.setText("Choose a cell to see the articles.")
            self.cases.setRowCount(0)
            return
        one, other = matrix.values[row], matrix.values[column]
        found = self._cases(matrix, one, other)
        self._shown = list(found[:_MOST_CASES])
        more = f"; the first {_MOST_CASES:,} of {len(found):,}" if len(found) > _MOST_CASES else ""
        pair = f"“{one or '–'}” met “{other or '–'}”"
        self.met.setText(f"Where {pair}{more}. Enter shows an article." if found else f"Nowhere {pair}.")
        fill(self.cases, ((case.title, " and ".join(case.people), f"{case.count:,.10g}") for case in self._shown))


class ArticlesPage(QWidget):
    """Articles, those with the least agreement first. chosen is sent with an article's id."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[Part, ...] = ()
        self.table = sheet("Article", ("Article", *(" " * (n + 1) for n in range(len(HEADS)))))
        whole = QVBoxLayout(self)
        whole.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self.table.cellActivated.connect(lambda row, _: self.chosen.emit(self._parts[row].key))

    def show_report(self, report: Report) -> None:
        """Fills the table."""
        self._parts = report.worst
        heads = [f"{report.named(layer).title}: {report.named(measure).title}" for layer, measure in HEADS]
        self.table.setHorizontalHeaderLabels(["Article", *heads])
        fill(self.table, ((part.title, *map(figure, part.values)) for part in self._parts))
        for column in range(1, self.table.columnCount()):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
