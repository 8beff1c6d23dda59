"""Formats that write a file for each article and annotator: a folder for each annotator, the same names in all."""

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.articles import Article
from annotator.domain.ids import AnnotatorId
from annotator.formats.brat_text import slug

_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose file it is, what the keys of its records begin with, and whether it is one of ours, with our names."""

    file: str
    annotator: str
    prefix: str
    is_ours: bool


def folders_of(names: Mapping[AnnotatorId, str]) -> dict[AnnotatorId, str]:
    """A folder's name for each annotator, different whatever the case."""
    folders: dict[AnnotatorId, str] = {}
    taken: set[str] = set()
    for id_, name in names.items():
        own = bare = slug(name) or "annotator"
        number = 2
        while own.casefold() in taken:
            own, number = f"{bare}-{number}", number + 1
        taken.add(own.casefold())
        folders[id_] = own
    return folders


def name_of(article: Article, number: int, count: int) -> str:
    """The name of an article's files, without their ending. number counts from 1 up to count."""
    width = max(_DIGITS, len(str(count)))
    return "-".join(part for part in (f"{number:0{width}}", slug(article.title)) if part)


def signed(file: str, annotator: str, taken: set[str], *, is_ours: bool) -> Signed:
    """A file with a beginning for its keys that no other in taken has; it is added there."""
    # Two files may be by the same hand, or by nobody; their keys must differ all the same.
    prefix = f"{annotator}:" if annotator else ""
    prefix = f"{file}:" if prefix in taken else prefix
    taken.add(prefix)
    return Signed(file, annotator, prefix, is_ours)
