"""One file per record type: its columns, how a record becomes a row, and back. TABLES lists them."""

from annotator.domain.edits import Record
from annotator.storage.tables.annotators import ANNOTATORS
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.assignments import ASSIGNMENTS
from annotator.storage.tables.base import Table
from annotator.storage.tables.claims import CLAIMS
from annotator.storage.tables.comments import COMMENTS
from annotator.storage.tables.decisions import DECISIONS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.links import LINKS
from annotator.storage.tables.mentions import MENTIONS
from annotator.storage.tables.projects import PROJECTS
from annotator.storage.tables.rejections import REJECTIONS
from annotator.storage.tables.zones import ZONES

TABLES = (
    PROJECTS,
    ANNOTATORS,
    ARTICLES,
    ENTITIES,
    MENTIONS,
    CLAIMS,
    ASSIGNMENTS,
    ZONES,
    LINKS,
    DECISIONS,
    COMMENTS,
    REJECTIONS,
)

_BY_TYPE = {table.record_type: table for table in TABLES}
RANKS = {record_type: rank for rank, record_type in enumerate(_BY_TYPE)}
"""For each type its place among them: what a new row refers to is in a table before, or in its own."""


def table_of(record_type: type[Record]) -> Table[Record]:
    """The table that keeps records of a type."""
    table: Table[Record] = _BY_TYPE[record_type]  # type: ignore[assignment]  # the dictionary forgets which goes with which
    return table
