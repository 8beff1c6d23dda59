"""Who reads which article: dealt out evenly by chance, each article to as many people as wanted."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.domain.ids import AnnotatorId, ArticleId


@dataclass(frozen=True, slots=True)
class Deal:
    """How articles are dealt: each to so many people, the first pilots to all; the same seed deals alike."""

    overlap: int = 1
    pilots: int = 0
    seed: int = 0


def dealt(
    articles: Sequence[ArticleId], people: Sequence[AnnotatorId], deal: Deal
) -> dict[AnnotatorId, tuple[ArticleId, ...]]:
    """The articles of each person, in the order given. Loads differ by one at most, pairs of people meet evenly.

    Raises ValueError when an article should go to more people than there are, or to none.
    """
    if not 1 <= deal.overlap <= len(people):
        raise ValueError(f"each article goes to 1 to {len(people)} people")
    chance = random.Random(deal.seed)
    rest = list(articles[deal.pilots :])
    chance.shuffle(rest)
    load: Counter[AnnotatorId] = Counter()
    met: Counter[tuple[AnnotatorId, AnnotatorId]] = Counter()
    readers: dict[ArticleId, tuple[AnnotatorId, ...]] = {article: tuple(people) for article in articles[: deal.pilots]}
    for article in rest:
        chosen: list[AnnotatorId] = []
        while len(chosen) < deal.overlap:
            waiting = [person for person in people if person not in chosen]
            least = min(load[person] for person in waiting)
            # Among those with the fewest articles, whoever has met the others least.
            fair = [person for person in waiting if load[person] == least]
            chance.shuffle(fair)
            one = min(fair, key=lambda person: sum(met[_pair(person, other)] for other in chosen))
            chosen.append(one)
            load[one] += 1
        met.update(_pair(*pair) for pair in combinations(chosen, 2))
        readers[article] = tuple(chosen)
    return {person: tuple(a for a in articles if person in readers[a]) for person in people}


def _pair(one: AnnotatorId, other: AnnotatorId) -> tuple[AnnotatorId, AnnotatorId]:
    return (one, other) if one < other else (other, one)
