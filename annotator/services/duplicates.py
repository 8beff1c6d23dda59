"""Same or not? The entities of a project that may be one, for a person to decide; nothing is put together here."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.sameness import Named, Pair
from annotator.storage.entity_listing import EntityReader

BATCH = 100
Step = tuple[int, int, tuple[Pair, ...]]
"""How many entities are done, of how many, and the pairs found on the way."""


def named(entity: Entity, contexts: Iterable[str] = ()) -> Named:
    """What of an entity is compared."""
    return Named(entity.id, entity.kind, entity.names, tuple(contexts))


def find_duplicates(entities: Iterable[Named], settled: Collection[frozenset[EntityId]] = ()) -> Iterator[Step]:
    """All likely pairs, in the order of the entities' ids; each comes once, one settled as different never.

    The first half of the way fills the index, the second looks each entity up; sorting by score is up to the caller.
    """
    from annotator.nlp.name_index import NameIndex

    ordered = sorted(entities, key=lambda entity: entity.id)
    index, total = NameIndex(), 2 * len(ordered)
    for start in range(0, len(ordered), BATCH):
        for entity in ordered[start : start + BATCH]:
            index.add(entity)
        yield min(start + BATCH, len(ordered)), total, ()
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        pairs = [pair for entity in batch for pair in index.find(entity, only_later=True)]
        kept = tuple(pair for pair in pairs if pair.ids not in settled)
        yield len(ordered) + start + len(batch), total, kept


class DuplicateFinder:
    """Keeps the index, so that a new entity is compared at once with all that are there."""

    def __init__(self, entities: Iterable[Named] = (), settled: Collection[frozenset[EntityId]] = ()) -> None:
        from annotator.nlp.name_index import NameIndex

        self._index, self._settled = NameIndex(), frozenset(settled)
        for entity in sorted(entities, key=lambda entity: entity.id):
            self._index.add(entity)

    def add(self, entity: Named) -> None:
        """Takes a new entity in."""
        self._index.add(entity)

    def find(self, entity: Named) -> list[Pair]:
        """The entities that may be this one, likeliest first, without those settled as different."""
        return [pair for pair in self._index.find(entity) if pair.ids not in self._settled]


def project_duplicates(project: Path) -> Iterator[Step]:
    """All likely pairs of a project, read in the background; those kept apart are left out."""
    reader = EntityReader(project)
    try:
        entities, apart = [named(entity) for entity in reader.entities()], reader.kept_apart()
    finally:
        reader.close()
    yield from find_duplicates(entities, apart)
