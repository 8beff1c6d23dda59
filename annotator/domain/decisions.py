"""Decisions: a reviewer's word on what annotators recorded. Their records stay as they are."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, DecisionId


class Verdict(StrEnum):
    """What the reviewer did with the records: took one as it is, took none, or made another one of them."""

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"


REASONS = ("boundary", "label", "entity", "source", "missed", "not a claim", "guideline unclear")
"""Why, in a word; more may be said in the note."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One word on records that say different things, or the same, of one thing in an article.

    about are the ids of the mentions, claims or zones that were looked at, of any annotators; taken is the one that was
    accepted, result the agreed record that was made of it. Both are empty where nothing was taken. reason is one of
    REASONS or empty. Of several decisions on a record the latest counts.
    """

    id: DecisionId
    article: ArticleId
    verdict: Verdict
    about: tuple[str, ...]
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    taken: str = ""
    result: str = ""
    reason: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.about and not self.result:
            raise ValueError("a decision is about some record")
