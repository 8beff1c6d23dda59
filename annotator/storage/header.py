"""Looks at a file before SQLite does: is it a project, is it whole, is it of this version or an older one?"""

import os
import struct
from pathlib import Path

from annotator.errors import DamagedProject, ForeignFile, NewerProject, ProjectFileError
from annotator.storage.connection import APPLICATION_ID

_MAGIC = b"SQLite format 3\0"
_UTF_8 = 1


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
