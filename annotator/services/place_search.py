"""Gathering what a name may mean from the lists of places: exact words first, then spellings like them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.places.candidates import Candidate, ContextPlace
from annotator.places.folding import plain, proper_words
from annotator.places.indexing import country_mark, province_mark
from annotator.places.ranking import Found, ranked, ranked_typed
from annotator.places.wanted import Wanted, alike, near_skeletons
from annotator.storage.gazetteer import Entry, Gazetteer

_READ = 40
"""Places read for one question to one list; ranking chooses among them."""
_READ_TYPED = 12
_AREAS = 4
"""Provinces and countries of the context that are asked for on their own."""

Group = tuple[str, ...]


@dataclass(slots=True)
class _Search:
    """One look-up in all lists. An entry in a later list replaces one with the same identifier."""

    lists: Sequence[Gazetteer]
    found: dict[str, Found] = field(default_factory=dict)

    def take(self, groups: Sequence[Group], mark: str, limit: int = _READ, *, last_begins: bool = False) -> None:
        """Reads what has a word of each group, and the mark if there is one."""
        asked = [*([(mark,)] if mark else []), *groups]
        for gazetteer in self.lists:
            self.keep(gazetteer.matching(asked, limit, last_begins=last_begins))

    def keep(self, entries: Iterable[Entry]) -> None:
        """Adds entries to what was found."""
        self.found |= {entry.listed.id: (entry.listed, entry.sounds) for entry in entries}

    def within(self, country: str) -> list[Found]:
        """What was found, in one country if one is given."""
        return [one for one in self.found.values() if not country or one[0].country == country]

    def alike(self, words: Sequence[str]) -> list[Group]:
        """Each word with the words of names that are spelt like it."""
        groups = []
        for word in words:
            skeletons = near_skeletons(word)
            known: dict[str, int] = {}
            for gazetteer in self.lists if skeletons else ():
                for other, places in gazetteer.words_like(skeletons):
                    known[other] = known.get(other, 0) + places
            groups.append(alike(word, list(known.items())))
        return groups


def search(
    lists: Sequence[Gazetteer], wanted: Wanted, context: Sequence[ContextPlace], country: str, limit: int
) -> tuple[Candidate, ...]:
    """The places a name may mean, best first; only in one country (alpha-3) if one is given."""
    if not wanted.words:
        return ()
    work = _Search(lists)
    near = _marks(context, country)
    everywhere = country_mark(country) if country else ""
    groups = [(word,) for word in wanted.words]
    for mark in (*near, everywhere):
        work.take(groups, mark)
        if wanted.words != tuple(wanted.sound.split()):
            work.take([(word,) for word in wanted.sound.split()], mark)
    is_known = any(wanted.sound in sounds for _, sounds in work.found.values())
    if near or not is_known:
        _take_alike(work, wanted, [*near, *([] if is_known else [everywhere])])
    return ranked(wanted, work.within(country), context, limit)


def search_called(
    lists: Sequence[Gazetteer], wanted: Wanted, context: Sequence[ContextPlace], limit: int
) -> tuple[Candidate, ...]:
    """The places that bear just this name, best first; none that is only spelt like it."""
    if not wanted.words:
        return ()
    work = _Search(lists)
    for mark in (*_marks(context, ""), ""):
        work.take([(word,) for word in wanted.words], mark)
    bearing = [one for one in work.within("") if _is_called(one, wanted)]
    return ranked(wanted, bearing, context, limit)


def _is_called(found: Found, wanted: Wanted) -> bool:
    """Whether a place has the name: “Baghlan Province” is a province called Baghlan as well."""
    listed, sounds = found
    if any(plain(name) == wanted.plain for name in listed.names):
        return True
    is_said = wanted.level is not None and wanted.level is listed.level
    return is_said and any(tuple(proper_words(name)) == wanted.words for name in sounds)


def _take_alike(work: _Search, wanted: Wanted, marks: Sequence[str]) -> None:
    groups = work.alike(wanted.words)
    joined = work.alike(["".join(wanted.words)]) if len(wanted.words) == 2 else []
    for mark in marks:
        work.take(groups, mark)
        if joined:
            work.take(joined, mark)
        if len(groups) > 1 and not work.found:
            for group in groups:
                work.take([group], mark)


def search_typed(
    lists: Sequence[Gazetteer], wanted: Wanted, context: Sequence[ContextPlace], country: str, limit: int
) -> tuple[Candidate, ...]:
    """Places with names that begin like what has been typed so far, best first."""
    if not wanted.sound:
        return ()
    work = _Search(lists)
    groups = [(word,) for word in wanted.sound.split()]
    for mark in (*_marks(context, country), country_mark(country) if country else ""):
        if mark or len(work.found) < limit:  # the countries in play first; the rest of the world when there is room
            work.take(groups, mark, _READ_TYPED, last_begins=True)
    return ranked_typed(wanted, work.within(country), context, limit)


def _marks(context: Sequence[ContextPlace], country: str) -> list[str]:
    """The provinces and countries in play, as words of the index; not those outside the country asked for."""
    inside = [place for place in context if place.country and country in {"", place.country}]
    provinces = {province_mark(place.country, place.province) for place in inside if place.province}
    countries = set() if country else {country_mark(place.country) for place in inside}
    return sorted(provinces)[:_AREAS] + sorted(countries)[:_AREAS]
