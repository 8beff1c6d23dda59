"""The JSON Schema (draft 2020-12) of a line of our own format, made from the records themselves."""

import dataclasses
import types
import typing
from enum import StrEnum
from typing import Any

from annotator.domain.documents import EXCHANGED, TYPE_NAMES
from annotator.domain.ids import FORM
from annotator.domain.spans import Span
from annotator.formats.jsonl import FORMAT, FORMAT_VERSION

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SPAN = {
    "description": "code points, half open: [start, end]",
    "type": "array",
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}],
    "minItems": 2,
    "maxItems": 2,
}
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
}


def line_schema() -> dict[str, Any]:
    """What a line of a file may be: the head, or a record of one of the types."""
    names = {record_type: name for record_type, name in TYPE_NAMES.items() if record_type in EXCHANGED}
    lines = [{"$ref": "#/$defs/head"}, *({"$ref": f"#/$defs/{name}"} for name in names.values())]
    records = {name: _record(record_type, name) for record_type, name in names.items()}
    return {
        "$schema": DRAFT,
        "title": "A line of a JSON Lines export of Annotator with everything recorded",
        "oneOf": lines,
        "$defs": {"id": {"type": "string", "pattern": f"^{FORM}$"}, "span": _SPAN, "head": _head(), **records},
    }


def _head() -> dict[str, Any]:
    return {
        "description": "the first line of a file",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "version": {"const": FORMAT_VERSION}},
        "required": ["format", "version"],
    }


def _record(record_type: Any, name: str) -> dict[str, Any]:
    schema = _object(record_type)
    schema["properties"] = {"type": {"const": name}, **schema["properties"]}
    schema["required"] = ["type", *schema["required"]]
    schema["description"] = " ".join((record_type.__doc__ or "").split("\n\n")[0].split())
    if name == "article":
        schema["properties"]["text"] = {"type": "string", "description": "the text that every offset counts in"}
        schema["required"].append("text")
    if name == "claim":
        chain = "the words of those who pass the claim on, the outermost first"
        schema["properties"]["chain"] = {"type": "array", "items": {"type": "string"}, "description": chain}
    return schema


def _object(record_type: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(record_type)
    fields = dataclasses.fields(record_type)
    required = [
        field.name
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    return {
        "type": "object",
        "properties": {field.name: _value(hints[field.name]) for field in fields},
        "required": required,
        "additionalProperties": False,
    }


def _value(hint: Any) -> dict[str, Any]:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [arm for arm in typing.get_args(hint) if arm is not types.NoneType]
        return {"anyOf": [_value(inner), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _value(typing.get_args(hint)[0])}
    return _one(hint)


def _one(hint: Any) -> dict[str, Any]:
    """A value that is no list."""
    if hint is Span:
        return {"$ref": "#/$defs/span"}
    is_id = getattr(hint, "__supertype__", None) is str and hint.__name__.endswith("Id")
    plain = getattr(hint, "__supertype__", hint)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return {"enum": [value.value for value in plain]}
    if dataclasses.is_dataclass(plain):
        return _object(plain)
    return {"$ref": "#/$defs/id"} if is_id else dict(_PLAIN[plain])
