"""Claims: somebody says something."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from annotator.domain.authors import Timestamp
from annotator.domain.events import NO_EVENT, UNDATED, Event, When, exchanged
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, EntityId
from annotator.domain.spans import Span, check_pieces, hull
from annotator.domain.values import Value


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody the claim is put down to, or who is spoken to: the words that say so, and the entity they mean.

    Either may be missing, not both: no words where the source was chosen and not marked, no entity until it is known.
    """

    spans: tuple[Span, ...]
    quote: str
    entity: EntityId | None = None

    def __post_init__(self) -> None:
        if self.spans or self.entity is None:
            check_pieces(self.spans)

    def renamed(self, old: EntityId, new: EntityId | None) -> "Source | None":
        """The same with another entity in old's place; None when nothing would be left."""
        if self.entity != old:
            return self
        return None if new is None and not self.spans else replace(self, entity=new)


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution: content, who says it, by which cue, and inside whose words it is quoted.

    The choices (source_type, manner, act, stance, certainty, medium) are keys of the schema's lists; an empty
    one is not set. quote repeats the content's words, cue_quote the cue's, medium_quote those that name the medium.
    derived_from is the id of the record that it was made of: by accepting it, or by carrying it over to another text.
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
    addressee: Source | None = None
    medium_spans: tuple[Span, ...] = ()
    medium_quote: str = ""
    author_stance: str = ""
    said_on: When = UNDATED
    event: Event = NO_EVENT
    attributes: tuple[Value, ...] = ()
    derived_from: str = ""

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
        """Every entity the claim names: sources, addressee, what it is about, and who and what its event names."""
        spoken = (*self.sources, *([self.addressee] if self.addressee else ()))
        return frozenset(self.about) | self.event.entities | {end.entity for end in spoken if end.entity}

    def following(self, words: Collection[tuple[Span, ...]], old: EntityId | None, new: EntityId | None) -> "Claim":
        """The claim with another entity for who speaks or is spoken to by any of these words, if they meant old."""

        def follow(end: Source) -> Source:
            return replace(end, entity=new) if end.entity == old and end.spans in words else end

        return replace(
            self,
            sources=tuple(follow(source) for source in self.sources),
            addressee=follow(self.addressee) if self.addressee else None,
        )

    def renamed(self, old: EntityId, new: EntityId | None) -> "Claim":
        """The claim with another entity wherever it names old, or with none; nobody is its source twice over."""
        sources = [kept for source in self.sources if (kept := source.renamed(old, new)) is not None]
        # Those without words are told apart by who they are, the others by where they stand.
        told = {source.spans or source.entity: source for source in reversed(sources)}
        return replace(
            self,
            sources=tuple(source for source in sources if told[source.spans or source.entity] is source),
            addressee=self.addressee.renamed(old, new) if self.addressee else None,
            about=exchanged(self.about, old, new),
            event=self.event.renamed(old, new),
        )


QUOTE_MARKS = frozenset('"“”„«»‹›「」『』')


def guessed_manner(text: str, content: tuple[Span, ...]) -> str:
    """Direct when the content is wholly between quote marks, mixed when partly, else indirect."""
    words = "".join(span.cut(text) for span in content)
    # Selections snap to words, so the marks may stand just outside, behind a comma or a full stop.
    opened = text[max(0, content[0].start - 1) : content[0].start + 1]
    closed = text[content[-1].end - 1 : content[-1].end + 2]
    if QUOTE_MARKS.intersection(opened) and QUOTE_MARKS.intersection(closed):
        return "direct"
    return "mixed" if QUOTE_MARKS.intersection(words) else "indirect"
