"""What one does with teammates: files out and in, comments, the history of records, corrections, changing places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QMainWindow

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

    desk: Desk
    window: QMainWindow
    view: ArticleView
    files: Files
    queue: QueuePanel
    inspector: InspectorPanel
    comments: CommentPanel
    controls: Callable[[], Any]

    def bring_in(self) -> None:
        """Asks for a teammate's file and shows what it would bring."""
        self.inspector.commit()
        Teamwork(self.desk, self.window).ask_bring_in()

    def hand_out(self) -> None:
        """Asks to whom articles are handed out, and writes a file for each."""
        self.inspector.commit()
        Teamwork(self.desk, self.window).ask_hand_out(self.queue.listed)

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
        from annotator.ui.records import show_corrections

        self.inspector.commit()
        show_corrections(self.desk, self.view, self.window)

    def switch_person(self) -> None:
        """Asks who works at this machine now; everything recorded from then on is signed by her."""
        self.inspector.commit()
        if self.files.ask_person():
            self.controls().reload()
