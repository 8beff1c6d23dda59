"""Words in HTML: everything is escaped, and what no HTML document may hold becomes �."""

import re
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def words(text: str) -> str:
    """A text as content or as the value of an attribute in double quotes."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def name(text: str) -> str:
    """A name, whose direction does not change that of the words around it."""
    return f"<bdi>{words(text)}</bdi>"


def web_link(url: str, shown: str) -> str:
    """A link where the address is of the web; else only the words. No other scheme is ever made clickable."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        return name(shown)
    return f'<a href="{words(url)}" rel="noreferrer">{name(shown)}</a>'
