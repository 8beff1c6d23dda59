"""Lists of places that the user adds: GeoNames dumps, GeoNames' files of area codes, and plain CSV."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from annotator.domain.gazetteers import Listed
from annotator.errors import FormatError
from annotator.places.areas import AreaNames
from annotator.places.rows import CsvRows, dump_row, is_area_code, is_dump_row

_MOST_LISTED = 1_000
_BYTES_OF_A_PLACE = 130
"""About what a place takes in a dump: for showing progress only."""
_PACKED_TO = 4
_LONGEST_LINE = 1_000_000

Place = Callable[[list[str]], Listed]


@dataclass(slots=True)
class Report:
    """What adding a list came to. problems has the first thousand rows left out, each with file, line and reason."""

    places: int = 0
    left_out: int = 0
    problems: list[FormatError] = field(default_factory=list)

    def refuse(self, path: Path, line: int, reason: object) -> None:
        """Notes a row that is left out."""
        self.left_out += 1
        if len(self.problems) < _MOST_LISTED:
            self.problems.append(FormatError(f"{path.name}, line {line}: {reason}"))

    @property
    def sentence(self) -> str:
        """What came of it, for people."""
        places = "1 place" if self.places == 1 else f"{self.places:,} places"
        rows = "1 row" if self.left_out == 1 else f"{self.left_out:,} rows"
        return f"{places} added." if not self.left_out else f"{places} added, {rows} left out."


def expected(path: Path) -> int:
    """About how many places a file has."""
    with _readable(path):
        size = path.stat().st_size * (_PACKED_TO if path.suffix.lower() == ".zip" else 1)
    return max(1, size // _BYTES_OF_A_PLACE)


def slug(path: Path) -> str:
    """A file's name as the name of a list, and as the scheme of its identifiers: small letters, digits and hyphens."""
    bare = re.sub(r"[^a-z0-9]+", "-", path.name.lower().split(".")[0]).strip("-")
    return bare if bare[:1].isalpha() else f"list-{bare}".rstrip("-")


def listed_in(path: Path, names: AreaNames, report: Report) -> Iterator[Listed]:
    """The places in a file; rows that cannot be used are told to the report.

    Raises FormatError when the file cannot be read, or is no list of places.
    """
    with _readable(path), _lines(path) as file:
        first = file.readline(_LONGEST_LINE)
        fields = first.rstrip("\r\n").split("\t")
        if is_dump_row(fields) or is_area_code(fields):
            rows = (line.rstrip("\r\n").split("\t") for line in chain([first], file))
            yield from _taken(path, enumerate(rows, 1), lambda row: dump_row(row, names), report)
        else:
            reader = csv.reader(chain([first], file), strict=True)
            place = CsvRows(next(reader, []), slug(path), path.name)
            yield from _taken(path, ((reader.line_num, row) for row in reader if row), place, report)
    if not report.places:
        why = f" {report.problems[0]}" if report.problems else ""
        raise FormatError(f"“{path.name}” has no place that can be used.{why}")


def _taken(path: Path, rows: Iterator[tuple[int, list[str]]], place: Place, report: Report) -> Iterator[Listed]:
    line = 0
    while True:
        try:
            line, row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:  # the reader cannot go on after it
            report.refuse(path, line + 1, f"the rest cannot be read as CSV ({error}).")
            return
        if row == [""]:
            continue
        try:
            listed = place(row)
        except ValueError as error:
            report.refuse(path, line, error)
        else:
            report.places += 1
            yield listed


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FormatError(f"“{path.name}” is damaged or packed in a way that cannot be read ({error}).") from error


@contextmanager
def _lines(path: Path) -> Iterator[TextIO]:
    """The file's text; bytes that are no UTF-8 become letters that rows are refused for."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        lists = [name for name in archive.namelist() if name.lower().endswith((".txt", ".csv", ".tsv"))]
        lists = [name for name in lists if "readme" not in name.lower()]
        if len(lists) != 1:
            raise FormatError(f"“{path.name}” holds {len(lists)} lists of places; it should hold one.")
        with archive.open(lists[0]) as packed:
            yield io.TextIOWrapper(packed, encoding="utf-8-sig", errors="surrogateescape", newline="")
