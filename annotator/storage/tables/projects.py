"""The project's own row."""

from annotator.domain.projects import Project
from annotator.storage.connection import Row
from annotator.storage.tables.base import Table


def _to_row(project: Project) -> Row:
    return (project.id, project.name, project.schema, project.created, project.changed)


def _from_row(row: Row) -> Project:
    return Project(*row)


PROJECTS = Table(Project, "project", ("id", "name", "schema", "created", "changed"), _to_row, _from_row)
