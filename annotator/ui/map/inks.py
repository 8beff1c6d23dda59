"""The colours a map is drawn in, made of the window's tones."""

from dataclasses import dataclass

from PySide6.QtGui import QColor

from annotator.domain.schemas import LabelKind, Schema
from annotator.ui.theme import Tones, blend


@dataclass(frozen=True, slots=True)
class Inks:
    """One colour for each thing on the map."""

    water: QColor
    land: QColor
    border: QColor
    grid: QColor
    country: QColor
    text: QColor
    quiet: QColor
    place: QColor
    chosen: QColor
    card: QColor
    edge: QColor
    focus: QColor


def inks(tones: Tones, schema: Schema) -> Inks:
    """Places have the colour that their mentions have in the text."""
    label = next((label for label in schema.labels if label.kind is LabelKind.LOCATION), None)
    place = (label.dark if tones.is_dark else label.light) if label else tones.accent
    land = QColor(tones.button if tones.is_dark else tones.page)
    return Inks(
        water=blend(tones.accent, tones.page, 0.05) if tones.is_dark else blend(tones.accent, tones.window, 0.12),
        land=land,
        border=blend(tones.text, land.name(), 0.26),
        grid=blend(tones.accent, land.name(), 0.16),
        country=blend(tones.text, land.name(), 0.62),
        text=QColor(tones.text),
        quiet=QColor(tones.quiet),
        place=QColor(place),
        chosen=QColor(tones.hit),
        card=QColor(tones.field),
        edge=QColor(tones.line),
        focus=QColor(tones.accent),
    )
