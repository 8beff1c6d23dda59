"""Same or not? Entities that may be one, and why; a person decides."""

from dataclasses import dataclass

from annotator.domain.entities import UNNAMED_SOURCE
from annotator.domain.ids import EntityId

PERSON, PLACE = "person", "place"
_BODIES = frozenset({"armed group", "state body", "organisation", "media outlet", "crowd"})


@dataclass(frozen=True, slots=True)
class Named:
    """What of an entity is compared. contexts are the words around its mentions; they may be empty."""

    id: EntityId
    kind: str
    names: tuple[str, ...]
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that may be one. score is 0 to 1; why has short phrases, the weightiest first."""

    first: EntityId
    second: EntityId
    score: float
    why: tuple[str, ...]

    @property
    def ids(self) -> frozenset[EntityId]:
        """Both, in no order, as settled pairs are remembered."""
        return frozenset((self.first, self.second))


def kind_group(kind: str) -> str | None:
    """What entities of a kind may be one with; None for unnamed sources, which are never put together.

    Groups, state bodies, organisations, outlets and crowds are often taken for each other; a person is no place.
    """
    if kind == UNNAMED_SOURCE:
        return None
    return "body" if kind in _BODIES else kind
