"""What is searched for in all articles: words, "phrases", beginnings*, or a regular expression."""

import re
from dataclasses import dataclass

from annotator.domain.names import fold
from annotator.errors import FormatError

_PART = re.compile(r'"([^"]*)"?(\*?)|“([^”]*)”?(\*?)|([^\s"“]+)')
_TOKEN = re.compile(r"[^\W_]+")
# As in domain.words: scripts written without blanks, whose characters are searched one by one.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand one after the other; a prefix is the beginning of a word."""

    words: str
    is_prefix: bool = False

    @property
    def tokens(self) -> list[str]:
        """The words as an index keeps them."""
        return tokens(self.words)


@dataclass(frozen=True, slots=True)
class Query:
    """Terms that must all be in an article, or a pattern; with match_case letters must be just those typed."""

    terms: tuple[Term, ...] = ()
    pattern: str = ""
    match_case: bool = False


def parse_query(typed: str, *, is_pattern: bool = False, match_case: bool = False) -> Query:
    """Reads what was typed. Raises FormatError with a sentence that says what is wrong."""
    if not typed.strip():
        raise FormatError("Type what to search for.")
    if is_pattern:
        return Query(pattern=typed, match_case=match_case)
    terms = []
    for match in _PART.finditer(typed):
        words = match[1] or match[3] or match[5] or ""
        is_prefix = bool(match[2] or match[4]) or words.endswith("*")
        words = words.rstrip("*")
        if _TOKEN.search(words):
            terms.append(Term(" ".join(words.split()), is_prefix))
        elif is_prefix:
            raise FormatError("A star stands for the rest of a word: type its beginning before it, such as talib*.")
    if not terms:
        raise FormatError("Type at least one letter or digit; signs alone are found by a regular expression.")
    return Query(tuple(dict.fromkeys(terms)), match_case=match_case)


def indexed(text: str) -> str:
    """A text as it is put into an index: folded, with blanks between characters of scripts that have none."""
    if text.isascii():
        return text
    return _UNSPACED.sub(r" \1 ", fold(text))


def tokens(words: str) -> list[str]:
    """The words that an index finds these by."""
    return _TOKEN.findall(indexed(fold(words)))
