"""Saying where a place is: by the gazetteer, with the article's other places in view, or by a click on the map."""

from collections.abc import Callable, Sequence
from functools import cached_property

from annotator.domain.entities import PLACE, Basis, Entity, Place
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import EntityId
from annotator.editing import linking
from annotator.services.places import Candidate, ContextPlace, Places
from annotator.ui.article.asking import Asking, make_finder
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.jobs import Job
from annotator.ui.widgets.finder import Offer

_AROUND = 60
"""Code points on either side of a mention in which "Province" or "district" helps to decide."""
_FEW = 5
"""Places that begin with what was typed; with fewer, those that are spelt like it are offered too."""


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
    def places(self) -> Places:
        """The gazetteer."""
        return Places()

    def look_up_chosen(self) -> None:
        """Looks up the place that the chosen mention or entity means."""
        entity = self._desk.focus.entity
        if entity is None:
            self._desk.notices.refused.emit("Choose a location first: Tab goes to the next mention.")
        else:
            self.look_up(entity)

    def look_up(self, entity: EntityId) -> None:
        """Opens the finder with the places that an entity's name may mean; builds the gazetteer first if need be."""
        known = self._desk.workspace.records.entity(entity)
        if known.kind != PLACE:
            self._desk.notices.refused.emit(f"“{known.name}” is a {known.kind}; make it a place first (8).")
        elif not self.places.is_ready:
            self._build(lambda: self._ask(known))
        else:
            self._ask(known)

    def _build(self, then: Callable[[], None]) -> None:
        job: Job[None] = Job("Building the gazetteer", self.places.build, lambda _: None)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit("Another task is under way; look the place up when it has ended.")
            return
        self._desk.notices.said.emit("Building the gazetteer, this once…")
        job.ended.connect(lambda error: then() if not error and not job.is_cancelled else None)

    def _ask(self, entity: Entity) -> None:
        context, around = self.context(entity), self._words_around(entity)
        found: dict[str, Candidate] = {}

        def search(words: str) -> list[Offer]:
            typed = words.strip()
            candidates = self.places.look_up_prefix(typed, context=context) if typed else ()
            if len(candidates) < _FEW:
                others = self.places.look_up(typed or entity.name, context=context, words_around=around)
                candidates += tuple(other for other in others if other.id not in {one.id for one in candidates})
            found.update({candidate.id: candidate for candidate in candidates})
            offers = [
                Offer(candidate.id, candidate.name, _where(candidate), _aside(candidate)) for candidate in candidates
            ]
            return [*offers, Offer("unknown", "Unknown", "Somebody has looked, and it cannot be said where it is")]

        def take(key: str) -> None:
            if key == "unknown":
                self._desk.do(linking.set_place, entity.id, Place(basis=Basis.UNKNOWN))
            else:
                self.take(entity.id, found[key])

        finder = make_finder(self._view)
        finder.taken.connect(take)
        mentions = self._desk.contents.mentions_of(entity.id)
        place = self._view.point_below(mentions[0].hull) if mentions else self._asking.corner()
        chosen = self._desk.contents.mention(self._desk.focus.mention)
        if chosen is not None and chosen.entity == entity.id:
            place = self._view.point_below(chosen.hull)
        finder.ask(f"Where is “{short(entity.name)}”?", "", search, place, can_make=False)

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
        likeliest = self.best(known)
        if likeliest is None:
            return f"not known yet: press {key}"
        return f"maybe {likeliest.name}, {_where(likeliest)}: press {key}"

    def best(self, entity: Entity) -> Candidate | None:
        """The likeliest place for an entity; None when there is none or the gazetteer is not built yet."""
        if not self.places.is_ready:
            return None
        found = self.places.look_up(
            entity.name, context=self.context(entity), words_around=self._words_around(entity), limit=1
        )
        return found[0] if found else None

    def take(self, entity: EntityId, candidate: Candidate) -> None:
        """Says that the entity is this place."""
        scheme, _, value = candidate.id.partition(":")
        ids = (Identifier(scheme, value),) if scheme == "geonames" else ()
        self._desk.do(linking.set_place, entity, candidate.place, ids, candidate.country)

    def ask_point(self, entity: EntityId) -> None:
        """Asks for a click on the map."""
        known = self._desk.workspace.records.entity(entity)

        def take(lat: float, lon: float) -> None:
            now: Entity = self._desk.workspace.records.entity(entity)
            place = Place(now.place.level, lat, lon, Basis.DRAWN, now.place.province, now.place.district)
            self._desk.do(linking.set_place, entity, place)

        self._point(f"Click where {short(known.name)} is", take)

    def context(self, but: Entity) -> Sequence[ContextPlace]:
        """The article's places that are known."""
        known = [entity for entity in self._desk.contents.entities() if entity.id != but.id and entity.place.point]
        return [ContextPlace.of(entity.name, entity.country, entity.place) for entity in known]

    def _words_around(self, entity: Entity) -> str:
        mentions = self._desk.contents.mentions_of(entity.id)
        if not mentions:
            return ""
        whole, text = mentions[0].hull, self._desk.contents.text
        return text[max(0, whole.start - _AROUND) : whole.end + _AROUND]


def _where(candidate: Candidate) -> str:
    parts = [candidate.level, *dict.fromkeys(filter(None, (candidate.district, candidate.province)))]
    parts = [part for part in parts if part and part != candidate.name]
    words = ", ".join([*parts, candidate.country_name])
    return f"{words} · {candidate.distance_km:,.0f} km" if candidate.distance_km is not None else words


def _aside(candidate: Candidate) -> str:
    return f"{candidate.population:,}" if candidate.population else ""
