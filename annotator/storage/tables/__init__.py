"""The tables of records, one file each. A new record type is a file here, a line in TABLES and a migration."""

from typing import Any

from annotator.domain.edits import Record
from annotator.storage.tables.annotators import ANNOTATORS
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.assignments import ASSIGNMENTS
from annotator.storage.tables.base import Table
from annotator.storage.tables.claims import CLAIMS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.mentions import MENTIONS
from annotator.storage.tables.projects import PROJECTS

TABLES: tuple[Table[Any], ...] = (PROJECTS, ANNOTATORS, ARTICLES, ENTITIES, MENTIONS, CLAIMS, ASSIGNMENTS)

TABLE_OF: dict[type[Record], Table[Any]] = {table.record_type: table for table in TABLES}
