"""Projects in scripts and notebooks: what annotator.open gives."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from annotator import paths
from annotator.domain.annotators import Annotator
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.schemas import parse
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats.table_columns import tables
from annotator.formats.tabular import Cell, CellKind, Table, pour
from annotator.services.strangers import look_over_once
from annotator.storage.project_file import ProjectFile
from annotator.storage.snapshots import SnapshotCorpus

_TYPES = {CellKind.TEXT: "object", CellKind.INT: "Int64", CellKind.FLOAT: "Float64", CellKind.FLAG: "boolean"}


class OpenProject:
    """A project as it was when it was opened, to be read only: work in the window goes on meanwhile.

    Records are those of annotator.domain; offsets are code points into the article's text, half open. Articles are
    read one at a time, so that memory does not grow with the project; frames hold a whole table.

    >>> import annotator
    >>> with annotator.open(path) as project:
    ...     claims = project.frame("claims")
    ...     counts = [len(one.mentions) for one in project.articles()]
    >>> claims[["quote", "stance"]].values.tolist()
    [['the dam would hold', 'affirms']]
    >>> counts
    [2]
    """

    def __init__(self, path: Path) -> None:
        look_over_once(path)
        self._folder = TemporaryDirectory(prefix="annotator-")
        try:
            copy = Path(self._folder.name) / "copy.annot"
            file = ProjectFile.open(path, paths.backup_folder())
            try:
                file.save_copy(copy)
            finally:
                file.close()
            self._corpus = SnapshotCorpus(copy)
        except BaseException:
            self._folder.cleanup()
            raise

    @property
    def project(self) -> Project:
        """The project itself: its name and schema."""
        return self._corpus.project

    def annotators(self) -> Iterator[Annotator]:
        """Everyone who signed something."""
        return self._corpus.annotators()

    def articles(self) -> Iterator[AnnotatedArticle]:
        """All articles with text, mentions, claims, assignments and zones, in the order of their import."""
        return self._corpus.articles()

    def mentions(self) -> Iterator[Mention]:
        """All mentions, article by article, in reading order."""
        return (mention for one in self.articles() for mention in one.mentions)

    def entities(self) -> Iterator[Entity]:
        """All entities, by time of making."""
        return self._corpus.entities()

    def claims(self) -> Iterator[Claim]:
        """All claims, article by article, in reading order."""
        return (claim for one in self.articles() for claim in one.claims)

    def links(self) -> Iterator[Link]:
        """All links, by time of making."""
        return self._corpus.links()

    @property
    def tables(self) -> tuple[str, ...]:
        """What frame takes: articles, mentions, entities, claims and more."""
        return tuple(self._tables())

    def frame(self, table: str) -> Any:
        """One table as a pandas frame, with the columns of the exported tables.

        Days are datetime64, times are in UTC, several names are a tuple, spans a list of (start, end).

        Raises KeyError for a name that tables does not have, and FormatError when pandas is not installed.
        """
        known = self._tables()
        if table not in known:
            raise KeyError(f"“{table}” is no table; there are {', '.join(known)}")
        return self._frames([known[table]])[table]

    def frames(self) -> dict[str, Any]:
        """All tables by name, as frame gives them. Raises FormatError when pandas is not installed."""
        return self._frames(self._tables().values())

    def close(self) -> None:
        """Deletes the private copy; nothing can be read any more."""
        self._corpus.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        """The project; it is closed at the end of the with block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the project."""
        self.close()

    def _tables(self) -> dict[str, Table]:
        return {table.name: table for table in tables(parse(self.project.schema))}

    def _frames(self, wanted: Iterable[Table]) -> dict[str, Any]:
        try:
            import pandas as pd
        except ImportError as error:
            raise FormatError('Frames need pandas: pip install "annotator[frames]".') from error
        chosen = tuple(wanted)
        rows: dict[str, list[tuple[Cell, ...]]] = {table.name: [] for table in chosen}
        for _ in pour(self._corpus, chosen, lambda table, row: rows[table.name].append(row), Losses()):
            pass
        return {table.name: _frame(pd, table, rows.pop(table.name)) for table in chosen}


def _frame(pd: Any, table: Table, rows: list[tuple[Cell, ...]]) -> Any:
    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    made = {column.name: _series(pd, column.kind, cells) for column, cells in zip(table.columns, columns, strict=True)}
    return pd.DataFrame(made)


def _series(pd: Any, kind: CellKind, cells: tuple[Cell, ...]) -> Any:
    moments: dict[CellKind, Callable[[], Any]] = {
        # Years before 1678 do not fit into nanoseconds.
        CellKind.DAY: lambda: pd.Series(cells, dtype="datetime64[s]"),
        CellKind.MOMENT: lambda: pd.to_datetime(pd.Series(cells, dtype="object"), utc=True),
        CellKind.SPANS: lambda: pd.Series([_pairs(cell) for cell in cells], dtype="object"),
    }
    return moments[kind]() if kind in moments else pd.Series(cells, dtype=_TYPES.get(kind, "object"))


def _pairs(cell: Cell) -> list[tuple[int, int]]:
    spans = cell if isinstance(cell, tuple) else ()
    return [(span.start, span.end) for span in spans if isinstance(span, Span)]
