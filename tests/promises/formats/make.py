"""Makes the fixture of a format: run once, by the code whose format it is, before a newer format takes its place.

A hand does gestures by chance in a project of three articles, two people, things taken back and, where the program had
them, suggestions and a teammate's file. What that program itself then reads goes beside the project as JSON. Fixtures
are never made again: they are what users have.

    PYTHONPATH=. python tests/promises/formats/make.py 7 11

The second number is the seed: one that leaves records of every kind is sought by hand.
"""

import contextlib
import importlib
import importlib.util
import json
import lzma
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.documents import TYPE_NAMES, to_document
from annotator.domain.ids import AnnotatorId
from annotator.editing.importing import NewArticle
from annotator.errors import AnnotatorError
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.tables import TABLES

GESTURES = 110
BEN = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ben")
OTHERS = ("First line\r\nAna 🙂 Ruiz met林若岚 in Kabul’s market.", "Officials said that the bridge was safe.")


def main() -> None:
    """Makes format-NNNN.annot.xz and format-NNNN.json.xz here."""
    version = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for place in ("person_file", "backup_folder", "cache_folder"):
            setattr(paths, place, lambda place=place: folder / "own" / place)
        path, left = folder / "project.annot", folder / "undone.annot"
        workspace = _worked_in(path, int(sys.argv[2]))
        workspace.records.save_copy(left)
        read = _read(workspace)
        workspace.close()
        taken_back = open_project(left, _hands().WHO)
        with contextlib.suppress(AnnotatorError):  # what somebody else went on with stays
            while taken_back.undo() is not None:
                pass
        read["ids after everything was taken back"] = _ids(left)
        taken_back.close()
        assert _ask(path, "PRAGMA user_version") == [[version]], _ask(path, "PRAGMA user_version")
        here = Path(__file__).with_name(f"format-{version:04}")
        here.with_suffix(".annot.xz").write_bytes(lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        words = json.dumps(read, ensure_ascii=False).encode()
        here.with_suffix(".json.xz").write_bytes(lzma.compress(words, preset=9 | lzma.PRESET_EXTREME))
        print({name: len(found) for name, found in read["records"].items()}, len(read["history"]), path.stat().st_size)


def _hands() -> Any:
    """Where the hand that does gestures by chance was in that program."""
    try:
        return importlib.import_module("tests.editing.by_chance")
    except ImportError:
        return importlib.import_module("tests.editing.test_undo_of_everything")


def _worked_in(path: Path, seed: int) -> Workspace:
    hands = _hands()
    workspace = new_project(path, hands.WHO, "Bridges")
    workspace.bring_in([NewArticle(hands.TEXT, "Text", publisher="Post", published="2021-08-20")], "")
    hand = hands.Hand(workspace, seed)
    for number in range(GESTURES):
        try:
            workspace.undo() if number % 17 == 16 else workspace.redo() if number % 34 == 33 else hand.gesture()
        except AnnotatorError:
            continue
    workspace.bring_in([NewArticle(text, text[:10]) for text in OTHERS], "an import")
    if importlib.util.find_spec("annotator.services.teamwork"):
        _bring_in_bens(workspace, hands, seed)
    else:
        workspace.close()
        workspace = open_project(path, BEN)
        _work(hands.Hand.__new__(hands.Hand), workspace, hand.article, seed)
        workspace.close()
        workspace = open_project(path, hands.WHO)
    _suggest(workspace)
    _work(hands.Hand.__new__(hands.Hand), workspace, _article(workspace), seed)
    with contextlib.suppress(AnnotatorError):
        for _ in range(3):
            workspace.undo()
    return workspace


def _article(workspace: Workspace) -> Any:
    ((id_,),) = _ask(workspace.records.path, "SELECT id FROM article ORDER BY seq LIMIT 1")
    return id_


def _work(hand: Any, workspace: Workspace, article: Any, seed: int) -> None:
    """Some gestures in one article; the oldest hands know only projects of one, so it is put into their hands."""
    import random

    hand.workspace, hand.random, hand.article = workspace, random.Random(seed), article
    for _ in range(25):
        try:
            hand.gesture()
        except AnnotatorError:
            continue


def _bring_in_bens(workspace: Workspace, hands: Any, seed: int) -> None:
    teamwork = importlib.import_module("annotator.services.teamwork")
    bens, mailed = (workspace.records.path.with_name(name) for name in ("ben.annot", "mailed.annot"))
    workspace.records.save_copy(bens)
    ben = open_project(bens, BEN)
    _work(hands.Hand.__new__(hands.Hand), ben, _article(workspace), seed)
    ben.records.save_copy(mailed)
    ben.close()
    teamwork.bring_in(workspace, mailed)


def _suggest(workspace: Workspace) -> None:
    """What machines proposed, where the program knew that."""
    if not hasattr(workspace.records, "put_suggestions"):
        return
    words = importlib.import_module("annotator.domain.suggestions")
    spans = importlib.import_module("annotator.domain.spans")
    article = workspace.records.article(_article(workspace))
    found = []
    for start, label in ((0, "actor"), (13, "actor"), (42, "location")):
        piece, kind = (spans.Span(start, start + 4),), words.SuggestionKind.MENTION
        id_ = words.suggestion_id(article.id, kind, label, piece)
        found.append(words.Suggestion(id_, article.id, "chance", kind, label, piece, 0.5, "", None, (), ()))
    workspace.records.put_suggestions([words.SuggestionRun(article.id, "chance", "1", article.sha256)], found)


def _read(workspace: Workspace) -> dict[str, Any]:
    """What this program reads: its records as it spells them, and what it keeps beside them."""
    path = workspace.records.path
    with sqlite3.connect(path) as connection:
        records = {
            TYPE_NAMES[table.record_type]: [to_document(one) for one in table.read(connection, "1 ORDER BY id")]
            for table in TABLES
        }
    connection.close()
    here, who = workspace.records, workspace.author.annotator
    undo, redo = here.peek_undo(who), here.peek_redo(who)
    known = {name for (name,) in _ask(path, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    return {
        "records": records,
        "texts": dict(_ask(path, "SELECT sha256, text FROM text ORDER BY sha256")),
        "order of articles": [id_ for (id_,) in _ask(path, "SELECT id FROM article ORDER BY seq")],
        "history": _ask(
            path, "SELECT seq, id, kind, subject, step, of_seq, annotator_id, at, group_id, changes, hash FROM history"
        ),
        "next undo": [undo.kind, *undo.subject] if undo else [],
        "next redo": [redo.kind, *redo.subject] if redo else [],
        "suggestions": _ask(path, "SELECT * FROM suggestion") if "suggestion" in known else [],
    }


def _ids(path: Path) -> dict[str, list[str]]:
    return {table.name: [id_ for (id_,) in _ask(path, f"SELECT id FROM {table.name} ORDER BY id")] for table in TABLES}


def _ask(path: Path, sql: str) -> list[list[Any]]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return [list(row) for row in connection.execute(sql)]
    finally:
        connection.close()


if __name__ == "__main__":
    main()
