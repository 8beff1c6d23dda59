"""JSON whose values know the line they stand on, so that a fault in a file can be shown where it is."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.errors import FormatError

Scalar = str | int | float | bool | None
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


@dataclass(slots=True)
class Node:
    """A value and its line, from 1. One of fields, items and scalar has the value, as kind says."""

    line: int
    kind: str
    scalar: Scalar = None
    items: list["Node"] = field(default_factory=list)
    fields: dict[str, "Node"] = field(default_factory=dict)
    twice: list[tuple[int, str]] = field(default_factory=list)
    """Keys that stand in an object again, with the line; JSON's readers keep the last one and say nothing."""

    @property
    def text(self) -> str:
        """The string it is; empty when it is none."""
        return self.scalar if isinstance(self.scalar, str) else ""


class JsonError(FormatError):
    """Not JSON, at a line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"Line {line}: {what}")
        self.line, self.what = line, what


def read_nodes(text: str) -> Node:
    """Reads JSON. Raises JsonError with the line where it stops being JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise JsonError(error.lineno, f"This is not valid JSON: {error.msg}.") from error
    except (RecursionError, ValueError) as error:
        raise JsonError(1, "This is not valid JSON: it is nested too deeply, or holds a number too long.") from error
    root = Node(1, "array")
    open_: list[Node] = [root]
    keys: list[tuple[int, str] | None] = [None]
    for token, line, is_key in _tokens(text):
        if token in "}]":
            open_.pop()
            keys.pop()
        elif is_key:
            keys[-1] = (line, json.loads(token))
        else:
            node = _node(token, line)
            _put(open_[-1], keys[-1], node)
            if token in "{[":
                open_.append(node)
                keys.append(None)
    return root.items[0]


def _tokens(text: str) -> Iterator[tuple[str, int, bool]]:
    """The tokens of text that is JSON, without commas and colons; each with its line and whether it is a key."""
    found = [(match.group(), match.start()) for match in _TOKEN.finditer(text)]
    line, seen = 1, 0
    for number, (token, start) in enumerate(found):
        line += text.count("\n", seen, start)
        seen = start
        if token not in ",:":
            yield token, line, number + 1 < len(found) and found[number + 1][0] == ":"


def _node(token: str, line: int) -> Node:
    if token in "{[":
        return Node(line, "object" if token == "{" else "array")
    return Node(line, "scalar", scalar=json.loads(token))


def _put(into: Node, key: tuple[int, str] | None, node: Node) -> None:
    if into.kind == "array":
        into.items.append(node)
        return
    assert key is not None
    line, name = key
    if name in into.fields:
        into.twice.append((line, name))
    into.fields[name] = node
