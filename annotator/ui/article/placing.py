"""Saying where a place is: by the gazetteer, or by a click on the map."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from annotator.domain.entities import PLACE, Basis, Entity, Place
from annotator.domain.ids import EntityId
from annotator.editing import linking
from annotator.ui.article.asking import Asking
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short


class LookUps(Protocol):
    """The gazetteer as the window asks it."""

    def ask(self, entity: Entity) -> None:
        """Opens the finder with the places that the name may mean; builds the gazetteer first if need be."""

    def likeliest(self, entity: Entity) -> str:
        """The likeliest place in words; empty when there is none or the gazetteer is not built yet."""

    def close(self) -> None:
        """Closes it."""


class Placing:
    """point asks for a click on the map and calls back with latitude and longitude."""

    def __init__(
        self,
        desk: Desk,
        view: ArticleView,
        asking: Asking,
        point: Callable[[str, Callable[[float, float], None]], None],
    ) -> None:
        self._desk, self._view, self._asking, self._point = desk, view, asking, point

    @cached_property
    def _look_ups(self) -> LookUps:
        # Imported for the first place that is looked up: ranking names brings much that a start does not need.
        from annotator.ui.article.look_ups import GazetteerLookUps

        return GazetteerLookUps(self._desk, self._view, self._asking)

    def stop(self) -> None:
        """Lets go of the lists of places, if any were asked."""
        if "_look_ups" in vars(self):
            self._look_ups.close()

    def look_up_chosen(self) -> None:
        """Looks up the place that the chosen mention or entity means."""
        entity = self._desk.focus.entity
        if entity is None:
            self._desk.notices.refused.emit("Choose a location first: Tab goes to the next mention.")
        else:
            self.look_up(entity)

    def look_up(self, entity: EntityId) -> None:
        """Opens the finder with the places that an entity's name may mean."""
        known = self._desk.workspace.records.entity(entity)
        if known.kind != PLACE:
            self._desk.notices.refused.emit(f"“{known.name}” is a {known.kind}; make it a place first (8).")
        else:
            self._look_ups.ask(known)

    def where(self, entity: EntityId) -> str:
        """Where a place is, in words: as it is known, or what the gazetteer thinks likeliest; empty for no place."""
        known = self._desk.workspace.records.entity(entity)
        if known.kind != PLACE:
            return ""
        place, key = known.place, self._desk.keys.name("look up")
        if place.basis is Basis.UNKNOWN:
            return "unknown"
        if place.point is not None:
            parts = (place.level.value if place.level else "", place.district, place.province, known.country)
            return ", ".join(filter(None, parts)) or f"{place.point[0]:.3f}, {place.point[1]:.3f}"
        likeliest = self._look_ups.likeliest(known)
        return f"maybe {likeliest}: press {key}" if likeliest else f"not known yet: press {key}"

    def ask_point(self, entity: EntityId) -> None:
        """Asks for a click on the map."""
        known = self._desk.workspace.records.entity(entity)

        def take(lat: float, lon: float) -> None:
            now: Entity = self._desk.workspace.records.entity(entity)
            place = Place(now.place.level, lat, lon, Basis.DRAWN, now.place.province, now.place.district)
            self._desk.do(linking.set_place, entity, place)

        self._point(f"Click where {short(known.name)} is", take)
