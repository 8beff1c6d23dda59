"""Proposing in a process of its own, so that the window never waits for the interpreter, and can end at any time."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import AS_USUAL, Wishes
from annotator.errors import FormatError, WorkStopped
from annotator.services.proposing import Batch, Known, Suggester
from annotator.services.workers import NICER, Worker

_WAITING = 2
"""Steps for each helper that are being looked at or wait for it: memory does not grow with the project."""


class SuggesterApart(Suggester):
    """A suggester whose looking is done by another process, which is started for the first article and kept.

    nicer is by how much that steps back where others want the same core.
    """

    def __init__(self, schema: Schema, wishes: Wishes = AS_USUAL, nicer: int = NICER) -> None:
        super().__init__(schema, wishes)
        self._project: Path | None = None
        self._names = ""
        self._worker = Worker("suggesting", nicer=nicer)
        self._is_closed = False

    def learn_names(self, project: Path, names: str) -> Known:
        """Has the other process read them when it looks next."""
        self._project, self._names = project, names
        return Known(names, (), {})

    def model(self, language: str, *, parses: bool = False) -> str:
        """The name and version of the pipeline for a language, as it says of itself; empty when none is installed."""
        del parses
        return self._said(language)

    def look_at(
        self, articles: Sequence[tuple[Article, str]], versions: Mapping[ArticleId, Mapping[str, str]]
    ) -> Batch:
        """The same, from the other process. Raises FormatError when that ends before it has answered."""
        assert self._project is not None, "names are learnt first"
        if self._is_closed:
            raise FormatError("The window is being closed.")
        try:
            found: Batch = self._worker.ask(
                _look, self.schema, self.wishes, self._project, self._names, articles, versions
            )
        except WorkStopped as error:
            raise FormatError(
                f"Looking for suggestions was stopped: {error}. What was found is kept; it is begun again when needed."
            ) from error
        return found

    def close(self) -> None:
        """Ends the other process at once, whatever it does."""
        self._is_closed = True
        self._worker.end()


Step = tuple[Sequence[tuple[Article, str]], Mapping[ArticleId, Mapping[str, str]]]
"""What look_at is asked."""


def shared_out(helpers: Sequence[SuggesterApart], steps: Iterable[Step]) -> Iterator[tuple[Step, Batch]]:
    """Each step with what was found, in their order; so many at once as there are helpers, and none of them waits.

    The helpers are closed afterwards, and at once when the rest is not wanted any more. Raises as look_at does.
    """
    free = SimpleQueue[SuggesterApart]()
    for helper in helpers:
        free.put(helper)

    def look(step: Step) -> Batch:
        helper = free.get()
        try:
            return helper.look_at(*step)
        finally:
            free.put(helper)

    waiting = deque[tuple[Step, Future[Batch]]]()
    with ThreadPoolExecutor(len(helpers)) as threads:
        try:
            for step in steps:
                waiting.append((step, threads.submit(look, step)))
                if len(waiting) > _WAITING * len(helpers):
                    first, found = waiting.popleft()
                    yield first, found.result()
            for step, found in waiting:
                yield step, found.result()
        finally:
            for _, found in waiting:
                found.cancel()
            for helper in helpers:
                helper.close()


@lru_cache(1)
def _suggester() -> Suggester:
    return Suggester(Schema("", (), (), ()))


def _look(
    schema: Schema,
    wishes: Wishes,
    project: Path,
    names: str,
    articles: Sequence[tuple[Article, str]],
    versions: Mapping[ArticleId, Mapping[str, str]],
) -> Batch:
    """What the other process does; pipelines, names and lists stay loaded between calls."""
    suggester = _suggester()
    suggester.schema, suggester.wishes = schema, wishes
    suggester.learn_names(project, names)
    return suggester.look_at(articles, versions)
