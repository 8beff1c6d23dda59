"""The project itself: its name and the schema it codes by."""

from dataclasses import dataclass

from annotator.domain.authors import Timestamp
from annotator.domain.ids import ProjectId

SUFFIX = ".annot"
"""The ending of project files."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project file. The schema is kept as the JSON text it came in; schemas.parse reads it."""

    id: ProjectId
    name: str
    schema: str
    created: Timestamp
    changed: Timestamp
