"""Mentions: spans of one article under one label."""

from dataclasses import dataclass

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId, MentionId
from annotator.domain.spans import Span, check_pieces, hull
from annotator.domain.values import Value


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something. Pieces may be several; quote repeats them so that a wrong offset is noticed.

    level is name, nominal or pronoun; used_as is place, actor or modifier, and empty where it has no meaning.
    derived_from is the id of the record that it was made of: by accepting it, or by carrying it over to another text.
    """

    id: MentionId
    article: ArticleId
    label: str
    spans: tuple[Span, ...]
    quote: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    entity: EntityId | None = None
    level: str = "name"
    used_as: str = ""
    unsure: bool = False
    note: str = ""
    attributes: tuple[Value, ...] = ()
    derived_from: str = ""

    def __post_init__(self) -> None:
        check_pieces(self.spans)

    @property
    def hull(self) -> Span:
        """From the first piece's start to the last one's end."""
        return hull(self.spans)
