"""The queue of articles as the window lists it."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.articles import Article
from annotator.domain.assignments import State


class Review(StrEnum):
    """How far the review of an article is, for the filter. OPEN is what somebody has marked and nobody has reviewed."""

    OPEN = "open"
    IN_REVIEW = State.IN_REVIEW.value
    REVIEWED = State.REVIEWED.value


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One article with the present annotator's state, how far its review is, and what everybody has recorded in it."""

    article: Article
    state: State
    mentions: int
    claims: int
    review: State | None = None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which articles to list: words that title, publisher or date must hold (case ignored), and a state or any.

    Also how far their review is, and whether two or more annotators have marked something.
    """

    words: str = ""
    state: State | None = None
    review: Review | None = None
    of_several: bool = False
