"""Preferences of reading: typeface, size, measure, spacing, and what shows. Every change is seen at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.article.reading import (
    FAMILIES,
    LARGEST,
    LOOSEST,
    NARROWEST,
    SMALLEST,
    TIGHTEST,
    WIDEST,
    Density,
    Reading,
)
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.theme import set_blinking
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_row


class Preferences(QDialog):
    """Cancel brings back what was there before."""

    def __init__(self, desk: Desk, view: ArticleView, choose_theme: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._view, self._choose_theme = desk, view, choose_theme
        self._before, self._theme_before = view.reading, desk.theme.choice
        self.setWindowTitle("Preferences")
        self.setMinimumWidth(440)
        self._rows = QFormLayout()
        self._rows.setVerticalSpacing(8)
        self._build()
        buttons = foot(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults).clicked.connect(self._restore_defaults)
        whole = QVBoxLayout(self)
        whole.addLayout(self._rows)
        whole.addSpacing(8)
        whole.addWidget(buttons)
        self._show(view.reading)

    def _build(self) -> None:
        self.family = QFontComboBox()
        self.family.setEditable(False)
        self.family.setFontFilters(QFontComboBox.FontFilter.ScalableFonts)
        self.points = _number(QDoubleSpinBox(), SMALLEST, LARGEST, " pt", 1.0)
        self.measure = _number(QSpinBox(), NARROWEST, WIDEST, " characters", 5)
        self.spacing = _number(QDoubleSpinBox(), TIGHTEST, LOOSEST, " ×", 0.1)
        self.density, self.theme = QComboBox(), QComboBox()
        for density in Density:
            self.density.addItem(density.words, density.value)
        for key, words in (("system", "As the system"), ("light", "Light"), ("dark", "Dark")):
            self.theme.addItem(words, key)
        self.numbers, self.hidden = QCheckBox("Paragraph numbers"), QCheckBox("Hidden characters")
        self.blinks = QCheckBox("Blinking caret")
        self.blinks.setChecked(self._desk.settings.blinks)
        fields: tuple[tuple[str, Any, Any], ...] = (
            ("Typeface", self.family, self.family.currentFontChanged),
            ("Size", self.points, self.points.valueChanged),
            ("Line length", self.measure, self.measure.valueChanged),
            ("Line spacing", self.spacing, self.spacing.valueChanged),
            ("Marks", self.density, self.density.activated),
            ("Colours", self.theme, self.theme.activated),
            ("Show", self.numbers, self.numbers.toggled),
            ("", self.hidden, self.hidden.toggled),
            ("", self.blinks, self.blinks.toggled),
        )
        for words, field, changed in fields:
            field.setAccessibleName(words or field.text())
            plain_row(self._rows, words, field)
            changed.connect(self._apply)

    def _show(self, reading: Reading) -> None:
        shown = QFont()
        shown.setFamilies(reading.families)
        available = {family for family in reading.families if QFont(family).exactMatch()}
        family = next((name for name in reading.families if name in available), FAMILIES[0])
        for field in self._fields():
            field.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.family.setCurrentFont(QFont(family))
        self.points.setValue(reading.points)
        self.measure.setValue(reading.measure)
        self.spacing.setValue(reading.spacing)
        self.density.setCurrentIndex(self.density.findData(reading.density.value))
        self.theme.setCurrentIndex(self.theme.findData(self._desk.theme.choice))
        self.numbers.setChecked(reading.numbers)
        self.hidden.setChecked(reading.hidden)
        self._family_shown = self.family.currentFont().family()
        for field in self._fields():
            field.blockSignals(False)  # noqa: FBT003

    def _fields(self) -> tuple[QObject, ...]:
        numbers = (self.points, self.measure, self.spacing)
        return (self.family, *numbers, self.density, self.theme, self.numbers, self.hidden)

    def _apply(self) -> None:
        family = self.family.currentFont().family()
        chosen = replace(
            self._view.reading,
            # What stood there at first is what the machine had of the usual ones: that is no choice.
            family=family if family != self._family_shown else self._view.reading.family,
            points=self.points.value(),
            measure=self.measure.value(),
            spacing=round(self.spacing.value(), 2),
            density=Density(str(self.density.currentData())),
            numbers=self.numbers.isChecked(),
            hidden=self.hidden.isChecked(),
        )
        self._view.set_reading(chosen)
        if self.theme.currentData() != self._desk.theme.choice:
            self._choose_theme(str(self.theme.currentData()))
        self._desk.settings.blinks = self.blinks.isChecked()
        set_blinking(is_on=self.blinks.isChecked())

    def _restore_defaults(self) -> None:
        self._view.set_reading(Reading())
        self._show(Reading())

    def reject(self) -> None:
        """Everything as it was."""
        self._view.set_reading(self._before)
        if self._desk.theme.choice != self._theme_before:
            # After the dialog has gone: a new palette reaches all windows.
            QTimer.singleShot(0, lambda: self._choose_theme(self._theme_before))
        super().reject()


def _number(box: Any, least: float, most: float, unit: str, step: float) -> Any:
    box.setRange(least, most)
    box.setSuffix(unit)
    box.setSingleStep(step)
    if isinstance(box, QDoubleSpinBox):
        box.setDecimals(1)
    return box
