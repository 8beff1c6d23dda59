"""Paints what lies under and over the text: mentions, claims, search hits, zones, numbers, hidden characters.

What a line needs is worked out when it is first painted and kept until its block is touched.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout

from annotator.ui.article.art import LineArt, draw_chips, draw_corners, draw_frames, draw_lanes
from annotator.ui.article.boxes import runs_one_way
from annotator.ui.article.folds import Folds
from annotator.ui.article.hidden import hidden_signs
from annotator.ui.article.ink import LANES, Ink, LineComposer
from annotator.ui.article.lanes import LaneComposer, Lanes, draw_badges
from annotator.ui.article.marks import MarkIndex, Piece
from annotator.ui.article.offsets import OffsetMap
from annotator.ui.article.reading import Density
from annotator.ui.theme import blend

_MARGIN_ROOM = 22.0


class Decorations:
    """Paints one article's marks. Styles: labels, claim:content, hit, hit:at, zone:caption and their like."""

    def __init__(self) -> None:
        self.ink = Ink()
        self.folds = Folds()
        self.margin, self.right = 36.0, 0.0
        self.is_numbered = self.shows_hidden = False
        self.number_of: Callable[[int], int | None] = lambda _: None
        self._lines: dict[int, dict[int, LineArt]] = {}
        self.begin(OffsetMap(""))

    def begin(self, offsets: OffsetMap) -> None:
        """Another text, with nothing on it yet."""
        self.offsets = offsets
        self.mentions, self.claims, self.zones = MarkIndex(offsets), MarkIndex(offsets), MarkIndex(offsets)
        self.parts, self.hits = MarkIndex(offsets), MarkIndex(offsets)
        self.lanes: Lanes | None = None
        self.suggestions, self.suggestion_at = MarkIndex(offsets), ""
        self.chosen_claim = ""
        self.ink.chosen = frozenset()
        self.folds.clear()
        self._lines.clear()

    def forget(self, number: int | None = None) -> None:
        """The block, or every block, has to be worked out again."""
        if number is None:
            self._lines.clear()
        else:
            self._lines.pop(number, None)

    def extra(self, number: int) -> float:
        """Pixels that each line of a block needs below the usual, for underlines that lie one below the other."""
        if self.lanes is not None:
            return self.lanes.extra(number, self.ink)
        if self.ink.density is Density.CLEAN:
            return 0.0
        return max(0, self.mentions.lanes(number) - LANES) * self.ink.step

    def formats(self, number: int) -> list[QTextLayout.FormatRange]:
        """Zones are quieter than the body."""
        ranges = []
        for piece in self.zones.pieces(number):
            quiet = QTextLayout.FormatRange()
            quiet.start, quiet.length = piece.start, piece.end - piece.start
            quiet.format = QTextCharFormat()
            quiet.format.setForeground(QColor(self.ink.tones.quiet))
            ranges.append(quiet)
        return ranges

    def under(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """What lies behind the text."""
        for art in self._art(number, block, lines):
            for place, colour in art.tints:
                painter.fillRect(place, colour)

    def over(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """What lies on top; none of it covers a letter."""
        pen = painter.pen()
        for art in self._art(number, block, lines):
            draw_lanes(painter, art.lanes)
            draw_frames(painter, art.frames)
            draw_corners(painter, art.corners)
            draw_chips(painter, art.chips, self.ink.font, self.ink.tones.page)
            draw_chips(painter, art.signs, self.ink.font, self.ink.tones.page)
            draw_badges(painter, art.badges, self.ink.font, self.ink.tones.page)
        if lines.start == 0 and lines.stop > 0:
            self._draw_margin(painter, number, block)
        painter.setPen(pen)

    def _draw_margin(self, painter: QPainter, number: int, block: QTextLayout) -> None:
        """The number of the paragraph, or the kind of zone that begins here."""
        line, words = block.lineAt(0), ""
        shown = self.number_of(number) if self.is_numbered else None
        zone = next((p for p in self.zones.pieces(number, 0, 1) if p.is_first), None)
        if shown is not None:
            words = str(shown)
        painter.setFont(_plain(self.ink.font))
        painter.setPen(QColor(self.ink.tones.quiet))
        if words:
            place = QRectF(0, line.y(), self.margin - _MARGIN_ROOM, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if zone is not None and zone.mark.words:
            place = QRectF(self.right + 10, line.y(), 120, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, zone.mark.words[0])

    def draw_fold(self, painter: QPainter, number: int, height: float) -> None:
        """The line that stands for folded paragraphs."""
        words, pen = f"▸ {self.folds.words(number)}", painter.pen()
        painter.setFont(_plain(self.ink.font))
        painter.setPen(QColor(self.ink.tones.quiet))
        place = QRectF(self.margin, 0, self.right - self.margin, height)
        painter.fillRect(QRectF(place.left(), place.center().y(), place.width(), 1), self._faint())
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        sign = QRectF(place.left() + 12, place.top(), width, height)
        painter.fillRect(sign, QColor(self.ink.tones.page))
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, words)
        painter.setPen(pen)

    def _faint(self) -> QColor:
        return blend(self.ink.tones.quiet, self.ink.tones.page, 0.35)

    def _art(self, number: int, block: QTextLayout, lines: range) -> Iterator[LineArt]:
        known = self._lines.setdefault(number, {})
        for line in lines:
            art = known.get(line)
            if art is None:
                art = known[line] = self._line_art(number, block, line)
            yield art

    def _line_art(self, number: int, block: QTextLayout, index: int) -> LineArt:
        line = block.lineAt(index)
        start, end = line.textStart(), line.textStart() + line.textLength()
        base = self.offsets.paragraph_position(number)
        words = self.offsets.text[self.offsets.offset(base + start) : self.offsets.offset(base + end)]
        is_one_way = runs_one_way(words)
        composer = LineComposer(self.ink, line, self.right, is_one_way=is_one_way)

        def here(marks: MarkIndex) -> list[Piece]:
            return marks.pieces(number, start, end) if len(marks) else []

        for piece in here(self.mentions):
            if self.lanes is None:
                composer.add_mention(piece)
            else:
                composer.add_item(piece)
        for piece in here(self.claims):
            if not piece.mark.id.startswith(self.chosen_claim or "-"):
                composer.add_claim_part(piece, is_chosen=False)
        for piece in here(self.parts):
            composer.add_claim_part(piece, is_chosen=True)
        for piece in here(self.suggestions):
            composer.add_suggestion(piece, is_at=piece.mark.id.startswith(self.suggestion_at or "-"))
        for piece in here(self.hits):
            composer.add_hit(piece)
        art = composer.finished()
        if self.lanes is not None:
            lanes = LaneComposer(self.lanes, self.ink, line, is_one_way=is_one_way)
            lanes.add(art, here(self.lanes.marks), self.margin)
        if any(piece.mark.style == "claim:content" for piece in here(self.claims)):
            self._add_bar(art, line.y(), line.height())
        if self.shows_hidden:
            art.signs += hidden_signs(line, words, self.ink)
        return art

    def _add_bar(self, art: LineArt, top: float, height: float) -> None:
        if self.ink.density is not Density.CLEAN:
            bar = blend(self.ink.colour("claim:content"), self.ink.tones.page, 0.55)
            art.tints.append((QRectF(self.margin - 16, top, 3, height), bar))


def _plain(font: QFont) -> QFont:
    light = QFont(font)
    light.setWeight(QFont.Weight.Normal)
    return light
