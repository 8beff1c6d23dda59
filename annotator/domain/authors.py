"""Who acts now: what every gesture needs to sign and date what it makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NewType

from annotator.domain.ids import AnnotatorId, IdSource

Timestamp = NewType("Timestamp", str)
"""A moment in UTC as ISO 8601 with milliseconds, such as 2026-11-24T08:30:00.000Z; sorts as text."""


def now() -> Timestamp:
    """The present moment."""
    return timestamp(datetime.now(UTC))


def timestamp(moment: datetime) -> Timestamp:
    """The moment, which knows its time zone, as this program writes it."""
    return Timestamp(moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"))


_IDS = IdSource()


@dataclass(frozen=True, slots=True)
class Author:
    """The annotator at work, with the clock and the source of ids, so that tests can be exact."""

    annotator: AnnotatorId
    now: Callable[[], Timestamp] = now
    new_id: Callable[[], str] = _IDS
