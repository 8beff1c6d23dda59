"""Links: labelled arrows between two claims or two entities."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, LinkId

DIFFERENT = "different from"
"""Two entities that somebody has looked at and found to be two; every project knows this label."""
CONTRADICTS, SAME_EVENT = "contradicts", "same event"
"""The labels whose meaning code depends on: accounts that differ, and claims that make one event."""


class Between(StrEnum):
    """What kind of records a link joins."""

    CLAIMS = "claim"
    ENTITIES = "entity"


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from one record to another of its kind. label is a key of the schema's links, or DIFFERENT.

    since and until are ISO dates, empty when not known; they have a meaning where the label is dated.
    """

    id: LinkId
    label: str
    between: Between
    origin: str
    target: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    since: str = ""
    until: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.origin == self.target:
            raise ValueError("a link joins two different records")

    @property
    def ends(self) -> frozenset[str]:
        """The ids of both records."""
        return frozenset((self.origin, self.target))

    def other(self, end: str) -> str:
        """The id at the other end."""
        return self.target if end == self.origin else self.origin
