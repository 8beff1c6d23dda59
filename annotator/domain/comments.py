"""Comments: threads on a record, on words of an article, or on an article."""

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its replies, by time."""

    first: Comment
    replies: tuple[Comment, ...] = ()

    @property
    def is_resolved(self) -> bool:
        """Whether it was resolved and not opened again since."""
        marks = [reply.mark for reply in self.replies if reply.mark is not Mark.NONE]
        return bool(marks) and marks[-1] is Mark.RESOLVES

    @property
    def latest(self) -> Comment:
        """What was said last."""
        return self.replies[-1] if self.replies else self.first

    def calls(self, name: str) -> bool:
        """Whether somebody is addressed in it: as @Anna, or @Anna Ruiz."""
        wanted = f"@{name}".casefold()
        return any(_addressed(comment.text.casefold(), wanted) for comment in (self.first, *self.replies))


def threads_of(comments: Iterable[Comment]) -> tuple[Thread, ...]:
    """Comments as threads, by the time of the first one; a reply whose thread is gone begins one."""
    ordered = sorted(comments, key=lambda comment: (comment.created, comment.id))
    known = {comment.id for comment in ordered}
    replies: dict[CommentId, list[Comment]] = {}
    for comment in ordered:
        if comment.reply_to is not None and comment.reply_to in known:
            replies.setdefault(comment.reply_to, []).append(comment)
    firsts = (comment for comment in ordered if comment.reply_to is None or comment.reply_to not in known)
    return tuple(Thread(first, tuple(replies.get(first.id, ()))) for first in firsts)


def _addressed(text: str, wanted: str) -> bool:
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        if end == len(text) or not text[end].isalnum():
            return True
        at = text.find(wanted, end)
    return False
