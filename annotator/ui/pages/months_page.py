"""Agreement over time: a drawing of the months with their intervals, and the same as a table."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QVBoxLayout, QWidget

from annotator.services.comparing import HEADS, SMALL, Course, Part, Picture, Point, Report, picture
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.sheets import figure, fill, sheet

_LIGHT, _DARK = ("#0B5394", "#B45309", "#0F766E"), ("#7FB4EC", "#FFB454", "#5FD3BC")
_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_APART, _NEAR = 8, 10
"""Pixels between measures of one month, and from a point to a mouse that means it."""


class MonthsPage(QWidget):
    """Months in their order, drawn and told; a month of few articles says that it is a small sample."""

    def __init__(self) -> None:
        super().__init__()
        self.plot = MonthsPlot()
        self.table = sheet("Months", ("Month", "Articles", *(" " * (n + 1) for n in range(len(HEADS))), "Sample"))
        whole = QVBoxLayout(self)
        whole.addWidget(self.plot, 3)
        whole.addWidget(self.table, 2)
        self.setFocusProxy(self.table)

    def show_report(self, report: Report) -> None:
        """Draws the months and fills the table."""
        self.plot.show_picture(picture(report))
        heads = [f"{report.named(layer).title}: {report.named(measure).title}" for layer, measure in HEADS]
        self.table.setHorizontalHeaderLabels(["Month", "Articles", *heads, "Sample"])
        fill(self.table, map(_cells, report.months))
        for column in range(1, self.table.columnCount()):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)


def _cells(part: Part) -> tuple[str, ...]:
    told = (
        f"{figure(value)} [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else figure(value)
        for value, interval in zip(part.values, part.intervals, strict=True)
    )
    return part.title, f"{part.articles:,}", *told, "small" if part.is_small else ""


class MonthsPlot(QWidget):
    """Dots with intervals, joined by lines; hollow where there are few articles. The mouse at rest tells a point."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = Picture((), (), 0.0)
        self.setAccessibleName("Agreement over time")
        self.setMinimumHeight(190)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide rather than high."""
        return QSize(640, 320)

    def show_picture(self, drawn: Picture) -> None:
        """Draws other months; who cannot see them is told each."""
        self._picture = drawn
        points = [f"{course.title}, {point.words()}" for course in drawn.courses for point in course.points]
        self.setAccessibleDescription(". ".join(points))
        self.update()

    @property
    def legend(self) -> list[str]:
        """What stands below the drawing."""
        said = [course.title for course in self._picture.courses]
        return said + ([SMALL] if self._picture.has_small else [])

    def at(self, point: Point, number: int, value: float) -> QPointF:
        """Where a value of a month stands; number is that of the measure, since all stand beside one another."""
        field = self._field()
        apart = (number - (len(self._picture.courses) - 1) / 2) * _APART
        return QPointF(field.left() + point.place * field.width() + apart, self._y(field, value))

    def _y(self, field: QRectF, value: float) -> float:
        return field.bottom() - self._picture.height(value) * field.height()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing() + 3

    def _field(self) -> QRectF:
        foot = self._line() * (len(self.legend) + 1) + 14
        return QRectF(64, 12, max(40, self.width() - 112), max(40, self.height() - foot - 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The grid, the measures, what they are called."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        quiet = self.palette().color(QPalette.ColorRole.PlaceholderText)
        if not self._picture.courses:
            painter.setPen(quiet)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "There is no month with a score.")
            return
        self._draw_grid(painter, quiet)
        inks = _DARK if self.palette().color(QPalette.ColorRole.Window).lightness() < 128 else _LIGHT
        for number, course in enumerate(self._picture.courses):
            self._draw_course(painter, course, number, QColor(inks[number]))
        self._draw_legend(painter, inks, quiet)

    def _draw_grid(self, painter: QPainter, quiet: QColor) -> None:
        field, lowest = self._field(), self._picture.lowest
        for value in (0.0, 0.25, 0.5, 0.75, 1.0) if lowest == 0 else (lowest, 0.0, 0.5, 1.0):
            y = self._y(field, value)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawLine(QPointF(field.left() - 12, y), QPointF(field.right() + 12, y))
            painter.setPen(quiet)
            beside = QRectF(0, y - 10, field.left() - 18, 20)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:.2f}")
        for place, name in self._picture.names:
            below = QRectF(field.left() + place * field.width() - 40, field.bottom() + 6, 80, self._line())
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, name)

    def _draw_course(self, painter: QPainter, course: Course, number: int, ink: QColor) -> None:
        painter.setPen(QPen(ink, 1.5, _LINES[number]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([self.at(point, number, point.value) for point in course.points]))
        for point in course.points:
            painter.setPen(QPen(ink, 1.5))
            if point.interval:
                low, high = (self.at(point, number, end) for end in point.interval)
                painter.drawLine(low, high)
                for end in (low, high):
                    painter.drawLine(end - QPointF(3, 0), end + QPointF(3, 0))
            window = self.palette().color(QPalette.ColorRole.Window)
            painter.setBrush(window if point.is_small else ink)
            _draw_sign(painter, number, self.at(point, number, point.value))

    def _draw_legend(self, painter: QPainter, inks: tuple[str, ...], quiet: QColor) -> None:
        field = self._field()
        for number, said in enumerate(self.legend):
            y = field.bottom() + 10 + self._line() * (number + 1.5)
            if number < len(self._picture.courses):
                ink = QColor(inks[number])
                painter.setPen(QPen(ink, 1.5, _LINES[number]))
                painter.drawLine(QPointF(field.left(), y), QPointF(field.left() + 34, y))
                painter.setPen(QPen(ink, 1.5))
                painter.setBrush(ink)
                _draw_sign(painter, number, QPointF(field.left() + 17, y))
            painter.setPen(quiet)
            beside = QRectF(field.left() + 44, y - self._line() / 2, self.width(), self._line())
            painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mouse at rest on a point tells its figures."""
        self.setToolTip(plain_tip(self.told(event.position().toPoint())))

    def told(self, place: QPoint) -> str:
        """The figures of the point that is nearest to a place; nothing where none is near."""
        found = []
        for number, course in enumerate(self._picture.courses):
            for point in course.points:
                away = (self.at(point, number, point.value) - QPointF(place)).manhattanLength()
                found.append((away, f"{course.title}, {point.words()}"))
        away, said = min(found, default=(_NEAR + 1.0, ""))
        return said if away <= _NEAR else ""


def _draw_sign(painter: QPainter, number: int, at: QPointF) -> None:
    """A circle, a square or a triangle, so that colour is not needed to tell measures apart."""
    match number:
        case 0:
            painter.drawEllipse(at, 4.5, 4.5)
        case 1:
            painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8))
        case _:
            corners = (QPointF(0, -5), QPointF(5, 4), QPointF(-5, 4))
            painter.drawPolygon(QPolygonF([at + corner for corner in corners]))
