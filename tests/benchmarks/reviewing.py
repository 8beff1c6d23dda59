"""Opening the review of a large article that six people annotated, against opening it in the usual way."""

import gc
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.authors import Author
from annotator.domain.comparison import compare
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.services.workspace import Workspace
from annotator.ui.main_window import MainWindow
from tests.benchmarks.making import project_with, text_of, window_on
from tests.benchmarks.measuring import median, peak_megabytes, seconds, show

PEOPLE, SPANS, LENGTH = 6, 5_000, 1_000_000
REPEATS = 20


def main() -> None:
    """Measures opening, then what one decision costs, here and in a short article."""
    with tempfile.TemporaryDirectory() as name:
        large = _measured(Path(name), LENGTH, SPANS)
    with tempfile.TemporaryDirectory() as name:
        small = _measured(Path(name), 20_000, 100)
    show("review on / opening as usual, one's own", large["review"], large["open"], 4.0)
    show("next article in review / opening as usual", large["next"], large["open"], 4.0)
    show("comparing / reading the rows", large["compare"], large["rows"], 2.0)
    show("decision / in 20 kB with 100 each", large["decide"], small["decide"], 3.0)
    show("next open item / in 20 kB with 100 each", large["step"], small["step"], 3.0)
    show("accept all alike / reading the rows", large["accept"], large["rows"], 8.0)
    print(f"peak memory {peak_megabytes():.0f} MB")


def _measured(folder: Path, length: int, spans: int) -> dict[str, float]:
    workspace = project_with(folder, text_of(length), 0)
    article = workspace.records.queue(QueueFilter(), workspace.author.annotator)[0]
    for number in range(PEOPLE):
        _annotate(workspace, number, spans)
    window = window_on(workspace, folder)
    try:
        records = workspace.records
        mentions, people = records.mentions_in(article), [one.id for one in records.annotators()]
        times = {
            "rows": min(seconds(lambda: records.mentions_in(article)) for _ in range(3)),
            "compare": min(seconds(lambda: compare(mentions, (), people)) for _ in range(3)),
            "open": _opened(window),
            "review": seconds(lambda: press(window, Qt.Key.Key_F8)),
        }
        times["next"] = _opened(window)
        times["step"] = median(seconds(lambda: press(window, Qt.Key.Key_N)) for _ in range(REPEATS))
        times["decide"] = median(seconds(lambda: press(window, Qt.Key.Key_1)) for _ in range(REPEATS))
        times["accept"] = seconds(lambda: press(window, Qt.Key.Key_A))
        return times
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()
        gc.collect()


def _opened(window: MainWindow) -> float:
    desk = window.controls.desk
    article = desk.focus.article

    def work() -> None:
        desk.contents.show(article)
        QApplication.processEvents()

    return min(seconds(work) for _ in range(3))


def _annotate(workspace: Workspace, number: int, spans: int) -> None:
    """Somebody's mentions: nine of ten are the same as everybody's, the rest begin or are called otherwise."""
    id_ = AnnotatorId(f"0190ffff-0000-7000-8000-0000000000{number + 16:02x}")
    author, now = Author(id_), workspace.author.now()
    who = Annotator(id_, f"Person {number}", AnnotatorKind.PERSON, now, now)
    workspace.records.apply(Edit(EditKind.JOIN, (Change(None, who),), (who.name,)), author)
    changes = tuple(Change(None, mention) for mention in _mentions(workspace, author, spans))
    workspace.records.apply(Edit(EditKind.TAG_ALL, changes, ("benchmark", "Actor", f"{spans}")), author)


def _mentions(workspace: Workspace, author: Author, spans: int) -> Iterator[Mention]:
    article = workspace.records.queue(QueueFilter(), workspace.author.annotator)[0]
    text, chance = workspace.records.text(article), random.Random(author.annotator)
    words = [Span(*match.span()) for match in re.finditer(r"[a-z]{3,}", text)]
    for place in range(spans):
        span, now = words[place * len(words) // spans], author.now()
        kind = chance.random()
        span = replace(span, start=span.start + 1) if kind < 0.05 else span
        label = "location" if 0.05 < kind < 0.1 else "actor"
        id_ = MentionId(author.new_id())
        yield Mention(id_, article, label, (span,), span.cut(text), author.annotator, now, now)


def press(window: MainWindow, key: Qt.Key) -> None:
    """Presses a key on the article and lets the window paint."""
    QTest.keyClick(window.view, key)
    QApplication.processEvents()


if __name__ == "__main__":
    main()
