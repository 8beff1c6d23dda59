"""The system asks the program to end, or somebody presses Ctrl+C: the window closes as if by hand."""

import os
import signal

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer

_ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name)]


def quit_when_asked(application: QCoreApplication) -> None:
    """From now on a signal to end closes all windows, and with them the project."""
    for number in _ENDING:
        if signal.getsignal(number) is signal.SIG_IGN:
            continue  # under nohup
        # Not at once: before the loop has begun nobody would hear it.
        signal.signal(number, lambda *_: QTimer.singleShot(0, application.quit))
    if os.name != "posix":
        return
    # Python runs what a signal asks for only when it runs anything; waiting in Qt's loop, it would never do so.
    heard, said = os.pipe()
    for end in (heard, said):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(said, warn_on_full_buffer=False)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, application)
    notifier.activated.connect(lambda: os.read(heard, 64))
