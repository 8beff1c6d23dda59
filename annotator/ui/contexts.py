"""A mention with the words around it, on one line."""

from annotator.domain.mentions import Mention


def in_context(text: str, mention: Mention, around: int) -> str:
    """The mention in brackets between as many code points of its text on either side, blanks and line ends as one."""
    whole = mention.hull
    left, right = text[max(0, whole.start - around) : whole.start], text[whole.end : whole.end + around]
    return " ".join(f"…{left}[{mention.quote}]{right}…".split())
