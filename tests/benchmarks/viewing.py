"""The article view on large texts: what each gesture costs, against the same text without marks, or a short one with
as many marks on a page.

Sizes: 1 MB with 20,000 mentions, 2 MB with 50,000, 200 kB in one paragraph with 4,000, 50,000 short paragraphs.
"""

import gc
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.queue import QueueFilter
from annotator.ui.main_window import MainWindow
from tests.benchmarks.making import project_with, text_of, window_on
from tests.benchmarks.measuring import median, peak_megabytes, percentile, seconds, show

REPEATS = 30
_LONG = text_of(200_000).replace("\n\n", " ")
_SHORT_PARAGRAPHS = "".join(f"Name{n} was here.\n" for n in range(50_000))
SIZES: tuple[tuple[str, str, int], ...] = (
    ("1 MB, 20,000 mentions", text_of(1_000_000), 20_000),
    ("2 MB, 50,000 mentions", text_of(2_000_000), 50_000),
    ("200 kB in one paragraph, 4,000", _LONG, 4_000),
    ("50,000 short paragraphs, 10,000", _SHORT_PARAGRAPHS, 10_000),
)


def main() -> None:
    """Measures a short text first, then each size without and with its mentions."""
    small = measured(text_of(5_000), 100)
    for name, text, mentions in SIZES:
        plain, full = measured(text, 0), measured(text, mentions)
        print(f"-- {name}")
        show("open / reading the rows", full["open"], full["rows"], 3.0)
        show("first paint / without mentions", full["first paint"], plain["first paint"], 2.0)
        for what in ("scroll step", "scroll step p99", "page down", "jump to end", "resize", "zoom"):
            show(f"{what} / without mentions", full[what], plain[what], 1.5)
        show("hit test / paint", full["hit test"], full["paint"], 0.05)
        for what in ("add", "remove"):
            show(f"{what} / 5 kB", full[what], small[what], 1.2)
        show("offer all the same / without mentions", full["same"], plain["same"], 3.0)
    print(f"peak memory {peak_megabytes():.0f} MB")


def measured(text: str, mentions: int) -> dict[str, float]:
    """The times of the gestures on one text, in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = project_with(folder, text, mentions)
        window = window_on(workspace, folder)
        try:
            return _opening(window) | _reading(window) | _marking(window)
        finally:
            window.close()
            window.deleteLater()
            settle()
            gc.collect()


def _opening(window: MainWindow) -> dict[str, float]:
    desk, view = window.controls.desk, window.view
    records = desk.workspace.records
    article = records.queue(QueueFilter(), desk.workspace.author.annotator)[0]

    def rows() -> None:
        records.mentions_in(article)
        records.claims_in(article)
        records.zones_in(article)
        records.entities_in(article)

    opened = best(lambda: desk.contents.show(article), 5)
    desk.contents.show(article)
    return {"rows": best(rows, 5), "open": opened, "first paint": seconds(view.viewport().repaint)}


def _reading(window: MainWindow) -> dict[str, float]:
    view, bar = window.view, window.view.verticalScrollBar()
    for _ in range(600):
        settle()  # the ruler counts its marks between events, in the first moments

    def painted(act: Callable[[], object]) -> float:
        def work() -> None:
            act()
            settle()  # paints what has changed, as on a screen

        return seconds(work)

    steps = [painted(lambda: bar.setValue(bar.value() + 60)) for _ in range(300)]
    pages = [painted(lambda: QTest.keyClick(view, Qt.Key.Key_PageDown)) for _ in range(REPEATS)]
    jump = painted(lambda: QTest.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier))
    bar.setValue(bar.maximum() // 2)
    settle()
    sizes = [painted(lambda n=n: window.resize(1440 - 40 * (n % 2), 900)) for n in range(6)]  # type: ignore[misc]
    zooms = [painted(lambda n=n: view.set_font_size(13 + n % 2)) for n in range(6)]  # type: ignore[misc]
    paints = [seconds(view.viewport().repaint) for _ in range(REPEATS)]
    places = [QPoint(100 + 13 * n, 60 + 17 * n) for n in range(REPEATS)]

    def hit(place: QPoint) -> None:
        offset = view.exact_offset_at(place)
        if offset is not None:
            view.board.at(offset)

    return {
        "scroll step": median(steps),
        "scroll step p99": percentile(steps, 0.99),
        "page down": median(pages),
        "jump to end": jump,
        "resize": median(sizes),
        "zoom": median(zooms),
        "paint": median(paints),
        "hit test": median(seconds(lambda place=place: hit(place)) for place in places),  # type: ignore[misc]
    }


def _marking(window: MainWindow) -> dict[str, float]:
    view, text = window.view, window.view.text
    start = text.find("Name", len(text) // 2)
    adds, removes = [], []
    for _ in range(REPEATS):
        view.put_caret(start)
        settle()
        adds.append(seconds(lambda: press(window, Qt.Key.Key_A)))
        removes.append(seconds(lambda: press(window, Qt.Key.Key_Delete)))
        start = text.find("Name", start + 1) if text.find("Name", start + 1) > 0 else text.find("Name")
    view.put_caret(text.find("Name", len(text) // 2))
    press(window, Qt.Key.Key_O)
    same = seconds(lambda: press(window, Qt.Key.Key_G))
    return {"add": median(adds), "remove": median(removes), "same": same}


def press(window: MainWindow, key: Qt.Key) -> None:
    """Presses a key on the article and lets the window paint."""
    QTest.keyClick(window.view, key)
    settle()


def settle() -> None:
    """Lets everything happen that waits."""
    QApplication.processEvents()


def best(work: Callable[[], object], times: int) -> float:
    """The shortest of several times, in seconds."""
    return min(seconds(work) for _ in range(times))


if __name__ == "__main__":
    main()
