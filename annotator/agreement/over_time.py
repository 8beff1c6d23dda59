"""Agreement over time as a picture: where each month stands, and which months say little. For SVG and screens."""

from dataclasses import dataclass

from annotator.agreement.report import FEW, HEADS, Report

LOWEST_USUAL, HIGHEST = 0.0, 1.0
_MOST_NAMES = 12
SMALL = f"Hollow: fewer than {FEW} articles, too few to tell a trend from chance."
"""What is said beside a picture with such months."""


@dataclass(frozen=True, slots=True)
class Point:
    """A month of one measure; place is from 0 (the first month) to 1 (the last), by the calendar."""

    place: float
    month: str
    articles: int
    value: float
    interval: tuple[float, float] | None
    is_small: bool

    def words(self) -> str:
        """All of it, for who points at it."""
        between = f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]" if self.interval else ", no interval"
        count = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        return f"{self.month}: {self.value:.3f}{between}, {count}{', a small sample' if self.is_small else ''}"


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over the months where it is defined."""

    title: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All measures of HEADS that any month has; values lie between lowest and 1. names are those months at the foot."""

    courses: tuple[Course, ...]
    names: tuple[tuple[float, str], ...]
    lowest: float

    @property
    def has_small(self) -> bool:
        """Whether any point is of a small sample."""
        return any(point.is_small for course in self.courses for point in course.points)

    def height(self, value: float) -> float:
        """How high a value stands, from 0 at the foot to 1."""
        return (max(self.lowest, min(HIGHEST, value)) - self.lowest) / (HIGHEST - self.lowest)


def picture(report: Report) -> Picture:
    """Where everything stands. Without a month it has no courses."""
    months = {part.key: _number(part.key) for part in report.months if _number(part.key) is not None}
    numbers = [number for number in months.values() if number is not None]
    if not numbers:
        return Picture((), (), LOWEST_USUAL)
    first, last = min(numbers), max(numbers)

    def place(number: int) -> float:
        return (number - first) / (last - first) if last > first else 0.5

    courses = []
    for at, (layer, measure) in enumerate(HEADS):
        points = []
        for part in report.months:
            number, value = months.get(part.key), part.values[at]
            if number is not None and value is not None:
                interval = part.intervals[at] if part.intervals else None
                points.append(Point(place(number), part.key, part.articles, value, interval, part.is_small))
        if points:
            courses.append(Course(f"{report.named(layer).title}: {report.named(measure).title}", tuple(points)))
    step = max(1, -(-(last - first + 1) // _MOST_NAMES))
    names = tuple((place(number), _month(number)) for number in range(first, last + 1, step))
    lows = [min(point.value, *(point.interval or (point.value,))) for course in courses for point in course.points]
    return Picture(tuple(courses), names, max(-1.0, min([LOWEST_USUAL, *lows])))


def _number(month: str) -> int | None:
    """Months since the year 0; None of what is no month, as in a file that somebody edited."""
    year, _, rest = month.partition("-")
    return int(year) * 12 + int(rest) - 1 if year.isdecimal() and rest.isdecimal() else None


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"
