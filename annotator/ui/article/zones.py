"""Zones on the page: marking paragraphs as captions and the like, drawing them quieter, folding them away."""

from PySide6.QtCore import QObject

from annotator.domain.edits import Edit
from annotator.domain.ids import ZoneId
from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.editing import zoning
from annotator.ui.article.asking import make_finder
from annotator.ui.article.folds import Fold
from annotator.ui.article.marks import Mark
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.widgets.finder import Offer

_BODY = "body"
_ALWAYS_READ = frozenset({"headline", "summary"})
"""Zones that are never folded: they are short, and what is said there is said."""


class Zones(QObject):
    """Keeps the view's zones in step with the contents. are_folded is remembered in the settings."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._opened: set[ZoneId] = set()
        desk.contents.shown.connect(self._on_shown)
        desk.contents.edited.connect(self._on_edited)
        desk.contents.whose_changed.connect(self._show)
        view.caret_moved.connect(self._open_at_caret)
        view.fold_clicked.connect(self._open_paragraph)
        self._on_shown()

    @property
    def are_folded(self) -> bool:
        """Whether zones are folded away."""
        return self._desk.settings.folds

    def ask(self) -> None:
        """Asks what the paragraphs of the selection, or the caret's, are."""
        article = self._desk.focus.article
        if article is None:
            return
        span = self._paragraphs()
        keys = [_BODY, *(kind.key for kind in self._desk.schema.zone_kinds)]

        def search(words: str) -> list[Offer]:
            return [Offer(key, key.capitalize()) for key in keys[1:] + keys[:1] if words.casefold() in key]

        def take(key: str) -> None:
            if key == _BODY:
                self._desk.do(zoning.mark_body, article, span)
            else:
                self._desk.do(zoning.mark_zone, article, span, key)

        finder = make_finder(self._view)
        finder.taken.connect(take)
        count = self._view.offsets.paragraph_at(span.end) - self._view.offsets.paragraph_at(span.start) + 1
        what = "this paragraph" if count == 1 else f"these {count} paragraphs"
        finder.ask(f"What is {what}?", "", search, self._view.point_below(span), can_make=False, has_digits=True)

    def _paragraphs(self) -> Span:
        """The whole paragraphs that are selected, or the one with the caret."""
        offsets, selection = self._view.offsets, self._view.selection()
        caret = self._view.caret
        first = offsets.paragraph_at(selection.start if selection else caret)
        last = offsets.paragraph_at(selection.end - 1 if selection else caret)
        start, end = offsets.paragraph(first)[0], offsets.paragraph(last)[1]
        return Span(start, max(end, start + 1))

    def toggle(self) -> None:
        """Folds zones away, or shows them again."""
        self._desk.settings.folds = not self.are_folded
        self._opened.clear()
        self._fold()
        if self.are_folded and not any(self._is_foldable(zone) for zone in self._desk.contents.zones()):
            self._desk.notices.said.emit("Zones are folded from now on; this article has none yet (Z marks one).")

    def _on_shown(self) -> None:
        self._opened.clear()
        self._show()

    def _on_edited(self, edit: Edit) -> None:
        if any(isinstance(change.record, Zone) for change in edit.changes):
            self._show()

    def _show(self) -> None:
        zones = self._desk.contents.zones()
        marks = [Mark(zone.id, (zone.span,), f"zone:{zone.kind}", (zone.kind,)) for zone in zones]
        self._view.board.show_zones(marks)
        self._fold()

    def _fold(self) -> None:
        folded = (zone for zone in self._desk.contents.zones() if self._is_foldable(zone))
        self._view.board.fold([self._fold_of(zone) for zone in folded] if self.are_folded else [])

    def _is_foldable(self, zone: Zone) -> bool:
        return zone.kind not in _ALWAYS_READ and zone.id not in self._opened

    def _fold_of(self, zone: Zone) -> Fold:
        paragraph_at = self._view.offsets.paragraph_at
        first, last = paragraph_at(zone.span.start), paragraph_at(zone.span.end - 1)
        count = last - first + 1
        return Fold(first, last, f"{zone.kind}, {count} paragraph{'s' if count > 1 else ''}")

    def _open_at_caret(self) -> None:
        """Whoever goes into a fold, by searching or by a jump, wants to see it."""
        if self.are_folded and not self._view.is_pressed:
            self._open_paragraph(self._view.offsets.paragraph_at(self._view.caret))

    def _open_paragraph(self, number: int) -> None:
        if self._view.decorations.folds.at(number) is None:
            return
        offsets = self._view.offsets
        for zone in self._desk.contents.zones():
            if offsets.paragraph_at(zone.span.start) <= number <= offsets.paragraph_at(zone.span.end - 1):
                self._opened.add(zone.id)
        self._fold()
