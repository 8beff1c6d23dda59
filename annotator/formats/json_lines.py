"""One JSON value a line."""

import json
from typing import Any


def json_line(value: Any) -> str:
    """The value as one line with its end, on which readers that know other line ends than LF agree."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Unicode line ends inside strings would cut the line for readers that take them for one.
    for character in "\u2028\u2029\x85":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f"{text}\n"
