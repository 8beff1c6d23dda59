"""Traps of the toolkit that were stepped into once."""

import sys

import pytest
from PySide6.QtGui import QPainterPath
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be counted away from Python 3.12 on")
def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    """One release of PySide6 lost a reference to None on each, until the process aborted."""
    path, before = QPainterPath(), sys.getrefcount(None)
    for _ in range(1000):
        path.closeSubpath()
    assert sys.getrefcount(None) > before - 500
