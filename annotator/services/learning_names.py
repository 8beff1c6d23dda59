"""Training names on what people marked, and counting how often they are right on articles held out."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from annotator.domain.spans import Span
from annotator.nlp.learning_names import Marked, NameModel, learn_names
from annotator.nlp.pipelines import pieces
from annotator.services.learning_gold import Gold
from annotator.services.proposal_scores import Score

ALL = "all names"


class NameLearner:
    """Learns from articles with a spaCy pipeline to start from; model comes of it."""

    model: NameModel

    def __init__(self, pipeline: Any, seed: int) -> None:
        self._pipeline, self._seed = pipeline, seed
        self._rows: dict[str, tuple[Score, Score]] = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that the model knows."""
        return tuple(self.model.component.labels)

    def learn(self, gold: Sequence[Gold]) -> Iterator[None]:
        """Trains on these; each person's annotation of an article is a lesson, the same one by several only once."""
        lessons: list[Marked] = [
            (one.text, tuple(sorted(own, key=lambda mark: (mark[0], mark[1]))))
            for one in gold
            for own in dict.fromkeys(one.names)
        ]
        for made in learn_names(self._pipeline, lessons, self._seed):
            if made is None:
                yield None
            else:
                self.model = made

    def rows(self, held: Sequence[Gold]) -> dict[str, tuple[Score, Score]]:
        """By label, the scores without training and with it on articles held out; first those of all labels."""
        self._rows = {ALL: (Score(), Score())}
        for one in held:
            found = (
                name
                for offset, words in pieces(one.text)
                for name in self.model.propose(one.text, offset, self._pipeline.make_doc(words), "")
            )
            sides = _marks((one.hull, one.label) for one in one.untrained), _marks((m.hull, m.label) for m in found)
            for gold in one.names:
                self._count(sides, gold)
        return self._rows

    def _count(self, sides: tuple[set[tuple[Span, str]], ...], gold: frozenset[tuple[Span, str]]) -> None:
        for label in {label for marks in (*sides, gold) for _, label in marks}:
            row = self._rows.setdefault(label, (Score(), Score()))
            wanted = {mark for mark in gold if mark[1] == label}
            for place, marks in enumerate(sides):
                proposed = {mark for mark in marks if mark[1] == label}
                for score in (row[place], self._rows[ALL][place]):
                    score.add(len(proposed), len(wanted), len(proposed & wanted))

    def precision(self, label: str) -> float:
        """How often a label was right on the articles held out, drawn to a half where little was proposed."""
        score = self._rows.get(label, (Score(), Score()))[1]
        return (score.right + 1) / (score.proposed + 2)


def _marks(found: Iterable[tuple[Span, str]]) -> set[tuple[Span, str]]:
    return set(found)
