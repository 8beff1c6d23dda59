"""Names from a spaCy pipeline that is installed, if there is one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.spans import Span
from annotator.nlp.noun_phrases import installed_pipelines

_LONGEST = 20_000
"""Code points that go through the pipeline at once: its memory grows with them."""
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_UNUSED = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_BATCH = 64


class PipelineNames:
    """Finds names under the pipeline's own labels. Making one imports spaCy and loads a pipeline: about a second."""

    def __init__(self, language: str) -> None:
        self._pipeline: Any = None
        self.version = ""
        for pipeline in installed_pipelines(language, _UNUSED):
            if "ner" in pipeline.pipe_names:
                self._pipeline = pipeline
                self.version = f"{pipeline.meta['lang']}_{pipeline.meta['name']} {pipeline.meta['version']}"
                break

    @property
    def has_model(self) -> bool:
        """Whether there is a pipeline with names for the language; without one none is found."""
        return self._pipeline is not None

    def find(self, texts: Iterable[str], processes: int = 1) -> Iterator[list[tuple[Span, str]]]:
        """The names of each text, in its code points, with their labels; none crosses a line's end.

        With several processes each loads the pipeline for itself, which pays from some thousand texts on.
        """
        if self._pipeline is None:
            yield from ([] for _ in texts)
            return
        numbered = ((piece, (number, start)) for number, text in enumerate(texts) for start, piece in _pieces(text))
        made = self._pipeline.pipe(numbered, as_tuples=True, batch_size=_BATCH, n_process=processes)
        current, found = 0, list[tuple[Span, str]]()
        for document, (number, start) in made:
            while current < number:
                yield found
                current, found = current + 1, []
            found += [(Span(start + one.start_char, start + one.end_char), one.label_) for one in document.ents]
        yield found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text, each with where it begins; an empty text is one piece, so that every text has one."""
    is_empty = True
    for line in _LINE.finditer(text):
        for start in range(line.start(), line.end(), _LONGEST):
            is_empty = False
            yield start, text[start : min(start + _LONGEST, line.end())]
    if is_empty:
        yield 0, ""
