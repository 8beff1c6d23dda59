"""Corpora go out, from a private copy, so that work goes on meanwhile."""

from collections.abc import Iterator
from pathlib import Path

from annotator.formats import WRITERS
from annotator.formats.base import Writer
from annotator.services.workspace import Workspace
from annotator.storage.snapshots import SnapshotCorpus

__all__ = ["WRITERS", "Snapshot", "export", "take_snapshot", "writer"]


class Snapshot:
    """A private copy of the project in a folder that goes when it is closed."""

    def __init__(self, workspace: Workspace) -> None:
        import tempfile

        self._folder = tempfile.TemporaryDirectory(prefix="annotator-")
        self.path = Path(self._folder.name) / "snapshot.annot"
        workspace.records.save_copy(self.path)

    def close(self) -> None:
        """Deletes the copy."""
        self._folder.cleanup()


def take_snapshot(workspace: Workspace) -> Snapshot:
    """Copies the project as it is now."""
    return Snapshot(workspace)


def export(snapshot: Snapshot, wanted: Writer, target: Path) -> Iterator[tuple[int, int, None]]:
    """Writes target from a copy, yielding how many articles are done and of how many; deletes the copy at the end.

    Raises FormatError when target cannot be written; then it is as it was before.
    """
    try:
        corpus = SnapshotCorpus(snapshot.path)
        try:
            total = corpus.article_count()
            for done in wanted.write(corpus, target):
                yield done, total, None
        finally:
            corpus.close()
    finally:
        snapshot.close()


def writer(key: str) -> Writer | None:
    """The format with this key."""
    return next((one for one in WRITERS if one.key == key), None)
