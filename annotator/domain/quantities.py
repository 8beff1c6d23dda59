"""How many: the numbers in a claim's words, and what a project counts for words that are no number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Count:
    """What words say about a number. Offsets are code points into the article's text.

    what is one of the schema's quantities, empty when nothing says which; whom is in the article's words. low, best and
    high are None where the words give no number: “dozens” stays “dozens” until a person decides. problem is a sentence,
    or empty.
    """

    words: str
    span: Span
    what: str = ""
    whom_words: str = ""
    whom_span: Span | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None
    problem: str = ""


ACLED_RULE: Mapping[str, int] = {
    "tens": 10,
    "dozen": 12,
    "dozens": 12,
    "scores": 20,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
}
"""ACLED's lowest reading of each word."""
_WORD = re.compile(r"[^\W\d_]+")


def estimate(words: str, rule: Mapping[str, int] = ACLED_RULE) -> int | None:
    """The number a project's rule gives words that are none: “dozens of militants” 12, “tens of thousands” 10,000.

    Used at export only, and only where a person left the numbers empty. None when no word is in the rule.
    """
    found = [word for word in _WORD.findall(words.casefold()) if word in rule]
    if not found:
        return None
    first, *following = found
    # “tens of thousands”, “hundreds of thousands”: the second multiplies; a third word counts something else.
    if following and re.search(rf"\b{first}\s+of\s+{following[0]}\b|\b{first}\s+{following[0]}\b", words.casefold()):
        return rule[first] * rule[following[0]]
    return rule[first]
