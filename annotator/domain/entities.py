"""Entities: the things mentioned, across the whole project."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId
from annotator.domain.names import fold
from annotator.domain.spans import Span
from annotator.domain.values import Value

UNNAMED_SOURCE, PLACE = "unnamed source", "place"
"""Kinds that code depends on; the others are the schema's."""


class AliasKind(StrEnum):
    """Why another name stands for the same entity."""

    SPELLING = "spelling"
    MISSPELLING = "misspelling"
    TITLE = "title or description"
    NICKNAME = "nickname"
    OTHER_SCRIPT = "other script"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of an entity."""

    text: str
    kind: AliasKind = AliasKind.SPELLING


class PlaceLevel(StrEnum):
    """What kind of place it is; the precision codes of event data sets follow from it."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    POPULATED_PLACE = "populated place"
    SITE = "site"
    NATURAL_FEATURE = "natural feature"
    FUZZY_REGION = "fuzzy region"
    GROUP = "group of places"


class Basis(StrEnum):
    """What a place's coordinates rest on. UNKNOWN is an answer too: somebody has looked and it cannot be said."""

    GAZETTEER = "gazetteer"
    CENTROID = "centroid"
    SEAT = "seat"
    DRAWN = "drawn"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place is: degrees WGS 84, both or neither, and the names of what it lies in."""

    level: PlaceLevel | None = None
    lat: float | None = None
    lon: float | None = None
    basis: Basis | None = None
    province: str = ""
    district: str = ""

    def __post_init__(self) -> None:
        if (self.lat is None) != (self.lon is None):
            raise ValueError("latitude and longitude go together")
        if self.lat is not None and self.lon is not None and not (-90 <= self.lat <= 90 and -180 <= self.lon <= 180):
            raise ValueError("latitude is between -90 and 90, longitude between -180 and 180")

    def __bool__(self) -> bool:
        return self != Place()

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, when they are known."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or a place. Its kind is one of the schema's entity kinds.

    sectors are codes of the schema's list, the first the primary one; country is ISO 3166-1 alpha-3 or a code in its
    slot such as IGO. place has a meaning for places only.
    """

    id: EntityId
    kind: str
    name: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    aliases: tuple[Alias, ...] = ()
    description: str = ""
    sectors: tuple[str, ...] = ()
    country: str = ""
    role: str = ""
    ids: tuple[Identifier, ...] = ()
    place: Place = Place()
    attributes: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("an entity needs a name")

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and all its aliases."""
        return (self.name, *(alias.text for alias in self.aliases))

    def is_called(self, name: str) -> bool:
        """Whether name is one of its names, whatever the case, accents and blanks."""
        folded = fold(name)
        return any(fold(own) == folded for own in self.names)


@dataclass(frozen=True, slots=True)
class Use:
    """An article that mentions an entity: how often, and where first."""

    article: ArticleId
    title: str
    published: str
    count: int
    span: Span


@dataclass(frozen=True, slots=True)
class Placed:
    """A place with coordinates, as far as the map shows it, and how often it is mentioned."""

    entity: EntityId
    name: str
    place: Place
    mentions: int
