"""Turns a sound file into a broken one by chance: bytes, words, parts, trees. The same number gives the same file."""

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Files = Mapping[str, bytes]
"""The files of a document or a corpus by their names; most have one."""
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_NUMBERS = (
    b"-1", b"0", b"1", b"2147483648", b"-9223372036854775809", b"18446744073709551616", b"1e999", b"NaN", b"Infinity",
    b"0.5", b"007", b"99999", b"9" * 5000, b"1_0",
    "٣".encode(), "²".encode(), b"+1", b" 1",
)  # fmt: skip
_PIECES = (
    b"\0", b"\xed\xa0\x80", b"\\ud800", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\x85", b"\x1c",
    b"\x0c",
    b"\r", b"\r\n", b"\n\n", b"\t", b"\"", b"'",
    b"<", b">", b"&", b"&#0;", b"&#1114112;", b"&#xD800;", b"&bad;", b"]]>",
    b"<!--", b"-->", b"<![CDATA[", b"<?x ", b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"{", b"}", b"[", b"]", b",", b":", b"\\",
    b"%s", b"%n", b"../../x", b"=cmd|'/c calc'!A0", "🙂".encode(), "\u202e".encode(), "e\u0301".encode(), b" " * 3000,
    b"x" * 70_000, b"[" * 3000, b"{\"a\":" * 3000, b"<a>" * 600, b"<a ", b"|" * 500, b"_" * 500, b"\\_" * 300, b"#",
    b"*", b"null", b"true", b"PK\x03\x04", b"%PDF-", b"endobj", b"stream\n", b"=?utf-8?b?////?=", b"\n--",
)  # fmt: skip
_ODD: tuple[Any, ...] = (
    None, True, -1, 0, 7, 1e30, 0.5, float("inf"), float("nan"), 10**30, "", "x", "\ud800", "a\0b", "1", [], {}, [[]],
    [None], {"id": {}}, [1, 2], [-5, 99, "x"], [[0, 1]], [[5, 2]], [0, 10**12], {"start": 0, "end": 1}, "x" * 70_000,
)  # fmt: skip


def mutated(files: Files, others: Sequence[Files], dice: random.Random) -> dict[str, bytes]:
    """The files with one of them broken, in one to four ways; others are what pieces are taken from."""
    result = dict(files)
    # Most readers look at one file; whatever else is there is broken too, but not as often.
    name = dice.choice(list(result))
    donor = dice.choice(others)
    result[name] = _broken(result[name], donor[dice.choice(list(donor))], dice)
    if dice.random() < 0.02:
        del result[dice.choice(list(result))]
    return result or {name: b""}


def _broken(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    if data.startswith(b"PK") and dice.random() < 0.85:
        return _in_a_part(data, donor, dice)
    if data[:1] == b"x" and dice.random() < 0.85:
        return _under_compression(data, dice)
    for _ in range(dice.choice((1, 1, 1, 2, 2, 3, 4))):
        data = dice.choice(WAYS)(data, donor, dice)
    return data


def _in_a_part(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """One part of an archive, or its name, or a part more or less."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {entry: archive.read(entry) for entry in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, zlib.error):
        return data
    if not parts:
        return data
    name = dice.choice(list(parts))
    how = dice.random()
    if how < 0.04:
        del parts[name]
    elif how < 0.08:
        parts[dice.choice(("../x", "/x", "a\0b", "con", "x" * 300, f"{name}/y", name.upper(), "é"))] = parts.pop(name)
    elif donor.startswith(b"PK") or how < 0.95:
        parts[name] = _broken(parts[name], b"" if donor.startswith(b"PK") else donor, dice)
    else:
        parts[name] = donor
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    return out.getvalue()


def _under_compression(data: bytes, dice: random.Random) -> bytes:
    try:
        inside = bytearray(zlib.decompressobj().decompress(data, 10_000_000))
    except zlib.error:
        return data
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(inside) + 1)
        piece = dice.choice((dice.randbytes(dice.randint(1, 9)), dice.choice(_PIECES)[:50]))
        inside[at : at + (len(piece) if dice.random() < 0.8 else 0)] = piece
    return zlib.compress(bytes(inside), 1)


# Ways to break bytes


def _flipped(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _place(data: bytes, dice: random.Random, most: int = 400) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.randrange(1, most))


def _cut_out(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    start, end = _place(data, dice)
    return data[:start] + data[end:]


def _cut_off(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    return data[: dice.randrange(len(data) + 1)]


def _twice(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    start, end = _place(data, dice, 3000)
    return data[:end] + data[start:end] * dice.choice((1, 1, 1, 5, 40)) + data[end:]


def _spliced(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    (start, end), (begin, stop) = _place(data, dice), _place(donor, dice, 2000)
    return data[:start] + donor[begin:stop] + data[end:]


def _pieced(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    start, end = _place(data, dice, 20)
    return data[:start] + dice.choice(_PIECES) + data[start if dice.random() < 0.6 else end :]


def _numbered(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """Another number in the place of one."""
    del donor
    found = [match.span() for match in _NUMBER.finditer(data, 0, 200_000)]
    if not found:
        return data
    start, end = dice.choice(found)
    return data[:start] + dice.choice(_NUMBERS) + data[end:]


def _lined(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """Lines exchanged, gone, twice, or run into each other."""
    lines = data.split(b"\n")
    first, second = (dice.randrange(len(lines)) for _ in range(2))
    how = dice.randrange(5)
    if how == 0:
        lines[first], lines[second] = lines[second], lines[first]
    elif how == 1:
        del lines[first]
    elif how == 2:
        lines.insert(second, lines[first])
    elif how == 3:
        lines[first : first + 2] = [b"".join(lines[first : first + 2])]
    else:
        lines.insert(first, dice.choice(donor.split(b"\n")))
    return b"\n".join(lines)


def _columned(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """A field of a table gone, twice, or another's."""
    del donor
    lines = data.split(b"\n")
    at = dice.randrange(len(lines))
    mark = dice.choice((b"\t", b",", b" ", b"|", b";"))
    fields = lines[at].split(mark)
    first, second = (dice.randrange(len(fields)) for _ in range(2))
    how = dice.randrange(4)
    if how == 0:
        fields[first], fields[second] = fields[second], fields[first]
    elif how == 1:
        del fields[first]
    elif how == 2:
        fields.insert(second, fields[first])
    else:
        fields[first] = dice.choice(_PIECES)
    lines[at] = mark.join(fields)
    return b"\n".join(lines)


def _recoded(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    del donor
    code = dice.choice(("utf-16", "utf-32", "utf-16-le", "utf-16-be", "cp1252", "utf-8-sig", "shift_jis", "utf-7"))
    return data.decode("utf-8", "replace").encode(code, "replace")


# Trees


def _json(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """A value of a JSON text, or of one of its lines, becomes another."""
    lines = data.split(b"\n")
    at = dice.randrange(len(lines))
    for whole in (False, True):
        try:
            tree = json.loads(data if whole else lines[at])
            _odd(tree, dice)
            said = json.dumps(tree).encode()
        except (ValueError, RecursionError):
            continue
        return said if whole else b"\n".join([*lines[:at], said, *lines[at + 1 :]])
    return _pieced(data, donor, dice)


def _odd(node: Any, dice: random.Random) -> None:
    steps = list(range(len(node)) if isinstance(node, list) else node if isinstance(node, dict) else ())
    if not steps:
        return
    step = dice.choice(steps)
    if isinstance(node[step], list | dict) and node[step] and dice.random() < 0.8:
        _odd(node[step], dice)
        return
    how = dice.random()
    if how < 0.7:
        node[step] = dice.choice(_ODD)
    elif how < 0.8 and isinstance(node, dict):
        node[dice.choice(("id", "text", "start", "x", "", "\ud800"))] = node.pop(step)
    elif how < 0.9:
        del node[step]
    else:
        deep: Any = node[step]
        for _ in range(dice.choice((3, 60, 900))):
            deep = [deep] if dice.random() < 0.5 else {"a": deep}
        node[step] = deep


def _marked_up(data: bytes, donor: bytes, dice: random.Random) -> bytes:
    """A tag gone, twice, far too deep, with a giant attribute, or another's."""
    tags = [match.span() for match in _TAG.finditer(data, 0, 300_000)]
    if not tags:
        return _pieced(data, donor, dice)
    (start, end), (begin, stop) = dice.choice(tags), dice.choice(tags)
    tag, first = data[start:end], min(start, begin)
    giant = tag[:-1].rstrip(b"/") + b' x="' + b"y" * dice.choice((10, 70_000)) + b'">'
    ways = (
        b"", tag * dice.choice((2, 3, 400)), data[begin:stop], giant, tag + dice.choice(_PIECES), data[first:end] + tag
    )  # fmt: skip
    return data[:start] + dice.choice(ways) + data[end:]


Way = Callable[[bytes, bytes, random.Random], bytes]
WAYS: tuple[Way, ...] = (
    _flipped, _cut_out, _cut_off, _twice, _spliced, _pieced, _pieced, _numbered, _numbered, _lined, _columned, _recoded,
    _json, _json, _json, _marked_up, _marked_up,
)  # fmt: skip
