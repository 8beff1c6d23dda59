"""A stranger's rows of history, held to what this program writes: no key twice, no number that is none, no NUL."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.edits import EditKind
from annotator.domain.histories import Deed, Touch
from annotator.errors import DamagedProject
from annotator.storage.journal import LAST

_MOST = (1 << 63) - 1
_MOST_PARTS = 2_000_000
"""Objects and lists: each takes many times the memory of its two brackets."""
_ODD = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""A NUL, and halves of letters; two halves that belong together are rare enough to be looked at."""

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")


def strictly(text: str) -> Any:
    """What the text says. Raises ValueError for what this program would not have written."""
    if text.count("{") + text.count("[") > _MOST_PARTS:
        raise ValueError("it has more parts than any edit")
    try:
        value = _DECODER.decode(text)
        if _ODD.search(text) is not None:
            said = json.dumps(value, ensure_ascii=False)
            said.encode("utf-8")
            if "\\u0000" in said.replace("\\\\", ""):
                raise ValueError("a text holds a NUL character")
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _whole(digits: str) -> int:
    number = int(digits)
    if not -_MOST <= number <= _MOST:
        raise ValueError("a number is too large")
    return number


def _number(digits: str) -> float:
    number = float(digits)
    if number - number != 0:
        raise ValueError("a number is too large")
    return number


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_whole, parse_float=_number, parse_constant=_constant)


def check_rows(
    rows: Sequence[tuple[Any, ...]], touches: Mapping[int, Sequence[Touch]], deeds: Mapping[int, Sequence[Deed]]
) -> None:
    """Raises DamagedProject when a row of history is of a kind, or numbered, as none of this program is.

    Rows begin with number, id, kind, subject, step, annotator and time; each touched only records it is about.
    """
    for seq, id_, kind, subject, _, annotator, at, *_ in rows:
        try:
            is_signed = annotator or EditKind(kind) is EditKind.SALVAGE  # what the program did by itself
            is_right = bool(id_ and is_signed) and isinstance(strictly(subject), list) and _TIME.fullmatch(at)
        except ValueError:
            is_right = False
        is_about_them = {touch.record for touch in touches[seq]} <= {deed.record for deed in deeds[seq]}
        if not is_right or not is_about_them or any(not 0 < touch.lamport < LAST for touch in touches[seq]):
            raise DamagedProject("A row of the history was not written by this program. Ask for another copy.")
