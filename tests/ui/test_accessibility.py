"""What a screen reader finds: names and roles, the article's text, and what is announced."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAction
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import MIXED

DIALOGS = (
    *("shortcuts", "settings", "list hidden", "keys", "labels", "hand out", "corrections", "restore", "history"),
    *("learn", "suggesters", "suggestion figures", "find everywhere", "same or not", "agreement"),
    *("claims table", "accounts", "problems", "export"),
)


def tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The interface and all below it, but no cells of tables: those are as many as there are rows."""
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid() and child.object() is not None:
            yield from tree(child)


def nameless(widget: QWidget) -> list[str]:
    """The widgets that take the keyboard and have no name."""
    found = []
    for interface in tree(QAccessible.queryAccessibleInterface(widget)):
        taken = interface.object()
        if not isinstance(taken, QWidget) or not interface.state().focusable or not taken.isVisible():
            continue
        assert interface.role() != QAccessible.Role.NoRole
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(taken).__name__} {taken.objectName()} in {type(taken.parent()).__name__}")
    return found


def test_everything_that_takes_the_keyboard_has_a_name(work: AtWork, player: Player) -> None:
    player.tag("Mara Lind", "A")
    assert nameless(work.window) == []
    player.select("would strike")
    player.press("C")
    assert nameless(work.window) == []
    player.press("Ctrl+F")
    assert nameless(work.window) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_so_has_everything_in_the_dialogs(work: AtWork, name: str) -> None:
    found = work.window.findChild(QAction, name)
    assert found is not None
    found.trigger()
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.close()


def test_the_search_in_all_articles_has_names(work: AtWork) -> None:
    window = work.window.controls.concordance()
    window.show()
    assert nameless(window) == []
    window.close()


def test_the_text_is_read_letter_by_letter(work: AtWork, player: Player) -> None:
    player.press("Ctrl+PgDown")
    view = work.window.view
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    shown = MIXED.replace("\r\n", "\n")
    units = len(shown.encode("utf-16-le")) // 2
    assert text.characterCount() == units
    assert text.text(0, units).replace("\u2029", "\n") == shown
    player.press("Right", 3)
    assert text.cursorPosition() == 3
    origin = view.viewport().mapToGlobal(QPoint(0, 0))
    emoji = shown.index("👩")
    tops = {text.characterRect(place).top() for place in (0, emoji, units - 4)}
    assert len(tops) == 3, "three lines"
    for place in (0, 3, emoji, emoji + 8, emoji + 10, emoji + 16, units - 4):
        letter = text.characterRect(place)
        assert view.viewport().rect().contains(letter.center() - origin)
        assert text.offsetAtPoint(QPoint(letter.left() + 1, letter.center().y())) == place
    player.press("Shift+Right", 2)
    assert text.selectionCount() == 1


def heard(work: AtWork, act: Callable[[], None]) -> list[str]:
    """What is announced while something is done."""
    words: list[str] = []
    work.window.announcer.announced.connect(words.append)
    act()
    work.window.announcer.announced.disconnect(words.append)
    return words


def test_coming_to_a_mention_or_a_claim_announces_it(work: AtWork, player: Player) -> None:
    assert "Actor: Mara Lind" in heard(work, partial(player.tag, "Mara Lind", "A"))
    player.tag("on Monday", "D")
    player.select("would strike")
    player.press("C")
    player.press("Escape")
    player.press("Ctrl+Home")
    player.press("Escape", 2)
    assert heard(work, lambda: player.press("Tab", 2)) == ["Actor: Mara Lind", "Date: on Monday"]
    assert heard(work, lambda: player.press("N")) == ["Claim by nobody named: would strike"]


def test_what_the_status_bar_says_is_announced(work: AtWork, player: Player) -> None:
    assert heard(work, lambda: player.press("+"))[0].startswith("Choose a mention")
