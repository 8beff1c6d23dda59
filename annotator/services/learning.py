"""Learning from a project's annotations: claims and names, with scores on articles that were held out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotator.domain.authors import now
from annotator.domain.ids import ProjectId
from annotator.domain.projects import Project
from annotator.domain.proposals import ProposedClaim
from annotator.domain.schemas import Schema, parse
from annotator.nlp.attributing import propose_claims
from annotator.nlp.pipelines import Installed
from annotator.services.learned_models import CLAIMS, NAMES, Card, NotLearned, keep
from annotator.services.learning_gold import Gold, folded, look_over, main_language, read_gold, split
from annotator.services.proposal_scores import ROLES, Quality, Score
from annotator.storage.snapshots import SnapshotCorpus

_FOLDS = 4
"""In how many parts the least score of a claim is sought."""
_STEPS = 4
"""Steps of one training of claims."""
_LEASTS = tuple(number / 100 for number in range(14, 62, 4))
FEWEST_ARTICLES, FEWEST_MARKS = 6, 20
"""With less nothing is learned: articles with annotations, and claims or names in them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How to learn: the share of articles that are held out for the scores, and the number that draws them.

    folder holds a pipeline that the user trusts, to start from instead of an installed one of its language.
    """

    held_out: float = 0.2
    seed: int = 1
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the scores: what is counted, untrained and learned. decides: whether it says which is better."""

    part: str
    what: str
    untrained: Score
    learned: Score
    decides: bool = False

    def as_json(self) -> dict[str, Any]:
        """The figures for a machine; what is undefined is null."""
        sides = {"untrained": self.untrained, "learned": self.learned}
        figures = {
            name: {"precision": one.precision, "recall": one.recall, "f1": one.f1, "proposed": one.proposed}
            for name, one in sides.items()
        }
        return {"part": self.part, "what": self.what, "recorded": self.learned.gold, **figures}


@dataclass(slots=True)
class Outcome:
    """What came of it once all steps are done; nothing is kept before save."""

    project: ProjectId | None = None
    rows: list[Row] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    card: Card | None = None
    savers: dict[str, Callable[[Path], None]] = field(default_factory=dict)

    @property
    def better(self) -> tuple[str, ...]:
        """The parts that are better than without training, on the articles held out."""
        return tuple(row.part for row in self.rows if row.decides and (row.learned.f1 or 0) > (row.untrained.f1 or 0))


def learn(project_file: Path, asked: Asked, outcome: Outcome) -> Iterator[tuple[int, int, None]]:
    """Trains on a copy of a project, in steps for a job: how many are done, and of how many.

    Raises NotLearned when there is too little to learn from, or no language model.
    """
    project, gold = _read(project_file)
    outcome.project = project.id
    yield from _Learning(parse(project.schema), asked, outcome, gold).steps()


@dataclass(slots=True)
class _Learning:
    schema: Schema
    asked: Asked
    outcome: Outcome
    gold: list[Gold]
    language: str = ""
    least: float = 0.0
    labels: dict[str, float] = field(default_factory=dict)

    def steps(self) -> Iterator[tuple[int, int, None]]:
        """Everything, step by step."""
        self.language = main_language(self.gold)
        gold = [one for one in self.gold if one.language == self.language]
        claims, names = [one for one in gold if one.claims], [one for one in gold if one.names]
        counts = self.outcome.counts = {
            "articles": len(gold),
            "articles in other languages": len(self.gold) - len(gold),
            CLAIMS: sum(len(own) for one in claims for own in one.claims),
            NAMES: sum(len(own) for one in names for own in one.names),
        }
        parts = {CLAIMS: (claims, self._claims), NAMES: (names, self._names)}
        able = [
            part for part, (own, _) in parts.items() if len(own) >= FEWEST_ARTICLES and counts[part] >= FEWEST_MARKS
        ]
        if not able:
            raise NotLearned(
                f"There is too little to learn from: at least {FEWEST_ARTICLES} articles with {FEWEST_MARKS} claims or "
                f"names in them are needed, in one language."
            )
        installed = _installed(self.language, self.asked.folder)
        done, total = 0, 2 * len(gold) + (_FOLDS + 2) * _STEPS * (CLAIMS in able) + 30 * (NAMES in able)
        todo = [look_over(gold, self.schema, installed)]
        todo += [parts[part][1](parts[part][0], installed) for part in able]
        for work in todo:
            for _ in work:
                done = min(done + 1, total - 1)
                yield done, total, None
        self.outcome.card = self._card(installed)
        yield total, total, None

    def _card(self, installed: Installed) -> Card:
        return Card(
            project=self.outcome.project or "",
            schema=self.schema.name,
            language=self.language,
            pipeline=installed.version,
            created=now(),
            seed=self.asked.seed,
            uses=(),
            counts=self.outcome.counts,
            least=self.least,
            nested=self.schema.allows_nesting,
            labels=self.labels,
            scores=tuple(row.as_json() for row in self.outcome.rows),
        )

    def _claims(self, gold: Sequence[Gold], installed: Installed) -> Iterator[None]:
        from annotator.services.learning_claims import ClaimLearner

        del installed
        learner = ClaimLearner(nested=self.schema.allows_nesting)
        told, held = split(gold, self.asked.held_out, self.asked.seed)
        yield from learner.learn(told, _LEASTS, folded(told, _FOLDS, self.asked.seed))
        self.least = learner.least
        untrained, learned = Quality(), Quality()
        _compare(learner.propose, held, untrained, learned, nested=self.schema.allows_nesting)
        self.outcome.rows += claim_rows(untrained, learned)
        # What was held out only told how good it is: what is kept learns from it as well.
        yield from learner.learn_all(gold)
        self.outcome.savers[CLAIMS] = learner.model.save

    def _names(self, gold: Sequence[Gold], installed: Installed) -> Iterator[None]:
        from annotator.services.learning_names import NameLearner

        told, held = split(gold, self.asked.held_out, self.asked.seed)
        learner = NameLearner(installed.pipeline, self.asked.seed)
        yield from learner.learn(told)
        rows = learner.rows(held)
        self.outcome.rows += [Row(NAMES, what, *scores, decides=what == "all names") for what, scores in rows.items()]
        self.labels = {label: learner.precision(label) for label in learner.labels}
        yield from learner.learn(gold)
        self.labels = {label: self.labels.get(label, learner.precision(label)) for label in learner.labels}
        self.outcome.savers[NAMES] = learner.model.save


def cross_validate(
    project_file: Path, folds: int, seed: int, untrained: Quality, learned: Quality
) -> Iterator[tuple[int, int, None]]:
    """Fills in how good claims are without learning and with it, each article held out once; steps as learn has them.

    Raises NotLearned when there are no claims in as many articles as folds, or no language model.
    """
    from annotator.services.learning_claims import ClaimLearner

    project, gold = _read(project_file)
    schema, language = parse(project.schema), main_language(gold)
    gold = [one for one in gold if one.language == language and one.claims]
    if len(gold) < max(folds, FEWEST_ARTICLES):
        raise NotLearned(f"There is too little to learn from: only {len(gold)} articles with claims in one language.")
    installed = _installed(language)
    done, total = 0, len(gold) * (1 + folds) + folds * (_FOLDS + 1) * _STEPS
    for _ in look_over(gold, schema, installed):
        done += 1
        yield done, total, None
    for told, held in folded(gold, folds, seed):
        learner = ClaimLearner(nested=schema.allows_nesting)
        for _ in learner.learn(told, _LEASTS, folded(told, _FOLDS, seed)):
            done = min(done + 1, total - 1)
            yield done, total, None
        _compare(learner.propose, held, untrained, learned, nested=schema.allows_nesting)
    yield total, total, None


def _compare(
    propose: Callable[[Gold], tuple[ProposedClaim, ...]],
    held: Sequence[Gold],
    untrained: Quality,
    learned: Quality,
    *,
    nested: bool,
) -> None:
    """Counts what is right in articles held out."""
    for one in held:
        by_rules, by_model = propose_claims(one.parse, nested=nested), propose(one)
        for claims in one.claims:
            untrained.add(one.text, by_rules, claims)
            learned.add(one.text, by_model, claims)


def _read(project_file: Path) -> tuple[Project, list[Gold]]:
    corpus = SnapshotCorpus(project_file)
    try:
        return corpus.project, [one for one in read_gold(corpus) if one is not None]
    finally:
        corpus.close()


def _installed(language: str, folder: Path | None = None) -> Installed:
    installed = Installed(language, parses=True, folder=folder)
    if installed.pipeline is None:
        raise NotLearned(f"There is no language model for “{language}” to start from.")
    return installed


def claim_rows(untrained: Quality, learned: Quality) -> list[Row]:
    """The scores of claims: attributions, and the tokens of each role."""
    rows = [Row(CLAIMS, "attributions", untrained.attributions, learned.attributions, decides=True)]
    return rows + [Row(CLAIMS, f"{role}, tokens", untrained.tokens[role], learned.tokens[role]) for role in ROLES]


def save(outcome: Outcome, uses: Sequence[str]) -> Card:
    """Keeps what was learned, to be used from now on, in the place of what was learned before. Raises NotLearned."""
    if outcome.card is None or outcome.project is None:
        raise NotLearned("Nothing was learned.")
    card = replace(outcome.card, uses=tuple(uses))
    keep(outcome.project, card, {part: outcome.savers[part] for part in uses})
    return card


def project_of(project_file: Path) -> ProjectId:
    """Which project a copy is one of."""
    corpus = SnapshotCorpus(project_file)
    try:
        return corpus.project.id
    finally:
        corpus.close()
