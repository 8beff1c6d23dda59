"""Tries project files in every way that the program has, each in a process of its own that is measured.

Run as a program it reads lines of a way and a path, and answers each with a line of JSON.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.annotators import Annotator
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.errors import AnnotatorError
from annotator.services import teamwork
from annotator.services.projects import Person, open_project
from annotator.storage import connection as connecting
from annotator.storage.checking import check
from annotator.storage.header import RESTS
from annotator.storage.project_file import ProjectFile
from annotator.storage.salvaging import salvage
from annotator.storage.taking_in import Arrival, Rebuilt, rebuilt
from annotator.storage.teammate import TeammateFile
from tests.promises.hostile_projects import MARK

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000005"), "Ana")
LONGEST = 20
"""Seconds after which a try is ended."""
_MOST = 1_000_000_000
"""Bytes; most of what is larger is a hole."""
traced: list[str] = []


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: words of the error, or empty; what got out that must not; seconds and megabytes it took."""

    refused: str = ""
    fault: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    traced: tuple[str, ...] = ()


def read_all(project: ProjectFile) -> None:
    """What the window reads: the queue, each article with its text and marks, entities, who signed."""
    for article in project.queue(QueueFilter(), WHO.id):
        for read in (
            project.article, project.text, project.mentions_in, project.claims_in, project.zones_in, project.links_in,
            project.comments_in, project.decisions_in, project.suggestions_in,
        ):  # fmt: skip
            try:
                read(article)
            except AnnotatorError:
                continue
    project.annotators()
    project.all_entities(1000, 0)


def own(path: Path, beside: Path) -> str:
    """As one's own project: opened, read, and its last edit taken back."""
    del beside
    workspace = open_project(path, WHO, was_looked_over=True)
    try:
        read_all(workspace.records)
        workspace.undo()
    finally:
        workspace.close()
    return ""


def taken_in(path: Path, beside: Path) -> str:
    """As a project from elsewhere is opened: looked over, written anew and put in its place, here of a copy of it."""
    arrived = beside.parent / "arrived" / path.name
    arrived.parent.mkdir(exist_ok=True)
    for ending in ("", *RESTS):
        one = path.with_name(path.name + ending)
        if one.is_file():
            target, size = arrived.with_name(arrived.name + ending), one.stat().st_size
            if size < _MOST:
                shutil.copyfile(one, target)
            else:  # a hole need not be copied
                with one.open("rb") as file:
                    target.write_bytes(file.read(1_000_000))
                os.truncate(target, size)
    with closing(Arrival(arrived, paths.backup_folder())) as arrival:
        for step in rebuilt(arrival.path, arrival.clean, arrival.kept):
            if isinstance(step, Rebuilt) and not arrival.replace(step):
                raise AssertionError(f"it was not replaced: {arrival.read_only}")
    if MARK.encode() in arrived.read_bytes():
        raise AssertionError("something hidden has come along")
    return own(arrived, beside)


def teammate(path: Path, beside: Path) -> str:
    """As a teammate's: everything of it is read."""
    del beside
    with TeammateFile(path) as file:
        file.project()
        file.annotators()
        file.row_count()
        for row in file.rows(()):
            for deed in row.deeds:
                if deed.type == "article" and deed.after:
                    file.text(str(deed.after.get("sha256", "")))
    return ""


def brought_in(path: Path, beside: Path) -> str:
    """Brought into a project of ours, which must be as sound as before, and as it was when it is refused."""
    workspace = open_project(beside, WHO, was_looked_over=True)
    refused = ""
    try:
        known = teamwork.merging(workspace, path.name)
        # As teamwork does, but here and not in a process of its own: it is the reading that is tried.
        with TeammateFile(path) as file:
            rows = tuple(file.rows(workspace.records.known_rows()))
            hashes = {str(deed.after.get("sha256", "")) for row in rows for deed in row.deeds if deed.after}
            texts = {sha256: text for sha256 in hashes if (text := file.text(sha256)) is not None}
        teamwork.take(workspace, teamwork.Batch(rows, texts), known, "group")
        teamwork.finish(workspace, known, "group")
    except AnnotatorError as error:
        refused = str(error)
        workspace.undo()
    finally:
        workspace.close()
    found = [fault for _, _, fault in check(beside) if fault]
    if found:
        raise AssertionError(f"our own project is damaged: {found[:3]}")
    with ProjectFile.open(beside, paths.backup_folder()) as project:
        for article in project.queue(QueueFilter(), WHO.id):
            project.mentions_in(article)
            project.claims_in(article)
            length = len(project.text(article))
            assert project.article(article).length == length
            assert all(zone.span.end <= length for zone in project.zones_in(article))
            assert all(span.end <= length for comment in project.comments_in(article) for span in comment.spans)
        assert project.find(Annotator, WHO.id) is not None
    if refused:
        raise AnnotatorError(refused)
    return ""


def checked(path: Path, beside: Path) -> str:
    """Checked from end to end, as what is not known here."""
    del beside
    return "; ".join(fault for _, _, fault in check(path, is_strangers=True) if fault)


def salvaged(path: Path, beside: Path) -> str:
    """Salvaged: what comes of it is a sound project."""
    target = beside.with_name("salvaged.annot")
    salvage(path, target)
    found = [fault for _, _, fault in check(target) if fault]
    if found:
        raise AssertionError(f"what was salvaged is not sound: {found[:3]}")
    with ProjectFile.open(target, paths.backup_folder()) as project:
        for article in project.queue(QueueFilter(), WHO.id):
            project.mentions_in(article)
            project.claims_in(article)
    return ""


WAYS: dict[str, Callable[[Path, Path], str]] = {
    way.__name__: way for way in (own, taken_in, teammate, brought_in, checked, salvaged)
}


def try_it(way: str, path: Path, sound: Path) -> Tried:
    """Tries a file in a process of its own, with a copy of a sound project beside it."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        answer = Path(folder) / "answer.json"
        begun = time.monotonic()
        child = os.fork()
        if not child:
            code = 1
            try:
                _child(way, path, sound, Path(folder), answer)
                code = 0
            finally:
                os._exit(code)
        status, used, fault = 0, None, ""
        while used is None:
            done, status, usage = os.wait4(child, os.WNOHANG)
            if done:
                used = usage
            elif time.monotonic() - begun > LONGEST:
                os.kill(child, signal.SIGKILL)
                _, status, used = os.wait4(child, 0)
                fault = "it hangs"
            else:
                time.sleep(0.001)
        found = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
        if not found and not fault:
            fault = f"the process died (status {status})"
        return Tried(
            found.get("refused", ""),
            fault or found.get("fault", ""),
            # The work of it: a machine with other work is no fault of the file.
            used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024,
            tuple(found.get("traced", ())),
        )


def _child(way: str, path: Path, sound: Path, folder: Path, answer: Path) -> None:
    beside = folder / "ours.annot"
    shutil.copyfile(sound, beside)
    place = folder / "backups"
    paths.backup_folder = lambda: place
    tempfile.tempdir = str(folder)
    found: dict[str, Any] = {}
    try:
        found["refused"] = WAYS[way](path, beside)
    except AnnotatorError as error:
        found["refused"] = str(error)
        if not str(error).rstrip("”").endswith((".", "?")):
            found["fault"] = f"this is no sentence: {error}"
    except BaseException:  # whatever gets out is what is looked for
        found["fault"] = traceback.format_exc()[-1500:]
    found["traced"] = [said for said in traced if MARK in said]
    answer.write_text(json.dumps(found), encoding="utf-8")


def trace() -> None:
    """Notes the statements that SQLite runs by itself, and every call of the function that we lend it."""
    usual = sqlite3.connect

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = usual(*args, **kwargs)
        made.set_trace_callback(lambda said: traced.append(said) if MARK in said else None)
        return made

    def has_words(*_: str) -> bool:
        traced.append(f"{MARK}: has_words was called")
        return False

    sqlite3.connect = connect  # type: ignore[assignment]
    vars(connecting)["_has_words"] = has_words


if __name__ == "__main__":
    trace()
    for line in sys.stdin:
        name, target, whole = line.rstrip("\n").split("\t")
        sys.stdout.write(json.dumps(asdict(try_it(name, Path(target), Path(whole)))) + "\n")
        sys.stdout.flush()
