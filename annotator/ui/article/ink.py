"""From pieces of marks on one line to the strokes that show them."""

from dataclasses import dataclass, field
from itertools import zip_longest

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QTextLine

from annotator.ui.article.art import Chip, Lane, LineArt, Shape
from annotator.ui.article.boxes import boxes
from annotator.ui.article.marks import Mark, Piece
from annotator.ui.article.reading import Density
from annotator.ui.theme import LIGHT, Tones, blend

LANES = 2
"""Underlines below each other that every line has room for; a paragraph that needs more gets it."""


@dataclass(slots=True)
class Ink:
    """What strokes depend on: colours and shapes of styles, sizes in pixels, and which marks are chosen."""

    tones: Tones = LIGHT
    colours: dict[str, str] = field(default_factory=dict)
    shapes: dict[str, Shape] = field(default_factory=dict)
    density: Density = Density.NAMES
    chosen: frozenset[str] = frozenset()
    rise: float = 10.0
    step: float = 3.5
    font: QFont = field(default_factory=QFont)

    def colour(self, style: str) -> str:
        """The colour of a style."""
        return self.colours.get(style, self.tones.quiet)

    def set_type(self, body: QFont) -> None:
        """Chips are set in the window's font, a little less than half as high as the text."""
        height = QFontMetricsF(body).height()
        self.font = QFont()
        self.font.setPixelSize(max(8, round(height * 0.40)))
        self.font.setWeight(QFont.Weight.DemiBold)
        self.step = max(2.5, height * 0.17)


@dataclass(frozen=True, slots=True)
class _Request:
    """A chip that wants a place above a mark's first word."""

    left: float
    top: float
    mark: Mark


class LineComposer:
    """Gathers the strokes of one line."""

    def __init__(self, ink: Ink, line: QTextLine, right: float, *, is_one_way: bool) -> None:
        self._ink, self._line, self._right, self._is_one_way = ink, line, right, is_one_way
        self._requests: list[_Request] = []
        self.art = LineArt()

    def _boxes(self, piece: Piece) -> list[QRectF]:
        return list(boxes(self._line, piece.start, piece.end, is_one_way=self._is_one_way))

    def add_mention(self, piece: Piece) -> None:
        """A tint, an underline and a chip; in clean text only what is chosen."""
        ink, mark = self._ink, piece.mark
        is_chosen = mark.id in ink.chosen
        if ink.density is Density.CLEAN and not is_chosen:
            return
        name = ink.colour(mark.style)
        colour, shape = QColor(name), ink.shapes.get(mark.style, Shape.SOLID)
        thickness = min(2.4, max(1.0, ink.step - 1.2))
        found = self._boxes(piece)
        for box in found:
            lane = QRectF(box.left(), box.bottom() + 1 + piece.lane * ink.step, box.width(), thickness)
            self.art.lanes.append(Lane(lane, colour, shape, piece.is_gap))
            if not piece.is_gap:
                self._tint(box, name, is_chosen=is_chosen)
        begins = found and piece.is_first and piece.start >= self._line.textStart()
        if mark.unsure:
            pen = QPen(colour, 1.2)
            pen.setStyle(Qt.PenStyle.DotLine)
            self.art.frames += [(box.adjusted(-1.5, -0.5, 1.5, 0.5), pen) for box in found if not piece.is_gap]
        if begins and ink.density is Density.NAMES:
            self._requests.append(_Request(found[0].left(), found[0].top(), mark))

    def add_item(self, piece: Piece) -> None:
        """What is compared: a chip that says how people differ, and a frame around the one that is decided on."""
        ink, mark = self._ink, piece.mark
        found = self._boxes(piece)
        if mark.id in ink.chosen:
            for box in found:
                self._tint(box, ink.tones.accent, is_chosen=not piece.is_gap)
        if found and mark.words and piece.is_first and piece.start >= self._line.textStart():
            self._requests.append(_Request(found[0].left(), found[0].top(), mark))

    def _tint(self, box: QRectF, name: str, *, is_chosen: bool) -> None:
        tones = self._ink.tones
        share = (0.30 if is_chosen else 0.13) * (1.5 if tones.is_dark else 1.0)
        self.art.tints.append((box, blend(name, tones.page, share)))
        if is_chosen:
            self.art.frames.append((box.adjusted(-1.5, -0.5, 1.5, 0.5), QPen(QColor(name), 1.5)))

    def add_claim_part(self, piece: Piece, *, is_chosen: bool) -> None:
        """The chosen claim's parts strong, those of the others as a faint outline."""
        ink, style = self._ink, piece.mark.style
        if piece.is_gap or (ink.density is Density.CLEAN and not is_chosen):
            return
        name, is_content = ink.colour(style), style == "claim:content"
        pen = QPen(QColor(name) if is_chosen else blend(name, ink.tones.page, 0.5), 1.6 if is_chosen else 1.0)
        if style == "claim:cue":
            pen.setStyle(Qt.PenStyle.DashLine)
        for box in self._boxes(piece):
            if is_content and is_chosen:
                self.art.tints.insert(0, (box.adjusted(0, -2, 0, 2), blend(name, ink.tones.page, 0.18)))
            elif is_content:
                self._outline(box, piece, pen)
            else:
                self.art.frames.append((box.adjusted(-2.5, -0.5, 2.5, 2.5), pen))

    def add_suggestion(self, piece: Piece, *, is_at: bool) -> None:
        """Broken lines without a tint, so that nobody takes it for a mark; the one at hand strong, with its chip."""
        ink, mark = self._ink, piece.mark
        if piece.is_gap or (ink.density is Density.CLEAN and not is_at):
            return
        name = ink.colour(mark.style)
        pen = QPen(QColor(name) if is_at else blend(name, ink.tones.page, 0.7), 1.8 if is_at else 1.1)
        pen.setDashPattern([2.5, 2.5])
        found = self._boxes(piece)
        for box in found:
            if mark.style in {"claim:content", "zone"} and not is_at:
                # Only a line above: the content of a claim is long, and a frame around it would be a cage.
                self.art.frames.append((QRectF(box.left(), box.top() - 1, box.width(), 0.1), pen))
            else:
                self.art.frames.append((box.adjusted(-2, 0, 2, 2), pen))
        if is_at and found and mark.words and piece.is_first and piece.start >= self._line.textStart():
            self._requests.append(_Request(found[0].left(), found[0].top(), mark))

    def _outline(self, box: QRectF, piece: Piece, pen: QPen) -> None:
        """Corners where the content begins and ends: a whole frame on each line would be a cage."""
        size, place = 5.0, box.adjusted(-2, -1.5, 2, 1.5)
        begins = piece.start >= self._line.textStart()
        ends = piece.end <= self._line.textStart() + self._line.textLength()
        for is_there, x, inward in ((begins, place.left(), size), (ends, place.right(), -size)):
            if is_there:
                self.art.corners.append((x, place.top(), place.bottom(), inward, pen))

    def add_hit(self, piece: Piece) -> None:
        """What was searched for: a tint with a line around it; the one looked at strong, one left out faint."""
        ink, style = self._ink, piece.mark.style
        name, is_at, is_out = ink.tones.hit, ":at" in style, ":out" in style
        pen = QPen(blend(name, ink.tones.page, 0.6) if is_out else QColor(name), 2.2 if is_at else 1.2)
        pen.setStyle(Qt.PenStyle.DotLine if is_out else Qt.PenStyle.SolidLine)
        for box in self._boxes(piece):
            if not is_out:
                tint = blend(name, ink.tones.page, 0.42 if is_at else 0.24)
                self.art.tints.insert(0, (box.adjusted(-1, -1, 1, 1), tint))
            self.art.frames.append((box.adjusted(-1, -1, 1, 1), pen))

    def finished(self) -> LineArt:
        """The line's strokes, with the chips placed so that none covers another or a letter."""
        metrics, until = QFontMetricsF(self._ink.font), 0.0
        requests = sorted(self._requests, key=lambda request: request.left)
        for request, following in zip_longest(requests, requests[1:]):
            left = max(request.left, until)
            right = self._right if following is None else following.left - 3
            words = self._chip_words(request.mark, right - left, metrics)
            width = metrics.horizontalAdvance(words) + 6
            height = min(self._ink.rise - 1, metrics.height())
            place = QRectF(left, request.top - height - 0.5, width, height)
            is_strong = request.mark.id in self._ink.chosen
            self.art.chips.append(Chip(place, words, QColor(self._ink.colour(request.mark.style)), is_strong))
            until = place.right() + 2
        return self.art

    def _chip_words(self, mark: Mark, room: float, metrics: QFontMetricsF) -> str:
        unsure = "?" if mark.unsure else ""
        offered = [words + unsure for words in mark.words] or [unsure]
        return next((words for words in offered if metrics.horizontalAdvance(words) + 6 <= room), offered[-1])
