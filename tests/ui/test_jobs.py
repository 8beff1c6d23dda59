"""Work in the background: what ends makes room for the next before anybody is told of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEventLoop
from pytestqt.qtbot import QtBot

from annotator.ui.jobs import Job, Jobs


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    """A line of jobs of its own."""
    del qtbot
    made = Jobs()
    yield made
    made.stop()


def job(steps: int = 2, *, fails: bool = False) -> Job[int]:
    """A job that counts."""

    def work() -> Iterator[tuple[int, int, int]]:
        for number in range(1, steps + 1):
            yield number, steps, number
        if fails:
            raise ValueError("the file is gone")

    return Job("Counting", work, lambda _: None)


def test_while_a_message_about_one_job_is_open_the_next_runs(jobs: Jobs, qtbot: QtBot) -> None:
    """A message box waits inside the slot that hears of the end, as the failure of an export does."""
    told: list[str] = []
    message = QEventLoop()
    first, second = job(fails=True), job()

    def tell(error: str) -> None:
        told.append(error)
        assert jobs.run(second)
        second.ended.connect(lambda _: message.quit())
        message.exec()
        told.append("closed")

    first.ended.connect(tell)
    assert jobs.run(first)
    assert not jobs.run(second)
    qtbot.waitUntil(lambda: told == ["the file is gone", "closed"])
    assert jobs.current is None
