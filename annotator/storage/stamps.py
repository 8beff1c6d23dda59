"""How a project file looks from outside, so that one is known again without being opened."""

import hashlib
from contextlib import suppress
from pathlib import Path

from annotator.storage.header import RESTS

_FOREIGN = " foreign"


def stamp(project: Path) -> str:
    """Size, time of the last change, and whether something was interrupted; empty where it cannot be told.

    The file itself is not opened: to close it again would drop the locks that SQLite has on it in this process.
    """
    try:
        found = project.stat()
    except OSError:
        return ""
    beside = [ending for ending in RESTS if project.with_name(project.name + ending).exists()]
    return " ".join([str(found.st_size), str(found.st_mtime_ns), *beside])


def remember(project: Path, folder: Path, seen: str, *, is_foreign: bool = False) -> None:
    """Notes that the file was written here when it had this stamp; or that it is foreign, and was found sound."""
    with suppress(OSError):  # then it is looked over once more, which harms nobody
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _note(project, folder).write_text(seen + _FOREIGN * is_foreign, encoding="ascii")


def is_remembered(project: Path, folder: Path, *, may_be_foreign: bool = False) -> bool:
    """Whether the file is as it was when it was last noted."""
    seen = stamp(project)
    try:
        noted = _note(project, folder).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False
    return bool(seen) and (noted == seen or (may_be_foreign and noted == seen + _FOREIGN))


def _note(project: Path, folder: Path) -> Path:
    # Not the name itself: a list of what somebody works on is nobody's business.
    return folder / hashlib.sha256(str(project.resolve()).encode("utf-8", "surrogateescape")).hexdigest()
