"""What the agreed result says differently from what somebody recorded: what she may learn from."""

from dataclasses import dataclass

from annotator.domain.articles import Article
from annotator.domain.authors import Timestamp
from annotator.domain.claims import Claim
from annotator.domain.documents import to_document
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone

_NOT_SAID = frozenset({"id", "author", "created", "changed", "derived_from", "within", "article"})
Reviewed = Mention | Claim | Zone


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision that went otherwise. own is None where she missed something, agreed where nothing of it stays."""

    article: Article
    own: Reviewed | None
    agreed: Reviewed | None
    reviewer: str
    at: Timestamp
    reason: str = ""
    note: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that differ; none when one of the two is missing."""
        if self.own is None or self.agreed is None:
            return ()
        own, agreed = to_document(self.own), to_document(self.agreed)
        return tuple(name for name in own if name not in _NOT_SAID and own[name] != agreed.get(name))

    @property
    def is_one(self) -> bool:
        """Whether there is a difference at all."""
        return self.own is None or self.agreed is None or bool(self.fields)
