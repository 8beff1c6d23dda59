"""Corpora go out, from a private copy, so that work goes on meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotator import paths
from annotator.domain.found import Losses
from annotator.domain.selections import ALL, Selection, parts_of
from annotator.formats.base import Writer
from annotator.formats.html_report import HtmlWriter
from annotator.formats.pdf_report import PdfWriter
from annotator.formats.registry import WRITERS
from annotator.services.maps import CREDIT, outlines
from annotator.services.workspace import Workspace
from annotator.storage.project_file import ProjectFile
from annotator.storage.snapshots import SnapshotCorpus

__all__ = ["ALL", "WRITERS", "Losses", "Selection", "Snapshot", "export", "snapshot_of", "take_snapshot", "writer"]


class Snapshot:
    """A private copy of the project in a folder that goes when it is closed."""

    def __init__(self, file: ProjectFile) -> None:
        import tempfile

        self._folder = tempfile.TemporaryDirectory(prefix="annotator-")
        self.path = Path(self._folder.name) / "snapshot.annot"
        try:
            file.save_copy(self.path)
        except BaseException:
            self._folder.cleanup()
            raise

    def close(self) -> None:
        """Deletes the copy."""
        self._folder.cleanup()


def take_snapshot(workspace: Workspace) -> Snapshot:
    """Copies the project as it is now."""
    return Snapshot(workspace.records)


def snapshot_of(path: Path) -> Snapshot:
    """Copies a project that nobody needs to be signed in to: it is only read. Raises ProjectFileError."""
    file = ProjectFile.open(path, paths.backup_folder())
    try:
        return Snapshot(file)
    finally:
        file.close()


def export(
    snapshot: Snapshot, wanted: Writer, target: Path, losses: Losses, selection: Selection = ALL
) -> Iterator[tuple[int, int, None]]:
    """Writes target from a copy, yielding how many articles are done and of how many; deletes the copy at the end.

    losses tells afterwards what the format could not carry. Where the selection splits the corpus into parts, each part
    is written beside the others, with its name before the ending: corpus.train.jsonl.

    Raises FormatError when target cannot be written; then it is as it was before.
    """
    try:
        whole = SnapshotCorpus(snapshot.path)
        try:
            done, total = 0, whole.article_count()
            wanted = _on_a_map(wanted)
            for part, corpus in parts_of(whole, selection):
                for number in wanted.write(corpus, _named(target, part), losses):
                    yield min(done + number, total), total, None
                done += corpus.article_count()
        finally:
            whole.close()
    finally:
        snapshot.close()


def _on_a_map(wanted: Writer) -> Writer:
    """A report with the outlines of countries to draw its maps on."""
    if not isinstance(wanted, HtmlWriter | PdfWriter):
        return wanted
    land = tuple(ring for outline in outlines("50m") for ring in outline.rings)
    return replace(wanted, land=land, credit=CREDIT)


def _named(target: Path, part: str) -> Path:
    return target.with_name(f"{target.stem}.{part}{target.suffix}") if part else target


def writer(key: str) -> Writer | None:
    """The format with this key."""
    return next((one for one in WRITERS if one.key == key), None)
