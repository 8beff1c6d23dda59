"""Places as a gazetteer lists them."""

from dataclasses import dataclass

from annotator.domain.entities import Basis, PlaceLevel


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a gazetteer.

    id is scheme and value, such as geonames:1147537. names has the entry's own name first, then others. country is ISO
    3166-1 alpha-3, or empty; province and district are names. lat and lon are degrees WGS 84, both or neither.
    """

    id: str
    names: tuple[str, ...]
    level: PlaceLevel
    country: str = ""
    province: str = ""
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    basis: Basis | None = None
    population: int = 0

    @property
    def name(self) -> str:
        """The name it is listed under."""
        return self.names[0]

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, when the gazetteer has them."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)
