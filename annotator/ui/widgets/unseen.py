"""Characters that do not show, and the signs that stand for them in names, labels, tips and lists."""

import re

SIGNS = {
    "\t": "→",
    "\x0c": "page",
    "\x0b": "line",
    "\x85": "NEL",
    "\u00a0": "nbsp",
    "\u00ad": "soft -",
    "\u061c": "ALM",
    "\u200b": "0 blank",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u202f": "nbsp",
    "\u2060": "joiner",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of what follows."""

# Joiners are part of words and of emoji; only where they stand at an end or after Latin letters are they hidden.
_JOINERS = "(?<!\\S)[\u200c\u200d]|[\u200c\u200d](?!\\S)|(?<=[A-Za-z])[\u200c\u200d]"
# Control and format characters and fillers, but no blanks and line ends: those do show, as room between words.
_UNSEEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
_ANY = re.compile(f"[{_UNSEEN}]|{_JOINERS}")
_BLANKS = "\x0b\x0c\r\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
HIDDEN = re.compile(f"[{_UNSEEN}{_BLANKS}]|{_JOINERS}")
"""What is marked in an article, where blanks that are not the usual one count too."""


def sign_of(character: str) -> str:
    """A short sign for a hidden character: its usual abbreviation, or its number."""
    return SIGNS.get(character, f"{ord(character):X}")


def shown(words: str) -> str:
    """Words for showing: where a character does not show or turns the direction, its sign stands in brackets.

    A pair of isolates stays as it is: it keeps a direction to itself and is what we put around names (plain.isolated).
    """
    if (words.isascii() and words.isprintable()) or not _ANY.search(words):
        return words
    kept = _pairs(words)
    return _ANY.sub(lambda m: m.group() if m.start() in kept else f"⟦{sign_of(m.group())}⟧", words)


def _pairs(words: str) -> set[int]:
    """Where first-strong isolates begin that end, and where they end."""
    found: set[int] = set()
    begun: list[int] = []
    for place, character in enumerate(words):
        if character in "\u2066\u2067\u2068":
            begun.append(place)
        elif character == "\u2069" and begun:
            start = begun.pop()
            if words[start] == "\u2068":
                found |= {start, place}
    return found
