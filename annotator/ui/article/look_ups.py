"""Looking places up in the gazetteer, with the article's other places in view."""

from collections.abc import Callable, Sequence

from annotator.domain.entities import Basis, Entity, Place
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


class GazetteerLookUps:
    """The gazetteer is opened when it is first asked, and built before that if need be."""

    def __init__(self, desk: Desk, view: ArticleView, asking: Asking) -> None:
        self._desk, self._view, self._asking = desk, view, asking
        self._places = Places()

    def close(self) -> None:
        """Closes the gazetteer."""
        self._places.close()

    def ask(self, entity: Entity) -> None:
        """Opens the finder with the places that the name may mean; builds the gazetteer first if need be."""
        if self._places.is_ready:
            self._ask(entity)
        else:
            self._build(lambda: self._ask(entity))

    def _build(self, then: Callable[[], None]) -> None:
        self._places.close()  # those added are made anew, too
        job: Job[None] = Job("Building the gazetteer", self._places.build, lambda _: None)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit("Another task is under way; look the place up when it has ended.")
            return
        self._desk.notices.said.emit("Building the gazetteer, this once…")
        job.ended.connect(lambda error: then() if not error and not job.is_cancelled else None)

    def _ask(self, entity: Entity) -> None:
        context, around = self._context(entity), self._words_around(entity)
        found: dict[str, Candidate] = {}

        def search(words: str) -> list[Offer]:
            typed = words.strip()
            candidates = self._places.look_up_prefix(typed, context=context) if typed else ()
            if len(candidates) < _FEW:
                others = self._places.look_up(typed or entity.name, context=context, words_around=around)
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
                self._take(entity.id, found[key])

        finder = make_finder(self._view)
        finder.taken.connect(take)
        mentions = self._desk.contents.mentions_of(entity.id)
        place = self._view.point_below(mentions[0].hull) if mentions else self._asking.corner()
        chosen = self._desk.contents.mention(self._desk.focus.mention)
        if chosen is not None and chosen.entity == entity.id:
            place = self._view.point_below(chosen.hull)
        finder.ask(f"Where is “{short(entity.name)}”?", "", search, place, can_make=False)

    def likeliest(self, entity: Entity) -> str:
        """The likeliest place in words; empty when there is none or the gazetteer is not built yet."""
        if not self._places.is_ready:
            return ""
        context, around = self._context(entity), self._words_around(entity)
        found = self._places.look_up(entity.name, context=context, words_around=around, limit=1)
        return f"{found[0].name}, {_where(found[0])}" if found else ""

    def _take(self, entity: EntityId, candidate: Candidate) -> None:
        """Says that the entity is this place."""
        scheme, _, value = candidate.id.partition(":")
        ids = (Identifier(scheme, value),) if scheme == "geonames" else ()
        self._desk.do(linking.set_place, entity, candidate.place, ids, candidate.country)

    def _context(self, but: Entity) -> Sequence[ContextPlace]:
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
