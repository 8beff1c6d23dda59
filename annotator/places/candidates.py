"""What a look-up answers: candidates, and the places that draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.domain.geography import distance
from annotator.places.areas import country_names


@dataclass(frozen=True, slots=True)
class ContextPlace:
    """A place already linked in the article; it draws its neighbours. All that is not known is empty."""

    country: str = ""
    province: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None

    @classmethod
    def of(cls, name: str, country: str, place: Place) -> Self:
        """From the name, the country (alpha-3) and the place of an entity."""
        province = name if place.level is PlaceLevel.PROVINCE else place.province
        district = name if place.level is PlaceLevel.DISTRICT else place.district
        return cls(country, province, district, place.lat, place.lon)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    id is scheme and value, such as geonames:1147537; matched is the name that was found, another one perhaps. country
    is ISO 3166-1 alpha-3. lat and lon are degrees WGS 84, both or neither. score is between 0 and 1; distance_km is to
    the nearest place of the context.
    """

    id: str
    name: str
    matched: str
    level: PlaceLevel
    country: str
    country_name: str
    province: str
    district: str
    lat: float | None
    lon: float | None
    basis: Basis | None
    population: int
    score: float
    distance_km: float | None

    @property
    def place(self) -> Place:
        """As an entity keeps it."""
        return Place(self.level, self.lat, self.lon, self.basis, self.province, self.district)

    @property
    def context(self) -> ContextPlace:
        """As a place that draws its neighbours."""
        return ContextPlace.of(self.name, self.country, self.place)


def candidate(
    listed: Listed, context: Sequence[ContextPlace] = (), *, matched: str = "", score: float = 1.0
) -> Candidate:
    """A listed place as a candidate."""
    return Candidate(
        listed.id, listed.name, matched or listed.name, listed.level, listed.country,
        country_names().get(listed.country, ""), listed.province, listed.district, listed.lat, listed.lon, listed.basis,
        listed.population, score, distance_to(listed, context),
    )  # fmt: skip


def distance_to(listed: Listed, context: Sequence[ContextPlace]) -> float | None:
    """Kilometres to the nearest place of the context; None when no point is known on one side."""
    point = listed.point
    if point is None:
        return None
    points = ((place.lat, place.lon) for place in context if place.lat is not None and place.lon is not None)
    return min((distance(point, other) for other in points), default=None)
