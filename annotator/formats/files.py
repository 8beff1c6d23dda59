"""Writing files and folders that are whole or not there."""

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from annotator.domain.projects import SUFFIX
from annotator.errors import FormatError
from annotator.formats.manifests import foreign_in, sign

_AT_A_TIME = 16
"""Files of a folder that are synced at once: twenty thousand take a tenth of the time that they take one by one."""


@contextmanager
def whole_path(target: Path) -> Iterator[Path]:
    """Where to write a file by whatever means; it is renamed to target when the block ends without an error.

    Raises FormatError when it cannot be written, and for a project: whoever agrees to replace a file means no project.
    """
    # Nothing looks into the file: it may be the open one, and closing it again would drop SQLite's locks.
    if target.suffix.casefold() == SUFFIX:
        raise FormatError(f"“{target.name}” is the name of a project, which is not written over. Choose another name.")
    beside = _beside(target)
    try:
        yield beside
        _sync(beside)
        os.replace(beside, target)
        _settle(target)
    except OSError as error:
        raise FormatError(f"“{target.name}” could not be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def whole_file(target: Path) -> Iterator[TextIO]:
    """A UTF-8 text file with LF line ends, written beside target and renamed when the block ends without an error.

    Raises FormatError when it cannot be written.
    """
    with whole_path(target) as beside, beside.open("w", encoding="utf-8", newline="\n") as file:
        yield file


@contextmanager
def whole_folder(target: Path, *, is_export: bool = True) -> Iterator[Path]:
    """A new folder to write files in, beside target and renamed when the block ends without an error.

    With an export goes a list of what is in it, by which replaced_folder knows it again. Raises FormatError when it
    cannot be written, and when there is something in target: nobody's files are deleted.
    """
    beside = _beside(target)
    try:
        if target.is_dir() and any(target.iterdir()):
            raise FormatError(f"The folder “{target.name}” is not empty. Choose a new one.")
        beside.mkdir()
        yield beside
        if is_export:
            sign(beside)
        _sync_all(beside)
        # Windows does not rename onto a folder, even an empty one.
        if target.is_dir():
            target.rmdir()
        os.replace(beside, target)
        _settle(target)
    except OSError as error:
        raise FormatError(f"“{target.name}” could not be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def replaced_folder(target: Path) -> Iterator[Path]:
    """Where to write a folder that takes the place of target when the block ends without an error.

    Until then target stays as it is. Raises FormatError, also when target is not just what an export left there: it
    is looked at before, and again before the old one is deleted.
    """
    fresh, old = _beside(target), _beside(target, "old")
    try:
        _refuse_foreign(target, target)
        yield fresh
        os.replace(target, old)
        try:
            _refuse_foreign(old, target)
            os.replace(fresh, target)
        except BaseException:
            os.replace(old, target)
            raise
        _settle(target)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise FormatError(f"“{target.name}” could not be replaced: {error.strerror}.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _sync_all(folder: Path) -> None:
    """Waits until all that is in a folder is on the disk: many at a time, since a disk does them together."""
    inside = list(folder.rglob("*"))
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        for _ in threads.map(_sync, (one for one in inside if one.is_file())):
            pass
    for one in (*(one for one in inside if one.is_dir()), folder):
        _sync(one)


def _sync(path: Path) -> None:
    is_folder = path.is_dir()
    if is_folder and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives know no such thing for folders.
        if not is_folder or error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def _settle(target: Path) -> None:
    """Waits until the disk knows the new name: else a power cut might take the file although it is on the disk."""
    try:
        _sync(target.parent)
    except OSError as error:
        raise FormatError(
            f"“{target.name}” is there and whole, but the disk did not confirm that it will stay "
            f"({error.strerror}). Write it once more, elsewhere."
        ) from error


def _refuse_foreign(folder: Path, target: Path) -> None:
    if foreign := foreign_in(folder):
        raise FormatError(f"{foreign.replace(folder.name, target.name)} Nothing was replaced; choose another name.")


def _beside(target: Path, ending: str = "part") -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.{ending}")
