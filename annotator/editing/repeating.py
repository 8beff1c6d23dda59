"""Tagging many places at once: the same words elsewhere, or what a search found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.domain.spans import Span
from annotator.editing.queueing import started
from annotator.editing.tagging import is_tagged, made
from annotator.errors import EditRefused


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one article."""

    article: ArticleId
    span: Span


def tag_all(records: Records, by: Author, places: Sequence[Place], label: str, entity: EntityId | None = None) -> Edit:
    """Makes a mention at every place, in one edit; places tagged so already are passed over.

    With an entity all name that one. Without, each is linked as a single tag would be, and one new entity is made
    for all places with the same words.
    """
    wanted = records.schema.label(label)
    changes: list[Change] = []
    named: dict[str, EntityId] = {}
    quote = ""
    for place in _in_order(records, places):
        if is_tagged(records, place.article, (place.span,), wanted, by.annotator):
            continue
        words = fold(place.span.cut(records.text(place.article)))
        mention_changes = made(records, by, place.article, (place.span,), wanted, entity or named.get(words))
        mention = mention_changes[-1].record
        assert isinstance(mention, Mention)
        if any(isinstance(change.record, Entity) for change in mention_changes) and mention.entity:
            named[words] = mention.entity
        changes += mention_changes
        quote = quote or mention.quote
    if not changes:
        raise EditRefused("All of these are tagged already.")
    count = sum(isinstance(change.record, Mention) for change in changes)
    for article in dict.fromkeys(place.article for place in places):
        changes += started(records, by, article)
    return Edit(EditKind.TAG_ALL, tuple(changes), (quote, wanted.name, str(count)))


def _in_order(records: Records, places: Iterable[Place]) -> list[Place]:
    """Article by article, so that each text is read once; without blanks at the ends, and none twice."""
    result: dict[Place, None] = {}
    for place in sorted(set(places), key=lambda place: (place.article, place.span)):
        bare = place.span.trimmed(records.text(place.article))
        if bare is not None:
            result[Place(place.article, bare)] = None
    return list(result)
