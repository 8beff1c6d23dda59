"""A scroll step in 1 MB of text with 20,000 mentions, against the same text with none."""

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.ui.main_window import MainWindow
from tests.benchmarks.making import project_with, text_of, window_on
from tests.benchmarks.measuring import median, percentile, seconds, show

STEPS, PIXELS = 400, 60


def main() -> None:
    """Scrolls by the wheel's usual step through text that was not laid out before."""
    times = {}
    for mentions in (0, 20_000):
        with tempfile.TemporaryDirectory() as folder:
            window = window_on(project_with(Path(folder), text_of(1_000_000), mentions), Path(folder))
            times[mentions] = steps(window)
            window.close()
    show("scroll step, 20,000 mentions / none", median(times[20_000]), median(times[0]), 2.0)
    show("  the same, 99th percentile", percentile(times[20_000], 0.99), percentile(times[0], 0.99), 1.5)


def steps(window: MainWindow) -> list[float]:
    """The times of single steps, in seconds."""
    bar = window.view.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + PIXELS)
        QApplication.processEvents()

    return [seconds(step) for _ in range(STEPS)]


if __name__ == "__main__":
    main()
