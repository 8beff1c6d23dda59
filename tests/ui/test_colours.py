"""The default colours: read on the page and told apart, in normal sight and in three kinds of another sight."""

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.domain.schemas import Schema, parse
from annotator.services.projects import DEFAULT_SCHEMA
from annotator.ui.colours import DEFICIENCIES, READABLE, contrast, difference, new_colour
from annotator.ui.theme import DARK, LIGHT, Theme, Tones, blend
from annotator.ui.widgets.docks import PanelDock

THEMES = pytest.mark.parametrize("tones", [LIGHT, DARK], ids=["light", "dark"])
SIGHTS = pytest.mark.parametrize("sight", ["", *DEFICIENCIES], ids=["normal", *DEFICIENCIES])
LEAST_APART = 12.5
"""ΔE 2000 that every two labels keep in any sight; the default colours reach 13.0."""
VISIBLE = 3.0
"""The contrast that WCAG asks of what is no text."""
EDGED = 1.5
"""The contrast by which the end of a list is seen, which nobody has to find."""
LEAST_APART_OF_PARTS = 10.5
TINTS, TINT_OF_CONTENT = (0.13, 0.30), 0.18
"""How much of a colour ui/article/decorations.py lays over the page; tints of labels half more in the dark."""


def schema() -> Schema:
    """The schema of a new project."""
    return parse(paths.resource(DEFAULT_SCHEMA).read_text(encoding="utf-8"))


def labels(tones: Tones) -> dict[str, str]:
    """The colours of the labels."""
    return {label.key: label.dark if tones.is_dark else label.light for label in schema().labels}


def parts(tones: Tones) -> dict[str, str]:
    """The colours of the parts of claims."""
    return {part.key: part.dark if tones.is_dark else part.light for part in schema().claim_parts}


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#777777", 4.478),
        ("#0000FF", "#FFFFFF", 8.592),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_wcag(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == pytest.approx(ratio, abs=0.001)
    assert contrast(b, a) == contrast(a, b)


@pytest.mark.parametrize(
    ("a", "b", "sight", "apart"),
    [
        ("#FFFFFF", "#000000", "", 100.0),
        ("#FF0000", "#00FF00", "", 86.61),
        ("#FF0000", "#0000FF", "", 52.88),
        ("#336699", "#336699", "deutan", 0.0),
    ],
)
def test_difference_is_cie_de_2000(a: str, b: str, sight: str, apart: float) -> None:
    assert difference(a, b, sight) == pytest.approx(apart, abs=0.1)
    assert difference(b, a, sight) == pytest.approx(difference(a, b, sight))


def test_red_and_green_are_closer_to_eyes_without_red_or_green_cones_and_greys_stay() -> None:
    for sight in ("protan", "deutan"):
        assert difference("#B05030", "#708020", sight) < difference("#B05030", "#708020") / 2
    for sight in DEFICIENCIES:
        assert difference("#404040", "#C0C0C0", sight) == pytest.approx(difference("#404040", "#C0C0C0"), abs=0.5)


@THEMES
def test_each_colour_can_be_read_on_the_page(tones: Tones) -> None:
    for key, colour in (labels(tones) | parts(tones)).items():
        assert contrast(colour, tones.page) >= READABLE, key


@THEMES
def test_a_new_label_gets_a_colour_that_is_read_and_told_apart(tones: Tones) -> None:
    taken = list(labels(tones).values())
    for _ in range(3):
        colour = new_colour(taken, tones.page)
        assert contrast(colour, tones.page) >= READABLE
        assert min(difference(colour, other) for other in taken) > 10
        taken.append(colour)


@THEMES
def test_the_text_can_be_read_on_each_tint(tones: Tones) -> None:
    for key, colour in labels(tones).items():
        for share in TINTS:
            tint = blend(colour, tones.page, share * (1.5 if tones.is_dark else 1.0)).name()
            assert contrast(tones.text, tint) >= READABLE, f"{key} {share}"
    assert contrast(tones.text, blend(parts(tones)["content"], tones.page, TINT_OF_CONTENT).name()) >= READABLE


@THEMES
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_an_empty_box_can_be_seen(tones: Tones, kind: type[QAbstractButton], qapp: QApplication) -> None:
    Theme("dark" if tones.is_dark else "light").apply()
    box = kind()
    box.setText("Empty")
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    inside = {image.pixelColor(x, image.height() // 2).name() for x in range(14)}
    assert max(contrast(colour, tones.window) for colour in inside) >= VISIBLE
    box.deleteLater()


@THEMES
@pytest.mark.parametrize("kind", [QLineEdit, QComboBox, QSpinBox, QPlainTextEdit])
def test_the_edge_of_a_field_can_be_seen(tones: Tones, kind: type[QWidget], qapp: QApplication) -> None:
    assert edge_of(kind, tones) >= VISIBLE


@THEMES
@pytest.mark.parametrize("kind", [QListWidget, QTreeWidget, QTableWidget])
def test_a_list_has_an_edge(tones: Tones, kind: type[QWidget], qapp: QApplication) -> None:
    assert edge_of(kind, tones) >= EDGED


@THEMES
def test_where_the_keyboard_is_can_be_seen(tones: Tones, qtbot: QtBot) -> None:
    Theme("dark" if tones.is_dark else "light").apply()
    form, first, second = QWidget(), QLineEdit(), QComboBox()
    rows = QVBoxLayout(form)
    rows.addWidget(first)
    rows.addWidget(second)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    for field, other in ((first, second), (second, first)):
        image = field.grab().toImage()
        ring = image.pixelColor(0, image.height() // 2).name()
        assert contrast(ring, tones.window) >= VISIBLE
        still = other.grab().toImage()
        assert difference(ring, still.pixelColor(0, still.height() // 2).name()) > LEAST_APART
        QTest.keyClick(form, Qt.Key.Key_Tab)


@pytest.mark.parametrize(("first", "then"), [("light", DARK), ("dark", LIGHT), ("dark", DARK)])
def test_the_buttons_of_a_dock_can_be_seen(first: str, then: Tones, qtbot: QtBot) -> None:
    def is_seen(tones: Tones) -> bool:
        return [contrast_in(button, tones) >= VISIBLE for button in buttons_of(dock)] == [True, True]

    theme, window = Theme(first), QMainWindow()
    theme.apply()
    dock = PanelDock(QWidget(), "map", "Map", theme)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: is_seen(theme.tones))
    theme.choose("dark" if then.is_dark else "light")
    qtbot.waitUntil(lambda: is_seen(then))
    dock.setFloating(True)
    dock.setFloating(False)
    qtbot.waitUntil(lambda: is_seen(then))


def buttons_of(dock: QDockWidget) -> list[QAbstractButton]:
    """Those of its title."""
    return [one for one in dock.findChildren(QAbstractButton) if one.isVisible()]


def contrast_in(widget: QWidget, tones: Tones) -> float:
    """How much what is seen best in a widget stands out from the window."""
    image = widget.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    return max(contrast(colour, tones.window) for colour in seen)


def edge_of(kind: type[QWidget], tones: Tones) -> float:
    """The contrast of a widget's left edge with the window."""
    Theme("dark" if tones.is_dark else "light").apply()
    widget = kind()
    widget.resize(120, 60)
    image = widget.grab().toImage()
    edge = {image.pixelColor(x, image.height() // 2).name() for x in range(3)}
    widget.deleteLater()
    return max(contrast(colour, tones.window) for colour in edge - {tones.field.lower()})


@THEMES
@SIGHTS
def test_every_two_labels_can_be_told_apart(tones: Tones, sight: str) -> None:
    found = {(a, b): difference(labels(tones)[a], labels(tones)[b], sight) for a, b in combinations(labels(tones), 2)}
    assert len(found) == 10
    assert min(found.values()) >= LEAST_APART, min(found, key=lambda pair: found[pair])


@THEMES
@SIGHTS
def test_the_parts_of_a_claim_can_be_told_apart(tones: Tones, sight: str) -> None:
    colours = parts(tones)
    assert min(difference(colours[a], colours[b], sight) for a, b in combinations(colours, 2)) >= LEAST_APART_OF_PARTS
