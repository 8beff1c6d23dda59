"""Claims over the whole project: which are wanted, in which order, and what is wrong with some."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.ids import ArticleId, ClaimId, EntityId


class ClaimOrder(StrEnum):
    """How a list of claims is sorted; EVENT puts claims that links join beside each other."""

    ARTICLE = "article"
    SOURCE = "source"
    CONTENT = "content"
    STANCE = "stance"
    PLACE = "place"
    DATE = "date"
    NUMBER = "number"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims are wanted: those with all words in content, source, place or title, and the other values given.

    since and until are ISO dates; a claim passes when its event may lie between them. at_least is the smallest number.
    """

    words: str = ""
    stance: str = ""
    entity: EntityId | None = None
    since: str = ""
    until: str = ""
    at_least: int | None = None
    is_linked: bool = False


class ProblemKind(StrEnum):
    """What can be wrong with a claim or a link; such records are listed, never exported silently."""

    NO_SOURCE = "no source"
    NO_CONTENT = "no content"
    UNKNOWN_SOURCE = "source is nobody yet"
    OUTSIDE = "not inside the words it is quoted in"
    BROKEN_LINK = "broken link"
    NO_POINT = "place without coordinates"
    NO_DAYS = "date without days"
    NO_NUMBER = "number without figures"
    MISSING = "a field that the schema requires is empty"

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return _REMEDIES[self]


_REMEDIES = {
    ProblemKind.NO_SOURCE: "Select who says it and press S, or set the source type to article.",
    ProblemKind.NO_CONTENT: "Select what is said and add it with Shift+C.",
    ProblemKind.UNKNOWN_SOURCE: "Choose the source's mention and press E to say who it is.",
    ProblemKind.OUTSIDE: "Check whose words it stands in (I).",
    ProblemKind.BROKEN_LINK: "Take the link away, or add its label to the schema.",
    ProblemKind.NO_POINT: "Look the place up, set it by hand, or say that it is unknown.",
    ProblemKind.NO_DAYS: "Give the days in the claim's form, or the article's publication date.",
    ProblemKind.MISSING: "Fill it in the claim's form, or switch “required” off in the schema.",
    ProblemKind.NO_NUMBER: "Fill in a figure, or leave it to the project's rule at export.",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with a claim, and the words that show which."""

    kind: ProblemKind
    claim: ClaimId
    article: ArticleId
    words: str
