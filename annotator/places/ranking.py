"""Which of the places found is meant: likeness of names first, then what is known and what stands around."""

from collections.abc import Iterable, Sequence
from math import log10

from rapidfuzz import fuzz, process

from annotator.domain.entities import PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.places.candidates import Candidate, ContextPlace, candidate, distance_to
from annotator.places.folding import area_key, plain, proper_words
from annotator.places.wanted import Wanted, word_ratio

# Points, on the 100 that two equal names have. A linked province or district weighs as much as a third of a short word;
# the whole of a large city's people as much as the right country.
_WORDS, _WHOLE = 0.8, 0.2
_SAME, _SAME_SOUND = 10.0, 8.0
_OWN_NAME = 1.5
_LEVEL, _OTHER_LEVEL = 8.0, -4.0
_SAME_AREA, _SAME_COUNTRY, _NEAR = 15.0, 7.0, 8.0
_NEAR_KM = 150.0
_PEOPLE = 0.9
_LEAST, _MOST = 62.0, 150.0
_PEOPLE_OF = {PlaceLevel.PROVINCE: 500_000, PlaceLevel.DISTRICT: 20_000}
_NAMES_LOOKED_AT = 3

Found = tuple[Listed, tuple[str, ...]]
"""A place, and the sounds of its names in step with them."""
_Scored = tuple[float, int, str, Listed, str]
"""Points, people, identifier, the place, the name that was found."""


def ranked(
    wanted: Wanted, found: Iterable[Found], context: Sequence[ContextPlace] = (), limit: int = 12
) -> tuple[Candidate, ...]:
    """The best candidates, best first. Places whose names are too unlike are left out."""
    areas = Areas(context)
    scored = []
    for listed, sounds in found:
        likeness, matched = _best_name(wanted, listed, sounds)
        if likeness >= _LEAST:
            points = likeness + _known(listed) + _level(wanted, listed) + areas.pull(listed)
            points += _OWN_NAME * (matched == listed.name)
            scored.append((points, listed.population, listed.id, listed, matched))
    return _first(scored, context, limit)


def ranked_typed(
    wanted: Wanted, found: Iterable[Found], context: Sequence[ContextPlace] = (), limit: int = 12
) -> tuple[Candidate, ...]:
    """The same for a name that is still being typed: its letters so far are all there is to be like."""
    areas = Areas(context)
    scored = []
    for listed, sounds in found:
        begins = next((n for n, name in enumerate(sounds) if name.startswith(wanted.sound)), -1)
        likeness = 100.0 if begins >= 0 else 85.0
        if wanted.sound in sounds:
            begins, likeness = sounds.index(wanted.sound), 100 + _SAME_SOUND
        points = likeness + _known(listed) + _level(wanted, listed) + areas.pull(listed) + 2 * _OWN_NAME * (begins == 0)
        scored.append((points, listed.population, listed.id, listed, listed.names[max(begins, 0)]))
    return _first(scored, context, limit)


def _first(scored: list[_Scored], context: Sequence[ContextPlace], limit: int) -> tuple[Candidate, ...]:
    scored.sort(key=lambda row: (-row[0], -row[1], row[2]))
    return tuple(
        candidate(listed, context, matched=matched, score=min(1.0, points / _MOST))
        for points, _, _, listed, matched in scored[:limit]
    )


class Areas:
    """The districts, provinces and countries already in play."""

    def __init__(self, context: Sequence[ContextPlace]) -> None:
        self._context = context
        self._countries = {place.country for place in context if place.country}
        self._provinces = {(place.country, area_key(place.province)) for place in context if place.province}
        self._districts = {(place.country, area_key(place.district)) for place in context if place.district}

    def pull(self, listed: Listed) -> float:
        """The points a place gains for lying where the article's other places lie."""
        if not self._context:
            return 0.0
        is_province, is_district = listed.level is PlaceLevel.PROVINCE, listed.level is PlaceLevel.DISTRICT
        province = (listed.country, area_key(listed.name if is_province else listed.province))
        district = (listed.country, area_key(listed.name if is_district else listed.district))
        points = _SAME_COUNTRY if listed.country in self._countries else 0.0
        if province in self._provinces or district in self._districts:
            points = _SAME_AREA
        kilometres = distance_to(listed, self._context)
        return points + (_NEAR * max(0.0, 1 - kilometres / _NEAR_KM) if kilometres is not None else 0.0)


def _best_name(wanted: Wanted, listed: Listed, sounds: tuple[str, ...]) -> tuple[float, str]:
    """The likeness of the name that is most like the wanted one, and that name."""
    if wanted.sound in sounds:
        name = listed.names[sounds.index(wanted.sound)]
        return 100 + (_SAME if plain(name) == wanted.plain else _SAME_SOUND), name
    whole = " ".join(wanted.words)
    best = (0.0, listed.name)
    for _, ratio, place in process.extract(whole, sounds, scorer=fuzz.ratio, limit=_NAMES_LOOKED_AT):
        words = proper_words(sounds[place])
        parts = sum(max(word_ratio(word, other) for other in words) for word in wanted.words) / len(wanted.words)
        joined = word_ratio("".join(wanted.words), "".join(words))
        likeness = max(parts * _WORDS + ratio * _WHOLE, joined - 1)
        if words == list(wanted.words):
            likeness += _SAME_SOUND / 2
        if likeness > best[0]:
            best = (likeness, listed.names[place])
    return best


def _known(listed: Listed) -> float:
    return _PEOPLE * log10(1 + max(listed.population, _PEOPLE_OF.get(listed.level, 0)))


def _level(wanted: Wanted, listed: Listed) -> float:
    if wanted.level is None:
        return 0.0
    if wanted.level is listed.level:
        return _LEVEL
    return _OTHER_LEVEL if wanted.level in {PlaceLevel.PROVINCE, PlaceLevel.DISTRICT} else 0.0
