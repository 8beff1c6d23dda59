"""Reads the pages of an SQLite file without SQLite: what is left of a file that is damaged.

The format is https://www.sqlite.org/fileformat2.html. Nothing is believed: every number is checked before it is used.
"""

import errno
import os
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

Value = int | float | str | bytes | None
TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER = 13, 5, 10, 2
_HEADER = {TABLE_LEAF: 8, INDEX_LEAF: 8, TABLE_INNER: 12, INDEX_INNER: 12}
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_LONGEST = 100_000_000
"""Bytes of a row: more than the longest text has."""
_READ_AGAIN = 4
"""How often pages of long rows are read, all in all, for each that the file has: damage may put rows on one chain."""

_STRETCH = 1_000
"""Pages after which a hole is looked for."""


class Unreadable(Exception):
    """Bytes that are no row, or not all of one."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row; number is its rowid, 0 for rows of tables that have none."""

    number: int
    values: tuple[Value, ...]


class Pages:
    """The pages of a file, counted from 1. The file is only read, and SQLite must not have it open in this process."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        head = self._file.read(100).ljust(100, b"\0")
        size = struct.unpack(">H", head[16:18])[0]
        size = 65536 if size == 1 else size
        self.size = size if size >= 512 and size & (size - 1) == 0 else 4096
        self.version = int(struct.unpack(">I", head[60:64])[0])
        self._usable = self.size - (head[20] if head[20] <= 32 else 0)
        self.count = -(-self._file.seek(0, 2) // self.size)
        self.said = int(struct.unpack(">I", head[28:32])[0])
        self._free = struct.unpack(">I", head[32:36])[0]
        self._patience = _READ_AGAIN * self.count + 1_000
        self.page = lru_cache(maxsize=256)(self._read)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.page.cache_clear()
        self._file.close()

    def _read(self, number: int) -> bytes:
        """A page; zeros where the disk does not give it, or the file has ended."""
        try:
            self._file.seek((number - 1) * self.size)
            return self._file.read(self.size).ljust(self.size, b"\0")
        except OSError:
            return bytes(self.size)

    def kind(self, number: int) -> int:
        """TABLE_LEAF and so on; 0 for a page of no table or index."""
        kind = self.page(number)[100 if number == 1 else 0]
        return kind if kind in _HEADER else 0

    def is_blank(self, number: int) -> bool:
        """Whether the page holds nothing but zeros."""
        return not any(self.page(number))

    def free(self) -> set[int]:
        """The pages that the file does not use."""
        found: set[int] = set()
        trunk = self._free
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self.page(trunk)
            trunk, leaves = struct.unpack(">II", page[:8])
            leaves = min(leaves, self._usable // 4 - 2)
            found |= set(struct.unpack(f">{leaves}I", page[8 : 8 + 4 * leaves]))
        return found

    def numbers(self) -> Iterator[int]:
        """The pages from the first to the last, without holes: a file may say that it is far longer than it is."""
        number = 1
        while number <= self.count:
            number = max(number, self._after_hole((number - 1) * self.size) // self.size + 1)
            last = min(self.count, number + _STRETCH)
            yield from range(number, last + 1)
            number = last + 1

    def _after_hole(self, at: int) -> int:
        """Where the next byte lies that was ever written."""
        if not hasattr(os, "SEEK_DATA"):
            return at
        try:
            return os.lseek(self._file.fileno(), at, os.SEEK_DATA)
        except OSError as error:
            return self.count * self.size if error.errno == errno.ENXIO else at

    def reached_from(self, root: int, passed: Collection[int] = ()) -> Iterator[int]:
        """The pages of a table or an index, from its root down, but not below those to be passed.

        What is damaged leads nowhere.
        """
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if not 1 <= number <= self.count or number in seen:
                continue
            seen.add(number)
            is_passed = number in passed
            yield number
            if is_passed:
                continue
            if self.kind(number) in {TABLE_INNER, INDEX_INNER}:
                page, at = self.page(number), 100 if number == 1 else 0
                waiting.append(struct.unpack(">I", page[at + 8 : at + 12])[0])
                waiting += [struct.unpack(">I", page[cell : cell + 4])[0] for cell in self._cells(number)]

    def rows(self, number: int) -> Iterator[Row | Unreadable]:
        """The rows on a page; for each that cannot be read, why."""
        kind = self.kind(number)
        if kind == TABLE_INNER:
            return
        for cell in self._cells(number):
            try:
                yield self._row(number, kind, cell + (4 if kind == INDEX_INNER else 0))
            except (Unreadable, IndexError, struct.error, ValueError) as error:
                yield error if isinstance(error, Unreadable) else Unreadable(str(error))

    def _cells(self, number: int) -> list[int]:
        page, at = self.page(number), 100 if number == 1 else 0
        kind = self.kind(number)
        if not kind:
            return []
        first = at + _HEADER[kind]
        count = min(struct.unpack(">H", page[at + 3 : at + 5])[0], (self._usable - first) // 2)
        cells = struct.unpack(f">{count}H", page[first : first + 2 * count])
        return [cell for cell in cells if first + 2 * count <= cell < self._usable - 4]

    def _row(self, number: int, kind: int, at: int) -> Row:
        page, row_id = self.page(number), 0
        length, at = _varint(page, at)
        if kind == TABLE_LEAF:
            row_id, at = _varint(page, at)
        if not 0 < length < _LONGEST:
            raise Unreadable("no row has this length")
        here = self._local(length, kind)
        if at + here > self._usable:
            raise Unreadable("the row does not end on its page")
        payload = page[at : at + here]
        if here < length:
            payload += self._overflow(struct.unpack(">I", page[at + here : at + here + 4])[0], length - here)
        return Row(row_id, _values(payload))

    def _local(self, length: int, kind: int) -> int:
        """How many bytes of a row are on its own page."""
        usable = self._usable
        most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return length
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        return here if here <= most else least

    def _overflow(self, number: int, length: int) -> bytes:
        parts, seen = [], set[int]()
        while length:
            if not 1 < number <= self.count or number in seen:
                raise Unreadable("a part of the row is missing")
            seen.add(number)
            self._patience -= 1
            if self._patience < 0:
                raise Unreadable("too many rows lie on the same pages")
            page = self._read(number)
            number = struct.unpack(">I", page[:4])[0]
            parts.append(page[4 : 4 + min(length, self._usable - 4)])
            length -= len(parts[-1])
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9


def _values(payload: bytes) -> tuple[Value, ...]:
    head, at = _varint(payload, 0)
    kinds: list[int] = []
    if not 0 < head <= len(payload):
        raise Unreadable("the row has no head")
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise Unreadable("the row is longer or shorter than it says")
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in {8, 9}:
        return kind - 8, at
    if kind in {10, 11} or kind < 0:
        raise Unreadable("no value has this type")
    length = _INTEGERS.get(kind) or (8 if kind == 7 else (kind - 12) // 2)
    data, end = payload[at : at + length], at + length
    if len(data) != length:
        raise Unreadable("a value is cut off")
    if kind == 7:
        return float(struct.unpack(">d", data)[0]), end
    if kind < 7:
        return int.from_bytes(data, "big", signed=True), end
    # No text of ours holds a NUL; a page of zeros in the middle of a long one does.
    if kind % 2 == 0 or b"\0" in data:
        raise Unreadable("a text was overwritten")
    return data.decode("utf-8"), end
