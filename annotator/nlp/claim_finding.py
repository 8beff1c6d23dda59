"""Claims straight from a text, with the pipeline of its language that is installed."""

import time

from annotator.domain.proposals import ProposedClaim
from annotator.nlp.attributing import propose_claims
from annotator.nlp.parsed import parsed
from annotator.nlp.pipelines import documents, load


class ClaimFinder:
    """Finds claims in texts of one language. Making one imports spaCy and loads a pipeline: about a second.

    parsing and ruling count the seconds that the pipeline and the rules took so far.
    """

    def __init__(self, language: str) -> None:
        self._pipeline = load(language, exclude=("ner",))
        self.parsing = 0.0
        self.ruling = 0.0

    @property
    def has_model(self) -> bool:
        """Whether there is a pipeline for the language that parses; without one no claim is found."""
        return self._pipeline is not None and "parser" in self._pipeline.pipe_names

    def find(self, text: str, *, nested: bool = False) -> tuple[ProposedClaim, ...]:
        """The claims of a text, as propose_claims gives them."""
        if not self.has_model:
            return ()
        begun = time.perf_counter()
        pieces = documents(self._pipeline, text)
        parsed_at = time.perf_counter()
        claims = propose_claims(parsed(text, pieces), nested=nested)
        self.parsing += parsed_at - begun
        self.ruling += time.perf_counter() - parsed_at
        return claims
