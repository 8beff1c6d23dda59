"""Writing DocBin files document by document, in the memory of one.

The format has each part of all documents together (tokens, blanks, words, groups), and spaCy's own class holds them all
until the end. Here they wait in files that are gone afterwards.
"""

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any, Self

from annotator.errors import FormatError

SPAN = struct.Struct(">QQQllll")
"""A span: the numbers of its id, its entity and its label, first token and the one after the last, start and end."""
_KEPT = 1_000_000
"""Bytes of a part that are held before it goes to the disk."""
_CHUNK = 1 << 20
_LARGEST = (1 << 32) - 1
_BYTES, _LIST, _MAP = 0xC6, 0xDD, 0xDF


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A span of a document: words for what it is, tokens as start and end, and where its characters are."""

    id: str
    entity: str
    label: str
    tokens: tuple[int, int]
    characters: tuple[int, int]


class DocBinParts:
    """The parts of a file to be; add documents, then write them. A context manager, which throws the parts away.

    attrs are the columns of each document's array of tokens, the words' first; spaces is the one that says what blanks
    follow; number_of gives the number that stands for words. Parts that grow wait in folder.
    """

    def __init__(self, folder: Path, attrs: Sequence[int], spaces: int, number_of: Callable[[str], int]) -> None:
        from srsly.msgpack import Packer

        self._attrs, self._spaces_attr, self._number_of = list(attrs), spaces, number_of
        # One for all: each new one looks through every installed package for what could be packed.
        self._pack: Callable[[object], bytes] = Packer(use_bin_type=True).pack
        self._waiting = ExitStack()
        self._tokens, self._spaces, self._strings, self._flags, self._groups, self._user_data = (
            self._waiting.enter_context(_part(folder)) for _ in range(6)
        )
        self._lengths: list[int] = []
        self._known: set[int] = set()
        self._string_count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.close()

    def add(self, doc: Any, groups: Mapping[str, Iterable[MarkedSpan]], user_data: Mapping[str, str]) -> None:
        """Adds a document with groups of spans by name."""
        tokens, words = doc.to_array(self._attrs), doc.vocab.strings
        self._lengths.append(len(tokens))
        self._tokens.write(tokens.tobytes("C"))
        self._spaces.write(doc.to_array(self._spaces_attr).astype(bool).tobytes("C"))
        for number in dict.fromkeys(tokens[:, 0].tolist()):
            if number not in self._known:
                self._known.add(number)
                self._say(words[number])
        self._flags.write(self._pack({"has_unknown_spaces": doc.has_unknown_spaces}))
        packed = {self._group(name, spans): [name] for name, spans in groups.items()}
        self._groups.write(self._pack(self._pack(packed)))
        self._user_data.write(self._pack(self._pack(dict(user_data))))

    def _group(self, name: str, spans: Iterable[MarkedSpan]) -> bytes:
        return self._pack({"name": name, "attrs": {}, "spans": [self._span(span) for span in spans]})

    def _span(self, span: MarkedSpan) -> bytes:
        # No two spans have the same id, so none of them is remembered.
        self._say(span.id)
        numbers = (self._number_of(span.id), self._known_number(span.entity), self._known_number(span.label))
        return SPAN.pack(*numbers, *span.tokens, *span.characters)

    def _known_number(self, words: str) -> int:
        number = self._number_of(words)
        if number not in self._known:
            self._known.add(number)
            self._say(words)
        return number

    def _say(self, words: str) -> None:
        self._strings.write(self._pack(words))
        self._string_count += 1

    def write(self, target: Path) -> None:
        """Writes the file. Raises OSError, and FormatError when there is more than a DocBin can hold."""
        compressor = zlib.compressobj()
        with target.open("wb") as file:
            for piece in self._message():
                file.write(compressor.compress(piece))
            file.write(compressor.flush())

    def _message(self) -> Iterator[bytes]:
        pack, count = self._pack, len(self._lengths)
        yield _head(_MAP, 10)
        yield pack("version") + pack("0.1") + pack("attrs") + pack(self._attrs)
        yield from self._bytes("tokens", self._tokens)
        yield from self._bytes("spaces", self._spaces)
        yield pack("lengths") + pack(struct.pack(f"<{count}i", *self._lengths))
        yield from self._list("strings", self._string_count, self._strings)
        yield pack("cats") + _head(_LIST, count) + pack({}) * count
        yield from self._list("flags", count, self._flags)
        yield from self._list("span_groups", count, self._groups)
        yield from self._list("user_data", count, self._user_data)

    def _bytes(self, name: str, part: IO[bytes]) -> Iterator[bytes]:
        yield self._pack(name) + _head(_BYTES, part.tell())
        yield from _content(part)

    def _list(self, name: str, count: int, part: IO[bytes]) -> Iterator[bytes]:
        yield self._pack(name) + _head(_LIST, count)
        yield from _content(part)


def _part(folder: Path) -> IO[bytes]:
    return SpooledTemporaryFile(_KEPT, "w+b", dir=str(folder))


def _head(kind: int, size: int) -> bytes:
    """What begins something in msgpack whose size needs up to 32 bits."""
    if size > _LARGEST:
        raise FormatError("This is more than a DocBin can hold; export fewer articles at once.")
    return struct.pack(">BI", kind, size)


def _content(part: IO[bytes]) -> Iterator[bytes]:
    part.seek(0)
    return iter(lambda: part.read(_CHUNK), b"")
