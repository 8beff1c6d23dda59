"""Suggestions: what a machine would mark, kept apart from what people marked, and what people rejected of it."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId, ProjectId, RejectionId, derived_id
from annotator.domain.proposals import Located, Meant, Proposals
from annotator.domain.spans import Span, check_pieces, hull

Place = tuple[int, int, str]


class SuggestionKind(StrEnum):
    """What would be made of a suggestion."""

    MENTION = "mention"
    CLAIM = "claim"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One proposal for an article, as it is stored. Spans are code points of the text; score is from 0 to 1.

    id follows from article, kind, label and spans: the same suggestion has the same id whoever makes it and whenever.
    spans are a mention's words, a claim's content or a zone's stretch. label is a label, a kind of zone or, for a
    claim, empty. within is the id of the suggested claim that a suggested claim is quoted in. may_be, meant and located
    are as in proposals.
    """

    id: str
    article: ArticleId
    proposer: str
    kind: SuggestionKind
    label: str
    spans: tuple[Span, ...]
    score: float
    entity_name: str = ""
    known_entity: EntityId | None = None
    sources: tuple[tuple[Span, ...], ...] = ()
    cue: tuple[Span, ...] = ()
    within: str = ""
    manner: str = ""
    entity_kind: str = ""
    may_be: tuple[str, ...] = ()
    meant: tuple[Meant, ...] = ()
    located: Located | None = None

    def __post_init__(self) -> None:
        check_pieces(self.spans)

    @property
    def hull(self) -> Span:
        """From the first piece's start to the last one's end."""
        return hull(self.spans)

    @property
    def key(self) -> "Key":
        """What a rejection is remembered by."""
        return self.kind, self.label, self.spans

    @property
    def place(self) -> Place:
        """Where it comes in reading order; of two that begin together the longer one comes first."""
        return self.hull.start, -self.hull.end, self.id


Key = tuple[str, str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants of machines: off are proposers that are not to look.

    labels give for a pipeline's label the schema's, or nothing where it is not wanted; for the others it is guessed.
    folder holds a pipeline that she trusts, to be used instead of an installed one of its language. project is the one
    whose learned model is used, where it has one.
    """

    off: frozenset[str] = frozenset()
    labels: tuple[tuple[str, str], ...] = ()
    folder: Path | None = None
    project: ProjectId | None = None


AS_USUAL = Wishes()


@dataclass(frozen=True, slots=True)
class SuggestionRun:
    """That a proposer, in a version, has looked at a text (by its hash): looking again would bring nothing new."""

    article: ArticleId
    proposer: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A person's no to what was suggested: the same words under the same label are not suggested to her again.

    kind is one of SuggestionKind; quote repeats the words.
    """

    id: RejectionId
    article: ArticleId
    kind: str
    label: str
    spans: tuple[Span, ...]
    quote: str
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp

    def __post_init__(self) -> None:
        check_pieces(self.spans)

    @property
    def key(self) -> Key:
        """What it rejects, whoever suggests it."""
        return self.kind, self.label, self.spans


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of one proposer's suggestions of a kind and label, as one person decided.

    proposed are those that are stored; changed those accepted that have other words or another label by now.
    """

    proposer: str
    kind: SuggestionKind
    label: str
    proposed: int
    accepted: int
    changed: int
    rejected: int

    @property
    def precision(self) -> float | None:
        """Accepted without a change among those decided; None before the first decision."""
        decided = self.accepted + self.rejected
        return (self.accepted - self.changed) / decided if decided else None


def suggestion_id(article: ArticleId, kind: str, label: str, spans: tuple[Span, ...]) -> str:
    """The id of a suggestion."""
    places = ",".join(f"{span.start}-{span.end}" for span in spans)
    return derived_id(f"suggestion {article} {kind} {label} {places}")


def as_suggestions(article: ArticleId, proposals: Proposals) -> tuple[Suggestion, ...]:
    """Proposals for an article as they are stored; of two alike by one proposer the surer one."""
    made: list[Suggestion] = []
    for mention in proposals.mentions:
        id_ = suggestion_id(article, SuggestionKind.MENTION, mention.label, mention.spans)
        made.append(
            Suggestion(
                id=id_,
                article=article,
                proposer=mention.proposer,
                kind=SuggestionKind.MENTION,
                label=mention.label,
                spans=mention.spans,
                score=mention.score,
                entity_name=mention.entity_name,
                known_entity=mention.known_entity,
                entity_kind=mention.entity_kind,
                may_be=mention.may_be,
                located=mention.located,
            )
        )
    ids = [suggestion_id(article, SuggestionKind.CLAIM, "", claim.content) for claim in proposals.claims]
    for id_, claim in zip(ids, proposals.claims, strict=True):
        made.append(
            Suggestion(
                id=id_,
                article=article,
                proposer=claim.proposer,
                kind=SuggestionKind.CLAIM,
                label="",
                spans=claim.content,
                score=claim.score,
                sources=claim.sources,
                cue=claim.cue,
                within=ids[claim.within] if claim.within is not None else "",
                manner=claim.manner,
                meant=claim.meant,
            )
        )
    for zone in proposals.zones:
        id_ = suggestion_id(article, SuggestionKind.ZONE, zone.kind, (zone.span,))
        spans = (zone.span,)
        made.append(Suggestion(id_, article, zone.proposer, SuggestionKind.ZONE, zone.kind, spans, zone.score))
    best: dict[tuple[str, str], Suggestion] = {}
    for one in sorted(made, key=lambda one: one.score):
        best[one.proposer, one.id] = one
    return tuple(sorted(best.values(), key=lambda one: one.place))
