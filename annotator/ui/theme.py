"""Two palettes, light and dark, and the colours that marks are drawn in. The style is Fusion, with no style sheet."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator.domain.schemas import Schema


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of the window, as #RRGGBB."""

    page: str
    text: str
    quiet: str
    window: str
    field: str
    line: str
    outline: str
    button: str
    selection: str
    selected_text: str
    accent: str
    hit: str
    warning: str
    is_dark: bool


LIGHT = Tones(
    page="#FDFCFA",
    text="#1D2127",
    quiet="#5D6570",
    window="#F1F0ED",
    field="#FFFFFF",
    line="#D5D3CE",
    outline="#777A80",
    button="#E8E6E2",
    selection="#BBD6F2",
    selected_text="#10151B",
    accent="#1F5FA8",
    hit="#C77700",
    warning="#B3261E",
    is_dark=False,
)
DARK = Tones(
    page="#1A1C20",
    text="#E3E1DB",
    quiet="#A0A6AF",
    window="#23262B",
    field="#1D2024",
    line="#3B4048",
    outline="#7D848E",
    button="#31353C",
    selection="#2F5580",
    selected_text="#FFFFFF",
    accent="#7FB4EC",
    hit="#FFB454",
    warning="#FF8A80",
    is_dark=True,
)


def palette(tones: Tones) -> QPalette:
    """The window's palette in these tones."""
    result = QPalette(QColor(tones.button), QColor(tones.window))
    roles = {
        QPalette.ColorRole.Window: tones.window,
        QPalette.ColorRole.WindowText: tones.text,
        QPalette.ColorRole.Base: tones.field,
        QPalette.ColorRole.AlternateBase: tones.window,
        QPalette.ColorRole.Text: tones.text,
        QPalette.ColorRole.PlaceholderText: tones.quiet,
        QPalette.ColorRole.Button: tones.button,
        QPalette.ColorRole.ButtonText: tones.text,
        QPalette.ColorRole.BrightText: tones.text,
        QPalette.ColorRole.ToolTipBase: tones.field,
        QPalette.ColorRole.ToolTipText: tones.text,
        QPalette.ColorRole.Highlight: tones.selection,
        QPalette.ColorRole.HighlightedText: tones.selected_text,
        QPalette.ColorRole.Link: tones.accent,
        QPalette.ColorRole.Accent: tones.accent,
        QPalette.ColorRole.Mid: tones.line,
        QPalette.ColorRole.Light: tones.field,
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, blend(tones.quiet, tones.window, _DISABLED))
    return result


def blend(over: str, under: str, share: float) -> QColor:
    """The colour that share (0 to 1) of one over the other gives."""
    a, b = QColor(over), QColor(under)
    return QColor.fromRgbF(
        a.redF() * share + b.redF() * (1 - share),
        a.greenF() * share + b.greenF() * (1 - share),
        a.blueF() * share + b.blueF() * (1 - share),
    )


def _ringed(tones: Tones) -> QPalette:
    """The window's palette for what gets a ring with the keyboard, which Fusion draws in the colour of a selection.

    That of lists and of the text is pale, so that words on it stay readable, and no ring could be seen in it.
    """
    result = palette(tones)
    result.setColor(QPalette.ColorRole.Highlight, QColor(tones.accent))
    result.setColor(QPalette.ColorRole.HighlightedText, QColor(tones.field))
    return result


class Theme(QObject):
    """Which tones are in use: the system's choice, or the user's. changed is sent after a switch."""

    changed = Signal()

    def __init__(self, choice: str = "system") -> None:
        super().__init__()
        self._choice = choice
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def tones(self) -> Tones:
        """The tones in use."""
        if self._choice == "system":
            return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._choice == "dark" else LIGHT

    @property
    def choice(self) -> str:
        """system, light or dark."""
        return self._choice

    def choose(self, choice: str) -> None:
        """Follows the system, or stays light or dark."""
        self._choice = choice
        self.apply()

    def apply(self) -> None:
        """Gives the application style and palette, and tells everyone who paints by hand."""
        QApplication.setStyle(QStyleFactory.create("Fusion"))
        QApplication.setPalette(palette(self.tones))
        # Fusion takes a box's outline from the colour of the window, which leaves an empty box hardly to be seen.
        outlined = _ringed(self.tones)
        outlined.setColor(QPalette.ColorRole.Window, QColor(self.tones.outline).lighter(_OUTLINE_DARKENED))
        for kind in ("QCheckBox", "QRadioButton"):
            QApplication.setPalette(outlined, kind)  # type: ignore[arg-type]  # the stubs ask for bytes
        # The edges of fields and lists too, which on a dark window leaves none at all.
        for kind, (on_light, on_dark) in _EDGES.items():
            share = on_dark if self.tones.is_dark else on_light
            edged = _ringed(self.tones) if kind in _RINGED else palette(self.tones)
            if share:
                edge = blend(self.tones.outline, self.tones.window, share)
                edged.setColor(QPalette.ColorRole.Window, edge.lighter(_OUTLINE_DARKENED))
            QApplication.setPalette(edged, kind)  # type: ignore[arg-type]  # as above
        # What stands inside such an edge has the colours of the window again.
        for kind in ("QHeaderView", "QScrollBar"):
            QApplication.setPalette(palette(self.tones), kind)  # type: ignore[arg-type]  # as above
        self.changed.emit()

    def label_colour(self, schema: Schema, label: str) -> str:
        """A label's colour on the tones in use."""
        found = schema.label(label)
        return found.dark if self.tones.is_dark else found.light

    def part_colour(self, schema: Schema, part: str) -> str:
        """A claim part's colour on the tones in use."""
        found = schema.part(part)
        return found.dark if self.tones.is_dark else found.light

    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self.apply()


_FIELD, _LIST, _TABLE = (0.97, 0.9), (0.0, 0.55), (0.0, 0.4)
"""How much of the outline's colour edges have, on light and on dark: those of fields 3 to 1 against the window.

With nothing of it they are Fusion's own. A table draws the lines between its cells a little stronger than its edge.
"""
_EDGES = {
    **dict.fromkeys(("QPushButton", "QToolButton"), (0.0, 0.0)),
    **dict.fromkeys(("QLineEdit", "QComboBox", "QAbstractSpinBox", "QTextEdit", "QPlainTextEdit"), _FIELD),
    **dict.fromkeys(("QListView", "QTreeView"), _LIST),
    "QTableView": _TABLE,
}
"""By kind of widget, none of which is one of another kind: Qt takes any that fits."""
_RINGED = {"QLineEdit", "QComboBox", "QAbstractSpinBox", "QPushButton", "QToolButton"}
_OUTLINE_DARKENED = 140
"""Per cent by which Fusion darkens it again."""
_DISABLED = 0.8
"""How much of the quiet colour words have that cannot be used now: they can still be read."""
_USUAL_FLASH = 1_000
"""Milliseconds from one blink of a caret to the next."""


def set_blinking(*, is_on: bool) -> None:
    """Whether carets blink; somebody whom movement disturbs wants them still."""
    QGuiApplication.styleHints().setCursorFlashTime(_USUAL_FLASH if is_on else 0)
