"""Reading DocBin files without trust: the bytes are taken apart here, with every place checked.

spaCy builds its arrays in C from whatever a file says; a damaged one could take the program down with it.
"""

import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.found import Findings, FoundArticle, FoundEntity
from annotator.domain.identifiers import check, parse
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats import own_data
from annotator.formats.assembling import assembled
from annotator.formats.docbin_writing import SPAN
from annotator.formats.json_parts import BadRecord, Object, known_fields, listed, mapping, text_in, words
from annotator.formats.regions import Arrow, Region
from annotator.unprobed import unprobed

LARGEST_UNPACKED = 2_000_000_000
"""Bytes; a file that grows beyond this when it is unpacked is refused."""
_RATIO, _SMALL = 200, 100_000_000
"""What is larger than the second must not unpack to more than so many times its packed size."""
_CHUNK = 1 << 22
_BEGIN, _INSIDE = 3, 1


@dataclass(frozen=True, slots=True)
class _Bin:
    """The parts of a file; tokens are rows of attributes, in one long array of 64-bit numbers."""

    attrs: list[int]
    lengths: list[int]
    tokens: Any
    spaces: bytes
    strings: Any
    flags: list[Any]
    groups: list[Any]
    user_data: list[Any]


@dataclass(frozen=True, slots=True)
class _Doc:
    """One Doc: its text, and where each token begins and ends."""

    text: str
    starts: list[int]
    ends: list[int]


def articles_in(path: Path, findings: Findings) -> Iterator[FoundArticle]:
    """The articles of a file. Raises FormatError when it is no DocBin, ImportError without spaCy."""
    from srsly.msgpack.exceptions import UnpackException

    found = _opened(path)
    begin = 0
    for number, length in enumerate(found.lengths):
        try:
            yield _article(found, number, begin, length, path.name, findings)
        except BadRecord as error:
            findings.problem(path.name, f"document {number + 1} was left out: {error}")
        except (
            ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError,
            struct.error, UnpackException,
        ):  # fmt: skip
            findings.problem(path.name, f"document {number + 1} was left out: it is damaged")
        begin += length


def _opened(path: Path) -> _Bin:
    import numpy

    with unprobed():
        from spacy.attrs import ORTH
        from spacy.strings import StringStore
    from srsly.msgpack.exceptions import UnpackException

    try:
        message = mapping(_unpacked(_inflated(path)))
        attrs = [int(attr) for attr in message["attrs"]]
        tokens = numpy.frombuffer(message["tokens"], dtype="uint64")
        lengths = [int(length) for length in numpy.frombuffer(message["lengths"], dtype="int32")]
        spaces = bytes(message["spaces"])
        strings = StringStore([said for said in message["strings"] if isinstance(said, str)])
    except OSError as error:
        raise FormatError(f"“{path.name}” could not be read: {error.strerror}.") from error
    except (
        ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, RecursionError, MemoryError,
        zlib.error, UnpackException,
    ) as error:  # fmt: skip
        raise FormatError(f"“{path.name}” is damaged or no DocBin of spaCy 3.") from error
    total = sum(lengths)
    if ORTH not in attrs or any(length < 0 for length in lengths) or total * len(attrs) != tokens.size:
        raise FormatError(f"“{path.name}” is damaged: its tokens do not add up.")
    if len(spaces) != total:
        raise FormatError(f"“{path.name}” is damaged: its blanks do not add up.")
    return _Bin(
        attrs, lengths, tokens.reshape(total, len(attrs)), spaces, strings,
        listed(message.get("flags")), listed(message.get("span_groups")), listed(message.get("user_data")),
    )  # fmt: skip


def _inflated(path: Path) -> bytes:
    """Unpacks in pieces, so that a small file cannot fill the memory. Raises zlib.error, FormatError."""
    unpacker, pieces, size = zlib.decompressobj(), [], 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            while chunk:
                piece = unpacker.decompress(chunk, _CHUNK)
                chunk = unpacker.unconsumed_tail
                size += len(piece)
                if size > max(_SMALL, _RATIO * file.tell()):
                    raise FormatError(f"“{path.name}” unpacks to more than {_RATIO} times its size, as no texts do.")
                pieces.append(piece)
                if size > LARGEST_UNPACKED:
                    most = LARGEST_UNPACKED // 1_000_000
                    raise FormatError(f"“{path.name}” holds more than {most:,} MB; split it into several files.")
    if not unpacker.eof:
        raise zlib.error("the stream breaks off")
    return b"".join(pieces)


def _unpacked(data: Any) -> Any:
    # Not srsly's own function: it leaves the garbage collector off when the data is bad. With a hook for objects it
    # runs none of the decoders that installed packages offer: a file must not choose what code runs.
    from srsly import msgpack

    return msgpack.loads(data, raw=False, use_list=True, strict_map_key=False, object_pairs_hook=dict)


def _article(found: _Bin, number: int, begin: int, length: int, file: str, findings: Findings) -> FoundArticle:
    doc = _doc(found, number, begin, length)
    data = _own(found, number)
    entities = {entity.key: entity for entity in own_data.entities_in(data)}
    is_ours = bool(data)
    groups = list(_groups(found, number))
    regions: list[Region] = []
    for name, entries in groups:
        for entry in entries:
            region = _grouped(entry, name, found, doc, file, findings, number)
            if region is not None:
                regions.append(region)
    if not is_ours:
        there = {(region.spans, region.label) for region in regions}
        regions += [one for one in _ents(found, begin, length, doc, entities) if (one.spans, one.label) not in there]
    noted = own_data.noted(data, regions)
    arrows = own_data.signed(data, noted, _arrows(data.get("relations")))
    where = f"{file}, document {number + 1}"
    parts = assembled(noted, arrows, entities.values(), where, 0, findings)
    fields = known_fields(mapping(data.get("article")), findings)
    return parts.article(doc.text, file, fields, own_data.zones_in(data, doc.text, where, 0, findings))


def _doc(found: _Bin, number: int, begin: int, length: int) -> _Doc:
    from spacy.attrs import ORTH

    column = found.attrs.index(ORTH)
    flags = mapping(found.flags[number]) if number < len(found.flags) else {}
    if flags.get("has_unknown_spaces"):
        raise BadRecord("it does not say where blanks stand, so its text is not known")
    orths = found.tokens[begin : begin + length, column].tolist()
    pieces, starts, ends, at = [], [], [], 0
    for orth, space in zip(orths, found.spaces[begin : begin + length], strict=True):
        word = found.strings[orth]
        starts.append(at)
        ends.append(at + len(word))
        pieces.append(f"{word} " if space else word)
        at += len(pieces[-1])
    return _Doc(text_in("".join(pieces)), starts, ends)


def _own(found: _Bin, number: int) -> Object:
    """Our notes in the user_data; none in the file of another program."""
    packed = found.user_data[number] if number < len(found.user_data) else None
    if not isinstance(packed, bytes):
        return {}
    said = mapping(_unpacked(packed)).get(own_data.KEY)
    return mapping(json.loads(said)) if isinstance(said, str) else {}


def _groups(found: _Bin, number: int) -> Iterator[tuple[str, list[bytes]]]:
    packed = found.groups[number] if number < len(found.groups) else b""
    message = _unpacked(packed) if packed else []
    named = message.items() if isinstance(message, dict) else ((group, None) for group in message)
    for group, names in named:
        content = mapping(_unpacked(group))
        for name in listed(names) or [content.get("name")]:
            yield words(name), listed(content.get("spans"))


def _grouped(
    entry: bytes, group: str, found: _Bin, doc: _Doc, file: str, findings: Findings, number: int
) -> Region | None:
    span_id, _, label_id, first, last, start, end = SPAN.unpack(entry)
    label = found.strings[label_id] or group
    place = f"document {number + 1}: a span “{label}” of the group “{group}” was left out"
    if not 0 <= first < last <= len(doc.starts):
        findings.problem(file, f"{place}: it lies outside the text")
        return None
    if (doc.starts[first], doc.ends[last - 1]) != (start, end) or start >= end:
        findings.problem(file, f"{place}: its tokens and its characters differ")
        return None
    key = found.strings[span_id] if span_id in found.strings else ""  # noqa: SIM401 - it has no get
    return Region(key or f"{group}.{first}.{last}.{label}", label, (Span(start, end),))


def _ents(found: _Bin, begin: int, length: int, doc: _Doc, entities: dict[str, FoundEntity]) -> Iterator[Region]:
    """The ents of a Doc, from the marks of its tokens."""
    from spacy.attrs import ENT_IOB, ENT_KB_ID, ENT_TYPE

    if ENT_IOB not in found.attrs or ENT_TYPE not in found.attrs:
        return
    rows = found.tokens[begin : begin + length]
    iob = rows[:, found.attrs.index(ENT_IOB)].tolist()
    types = rows[:, found.attrs.index(ENT_TYPE)].tolist()
    known = rows[:, found.attrs.index(ENT_KB_ID)].tolist() if ENT_KB_ID in found.attrs else [0] * length
    first = 0
    while first < length:
        last = first + 1
        if iob[first] in {_BEGIN, _INSIDE} and types[first]:
            while last < length and iob[last] == _INSIDE and types[last] == types[first]:
                last += 1
            start, end = doc.starts[first], doc.ends[last - 1]
            if start < end:
                key = found.strings[known[first]]
                _remember(key, doc.text[start:end], entities)
                label = found.strings[types[first]]
                yield Region(f"ent.{first}", label, (Span(start, end),), entity=key)
        first = last


def _remember(key: str, name: str, entities: dict[str, FoundEntity]) -> None:
    if key and key not in entities:
        identifier = parse(key)
        ids = () if check(identifier.scheme, identifier.value) else (identifier,)
        entities[key] = FoundEntity(key, name, ids=ids)


def _arrows(data: object) -> Iterator[Arrow]:
    for entry in listed(data):
        if isinstance(entry, list) and len(entry) == 3 and all(isinstance(said, str) for said in entry):
            yield Arrow(*entry)
