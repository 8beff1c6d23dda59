"""Works on a disk until it is full, makes room, and works on: nothing is lost, and what is said is true.

With --mount the disk is one of 2 MiB in memory, for which this must run where it may mount (unshare --mount); else no
file may grow beyond 1 MiB. POSIX only.

    unshare --mount python tests/promises/fill_disk.py FOLDER --mount
"""

import argparse
import itertools
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.found import Losses
from annotator.errors import AnnotatorError
from annotator.services import exporting
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, a_project, add_article, made, make_entity, reopened
from tests.storage.raw import content, files_in

ARTICLE = "word " * 4_000
MIB = 1 << 20


def main() -> int:
    """Fills the disk, and says how much fitted and how much was refused."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mount", action="store_true")
    options = parser.parse_args()
    folder: Path = options.folder.resolve()
    if options.mount:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=True)
        filler = folder / "filler"
        filler.write_bytes(bytes(MIB // 4))
        fitted, refused = filled(folder, lambda: None, filler.unlink, is_disk=True)
    else:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        fitted, refused = filled(
            folder,
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, hard)),
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard)),
            is_disk=False,
        )
    print(f"{fitted} articles fitted, {refused} deeds were refused, 0 wrong")
    return 0


def filled(folder: Path, full: Callable[[], object], room: Callable[[], object], *, is_disk: bool) -> tuple[int, int]:
    """How many articles fitted, and how many deeds were refused before there was room again."""
    project = a_project(folder)
    add_article(project, "Before.")
    full()
    fitted = fits(project)
    assert fitted > 3, fitted
    before, files = content(project.path), files_in(folder)
    refused = 1
    deeds: list[Callable[[], object]] = [
        lambda: add_article(project, f"again {ARTICLE}"),
        lambda: project.apply(made(*(make_entity("x" * 30_000) for _ in range(60))), ANNA),
    ]
    if is_disk:
        deeds += [lambda: project.save_copy(folder / "copy.annot"), lambda: exported(project, folder / "out.jsonl")]
    for deed in deeds:
        words = refusal(deed)
        assert "full" in words or "not saved" in words or "could not be written" in words, words
        refused += 1
        assert content(project.path) == before, "it holds what it held"
        assert files_in(folder) == files, "nothing is left under any name"
        assert project.article_count() == fitted + 1, "it can be read"
    assert project.history_broken_at() is None
    room()
    add_article(project, f"after {ARTICLE}")
    again = reopened(project)
    assert not again.read_only
    assert again.article_count() == fitted + 2
    assert len(project_rows(again.path)) == fitted + 2
    again.close()
    assert [fault for _, _, fault in check(again.path) if fault] == []
    return fitted, refused


def fits(project: ProjectFile) -> int:
    """Puts articles in until one is refused."""
    for number in itertools.count():
        if refusal(lambda: add_article(project, f"{number} {ARTICLE}")):  # noqa: B023 - it is called at once
            return number
    return 0


def exported(project: ProjectFile, target: Path) -> None:
    """An export to the full disk."""
    (jsonl,) = (one for one in exporting.WRITERS if one.key == "jsonl")
    for _ in exporting.export(exporting.take_snapshot(Workspace(project, ANNA)), jsonl, target, Losses()):
        pass


def refusal(deed: Callable[[], object]) -> str:
    """What the program says when it refuses to do something; empty when it does it."""
    try:
        deed()
    except AnnotatorError as error:
        return str(error)
    return ""


def project_rows(path: Path) -> list[object]:
    """The articles that another connection sees."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id FROM article").fetchall()


if __name__ == "__main__":
    sys.exit(main())
