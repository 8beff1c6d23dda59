"""The project's one row."""

from annotator.domain.projects import Project
from annotator.storage.tables.base import Row, Table


def _to_row(project: Project) -> Row:
    return project.id, project.name, project.schema, project.created, project.changed


PROJECTS = Table("project", Project, ("id", "name", "schema", "created", "changed"), _to_row, lambda row: Project(*row))
