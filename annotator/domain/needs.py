"""Where a person is needed most: articles whose suggestions are unsure, disputed between machines, or name new ones."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.names import fold
from annotator.domain.open_suggestions import groups
from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionKind

_STEADY = 10
"""As many sure suggestions are added to an article's own, so that one with few of them is no extreme."""


@dataclass(frozen=True, slots=True)
class Need:
    """What speaks for looking at an article soon, of its places: where one or several machines suggest something.

    uncertain sums up what is missing from 1 in each place's best score. disputed places have several labels, or claims
    that have much in common without being the same. unseen are names of entities that the project does not know.
    """

    places: int = 0
    uncertain: float = 0.0
    disputed: int = 0
    unseen: int = 0

    @property
    def value(self) -> float:
        """All three together for each place: articles of every length compare."""
        return (self.uncertain + self.disputed + self.unseen) / (self.places + _STEADY)


def need_of(suggestions: Iterable[Suggestion]) -> Need:
    """How much an article with these suggestions needs a person."""
    found = [group for group in groups(suggestions) if group[0].kind is not SuggestionKind.ZONE]
    claims = [group[0] for group in found if group[0].kind is SuggestionKind.CLAIM]
    names = [group for group in found if group[0].kind is SuggestionKind.MENTION]
    new = {
        fold(one.entity_name)
        for group in names
        if not any(other.known_entity for other in group)
        for one in group
        if one.entity_kind and one.entity_name
    }
    return Need(
        len(found),
        sum(1 - max(one.score for one in group) for group in found),
        sum(len({one.label for one in group}) > 1 for group in names) + _crossing(claims),
        len(new),
    )


def _crossing(claims: Iterable[Suggestion]) -> int:
    """How many claims, each given once, have words in common with another proposer's claim before them."""
    # Of each proposer the claim that reaches farthest: the last one may be nested in it.
    farthest: dict[str, Span] = {}
    count = 0
    for claim in sorted(claims, key=lambda one: one.place):
        own = farthest.get(claim.proposer, claim.hull)
        count += any(hull.overlaps(claim.hull) for proposer, hull in farthest.items() if proposer != claim.proposer)
        farthest[claim.proposer] = max(own, claim.hull, key=lambda hull: hull.end)
    return count
