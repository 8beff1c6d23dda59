"""Pictures of a report as SVG text: scores with their intervals, and a table of values that met."""

import re
from html import escape

from annotator.agreement.report import Line, Matrix, Report

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ROW, _LEFT, _WIDTH, _LETTERS = 22, 440, 400, 66
_CELL = 58


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
