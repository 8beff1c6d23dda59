"""How well colours can be read and told apart, also by people who see fewer of them. Colours are #RRGGBB."""

import colorsys
import math
from collections.abc import Iterable, Iterator

READABLE = 4.5
"""The contrast that text needs: WCAG 2.2, success criterion 1.4.3, level AA."""

Triple = tuple[float, float, float]
_Matrix = tuple[Triple, Triple, Triple]

DEFICIENCIES: dict[str, _Matrix] = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""From linear RGB to the linear RGB that is seen, at severity 1.0.

G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision
Deficiency. IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009, pages 1291 to 1298; the matrices
are those of the table on the authors' page of the paper.
"""
_TO_XYZ: _Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Triple = (0.95047, 1.0, 1.08883)


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours, 1 to 21, by the relative luminance of WCAG 2."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def difference(a: str, b: str, deficiency: str = "") -> float:
    """How different two colours look: CIE ΔE 2000, in normal sight or to a protan, deutan or tritan eye.

    G. Sharma, W. Wu, E. N. Dalal: The CIEDE2000 Color-Difference Formula. Color Research and Application 30 (1), 2005.
    About 2 can just be told apart side by side.
    """
    return _delta_e(_lab(_seen(a, deficiency)), _lab(_seen(b, deficiency)))


def new_colour(taken: Iterable[str], page: str) -> str:
    """A colour that can be read on the page and looks as different as can be from those taken, in every sight."""
    known = list(taken)
    sights = ("", *DEFICIENCIES)

    def apart(colour: str) -> float:
        return min((difference(colour, other, sight) for other in known for sight in sights), default=0.0)

    return max((colour for colour in _hues() if contrast(colour, page) >= READABLE), key=apart)


def _hues() -> Iterator[str]:
    for step in range(24):
        for lightness in (0.22, 0.32, 0.42, 0.6, 0.72):
            rgb = colorsys.hls_to_rgb(step / 24, lightness, 0.65)
            yield "#" + "".join(f"{round(255 * value):02X}" for value in rgb)


def _linear(colour: str) -> Triple:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _straighten(red), _straighten(green), _straighten(blue)


def _straighten(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: str, deficiency: str) -> Triple:
    linear = _linear(colour)
    if not deficiency:
        return linear
    red, green, blue = _times(DEFICIENCIES[deficiency], linear)
    return _clipped(red), _clipped(green), _clipped(blue)


def _clipped(value: float) -> float:
    return max(0.0, min(1.0, value))


def _times(matrix: _Matrix, triple: Triple) -> Triple:
    first, second, third = (sum(m * t for m, t in zip(row, triple, strict=True)) for row in matrix)
    return first, second, third


def _lab(linear: Triple) -> Triple:
    x, y, z = (_root(value / white) for value, white in zip(_times(_TO_XYZ, linear), _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return math.cbrt(value) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def _delta_e(one: Triple, two: Triple) -> float:
    """The names of the steps are those of the formula."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    c1, c2 = math.hypot((1 + g) * a1, b1), math.hypot((1 + g) * a2, b2)
    h1, h2 = _hue((1 + g) * a1, b1), _hue((1 + g) * a2, b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc = l2 - l1, c2 - c1
    dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn) / 2)
    mean_l, mean_c, mean_h = (l1 + l2) / 2, (c1 + c2) / 2, _mean_hue(h1, h2, is_grey=c1 * c2 == 0)
    t = (
        1
        - 0.17 * math.cos(math.radians(mean_h - 30))
        + 0.24 * math.cos(math.radians(2 * mean_h))
        + 0.32 * math.cos(math.radians(3 * mean_h + 6))
        - 0.20 * math.cos(math.radians(4 * mean_h - 63))
    )
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / math.sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    spin = 60 * math.exp(-(((mean_h - 275) / 25) ** 2))
    rt = -2 * math.sqrt(mean_c**7 / (mean_c**7 + 25**7)) * math.sin(math.radians(spin))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rt * (dc / sc) * (dh / sh))


def _hue(a: float, b: float) -> float:
    return math.degrees(math.atan2(b, a)) % 360 if a or b else 0.0


def _mean_hue(h1: float, h2: float, *, is_grey: bool) -> float:
    if is_grey:
        return h1 + h2
    if abs(h1 - h2) <= 180:
        return (h1 + h2) / 2
    return (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
