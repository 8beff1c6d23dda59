"""Proposing in a process of its own, so that the window never waits for the interpreter, and can end at any time."""

import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import lru_cache
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import AS_USUAL, Wishes
from annotator.errors import FormatError
from annotator.services.proposing import Batch, Known, Suggester

_NICER = 10
"""By how much the other process steps back where both want the same core."""


class SuggesterApart(Suggester):
    """A suggester whose looking is done by another process, which is started for the first article and kept."""

    def __init__(self, schema: Schema, wishes: Wishes = AS_USUAL) -> None:
        super().__init__(schema, wishes)
        self._project: Path | None = None
        self._names = ""
        self._pool: ProcessPoolExecutor | None = None
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
        self,
        articles: Sequence[tuple[Article, str]],
        versions: Mapping[ArticleId, Mapping[str, str]],
        processes: int = 1,
    ) -> Batch:
        """The same, from the other process. Raises FormatError when that ends before it has answered."""
        del processes
        assert self._project is not None, "names are learnt first"
        if self._is_closed:
            raise FormatError("The window is being closed.")
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), initializer=step_back)
        try:
            return self._pool.submit(
                _look, self.schema, self.wishes, self._project, self._names, articles, versions
            ).result()
        except BrokenProcessPool as error:
            self._pool = None
            raise FormatError(
                "The process that looks for suggestions has ended, perhaps for want of memory. What it had found is "
                "kept; it is started again when it is needed."
            ) from error

    def close(self) -> None:
        """Ends the other process at once, whatever it does."""
        self._is_closed = True
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):  # noqa: SLF001 - its own way is to wait
                process.kill()
            self._pool.shutdown(wait=False, cancel_futures=True)


def step_back() -> None:
    """Makes this process let others go first, and end when the one that has started it ends, however that does."""
    with suppress(AttributeError, OSError):  # Windows knows no such thing
        os.nice(_NICER)
    parent = parent_process()
    if parent is not None:
        # It waits for work on a pipe whose other end it holds as well, and so would wait for ever.
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


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
