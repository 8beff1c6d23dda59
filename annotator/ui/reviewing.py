"""The review mode as the window knows it; all that it consists of is imported when it is first wanted."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from annotator.domain.claims import Claim
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.ui.article.page import ArticlePage
from annotator.ui.desk import Desk


class Reviewing(QObject):
    """Switches the mode on and off. add_dock makes room for its panel; following answers the next article to review.

    mode_changed is sent when other keys count; mention_wanted and claim_wanted with an agreed record to be edited.
    """

    mode_changed = Signal()
    mention_wanted = Signal(object)
    claim_wanted = Signal(object)

    def __init__(
        self,
        desk: Desk,
        page: ArticlePage,
        add_dock: Callable[[QWidget, Iterable[QWidget]], QDockWidget],
        following: Callable[[], ArticleId | None],
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._add_dock, self._following = desk, page, add_dock, following
        self._session: Any = None  # its type is imported later too

    @property
    def is_on(self) -> bool:
        """Whether the window compares instead of marking."""
        return self._session is not None and self._session.is_on

    @property
    def deciding(self) -> Any:
        """What decides on the current item; only while the mode is on."""
        return self._session.deciding

    def toggle(self) -> None:
        """Compares what teammates marked, or goes back to marking."""
        if self.is_on:
            self._session.end()
        else:
            self._make().begin()
        self.mode_changed.emit()
        self._page.view.setFocus()

    def _make(self) -> Any:
        if self._session is None:
            from annotator.ui.review.session import Session

            self._session = Session(self._desk, self._page, self._add_dock)
            self._session.deciding.result_wanted.connect(self._edit)
            self._session.people.changed.connect(self.mode_changed)  # other digits take a version
            self._session.bar.blind_wanted.connect(self.toggle_blind)
        return self._session

    def has_number(self, number: int) -> bool:
        """Whether the digit takes somebody's version."""
        return self.is_on and self._session.people.with_number(number) is not None

    def step(self, *, forward: bool) -> None:
        """Goes to the next or previous open item of the list."""
        self._session.step(forward=forward)

    def settle(self) -> None:
        """The article is reviewed; shows the next one."""
        self._session.deciding.settle(self._following)

    def ask_reason(self) -> None:
        """Asks why."""
        self._session.ask_reason()

    def write_note(self) -> None:
        """Puts the keyboard into the note to the decision."""
        self._session.write_note()

    def toggle_blind(self) -> None:
        """Hides names or shows them."""
        self._session.toggle_blind()

    def ask_sample(self) -> None:
        """Asks how many records of each person and label to look at."""
        from annotator.ui.dialogs.questions import ask_words

        now = self._session.items.filter.sample
        words = ask_words(
            self._page, "Only some at random", "How many of each person and label? 0 lists all.", f"{now or 5}"
        )
        if words is None:
            return
        if not words.strip().isdecimal() or len(words.strip()) > 6:
            self._desk.notices.refused.emit(f"“{words}” is no number of records.")
            return
        self._session.show_sample(int(words))

    def go_to_list(self) -> None:
        """Puts the keyboard on the list of items; begins a review where none is under way."""
        if not self.is_on:
            self.toggle()
        self._session.go_to_list()

    def _edit(self, record: object) -> None:
        if isinstance(record, Mention):
            self.mention_wanted.emit(record)
        elif isinstance(record, Claim):
            self.claim_wanted.emit(record.id)
