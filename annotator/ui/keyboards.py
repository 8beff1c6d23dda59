"""Letter keys on keyboards that write no Latin letters: Russian, Greek, Arabic, Hebrew and others.

Where a Latin layout is set up beside the other one, Qt finds the letter by itself. This is for where there is none: a
letter that no action has as its key counts as the letter in the same place on a Latin keyboard.
"""

import unicodedata
from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

# Linux's codes (input-event-codes.h) and the first set of codes of PC keyboards agree on these keys.
_PC = {
    **dict(zip(range(16, 28), "QWERTYUIOP[]", strict=True)),
    **dict(zip(range(30, 42), "ASDFGHJKL;'`", strict=True)),
    **dict(zip(range(43, 54), "\\ZXCVBNM,./", strict=True)),
}
_MAC = dict(
    zip(
        (*range(10), *range(11, 18), 30, 31, 32, 33, 34, 35, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 50),
        "ASDFHGZXCVBQWERYT]OU[IPLJ'K;\\,/NM.`",
        strict=True,
    )
)
"""kVK_ANSI_A and its like, of HIToolbox/Events.h."""
_SHIFTED = dict(zip("[]\\;'`,./", '{}|:"~<>?', strict=True))
_FROM_XKB = 8
_MODIFIERS = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def latin_key(platform: str, scan_code: int, virtual_key: int) -> str | None:
    """What the physical key writes on a US keyboard, without Shift; None for other keys.

    platform is Qt's name of it: windows, cocoa; all others count keys as xkb does.
    """
    if platform == "cocoa":
        return _MAC.get(virtual_key)
    return _PC.get(scan_code if platform == "windows" else scan_code - _FROM_XKB)


def is_other_letter(key: int) -> bool:
    """Whether Qt's code of a key is that of a letter that is not Latin."""
    if not 0x80 <= key < 0x110000:
        return False
    letter = chr(key)
    return letter.isalpha() and "LATIN" not in unicodedata.name(letter, "LATIN")


class LatinKeys(QObject):
    """Watches the keys that reach the article: those that Qt knew an action for do not come this far."""

    def __init__(self, view: QWidget, platform: str | None = None) -> None:
        super().__init__(view)
        self._view = view
        self._platform = QGuiApplication.platformName() if platform is None else platform
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Runs the action that the same physical key has in Latin letters."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not is_other_letter(event.key()):
            return super().eventFilter(watched, event)
        meant = latin_key(self._platform, event.nativeScanCode(), event.nativeVirtualKey())
        modifiers = event.modifiers() & _MODIFIERS
        if meant is None or self._with_key(QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))):
            return super().eventFilter(watched, event)
        for run in self._with_key(_sequence(meant, modifiers)):
            run()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _with_key(self, sequence: QKeySequence) -> list[Callable[[], object]]:
        """What runs the actions with this key, the article's own first; one that is off has its key as well."""
        shortcuts: Iterable[QShortcut] = self._view.findChildren(QShortcut)
        actions: list[QAction] = [*self._view.actions(), *self._view.window().actions()]
        found: list[Callable[[], object]] = [action.trigger for action in actions if sequence in action.shortcuts()]
        return found + [shortcut.activated.emit for shortcut in shortcuts if shortcut.key() == sequence]


def _sequence(meant: str, modifiers: Qt.KeyboardModifier) -> QKeySequence:
    """Shift that only makes another sign of a key does not count beside that sign: Shift and [ are {."""
    if modifiers & Qt.KeyboardModifier.ShiftModifier and meant in _SHIFTED:
        meant, modifiers = _SHIFTED[meant], modifiers & ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(modifiers, Qt.Key(ord(meant))))
