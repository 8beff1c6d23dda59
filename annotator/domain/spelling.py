"""Records as JSON text at once: what json makes of their documents, without making the documents first."""

import functools
import json
from collections.abc import Callable
from enum import StrEnum
from json.encoder import encode_basestring
from operator import call
from typing import Any, cast

from annotator.domain.documents import fields_of
from annotator.domain.spans import Span

Speller = Callable[[Any], str]


def spelled(record: Any) -> str:
    """What json.dumps says of to_document(record), every character as it is and no blanks between."""
    names, values = fields_of(cast("Any", type(record)))
    row = values(record)
    pattern, spellers = _plan(names, tuple(map(type, row)))
    return pattern % (*map(call, spellers, row),)


@functools.cache
def _plan(names: tuple[str, ...], types: tuple[type, ...]) -> tuple[str, tuple[Speller, ...]]:
    """The record with gaps for its values, and what spells each of them; only types of ours come here."""
    pattern = ",".join(f'"{name}":%s' for name in names)
    return f"{{{pattern}}}", tuple(map(_speller, types))


def _speller(type_: type) -> Speller:
    if issubclass(type_, str):
        return _enumerated if issubclass(type_, StrEnum) else encode_basestring
    if type_ is tuple:
        return _listed
    if type_ is Span:
        return _span
    return _SPELLERS.get(type_, spelled)


def _enumerated(value: StrEnum) -> str:
    return encode_basestring(value.value)


def _span(span: Span) -> str:
    return f"[{span.start},{span.end}]"


def _listed(values: tuple[Any, ...]) -> str:
    return f"[{','.join([_speller(type(value))(value) for value in values])}]" if values else "[]"


_CONSTANTS = {None: "null", False: "false", True: "true"}
# Of numbers json knows some that have no digits, so it is left to it.
_SPELLERS: dict[type, Speller] = {
    type(None): _CONSTANTS.__getitem__,
    bool: _CONSTANTS.__getitem__,
    int: int.__repr__,
    float: json.dumps,
}
