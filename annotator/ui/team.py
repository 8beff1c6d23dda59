"""What one does with teammates: files out and in, comments, the history of records, corrections, changing places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QMainWindow, QWidget

from annotator.domain.ids import ArticleId
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.files import Files
from annotator.ui.panels.comments import CommentPanel
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.panels.queue import QueuePanel
from annotator.ui.teamwork import Teamwork


@dataclass(frozen=True, slots=True)
class Team:
    """Saves what is being typed before each of them."""

    window: QMainWindow
    lend_keys: Callable[[QWidget], None]
    view: ArticleView
    files: Files
    queue: QueuePanel
    inspector: InspectorPanel
    comments: CommentPanel
    controls: Callable[[], Any]

    @property
    def desk(self) -> Desk:
        """What every part of the window is handed."""
        return self.controls().desk  # type: ignore[no-any-return]

    def open_agreement(self) -> None:
        """How well people agree, made when it is first wanted."""
        if self._is_blind():
            return
        from annotator.ui.agreement_window import AgreementWindow

        self.inspector.commit()
        window = self.window.findChild(AgreementWindow)
        if window is None:
            window = AgreementWindow(self.desk, self._show_article, self.window)
            self.lend_keys(window)
        window.open_now()

    def _is_blind(self) -> bool:
        """Whether names must not be shown now; says so."""
        if self.desk.names.are_hidden:
            self.desk.notices.refused.emit(
                "A blind review is under way, and this would show names. Switch Blind off first."
            )
        return self.desk.names.are_hidden

    def _show_article(self, article: str) -> None:
        self.desk.focus.show_article(ArticleId(article))
        self.view.setFocus()
        self.window.activateWindow()

    def bring_in(self) -> None:
        """Asks for a teammate's file and shows what it would bring."""
        self.inspector.commit()
        Teamwork(self.desk, self.window).ask_bring_in()

    def hand_out(self) -> None:
        """Asks to whom articles are handed out, and writes a file for each."""
        self.inspector.commit()
        Teamwork(self.desk, self.window).ask_hand_out(self.queue.listed)

    def carry_over(self) -> None:
        """Carries annotations over to the article that is shown from another version of its text."""
        from annotator.ui.carrying import carry_over

        self.inspector.commit()
        carry_over(self.desk, self.window)

    def comment(self) -> None:
        """Brings the comments to the front, ready for a new one on what is chosen."""
        self.inspector.commit()
        self.controls().show_panel("comments")
        self.comments.begin()

    def show_history(self) -> None:
        """Shows who did what to the record that was chosen last."""
        from annotator.ui.records import show_history

        self.inspector.commit()
        show_history(self.desk, self.window)

    def show_corrections(self) -> None:
        """Shows where the agreed result differs from what one recorded."""
        if self._is_blind():
            return
        from annotator.ui.records import show_corrections

        self.inspector.commit()
        show_corrections(self.desk, self.view, self.window)

    def switch_person(self) -> None:
        """Asks who works at this machine now; everything recorded from then on is signed by her."""
        self.inspector.commit()
        if self.files.ask_person():
            self.controls().reload()
