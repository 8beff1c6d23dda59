"""Nobody's annotations are changed by somebody else's gesture: reviewing writes decisions and agreed records."""

from annotator.domain.annotators import Annotator, consensus_id
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit, EditKind
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.zones import Zone
from annotator.errors import NotYours

FOR_ALL = frozenset(
    {
        EditKind.MERGE_ENTITIES,
        EditKind.SPLIT_ENTITY,
        EditKind.DELETE_ENTITY,
        EditKind.CHANGE_SCHEMA,
        EditKind.REMOVE_FROM_SCHEMA,
        EditKind.IMPORT_SCHEMA,
        EditKind.IMPORT,
        EditKind.BRING_IN,
        EditKind.RESOLVE,
    }
)
"""Gestures on what everybody shares, which everybody's records follow."""


def check_own(records: Records, by: Author, edit: Edit) -> None:
    """Raises NotYours when the edit changes another person's mention, claim or zone; agreed ones are everybody's."""
    if edit.kind in FOR_ALL:
        return
    for change in edit.changes:
        before = change.before
        if isinstance(before, Mention | Claim | Zone) and before.author != by.annotator:
            if before.author == consensus_id(records.project().id):
                continue
            whose = records.find(Annotator, before.author)
            name = whose.name if whose else "somebody else"
            raise NotYours(
                f"This {type(before).__name__.casefold()} is by {{name}}, and nobody changes what others recorded. "
                "Decide on it in review, or comment on it.",
                before.author,
                name,
            )


def own_claims(records: Records, by: Author, article: ArticleId) -> tuple[Claim, ...]:
    """The claims of the person at work in an article, in reading order."""
    return tuple(claim for claim in records.claims_in(article) if claim.author == by.annotator)
