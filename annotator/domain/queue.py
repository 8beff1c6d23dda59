"""The queue of articles as the window lists it."""

from dataclasses import dataclass

from annotator.domain.articles import Article
from annotator.domain.assignments import State


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One article with the present annotator's state and what everybody has recorded in it."""

    article: Article
    state: State
    mentions: int
    claims: int


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which articles to list: words that title, publisher or date must hold (case ignored), and a state or any."""

    words: str = ""
    state: State | None = None
