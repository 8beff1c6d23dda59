"""Lists that users add: dumps and CSV files, good, bad and packed."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import FormatError
from annotator.services.places import ContextPlace, Places, Report

PASS = (
    "1141066\tKotal-e Salang\tKotal-e Salang\tSalang Pass,Salangpasset,کوتل سالنگ\t35.31337\t69.02764\tT\tPASS\tAF\t\t"
    "03\t1302\t\t\t0\t\t3659\tAsia/Kabul\t2020-01-01"
)
REGION = PASS.replace("1141066", "1147700").replace("Kotal-e Salang", "Hazarajat").replace("T\tPASS", "L\tRGN")
PROVINCE = PASS.replace("1141066", "99900001").replace("T\tPASS", "A\tADM1")
CSV = (
    "name,lat,lon,aliases,level,country,province,district,id\n"
    "Hesar Bridge,35.62,69.47,Pul-e Hesar|Hisar Bridge,site,Afghanistan,Baghlan,Puli Hisar,b1\n"
)


def added(places: Places, path: Path) -> Report:
    """Adds the file whole."""
    report = Report()
    for _ in places.add_dump(path, report):
        pass
    return report


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    opened = Places(tmp_path / "cache")
    yield opened
    opened.close()


@pytest.mark.parametrize("country", ['<img src="//host/a.png">', 'A"F', "a b", "\x01", "*", "-", "\u202e"])
def test_a_country_that_a_stranger_wrote_finds_nothing_and_breaks_nothing(
    places: Places, tmp_path: Path, country: str
) -> None:
    dump = tmp_path / "AF.txt"
    dump.write_text(f"{PASS}\n", encoding="utf-8")
    added(places, dump)
    assert not places.look_up("Salang Pass", country=country)
    near = ContextPlace(country, country)
    assert places.look_up("Salang Pass", context=[near])
    assert places.look_up_prefix("Salang", context=[near])


def test_a_dump_brings_passes_and_regions_with_their_district(places: Places, tmp_path: Path) -> None:
    dump = tmp_path / "AF.txt"
    dump.write_text("\n".join((PASS, REGION, PROVINCE)) + "\n", encoding="utf-8")
    assert added(places, dump).sentence == "3 places added."
    found = places.look_up("Salang Pass")[0]
    assert (found.id, found.level, found.country) == ("geonames:1141066", "natural feature", "AFG")
    assert (found.province, found.district) == ("Baghlān", "Pul-e Ḩişār")
    assert found.matched == "Salang Pass"
    assert (found.lat, found.lon, found.basis) == (35.31337, 69.02764, "gazetteer")
    assert places.look_up("Hazarajat")[0].level == "fuzzy region"
    assert places.by_id("geonames:99900001")
    assert places.by_id("geonames:99900001").level == "province"  # type: ignore[union-attr]


def test_bad_rows_are_told_with_file_line_and_reason_and_the_good_ones_come_in(places: Places, tmp_path: Path) -> None:
    dump = tmp_path / "AF.txt"
    lines = [
        PASS,
        "too\tfew",
        PASS.replace("35.31337", "north"),
        PASS.replace("35.31337", "135"),
        PASS.replace("\tT\t", "\tQ\t"),
        PASS.replace("1141066", "x"),
        PASS.replace("1141066\tKotal-e Salang", "1141066\t "),
        REGION,
    ]
    dump.write_bytes("\n".join(lines).encode() + b"\n" + PASS.replace("Kotal-e", "K\0").encode("utf-16-le") + b"\n")
    report = added(places, dump)
    assert report.places == 2
    reasons = [str(problem) for problem in report.problems]
    for line, reason in (
        (2, "it has 2 columns instead of 19"),
        (3, "are no latitude and longitude"),
        (4, "outside the world"),
        (5, "“Q” is no feature class"),
        (6, "“x” is no GeoNames number"),
        (7, "it has no name"),
    ):
        assert any(told.startswith(f"AF.txt, line {line}: ") and reason in told for told in reasons), (line, reasons)
    assert report.left_out == len(reasons) >= 7
    assert places.by_id("geonames:1147700")


def test_a_zipped_dump_and_area_codes(places: Places, tmp_path: Path) -> None:
    packed = tmp_path / "AF.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "This is the readme.")
        archive.writestr("AF.txt", PASS + "\n")
    assert added(places, packed).places == 1
    codes = tmp_path / "admin2Codes.txt"
    codes.write_text("AF.03.1302\tPul-e Hisar\tPul-e Hisar\t7052909\n", encoding="utf-8")
    assert added(places, codes).places == 1
    found = places.by_id("geonames:7052909")
    assert found
    assert (found.level, found.province, found.lat) == ("district", "Baghlān", None)
    assert [about.title for about in places.added()] == ["admin2Codes.txt", "AF.zip"]


def test_a_csv_file_is_read_by_its_header(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "Bridges of mine.csv"
    path.write_text(CSV, encoding="utf-8-sig")
    assert added(places, path).sentence == "1 place added."
    found = places.look_up("Hisar bridge")[0]
    assert (found.id, found.level, found.country_name) == ("bridges-of-mine:b1", "site", "Afghanistan")
    assert places.by_id("bridges-of-mine:b1") == places.by_id(found.id)
    assert found.district == "Puli Hisar"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,1,2,,,,,", "it has 8 fields, the first row has 9"),
        (",1,2,,,,,,", "it has no name"),
        ("A,1,east,,,,,,", "no latitude and longitude"),
        ("A,91,2,,,,,,", "outside the world"),
        ("A,nan,2,,,,,,", "outside the world"),
        ("A,1,2,,hamlet,,,,", "“hamlet” is no level"),
        ("A,1,2,,,Atlantis,,,", "“Atlantis” is no country"),
        ('A,1,2,,,"x"y,,,', "cannot be read as CSV"),
    ],
)
def test_bad_rows_of_csv(places: Places, tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(CSV + row + "\n", encoding="utf-8")
    report = added(places, path)
    assert report.places == 1
    assert [str(problem).startswith("mine.csv, line 3: ") for problem in report.problems] == [True]
    assert reason in str(report.problems[0])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.csv", b"", "missing: name, lat, lon"),
        ("other.csv", b"title,year\nx,1\n", "missing: name, lat, lon"),
        ("only.csv", b"name,lat,lon\nA,north,2\n", "has no place that can be used. only.csv, line 2"),
        ("latin.csv", "name,lat,lon\nMünchen,48,11\n".encode("latin-1"), "not written in UTF-8"),
        ("broken.zip", b"PK\3\4 no archive", "damaged"),
        ("picture.png", bytes(range(256)) * 9, "is no list of places"),
    ],
)
def test_what_is_no_list_of_places_is_refused_and_leaves_nothing(
    places: Places, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FormatError) as raised:
        added(places, path)
    assert reason in str(raised.value)
    assert name in str(raised.value)
    assert not places.added()
    assert not [left for left in (tmp_path / "cache").rglob("*") if left.is_file()]


def test_a_missing_file_is_a_sentence(places: Places, tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        added(places, tmp_path / "nothing.csv")


def test_lists_are_shown_replaced_and_removed(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(CSV, encoding="utf-8")
    added(places, path)
    path.write_text(CSV + "Other Bridge,35,69,,site,AFG,,,b2\n", encoding="utf-8")
    added(places, path)
    assert [(about.title, about.places) for about in places.added()] == [("mine.csv", 2)]
    assert places.look_up("Other Bridge")
    assert not places.remove("yours.csv")
    assert places.remove("mine.csv")
    assert not places.added()
    assert not places.look_up("Other Bridge")
