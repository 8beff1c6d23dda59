"""Comments: saying something about a record, words or an article, answering, resolving."""

import dataclasses

from annotator.domain.authors import Author
from annotator.domain.comments import Comment, Mark
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import ArticleId, CommentId
from annotator.domain.records import Records
from annotator.domain.spans import Span, quoted
from annotator.editing.describing import changed
from annotator.errors import EditRefused


def comment(
    records: Records,
    by: Author,
    article: ArticleId | None,
    text: str,
    about: str = "",
    spans: tuple[Span, ...] = (),
) -> Edit:
    """Begins a thread: on a record by its id, on words of an article, or on the article."""
    if article is None and not about:
        raise EditRefused("There is nothing to comment on: show an article, or choose an entity.")
    quote = quoted(records.text(article), spans) if article is not None and spans else ""
    made = _new(by, article, text, about=about, spans=spans, quote=quote)
    return Edit(EditKind.COMMENT, (Change(None, made),), (_short(text),))


def reply(records: Records, by: Author, to: CommentId, text: str, mark: Mark = Mark.NONE) -> Edit:
    """Answers in a thread; may resolve it or open it again, with words or without."""
    first = first_of(records, to)
    if mark is not Mark.NONE and is_resolved(records, first) is (mark is Mark.RESOLVES):
        raise EditRefused("The thread is resolved already." if mark is Mark.RESOLVES else "The thread is open already.")
    made = _new(by, first.article, text, about=first.about, reply_to=first.id, mark=mark)
    return Edit(EditKind.COMMENT, (Change(None, made),), (_short(text) or mark.value,))


def change_comment(records: Records, by: Author, comment: CommentId, text: str) -> Edit:
    """Says it in other words; only who said it may."""
    before = _own(records, by, comment)
    if not text.strip():
        raise EditRefused("A comment says something; delete it instead.")
    return Edit(EditKind.CHANGE_COMMENT, (Change(before, changed(by, before, text=text)),), (_short(text),))


def delete_comment(records: Records, by: Author, comment: CommentId) -> Edit:
    """Takes a comment away; only who said it may, and only while nobody has answered."""
    before = _own(records, by, comment)
    if records.replies_to(comment):
        raise EditRefused("Others have answered this comment; resolve the thread instead.")
    return Edit(EditKind.DELETE_COMMENT, (Change(before, None),), (_short(before.text),))


def first_of(records: Records, comment: CommentId) -> Comment:
    """The comment that begins the thread. Raises EditRefused when it is gone."""
    found = records.find(Comment, comment)
    if found is not None and found.reply_to is not None:
        found = records.find(Comment, found.reply_to)
    if found is None:
        raise EditRefused("This comment is not in the project any more.")
    return found


def is_resolved(records: Records, first: Comment) -> bool:
    """Whether the thread was resolved and not opened again since."""
    marks = [one.mark for one in records.replies_to(first.id) if one.mark is not Mark.NONE]
    return bool(marks) and marks[-1] is Mark.RESOLVES


def _own(records: Records, by: Author, comment: CommentId) -> Comment:
    found = records.find(Comment, comment)
    if found is None:
        raise EditRefused("This comment is not in the project any more.")
    if found.author != by.annotator:
        raise EditRefused("This is somebody else's comment; answer it instead.")
    return found


def _new(by: Author, article: ArticleId | None, text: str, **fields: object) -> Comment:
    now = by.now()
    if not text.strip() and fields.get("mark", Mark.NONE) is Mark.NONE:
        raise EditRefused("Please write something.")
    bare = Comment(CommentId(by.new_id()), article, "–", by.annotator, now, now, about="–")
    made: Comment = dataclasses.replace(bare, **{"about": "", **fields, "text": text.strip()})  # type: ignore[arg-type]
    return made


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
