"""What an export put into a folder: written beside it, so that it can be told from a folder that holds others' work.

The file .annotator-export has a line of its own and then one for each file: its SHA-256, a blank, and its path as JSON.
Programs that read whole folders (pyarrow, brat) pass over names that begin with a dot.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

MANIFEST = ".annotator-export"
_HEAD = "annotator export 1"
_BLOCK = 1 << 16
_LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers leave in folders that are looked at; nobody misses them."""


def sign(folder: Path) -> None:
    """Lists all that is in a folder, which nobody else knows of yet. Raises OSError."""
    with (folder / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        manifest.write(f"{_HEAD}\n")
        for path in _files(folder):
            manifest.write(f"{_hash(folder / path)} {json.dumps(path)}\n")


def foreign_in(folder: Path) -> str:
    """Why a folder is not just what an export made, as a sentence; empty when every file is as it was written.

    Raises OSError when it cannot be read.
    """
    name = folder.name
    if folder.is_symlink() or not (folder / MANIFEST).is_file():
        return f"“{name}” is no export of this program (or one of an older version): it has no file {MANIFEST}."
    known = 0
    for digest, path in _listed(folder):
        file = folder / path
        if file.is_symlink() or not file.is_file() or _hash(file) != digest:
            return f"“{path}” in “{name}” was changed or taken away since it was exported."
        known += 1
    if sum(1 for _ in _files(folder)) == known:
        return ""
    paths = {path for _, path in _listed(folder)}
    strange = next((path for path in _files(folder) if path not in paths), "")
    return f"“{strange}” in “{name}” is no part of an export of this program."


def _listed(folder: Path) -> Iterator[tuple[str, str]]:
    """The lines of the manifest; a line that is none names a file that cannot be there."""
    with (folder / MANIFEST).open(encoding="utf-8", errors="replace", newline="\n") as manifest:
        if manifest.readline().rstrip("\n") != _HEAD:
            yield "", MANIFEST
            return
        for line in manifest:
            digest, _, path = line.rstrip("\n").partition(" ")
            try:
                said = json.loads(path)
            except ValueError:
                said = None
            is_inside = isinstance(said, str) and not Path(said).is_absolute() and ".." not in Path(said).parts
            yield (digest, str(said)) if is_inside else ("", MANIFEST)


def _files(folder: Path) -> Iterator[str]:
    """The paths of all files from the folder on, in an order that is always the same."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name not in _LEFT_BY_SYSTEMS and not (name == MANIFEST and Path(place) == folder):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
