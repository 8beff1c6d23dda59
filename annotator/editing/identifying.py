"""Which entity is meant by these words: proposals, and what may be linked without asking."""

from dataclasses import dataclass

from annotator.domain.entities import UNNAMED_SOURCE, Entity
from annotator.domain.names import fold, guessed_level
from annotator.domain.records import Records
from annotator.domain.schemas import Label

_MOST = 50
"""Entities looked at for one name; with more than this the analyst has to be asked anyway."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Entities that words may mean: called just so, or having the words in one of their names."""

    same: tuple[Entity, ...]
    similar: tuple[Entity, ...]

    @property
    def certain(self) -> Entity | None:
        """The one entity that may be linked silently.

        An alias that two entities share, and a bare surname that another entity bears too, are asked for.
        """
        return self.same[0] if len(self.same) == 1 and not self.similar else None

    @property
    def is_unknown(self) -> bool:
        """Whether nothing in the project bears the words, so that they name a new entity."""
        return not self.same and not self.similar

    @property
    def ranked(self) -> tuple[Entity, ...]:
        """All of them, the same name first."""
        return self.same + self.similar


def proposals(records: Records, quote: str, label: Label) -> Proposals:
    """The entities of the label's kinds that the quoted words may mean. Unnamed sources are never proposed."""
    key = fold(quote)
    found = records.entities_keyed(key, _MOST) if key else ()
    fitting = [entity for entity in found if entity.kind in label.kinds and entity.kind != UNNAMED_SOURCE]
    same = tuple(entity for entity in fitting if entity.is_called(quote))
    return Proposals(same, tuple(entity for entity in fitting if entity not in same))


def guessed_kind(quote: str, label: Label) -> str:
    """The kind a new entity starts with: the label's first; words that are no name are an unnamed source."""
    if UNNAMED_SOURCE in label.kinds and guessed_level(quote) == "nominal":
        return UNNAMED_SOURCE
    return label.kinds[0]
