"""Event rows: claims of one event make one row, nothing is filled in, and what is missing is named."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.events import Event, When
from annotator.domain.found import Losses
from annotator.domain.ids import LinkId
from annotator.domain.links import SAME_EVENT, Between, Link
from annotator.formats.base import Writer
from annotator.formats.cells import unpacked
from annotator.formats.event_rows import AcledWriter, UcdpWriter
from annotator.formats.plover import PloverWriter
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import ANNA, TEXT, a_project, add_article, made, make_claim, new_id, new_time
from tests.formats.valley import Valley

Filled = tuple[SnapshotCorpus, Valley]


def rows(writer: Writer, filled: Filled, folder: Path) -> tuple[list[dict[str, Any]], Losses]:
    losses = Losses()
    target = folder / f"out{writer.suffix}"
    assert list(writer.write(filled[0], target, losses)) == [1, 2, 3]
    if writer.suffix == ".jsonl":
        return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()], losses
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), losses


def test_claims_of_one_event_make_one_row(filled: Filled, tmp_path: Path) -> None:
    _, valley = filled
    found, _ = rows(UcdpWriter(), filled, tmp_path)
    assert len(found) == 2
    event = next(row for row in found if row["side_a"])
    assert set(unpacked(event["claims"])) == {valley.battle.id, valley.twenty.id, valley.denial.id}
    assert event["id"] == valley.battle.id
    assert (event["low"], event["best"], event["high"]) == ("12", "", "20")
    assert (event["deaths_a"], event["deaths_b"]) == ("", "")
    assert (event["date_start"], event["date_end"], event["date_prec"]) == ("2026-05-14", "2026-05-15", "2")
    assert (event["where_prec"], event["where_description"]) == ("2", "near Orsa")
    assert (event["latitude"], event["longitude"]) == ("35.5", "-69.25")
    assert event["source_original"] == "Ana Ruiz; Valley Front"
    assert event["source_office"] == "Tidewire; Coast Journal"
    assert event["source_headline"] == "'=Battle\x01 “at” <Orsa>; Twenty"


def test_a_denial_is_named_and_counts_in_no_number(filled: Filled, tmp_path: Path) -> None:
    for writer in (UcdpWriter(), AcledWriter()):
        found, losses = rows(writer, filled, tmp_path)
        event = next(row for row in found if row["denied_by"])
        assert event["denied_by"] == "Red Banner"
        assert "500" not in (event.get("high"), event.get("fatalities"))
        assert "500" not in event["numbers"]
    assert losses.counts["events that are only denied"] == 1


def test_what_a_row_lacks_is_empty_named_and_counted(filled: Filled, tmp_path: Path) -> None:
    found, losses = rows(UcdpWriter(), filled, tmp_path)
    vague = next(row for row in found if not row["side_a"])
    assert (vague["date_start"], vague["date_end"], vague["date_prec"]) == ("2026-05-01", "", "")
    assert (vague["best"], vague["low"], vague["high"], vague["latitude"]) == ("", "", "", "")
    assert vague["lacks"] == "last day; actor; coordinates of the place"
    assert losses.counts["events lack: actor"] == 1
    assert "“dozens”" in vague["numbers"]
    assert vague["claim_texts"] == "'=1+1"


def test_words_become_numbers_only_when_asked_and_are_marked(filled: Filled, tmp_path: Path) -> None:
    found, _ = rows(UcdpWriter(is_estimated=True), filled, tmp_path)
    vague = next(row for row in found if not row["side_a"])
    assert (vague["low"], vague["best"], vague["high"], vague["estimated"]) == ("12", "12", "", "killed")
    event = next(row for row in found if row["side_a"])
    assert (event["low"], event["best"], event["high"], event["estimated"]) == ("12", "", "20", "")


def test_numbers_of_different_people_make_no_sum(filled: Filled, tmp_path: Path) -> None:
    found, _ = rows(PloverWriter(), filled, tmp_path)
    event = next(row for row in found if row["actor"])
    assert "injured" not in event["size"]
    assert "one number of injured for everybody" in event["lacks"]
    assert [(n["whom"], n.get("low")) for n in event["numbers"] if n["what"] == "injured"] == [
        ("Red Banner", 3),
        ("Valley Front", 1),
    ]


def test_acled_counts_the_lowest_and_splits_actors(filled: Filled, tmp_path: Path) -> None:
    found, _ = rows(AcledWriter(), filled, tmp_path)
    event = next(row for row in found if row["actor1"])
    assert (event["actor1"], event["actor2"], event["fatalities"]) == ("Valley Front", "Red Banner", "12")
    assert (event["time_precision"], event["geo_precision"]) == ("2", "2")
    assert event["source"] == "Tidewire; Coast Journal"


def test_plover_has_its_own_names(filled: Filled, tmp_path: Path) -> None:
    _, valley = filled
    found, _ = rows(PloverWriter(), filled, tmp_path)
    event = next(row for row in found if row["actor"])
    assert (event["id"], event["date"], event["enddate"], event["event"]) == (
        valley.battle.id,
        "2026-05-14",
        "2026-05-15",
        ["ASSAULT"],
    )
    assert event["actor"][0]["code"] == "AFG"
    assert event["actor"][0]["sector"] == ["REB", "OPP"]
    assert event["recipient"][0]["identifier_id"] == "Q42"
    assert event["event_loc"]["geonameid"] == 123
    assert event["event_loc"]["resolution"] == 4
    assert event["cite_info"][0]["publication"] == "Tidewire"
    vague = next(row for row in found if not row["actor"])
    assert (vague["actor"], vague["date"]) == (None, "2026-05-01")
    assert "actor" in vague["lacks"]


@pytest.mark.parametrize("writer", [UcdpWriter(), AcledWriter(), PloverWriter()], ids=lambda writer: writer.key)
def test_the_same_corpus_gives_the_same_bytes(filled: Filled, tmp_path: Path, writer: Writer) -> None:
    for name in ("one", "two"):
        list(writer.write(filled[0], tmp_path / name, Losses()))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_an_event_whose_other_claims_are_elsewhere_still_makes_a_row(filled: Filled, tmp_path: Path) -> None:
    from annotator.domain.selections import Selection, parts_of

    corpus, valley = filled
    first = next(corpus.articles()).article.id
    ((_, part),) = parts_of(corpus, Selection(articles=(first,)))
    list(PloverWriter().write(part, tmp_path / "out.jsonl", Losses()))
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {line["id"] for line in lines} == {valley.battle.id, valley.reports.id}


def test_an_end_that_one_account_leaves_open_is_open(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    article = add_article(project)
    days = (When("", "2026-05-03", ""), When("", "2026-05-05", "2026-05-06"), When())
    claims = [make_claim(article, TEXT, event=Event("ASSAULT", date=date)) for date in days]
    project.apply(made(*claims), ANNA)
    now = new_time()
    links = [
        Link(LinkId(new_id()), SAME_EVENT, Between.CLAIMS, claims[0].id, other.id, ANNA.annotator, now, now)
        for other in claims[1:]
    ]
    project.apply(made(*links), ANNA)
    project.close()
    corpus = SnapshotCorpus(project.path)
    list(PloverWriter().write(corpus, tmp_path / "out.jsonl", Losses()))
    corpus.close()
    (row,) = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (row["date"], row["enddate"]) == ("2026-05-03", None)
    assert "last day" in row["lacks"]
