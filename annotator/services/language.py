"""Noun phrases on demand: the language model is loaded in the background when it is first asked for."""

import logging
import threading

from annotator.domain.languages import code_of
from annotator.domain.spans import Span
from annotator.nlp.noun_phrases import NounPhrases

logger = logging.getLogger(__name__)


class PhraseFinder:
    """Answers at once: with nothing while a model is being loaded, and for a language that has none installed."""

    def __init__(self) -> None:
        self._models: dict[str, NounPhrases | None] = {}

    def find(self, sentence: str, language: str) -> list[Span]:
        """The noun phrases of a sentence, in code points of it. language is an ISO 639 code; empty means English."""
        code = code_of(language) or "en"
        if code not in self._models:
            self._models[code] = None
            # A daemon: closing the window must not wait for a model that nobody needs any more.
            threading.Thread(target=self._load, args=(code,), daemon=True, name="annotator-language").start()
        model = self._models[code]
        return model.find(sentence) if model is not None else []

    def is_ready(self, language: str) -> bool:
        """Whether the model of a language has been loaded, or looked for in vain."""
        return self._models.get(language) is not None

    def _load(self, language: str) -> None:
        model = NounPhrases(language)
        if not model.has_model:
            logger.info("no language model for %s; phrases go by letters alone", language)
        self._models[language] = model
