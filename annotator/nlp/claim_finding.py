"""Claims straight from a text, with the pipeline of its language that is installed."""

import time
from collections.abc import Iterator
from typing import Any

from annotator.domain.proposals import ProposedClaim
from annotator.nlp.attributing import propose_claims
from annotator.nlp.parsed import parsed
from annotator.nlp.pipelines import Installed


class ClaimFinder:
    """Finds claims in texts of one language. Making one imports spaCy and loads a pipeline: about a second.

    parsing and ruling count the seconds that the pipeline and the rules took so far.
    """

    def __init__(self, language: str) -> None:
        self._installed = Installed(language, parses=True)
        self.parsing = 0.0
        self.ruling = 0.0

    @property
    def has_model(self) -> bool:
        """Whether there is a pipeline for the language; without one no claim is found."""
        return bool(self._installed.version)

    def find(self, text: str, *, nested: bool = False) -> tuple[ProposedClaim, ...]:
        """The claims of a text, as propose_claims gives them."""
        if not self.has_model:
            return ()
        begun, parsing = time.perf_counter(), self.parsing
        claims = propose_claims(parsed(text, self._documents(text)), nested=nested)
        self.ruling += time.perf_counter() - begun - (self.parsing - parsing)
        return claims

    def _documents(self, text: str) -> Iterator[tuple[int, Any]]:
        """The documents, with the time that the pipeline takes for them."""
        # The first documents are made by asking for the row of them already.
        begun = time.perf_counter()
        made = next(self._installed.documents((text,)))
        self.parsing += time.perf_counter() - begun
        while True:
            begun = time.perf_counter()
            piece = next(made, None)
            self.parsing += time.perf_counter() - begun
            if piece is None:
                return
            yield piece
