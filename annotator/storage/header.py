"""Looks at a file before SQLite does: is it a project, is it whole, is it of this version or an older one?"""

import os
import struct
from pathlib import Path

from annotator.errors import DamagedProject, ForeignFile, NewerProject, ProjectFileError
from annotator.storage.connection import APPLICATION_ID

RESTS = ("-journal", "-wal")
"""How what SQLite leaves beside a file is called that has changes in it."""
_MAGIC = b"SQLite format 3\0"
_UTF_8 = 1
_JOURNAL = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal begins. One that ends so names the journal of several files together, which this program never has."""


def check_header(path: Path, newest: int) -> int:
    """The format version of the project in a file.

    The file is closed again before SQLite opens it: while SQLite has it open, closing any other handle in this
    process would drop SQLite's locks.

    Raises ForeignFile, NewerProject or DamagedProject with a sentence.
    """
    name = path.name
    if not path.exists():
        raise ProjectFileError(f"There is no file “{path}”.")
    if not path.is_file():
        raise ForeignFile(f"“{name}” is not a file.")
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise ProjectFileError(f"“{name}” cannot be read: {error.strerror}.") from error
    if not head:
        raise ForeignFile(f"“{name}” is empty, so it is no project.")
    if len(head) < 100 or not head.startswith(_MAGIC):
        raise ForeignFile(f"“{name}” is not a project of this program.")
    page_size = struct.unpack(">H", head[16:18])[0]
    pages, version, application = (struct.unpack(">I", head[at : at + 4])[0] for at in (28, 60, 68))
    if application != APPLICATION_ID:
        raise ForeignFile(f"“{name}” is a database of another program, not a project.")
    if version > newest:
        raise NewerProject(
            f"“{name}” was made by a newer version of this program (format {version}; this one knows {newest}). "
            "Nothing was changed; please update the program."
        )
    whole = (65536 if page_size == 1 else page_size) * pages
    # While another process is in the middle of writing, a journal lies beside the file and the size is in flux.
    if whole != size and not path.with_name(f"{name}-journal").exists():
        raise DamagedProject(
            f"“{name}” is cut off or has grown: {size:,} bytes instead of {whole:,}. Go back to a copy."
        )
    if struct.unpack(">I", head[56:60])[0] != _UTF_8:
        raise ForeignFile(f"“{name}” is a database in another encoding, not a project.")
    return int(version)


def check_beside(path: Path) -> bool:
    """Whether an interrupted session left a journal that SQLite will play back; zeros are one it never began.

    Raises ForeignFile for one that no session of this program left: SQLite would delete the file that it names.
    """
    for ending in ("-wal", "-shm", "-journal"):
        rest = path.with_name(f"{path.name}{ending}")
        if rest.exists() and not rest.is_file():
            raise ForeignFile(f"“{rest.name}” beside the project is no file of this program. Take it away first.")
    try:
        with rest.open("rb") as file:
            begin = file.read(8)
            file.seek(max(0, os.fstat(file.fileno()).st_size - 8))
            end = file.read(8)
    except OSError:
        return False
    if end == _JOURNAL and len(begin) == 8:
        raise ForeignFile(
            f"“{rest.name}” beside the project was left by another program and would harm other files. "
            "Take it away first; nothing was changed."
        )
    return any(begin)
