"""Archives that may be made to do harm: names that leave them, entries that unpack to far more than there is."""

import os
import posixpath
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from annotator.errors import UnreadableDocument
from annotator.formats.plain_text import LARGEST

MOST_ENTRIES = 100_000
LARGEST_WHOLE = 8_000_000_000
"""Bytes that all entries together may unpack to."""
_RATIO, _SMALL = 200, 1_000_000
"""An entry larger than the second must not unpack to more than so many times its packed size."""
_LARGEST_LIST = 32_000_000
"""Bytes of the list at an archive's end, which is read as a whole before anything can be said of it."""
_END, _FAR = b"PK\x05\x06", b"PK\x06\x06"
_LOST = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, NotImplementedError, zlib.error)


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """An archive whose list is sound. Raises UnreadableDocument, also for what is wrong while the block runs."""
    _check_list(path)
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                raise UnreadableDocument(f"it has {len(entries):,} entries; more than {MOST_ENTRIES:,} are not read")
            if sum(entry.file_size for entry in entries) > LARGEST_WHOLE:
                raise UnreadableDocument(f"it would unpack to more than {LARGEST_WHOLE // 1_000_000_000} GB")
            yield archive
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, UnicodeDecodeError) as error:
        raise UnreadableDocument("it is damaged, or no archive") from error
    except OSError as error:
        raise UnreadableDocument(f"it cannot be read: {error.strerror or 'it is damaged'}") from error


def _check_list(path: Path) -> None:
    """The list of entries may be made so long that reading it takes all memory."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(max(0, size - 70_000))
            tail = file.read()
    except OSError as error:
        raise UnreadableDocument(f"it cannot be read: {error.strerror}") from error
    end, far = tail.rfind(_END), tail.rfind(_FAR)
    longest = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if far >= 0:
        longest = max(longest if longest != 0xFFFF_FFFF else 0, int.from_bytes(tail[far + 40 : far + 48], "little"))
    if longest > _LARGEST_LIST:
        raise UnreadableDocument("its list of entries is longer than an archive of articles has")


def fault(entry: ZipInfo) -> str:
    """Why an entry is not to be read; empty when it may be."""
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":" or ".." in name.split("/"):
        return "its name leads out of the archive"
    if entry.flag_bits & 0x1:
        return "it is encrypted"
    if entry.file_size > LARGEST:
        return f"it unpacks to more than {LARGEST // 1_000_000} MB"
    if entry.file_size > _SMALL and entry.file_size > _RATIO * max(1, entry.compress_size):
        return f"it unpacks to more than {_RATIO} times its size, as no text does"
    return ""


def content(archive: ZipFile, entry: ZipInfo) -> bytes:
    """An entry's bytes. Raises UnreadableDocument with the reason when it may not be read, or is damaged."""
    why = fault(entry)
    if why:
        raise UnreadableDocument(why)
    try:
        # Never more than the list says: the archive's reader stops there, whatever the packed bytes unpack to.
        return archive.read(entry)
    except _LOST as error:
        raise UnreadableDocument("it is damaged") from error


def part(archive: ZipFile, name: str) -> bytes:
    """The bytes of the entry with this name; nothing when there is none. Raises UnreadableDocument."""
    try:
        entry = archive.getinfo(posixpath.normpath(name).lstrip("/"))
    except KeyError:
        return b""
    return content(archive, entry)


def parsed_part(archive: ZipFile, name: str) -> Any:
    """An entry with XML as lxml's element; None when there is none. Raises UnreadableDocument when it is no XML.

    Nothing outside is read, and entities of its own are never unfolded.
    """
    from lxml import etree

    data = part(archive, name)
    if not data:
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument(f"its part {posixpath.basename(name)[:60]} is damaged") from error


def is_archive(head: bytes) -> bool:
    """Whether a file begins as an archive does."""
    return head.startswith((b"PK\x03\x04", _END))
