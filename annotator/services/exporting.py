"""Corpora go out, from a private copy, so that work goes on meanwhile."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from annotator import paths
from annotator.domain.found import Losses
from annotator.domain.selections import ALL, PARTS, Selection, parts_of
from annotator.errors import FormatError
from annotator.formats.base import ChoosingWriter, Option, Writer
from annotator.formats.files import replaced_folder
from annotator.formats.html_report import HtmlWriter
from annotator.formats.manifests import foreign_in
from annotator.formats.pdf_report import PdfWriter
from annotator.formats.registry import WRITERS
from annotator.services.maps import CREDIT, outlines
from annotator.services.strangers import look_over_once
from annotator.services.workspace import Workspace
from annotator.storage.project_file import ProjectFile
from annotator.storage.snapshots import SnapshotCorpus

__all__ = [
    "ALL",
    "WRITERS",
    "Losses",
    "Option",
    "Selection",
    "Snapshot",
    "export",
    "in_the_way",
    "is_filled",
    "options_of",
    "snapshot_of",
    "spare_project",
    "take_snapshot",
    "why_not_replaced",
    "with_options",
    "writer",
]


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

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Deletes the copy."""
        try:
            self._folder.cleanup()
        except OSError:
            # What it was made for is done, and must not be said to have failed. Once more, for it holds the texts.
            with suppress(OSError):
                self._folder.cleanup()


def take_snapshot(workspace: Workspace) -> Snapshot:
    """Copies the project as it is now."""
    return Snapshot(workspace.records)


def snapshot_of(path: Path) -> Snapshot:
    """Copies a project that nobody needs to be signed in to: it is only read. Raises ProjectFileError."""
    look_over_once(path)
    file = ProjectFile.open(path, paths.backup_folder())
    try:
        return Snapshot(file)
    finally:
        file.close()


def export(
    snapshot: Snapshot,
    wanted: Writer,
    target: Path,
    losses: Losses,
    selection: Selection = ALL,
    *,
    replaces: bool = False,
) -> Iterator[tuple[int, int, None]]:
    """Writes target from a copy, yielding how many articles are done and of how many; deletes the copy at the end.

    losses tells afterwards what the format could not carry. Where the selection splits the corpus into parts, each part
    is written beside the others, with its name before the ending: corpus.train.jsonl. A file that is there is replaced;
    a folder only when replaces says so, and only one that holds nothing but an export of this program.

    Raises FormatError when target cannot be written; then it is as it was before.
    """
    try:
        whole = SnapshotCorpus(snapshot.path)
        try:
            done, total = 0, whole.article_count()
            wanted = _on_a_map(wanted)
            for part, corpus in parts_of(whole, selection):
                with _place(wanted, _named(target, part), replaces=replaces) as place:
                    for number in wanted.write(corpus, place, losses):
                        yield min(done + number, total), total, None
                done += corpus.article_count()
        finally:
            whole.close()
    finally:
        snapshot.close()


def _place(wanted: Writer, target: Path, *, replaces: bool) -> AbstractContextManager[Path]:
    """Where to write: a folder that is to be replaced stays until the new one is whole."""
    if replaces and wanted.is_folder and is_filled(target):
        return replaced_folder(target)
    return nullcontext(target)


def in_the_way(target: Path, selection: Selection = ALL) -> list[Path]:
    """The files and filled folders that an export would write over. Raises FormatError for a name that is none."""
    if target.name in {"", ".."}:
        raise FormatError(f"“{target}” is a folder that is there. Name a file or folder in it to write to.")
    parts = PARTS if selection.split else ("",)
    return [place for place in (_named(target, part) for part in parts) if place.is_file() or is_filled(place)]


def spare_project(project: Path, *targets: Path) -> None:
    """Raises FormatError where a target is the project itself, whatever it is called."""
    for target in targets:
        if target.exists() and target.samefile(project):
            raise FormatError(f"“{target}” is the project itself, which is not written over. Choose another name.")


def is_filled(place: Path) -> bool:
    """Whether it is a folder with something in it."""
    return place.is_dir() and any(place.iterdir())


def why_not_replaced(place: Path) -> str:
    """Why a folder is not to be replaced, as a sentence; empty when it holds nothing but an export of this program."""
    try:
        return foreign_in(place)
    except OSError as error:
        return f"“{place.name}” cannot be read: {error.strerror}."


def options_of(wanted: Writer) -> tuple[Option, ...]:
    """What a format lets one choose."""
    return wanted.options if isinstance(wanted, ChoosingWriter) else ()


def with_options(wanted: Writer, chosen: Mapping[str, str]) -> Writer:
    """The format as chosen. Raises FormatError for what it does not let one choose."""
    known = {option.key: [value for value, _ in option.choices] for option in options_of(wanted)}
    for key, value in chosen.items():
        if key not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise FormatError(f"The format {wanted.key} has no option “{key}”; {has}.")
        if value not in known[key]:
            raise FormatError(f"“{value}” is no choice for {key}; there are {', '.join(known[key])}.")
    return wanted.with_options(chosen) if isinstance(wanted, ChoosingWriter) else wanted


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
