"""Lists of known actors and places: read from a file into a project in steps, and written from one."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.entities import UNNAMED_SOURCE
from annotator.domain.known_names import KnownName, KnownNames, LineReport
from annotator.domain.schemas import Schema
from annotator.editing.known_names import as_known_name
from annotator.formats.known_names import read_known_names, write_known_names
from annotator.storage.entity_listing import EntityReader

_BATCH = 200


def read_list(path: Path, schema: Schema) -> KnownNames:
    """The names of a list that the schema has a kind for, and what is wrong with the other lines.

    Raises FormatError when the file cannot be read as a list.
    """
    found = read_known_names(path)
    kinds = {kind.key for kind in schema.kinds}
    strange = dict.fromkeys(name.kind for name in found.names if name.kind not in kinds)
    problems = tuple(
        LineReport(0, f"{path.name}: the project's schema has no kind “{kind}”; its names were left out")
        for kind in strange
    )
    return KnownNames(tuple(name for name in found.names if name.kind in kinds), (*problems, *found.problems))


def batches(names: tuple[KnownName, ...]) -> Iterator[tuple[int, int, tuple[KnownName, ...]]]:
    """The names in steps of a job."""
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        yield start + len(batch), len(names), batch


def write_list(project: Path, target: Path) -> Iterator[tuple[int, int, None]]:
    """Writes all entities but unnamed sources, as CSV or JSON Lines by the file's ending; for the background.

    Raises FormatError when the file cannot be written.
    """
    reader = EntityReader(project)
    try:
        named = (as_known_name(entity) for entity in reader.entities() if entity.kind != UNNAMED_SOURCE)
        yield 0, 1, None
        write_known_names(named, target)
        yield 1, 1, None
    finally:
        reader.close()
