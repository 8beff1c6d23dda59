"""Zones, each one stretch of its article."""

from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.storage.tables.base import Row, Table


def _to_row(zone: Zone) -> Row:
    return (zone.id, zone.article, zone.kind, zone.span.start, zone.span.end, zone.author, zone.created, zone.changed)


def _from_row(row: Row) -> Zone:
    return Zone(row[0], row[1], row[2], Span(row[3], row[4]), row[5], row[6], row[7])


ZONES = Table(
    "zone",
    Zone,
    ("id", "article_id", "kind", "start", "end", "author_id", "created", "changed"),
    _to_row,
    _from_row,
)
