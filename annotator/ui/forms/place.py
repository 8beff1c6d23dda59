"""Where a place is: found in the gazetteer, typed by hand, clicked on the map, or said to be unknown."""

from collections.abc import Callable
from dataclasses import replace

from annotator.domain.coordinates import coordinates
from annotator.domain.entities import PLACE, Basis, Entity, Place, PlaceLevel
from annotator.editing import linking
from annotator.services.precision import codes_of
from annotator.ui.forms.fields import ChoiceField, LineField, as_is
from annotator.ui.forms.form import Form, button_row, not_saved, section
from annotator.ui.widgets.plain import plain_label


class PlaceRows:
    """Rows of an entity's form, shown for places. look_up opens the gazetteer, point asks for a click on the map."""

    def __init__(self, form: Form, look_up: Callable[[], None], point: Callable[[], None]) -> None:
        self._desk, self._rows = form.desk, form.rows
        self._entity: Entity | None = None
        rows, first = form.rows, form.rows.rowCount()
        rows.addRow(section("Place"))
        self._level = ChoiceField("Level", as_is((level.value for level in PlaceLevel), unset="–"))
        self._level.committed.connect(lambda value: self._set(level=PlaceLevel(value) if value else None))
        rows.addRow("Level", self._level)
        self._point = LineField("Coordinates", "35.79 N, 69.22 E, or 42S 519000 3960000")
        self._point.committed.connect(self._save_point)
        rows.addRow("Coordinates", self._point)
        self._basis = ChoiceField("They rest on", as_is((basis.value for basis in Basis), unset="–"))
        self._basis.committed.connect(lambda value: self._set(basis=Basis(value) if value else None))
        rows.addRow("Rest on", self._basis)
        self._province, self._district = LineField("Province"), LineField("District")
        self._province.committed.connect(lambda value: self._set(province=value.strip()))
        self._district.committed.connect(lambda value: self._set(district=value.strip()))
        rows.addRow("Province", self._province)
        rows.addRow("District", self._district)
        self._typed = (self._point, self._province, self._district)
        self._codes = plain_label(quiet=True, wrap=True)
        rows.addRow("", self._codes)
        rows.addRow(button_row(("Look up…", look_up), ("On the map…", point), ("Unknown", self._unknown)))
        self._numbers = range(first, rows.rowCount())

    def show_entity(self, entity: Entity) -> None:
        """Shows a place; hides its rows for what is none."""
        self._entity, place = entity, entity.place
        for number in self._numbers:
            self._rows.setRowVisible(number, entity.kind == PLACE)
        self._level.show_value(place.level.value if place.level else "")
        self._point.show_value("" if place.point is None else f"{place.point[0]:.5f}, {place.point[1]:.5f}")
        self._basis.show_value(place.basis.value if place.basis else "")
        self._province.show_value(place.province)
        self._district.show_value(place.district)
        codes = codes_of(entity, "in")
        self._codes.setText(f"As “in” it: {codes}" if codes else "")
        self._rows.setRowVisible(self._codes, bool(codes) and entity.kind == PLACE)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        for field in self._typed:
            field.commit()

    def forget(self) -> None:
        """What was typed does not count any more."""
        for field in self._typed:
            field.forget()

    def _save_point(self, value: str) -> None:
        if not value.strip():
            self._set(lat=None, lon=None, basis=None)
            return
        try:
            lat, lon = coordinates(value)
        except ValueError as error:
            self._desk.notices.refused.emit(str(error))
            self._show_again()
            return
        self._set(lat=lat, lon=lon, basis=Basis.ESTIMATED)

    def _unknown(self) -> None:
        self._set(lat=None, lon=None, basis=Basis.UNKNOWN)

    def _set(self, **fields: object) -> None:
        if self._entity is None:
            return
        place: Place = replace(self._entity.place, **fields)  # type: ignore[arg-type]
        if self._desk.do(linking.set_place, self._entity.id, place) is None:
            self._show_again()

    def _show_again(self) -> None:
        entity = self._entity
        if entity is not None:
            not_saved(self._desk, (*self._typed, self._level, self._basis), lambda: self.show_entity(entity))
