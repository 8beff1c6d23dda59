"""Lanes: what several annotators marked, a lane for each below the text; agreement quiet, differences loud."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLine

from annotator.ui.article.art import Badge, Lane, LineArt, Shape
from annotator.ui.article.boxes import boxes
from annotator.ui.article.ink import LANES, Ink
from annotator.ui.article.marks import MarkIndex, Piece
from annotator.ui.theme import blend

CLAIM, ZONE = "claim", "zone"
"""The beginnings of the styles of lanes that are no mention's: claim:1:loud."""
LOUD, QUIET = "loud", "quiet"
_LEAST_STEP = 8.5
_LOUD, _THIN = 3.0, 1.2
_BAR_STEP = 4.0


@dataclass(slots=True)
class Lanes:
    """The marks of all annotators, and how each lane looks: its sign and its colour, from the uppermost on.

    A mark's style says what it is of, its lane and how it is drawn: “actor:0:loud”. A lane's sign is a number, or a
    tick for the agreed result.
    """

    marks: MarkIndex
    signs: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()

    def step(self, ink: Ink) -> float:
        """Pixels from one lane to the next: as large as a figure that can be read."""
        return max(_LEAST_STEP, ink.step * 2.3)

    def extra(self, number: int, ink: Ink) -> float:
        """Pixels that each line of a block needs below the usual."""
        if not self.marks.lanes(number):
            return 0.0
        return max(0.0, len(self.signs) * self.step(ink) + 2 - LANES * ink.step)


class LaneComposer:
    """Gathers the strokes of one line."""

    def __init__(self, lanes: Lanes, ink: Ink, line: QTextLine, *, is_one_way: bool) -> None:
        self._lanes, self._ink, self._line, self._is_one_way = lanes, ink, line, is_one_way
        self._step = lanes.step(ink)

    def add(self, art: LineArt, pieces: list[Piece], margin: float) -> None:
        """Adds what these pieces show, and the signs of the lanes at the left of the line."""
        bottom = 0.0
        # Loud ones last: they must not be crossed by what everybody agrees on.
        for piece in sorted(pieces, key=lambda one: one.mark.style.endswith(LOUD)):
            kind, lane, how = piece.mark.style.rsplit(":", 2)
            number, is_loud = int(lane), how == LOUD
            if kind.startswith(ZONE):
                self._add_bar(art, number, margin, is_loud=is_loud)
                continue
            found = list(boxes(self._line, piece.start, piece.end, is_one_way=self._is_one_way))
            for box in found:
                bottom = max(bottom, box.bottom())
                self._add_stroke(art, piece, box, number, kind, is_loud=is_loud)
            if found and is_loud and piece.is_first and piece.start >= self._line.textStart():
                self._add_badge(art, found[0], number, is_claim=kind.startswith(CLAIM))
        if bottom:
            self._add_signs(art, bottom, margin)

    def _top(self, bottom: float, lane: int) -> float:
        return bottom + 2 + lane * self._step

    def _colour(self, lane: int, *, is_loud: bool) -> QColor:
        name = self._lanes.colours[lane]
        return QColor(name) if is_loud else blend(name, self._ink.tones.page, 0.45)

    def _add_stroke(self, art: LineArt, piece: Piece, box: QRectF, lane: int, kind: str, *, is_loud: bool) -> None:
        colour, middle = self._colour(lane, is_loud=is_loud), self._top(box.bottom(), lane) + self._step / 2
        if kind.startswith(CLAIM):
            art.lanes.append(
                Lane(QRectF(box.left(), middle - 0.5, box.width(), 1.0), colour, Shape.SOLID, is_bridge=True)
            )
            self._add_ends(art, piece, box, middle, QPen(colour, 1.6 if is_loud else 1.0))
            return
        height = _LOUD if is_loud else _THIN
        shape = self._ink.shapes.get(kind, Shape.SOLID) if is_loud else Shape.SOLID
        place = QRectF(box.left(), middle - height / 2, box.width(), height)
        art.lanes.append(Lane(place, colour, shape, piece.is_gap))

    def _add_ends(self, art: LineArt, piece: Piece, box: QRectF, middle: float, pen: QPen) -> None:
        """Feet where a claim's content begins and ends: a dotted line alone seems to go on."""
        begins = piece.is_first and piece.start >= self._line.textStart()
        ends = piece.is_last and piece.end <= self._line.textStart() + self._line.textLength()
        for is_there, x, inward in ((begins, box.left(), 3.0), (ends, box.right(), -3.0)):
            if is_there and not piece.is_gap:
                art.corners.append((x, middle - 2.5, middle + 2.5, inward, pen))

    def _add_badge(self, art: LineArt, box: QRectF, lane: int, *, is_claim: bool) -> None:
        size = self._step
        place = QRectF(box.left() - 1, self._top(box.bottom(), lane) - 0.5, size + 0.5, size + 0.5)
        art.badges.append(Badge(place, self._lanes.signs[lane], QColor(self._lanes.colours[lane]), is_hollow=is_claim))

    def _add_signs(self, art: LineArt, bottom: float, margin: float) -> None:
        size = self._step
        for lane, sign in enumerate(self._lanes.signs):
            place = QRectF(margin - size - 6, self._top(bottom, lane), size, size)
            art.badges.append(Badge(place, sign, self._colour(lane, is_loud=True), is_bare=True))

    def _add_bar(self, art: LineArt, lane: int, margin: float, *, is_loud: bool) -> None:
        """Zones are whole paragraphs: a bar beside them, where a line below each would be a ruled sheet."""
        width = _LOUD if is_loud else _THIN
        left = margin - 20 - (len(self._lanes.signs) - lane) * _BAR_STEP
        place = QRectF(left, self._line.y(), width, self._line.height())
        art.tints.append((place, self._colour(lane, is_loud=is_loud)))


def draw_badges(painter: QPainter, badges: list[Badge], font: QFont, page: str) -> None:
    """Draws small signs: on a ground of their colour, with an outline, or bare."""
    if not badges:
        return
    font = QFont(font)
    font.setPixelSize(max(7, round(badges[0].place.height() * 1.05)))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    for badge in badges:
        if badge.is_hollow:
            painter.fillRect(badge.place, QColor(page))
            painter.setPen(QPen(badge.colour, 1))
            painter.drawRect(badge.place)
        elif not badge.is_bare:
            painter.fillRect(badge.place, badge.colour)
        painter.setPen(badge.colour if badge.is_hollow or badge.is_bare else QColor(page))
        painter.drawText(badge.place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, badge.words)
