"""Zones: stretches of an article that are not plain body, such as captions and boilerplate."""

from dataclasses import dataclass

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, ZoneId
from annotator.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of an article; its kind is one of the schema's zone kinds. What is in no zone is body."""

    id: ZoneId
    article: ArticleId
    kind: str
    span: Span
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
