"""Comments, each with the words that it is about."""

from annotator.domain.comments import Comment, Mark
from annotator.storage.tables.base import Row, Table, loaded_spans, stored_spans

_COLUMNS = (
    *("id", "article_id", "about_id", "start", "end", "spans", "quote", "text", "reply_to_id", "mark"),
    *("author_id", "created", "changed"),
)


def _to_row(comment: Comment) -> Row:
    return (
        comment.id,
        comment.article,
        comment.about,
        *stored_spans(comment.spans),
        comment.quote,
        comment.text,
        comment.reply_to,
        comment.mark.value,
        comment.author,
        comment.created,
        comment.changed,
    )


def _from_row(row: Row) -> Comment:
    return Comment(
        id=row[0],
        article=row[1],
        about=row[2],
        spans=loaded_spans(row[3], row[4], row[5]),
        quote=row[6],
        text=row[7],
        reply_to=row[8],
        mark=Mark(row[9]),
        author=row[10],
        created=row[11],
        changed=row[12],
    )


COMMENTS = Table("comment", Comment, _COLUMNS, _to_row, _from_row)
