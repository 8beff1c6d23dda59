"""Claims: somebody says something."""

from dataclasses import dataclass

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, EntityId
from annotator.domain.spans import Span, check_pieces, hull


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody the claim is put down to: the words that say so and the entity they mean, if it is known."""

    spans: tuple[Span, ...]
    quote: str
    entity: EntityId | None = None

    def __post_init__(self) -> None:
        check_pieces(self.spans)


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution: content, who says it, by which cue, and inside whose words it is quoted.

    The choices (source_type, manner, act, stance, certainty, medium) are keys of the schema's lists; an empty
    one is not set. quote repeats the content's words, cue_quote the cue's.
    """

    id: ClaimId
    article: ArticleId
    content: tuple[Span, ...]
    quote: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    sources: tuple[Source, ...] = ()
    cue: tuple[Span, ...] = ()
    cue_quote: str = ""
    within: ClaimId | None = None
    source_type: str = "unspecified"
    manner: str = "indirect"
    act: str = "states"
    stance: str = "affirms"
    certainty: str = "certain"
    medium: str = ""
    about: tuple[EntityId, ...] = ()
    wording: str = ""
    unsure: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        check_pieces(self.content)
        if self.cue:
            check_pieces(self.cue)

    @property
    def hull(self) -> Span:
        """From the first piece of content to the last."""
        return hull(self.content)

    @property
    def entities(self) -> frozenset[EntityId]:
        """Every entity the claim names: its sources and what it is about."""
        return frozenset(self.about) | {source.entity for source in self.sources if source.entity}


_QUOTE_MARKS = frozenset('"“”„«»‹›「」『』')


def guessed_manner(text: str, content: tuple[Span, ...]) -> str:
    """Direct when the content is wholly between quote marks, mixed when partly, else indirect."""
    words = "".join(span.cut(text) for span in content)
    # Selections snap to words, so the marks may stand just outside, behind a comma or a full stop.
    opened = text[max(0, content[0].start - 1) : content[0].start + 1]
    closed = text[content[-1].end - 1 : content[-1].end + 2]
    if _QUOTE_MARKS.intersection(opened) and _QUOTE_MARKS.intersection(closed):
        return "direct"
    return "mixed" if _QUOTE_MARKS.intersection(words) else "indirect"
