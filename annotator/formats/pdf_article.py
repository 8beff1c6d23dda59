"""One article as a document of Qt: its text with the marks, who and where, the claims, a map."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTableFormat,
)
from PySide6.QtSvg import QSvgRenderer

from annotator.domain.accounts import account_of, outer_claims
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.links import Link
from annotator.formats.html_claims import Numbered, choices_of, facts_of, numbered, speakers_of
from annotator.formats.html_map import Ring, map_of
from annotator.formats.html_text import Piece, chip_of, paragraphs, segments
from annotator.formats.report_parts import (
    MOST_QUOTES,
    Look,
    facts_of_article,
    facts_of_entity,
    other_names,
    parts_in,
)

_INK, _QUIET = QColor("#111111"), QColor("#5d6570")
_LINES = {
    "solid": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "double": QTextCharFormat.UnderlineStyle.DashDotLine,
    "dashed": QTextCharFormat.UnderlineStyle.DashUnderline,
    "dotted": QTextCharFormat.UnderlineStyle.DotLine,
    "wavy": QTextCharFormat.UnderlineStyle.WaveUnderline,
}
_MAP_STYLES = {
    "land": 'fill="#e9e5db" stroke="#a9a69d" stroke-width="0.9" fill-rule="evenodd"',
    "grid": 'stroke="#cccccc" stroke-width="0.6" fill="none"',
    "degrees": 'fill="#5d6570" font-size="10" font-family="sans-serif"',
    "name": 'fill="#111111" font-size="12" font-family="sans-serif"',
}
_MAP, _MAP_WIDTH, _MAP_SHOWN = "map", 1600, 100.0
"""A map's picture: its name, its width in pixels, and in millimetres on the page."""


def article_document(
    annotated: AnnotatedArticle,
    look: Look,
    links: Mapping[str, Sequence[Link]],
    land: Sequence[Ring],
    credit: str,
    resolution: int,
) -> QTextDocument:
    """The document, to be laid out for pages of this resolution in dots per inch."""
    return _Article(annotated, look, resolution).whole(links, land, credit)


class _Article:
    def __init__(self, annotated: AnnotatedArticle, look: Look, resolution: int) -> None:
        self._annotated, self._look, self._dots = annotated, look, resolution
        self._colours = {style: QColor(light) for style, (light, _) in look.colours().items()}
        self._colours["zone"] = _QUIET
        self._document = QTextDocument()
        self._document.setUndoRedoEnabled(False)
        device = QImage(1, 1, QImage.Format.Format_RGB32)
        device.setDotsPerMeterX(round(resolution / 0.0254))
        device.setDotsPerMeterY(round(resolution / 0.0254))
        self._document.documentLayout().setPaintDevice(device)
        self._device = device
        font = QFont("serif")
        font.setStyleHint(QFont.StyleHint.Serif)
        font.setPointSizeF(10.5)
        self._document.setDefaultFont(font)
        self._document.setDocumentMargin(0)
        self._cursor = QTextCursor(self._document)
        self._is_empty = True

    def whole(self, links: Mapping[str, Sequence[Link]], land: Sequence[Ring], credit: str) -> QTextDocument:
        """All parts, one after the other."""
        claims = numbered(self._annotated.claims)
        self._head()
        self._legend()
        for line, pieces in paragraphs(self._annotated.text, self._look.inks(self._annotated, claims)):
            self._block(after=5, height=125)
            for span, holding in segments(line, pieces):
                self._segment(span.cut(self._annotated.text), span.start, holding)
        self._claims(claims, links)
        self._named()
        self._map(land, credit)
        return self._document

    # Small parts

    @staticmethod
    def _mm(millimetres: float) -> float:
        # Qt takes lengths in 96ths of an inch, whatever device it lays out for.
        return millimetres / 25.4 * 96

    @staticmethod
    def _points(points: float) -> float:
        return points / 72 * 96

    def _block(self, *, before: float = 0, after: float = 0, height: int = 0, indent: float = 0) -> None:
        """A new paragraph; spaces in points, indent in millimetres, height in percent of the line."""
        layout = QTextBlockFormat()
        layout.setTopMargin(self._points(before))
        layout.setBottomMargin(self._points(after))
        # Unlike the others this one is taken in dots of the device.
        layout.setLeftMargin(indent / 25.4 * self._dots)
        if height:
            layout.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._is_empty:
            self._cursor.setBlockFormat(layout)
            self._is_empty = False
        else:
            self._cursor.insertBlock(layout, QTextCharFormat())

    def _format(
        self, size: float = 0, colour: QColor = _INK, *, bold: bool = False, sans: bool = True
    ) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(colour)
        if sans:
            form.setFontFamilies(["sans-serif"])
            form.setFontStyleHint(QFont.StyleHint.SansSerif)
        if size:
            form.setFontPointSize(size)
        if bold:
            form.setFontWeight(QFont.Weight.DemiBold)
        return form

    def _say(self, words: str, form: QTextCharFormat) -> None:
        self._cursor.insertText(words.replace("\u2029", " ").replace("\n", " "), form)

    def _title(self, words: str) -> None:
        self._block(before=14, after=4)
        self._say(words, self._format(9, _QUIET, bold=True))

    # The parts of the page

    def _head(self) -> None:
        article = self._annotated.article
        facts = [*facts_of_article(article), *([article.url] if article.url else [])]
        if facts:
            self._block(after=2)
            self._say(" · ".join(facts), self._format(8.5, _QUIET))
        self._block(after=6)
        self._say(article.title, self._format(17, bold=True, sans=False))

    def _legend(self) -> None:
        entries = self._look.counts(self._annotated)
        parts = parts_in(self._annotated)
        if not entries and not self._annotated.claims:
            return
        self._block(after=9)
        for label, count in entries:
            style, shape = self._look.style(label)
            self._chip(self._look.letter(label), style)
            form = self._marked(self._format(8.5), style, shape)
            self._say(self._look.schema.label(label).name, form)
            self._say(f" {count}     ", self._format(8.5, _QUIET))
        if self._annotated.claims:
            self._chip("1", "c-content")
            form = self._format(8.5)
            form.setBackground(_tint(self._colours["c-content"], 0.14))
            self._say("Claim", form)
            self._say(f" {len(self._annotated.claims)}     ", self._format(8.5, _QUIET))
            for part in sorted(parts):
                self._say(f"{part.capitalize()}     ", self._format(8.5, self._colours[f"c-{part}"], bold=True))

    def _marked(self, form: QTextCharFormat, style: str, shape: str) -> QTextCharFormat:
        form.setUnderlineStyle(_LINES[shape])
        form.setUnderlineColor(self._colours[style])
        form.setBackground(_tint(self._colours[style], 0.12))
        return form

    def _chip(self, letters: str, style: str) -> None:
        form = self._format(9.5, self._colours[style], bold=True)
        form.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        # A word stands apart from what it is about, a letter sticks to it.
        self._say(f"{letters}\u202f" if len(letters) > 5 else f"{letters}\u2060", form)

    def _segment(self, words: str, start: int, holding: Sequence[Piece]) -> None:
        for piece in holding:
            if piece.number and piece.span.start == start and (letters := chip_of(piece)):
                self._chip(letters, piece.ink.style)
        form = self._format(sans=False)
        for piece in holding:  # outer ones first, so that inner ones have the last word
            ink, colour = piece.ink, self._colours[piece.ink.style]
            if not piece.number:
                continue
            if ink.shape == "zoned":
                form.setForeground(_QUIET)
            elif ink.shape == "said":
                form.setBackground(_tint(colour, 0.10))
            elif ink.shape == "part":
                form.setForeground(colour)
                form.setFontWeight(QFont.Weight.DemiBold)
            else:
                self._marked(form, ink.style, ink.shape.removeprefix("mark "))
        self._say(words, form)

    def _claims(self, claims: Sequence[Numbered], links: Mapping[str, Sequence[Link]]) -> None:
        if not claims:
            return
        self._title("WHO SAYS WHAT")
        by_id = {one.claim.id: one.claim for one in claims}
        numbers: dict[str, int] = {one.claim.id: one.number for one in claims}
        for one in claims:
            indent = 6.0 * min(one.depth, 6)
            account = account_of(
                one.claim, outer_claims(one.claim, by_id.get), self._annotated.article, self._look.entities
            )
            *passing, speaker = speakers_of(account)
            self._block(before=6, indent=indent)
            self._say(f"{one.number}  ", self._format(9, self._colours["c-content"], bold=True))
            self._say("".join(f"{step} → " for step in passing), self._format(9, _QUIET))
            self._say(speaker, self._format(9, bold=True))
            if choices := choices_of(one.claim):
                self._say(f"   {' · '.join(choices)}", self._format(8.5, _QUIET))
            self._block(indent=indent + 4)
            self._say(one.claim.quote, self._format(sans=False))
            if one.claim.wording:
                self._block(indent=indent + 4)
                self._say(one.claim.wording, self._format(9, _QUIET))
            for term, said in facts_of(account, links.get(one.claim.id, ()), numbers, self._look.symmetric):
                self._block(indent=indent + 4)
                self._say(f"{term}: ", self._format(8.5, _QUIET))
                self._say(_plain(said), self._format(8.5))

    def _named(self) -> None:
        found = list(self._look.named(self._annotated))
        if not found:
            return
        self._title("WHO AND WHERE")
        layout = QTextTableFormat()
        layout.setBorder(0)
        layout.setCellPadding(self._points(2))
        layout.setCellSpacing(0)
        layout.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        layout.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.PercentageLength, share) for share in (30, 62, 8)]
        )
        layout.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        table = self._cursor.insertTable(len(found), 3, layout)
        for row, (entity, quotes) in enumerate(found):
            cells = (entity.name, _known(entity, quotes), f"{quotes.total()}")
            for column, words in enumerate(cells):
                form = self._format(8.5, _INK if column != 1 else _QUIET, bold=column == 0)
                cursor = table.cellAt(row, column).firstCursorPosition()
                if column == 2:
                    right = QTextBlockFormat()
                    right.setAlignment(Qt.AlignmentFlag.AlignRight)
                    cursor.setBlockFormat(right)
                cursor.insertText(words, form)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _map(self, land: Sequence[Ring], credit: str) -> None:
        pins, nowhere = self._look.places(self._annotated)
        if not pins:
            return
        self._title("MAP")
        self._block()
        colour = self._colours[self._look.place_style()].name()
        svg = map_of(pins, land).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        for style, attributes in _MAP_STYLES.items():
            svg = svg.replace(f'class="{style}"', attributes)
        svg = svg.replace('class="dot"', f'fill="{colour}" fill-opacity="0.3" stroke="{colour}" stroke-width="1.6"')
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        size = renderer.defaultSize()
        image = QImage(
            _MAP_WIDTH, max(1, _MAP_WIDTH * size.height() // max(1, size.width())), QImage.Format.Format_RGB32
        )
        image.fill(QColor("#f9fafb"))
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        self._document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(_MAP), image)
        shown = QTextImageFormat()
        shown.setName(_MAP)
        shown.setWidth(self._mm(_MAP_SHOWN))
        shown.setHeight(self._mm(_MAP_SHOWN) * image.height() / image.width())
        self._cursor.insertImage(shown)
        notes = [f"Without coordinates: {', '.join(nowhere)}." if nowhere else "", credit]
        if caption := " ".join(note for note in notes if note):
            self._block(before=2)
            self._say(caption, self._format(8, _QUIET))


def _known(entity: Entity, quotes: Counter[str]) -> str:
    facts = " · ".join(facts_of_entity(entity))
    others = [f"“{quote}”" for quote in other_names(entity, quotes)]
    named = ", ".join(others[:MOST_QUOTES]) + (" …" if len(others) > MOST_QUOTES else "")
    ids = " · ".join(map(str, entity.ids))
    return "   ".join(part for part in (facts, named, ids) if part)


def _tint(colour: QColor, share: float) -> QColor:
    """The colour as it looks on white when it is this transparent."""
    return QColor(*(round(255 - (255 - part) * share) for part in (colour.red(), colour.green(), colour.blue())))


def _plain(html: str) -> str:
    """The words of a fact that was written as HTML."""
    from html import unescape
    from re import sub

    return unescape(sub(r"<[^>]*>", "", html))
