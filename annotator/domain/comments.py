"""Comments: threads on a record, on words of an article, or on an article."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, CommentId
from annotator.domain.spans import Span


class Mark(StrEnum):
    """What a comment does to its thread, beside saying something."""

    NONE = ""
    RESOLVES = "resolves"
    REOPENS = "reopens"


@dataclass(frozen=True, slots=True)
class Comment:
    """Something said about something. A thread is resolved and reopened by comments too, so that nobody's is changed.

    article is where it is said, None for a comment on an entity; about is the id of the record that is meant, empty
    where words or the whole article are; spans are those words and quote repeats them. reply_to is the first comment
    of the thread, None in that one itself.
    """

    id: CommentId
    article: ArticleId | None
    text: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    about: str = ""
    spans: tuple[Span, ...] = ()
    quote: str = ""
    reply_to: CommentId | None = None
    mark: Mark = Mark.NONE

    def __post_init__(self) -> None:
        if self.article is None and not self.about:
            raise ValueError("a comment is about something")
        if not self.text.strip() and self.mark is Mark.NONE:
            raise ValueError("a comment says something")
