"""What a map is drawn from: the outlines of countries, and a project's places."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.entities import Placed
from annotator.places.outlines import Detail, Outline, outlines
from annotator.storage.connection import connect, translated
from annotator.storage.listing import Listing

__all__ = ["CREDIT", "MOST_PLACES", "Detail", "Outline", "outlines", "read_placed"]

CREDIT = "Outlines: Natural Earth. Places: GeoNames (CC BY 4.0)"
"""Whose data it is; on the map and on every picture of it."""
MOST_PLACES = 5_000
"""More circles than these say nothing on one map."""


def read_placed(project: Path) -> Iterator[tuple[int, int, tuple[Placed, ...]]]:
    """Reads the project's places in the background, those with the most mentions first; one step brings them."""
    with translated(project):
        connection = connect(project, read_only=True)
        try:
            yield 1, 1, Listing(connection).placed_entities(MOST_PLACES)
        finally:
            connection.close()
