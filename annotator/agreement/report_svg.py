"""Pictures of a report as SVG text: scores with their intervals, a table of values that met, and the months."""

import re
from html import escape

from annotator.agreement.over_time import SMALL, Course, Picture, Point, picture
from annotator.agreement.report import Line, Matrix, Report

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ROW, _LEFT, _WIDTH, _LETTERS = 22, 440, 400, 66
_CELL = 58
_MONTHS = (64, 24, 680, 300)
"""Left, top, width and height of the months' field."""
_COURSES = (("#0b5394", ""), ("#b45309", "7 4"), ("#0f766e", "2 4"))
"""Colour and dashes of each measure over time; all can be told apart without colour."""
_APART = 7


def scores_svg(report: Report) -> str:
    """The scores over all pairs from -1 to 1, each a dot with its interval; what is below -1 is drawn there."""
    lines = [
        line for line in report.main() if line.score.value is not None and not report.named(line.measure).is_distance
    ]
    shown = [line for line in lines if not line.label or not _has_whole(lines, line)]
    height = _ROW * (len(shown) + 2)
    parts = [_begin(_LEFT + _WIDTH + 80, height, "Agreement")]
    for value in (-1, -0.5, 0, 0.5, 1):
        x = _x(value)
        parts.append(f'<path d="M{x:.1f} {_ROW}V{height - _ROW}" stroke="#bbb"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 6}" text-anchor="middle">{value:g}</text>')
    for number, line in enumerate(shown):
        parts += _dot(report, line, _ROW * (number + 1) + _ROW / 2)
    return "".join([*parts, "</svg>\n"])


def _has_whole(lines: list[Line], line: Line) -> bool:
    return any(one.layer == line.layer and one.measure == line.measure and not one.label for one in lines)


def _dot(report: Report, line: Line, y: float) -> list[str]:
    score = line.score
    assert score.value is not None
    name = ", ".join(filter(None, (report.named(line.layer).title, line.label, report.named(line.measure).title)))
    found = [f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{words(name, _LETTERS)}</text>']
    if score.interval:
        low, high = map(_x, score.interval)
        found.append(f'<path d="M{low:.1f} {y:.1f}H{high:.1f}" stroke="#35618f" stroke-width="3"/>')
    title = f"<title>{words(name)}: {score.words()}, n = {score.n:,}</title>"
    found.append(f'<circle cx="{_x(score.value):.1f}" cy="{y:.1f}" r="5" fill="#12345a">{title}</circle>')
    found.append(f'<text x="{_LEFT + _WIDTH + 12}" y="{y + 4:.1f}">{score.value:.3f}</text>')
    return found


def _x(value: float) -> float:
    return _LEFT + (max(-1.0, min(1.0, value)) + 1) / 2 * _WIDTH


def matrix_svg(report: Report, matrix: Matrix) -> str:
    """How often each value met each other one; the darker, the larger the share of its row."""
    size, longest = len(matrix.values), min(24, max(map(len, matrix.values)))
    left = top = 30 + 7 * longest
    title = f"{report.named(matrix.layer).title}{': ' if matrix.label else ''}{matrix.label}"
    parts = [_begin(left + size * _CELL + 20 + 4 * longest, top + size * _CELL + 30, title)]
    for at, value in enumerate(matrix.values):
        x, y = left + at * _CELL + _CELL / 2, top + at * _CELL + _CELL / 2
        parts.append(f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{words(value, 24)}</text>')
        turned = f'transform="rotate(-60 {x:.1f} {top - 8})"'
        parts.append(f'<text x="{x:.1f}" y="{top - 8}" {turned}>{words(value, 24)}</text>')
    for at, row in enumerate(matrix.counts):
        whole = sum(row)
        for across, count in enumerate(row):
            x, y = left + across * _CELL, top + at * _CELL
            shade = count / whole if whole else 0.0
            ink = "#fff" if shade > 0.5 else "#000"
            parts.append(
                f'<rect x="{x}" y="{y}" width="{_CELL - 1}" height="{_CELL - 1}" fill="#12345a" '
                f'fill-opacity="{shade:.3f}" stroke="#bbb"/>'
            )
            if count:
                middle = f'x="{x + _CELL / 2:.1f}" y="{y + _CELL / 2 + 4:.1f}"'
                parts.append(f'<text {middle} text-anchor="middle" fill="{ink}">{count:,.10g}</text>')
    if matrix.people:
        note = f"rows: {matrix.people[0]}, columns: {matrix.people[1]}"
        parts.append(f'<text x="6" y="{top + size * _CELL + 20}">{words(note)}</text>')
    return "".join([*parts, "</svg>\n"])


def months_svg(report: Report) -> str:
    """The measures of articles month by month with their intervals; hollow where there are few articles."""
    drawn = picture(report)
    left, top, width, height = _MONTHS
    foot = top + height + 34
    legend = [course.title for course in drawn.courses] + ([SMALL] if drawn.has_small else [])
    parts = [_begin(left + width + 40, foot + 20 * len(legend) + 16, "Agreement over time")]
    steps = (drawn.lowest, 0.25, 0.5, 0.75, 1.0) if drawn.lowest == 0 else (drawn.lowest, 0.0, 0.5, 1.0)
    for value in steps:
        y = top + height * (1 - drawn.height(value))
        parts.append(f'<path d="M{left - 12} {y:.1f}H{left + width + 12}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 18}" y="{y + 4:.1f}" text-anchor="end">{value:.2f}</text>')
    for place, name in drawn.names:
        parts.append(f'<text x="{left + place * width:.1f}" y="{top + height + 22}" text-anchor="middle">{name}</text>')
    for number, course in enumerate(drawn.courses):
        parts += _course(drawn, course, number)
    for number, said in enumerate(legend):
        y = foot + 20 * number + 8
        if number < len(drawn.courses):
            ink, dashes = _COURSES[number]
            parts.append(f'<path d="M{left} {y}H{left + 34}" stroke="{ink}" stroke-width="2" {_dashed(dashes)}/>')
            parts.append(_sign(number, left + 17, y, ink, ink))
        parts.append(f'<text x="{left + 44}" y="{y + 4}">{words(said)}</text>')
    return "".join([*parts, "</svg>\n"])


def _course(drawn: Picture, course: Course, number: int) -> list[str]:
    ink, dashes = _COURSES[number]
    left, top, width, height = _MONTHS

    def at(point: Point, value: float) -> tuple[float, float]:
        # Beside one another, so that no interval hides another.
        apart = (number - (len(drawn.courses) - 1) / 2) * _APART
        return left + point.place * width + apart, top + height * (1 - drawn.height(value))

    corners = " ".join("{:.1f},{:.1f}".format(*at(point, point.value)) for point in course.points)
    found = [f'<polyline points="{corners}" fill="none" stroke="{ink}" stroke-width="1.5" {_dashed(dashes)}/>']
    for point in course.points:
        x, y = at(point, point.value)
        if point.interval:
            low, high = (at(point, end)[1] for end in point.interval)
            ends = f"M{x - 3:.1f} {low:.1f}h6M{x - 3:.1f} {high:.1f}h6"
            found.append(f'<path d="M{x:.1f} {low:.1f}V{high:.1f}{ends}" stroke="{ink}" stroke-width="1.5"/>')
        found.append(_sign(number, x, y, ink, "#fff" if point.is_small else ink, f"{course.title}, {point.words()}"))
    return found


def _sign(number: int, x: float, y: float, ink: str, inside: str, title: str = "") -> str:
    """A circle, a square or a triangle."""
    about = f'fill="{inside}" stroke="{ink}" stroke-width="1.5"'
    told = f"<title>{words(title)}</title>" if title else ""
    match number:
        case 0:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" {about}>{told}</circle>'
        case 1:
            return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {about}>{told}</rect>'
        case _:
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {about}>{told}</path>'


def _dashed(dashes: str) -> str:
    return f'stroke-dasharray="{dashes}"' if dashes else ""


def _begin(width: float, height: float, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'font-family="sans-serif" font-size="12" role="img"><title>{words(title)}</title>'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>'
    )


def words(text: str, most: int = 10_000) -> str:
    """A text inside SVG, cut where it is longer than most characters."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return escape(_FORBIDDEN.sub("\ufffd", short))
