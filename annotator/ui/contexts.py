"""A mention with the words around it, on one line."""

from annotator.domain.mentions import Mention


def in_context(text: str, mention: Mention, around: int) -> str:
    """The mention in brackets between at most as many code points of its text on either side, in one line.

    Words at either end are whole where there are blanks to cut at; dots stand where the text goes on.
    """
    whole = mention.hull
    start, end = max(0, whole.start - around), min(len(text), whole.end + around)
    left, right = text[start : whole.start], text[whole.end : end]
    if start and not text[start - 1].isspace():
        left = left[_first_blank(left) :]
    if end < len(text) and not text[end].isspace():
        right = right[: len(right) - _first_blank(right[::-1])]
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return " ".join(f"{before}{left.lstrip() if before else left}[{mention.quote}]{right.rstrip()}{after}".split())


def _first_blank(words: str) -> int:
    """Where the first blank is; 0 without any."""
    return next((place for place, letter in enumerate(words) if letter.isspace()), 0)
