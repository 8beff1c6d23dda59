"""A window on articles about clashes, with mentions, claims and what a test looks for in forms."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from annotator.editing import describing
from annotator.ui.forms.claim import ClaimForm
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork

KILLED, DENIED = "15 Taliban fighters were killed", "dozens of militants fled"
WHEN = "SELECT event_words, event_earliest, event_latest FROM claim WHERE event_words || event_earliest != ''"
SAID = "SELECT said_words, said_earliest, said_latest FROM claim WHERE said_words || said_earliest != ''"
NUMBERS = (
    "SELECT q.what, q.words, e.name, q.low, q.best, q.high FROM claim_quantity q "
    "LEFT JOIN entity e ON e.id = q.whom_id ORDER BY q.claim_id, q.number"
)
PARTIES = "SELECT p.role, e.name FROM claim_party p JOIN entity e ON e.id = p.entity_id ORDER BY p.number"


def publish(work: AtWork, day: str = "2021-08-22") -> None:
    """Says when the shown article was published."""
    desk = work.window.controls.desk
    assert desk.do(describing.describe_article, desk.focus.article, published=day, language="en") is not None


def name_all(player: Player) -> None:
    """Tags who and where, so that claims can be put down to them."""
    player.tag("Amrullah Saleh", "A", kind="person")
    player.tag("Taliban", "A", nth=2, kind="armed group")
    player.tag("Baghlan", "L")
    player.press("Escape", 3)


def claim(player: Player, words: str = KILLED, source: str = "") -> None:
    """Makes a claim and chooses it."""
    player.claim([(words, 1)], [(source, 1)] if source else [], None)


def form(work: AtWork) -> ClaimForm:
    """The form of the chosen claim."""
    found = work.window.controls.inspector.form
    assert isinstance(found, ClaimForm), found
    return found


def field(owner: QWidget, widget_type: type[Any], name: str) -> Any:
    """A widget in sight, by what a screen reader calls it."""
    found = [one for one in owner.findChildren(widget_type) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, (name, [one.accessibleName() for one in owner.findChildren(widget_type)])
    return found[0]


def fill(player: Player, box: QLineEdit, words: str, leave: str = "Tab") -> None:
    """Types into a field over what is there, and leaves it."""
    box.setFocus()
    player.press("Ctrl+A")
    player.press("Backspace")
    if words.isascii():
        player.type(words)
    else:  # no key of every keyboard has these
        QApplication.clipboard().setText(words)
        player.press("Ctrl+V")
    player.press(leave)


def push(owner: QWidget, name: str) -> None:
    """Clicks a button in sight by its words or name."""
    found = [
        one
        for one in owner.findChildren(QAbstractButton)
        if name in {one.text(), one.accessibleName()} and one.isVisible()
    ]
    assert found, (name, [one.text() for one in owner.findChildren(QAbstractButton)])
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
