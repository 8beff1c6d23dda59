"""Zip files of strangers: read in place, nothing is unpacked to disk, and what swells beyond measure is refused."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from annotator.errors import FormatError, UnreadableDocument
from annotator.formats import zipped

_MOST_BYTES = 4_000_000_000
_HARMLESS, _MOST_TIMES = 10_000_000, 200
"""Bytes that may be packed however well, and how many times its packed size anything larger may have."""


class Archive:
    """An open zip file; its entries are known by their names in small letters, with / between folders."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._entries = {one.filename.replace("\\", "/").casefold(): one for one in file.infolist()}

    @property
    def names(self) -> list[str]:
        """The names of all entries, in small letters."""
        return list(self._entries)

    def open(self, name: str) -> BinaryIO:
        """An entry to read from, in measure. Raises KeyError when there is none of that name."""
        entry = self._entries[name.casefold()]
        limit = min(_MOST_BYTES, max(_HARMLESS, entry.compress_size * _MOST_TIMES))
        return io.BufferedReader(_Measured(self._file.open(entry), limit, entry.filename))

    def bytes(self, name: str, most: int) -> bytes:
        """All of an entry. Raises KeyError when there is none, FormatError when it has more bytes than that."""
        with self.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise FormatError(f"“{name[-80:]}” is larger than {most // 1_000_000} MB.")
        return data


class _Measured(io.RawIOBase):
    """Reads on until the limit."""

    def __init__(self, file: IO[bytes], limit: int, name: str) -> None:
        self._file, self._left, self._name = file, limit, name

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Lets go of the archive, too: an entry that is open would keep its file open after it."""
        self._file.close()
        super().close()

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]  # typeshed has no name for buffers
        data = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise FormatError(f"“{self._name[-80:]}” unpacks to far more than it should; it was not read.")
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """A zip file, open while the block runs. Raises FormatError when it is none, or damaged where it is read."""
    try:
        with zipped.opened(path) as file:
            yield Archive(file)
    except UnreadableDocument as error:
        raise FormatError(f"“{path.name}”: {error}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FormatError(f"“{path.name}” is damaged or packed in a way that cannot be read ({error}).") from error
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error


class Packing:
    """Writes a zip file whose bytes depend on what is in it only, not on when and where it is written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def add(self, name: str, data: bytes) -> None:
        """Adds an entry."""
        self._file.writestr(_entry(name), data)

    @contextmanager
    def adding(self, name: str) -> Iterator[IO[bytes]]:
        """An entry to write to, of any size."""
        with self._file.open(_entry(name), "w", force_zip64=True) as file:
            yield file


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
