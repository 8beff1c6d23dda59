"""The lines of one .ann file, read and checked against the text; what they mean is said in brat_meaning.py."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from annotator.domain.found import Findings
from annotator.domain.spans import Span
from annotator.formats.brat_text import flat, rejoined, words_of_pieces

_MOST_IN_A_MESSAGE = 60
_OFFSETS = re.compile(r"\d{1,12} \d{1,12}(;\d{1,12} \d{1,12})*", re.ASCII)


class BadLine(ValueError):
    """A line that makes no sense; the text says why, without file and line."""


@dataclass(frozen=True, slots=True)
class TextBound:
    """T: words under a label. Pieces that only line breaks part are one span again; quote is empty when not given."""

    key: str
    label: str
    spans: tuple[Span, ...]
    quote: str
    line: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """E: a trigger with roles, each the key of a text or an event; digits after a role's name are gone."""

    key: str
    label: str
    trigger: str
    roles: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class RelationLine:
    """R: an arrow from the first argument to the second."""

    label: str
    origin: str
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A, M, N or #: something about another line. value is empty for a flag; words are the third column's."""

    kind: str
    name: str
    target: str
    value: str
    words: str
    line: int


@dataclass(slots=True)
class Standoff:
    """All lines of a file that make sense."""

    texts: dict[str, TextBound] = field(default_factory=dict)
    events: dict[str, EventLine] = field(default_factory=dict)
    relations: list[RelationLine] = field(default_factory=list)
    same: list[tuple[tuple[str, ...], int]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def parse_standoff(lines: str, text: str, file: str, findings: Findings) -> Standoff:
    """Reads a file's lines. What makes no sense, or has words that the text has not, is reported and left out."""
    standoff, seen = Standoff(), dict[str, int]()
    # Only \n ends a line: a quoted text may hold what splitlines takes for an end.
    for number, line in enumerate(lines.split("\n"), start=1):
        bare = line.removesuffix("\r")
        if not bare or bare.isspace():
            continue
        try:
            key, tab, rest = bare.partition("\t")
            take = _KINDS.get(key[:1])
            if not tab or take is None:
                raise BadLine(f"“{_short(bare)}” is no line of brat's")
            if key != "*" and key in seen:
                raise BadLine(f"the id {key} is that of line {seen[key]} too; only the first is taken")
            take(standoff, key, rest, text, number)
            seen[key] = number
        except BadLine as problem:
            findings.problem(file, str(problem), number)
    return standoff


def _text_bound(standoff: Standoff, key: str, rest: str, text: str, line: int) -> None:
    head, tab, quote = rest.partition("\t")
    label, _, offsets = head.partition(" ")
    if not label or not _OFFSETS.fullmatch(offsets):
        raise BadLine(f"“{_short(head)}” is no label with offsets")
    try:
        pieces = [Span(*map(int, piece.split(" "))) for piece in offsets.split(";")]
    except ValueError:
        raise BadLine(f"{key} holds no character: {_short(offsets)}") from None
    last = max([piece.end for piece in pieces])
    if last > len(text):
        raise BadLine(f"{key} ends at {last:,}, but the text has only {len(text):,} characters")
    # Lengths first: a file that names the whole of a long text a million times is refused without copying it.
    length = sum([piece.end - piece.start for piece in pieces]) + len(pieces) - 1
    is_right = len(quote) == length and flat(quote) == words_of_pieces(text, pieces)
    if tab and not is_right:
        raise BadLine(f"{key} says “{_short(quote)}”, but the text has “{_short(_beginning(text, pieces))}” there")
    pieces.sort()
    if any(a.end > b.start for a, b in pairwise(pieces)):
        raise BadLine(f"the pieces of {key} overlap")
    standoff.texts[key] = TextBound(key, label, rejoined(text, pieces), flat(quote), line)


def _event(standoff: Standoff, key: str, rest: str, _: str, line: int) -> None:
    parts = [part.rpartition(":") for part in rest.split()]
    if not parts or not all(name and target for name, _, target in parts):
        raise BadLine(f"“{_short(rest)}” is no event with roles")
    (label, _, trigger), *roles = parts
    named = tuple((name.rstrip("0123456789") or name, target) for name, _, target in roles)
    standoff.events[key] = EventLine(key, label, trigger, named, line)


def _relation(standoff: Standoff, _: str, rest: str, __: str, line: int) -> None:
    label, *parts = rest.split()[:3] or [""]
    targets = [part.rpartition(":")[2] for part in parts]
    if len(targets) != 2 or not all(targets):
        raise BadLine(f"“{_short(rest)}” is no relation between two")
    standoff.relations.append(RelationLine(label, targets[0], targets[1], line))


def _same(standoff: Standoff, _: str, rest: str, __: str, line: int) -> None:
    label, *targets = rest.split() or [""]
    if label != "Equiv" or len(targets) < 2:
        raise BadLine(f"“{_short(rest)}” names no two that are the same")
    standoff.same.append((tuple(targets), line))


def _remark(standoff: Standoff, key: str, rest: str, _: str, line: int) -> None:
    head, _, words = rest.partition("\t")
    name, _, where = head.partition(" ")
    target, _, value = where.strip().partition(" ")
    if not name or not target:
        raise BadLine(f"“{_short(rest)}” does not say what it is about")
    kind = "A" if key[0] == "M" else key[0]
    standoff.remarks.append(Remark(kind, name, target, value.strip(), words, line))


_KINDS: dict[str, Callable[[Standoff, str, str, str, int], None]] = {
    "T": _text_bound,
    "E": _event,
    "R": _relation,
    "*": _same,
    "A": _remark,
    "M": _remark,
    "N": _remark,
    "#": _remark,
}


def _beginning(text: str, pieces: list[Span]) -> str:
    """The words of the first pieces, about as many as a message shows."""
    first = pieces[:_MOST_IN_A_MESSAGE]
    return flat(" ".join(text[piece.start : min(piece.end, piece.start + _MOST_IN_A_MESSAGE + 1)] for piece in first))


def _short(words: str) -> str:
    return words if len(words) <= _MOST_IN_A_MESSAGE else f"{words[:_MOST_IN_A_MESSAGE]}…"
