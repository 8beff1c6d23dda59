"""Breaks project files by chance: heads, pages, trees, the list of tables, journals. The same number gives the same.

Run as a program it opens so many of them in every cheap way, and says what got out that must not:
python -m tests.promises.mutating_projects FOLDER FIRST COUNT
"""

import faulthandler
import json
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from annotator import paths
from annotator.errors import AnnotatorError
from tests.promises.trying_projects import WAYS

LONGEST = 2
"""Seconds that a file may take."""
KEPT = Path(tempfile.gettempdir()) / "annotator faults"
"""Where files are left that got something out: each is to become a hostile project of its own."""
_WATCHED = 50
"""So many files may take three seconds each, all together."""
_HEAD = (16, 18, 19, 20, 21, 22, 23, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 92, 96)
"""Where the fields of a file's head begin."""
_WORDS = (
    b"TABLE",
    b"INDEX",
    b"TEXT",
    b"INTEGER",
    b"REAL",
    b"STRICT",
    b"WITHOUT ROWID",
    b"CHECK",
    b"REFERENCES",
    b"UNIQUE",
)
_OTHER_WORDS = (
    b"VIEW", b"TRIGGER", b"VIRTUAL", b"BLOB", b"ANY", b"AS(1)", b"GENERATED", b"COLLATE x", b"DEFAULT", b"(((((((",
    b"--",    b"/*", b"\0", b"\xff", b"'", b'"', b";", b"DEFERRABLE", b"AUTOINCREMENT",
)  # fmt: skip
_NUMBERS = (0, 1, 2, 4, 0x7F, 0x80, 0xFF, 0x0D, 0x0A, 0x05, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)
_JSON = re.compile(rb'"(?:id|label|spans|quote|author|created|kind|name|sha256|article)":')


@dataclass(slots=True)
class Told:
    """What came of some files: how many, how many opened in some way, the slowest, and what must not have happened."""

    count: int = 0
    opened: int = 0
    seconds: float = 0.0
    slowest: int = -1
    faults: list[str] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)


def mutated(whole: bytes, dice: random.Random) -> bytes:
    """The file with one to four things wrong."""
    data = bytearray(whole)
    size = int.from_bytes(whole[16:18], "big")
    for _ in range(dice.choice((1, 1, 1, 2, 3, 4))):
        dice.choice(KINDS)(data, size, dice)
    return bytes(data)


def _number(data: bytearray, at: int, width: int, dice: random.Random) -> None:
    number = dice.choice((*_NUMBERS, dice.getrandbits(8 * width), len(data) // 4096, len(data) // 4096 + 1))
    data[at : at + width] = (number & (1 << 8 * width) - 1).to_bytes(width, "big")


def _in_head(data: bytearray, size: int, dice: random.Random) -> None:
    del size
    _number(data, dice.choice(_HEAD), dice.choice((1, 2, 4)), dice)


def _bits(data: bytearray, size: int, dice: random.Random) -> None:
    del size
    for _ in range(dice.choice((1, 1, 2, 8))):
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _page(data: bytearray, size: int, dice: random.Random) -> int:
    return dice.randrange(max(1, len(data) // size)) * size


def _tree(data: bytearray, size: int, dice: random.Random) -> None:
    """The head of a page: its kind, free block, count of cells, where they begin, the right child."""
    start = _page(data, size, dice)
    start += 100 if start == 0 else 0
    at, width = dice.choice(((0, 1), (1, 2), (3, 2), (5, 2), (7, 1), (8, 4)))
    _number(data, start + at, width, dice)


def _cell(data: bytearray, size: int, dice: random.Random) -> None:
    """Where a cell is, or the numbers that it begins with: length, rowid, kinds of values, the next page of a text."""
    start = _page(data, size, dice)
    head = start + (100 if start == 0 else 0)
    count = int.from_bytes(data[head + 3 : head + 5], "big")
    if not 0 < count < size // 4:
        return
    pointer = head + 8 + 2 * dice.randrange(count)
    if dice.random() < 0.3:
        _number(data, pointer, 2, dice)
        return
    cell = start + int.from_bytes(data[pointer : pointer + 2], "big")
    at = min(len(data) - 9, cell + dice.choice((0, 0, 1, 2, 3, 4, 5, 6, 8, 12, 20)))
    if at > 0:
        if dice.random() < 0.3:
            data[at : at + 9] = b"\xff" * dice.choice((1, 5, 8, 9)) + data[at + 9 : at + 9]
        else:
            data[at] = dice.choice((0, 1, 7, 8, 9, 10, 11, 12, 13, 0x7F, 0x80, 0xFF, dice.getrandbits(8)))


def _swapped(data: bytearray, size: int, dice: random.Random) -> None:
    one, other = _page(data, size, dice), _page(data, size, dice)
    kept = bytes(data[one : one + size])
    data[one : one + size] = data[other : other + size]
    if dice.random() < 0.5:
        data[other : other + size] = kept


def _blank(data: bytearray, size: int, dice: random.Random) -> None:
    part = dice.choice((16, 512, size))
    at = dice.randrange(len(data) + 1) // part * part
    length = len(data[at : at + part])
    data[at : at + part] = bytes(length) if dice.random() < 0.5 else dice.randbytes(length)


def _cut(data: bytearray, size: int, dice: random.Random) -> None:
    at = dice.randrange(len(data) + 1)
    if dice.random() < 0.6:  # whole pages, and the head says so
        at = at // size * size
        data[28:32] = (at // size).to_bytes(4, "big")
    del data[at:]


def _grown(data: bytearray, size: int, dice: random.Random) -> None:
    more = dice.choice((1, size, 3 * size))
    data += bytes(more) if dice.random() < 0.5 else data[-more:]
    if len(data) % size == 0:
        data[28:32] = (len(data) // size).to_bytes(4, "big")


def _schema(data: bytearray, size: int, dice: random.Random) -> None:
    """Another word of the same length, or almost, in the text of a table."""
    del size
    word = dice.choice(_WORDS)
    places = [match.start() for match in re.finditer(re.escape(word), data)]
    if places:
        at = dice.choice(places)
        other = dice.choice(_OTHER_WORDS)[: len(word)].ljust(len(word))
        data[at : at + len(word)] = other


def _words(data: bytearray, size: int, dice: random.Random) -> None:
    """A value in the history, of the same length."""
    del size
    places = [match.end() for match in _JSON.finditer(data)]
    if places:
        at = dice.choice(places)
        piece = dice.choice(
            (b'"\\ud8', b"null", b"[[9,", b"NaN ", b"1e99", b"{", b"[[[[", b'""', b"-1", b"true", b"\xff")
        )
        data[at : at + len(piece)] = piece


KINDS = (
    _in_head,
    _bits,
    _bits,
    _tree,
    _tree,
    _cell,
    _cell,
    _cell,
    _swapped,
    _blank,
    _cut,
    _grown,
    _schema,
    _words,
    _words,
)


def try_all(folder: Path, first: int, count: int) -> Told:
    """Tries so many files; folder has the sound ones, ours.annot and theirs.annot."""
    told, refused = Told(), Counter[str]()
    sound = (folder / "ours.annot").read_bytes()
    seeds = [path.read_bytes() for path in sorted(folder.glob("theirs*.annot"))]
    # Salvaging, bringing in and taking in take ten times the time of the others.
    quick, slow = ("teammate", "checked", "own"), ("salvaged", "brought_in", "taken_in")
    # Beside the sound ones, which lie in memory where there is such a place: each file is synced several times.
    with tempfile.TemporaryDirectory(prefix="mutated-", dir=folder) as name:
        place = Path(name)
        tempfile.tempdir = name
        paths.backup_folder = lambda: place / "backups"
        for number in range(first, first + count):
            if number % _WATCHED == 0:  # a watch for each file would cost more than most files do
                faulthandler.dump_traceback_later(3 * _WATCHED, exit=True)
                (folder / f"at {first}").write_text(str(number), encoding="utf-8")
                shutil.rmtree(
                    place / "backups", ignore_errors=True
                )  # they would be listed each time, ever more of them
            dice = random.Random(f"project {number}")
            data = mutated(dice.choice(seeds), dice)
            ways = [quick[number % 3]] if number % 20 else [*quick[:2], slow[number // 20 % 3], quick[2]]
            for way in ways:
                _try(way, data, sound, place, number, told, refused)
            told.count += 1
    faulthandler.cancel_dump_traceback_later()
    told.refused = dict(refused)
    return told


def _try(way: str, data: bytes, sound: bytes, place: Path, number: int, told: Told, refused: Counter[str]) -> None:
    path, beside = place / "in" / "project.annot", place / "out" / "ours.annot"
    for one in (path.parent, beside.parent):
        if one.exists() and len(list(one.iterdir())) > 1:
            shutil.rmtree(one)
        one.mkdir(exist_ok=True)
    path.write_bytes(data)
    if way == "brought_in":
        beside.write_bytes(sound)
    if way == "salvaged":
        beside.with_name("salvaged.annot").unlink(missing_ok=True)
    # What counts is the work: a machine with other work is no fault of the file. What waits is ended by the watch.
    begun = time.process_time()
    try:
        said = WAYS[way](path, beside)
        told.opened += not said
    except AnnotatorError as error:
        refused[type(error).__name__] += 1
        if not str(error).strip():
            told.faults.append(f"{number} {way}: an error without words")
    except BaseException:
        told.faults.append(f"{number} {way}: {traceback.format_exc()[-1500:]}")
        # The sound file is another one each time, so the number alone would not bring it back.
        kept = KEPT / f"{way} {number}.annot"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(data)
    took = time.process_time() - begun
    if took > LONGEST:
        told.faults.append(f"{number} {way}: it took {took:.1f} s")
    if took > told.seconds:
        told.seconds, told.slowest = took, number


if __name__ == "__main__":
    where, begin, many = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    sys.stdout.write(json.dumps(asdict(try_all(where, begin, many))) + "\n")
