"""A project that somebody sent, looked over in a private copy before it is opened for the first time."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import DamagedProject, ProjectFileError
from annotator.storage.checking import check
from annotator.storage.header import check_header
from annotator.storage.migrating import migrations
from annotator.storage.opening import open_copy, open_file
from annotator.storage.teammate import LARGEST

_BESIDE = ("-journal", "-wal")


def look_over(path: Path) -> Iterator[tuple[int, int]]:
    """Makes every check of opening and goes through all records, yielding how much is done, of how much.

    Neither the file nor its folder is written to. Raises a ProjectFileError with a sentence for what may not be opened.
    """
    check_header(path, migrations()[-1].version)
    if path.stat().st_size > LARGEST:
        raise ProjectFileError(f"“{path.name}” is larger than {LARGEST // 1_000_000_000} GB.")
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        copy = Path(name) / path.name
        try:
            for ending in ("", *_BESIDE):
                beside = path.with_name(path.name + ending)
                if not ending or beside.is_file():
                    shutil.copyfile(beside, copy.with_name(copy.name + ending))
        except OSError as error:
            raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
        if any(copy.with_name(copy.name + ending).exists() for ending in _BESIDE):  # what was interrupted is taken back
            opened = open_file(copy, Path(name) / "backups")
            opened.lock.release()
            opened.connection.close()
        open_copy(copy).close()
        for done, total, fault in check(copy):
            if fault:
                raise DamagedProject(f"“{path.name}” is damaged: {fault}. Nothing was changed; ask for another copy.")
            yield done, total
