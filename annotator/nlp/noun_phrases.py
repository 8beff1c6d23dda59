"""Noun phrases from a spaCy pipeline that is installed, if there is one."""

from annotator.domain.spans import Span
from annotator.nlp.pipelines import installed_pipelines


class NounPhrases:
    """Finds noun phrases. Making one imports spaCy and loads a pipeline, which takes about a second."""

    def __init__(self, language: str) -> None:
        self._pipeline = next(installed_pipelines(language, ("ner", "lemmatizer")), None)

    @property
    def has_model(self) -> bool:
        """Whether there is a pipeline for the language; without one no phrase is found."""
        return self._pipeline is not None

    def find(self, sentence: str) -> list[Span]:
        """The noun phrases of a sentence, in code points of it, with what hangs on them: “men of the village”."""
        if self._pipeline is None or not sentence.strip():
            return []
        document = self._pipeline(sentence)
        if not document.has_annotation("DEP"):
            return []
        found = []
        for chunk in document.noun_chunks:
            found.append(Span(chunk.start_char, chunk.end_char))
            whole = document[chunk.root.left_edge.i : chunk.root.right_edge.i + 1]
            found.append(Span(whole.start_char, whole.end_char))
        return list(dict.fromkeys(found))
