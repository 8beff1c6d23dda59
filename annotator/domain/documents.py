"""Records as plain JSON values and back: the one spelling that history, JSONL and copies share."""

import dataclasses
import functools
import operator
import sys
import types
import typing
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from annotator.domain.edits import RECORD_TYPES, Record
from annotator.domain.spans import Span
from annotator.domain.suggestions import Rejection

Document = dict[str, Any]
"""A record as JSON values: text, numbers, true and false, null, lists and objects."""

R = TypeVar("R")

TYPE_NAMES: dict[type[Record], str] = {record_type: record_type.__name__.lower() for record_type in RECORD_TYPES}
"""What a record type is called in files: project, annotator, article, entity, mention, claim, assignment, zone, link,
decision, comment."""

TYPES_BY_NAME: dict[str, type[Record]] = {name: record_type for record_type, name in TYPE_NAMES.items()}
EXCHANGED = frozenset(RECORD_TYPES) - {Rejection}
"""The types that our own format holds: what was rejected of suggestions stays in its project."""


def to_document(record: Any) -> Document:
    """The record's fields by name; spans become [start, end]."""
    names, values = fields_of(typing.cast("Any", type(record)))
    row = values(record)
    document = dict(zip(names, row, strict=True))
    for name in _to_be_spelled(names, tuple(map(type, row))):
        document[name] = _plain(document[name])
    return document


def from_document(record_type: type[R], document: Document) -> R:
    """The record that to_document spelled. Fields that are left out take their default.

    Raises ValueError for an unknown or missing field or a value of another type.
    """
    shapes = _shapes(typing.cast(Any, record_type))
    shape = (*document, *map(type, document.values()))
    known = shapes.get(shape)
    if known is None:
        record = _checked(record_type, document)
        if len(shapes) < _SHAPES_KEPT:
            shapes[shape] = _way_to_read(record, document)
        return record
    names, to_be_read = known
    values = list(document.values())
    for at, read in to_be_read:
        values[at] = read(values[at])
    # By name it takes twice the time, more so where the names are none of the program's own strings.
    return (
        _made(record_type, values, {})
        if names is None
        else _made(record_type, (), dict(zip(names, values, strict=True)))
    )


_PLAIN = frozenset({str, int, float, bool, type(None)})
_SHAPES_KEPT = 1_000
"""Of each record type. A file could leave out fields in millions of ways; what it was written by has a few."""

Reader = Callable[[Any], Any]
Way = tuple[tuple[str, ...] | None, tuple[tuple[int, Reader], ...]]
"""The names of the fields, None where they come in the order of the record's own, and by their places the readers of
those whose value is not taken as it is."""
Shape = tuple[Any, ...]
"""The names of a document's fields and the types of their values: in another document of this shape, which was read
before, only what is made of parts and the choices need to be looked at."""


@functools.cache
def _shapes(record_type: Any) -> dict[Shape, Way]:
    """The shapes known so far, each with the way to read them."""
    del record_type  # each has a dictionary of its own
    return {}


def _checked(record_type: type[R], document: Document) -> R:
    readers = _readers(typing.cast(Any, record_type))
    unknown = document.keys() - readers.keys()
    if unknown:
        raise ValueError(f"unknown field {min(unknown)!r}")
    return _made(record_type, (), {name: readers[name](value) for name, value in document.items()})


def _made(record_type: type[R], values: Iterable[Any], fields: Document) -> R:
    try:
        return record_type(*values, **fields)
    except TypeError as error:
        raise ValueError(f"a field is missing or has the wrong type: {error}") from error


def _way_to_read(record: object, document: Document) -> Way:
    record_type = typing.cast("Any", type(record))
    readers, own = _readers(record_type), fields_of(record_type)[0]
    names = tuple(sys.intern(name) for name in document)
    to_be_read = tuple(
        (at, readers[name]) for at, (name, value) in enumerate(document.items()) if getattr(record, name) is not value
    )
    return None if names == own[: len(names)] else names, to_be_read


@functools.cache
def fields_of(record_type: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a record type's fields, and what reads all of them at once; each has at least two."""
    names = tuple(field.name for field in dataclasses.fields(record_type))
    return names, operator.attrgetter(*names)


@functools.cache
def _to_be_spelled(names: tuple[str, ...], types: tuple[type, ...]) -> tuple[str, ...]:
    """The fields whose values, being of these types, are no JSON values yet."""
    return tuple(name for name, type_ in zip(names, types, strict=True) if type_ not in _PLAIN)


def _plain(value: object) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    if type(value) in _PLAIN:
        return value
    return to_document(value)


@functools.cache
def _readers(record_type: Any) -> dict[str, Reader]:
    return {name: _reader(hint) for name, hint in typing.get_type_hints(record_type).items()}


def _reader(hint: Any) -> Reader:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [arm for arm in typing.get_args(hint) if arm is not types.NoneType]
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if origin is tuple:
        item = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(map(item, _expect(value, list)))
    hint = getattr(hint, "__supertype__", hint)
    if hint is Span:
        return _span
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if dataclasses.is_dataclass(hint):
        return lambda value: from_document(hint, _expect(value, dict))  # type: ignore[arg-type]
    return lambda value: _expect(value, hint)


def _expect(value: Any, wanted: type) -> Any:
    # JSON's true must not pass for the number 1, hence no isinstance.
    if type(value) is not wanted:
        raise ValueError(f"{value!r} should be {wanted.__name__}")
    return value


def _span(value: Any) -> Span:
    if type(value) is list and len(value) == 2:
        start, end = value
        if type(start) is int and type(end) is int:
            return Span(start, end)
    raise ValueError(f"{value!r} should be [start, end]")
