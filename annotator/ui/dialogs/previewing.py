"""What a file will become, read beside the window: a large file must not keep it from answering."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.services.documents import Preview, previews
from annotator.services.importing import About
from annotator.ui.jobs import Job, Jobs

_SHOWN = 6_000
_EACH = 700
_SOON = 150
"""Milliseconds."""


class Previewer(QObject):
    """Reads one file at a time, the one wished last.

    waiting is sent when it begins, slow when it takes a moment, found with the preview.
    """

    found = Signal(object)
    waiting = Signal()
    slow = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs()
        self._next: Callable[[], Iterator[tuple[int, int, Preview | None]]] | None = None
        self._job: Job[Preview] | None = None
        self._reads: object = None
        self._is_over = False
        # A file that is read in no time should not flicker; one that takes its time must not hold up the next.
        self._pause = QTimer(self, singleShot=True, interval=_SOON)
        self._pause.timeout.connect(self._on_pause)

    def read(self, path: Path, about: About, encoding: str, by_head: dict[tuple[str, ...], dict[str, str]]) -> None:
        """Reads a file's beginning in the background."""
        heads = dict(by_head)
        self._next = lambda: previews(path, about, encoding, heads)
        self.waiting.emit()
        self._pause.start()
        self._begin()

    def stop(self) -> None:
        """Nothing is shown any more."""
        self._is_over, self._next = True, None
        self._pause.stop()
        if self._job is not None:
            self._job.cancel()

    def _on_pause(self) -> None:
        if self._next is None:
            return
        self.slow.emit()
        if self._job is not None and self._reads is not self._next:
            self._job.cancel()

    def _begin(self) -> None:
        wanted = self._next
        if wanted is None or self._jobs.current is not None:
            return

        def take(found: Preview) -> None:
            if self._next is wanted and not self._is_over:
                self._next = None
                self.found.emit(found)

        job: Job[Preview] = Job("Reading", wanted, take)
        self._job, self._reads = job, wanted
        self._jobs.run(job)
        # After run, so that the jobs hear first that there is room again.
        job.ended.connect(self._on_ended)

    def _on_ended(self, error: str) -> None:
        self._job = None
        if error and self._next is not None:
            self._next = None
            self.found.emit(Preview(fault=error))
        self._begin()


def words_of(shown: Preview) -> str:
    """The text of the first article, or the beginnings of several with their titles."""
    if len(shown.articles) == 1:
        return shown.articles[0].text[:_SHOWN]
    parts = []
    for article in shown.articles:
        said = [article.title, *filter(None, (article.byline, article.published, article.publisher))]
        more = " …" if len(article.text) > _EACH else ""
        parts.append(f"{' · '.join(said)}\n\n{article.text[:_EACH]}{more}")
    return f"\n\n{'─' * 24}\n\n".join(parts)


def said_of(shown: Preview) -> str:
    """What the file says about its one article, in a line."""
    if len(shown.articles) != 1 or shown.is_text:
        return ""
    (article,) = shown.articles
    said = (article.title, article.byline, article.published or "no date", article.publisher, article.language)
    return " · ".join(filter(None, said))
