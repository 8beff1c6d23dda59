"""A review while it is on: the people, the items, what draws them, the bar and the panel, put together."""

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QDockWidget, QWidget

from annotator.domain.decisions import REASONS
from annotator.domain.ids import AnnotatorId
from annotator.ui.article.asking import make_finder
from annotator.ui.article.page import ArticlePage
from annotator.ui.desk import Desk
from annotator.ui.review.bar import ReviewBar
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.drawing import Drawing
from annotator.ui.review.items import EVERYTHING, Items
from annotator.ui.review.panel import ReviewPanel
from annotator.ui.review.people import People
from annotator.ui.widgets.finder import Offer

AddDock = Callable[[QWidget, Iterable[QWidget]], QDockWidget]


class Session(QObject):
    """Made when a review is first wanted, and kept: going on later is quick."""

    def __init__(self, desk: Desk, page: ArticlePage, add_dock: AddDock) -> None:
        super().__init__(page)  # Qt's, so that the theme, which outlives the window, stops telling it when that closes
        self._desk, self._page, self._view = desk, page, page.view
        self.people = People(desk)
        self.items = Items(desk, self.people)
        self.deciding = Deciding(desk, self.items, self.people)
        self._drawing = Drawing(desk, page.view, self.people, self.items)
        self.bar = ReviewBar(desk, self.people, self.items)
        self.panel = ReviewPanel(desk, self.people, self.items, self.deciding)
        self.dock = add_dock(self.panel, (self.panel.list, self.panel.versions))
        page.put_above(self.bar)
        self.bar.compare_wanted.connect(self.compare)
        self.items.current_changed.connect(self._show_current)
        self._view.clicked.connect(self._choose_at)
        self.panel.note.returnPressed.connect(self._view.setFocus)
        desk.contents.edited.connect(self._on_edited)
        desk.theme.changed.connect(self._take_theme)
        self.is_on = False

    def begin(self) -> None:
        """Shows lanes, bar and panel."""
        self.is_on = True
        self._desk.focus.clear()
        self._page.stand_in(self._drawing)
        self.bar.show()
        self.dock.show()
        self.dock.raise_()
        words = "A digit takes a version, 0 none, E edits a new one, A accepts what is alike; {} ends the review."
        if not self.items.all:
            words = "Nobody has marked anything in this article yet; {} ends the review."
        self._desk.notices.said.emit(words.format(self._desk.keys.name("review")))

    def end(self) -> None:
        """Shows the usual marks and names again."""
        self.is_on = False
        self.bar.hide()
        self.dock.hide()
        self._desk.names.hide(None)
        self._page.stand_in(None)

    def compare(self, wanted: Collection[AnnotatorId]) -> None:
        """Compares others."""
        self.people.compare(wanted)
        self._again()

    def toggle_blind(self) -> None:
        """Hides names, or shows them again; the numbers become others."""
        self._desk.settings.blind = not self._desk.settings.blind
        self.people.begin()
        self._again()

    def _again(self) -> None:
        self.items.read()
        self._drawing.draw()
        self.items.go_on(self.items.current or 0)

    def show_sample(self, count: int) -> None:
        """Lists only so many of each person's records under each label, drawn at random; 0 lists all again."""
        self.items.show(sample=count, kind=EVERYTHING if count else self.items.filter.kind)
        self.items.go_on(0)

    def step(self, *, forward: bool) -> None:
        """Goes to another open item of the list."""
        if not self.items.step(forward=forward):
            self._desk.notices.refused.emit("No other item of the list is open.")

    def ask_reason(self) -> None:
        """Asks why something was decided, or will be, by a digit."""
        subject, _, _ = self.deciding.subject
        if not subject:
            self._desk.notices.refused.emit("Choose an item first, or decide on one.")
            return
        offers = [Offer(reason, reason.capitalize()) for reason in REASONS]

        def search(words: str) -> list[Offer]:
            return [offer for offer in offers if words.casefold() in offer.key]

        finder = make_finder(self._view)
        finder.taken.connect(lambda reason: self.deciding.explain(reason=reason))
        item = self.items.item
        place = self._view.point_below(item.hull) if item else self._view.mapToGlobal(QPoint(40, 40))
        finder.ask(f"Why, for {subject}?", "", search, place, can_make=False, has_digits=True)

    def write_note(self) -> None:
        """Puts the keyboard into the note to a decision."""
        if self.panel.note.isEnabled():
            self.dock.show()
            self.panel.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to_list(self) -> None:
        """Puts the keyboard on the list."""
        self.dock.show()
        self.dock.raise_()
        self.panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_current(self) -> None:
        """The words of the current item come into sight; nothing of them is chosen for editing."""
        item = self.items.item
        if item is None or not self.is_on:
            return
        self._desk.focus.clear()
        self._view.put_caret(item.hull.start)
        self._view.reveal(item.hull)
        self._desk.notices.said.emit(f"{self.panel.spoken(item)}.")

    def _choose_at(self, offset: int) -> None:
        if self.is_on:
            place = self.items.place_of(self._drawing.item_at(offset))
            if place is not None:
                self.items.choose(place)

    def _on_edited(self, edit: object) -> None:
        if self.is_on:
            self.deciding.follow(edit)  # type: ignore[arg-type]  # signals carry objects

    def _take_theme(self) -> None:
        if self.is_on:
            self._drawing.draw()
            self.bar.show_people()
