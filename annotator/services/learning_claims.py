"""Training claims on what people recorded, and finding from what score on they are worth being shown."""

from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.claims import Claim
from annotator.domain.proposals import ProposedClaim
from annotator.nlp.learning_claims import (
    ClaimModel,
    Lesson,
    Prepared,
    Said,
    Weighed,
    chosen,
    cue_lemmas,
    learn,
    prepared,
)
from annotator.services.learning_gold import Gold
from annotator.services.proposal_scores import Quality

_AS_GOOD = 0.003
"""Differences of F1 that are none, with the articles that there are."""


def lesson(gold: Gold) -> Lesson:
    """An article as it is learned from."""
    return Lesson(gold.parse, tuple(tuple(map(_said, claims)) for claims in gold.claims))


def _said(claim: Claim) -> Said:
    return Said(claim.content, tuple(span for source in claim.sources for span in source.spans), claim.cue)


class ClaimLearner:
    """Learns from articles that were looked over. model and least, the score that claims must have, come of it."""

    model: ClaimModel

    def __init__(self, *, nested: bool) -> None:
        self._nested = nested
        self._prepared: dict[int, Prepared | None] = {}
        self.least = 0.5

    def learn(
        self, gold: Sequence[Gold], leasts: Iterable[float], folds: Iterable[tuple[Sequence[Gold], Sequence[Gold]]]
    ) -> Iterator[None]:
        """Trains on these, after the least score was chosen in folds of them."""
        yield from self._prepare(gold)
        weighed: list[tuple[Gold, list[Weighed]]] = []
        for told, held in folds:
            yield from self._train(told)
            weighed += [(one, self.model.weighed(one.parse)) for one in held]
        by_score = {least: self._quality(weighed, least).attributions.f1 or 0.0 for least in leasts}
        # Of scores that are as good as the best the highest: a wrong suggestion costs a key as well.
        best = max(by_score.values())
        self.least = max(least for least, f1 in by_score.items() if f1 >= best - _AS_GOOD)
        yield from self._train(gold)

    def learn_all(self, gold: Sequence[Gold]) -> Iterator[None]:
        """Trains on these without choosing the least score anew."""
        yield from self._prepare(gold)
        yield from self._train(gold)

    def _prepare(self, gold: Sequence[Gold]) -> Iterator[None]:
        new = [one for one in gold if id(one) not in self._prepared]
        lemmas = cue_lemmas([lesson(one) for one in gold])
        for one in new:
            self._prepared[id(one)] = prepared(lesson(one), lemmas)
            yield None

    def _train(self, gold: Sequence[Gold]) -> Iterator[None]:
        ready = [found for one in gold if (found := self._prepared[id(one)]) is not None]
        for made in learn(ready):
            if made is None:
                yield None
            else:
                self.model = made

    def _quality(self, weighed: Sequence[tuple[Gold, list[Weighed]]], least: float) -> Quality:
        quality = Quality()
        for one, found in weighed:
            proposed = chosen(one.parse, found, least, nested=self._nested)
            for claims in one.claims:
                quality.add(one.text, proposed, claims)
        return quality

    def propose(self, one: Gold) -> tuple[ProposedClaim, ...]:
        """What the model makes of an article."""
        return chosen(one.parse, self.model.weighed(one.parse, self.least), self.least, nested=self._nested)
