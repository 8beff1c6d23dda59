"""An article as a learned model looks at it: the parse and what the rules make of it, quotations, sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from annotator.domain.spans import Span
from annotator.nlp.attributing_cues import drafts
from annotator.nlp.attributing_sources import Draft, cue_words, stretch
from annotator.nlp.attributing_speech import with_speech
from annotator.nlp.parsed import Parsed
from annotator.nlp.quotations import quotations

LISTS = ("clause", "silent", "infinitive", "object", "not_with_clause", "noun", "adjective", "adverb", "expected")
"""The lists of cues that lemmas are looked up in."""
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_ENDS = frozenset({".", "!", "?"})
_RANKS = {"VERB": 0, "NOUN": 1, "ADJ": 2, "ADV": 3, "PROPN": 4, "AUX": 5, "ADP": 6, "SCONJ": 6}
_LAST_RANK = 9
_UNQUOTED = -1


@dataclass(frozen=True, slots=True)
class View:
    """The parse with what was read off it. All numbers are places of tokens, or count quotations and paragraphs.

    quoted is the number of the quotation that each token is in, or -1; quotes are the first and last token of each.
    drafts is what the rules make of each cue, drafted the tokens of its content, around the cues whose content a token
    is in. firsts and lasts are the ends of each token's sentence, speech counts the quoted tokens before each token,
    and all.
    """

    parse: Parsed
    spoken: tuple[Span, ...]
    quotes: tuple[tuple[int, int] | None, ...]
    quoted: list[int]
    drafts: dict[int, Draft]
    drafted: dict[int, frozenset[int]]
    around: dict[int, list[int]]
    firsts: list[int]
    lasts: list[int]
    paragraphs: list[int]
    speech: list[int]

    def __len__(self) -> int:
        return len(self.parse.starts)

    def last_word(self, token: int) -> int:
        """The last token of a token's sentence that is not its full stop."""
        last = self.lasts[token]
        return last - 1 if self.parse.words[last] in _ENDS else last

    def pieces(self, first: int, last: int, without: Iterable[tuple[int, int]] = ()) -> tuple[Span, ...]:
        """The stretch from one token to another, both counted in, without some stretches of tokens."""
        ranges = [(first, last)]
        for start, end in without:
            left: list[tuple[int, int]] = []
            for one, other in ranges:
                if end < one or start > other:
                    left.append((one, other))
                    continue
                left += [(one, start - 1)] * (one < start) + [(end + 1, other)] * (end < other)
            ranges = left
        return tuple(span for one, other in ranges for span in stretch(self.parse, one, other))


def view(parse: Parsed) -> View:
    """Looks an article over."""
    found = quotations(parse.text)
    spoken = tuple(one.span for one in found)
    made = {draft.head: draft for draft in with_speech(parse, drafts(parse), found)}
    drafted = {head: frozenset(tokens(parse, draft.content)) for head, draft in made.items()}
    around: dict[int, list[int]] = {}
    for head, held in drafted.items():
        for token in held - {head}:
            around.setdefault(token, []).append(head)
    quoted, quotes = [_UNQUOTED] * len(parse.starts), list[tuple[int, int] | None]()
    for number, span in enumerate(spoken):
        inside = tokens(parse, (span,))
        quotes.append((inside[0], inside[-1]) if inside else None)
        for token in inside:
            quoted[token] = number
    firsts, lasts = _sentences(parse)
    speech = [0, *accumulate(number >= 0 for number in quoted)]
    return View(parse, spoken, tuple(quotes), quoted, made, drafted, around, firsts, lasts, _paragraphs(parse), speech)


def _sentences(parse: Parsed) -> tuple[list[int], list[int]]:
    firsts, lasts, begun = list[int](), list[int](), 0
    for token in range(1, len(parse.starts) + 1):
        if token == len(parse.starts) or parse.sentences[token] != parse.sentences[begun]:
            firsts += [begun] * (token - begun)
            lasts += [token - 1] * (token - begun)
            begun = token
    return firsts, lasts


def _paragraphs(parse: Parsed) -> list[int]:
    numbers, number = list[int](), 0
    for token, start in enumerate(parse.starts):
        number += bool(token) and _LINE_BREAK.search(parse.text, parse.ends[token - 1], start) is not None
        numbers.append(number)
    return numbers


def tokens(parse: Parsed, spans: Iterable[Span]) -> list[int]:
    """The tokens that spans touch."""
    found: list[int] = []
    for span in spans:
        found += range(bisect_right(parse.ends, span.start), bisect_left(parse.starts, span.end))
    return found


def head_of(parse: Parsed, spans: Iterable[Span]) -> int | None:
    """The token of a cue that the rest hangs on: its verb, else its noun, else what comes first; None for no token."""
    inside = tokens(parse, spans)
    if not inside:
        return None
    for token in inside:
        if parse.words[token] == "according":
            return token
    held = set(inside)

    def rank(token: int) -> tuple[int, bool, int]:
        above = parse.heads[token]
        return _RANKS.get(parse.parts[token], _LAST_RANK), above in held and above != token, token

    return min(inside, key=rank)


def may_be_cue(seen: View, token: int, lemmas: frozenset[str]) -> bool:
    """Whether a token may be a cue: verbs, what the rules take for one, and words that have been one."""
    parse = seen.parse
    if token in seen.drafts or parse.parts[token] == "VERB" or parse.lemmas[token] in lemmas:
        return True
    return parse.parts[token] in _RANKS and any(parse.lemmas[token] in cue_words(name) for name in LISTS)
