"""Zips of other programs, unpacked without trust: names that lead elsewhere and endless contents are refused."""

import io
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from annotator.domain.found import Findings
from annotator.errors import FormatError, UnreadableDocument
from annotator.formats import zipped

MOST_FILES = 100_000
LARGEST_UNPACKED = 2_000_000_000
"""Bytes of all files in a zip together, and of those in zips within it."""
_HEAD = 4096
_CHUNK = 1 << 20
_LOOKED_AT = 20
_BAD = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError, RuntimeError,
    NotImplementedError, OverflowError, KeyError,
)  # fmt: skip


def is_zip(head: bytes) -> bool:
    """Whether a file begins as a zip does."""
    return head.startswith(b"PK\x03\x04")


def heads(path: Path, suffixes: tuple[str, ...]) -> Iterator[bytes]:
    """How the first files with such endings begin, in a zip and in the first zips within it; none in a broken one."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _heads(archive, suffixes, is_inner=False)
    except (*_BAD, OSError):
        return


def _heads(archive: zipfile.ZipFile, suffixes: tuple[str, ...], *, is_inner: bool) -> Iterator[bytes]:
    looked_at = 0
    for info in archive.infolist():
        name = info.filename.casefold()
        if looked_at >= _LOOKED_AT:
            return
        if name.endswith(suffixes):
            looked_at += 1
            with archive.open(info) as file:
                yield file.read(_HEAD)
        elif name.endswith(".zip") and not is_inner and info.file_size <= 10 * _CHUNK:
            looked_at += 1
            with archive.open(info) as file, zipfile.ZipFile(io.BytesIO(file.read(10 * _CHUNK))) as inner:
                yield from _heads(inner, suffixes, is_inner=True)


@contextmanager
def unpacked(path: Path, findings: Findings) -> Iterator[Path]:
    """A folder with the files of a zip; a zip in it becomes a folder of its name. It is removed afterwards.

    What cannot be unpacked is reported. Raises FormatError when it is no zip, and when it holds too much.
    """
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        unpacking = _Unpacking(path.name, findings)
        try:
            unpacking.take(path, Path(name), is_inner=False)
        except UnreadableDocument as error:
            raise FormatError(f"“{path.name}”: {error}.") from error
        except _BAD as error:
            raise FormatError(f"“{path.name}” is damaged, or no zip.") from error
        yield Path(name)


class _Unpacking:
    def __init__(self, name: str, findings: Findings) -> None:
        self._name, self._findings = name, findings
        self._files = self._size = 0

    def take(self, path: Path, folder: Path, *, is_inner: bool) -> None:
        with zipped.opened(path) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                self._files += 1
                if self._files > MOST_FILES:
                    raise FormatError(f"“{self._name}” holds more than {MOST_FILES:,} files; split it.")
                self._member(archive, info, folder, is_inner=is_inner)

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, *, is_inner: bool) -> None:
        place = PurePosixPath(info.filename)
        shown = info.filename.encode("utf-8", "replace").decode("utf-8")[:200]
        if place.is_absolute() or any(part == ".." or set(part) & set('\\:*?"<>|\0') for part in place.parts):
            self._findings.problem(self._name, f"“{shown}” was left out: its name leads elsewhere")
            return
        target = folder / place
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(info) as packed, target.open("xb") as file:
                while chunk := packed.read(_CHUNK):
                    self._size += len(chunk)
                    if self._size > LARGEST_UNPACKED:
                        most = LARGEST_UNPACKED // 1_000_000
                        raise FormatError(f"“{self._name}” holds more than {most:,} MB; split it.")
                    file.write(chunk)
            if place.suffix.casefold() == ".zip" and not is_inner:
                inner = target.with_suffix("")
                inner.mkdir(exist_ok=True)
                self.take(target, inner, is_inner=True)
                target.unlink()
        except UnreadableDocument as error:
            self._findings.problem(self._name, f"“{shown}” was left out: {error}")
        except (*_BAD, OSError) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            self._findings.problem(self._name, f"“{shown}” was left out: {reason}")
