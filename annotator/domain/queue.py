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


class Order(StrEnum):
    """In which order articles are listed. BY_NEED: where suggestions need a person most, done articles last."""

    AS_BROUGHT_IN = "as brought in"
    BY_NEED = "by need"


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One article with the present annotator's state, how far its review is, and what everybody has recorded in it.

    unseen and disputed are those of Need; None where no machine has looked.
    """

    article: Article
    state: State
    mentions: int
    claims: int
    review: State | None = None
    unseen: int | None = None
    disputed: int | None = None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which articles to list: words that title, publisher or date must hold (case ignored), and a state or any.

    Also how far their review is, whether two or more annotators have marked something, and the order.
    """

    words: str = ""
    state: State | None = None
    review: Review | None = None
    of_several: bool = False
    order: Order = Order.AS_BROUGHT_IN
