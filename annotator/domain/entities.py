"""Entities: the things mentioned, across the whole project."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, EntityId
from annotator.domain.names import fold

UNNAMED_SOURCE = "unnamed source"


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


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor or a place. Its kind is one of the schema's entity kinds."""

    id: EntityId
    kind: str
    name: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    aliases: tuple[Alias, ...] = ()
    description: str = ""

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
