"""What can still be read of a damaged project, written to a new one. The damaged file is only read.

Rows are taken from every page that is whole, whether or not anything leads to it. Every record is in the file twice,
as it is and in the history, so what is missing in one place is put back from the other. What then refers to nothing is
left out, and the report says so.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType

from annotator.domain.articles import text_hash
from annotator.domain.entities import AliasKind
from annotator.errors import ForeignFile, ProjectFileError
from annotator.storage.migrating import Migration, migrate, migrations, statements
from annotator.storage.opening import create_file
from annotator.storage.pages import INDEX_INNER, INDEX_LEAF, TABLE_LEAF, Pages, Row, Unreadable, Value
from annotator.storage.settling import drop_dangling, settle

_MADE_AGAIN = {"suggestion", "suggestion_run", "suggestion_need", "entity_key"}
"""Suggestions are looked for anew: half of them would say that all had been found. Keys follow from names."""

# SQLite would make a text of a number that is none of the table's.
_KINDS: dict[str, type | UnionType] = {"TEXT": str, "INTEGER": int, "REAL": float | int}
_TIMES, _TIME = {"created", "changed"}, re.compile(r"\d{4}-\d\d-\d\dT")


@dataclass(slots=True)
class Salvage:
    """What came of it: pages that hold something and could not be read, and counts of rows by table."""

    pages: int = 0
    bad_pages: int = 0
    missing_pages: int = 0
    read: Counter[str] = field(default_factory=Counter)
    bad_rows: int = 0
    put_back: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    names_lost: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table: its columns in the order in which rows keep them, and how many a row has at least."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[type | UnionType, ...]
    least: int
    row_id: int
    """The place of the column that is the rowid; -1 for none."""
    has_row_ids: bool
    strictness: int
    owner: str
    """The table of the records that its rows are parts of; empty for none."""


def salvage(damaged: Path, target: Path) -> Salvage:
    """Writes target from what can be read. Raises ProjectFileError when nothing can, or target cannot be written."""
    if not damaged.is_file():  # opening a pipe would wait for somebody who writes into it
        raise ForeignFile(f"“{damaged.name}” is not a file.")
    found, steps = Salvage(), migrations()
    try:
        with Pages(damaged) as pages:
            version = pages.version if 0 < pages.version <= len(steps) else len(steps)

            def fill(connection: sqlite3.Connection) -> None:
                connection.execute("PRAGMA foreign_keys = OFF")
                connection.execute("BEGIN IMMEDIATE")
                _take_rows(connection, pages, steps[:version], found)
                if not found.read["article"] and not found.read["history"]:
                    raise ProjectFileError(f"Nothing of “{damaged.name}” can be read.")
                if version < len(steps):
                    drop_dangling(connection, found.left_out)
                connection.execute("COMMIT")
                migrate(connection, steps)
                connection.execute("PRAGMA foreign_keys = OFF")
                connection.execute("BEGIN IMMEDIATE")
                settle(connection, found)
                connection.execute("COMMIT")
                connection.execute("PRAGMA foreign_keys = ON")

            create_file(target, fill, steps[:version])
    except OSError as error:
        raise ProjectFileError(f"“{damaged.name}” cannot be read: {error.strerror}.") from error
    return found


def _take_rows(connection: sqlite3.Connection, pages: Pages, steps: tuple[Migration, ...], found: Salvage) -> None:
    shapes = _shapes(steps)
    belongs = _owners(pages)
    free = pages.free()
    found.missing_pages = max(0, pages.said - pages.count) if pages.said < 1 << 24 else 0
    parts: list[Row] = []
    for number in pages.numbers():
        if number in free or number == 1:
            continue
        found.pages += 1
        kind = pages.kind(number)
        found.bad_pages += pages.is_blank(number)
        if kind not in {TABLE_LEAF, INDEX_LEAF, INDEX_INNER}:
            continue
        known = belongs.get(number)
        if known is not None and known not in shapes:
            continue  # an index: its rows are elsewhere
        likely = [shapes[known]] if known else [s for s in shapes.values() if s.has_row_ids == (kind == TABLE_LEAF)]
        for row in pages.rows(number):
            if isinstance(row, Unreadable):
                found.bad_rows += known is not None
            elif known is None and any(shape.owner and _fitted(row, shape) for shape in likely):
                parts.append(row)  # those of claims look like those of decisions, until these are there
            elif not _take(connection, row, likely, found) and known is not None:
                found.bad_rows += 1

    for row in parts:
        _take(connection, row, [shape for shape in shapes.values() if not shape.has_row_ids], found, is_part=True)


def _take(
    connection: sqlite3.Connection, row: Row, likely: list[_Shape], found: Salvage, *, is_part: bool = False
) -> bool:
    """Puts a row into the first table that accepts it; one that may be a part goes to what is there."""
    for shape in likely:
        values = _fitted(row, shape)
        if values is None:
            continue
        if shape.name in _MADE_AGAIN:
            return True
        if is_part and shape.owner:
            whose = connection.execute(f"SELECT 1 FROM {shape.owner} WHERE id = ?", values[:1])
            if whose.fetchone() is None:
                continue
        columns = ", ".join(f'"{column}"' for column in shape.columns[: len(values)])
        marks = ", ".join("?" * len(values))
        try:
            connection.execute(f"INSERT INTO {shape.name} ({columns}) VALUES ({marks})", values)
        except sqlite3.IntegrityError:
            continue
        found.read[shape.name] += 1
        return True
    return False


def _fitted(row: Row, shape: _Shape) -> list[Value] | None:
    """The values for a table; None where their number, their types or what they say is none of its rows'."""
    if not shape.least <= len(row.values) <= len(shape.columns):
        return None
    values: list[Value] = list(row.values)
    if shape.row_id >= 0:
        if values[shape.row_id] is not None:
            return None
        values[shape.row_id] = row.number
    if not all(v is None or isinstance(v, kind) for v, kind in zip(values, shape.kinds, strict=False)):
        return None
    return values if _says_it(shape, values) else None


def _says_it(shape: _Shape, values: list[Value]) -> bool:
    """Whether the values are what this table's rows say, and not what others of the same types do."""
    named = dict(zip(shape.columns, values, strict=False))
    if not all(isinstance(time := named[name], str) and _TIME.match(time) for name in _TIMES & named.keys()):
        return False  # a decision looks like an entity otherwise
    if shape.owner and any(value == "" for name, value in named.items() if name.endswith("_id")):
        return False  # what touched a record looks like what a decision is about otherwise
    if shape.name == "text":
        return text_hash(str(values[1])) == values[0]
    # An id of an entity looks like an alias otherwise.
    return shape.name != "alias" or values[-1] in set(AliasKind)


def _owners(pages: Pages) -> dict[int, str]:
    """Which page belongs to which table or index, as far as the file's own list leads."""
    own = list(pages.reached_from(1))
    found = dict.fromkeys(own, "sqlite_schema")
    nobodys: set[int] = set()
    for number in own:
        for row in pages.rows(number):
            if isinstance(row, Row) and len(row.values) == 5:
                name, root = row.values[1], row.values[3]
                if isinstance(name, str) and isinstance(root, int):
                    # A page that two lay claim to is nobody's: its rows say where they belong.
                    for page in pages.reached_from(root, nobodys):
                        if page in found:
                            nobodys.add(page)
                        found[page] = "" if page in found else name
    return {page: name for page, name in found.items() if name}


def _shapes(steps: tuple[Migration, ...]) -> dict[str, _Shape]:
    """The tables of a format, those first that accept the least."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        least: dict[str, int] = {}
        for step in steps:
            for statement in statements(step.sql):
                fresh.execute(statement)
            for name, columns in _tables(fresh):
                least.setdefault(name, len(columns))
        found = [_shape(fresh, name, least[name]) for name, _ in _tables(fresh)]
    finally:
        fresh.close()
    return {shape.name: shape for shape in sorted(found, key=lambda shape: -shape.strictness)}


def _tables(fresh: sqlite3.Connection) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    names = fresh.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    yield from ((name, fresh.execute(f'PRAGMA table_info("{name}")').fetchall()) for (name,) in names)


def _shape(fresh: sqlite3.Connection, name: str, least: int) -> _Shape:
    ((sql,),) = fresh.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,))
    info = fresh.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = [str(row[1]) for row in info]
    has_row_ids = "WITHOUT ROWID" not in sql
    row_id = next((n for n, row in enumerate(info) if row[5] and row[2] == "INTEGER"), -1) if has_row_ids else -1
    if not has_row_ids:
        # Rows of these tables begin with the key.
        key = [str(row[1]) for row in sorted(info, key=lambda row: row[5]) if row[5]]
        columns = [*key, *(column for column in columns if column not in key)]
    types = {str(row[1]): _KINDS[row[2]] for row in info}
    kinds = tuple(types[column] for column in columns)
    references = fresh.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    owner = "" if has_row_ids else next((str(row[2]) for row in references if row[3] == columns[0]), "")
    return _Shape(name, tuple(columns), kinds, least, row_id, has_row_ids, len(re.findall("CHECK", sql)), owner)
