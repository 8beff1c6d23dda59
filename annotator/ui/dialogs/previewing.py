"""What a file will become, read beside the window: a large file must not keep it from answering."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from annotator.services.documents import Preview, is_text, preview
from annotator.services.importing import About
from annotator.ui.jobs import Job, Jobs

_SHOWN = 6_000
_EACH = 700


class Previewer(QObject):
    """Reads one file at a time, the one wished last. found is sent with the preview, waiting when it takes a moment."""

    found = Signal(object)
    waiting = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs()
        self._next: Callable[[], Preview] | None = None
        self._is_over = False

    def read(self, path: Path, about: About, encoding: str, by_head: dict[tuple[str, ...], dict[str, str]]) -> None:
        """Reads a file's beginning: a text at once, anything else in the background."""
        heads = dict(by_head)
        if is_text(path):
            self._next = None
            self.found.emit(preview(path, about, encoding))
            return
        self._next = lambda: preview(path, about, encoding, heads)
        self.waiting.emit()
        self._begin()

    def stop(self) -> None:
        """Nothing is shown any more."""
        self._is_over, self._next = True, None

    def _begin(self) -> None:
        wanted = self._next
        if wanted is None or self._jobs.current is not None:
            return

        def steps() -> Iterator[tuple[int, int, Preview]]:
            yield 1, 1, wanted()

        def take(found: Preview) -> None:
            if self._next is wanted and not self._is_over:
                self._next = None
                self.found.emit(found)

        job: Job[Preview] = Job("Reading", steps, take)
        self._jobs.run(job)
        # After run, so that the jobs hear first that there is room again.
        job.ended.connect(self._on_ended)

    def _on_ended(self, error: str) -> None:
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
