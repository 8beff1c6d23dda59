"""Articles: texts that never change once they are in, and what is known about them."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId

LONGEST_TEXT = 20_000_000
"""Code points; a longer text is refused and should be split."""


_LONGEST_TITLE = 200
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}.*)?)?)?")


class TextQuality(StrEnum):
    """Tells later readers whether odd spellings are the text's fault."""

    ORIGINAL = "original"
    TRANSLATED = "translated"
    PARAPHRASED = "machine-paraphrased"
    OCR = "OCR"
    TRANSCRIPT = "transcript"


@dataclass(frozen=True, slots=True)
class Article:
    """What is known about one text; the text itself is stored beside it and found by its hash.

    length is in code points; published is an ISO date or date and time, empty when unknown.
    """

    id: ArticleId
    title: str
    sha256: str
    length: int
    author: AnnotatorId
    created: Timestamp
    changed: Timestamp
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    text_quality: TextQuality = TextQuality.ORIGINAL
    imported_from: str = ""
    encoding: str = ""


def is_date(words: str) -> bool:
    """Whether the words are a day, month or year as ISO 8601 has them, with a time or without, or empty."""
    if not words:
        return True
    if not _DATE.fullmatch(words):
        return False
    try:
        datetime.fromisoformat(words if len(words) > 7 else f"{words}{'-01-01'[len(words) - 4 :]}")
    except ValueError:
        return False
    return True


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as hexadecimal digits: the identity of a text.

    Raises UnicodeEncodeError when the text holds a lone surrogate.
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def title_of(text: str, otherwise: str) -> str:
    """The first line that is not blank, when it is short enough to be a headline; else the other name."""
    begin = text.lstrip()[: _LONGEST_TITLE + 1]
    first = begin.splitlines()[0].strip() if begin else ""
    return first if 0 < len(first) <= _LONGEST_TITLE else otherwise
