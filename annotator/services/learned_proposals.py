"""Proposals by what was learned from the project, in the place of those that need no learning."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.proposals import ProposedClaim, ProposedMention
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import Wishes
from annotator.nlp.attributing import PROPOSER as CLAIM_RULES
from annotator.nlp.parsed import Parsed
from annotator.services import learned_models
from annotator.services.learned_models import CLAIMS, NAMES, Card, Learned, NotLearned

logger = logging.getLogger(__name__)

PROPOSER = "learned"
NOTHING = "nothing learned"
"""The version while nothing was learned; an article that was never looked at counts as looked at in it."""
_REPLACED = {CLAIMS: CLAIM_RULES, NAMES: "names"}


class LearnedProposer:
    """Keeps a project's model while it is the same. problem is a sentence where there is one that cannot be used."""

    def __init__(self) -> None:
        self.problem = ""
        self._whole: Card | None = None
        self._learned: Learned | None = None
        self._loaded: tuple[Card, Any] | None = None
        self._bad = ""

    def version(self, wishes: Wishes, language: str, model: str) -> str:
        """The version that articles of a language are to be looked at in; model is the pipeline's name and version."""
        card = self._card(wishes, language, model)
        return card.version if card else NOTHING

    def replaced(self, wishes: Wishes, language: str, model: str) -> frozenset[str]:
        """The proposers whose place is taken: people are to get one suggestion for the same words, not two."""
        card = self._card(wishes, language, model)
        return frozenset(_REPLACED[part] for part in card.uses) if card else frozenset()

    def _card(self, wishes: Wishes, language: str, model: str) -> Card | None:
        """What is known of the model, where there is one for this project, language and pipeline, and it is whole."""
        if wishes.project is None or PROPOSER in wishes.off:
            return None
        try:
            card = learned_models.current(wishes.project)
            if card is None or card.language != language or card.version == self._bad:
                return None
            if card.pipeline != model:
                self._say(f"What was learned needs the language model {card.pipeline}; learn again to use another.")
                return None
            if card != self._whole:
                learned_models.check(wishes.project, card)
                self._whole = card
        except NotLearned as error:
            self._say(str(error))
            return None
        return card

    def load(self, wishes: Wishes, language: str, installed: Any) -> None:
        """Loads what was learned, if it is for this language and pipeline."""
        card = self._card(wishes, language, installed.version)
        wanted = (card, installed.pipeline) if card is not None else None
        if wanted == self._loaded:
            return
        self._learned, self._loaded = None, wanted
        if card is not None and wishes.project is not None:
            try:
                self._learned = learned_models.load(wishes.project, card, installed.pipeline)
            except NotLearned as error:
                self._bad = card.version
                self._say(str(error))

    def _say(self, problem: str) -> None:
        if problem != self.problem:
            logger.warning("%s", problem)
            self.problem = problem

    @property
    def replaces(self) -> frozenset[str]:
        """The proposers whose place is taken by what was loaded last."""
        return frozenset(_REPLACED[part] for part in self._learned.card.uses) if self._learned else frozenset()

    def claims(self, schema: Schema, parse: Parsed) -> tuple[ProposedClaim, ...]:
        """The claims of a text."""
        # Not at the start: it needs numpy.
        from annotator.nlp.learning_claims import chosen

        if self._learned is None or self._learned.claims is None:
            return ()
        least = self._learned.card.least
        return chosen(parse, self._learned.claims.weighed(parse, least), least, nested=schema.allows_nesting)

    def names(
        self, schema: Schema, text: str, offset: int, document: Any, pipelines: Sequence[ProposedMention]
    ) -> Iterator[ProposedMention]:
        """The names in a spaCy document that begins at a code point of the text; pipelines are the pipeline's own."""
        if self._learned is not None and self._learned.names is not None:
            found = self._learned.names.propose(text, offset, document, PROPOSER)
            yield from beside(found, pipelines, schema, frozenset(self._learned.card.labels))


def beside(
    found: Iterable[ProposedMention], pipelines: Sequence[ProposedMention], schema: Schema, learned: frozenset[str]
) -> Iterator[ProposedMention]:
    """Names found by what was learned about some labels, and those of a pipeline that it takes the place of in these.

    The pipeline's names under other labels stay, and where it found the same words they tell what kind they name.
    """
    allowed = {label.key: label.kinds for label in schema.labels}
    kinds = {one.hull: one.entity_kind for one in pipelines}
    for one in found:
        if one.label in allowed:
            kind = kinds.get(one.hull, "")
            only = allowed[one.label][0] if len(allowed[one.label]) == 1 else ""
            yield replace(one, entity_kind=kind if kind in allowed[one.label] else only)
    yield from (one for one in pipelines if one.label not in learned)
