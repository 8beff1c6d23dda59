"""Giving keys to the window's actions, and letters to its menus."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from annotator.ui.acting import Action
from annotator.ui.keys import is_typed, portable


def give_keys(made: QAction, action: Action, keys: Iterable[str], article: QWidget) -> None:
    """Gives an action of the window its keys, in place of those it had.

    A letter that a one-hand set or the user gave to an action of the whole window works on the article only: in a box
    it is typed, and in a list it looks for a row.
    """
    standard = {portable(key) for key in action.keys}
    only_there = [key for key in keys if not action.on_article and is_typed(key) and key not in standard]
    made.setShortcuts([QKeySequence(key) for key in keys if key not in only_there])
    for old in article.findChildren(QShortcut, action.id):
        old.setParent(None)
        old.deleteLater()
    for key in only_there:
        shortcut = QShortcut(QKeySequence(key), article, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.setObjectName(action.id)
        shortcut.activated.connect(made.trigger)


def with_letters(titles: Iterable[str], taken: Iterable[str]) -> list[str]:
    """The titles of menus, each with the first letter marked that no other menu and no action has with Alt."""
    used = {key.removeprefix("Alt+").casefold() for key in taken if key.startswith("Alt+")}
    marked = []
    for title in titles:
        place = next((place for place, letter in enumerate(title) if letter.casefold() not in used), None)
        if place is None:
            marked.append(title)
            continue
        used.add(title[place].casefold())
        marked.append(f"{title[:place]}&{title[place:]}")
    return marked
