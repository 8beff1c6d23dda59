"""Quotations and the cues they belong to: pieces on both sides of “he said”, several sentences and paragraphs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from annotator.domain.spans import Span, joined
from annotator.nlp.attributing_sources import Draft, cue_of, cue_words, source_of, stretch
from annotator.nlp.parsed import Parsed
from annotator.nlp.quotations import Quotation

_LEAST_WORDS = 4
"""A shorter quotation is rather a term that is quoted than speech; what ends in a sentence's end is speech."""
_WORD = re.compile(r"\w+")
_FARTHEST = 14
"""Tokens between a quotation and its cue."""
_LONGEST_SENTENCE = 60
"""Tokens between two pieces of speech."""
_MARKS = "\"“”„«»‹›「」『』‘’'` "
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")


def with_speech(parse: Parsed, found: Iterable[Draft], spoken: list[Quotation]) -> Iterator[Draft]:
    """The drafts with whole quotations for what the parse made of them, and those for the rest of the speech."""
    by_head = {draft.head: draft for draft in found}
    speech = [quotation for quotation in spoken if _is_speech(parse.text, quotation.span)]
    spoken_by: dict[int, list[Span]] = {}
    for quotation, head in _owners(parse, speech):
        if head is not None:
            spoken_by.setdefault(head, []).append(quotation.span)
    for draft in by_head.values():
        yield _completed(parse, draft, spoken_by.pop(draft.head, []), speech)
    for head, own in spoken_by.items():
        yield Draft(
            head, cue_of(parse, head), source_of(parse, head) or _beside(parse, head), _merged(parse.text, own), 0.85
        )


def _is_speech(text: str, span: Span) -> bool:
    words = span.cut(text)
    return len(_WORD.findall(words)) >= _LEAST_WORDS or words[-2:-1] in {".", ",", "?", "!"}


def _completed(parse: Parsed, draft: Draft, own: list[Span], speech: list[Quotation]) -> Draft:
    said = [_as_quoted(parse, piece, speech) for piece in draft.content]
    if not own:
        return replace(draft, content=tuple(said))
    return replace(draft, content=_merged(parse.text, [*said, *own]), score=max(draft.score, 0.85))


def _as_quoted(parse: Parsed, piece: Span, speech: list[Quotation]) -> Span:
    """What a parse took for said, without what stands before and behind a quotation in it and is not.

    Before it is who has heard it: “According to the paper, “…,” he said”; behind it, where it was said: ““The river is
    alive” on Twitter”.
    """
    first = bisect_right(speech, piece.start, key=lambda one: one.span.end)
    if first == len(speech) or speech[first].span.start >= piece.end:
        return piece
    quoted, start, end = speech[first].span, piece.start, piece.end
    begin, behind = bisect_left(parse.starts, start), bisect_left(parse.starts, quoted.end)
    if any(parse.words[begin : begin + len(words)] == words for words in _according()):
        start = quoted.start
    if quoted.start <= start + 1 and _is_where(parse, behind, bisect_left(parse.starts, end)):
        end = quoted.end
    return Span(start, end)


def _is_where(parse: Parsed, first: int, end: int) -> bool:
    """Whether all that is left says on what it was said: “on Twitter”."""
    return first < end <= first + 3 and parse.words[first] == "on" and parse.parts[end - 1] == "PROPN"


@cache
def _according() -> tuple[list[str], ...]:
    return tuple(phrase.split() for phrase in sorted(cue_words("according")))


def _merged(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Joined where no more than blanks lie between two of them."""
    result: list[Span] = []
    for span in joined(spans):
        if result and not text[result[-1].end : span.start].strip():
            result[-1] = Span(result[-1].start, span.end)
        else:
            result.append(span)
    return tuple(result)


def _owners(parse: Parsed, speech: list[Quotation]) -> list[tuple[Quotation, int | None]]:
    """Each piece of speech with the token of its cue, or None."""
    result: list[tuple[Quotation, int | None]] = []
    before: tuple[Quotation, int | None] | None = None
    for place, quotation in enumerate(speech):
        floor = speech[place - 1].span.end if place else 0
        ceiling = speech[place + 1].span.start if place + 1 < len(speech) else len(parse.text)
        head = _same_cue(parse, before, quotation)
        if head is None:
            head = _cue_near(parse, quotation.span, floor, ceiling)
        if head is None and before is not None and (before[0].goes_on or _is_next(parse.text, before[0], quotation)):
            head = before[1]
        before = (quotation, head)
        result.append(before)
    return _with_those_in_front(parse.text, result)


def _with_those_in_front(text: str, owned: list[tuple[Quotation, int | None]]) -> list[tuple[Quotation, int | None]]:
    """“Everybody will be punished.” “It is over,” he said: what stands right before a piece of speech is his, too."""
    result, following = list[tuple[Quotation, int | None]](), None
    for quotation, own in reversed(owned):
        head = own
        if head is None and following is not None and _is_next(text, quotation, following[0]):
            head = following[1]
        following = (quotation, head)
        result.append(following)
    return result[::-1]


def _is_next(text: str, one: Quotation, other: Quotation) -> bool:
    between = text[one.span.end : other.span.start]
    return not between.strip() and _LINE_BREAK.search(between) is None


def _same_cue(parse: Parsed, before: tuple[Quotation, int | None] | None, quotation: Quotation) -> int | None:
    """The cue of the piece before, where nothing but the end of its sentence lies between the two."""
    if before is None or before[1] is None:
        return None
    between = parse.text[before[0].span.end : quotation.span.start]
    if _LINE_BREAK.search(between) or not between.rstrip().endswith((".", "!", "?", *_MARKS)):
        return None
    return before[1] if _is_one_sentence(parse, before[0].span.end, quotation.span.start) else None


def _is_one_sentence(parse: Parsed, start: int, end: int) -> bool:
    """Whether nothing but the rest of the sentence with the cue lies between, as in: “…,” he said at noon. “…”."""
    first, last = bisect_left(parse.starts, start), bisect_left(parse.starts, end)
    return last - first <= _LONGEST_SENTENCE and not any(_ends(parse, token) for token in range(first, last - 1))


def _cue_near(parse: Parsed, span: Span, floor: int, ceiling: int) -> int | None:
    """The verb of saying right after a quotation, or right before it, in its paragraph."""
    text = parse.text
    first = bisect_left(parse.starts, span.end)
    before = bisect_right(parse.ends, span.start) - 1
    if not span.cut(text).rstrip(_MARKS).endswith(".") and not _is_break(parse, first - 1):
        after_cue = _forwards(parse, first, ceiling)
        if after_cue is not None:
            return after_cue
    return None if _is_break(parse, before) else _backwards(parse, before, floor)


def _forwards(parse: Parsed, first: int, ceiling: int) -> int | None:
    for token in range(first, min(first + _FARTHEST, len(parse.starts))):
        if parse.starts[token] >= ceiling or _ends(parse, token):
            return None
        if _says(parse, token):
            return token
    return None


def _backwards(parse: Parsed, last: int, floor: int) -> int | None:
    at = last
    steps = 0
    while at >= 0 and steps < _FARTHEST and parse.starts[at] >= floor:
        if _ends(parse, at) and steps:
            return None
        if _says(parse, at):
            return at
        at -= 1
        steps += 1
    return None


def _is_break(parse: Parsed, token: int) -> bool:
    """Whether a paragraph ends with a token."""
    if token < 0 or token + 1 >= len(parse.starts):
        return True
    return _LINE_BREAK.search(parse.text, parse.ends[token], parse.starts[token + 1]) is not None


def _ends(parse: Parsed, token: int) -> bool:
    return parse.words[token] in {".", "?", "!"} or _is_break(parse, token)


def _says(parse: Parsed, token: int) -> bool:
    return parse.parts[token] == "VERB" and parse.lemmas[token] in cue_words("clause") - cue_words("silent")


def _beside(parse: Parsed, verb: int) -> tuple[Span, ...]:
    """The name or pronoun right beside a verb whose subject the parser did not see."""
    for first in (verb + 1, verb - 1):
        if 0 <= first < len(parse.parts) and parse.parts[first] in {"PROPN", "PRON"}:
            return stretch(parse, parse.firsts[first], first)
    return ()
