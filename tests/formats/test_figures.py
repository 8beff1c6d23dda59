"""How many: the columns of event data sets, from what one claim tells of several groups and in words."""

import codecs
import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.authors import Timestamp
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Basis, Entity, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.identifiers import Identifier
from annotator.domain.ids import LinkId
from annotator.domain.links import SAME_EVENT, Between, Link
from annotator.formats.event_rows import AcledWriter, UcdpWriter
from annotator.formats.plover import PloverWriter
from tests.building import (
    ANNA,
    make_annotator,
    make_article,
    make_claim,
    make_entity,
    make_project,
    new_id,
    new_time,
)
from tests.formats.round_trip_brat import MemoryCorpus, written

TEXT = "Men of the Front shot at the Banner; dozens died."
FRONT, BANNER = make_entity("Front", "armed group"), make_entity("Banner", "armed group", sectors=("CVL",))
PEOPLE = make_entity("Villagers", "group", sectors=("CVL",))
NURSES = make_entity("Nurses", "group", sectors=("CVL", "HLT"))
CROWD = make_entity("Crowd", "group", sectors=("GOV", "CVL"))


def killed(whom: Entity | None, low: int | None = None, best: int | None = None, words: str = "") -> Quantity:
    return Quantity("killed", words, whom=whom.id if whom else None, low=low, best=best)


def row(folder: Path, *told: Quantity, is_estimated: bool = False) -> dict[str, str]:
    """The row in UCDP's columns, with ACLED's number of the dead."""
    article = make_article(TEXT)
    event = Event("ASSAULT", actors=(FRONT.id,), recipients=(BANNER.id,), quantities=told)
    claim = make_claim(article, TEXT, "Men of the Front shot at the Banner", event=event)
    annotated = AnnotatedArticle(article, TEXT, (), (claim,), (), ())
    things = (FRONT, BANNER, PEOPLE, NURSES, CROWD)
    corpus = MemoryCorpus(make_project(), (make_annotator(),), things, (), (annotated,))
    rows: list[dict[str, str]] = []
    for writer in (UcdpWriter(is_estimated=is_estimated), AcledWriter(is_estimated=is_estimated)):
        written(writer, corpus, folder / "out.csv")
        with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            rows += csv.DictReader(file)
        assert (folder / "out.csv").read_bytes().startswith(codecs.BOM_UTF8), "or a spreadsheet shows other letters"
    return {**rows[1], **rows[0]}


COLUMNS = ("deaths_a", "deaths_b", "deaths_civilians", "low", "best", "high", "fatalities")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([], ["", "", "", "", "", "", ""]),
        ([killed(None, best=7)], ["", "", "", "7", "7", "7", "7"]),
        ([killed(FRONT, best=3)], ["3", "", "", "3", "3", "3", "3"]),
        ([killed(BANNER, best=4)], ["", "4", "", "4", "4", "4", "4"]),
        ([killed(PEOPLE, best=5)], ["", "", "5", "5", "5", "5", "5"]),
        ([killed(NURSES, best=8)], ["", "", "8", "8", "8", "8", "8"]),
        ([killed(CROWD, best=6)], ["", "", "", "6", "6", "6", "6"]),
        ([killed(FRONT, best=3), killed(BANNER, best=4), killed(PEOPLE, best=5)], ["3", "4", "5", "", "", "", ""]),
        ([killed(FRONT, best=3), killed(None, best=4)], ["3", "", "", "", "", "", ""]),
        ([Quantity("injured", whom=FRONT.id, best=9), killed(FRONT, best=3)], ["3", "", "", "3", "3", "3", "3"]),
    ],
)
def test_the_dead_of_each_side(tmp_path: Path, told: list[Quantity], wanted: list[str]) -> None:
    found = row(tmp_path, *told)
    assert [found[column] for column in COLUMNS] == wanted


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ([killed(None, words="dozens")], ["12", "12", "", "killed"]),
        ([killed(None, words="dozens"), killed(None, words="dozens")], ["12", "12", "", "killed"]),
        ([killed(None, words="dozens"), killed(None, words="hundreds")], ["12", "", "", "killed"]),
        ([killed(None, words="dozens"), killed(None, best=5)], ["5", "5", "5", "killed"]),
        ([killed(None, words="dozens"), killed(None, best=50)], ["12", "50", "50", "killed"]),
        ([killed(None, best=50, words="dozens")], ["50", "50", "50", ""]),
        ([killed(None, words="some")], ["", "", "", ""]),
        ([killed(FRONT, words="dozens"), killed(BANNER, words="dozens")], ["", "", "", ""]),
    ],
)
def test_words_for_numbers(tmp_path: Path, told: list[Quantity], wanted: list[str]) -> None:
    found = row(tmp_path, *told, is_estimated=True)
    assert [found[column] for column in ("low", "best", "high", "estimated")] == wanted
    assert row(tmp_path, *told)["estimated"] == ""


def test_numbers_as_they_are_told(tmp_path: Path) -> None:
    told = [
        killed(FRONT, best=3),
        killed(None, low=2, words="at least two"),
        killed(PEOPLE, words="dozens"),
        killed(None),
    ]
    assert row(tmp_path, *told)["numbers"].split(" | ") == [
        "killed: 3 of Front",
        "killed: at least 2 (“at least two”)",
        "killed: no number of Villagers (“dozens”)",
        "killed: no number",
    ]


def test_only_claims_of_the_same_event_share_a_row_and_one_without_an_event_has_none(tmp_path: Path) -> None:
    article, now = make_article(TEXT), new_time()
    events = (Event("ASSAULT", date=When("", "soon", "")), Event("ASSAULT", date=When("", "2026-05-03", "2026-05-03")))
    claims = [make_claim(article, TEXT, "dozens died", event=event) for event in (*events, Event())]
    for label, days in (("contradicts", ["", "2026-05-03"]), (SAME_EVENT, ["2026-05-03"])):
        ends = (claims[0].id, claims[1].id)
        link = Link(LinkId(new_id()), label, Between.CLAIMS, *ends, ANNA.annotator, now, now)
        annotated = AnnotatedArticle(article, TEXT, (), tuple(claims), (), ())
        corpus = MemoryCorpus(make_project(), (make_annotator(),), (), (link,), (annotated,))
        written(AcledWriter(), corpus, tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            assert sorted(one["event_date"] for one in csv.DictReader(file)) == days


def test_who_told_of_an_event_first_comes_first_and_a_claim_that_is_only_linked_is_one_of_its(tmp_path: Path) -> None:
    days = ("2026-05-20", "2026-05-18", "2026-05-19")
    articles = [make_article(TEXT, published=day, publisher=f"Paper {day[-2:]}", title=day) for day in days]
    first, second = When("", "2026-05-04", "2026-05-08"), When("", "2026-05-03", "2026-05-05")
    events = (
        Event("ASSAULT", actors=(FRONT.id,), date=first),
        Event("PROTEST", actors=(BANNER.id,), date=second),
        Event(),
    )
    claims = [
        make_claim(article, TEXT, "dozens died", by="Banner", event=event)
        for article, event in zip(articles, events, strict=True)
    ]
    now = new_time()
    links = tuple(
        Link(LinkId(new_id()), SAME_EVENT, Between.CLAIMS, claims[0].id, other.id, ANNA.annotator, now, now)
        for other in claims[1:]
    )
    annotated = tuple(
        AnnotatedArticle(article, TEXT, (), (claim,), (), ()) for article, claim in zip(articles, claims, strict=True)
    )
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (FRONT, BANNER), links, annotated)
    written(AcledWriter(), corpus, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        (found,) = csv.DictReader(file)
    assert (found["event_type"], found["actor1"], found["assoc_actor_1"]) == ("PROTEST", "Banner", "Front")
    assert found["source"] == "Paper 18; Paper 19; Paper 20"
    assert (found["event_date"], found["event_date_end"]) == ("2026-05-03", "2026-05-08")
    assert found["event_id_cnty"] == min(claim.id for claim in claims)
    assert len(found["claims"].split("|")) == 3


def test_plover_says_nothing_where_nothing_is_known(tmp_path: Path) -> None:
    known = Place(PlaceLevel.SITE, 1.5, -2.5, Basis.DRAWN, "North", "Hill")
    site = make_entity("Bridge", "place", country="AFG", place=known, ids=(Identifier("geonames", "7"),))
    bare = make_entity("Valley", "place")
    full = {"geonameid": 7, "latitude": 1.5, "longitude": -2.5, "cc3": "AFG", "admin1": "North", "admin2": "Hill"}
    full |= {"level": "site", "basis": "drawn", "relation": "near"}
    article, now = make_article(TEXT), new_time()
    for place, relation, where in ((site, "near", full), (bare, "", {})):
        event = Event(
            "", place=place.id, relation=relation, actors=(FRONT.id,), quantities=(killed(None, words="dozens"),)
        )
        claim = replace(
            make_claim(article, TEXT, "dozens died"), event=event, changed=Timestamp("2026-05-03T10:00:00Z")
        )
        later = replace(make_claim(article, TEXT, "dozens"), event=event, changed=Timestamp("2026-06-04T10:00:00Z"))
        link = Link(LinkId(new_id()), SAME_EVENT, Between.CLAIMS, claim.id, later.id, ANNA.annotator, now, now)
        annotated = AnnotatedArticle(article, TEXT, (), (claim, later), (), ())
        corpus = MemoryCorpus(make_project(), (make_annotator(),), (site, bare, FRONT), (link,), (annotated,))
        for is_estimated, estimated in ((False, []), (True, ["killed"])):
            written(PloverWriter(is_estimated=is_estimated), corpus, tmp_path / "out.jsonl")
            found = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
            there = {
                name: said for name, said in found["event_loc"].items() if name not in {"resolution", "name", "entity"}
            }
            assert {name: said for name, said in there.items() if said != ""} == where
            assert (found["date"], found["enddate"], found["event"]) == (None, None, None)
            assert (found["estimated"], found["coded_date"]) == (estimated, "2026-06-04")
            assert set(found["actor"][0]) == {"identifier_text", "kind", "entity"}
            assert found["numbers"] == [
                {"what": "killed", "words": "dozens", "claim": one.id} for one in (claim, later)
            ]


def test_plover_keeps_the_first_of_several_numbers_of_one_register_and_tells_of_the_others(tmp_path: Path) -> None:
    ids = [Identifier("wikidata", "Q1"), Identifier("geonames", "5"), Identifier("wikidata", "Q2")]
    front = make_entity("Front", "armed group", ids=(*ids, Identifier("wikidata", "Q3")))
    orsa = make_entity("Orsa", "place", ids=(*ids, Identifier("geonames", "6")))
    article = make_article(TEXT)
    event = Event("ASSAULT", actors=(front.id,), recipients=(front.id,), place=orsa.id)
    claims = tuple(make_claim(article, TEXT, words, event=event) for words in ("dozens died", "Men of the Front"))
    annotated = AnnotatedArticle(article, TEXT, (), claims, (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (front, orsa), (), (annotated,))
    losses = written(PloverWriter(), corpus, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["actor"][0]["identifier_id"], one["event_loc"]["geonameid"]) for one in rows] == [("Q1", 5)] * 2
    assert "3 further identifiers of an entity in the same register" in losses.sentences
