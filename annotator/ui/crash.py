"""The last catch: a fault in the program is written to the log and told, and the window stays open."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.errors import AnnotatorError
from annotator.services.versions import versions
from annotator.ui.widgets.plain import tell

logger = logging.getLogger(__name__)

_telling = threading.Lock()
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install() -> None:
    """Every error that nobody caught, and every word of Qt, comes here."""
    sys.excepthook = _on_error
    qInstallMessageHandler(lambda kind, _, message: logger.log(_QT_LEVELS[kind], "Qt: %s", message))


def _on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    logger.critical("uncaught", exc_info=(kind, error, trace))
    # What fails while painting fails again with every painting, also of this very message.
    if not _telling.acquire(blocking=False):
        return
    try:
        _tell(error)
    finally:
        _telling.release()


def _tell(error: BaseException) -> None:
    if isinstance(error, AnnotatorError):
        tell(None, "Annotator", str(error))
        return
    where = "".join(traceback.format_exception(error))
    tell(
        None,
        "A fault in the program",
        f"Something went wrong that should not have. What was done before is saved; you can go on.\n\n"
        f"The log has the details: {paths.log_file()}",
        f"{versions()}\n\n{where}",
    )
