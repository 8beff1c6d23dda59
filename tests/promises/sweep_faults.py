"""Lets each call that the program makes to the disk fail once: is anything lost, is what is said true?

work: a child makes five annotations, an import and a copy, each of which may be refused with a sentence, and one more
annotation, which must succeed. opening: a child opens the project, a second time if it must, and makes an annotation.
export: a child writes a file in a format of its own, which was there before in another version.
strace makes the n-th call of a kind fail, n counting up until there is none. Linux only.

    python tests/promises/sweep_faults.py --every 1
"""

import argparse
import json
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.queue import QueueFilter
from annotator.errors import AnnotatorError, DamagedProject, ForeignFile, ProjectFileError
from annotator.services import exporting
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, a_project, add_article, made, make_article, make_mention
from tests.promises import tracing

FAULTS = {
    "pwrite64": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "fdatasync": ("EIO",),
    "unlink": ("EIO",),
    "rename": ("EIO",),
    "openat": ("EMFILE", "EACCES"),
    "pread64": ("EIO",),
    "ftruncate": ("EIO",),
    "fcntl": ("ENOLCK", "EIO"),
}
KINDS = {
    "work": FAULTS,
    "opening": FAULTS,
    "export": {call: FAULTS[call] for call in ("fsync", "unlink", "rename", "openat")} | {"write": ("EIO", "ENOSPC")},
}
ANNOTATIONS = 5
IT_IS_THERE = "is there and whole"
"""What is said of a file that was written although the disk then reported an error."""

Say = Callable[[bytes], object]
Report = dict[str, Any]


def attempt(say: Say, what: str, id_: str, deed: Callable[[], object]) -> bool:
    """Does something, and says what the program says of it: saved, or why not."""
    report: Report = {"what": what, "id": id_, "saved": True, "error": "", "words": ""}
    try:
        deed()
    except AnnotatorError as error:
        report |= {"saved": False, "error": type(error).__name__, "words": str(error)}
        report["alarm"] = isinstance(error, DamagedProject | ForeignFile)
    except BaseException as error:
        report |= {"saved": False, "error": f"uncaught {type(error).__name__}", "words": str(error), "alarm": True}
    say(json.dumps(report).encode() + b"\n")
    return bool(report["saved"])


def annotate(project: ProjectFile, say: Say, what: str = "annotation") -> bool:
    """One annotation."""
    found: list[str] = []

    def deed() -> None:
        article = project.article(project.queue(QueueFilter(), ANNA.annotator)[0])
        mention = make_mention(article, project.text(article.id))
        found.append(mention.id)
        project.apply(made(mention), ANNA)

    # The id is known only once the article was read; one that was never made is nowhere.
    return attempt(lambda words: say(words.replace(b'"id": ""', f'"id": "{"".join(found)}"'.encode())), what, "", deed)


def annotate_at_last(project: ProjectFile, say: Say) -> None:
    """One annotation more, tried again where the fault was in its way."""
    if not annotate(project, say):
        annotate(project, say, "afterwards")


def do_some_work(project: ProjectFile, say: Say) -> None:
    """Annotations, an import and a copy."""
    for _ in range(ANNOTATIONS):
        annotate(project, say)
    article = make_article("An article that comes in.")
    texts = {article.sha256: "An article that comes in."}
    attempt(say, "import", article.id, lambda: project.apply(made(article), ANNA, texts))
    copy = project.path.with_name("copy.annot")
    attempt(say, "copy", str(copy), lambda: project.save_copy(copy))
    annotate_at_last(project, say)
    attempt(say, "close", "", project.close)


def open_and_work(path: Path, say: Say) -> None:
    """Opens the project, again where it could not be opened, and annotates."""
    opened: list[ProjectFile] = []
    for _ in range(2):
        if attempt(say, "open", "", lambda: opened.append(ProjectFile.open(path, path.parent / "b"))):
            break
    for project in opened:
        if not project.read_only:
            annotate_at_last(project, say)
        attempt(say, "close", "", project.close)


def exported(project: ProjectFile, target: Path) -> None:
    """A file for other programs."""
    (jsonl,) = (one for one in exporting.WRITERS if one.key == "jsonl")
    for _ in exporting.export(exporting.take_snapshot(Workspace(project, ANNA)), jsonl, target, exporting.Losses()):
        pass


def export(project: ProjectFile, say: Say) -> None:
    """Over a file that is there."""
    target = project.path.with_name("corpus.jsonl")
    attempt(say, "export", str(target), lambda: exported(project, target))
    attempt(say, "close", "", project.close)


class Sweep:
    """Runs one kind of work again and again, each time with another call that fails."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind, self.work = folder, kind, folder / kind
        with a_project(folder, f"{kind}.annot") as project:
            add_article(project)
        self.start = project.path
        (self.rows,) = ask(self.start, "SELECT count(*) FROM history")

    def counted(self) -> Counter[str]:
        """How often each call is made when none fails."""
        log = self.folder / "log"
        heard = self._run(["-o", str(log), "-e", f"trace={','.join(KINDS[self.kind])}"])
        if faults := list(self.faults(heard)):
            raise AssertionError(f"without any fault: {faults}")
        return Counter(re.findall(r"^\d+ +(\w+)\(", log.read_text(), re.MULTILINE))

    def failing(self, call: str, error: str, number: int) -> list[Report]:
        """What the child says when a call fails."""
        inject = f"inject={call}:error={error}:when={number}"
        return self._run(["-o", "/dev/null", "-e", f"trace={call}", "-e", inject])

    def _run(self, options: list[str]) -> list[Report]:
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()
        path = Path(shutil.copy(self.start, self.work / "project.annot"))

        def ready() -> Callable[[Say], object]:
            if self.kind == "opening":
                return lambda say: open_and_work(path, say)
            project = ProjectFile.open(path, path.parent / "b")
            if self.kind == "work":
                return lambda say: do_some_work(project, say)
            exported(project, path.with_name("whole.jsonl"))
            path.with_name("corpus.jsonl").write_text("what was there\n")
            return lambda say: export(project, say)

        return [json.loads(line) for line in tracing.traced(ready, options).splitlines()]

    def faults(self, heard: list[Report]) -> Iterator[str]:
        """What is lost, damaged, or said and not so."""
        path, saved = self.work / "project.annot", 0
        try:
            with ProjectFile.open(path, path.parent / "b") as project:
                if project.read_only:
                    yield f"it is read-only afterwards: {project.read_only}"
        except (ProjectFileError, sqlite3.Error) as error:
            yield f"DAMAGED: {error}"
            return
        yield from (f"DAMAGED: {fault}" for _, _, fault in check(path) if fault)
        for report in heard:
            what, words = report["what"], f"{report['error']}: {report['words']}"
            if report.get("alarm"):
                yield f"a needless alarm for {what}: {words}"
            if what in {"open", "close"}:
                continue
            there = self._is_there(what, report["id"])
            saved += what not in {"copy", "export"} and there
            if report["saved"] and not there:
                yield f"FALSE “saved” for {what}"
            if not report["saved"] and there and IT_IS_THERE not in report["words"]:
                yield f"FALSE “not saved” for {what}: {words}"
            if not report["saved"] and what == "afterwards":
                yield f"nothing can be done afterwards: {words}"
        if "Traceback" in str(heard) or not heard:
            yield "the child died"
        if self.kind == "opening" and not any(one["saved"] for one in heard if one["what"] == "open"):
            yield "it does not open a second time"
        (rows,) = ask(path, "SELECT count(*) FROM history")
        if rows != self.rows + saved:
            yield f"LOST or partial: {rows} rows of history, not {self.rows + saved}"

    def _is_there(self, what: str, id_: str) -> bool:
        if what == "copy":
            return Path(id_).exists() and not any(fault for _, _, fault in check(Path(id_)))
        if what == "export":
            found, whole = Path(id_).read_bytes(), Path(id_).with_name("whole.jsonl").read_bytes()
            if found not in {whole, b"what was there\n"}:
                raise AssertionError(f"DAMAGED: {id_} is neither the old one nor the new")
            return found == whole
        table = "article" if what == "import" else "mention"
        return bool(ask(self.work / "project.annot", f"SELECT id FROM {table} WHERE id = ?", id_))


def ask(path: Path, sql: str, *values: object) -> list[Any]:
    """The first column of what another connection sees."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(sql, values)]


def main() -> int:
    """Runs the sweep and says what came of it; 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--every", type=int, default=1, help="only each so many calls, by chance (default: 1)")
    options = parser.parse_args()
    found, refused, runs, began = Counter[str](), Counter[str](), 0, time.monotonic()
    examples: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name:
        for kind, calls in KINDS.items():
            sweep = Sweep(Path(name).resolve(), kind)
            counts = sweep.counted()
            plan = [(c, e, n) for c, errors in calls.items() for e in errors for n in range(1, counts[c] + 1)]
            for call, error, number in random.SystemRandom().sample(plan, -(-len(plan) // options.every)):
                heard = sweep.failing(call, error, number)
                refused.update(one["error"] for one in heard if one["error"])
                runs += 1
                for fault in sweep.faults(heard):
                    found[fault] += 1
                    examples.setdefault(fault, f"{kind}, call {number} of {counts[call]} to {call} fails with {error}")
    said = ", ".join(f"{count} {name}" for name, count in refused.most_common())
    print(f"{runs} faults, one in each run, {said}, {sum(found.values())} wrong, {time.monotonic() - began:.1f} s")
    for fault, count in found.most_common(40):
        print(f"FAULT: {count} times, as when in {examples[fault]}: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
