"""Tables: the same records in CSV, Excel and Parquet, read back with each one's own library."""

import csv
import json
import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from annotator.domain.accounts import account_of, outer_claims
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Losses
from annotator.domain.ids import ZoneId
from annotator.domain.selections import Selection, parts_of
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.errors import FormatError
from annotator.formats.base import Writer
from annotator.formats.cells import guarded, packed, unguarded, unpacked
from annotator.formats.csv_tables import CsvWriter
from annotator.formats.excel import ExcelWriter
from annotator.formats.parquet import ParquetWriter
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import (
    ANNA,
    BEN,
    SCHEMA,
    TEXT,
    make_annotator,
    make_article,
    make_claim,
    make_entity,
    make_mention,
    make_project,
    new_id,
    new_time,
)
from tests.formats.round_trip_brat import MemoryCorpus
from tests.formats.valley import FIRST, Valley

Filled = tuple[SnapshotCorpus, Valley]


def written(writer: Writer, corpus: Corpus, target: Path) -> Losses:
    losses = Losses()
    assert list(writer.write(corpus, target, losses)) == [1, 2, 3]
    return losses


def csv_rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_record_is_a_row_of_its_csv(filled: Filled, tmp_path: Path) -> None:
    corpus, valley = filled
    written(CsvWriter(), corpus, tmp_path / "out")
    articles = list(corpus.articles())
    rows = csv_rows(tmp_path / "out", "mentions")
    assert [row["id"] for row in rows] == [mention.id for one in articles for mention in one.mentions]
    for row, mention in zip(rows, (m for one in articles for m in one.mentions), strict=True):
        assert unguarded(row["quote"]) == mention.quote
        assert json.loads(row["spans"]) == [[span.start, span.end] for span in mention.spans]
        assert (row["unsure"], row["entity"]) == (str(mention.unsure).lower(), mention.entity or "")
    assert csv_rows(tmp_path / "out", "articles")[0]["text"] == FIRST
    assert [row["alias"] for row in csv_rows(tmp_path / "out", "aliases")] == ["A. Ruiz", "'=Lion|ess"]
    entity = csv_rows(tmp_path / "out", "entities")[0]
    assert unpacked(entity["aliases"]) == ["A. Ruiz", "=Lion|ess"]
    assert {row["what"] for row in csv_rows(tmp_path / "out", "quantities")} == {"killed", "injured"}
    (source,) = [row for row in csv_rows(tmp_path / "out", "claim_sources") if row["claim"] == valley.battle.id]
    assert (source["quote"], source["entity_name"]) == ("Ana Ruiz", "Ana Ruiz")
    assert [row["label"] for row in csv_rows(tmp_path / "out", "links")] == ["same event", "same event", "leads"]
    assert csv_rows(tmp_path / "out", "zones")[0]["quote"] == "Battle at the bridge 🙂"
    assert csv_rows(tmp_path / "out", "assignments")[0]["annotator"] == "Anna"
    (decision,) = csv_rows(tmp_path / "out", "decisions")
    assert (decision["verdict"], decision["annotator"]) == ("reject", "Ben")
    assert unpacked(decision["about"]) == [valley.lone_denial.id]
    comments = csv_rows(tmp_path / "out", "comments")
    assert [(row["text"], row["mark"]) for row in comments] == [("'=why?", ""), ("", "resolves"), ("Who is she?", "")]
    assert comments[2]["about"] == valley.ruiz.id


def test_claims_tell_the_chain_and_the_days(filled: Filled, tmp_path: Path) -> None:
    corpus, valley = filled
    written(CsvWriter(), corpus, tmp_path / "out")
    rows = {row["id"]: row for row in csv_rows(tmp_path / "out", "claims")}
    assert unpacked(rows[valley.reports.id]["chain"]) == ["Tidewire", "Ana Ruiz", "Reports"]
    assert rows[valley.reports.id]["within"] == valley.battle.id
    # An open month: its first day is known, no last one.
    assert rows[valley.reports.id]["event_date_earliest"] == "2026-05-01"
    assert rows[valley.reports.id]["event_date_latest"] == ""
    assert rows[valley.battle.id]["event_actor_names"] == "Valley Front"


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\tx", "'x", "plain", "", "'=1", "''"])
def test_what_a_spreadsheet_would_run_is_guarded_and_comes_back(words: str) -> None:
    assert unguarded(guarded(words)) == words
    assert not guarded(words).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("values", [["a", "b|c"], ["\\", "|"], ["x\\|y"]])
def test_several_values_in_a_cell_come_back(values: list[str]) -> None:
    assert unpacked(packed(values)) == values


def test_no_cell_of_a_csv_is_a_formula(filled: Filled, tmp_path: Path) -> None:
    corpus, _ = filled
    written(CsvWriter(), corpus, tmp_path / "out")
    for file in (tmp_path / "out").iterdir():
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.reader(opened):
                for cell in row:
                    assert not cell.startswith(("=", "+", "@", "\t", "\r")), (file.name, cell)
                    assert not cell.startswith("-") or float(cell) < 0


def test_values_of_attributes_that_are_gone_are_counted(filled: Filled, tmp_path: Path) -> None:
    losses = written(CsvWriter(), filled[0], tmp_path / "out")
    assert losses.sentences == ("1 values of attributes that the schema no longer has",)


def test_in_tables_of_one_persons_work_those_who_marked_the_zones_have_their_names(tmp_path: Path) -> None:
    article, now = make_article(), new_time()
    zone = Zone(ZoneId(new_id()), article.id, "caption", Span(0, 3), BEN.annotator, now, now)
    people = (make_annotator(), make_annotator(BEN, "Ben"))
    corpus = MemoryCorpus(make_project(), people, (), (), (AnnotatedArticle(article, TEXT, (), (), (), (zone,)),))
    ((_, part),) = parts_of(corpus, Selection(annotators=(ANNA.annotator,)))
    list(CsvWriter().write(part, tmp_path / "out", Losses()))
    assert [row["annotator"] for row in csv_rows(tmp_path / "out", "zones")] == ["Ben"]
    assert [row["name"] for row in csv_rows(tmp_path / "out", "annotators")] == ["Anna"]


TYPES = {"size": "number", "seen": "flag", "kinds": "many choices", "mood": "choice"}


@pytest.mark.parametrize("kind", ["mention", "claim", "entity"])
@pytest.mark.parametrize(
    ("key", "values", "cell", "lost"),
    [
        ("size", ("2.5",), "2.5", ""),
        ("size", ("large",), "", "cut"),
        ("size", ("inf",), "", "cut"),
        ("size", ("1", "2"), "1.0", "cut"),
        ("seen", ("yes",), "true", ""),
        ("seen", ("perhaps",), "false", "cut"),
        ("kinds", ("a", "b"), "a|b", ""),
        ("mood", ("calm",), "calm", ""),
        ("mood", ("calm", "sad"), "calm", "cut"),
        ("elsewhere", ("x",), None, "no longer has"),
    ],
)
def test_what_a_column_does_not_hold_of_a_value_is_counted(
    tmp_path: Path, kind: str, key: str, values: tuple[str, ...], cell: str | None, lost: str
) -> None:
    own = [{"key": name, "name": name, "type": of, "choices": ["a", "b"]} for name, of in TYPES.items()]
    others = [{"key": "elsewhere", "name": "Elsewhere", "type": "text"}]
    schema = json.loads(SCHEMA)
    for of in ("mention", "entity"):
        schema[f"{of}_attributes"] += own if of == kind else others
    schema["claim"]["attributes"] += own if kind == "claim" else others
    value = (Value(key, values),)
    article = make_article()
    mention = make_mention(article, TEXT, attributes=value if kind == "mention" else ())
    claim = make_claim(article, TEXT, attributes=value if kind == "claim" else ())
    entity = make_entity("Ana Ruiz", attributes=value if kind == "entity" else ())
    annotated = AnnotatedArticle(article, TEXT, (mention,), (claim,), (), ())
    project = replace(make_project(), schema=json.dumps(schema))
    corpus = MemoryCorpus(project, (make_annotator(),), (entity,), (), (annotated,))
    losses = Losses()
    list(CsvWriter().write(corpus, tmp_path / "out", losses))
    tables = {"mention": "mentions", "claim": "claims", "entity": "entities"}
    (row,) = csv_rows(tmp_path / "out", tables[kind])
    assert row.get(f"attribute_{key}") == cell
    assert [lost in sentence for sentence in losses.sentences] == ([True] if lost else [])


def test_a_workbook_reads_back_and_runs_nothing(filled: Filled, tmp_path: Path) -> None:
    import openpyxl

    corpus, valley = filled
    written(ExcelWriter(), corpus, tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheets = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
    assert list(sheets) == [
        "articles", "mentions", "entities", "aliases", "claims", "claim_sources", "quantities", "links", "zones",
        "assignments", "decisions", "comments", "annotators",
    ]  # fmt: skip
    mentions = _by_id(sheets["mentions"])
    for mention in valley.mentions:
        row = mentions[mention.id]
        assert row["quote"] == mention.quote
        assert (row["start"], row["end"]) == (mention.hull.start, mention.hull.end)
    assert _by_id(sheets["entities"])[valley.orsa.id]["lon"] == -69.25
    claim = _by_id(sheets["claims"])[valley.battle.id]
    assert claim["event_date_earliest"] == datetime(2026, 5, 15)
    assert _by_id(sheets["claims"])[valley.reports.id]["wording"] == "=1+1"
    # The moment of writing would make each file another one.
    assert book.properties.created == datetime(1980, 1, 1)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def _by_id(rows: list[list[object]]) -> dict[object, dict[object, object]]:
    head, *rest = rows
    return {row[0]: dict(zip(head, row, strict=True)) for row in rest}


def test_texts_longer_than_a_cell_are_cut_between_characters_and_counted(tmp_path: Path) -> None:
    import openpyxl

    from tests.building import a_project, add_article

    project = a_project(tmp_path)
    add_article(project, "x" + "🙂" * 20_000)
    add_article(project, "y" * 32_767)
    add_article(project, "🙂" * 20_000)
    project.close()
    corpus = SnapshotCorpus(project.path)
    losses = Losses()
    list(ExcelWriter().write(corpus, tmp_path / "out.xlsx", losses))
    corpus.close()
    assert losses.sentences == ("2 texts were cut: a cell of Excel holds 32,767 characters",)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["articles"]
    head = [cell.value for cell in sheet[1]]
    texts = [sheet.cell(row, head.index("text") + 1).value for row in (2, 3, 4)]
    assert texts == ["x" + "🙂" * 16_383, "y" * 32_767, "🙂" * 16_383]


def test_rows_beyond_a_sheet_go_to_the_next(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr("annotator.formats.excel.MOST_ROWS", 8)
    written(ExcelWriter(), filled[0], tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert [book["mentions"].max_row, book["mentions 2"].max_row] == [8, 6]
    assert [cell.value for cell in book["mentions"][1]] == [cell.value for cell in book["mentions 2"][1]]


def test_parquet_has_the_types_of_arrow(filled: Filled, tmp_path: Path) -> None:
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet

    corpus, valley = filled
    written(ParquetWriter(), corpus, tmp_path / "out")
    claims = parquet.read_table(tmp_path / "out" / "claims.parquet")
    schema = claims.schema
    assert schema.field("event_date_earliest").type == pa.date32()
    assert schema.field("spans").type == pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
    assert schema.field("created").type == pa.timestamp("ms", tz="UTC")
    assert schema.field("unsure").type == pa.bool_()
    assert schema.field("about").type == pa.list_(pa.string())
    rows = {row["id"]: row for row in claims.to_pylist()}
    battle = rows[valley.battle.id]
    assert battle["spans"] == [{"start": s.start, "end": s.end} for s in valley.battle.content]
    assert battle["event_date_earliest"] == date(2026, 5, 15)
    assert battle["about"] == [valley.banner.id]
    mentions = pd.read_parquet(tmp_path / "out" / "mentions.parquet")
    assert list(mentions["quote"]) == [mention.quote for one in corpus.articles() for mention in one.mentions]
    quantities = pd.read_parquet(tmp_path / "out" / "quantities.parquet")
    assert quantities["high"].isna().sum() == 3
    articles = pd.read_parquet(tmp_path / "out" / "articles.parquet")
    assert next(iter(articles["text"])) == FIRST
    assert list(articles["published_day"])[1:] == [date(2026, 5, 17), None]


def test_long_tables_are_written_in_groups(filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow import parquet

    monkeypatch.setattr("annotator.formats.parquet._GROUP", 5)
    written(ParquetWriter(), filled[0], tmp_path / "out")
    file = parquet.ParquetFile(tmp_path / "out" / "mentions.parquet")
    assert file.metadata.num_row_groups == 3
    assert file.metadata.num_rows == 12
    file.close()


@pytest.mark.parametrize("writer", [CsvWriter(), ExcelWriter(), ParquetWriter()], ids=lambda writer: writer.key)
def test_the_same_corpus_gives_the_same_bytes(filled: Filled, tmp_path: Path, writer: Writer) -> None:
    for name in ("one", "two"):
        written(writer, filled[0], tmp_path / name)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def _bytes(path: Path) -> dict[str, bytes]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return {file.name if path.is_dir() else "": file.read_bytes() for file in files}


@pytest.mark.parametrize("writer", [CsvWriter(), ExcelWriter(), ParquetWriter()], ids=lambda writer: writer.key)
def test_a_writer_that_is_stopped_leaves_nothing(
    filled: Filled, tmp_path: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, waiting = tmp_path / "exports", tmp_path / "temp"
    folder.mkdir()
    waiting.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(waiting))
    writing = writer.write(filled[0], folder / "out", Losses())
    next(writing)
    writing.close()  # type: ignore[attr-defined]  # a generator
    assert list(folder.iterdir()) == []
    assert list(waiting.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(filled: Filled, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.mkdir()
    (target / "thesis.docx").write_bytes(b"x")
    with pytest.raises(FormatError, match="not empty"):
        list(CsvWriter().write(filled[0], target, Losses()))
    assert [file.name for file in target.iterdir()] == ["thesis.docx"]
    (target / "thesis.docx").unlink()
    written(CsvWriter(), filled[0], target)


def test_a_circle_of_claims_ends_the_chain(filled: Filled) -> None:
    from dataclasses import replace

    corpus, valley = filled
    battle = replace(valley.battle, within=valley.reports.id)
    by_id = {battle.id: battle, valley.reports.id: valley.reports}
    article = next(corpus.articles()).article
    outers = outer_claims(battle, by_id.get)
    assert account_of(battle, outers, article, {}).chain == ("Tidewire", "Reports", "Ana Ruiz")


@pytest.mark.parametrize(("writer", "package"), [(ExcelWriter(), "xlsxwriter"), (ParquetWriter(), "pyarrow.lib")])
def test_a_library_that_is_missing_is_named(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Writer, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    folder = tmp_path / "exports"
    folder.mkdir()
    with pytest.raises(FormatError, match="pip install"):
        list(writer.write(filled[0], folder / "out", Losses()))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("writer", [CsvWriter(), ExcelWriter(), ParquetWriter()], ids=lambda writer: writer.key)
def test_a_place_that_cannot_be_written_is_an_error_of_ours(filled: Filled, tmp_path: Path, writer: Writer) -> None:
    with pytest.raises(FormatError, match="could not be written"):
        list(writer.write(filled[0], tmp_path / "no such folder" / "out", Losses()))
