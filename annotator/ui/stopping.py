"""The system asks the program to end, or somebody presses Ctrl+C: the window closes as if by hand."""

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]


def quit_when_asked(application: QCoreApplication) -> Callable[[], bool]:
    """From now on a signal to end closes all windows, and with them the project.

    The answer tells whether one came: to quit before the loop has begun is heard by nobody.
    """
    asked: list[int] = []

    def end(number: int, _: object) -> None:
        asked.append(number)
        # Not at once: the loop may be about to begin.
        QTimer.singleShot(0, application.quit)

    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_IGN:
            continue  # under nohup
        signal.signal(number, end)
    if os.name != "posix":
        return lambda: bool(asked)
    # Python runs what a signal asks for only when it runs anything; waiting in Qt's loop, it would never do so.
    heard, said = os.pipe()
    for pipe_end in (heard, said):
        os.set_blocking(pipe_end, False)
    signal.set_wakeup_fd(said, warn_on_full_buffer=False)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: os.read(heard, 64))
    return lambda: bool(asked)
