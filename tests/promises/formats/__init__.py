"""A project of each format that was ever current, made by the code that it was current in, and what that code read."""

import json
import lzma
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def every_format() -> list[int]:
    """The formats that there are fixtures of."""
    return sorted(int(path.name[7:11]) for path in _HERE.glob("format-*.annot.xz"))


def fixture(version: int, path: Path) -> Path:
    """Puts the project of a format at path; its table of contents is what_it_read."""
    path.write_bytes(lzma.decompress((_HERE / f"format-{version:04}.annot.xz").read_bytes()))
    return path


def what_it_read(version: int) -> dict[str, Any]:
    """What the code of that time read in the project."""
    read: dict[str, Any] = json.loads(lzma.decompress((_HERE / f"format-{version:04}.json.xz").read_bytes()))
    return read
