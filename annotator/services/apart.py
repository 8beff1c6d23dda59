"""Proposing in a process of its own, so that the window never waits for the interpreter, and can end at any time."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import AS_USUAL, Wishes
from annotator.errors import FormatError, WorkStopped
from annotator.services.proposing import Batch, Known, Suggester
from annotator.services.workers import NICER, Worker


class SuggesterApart(Suggester):
    """A suggester whose looking is done by another process, which is started for the first article and kept."""

    def __init__(self, schema: Schema, wishes: Wishes = AS_USUAL) -> None:
        super().__init__(schema, wishes)
        self._project: Path | None = None
        self._names = ""
        self._worker = Worker("suggesting", nicer=NICER)
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
        self._worker.close()


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
