"""Project files made to do harm: each function turns a sound project into one, and says how.

Those who find a new way add a function; none is ever taken away.
"""

import json
import os
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.domain.articles import text_hash
from annotator.storage import journal

Spoil = Callable[[Path], object]
HOSTILE: dict[str, Spoil] = {}
"""What is done to a sound project, by its name in words."""
MARK = "hostile"
"""Every trigger is called so: a statement of one would be traced under its name."""
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
_HUGE = "printf('%.*c', 300000000, 'x')"
_LAST_NUMBER = (1 << 63) - 1
_DEEP = 100_000


def hostile(spoil: Spoil) -> Spoil:
    """Enters a function under its name."""
    HOSTILE[spoil.__name__.replace("_", " ")] = spoil
    return spoil


# Tools


def run(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Runs statements as another program would; values are those of the last."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for setting in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF"):
            connection.execute(f"PRAGMA {setting}")
        for number, statement in enumerate(statements, start=1):
            connection.execute(statement, values if number == len(statements) else ())


def retell(path: Path, kind: str, sql: str, name: str) -> None:
    """Puts another text into the file's own list of tables, which SQLite does not look at then."""
    run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = ? WHERE type = ? AND name = ?",
        values=(sql, kind, name),
    )


def told(path: Path, name: str) -> str:
    """The text of a table in the file's own list."""
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0])


def overwrite(path: Path, at: int, data: bytes) -> None:
    """Other bytes at a place."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def page_size(path: Path) -> int:
    """Bytes of a page."""
    size = int.from_bytes(path.read_bytes()[16:18], "big")
    return 65536 if size == 1 else size


def root(path: Path, name: str) -> int:
    """Where the first page of a table or index begins."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    return (int(page) - 1) * page_size(path)


def retold(path: Path, change: Callable[[list[Any]], object], kind: str = "tag") -> None:
    """Another text of changes in the last row of history of a kind, and all hashes right again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        seq, changes = connection.execute(
            "SELECT seq, changes FROM history WHERE kind = ? ORDER BY seq DESC LIMIT 1", (kind,)
        ).fetchone()
        deeds = json.loads(changes)
        made = change(deeds)
        text = made if isinstance(made, str) else json.dumps(deeds, ensure_ascii=False)
        connection.execute("UPDATE history SET changes = ? WHERE seq = ?", (text, seq))
        journal.chain_anew(connection)


def rechained(path: Path, statement: str, *values: object) -> None:
    """Changes history, and makes all hashes right again."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)
        journal.chain_anew(connection)


def mention_in(deeds: list[Any]) -> dict[str, Any]:
    """The mention that an edit made."""
    return next(after for name, _, after in deeds if name == "mention" and after)


# What the schema would run


@hostile
def a_table_is_an_endless_view(path: Path) -> None:
    """Whoever counts the rows waits for ever."""
    run(path, "DROP TABLE undo_stack", f"CREATE VIEW undo_stack AS {_ENDLESS}")


@hostile
def the_history_is_an_endless_view(path: Path) -> None:
    """The same where a teammate's file is read first."""
    run(path, "ALTER TABLE history RENAME TO kept", f"CREATE VIEW history AS SELECT kept.* FROM kept, ({_ENDLESS})")


@hostile
def a_view_more(path: Path) -> None:
    """It is of no use, but it is not ours."""
    run(path, f"CREATE VIEW hostile_view AS {_ENDLESS}")


@hostile
def a_view_that_builds_what_no_memory_holds(path: Path) -> None:
    """One row, of 300 MB, and there could be more."""
    run(path, "DROP TABLE undo_stack", f"CREATE VIEW undo_stack AS SELECT {_HUGE} AS seq")


@hostile
def a_trigger_that_never_ends(path: Path) -> None:
    """It begins with the next annotation."""
    run(
        path,
        "CREATE TRIGGER hostile_t AFTER INSERT ON history BEGIN "
        f"INSERT INTO undo_stack SELECT i, 'x', 0, '' FROM ({_ENDLESS}); END",
    )


@hostile
def a_trigger_that_deletes_articles(path: Path) -> None:
    """With the first annotation everything would be gone."""
    run(
        path,
        "CREATE TRIGGER hostile_t AFTER INSERT ON history BEGIN DELETE FROM article; END",
        "CREATE TRIGGER hostile_u AFTER INSERT ON annotator BEGIN DELETE FROM article; END",
    )


@hostile
def a_trigger_beside_a_view_of_its_name(path: Path) -> None:
    """A view in place of a table, whose writing is a trigger's."""
    run(
        path,
        "ALTER TABLE annotator RENAME TO kept",
        "CREATE VIEW annotator AS SELECT * FROM kept",
        "CREATE TRIGGER hostile_t INSTEAD OF INSERT ON annotator BEGIN DELETE FROM article; END",
    )


@hostile
def a_column_that_is_worked_out_and_huge(path: Path) -> None:
    """Each row read is 300 MB."""
    run(path, f"ALTER TABLE project ADD COLUMN more TEXT GENERATED ALWAYS AS ({_HUGE}) VIRTUAL")


@hostile
def a_column_of_ours_that_is_worked_out(path: Path) -> None:
    """The same under the name of a column of ours."""
    run(
        path,
        "ALTER TABLE undo_stack RENAME TO kept",
        f"CREATE TABLE undo_stack (seq INTEGER PRIMARY KEY, annotator_id TEXT, is_undone INTEGER, "
        f"group_id TEXT GENERATED ALWAYS AS ({_HUGE}) VIRTUAL)",
        "INSERT INTO undo_stack (seq, annotator_id, is_undone) SELECT seq, annotator_id, is_undone FROM kept",
    )


@hostile
def a_check_that_builds_giant_words(path: Path) -> None:
    """Looking whether the file is sound would run it."""
    sql = told(path, "project")
    retell(path, "table", sql.replace("name TEXT NOT NULL", f"name TEXT NOT NULL CHECK ({_HUGE} != name)"), "project")


@hostile
def a_check_that_is_nested_deeply(path: Path) -> None:
    """A thousand pairs of brackets, and then some."""
    deep = "(" * 900 + "1" + ")" * 900
    sql = told(path, "project")
    retell(path, "table", sql.replace("name TEXT NOT NULL", f"name TEXT NOT NULL CHECK {deep}"), "project")


@hostile
def a_default_that_loads_an_extension(path: Path) -> None:
    """The words load_extension in the list of tables."""
    sql = told(path, "project")
    told_so = sql.replace("name TEXT NOT NULL", "name TEXT NOT NULL DEFAULT (load_extension('/tmp/evil.so'))")
    retell(path, "table", told_so, "project")


@hostile
def an_index_more(path: Path) -> None:
    """One that we did not make."""
    run(path, "CREATE INDEX more ON article (title)")


@hostile
def an_index_of_an_expression(path: Path) -> None:
    """Written with every row."""
    run(path, "CREATE INDEX more ON article (hex(zeroblob(length(title) * 100000)))")


@hostile
def an_index_that_calls_a_function_of_ours(path: Path) -> None:
    """The program lends SQLite one function; a schema must not call it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_function("has_words", 2, lambda *_: 1, deterministic=True)
        connection.execute("CREATE INDEX more ON article (has_words(title, 'x'))")


@hostile
def an_index_of_ours_on_other_columns(path: Path) -> None:
    """Look-ups by place would find other rows."""
    run(path, "DROP INDEX mention_by_place", "CREATE INDEX mention_by_place ON mention (label, start)")


@hostile
def an_index_of_ours_with_another_text_only(path: Path) -> None:
    """Its pages are for other columns than the list of tables says."""
    retell(path, "index", "CREATE INDEX mention_by_place ON mention (label, start, id)", "mention_by_place")


@hostile
def an_order_of_words_that_nobody_knows(path: Path) -> None:
    """A collation that only their program has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.create_collation("theirs", lambda a, b: (a > b) - (a < b))
        connection.execute("CREATE INDEX more ON article (title COLLATE theirs)")


@hostile
def a_column_with_another_order_of_words(path: Path) -> None:
    """NOCASE in a key, so that the index is in the wrong order."""
    retell(
        path, "table", told(path, "article").replace("id TEXT NOT NULL", "id TEXT COLLATE NOCASE NOT NULL"), "article"
    )


@hostile
def a_virtual_table(path: Path) -> None:
    """An index of words, with tables of its own."""
    run(path, "CREATE VIRTUAL TABLE more USING fts5(words)")


@hostile
def a_virtual_table_of_a_module_that_nobody_knows(path: Path) -> None:
    """Only in the list of tables."""
    run(
        path,
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('table', 'more', 'more', 0, 'CREATE VIRTUAL TABLE more USING evil(x)')",
    )


@hostile
def a_virtual_table_in_place_of_one(path: Path) -> None:
    """The articles are an index of words."""
    run(path, "ALTER TABLE undo_stack RENAME TO kept", "CREATE VIRTUAL TABLE undo_stack USING fts5(seq, annotator_id)")


@hostile
def a_list_of_tables_that_is_no_sql(path: Path) -> None:
    """Words that SQLite cannot read."""
    retell(path, "table", "CREATE TABLE project (id TEXT; DROP TABLE article", "project")


@hostile
def a_list_of_tables_of_fifty_megabytes(path: Path) -> None:
    """A comment in the text of a table."""
    run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = sql || '/*' || hex(zeroblob(25000000)) || '*/' WHERE name = 'project'",
    )


@hostile
def twenty_thousand_tables(path: Path) -> None:
    """SQLite reads the list of them before anything else."""
    run(
        path,
        "PRAGMA writable_schema = ON",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO sqlite_schema SELECT 'table', 't' || i, 't' || i, "
        "(SELECT rootpage FROM sqlite_schema WHERE name = 'project'), 'CREATE TABLE t' || i || ' (x)' FROM n",
    )


@hostile
def a_table_of_two_thousand_columns(path: Path) -> None:
    """The most that SQLite takes."""
    run(path, f"CREATE TABLE more ({', '.join(f'c{number}' for number in range(2000))})")


@hostile
def two_tables_on_one_page(path: Path) -> None:
    """What is written to one is written to the other."""
    run(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'article') "
        "WHERE name = 'claim'",
    )


@hostile
def a_table_that_is_nowhere(path: Path) -> None:
    """Its first page is beyond the file's end."""
    run(path, "PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET rootpage = 99999999 WHERE name = 'claim'")


@hostile
def statistics_of_another_program(path: Path) -> None:
    """Tables that SQLite reads by itself, with numbers that mean nothing."""
    run(
        path,
        "ANALYZE",
        "INSERT INTO sqlite_stat1 VALUES ('article', NULL, '-1 x 99999999999999999999 unordered noskipscan')",
    )


# What the rows hold


@hostile
def a_text_of_three_hundred_megabytes(path: Path) -> None:
    """In place of an article's."""
    run(path, "UPDATE text SET text = printf('%.*c', 300000000, 'x')")


@hostile
def a_row_of_history_of_a_hundred_megabytes(path: Path) -> None:
    """An edit of so many changes as nobody makes."""
    run(path, "UPDATE history SET changes = '[' || printf('%.*c', 120000000, ' ') || ']' WHERE seq = 2")


@hostile
def a_title_that_is_no_text(path: Path) -> None:
    """Bytes that are no UTF-8."""
    run(path, "UPDATE article SET title = CAST(x'c328a0ff' AS TEXT)")


@hostile
def halves_of_letters(path: Path) -> None:
    """Surrogates, as UTF-8 does not have them."""
    run(
        path,
        "UPDATE entity SET name = CAST(x'eda080edb080eda081' AS TEXT)",
        "UPDATE annotator SET name = CAST(x'eda080' AS TEXT)",
    )


@hostile
def halves_of_letters_in_history(path: Path) -> None:
    """As JSON spells them, where all hashes are right."""
    retold(path, lambda deeds: json.dumps(deeds).replace('"label": "', '"label": "\\ud800'))


@hostile
def a_zero_in_a_text(path: Path) -> None:
    """SQLite takes the words for shorter than they are; the hash is right."""
    words = "Ana\0 said so."
    run(path, "UPDATE text SET text = ?, sha256 = ?", values=(words, text_hash(words)))
    run(path, "UPDATE article SET sha256 = ?, length = 4", values=(text_hash(words),))


@hostile
def a_zero_in_history(path: Path) -> None:
    """A label with a NUL in it."""
    retold(path, lambda deeds: mention_in(deeds).update(label="a\0b"))


@hostile
def places_outside_the_text(path: Path) -> None:
    """Of mentions and claims, in their rows."""
    run(path, 'UPDATE mention SET start = 5000000, "end" = 6000000', 'UPDATE claim SET "end" = 4000000000')


@hostile
def places_outside_the_text_in_history(path: Path) -> None:
    """And no row says otherwise."""
    retold(path, lambda deeds: mention_in(deeds).update(spans=[[70000, 80000]], quote="x" * 10000))


@hostile
def places_that_end_before_they_begin(path: Path) -> None:
    """In history, where no CHECK looks."""
    retold(path, lambda deeds: mention_in(deeds).update(spans=[[9, 2]]))


@hostile
def places_too_large_for_a_file(path: Path) -> None:
    """Numbers beyond 64 bits."""
    retold(path, lambda deeds: mention_in(deeds).update(spans=[[0, 1 << 70]]))


@hostile
def keys_that_lead_nowhere(path: Path) -> None:
    """References to what is not there."""
    run(
        path,
        "UPDATE mention SET entity_id = 'nobody', article_id = 'nowhere'",
        "UPDATE article SET author_id = 'nobody'",
    )


@hostile
def values_of_other_types(path: Path) -> None:
    """Numbers for words, bytes for numbers, in a table that is said to be strict."""
    sql = told(path, "article")
    retell(path, "table", sql.replace(") STRICT", ")"), "article")
    run(path, "UPDATE article SET title = x'00ff', length = 'many', byline = 7, url = 1e999")
    retell(path, "table", sql, "article")


@hostile
def nothing_where_something_must_be(path: Path) -> None:
    """Texts and hashes that are NULL."""
    sql = told(path, "text")
    retell(path, "table", sql.replace("text TEXT NOT NULL", "text TEXT"), "text")
    run(path, "UPDATE text SET text = NULL")
    retell(path, "table", sql, "text")


@hostile
def words_that_are_none_of_the_choices(path: Path) -> None:
    """Of quality, state and level, where no CHECK looks."""
    run(
        path,
        "UPDATE article SET text_quality = 'splendid'",
        "UPDATE mention SET level = 'x'",
        "UPDATE assignment SET state = 'x'",
    )


@hostile
def parts_that_are_no_json(path: Path) -> None:
    """Spans, attributes and sectors."""
    run(
        path,
        "UPDATE mention SET spans = '[[1', attributes = '{\"a\": 3}'",
        "UPDATE entity SET sectors = '{}', attributes = '[1]'",
        "UPDATE claim SET content = '[[\"a\", null]]', attributes = '7'",
    )


@hostile
def parts_that_are_nested_deeply(path: Path) -> None:
    """The same, a hundred thousand deep."""
    deep = "[" * _DEEP + "]" * _DEEP
    run(path, "UPDATE mention SET spans = ?", values=(deep,))
    run(path, "UPDATE entity SET attributes = ?", values=('{"a":' * _DEEP + "1" + "}" * _DEEP,))


@hostile
def history_that_is_nested_deeply(path: Path) -> None:
    """A hundred thousand lists in each other, where all hashes are right."""
    retold(path, lambda _: "[" * _DEEP + "]" * _DEEP)


@hostile
def history_with_numbers_of_five_thousand_digits(path: Path) -> None:
    """Python refuses to read them."""
    retold(path, lambda deeds: json.dumps(deeds).replace("[[", f"[[{'9' * 5000}, ", 1))


@hostile
def history_with_what_is_no_number(path: Path) -> None:
    """NaN and the endless."""
    retold(
        path, lambda deeds: json.dumps(deeds).replace('"unsure": false', '"unsure": NaN').replace("[[", "[[Infinity, ")
    )


@hostile
def history_with_keys_twice(path: Path) -> None:
    """Which of them counts is anybody's guess."""
    retold(path, lambda deeds: json.dumps(deeds).replace('"label": ', '"id": "other", "label": "first", "label": '))


@hostile
def history_that_is_something_else(path: Path) -> None:
    """A list where a record should be."""
    retold(path, lambda _: '[["mention", [1, 2], "x"], ["mention", null, [null]]]')


@hostile
def history_of_records_that_nobody_knows(path: Path) -> None:
    """Kinds and fields of another program."""
    retold(path, lambda _: '[["virus", null, {"id": "v"}], ["mention", null, {"id": "m", "evil": 1}]]')


@hostile
def history_of_records_without_ids(path: Path) -> None:
    """Nothing to find them by."""
    retold(path, lambda _: '[["mention", null, {}], ["mention", {"id": ""}, null], ["mention", {"id": {}}, {"id": 7}]]')


@hostile
def history_of_a_million_changes(path: Path) -> None:
    """All of one record."""
    retold(path, lambda _: "[" + ",".join(['["x",null,{"id":"y"}]'] * 1_000_000) + "]")


@hostile
def an_edit_of_a_kind_that_nobody_knows(path: Path) -> None:
    """And a subject that is no list."""
    rechained(path, "UPDATE history SET kind = 'conquer', subject = '7' WHERE seq = 2")


@hostile
def the_first_edit_has_a_deep_subject(path: Path) -> None:
    """Whoever opens the file asks whom it was handed to."""
    rechained(path, "UPDATE history SET kind = 'hand out', subject = ? WHERE seq = 1", "[" * _DEEP + "]" * _DEEP)


@hostile
def the_first_edit_has_a_subject_of_another_kind(path: Path) -> None:
    """An object where a list should be."""
    rechained(path, "UPDATE history SET kind = 'hand out', subject = '{\"a\": 1, \"b\": 2}' WHERE seq = 1")


@hostile
def history_is_numbered_to_the_end(path: Path) -> None:
    """No number is left for another row."""
    run(path, f"UPDATE history SET seq = {_LAST_NUMBER} WHERE seq = (SELECT max(seq) FROM history)")


@hostile
def events_are_counted_to_the_end(path: Path) -> None:
    """No number is left for what comes after."""
    run(path, f"UPDATE touched SET lamport = {_LAST_NUMBER}")


@hostile
def events_with_a_million_parents(path: Path) -> None:
    """Twenty megabytes of names."""
    run(path, "UPDATE touched SET parents = (SELECT replace(hex(zeroblob(5000000)), '00', 'x ')) WHERE seq = 2")


@hostile
def a_row_touched_what_it_did_not_change(path: Path) -> None:
    """A record of another row."""
    last = "(SELECT max(seq) FROM history)"
    other = (
        f"(SELECT seq FROM touched WHERE record_id NOT IN (SELECT record_id FROM touched WHERE seq = {last}) LIMIT 1)"
    )
    columns = f"record_id, {last}, event, lamport, parents, is_deletion"
    run(path, f"INSERT INTO touched SELECT {columns} FROM touched WHERE seq = {other}")


@hostile
def a_project_twice(path: Path) -> None:
    """Which is it?"""
    run(path, "INSERT INTO project SELECT id || 'x', name, schema, created, changed FROM project")


@hostile
def no_project_at_all(path: Path) -> None:
    """Its row is gone."""
    run(path, "DELETE FROM project")


@hostile
def a_codebook_that_is_nested_deeply(path: Path) -> None:
    """The project's schema, which is JSON."""
    run(path, "UPDATE project SET schema = ?", values=("[" * _DEEP,))


@hostile
def a_codebook_that_names_programs(path: Path) -> None:
    """Paths, modules and addresses in place of words."""
    run(
        path,
        "UPDATE project SET schema = replace(schema, '\"name\"', '\"load_extension\"'), "
        "name = '//host/share/x.png <img src=\"//host/share/x.png\">'",
    )


@hostile
def suggestions_of_a_language_model_elsewhere(path: Path) -> None:
    """A model that would be a folder, or a package to import."""
    run(path, "INSERT INTO suggestion_run SELECT id, '../../evil', 'en_evil-1.0 /tmp/evil', sha256 FROM article")
    run(
        path,
        "INSERT INTO suggestion "
        "SELECT 's', id, 'os.system', 'mention', 'actor', 0, 1, '', 0.5, '{\"a\": ' FROM article",
    )


# What the file is


@hostile
def another_programs_file(path: Path) -> None:
    """A sound database, of something else."""
    overwrite(path, 68, b"GPKG")


@hostile
def a_newer_version(path: Path) -> None:
    """Not a byte of it is to be changed."""
    overwrite(path, 60, (4000).to_bytes(4, "big"))


@hostile
def a_version_below_zero(path: Path) -> None:
    """A number that has a sign."""
    overwrite(path, 60, (0xFFFF_FFFE).to_bytes(4, "big"))


@hostile
def version_nought(path: Path) -> None:
    """As if nothing had been made yet."""
    overwrite(path, 60, bytes(4))


@hostile
def an_older_version_than_its_tables(path: Path) -> None:
    """It asks to be brought up to date, which would make the tables again."""
    overwrite(path, 60, (2).to_bytes(4, "big"))


@hostile
def a_size_that_is_a_lie(path: Path) -> None:
    """It says that it is three times as long."""
    overwrite(path, 28, (path.stat().st_size // page_size(path) * 3).to_bytes(4, "big"))


@hostile
def a_size_that_is_a_huge_lie(path: Path) -> None:
    """It says that it has four billion pages: a bit for each is half a gigabyte."""
    overwrite(path, 28, (0xFFFF_FFFE).to_bytes(4, "big"))


@hostile
def a_list_of_tables_of_an_unknown_form(path: Path) -> None:
    """There are four."""
    overwrite(path, 44, (77).to_bytes(4, "big"))


@hostile
def a_length_of_eighty_gigabytes(path: Path) -> None:
    """Most of it a hole, and its head says so too."""
    size = page_size(path)
    os.truncate(path, size * 20_000_000)
    overwrite(path, 28, (20_000_000).to_bytes(4, "big"))


@hostile
def a_picture(path: Path) -> None:
    """Not SQLite at all."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))


@hostile
def an_empty_file(path: Path) -> None:
    """Nothing."""
    path.write_bytes(b"")


@hostile
def a_head_alone(path: Path) -> None:
    """A hundred bytes that promise a project."""
    path.write_bytes(path.read_bytes()[:100])


@hostile
def a_folder(path: Path) -> None:
    """With the name of a project."""
    path.unlink()
    path.mkdir()


@hostile
def a_pipe(path: Path) -> None:
    """Whoever opens it waits for somebody who writes."""
    path.unlink()
    os.mkfifo(path)


@hostile
def a_device(path: Path) -> None:
    """A link to what never ends."""
    path.unlink()
    path.symlink_to("/dev/zero")


@hostile
def a_pipe_for_a_journal(path: Path) -> None:
    """Beside a sound project."""
    os.mkfifo(path.with_name(f"{path.name}-journal"))


@hostile
def a_pipe_for_a_lock(path: Path) -> None:
    """Whoever asks who has the project open waits."""
    os.mkfifo(path.with_name(f".{path.name}.lock"))


@hostile
def a_lock_that_is_nested_deeply(path: Path) -> None:
    """The file beside that says who has it open."""
    path.with_name(f".{path.name}.lock").write_text("[" * _DEEP, encoding="utf-8")


@hostile
def a_mark_of_a_write_ahead_log_and_rubbish_in_it(path: Path) -> None:
    """A log that is none."""
    overwrite(path, 18, b"\2\2")
    path.with_name(f"{path.name}-wal").write_bytes(os.urandom(100_000))


@hostile
def a_log_with_another_projects_pages(path: Path) -> None:
    """Its sums are right, so SQLite would take it in."""
    other = path.with_name("other.annot")
    other.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TRIGGER hostile_t AFTER INSERT ON history BEGIN DELETE FROM article; END")
        log = other.with_name(f"{other.name}-wal").read_bytes()
    other.unlink()
    overwrite(path, 18, b"\2\2")
    path.with_name(f"{path.name}-wal").write_bytes(log)


@hostile
def a_mark_of_a_write_ahead_log_alone(path: Path) -> None:
    """The log was left behind."""
    overwrite(path, 18, b"\2\2")


def journal_of(path: Path) -> bytes:
    """What SQLite would write first to undo a change of all pages of a file."""
    data, size = path.read_bytes(), page_size(path)
    pages = len(data) // size
    nonce = 7
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", pages, nonce, pages, 512, size)
    out = head.ljust(512, b"\0")
    for number in range(pages):
        page = data[number * size : (number + 1) * size]
        total = (nonce + sum(page[at] for at in range(size - 200, 0, -200))) & 0xFFFF_FFFF
        out += struct.pack(">I", number + 1) + page + struct.pack(">I", total)
    return out


@hostile
def a_journal_of_another_file(path: Path) -> None:
    """SQLite would play it back: a database of their own in place of the project."""
    other = path.with_name("other.annot")
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE evil (x)")
        connection.execute("CREATE TRIGGER hostile_t AFTER INSERT ON evil BEGIN DELETE FROM evil; END")
    path.with_name(f"{path.name}-journal").write_bytes(journal_of(other))
    other.unlink()


@hostile
def a_journal_that_names_another_file(path: Path) -> None:
    """SQLite takes the file that is named for a list of journals, finds none of them, and deletes it."""
    victim = path.with_name("victim.txt")
    victim.write_text("The only copy of a thesis.", encoding="utf-8")
    name = str(victim).encode()
    total = sum(name) & 0xFFFF_FFFF
    rest = struct.pack(">I", 0x4000_0000 // page_size(path) + 1) + name
    rest += struct.pack(">II", len(name), total) + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
    path.with_name(f"{path.name}-journal").write_bytes(journal_of(path) + rest)


@hostile
def pages_that_look_encrypted(path: Path) -> None:
    """Noise after the first page."""
    size = page_size(path)
    overwrite(path, size, os.urandom(path.stat().st_size - size))


@hostile
def large_pages(path: Path) -> None:
    """A sound project in pages of 64 kB, the most there is."""
    run(path, "PRAGMA page_size = 65536", "VACUUM")


@hostile
def small_pages(path: Path) -> None:
    """A sound project in pages of 512 bytes."""
    run(path, "PRAGMA page_size = 512", "VACUUM")


@hostile
def a_page_size_that_is_none(path: Path) -> None:
    """Neither a power of two nor more than nothing."""
    overwrite(path, 16, (4095).to_bytes(2, "big"))


@hostile
def a_page_size_of_nothing(path: Path) -> None:
    """Any size times nothing is nothing."""
    overwrite(path, 16, bytes(2))


@hostile
def room_kept_at_the_end_of_pages(path: Path) -> None:
    """As programs that encrypt do."""
    overwrite(path, 20, b"\xff")


@hostile
def pages_that_move_by_themselves(path: Path) -> None:
    """Auto-vacuum, with pages that say where others are."""
    run(path, "PRAGMA auto_vacuum = FULL", "VACUUM")


@hostile
def free_pages_in_a_ring(path: Path) -> None:
    """Whoever follows the list never comes to its end."""
    run(path, "CREATE TABLE more (x)", "INSERT INTO more VALUES (zeroblob(900000))", "DROP TABLE more")
    trunk = int.from_bytes(path.read_bytes()[32:36], "big")
    overwrite(path, (trunk - 1) * page_size(path), trunk.to_bytes(4, "big"))


@hostile
def a_tree_that_leads_back_to_itself(path: Path) -> None:
    """A page of a table is its own child."""
    at = root(path, "history")
    page = at // page_size(path) + 1
    inner = b"\x05\x00\x00\x00\x01\x0f\xf0\x00" + page.to_bytes(4, "big") + b"\x0f\xf0"
    overwrite(path, at, inner)
    overwrite(path, at + 0x0FF0, page.to_bytes(4, "big") + b"\x05")


@hostile
def a_tree_on_the_list_of_tables(path: Path) -> None:
    """A table whose first page is the file's own list."""
    run(path, "PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'claim'")


@hostile
def a_long_text_in_a_ring(path: Path) -> None:
    """The pages of a text that is too long for one lead back to its first."""
    run(path, "UPDATE text SET text = printf('%.*c', 50000, 'x')")
    data, size = path.read_bytes(), page_size(path)
    filled = b"x" * (size - 4)
    ring = [at for at in range(0, len(data), size) if data[at + 4 : at + size] == filled]
    for at in ring:
        overwrite(path, at, (ring[0] // size + 1).to_bytes(4, "big"))


@hostile
def many_rows_on_one_long_text(path: Path) -> None:
    """Each row of a page says that the same megabytes are its text: a page of them is more than any memory."""
    run(path, "CREATE TABLE more (x TEXT)", "INSERT INTO more VALUES (printf('%.*c', 30000000, 'x'))")
    data, size = bytearray(path.read_bytes()), page_size(path)
    at = root(path, "more")
    cell = int.from_bytes(data[at + 8 : at + 10], "big")
    # The same row, told a thousand times.
    count = 1000
    data[at + 3 : at + 5] = count.to_bytes(2, "big")
    for number in range(count):
        data[at + 8 + 2 * number : at + 10 + 2 * number] = cell.to_bytes(2, "big")
    for page in range(size * 2, len(data), size):
        if data[page] == 13 and page != at:
            data[page : page + size] = data[at : at + size]
    path.write_bytes(bytes(data))


@hostile
def zones_outside_the_text_in_history(path: Path) -> None:
    """They quote nothing that could be compared."""
    with_record(path, "zone", {"kind": "caption", "span": [70000, 80000]})


@hostile
def a_place_beyond_the_poles(path: Path) -> None:
    """Where a CHECK of ours says no."""
    with_record(path, "entity", {"kind": "place", "name": "Nowhere", "place": {"lat": 500.0, "lon": 1e300}})


@hostile
def an_article_that_is_longer_than_its_text(path: Path) -> None:
    """Its text is in the file, and its hash is right."""
    words = "Short."
    run(path, "INSERT INTO text VALUES (?, ?)", values=(text_hash(words), words))
    with_record(path, "article", {"title": "T", "sha256": text_hash(words), "length": 1_000_000_000})


def with_record(path: Path, name: str, fields: dict[str, Any]) -> None:
    """One record more in the last row of history that tagged something, and that it was touched."""
    id_ = "0190ffff-0000-7000-8000-00000000000f"

    def beside(deeds: list[Any]) -> None:
        made = mention_in(deeds)
        common = {key: made[key] for key in ("author", "created", "changed")}
        article = {"article": made["article"]} if name == "zone" else {}
        deeds.append([name, None, {"id": id_, **article, **common, **fields}])

    retold(path, beside)
    last = "SELECT max(seq) FROM history WHERE kind = 'tag'"
    run(path, f"INSERT INTO touched VALUES (?, ({last}), '', 1, '', 0)", values=(id_,))
