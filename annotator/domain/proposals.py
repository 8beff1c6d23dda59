"""Proposals: what a machine would mark in an article. They are no records; a person accepts them or does not."""

from dataclasses import dataclass

from annotator.domain.entities import Place
from annotator.domain.ids import EntityId
from annotator.domain.spans import Span, check_pieces, hull


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom words stand for: an entity that is known, or what a new one would be called and which kind it would be.

    is_open: they fit several, so that a person has to say.
    """

    name: str = ""
    kind: str = ""
    entity: EntityId | None = None
    is_open: bool = False


NOBODY = Meant()
"""Nothing is known but the words."""
OPEN = Meant(is_open=True)


@dataclass(frozen=True, slots=True)
class Located:
    """Where a place that words name may be, and by which list: identifier is scheme and value; country is alpha-3.

    words say it to a person: “district, Baghlan, Afghanistan”.
    """

    place: Place
    country: str
    identifier: str
    words: str


@dataclass(frozen=True, slots=True)
class ProposedMention:
    """Words that may name something. Spans are code points of the article's text; score is from 0 to 1.

    label is a key of the schema's labels. known_entity is the entity whose name the words are, where one is known;
    entity_name is what a new entity would be called, entity_kind one of the schema's kinds for it, each empty where the
    words decide. may_be are names of several that the words may stand for, and of which a person has to choose.
    located is where a new place would be. proposer names what proposes. Raises ValueError as Mention does.
    """

    label: str
    spans: tuple[Span, ...]
    score: float
    entity_name: str = ""
    known_entity: EntityId | None = None
    proposer: str = ""
    entity_kind: str = ""
    may_be: tuple[str, ...] = ()
    located: Located | None = None

    def __post_init__(self) -> None:
        check_pieces(self.spans)

    @property
    def hull(self) -> Span:
        """From the first piece's start to the last one's end."""
        return hull(self.spans)


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """Words that may be a claim: content, who says it (each source in pieces) and the cue, in code points of the text.

    within is the place, in the same tuple of claims, of the claim inside whose content this one stands. manner is
    one of direct, indirect and mixed, or empty. meant tells for each source whom it stands for, if anything does.
    Raises ValueError as Claim does.
    """

    content: tuple[Span, ...]
    sources: tuple[tuple[Span, ...], ...]
    cue: tuple[Span, ...]
    within: int | None
    score: float
    manner: str = ""
    proposer: str = ""
    meant: tuple[Meant, ...] = ()

    def __post_init__(self) -> None:
        check_pieces(self.content)
        for pieces in (*self.sources, *((self.cue,) if self.cue else ())):
            check_pieces(pieces)

    @property
    def hull(self) -> Span:
        """From the first piece of content to the last."""
        return hull(self.content)


@dataclass(frozen=True, slots=True)
class ProposedZone:
    """A stretch, in code points of the text, that may be no plain body; kind is one of the schema's zone kinds."""

    kind: str
    span: Span
    score: float
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """All that is proposed for one article. The places in ProposedClaim.within are those of claims."""

    mentions: tuple[ProposedMention, ...] = ()
    claims: tuple[ProposedClaim, ...] = ()
    zones: tuple[ProposedZone, ...] = ()
