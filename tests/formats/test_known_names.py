"""Lists of known actors and places: read from anybody's spreadsheet, written so that they come back the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.entities import Alias, AliasKind
from annotator.domain.identifiers import Identifier
from annotator.domain.known_names import KnownName
from annotator.errors import FormatError
from annotator.formats.known_names import read_known_names, write_known_names

SALEH = KnownName(
    kind="person",
    name="Amrullah Saleh",
    id="k1",
    aliases=(
        Alias("Amrullah Salh", AliasKind.MISSPELLING),
        Alias("A|S \\ [x]"),
        Alias("a\\|b"),
        Alias("c\\"),
        Alias("امرالله صالح", AliasKind.OTHER_SCRIPT),
    ),
    description='Said "no", twice;\nthen\r\nleft',
    sectors=("GOV", "SPY"),
    country="AFG",
    role="vice president",
    wikidata="Q42",
    other_ids=(Identifier("team", "7: b"), Identifier("uri", "https://example.org/1")),
)
BAGHLAN = KnownName(kind="place", name="=Baghlan", geonames="1147537", level="province", lat=-35.75, lon=69.0)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_list_comes_back_the_same(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"known{suffix}"
    write_known_names([SALEH, BAGHLAN], path)
    assert read_known_names(path).names == (SALEH, BAGHLAN)
    assert read_known_names(path).problems == ()


def test_a_spreadsheet_sees_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    names = [KnownName("person", f"{sign}1+1", description="'=x") for sign in "=+-@\t\r'"]
    write_known_names([*names, BAGHLAN], path)
    rows = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert rows[1].startswith(",person,'=1+1,")
    assert ",-35.75," in rows[-2]
    assert [known.name for known in read_known_names(path).names] == [
        *("=1+1 +1+1 -1+1 @1+1 1+1 1+1 '1+1".split()),
        "=Baghlan",
    ]
    assert {known.description for known in read_known_names(path).names} == {"'=x", ""}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_any_delimiter_and_marked_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "known.csv"
    rows = [
        ["Kind", " NAME ", "Other_IDs", "lat", "lon"],
        ["place", '"Kabul; Kābul, old"', "wikidata:Q5838", "34.5", "69.2"],
    ]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    assert read_known_names(path).names == (
        KnownName("place", "Kabul; Kābul, old", other_ids=(Identifier("wikidata", "Q5838"),), lat=34.5, lon=69.2),
    )


def test_a_list_in_an_old_encoding(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    names = "Владимир Иванов\nперсона из правительства, Сергей Петров".replace("\n", "\nperson,")
    path.write_bytes(f"kind,name,description\nperson,{names}\n".encode("cp1251"))
    assert read_known_names(path).names[0].name == "Владимир Иванов"


BAD = [
    ("place,Kabul,97,10,,", "latitude “97” is not between -90 and 90"),
    ("place,Kabul,10,-181,,", "longitude “-181” is not between -180 and 180"),
    ("place,Kabul,nan,1,,", "latitude “nan” is not between -90 and 90"),
    ("place,Kabul,north,1,,", "latitude “north” is no number of degrees"),
    ("place,Kabul,1,,,", "latitude and longitude go together; one of them is missing"),
    ("place, ,1,1,,", "the name is missing"),
    (",Kabul,1,1,,", "the kind is missing; write person, place or another kind of the project"),
    ("place,Kabul,,,Kabool [typo],", "“typo” is no kind of alias; use spelling, misspelling, title or description, "),
    ("place,Kabul,,,,42", "“42” is no Wikidata item; it looks like Q42"),
    ("place,Kabul,,,,,,x", "there are 8 cells but only 6 columns; is a quotation mark missing?"),
]


@pytest.mark.parametrize(("row", "problem"), BAD)
def test_a_bad_row_is_reported_with_its_line_and_the_others_come(tmp_path: Path, row: str, problem: str) -> None:
    path = tmp_path / "known.csv"
    head = 'kind,name,lat,lon,aliases,wikidata\nplace,"Two\nlines",1,2,,\n\n'
    path.write_text(f"{head}{row}\nperson,Ana Ruiz,,,,Q7\n", encoding="utf-8")
    found = read_known_names(path)
    assert [known.name for known in found.names] == ["Two\nlines", "Ana Ruiz"]
    assert [report.line for report in found.problems] == [5]
    assert found.problems[0].problem.startswith(f"known.csv, line 5: {problem}")


def test_a_column_that_is_not_known_is_told(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("kind,name,shoe size\nperson,Ana,42\n", encoding="utf-8")
    assert read_known_names(path).problems[0].problem == (
        "known.csv, line 1: the column “shoe size” is not known and was left out"
    )
    path = tmp_path / "known.jsonl"
    path.write_text('{"kind": "person", "name": "Ana", "shoe size": 42}\n', encoding="utf-8")
    found = read_known_names(path)
    assert [known.name for known in found.names] == ["Ana"]
    assert "“shoe size” is not known" in found.problems[0].problem


def test_an_id_that_comes_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("id,kind,name\n1,person,Ana\n1,person,Bo\n", encoding="utf-8")
    found = read_known_names(path)
    assert [known.name for known in found.names] == ["Ana"]
    assert found.problems[0].problem == "known.csv, line 3: the id “1” is that of line 2 too; only the first is taken"


@pytest.mark.parametrize(
    "line", ["[1]", "{", '{"kind": "person", "name": 3}', '{"kind": "x", "name": "y", "aliases": [1]}']
)
def test_a_bad_line_of_json_is_reported(tmp_path: Path, line: str) -> None:
    path = tmp_path / "known.jsonl"
    path.write_text(
        f'{line}\n{{"kind": "person", "name": "Ana", "aliases": "Anna", "lat": 1, "lon": 2.5}}\n', encoding="utf-8"
    )
    found = read_known_names(path)
    assert found.names == (KnownName("person", "Ana", aliases=(Alias("Anna"),), lat=1.0, lon=2.5),)
    assert [report.line for report in found.problems] == [1]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"a\0\1\2\3b", "binary"), (b"name\nAna\n", "no column “kind”"), (b"\n", "empty")],
)
def test_what_is_no_list_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "known.csv"
    path.write_bytes(content)
    with pytest.raises(FormatError, match=words):
        read_known_names(path)
    with pytest.raises(FormatError, match="could not be read"):
        read_known_names(tmp_path / "none.csv")


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12).map(str.strip)
FULL = WORDS.filter(bool)
NAMES = st.builds(
    KnownName,
    kind=FULL,
    name=FULL,
    aliases=st.lists(st.builds(Alias, FULL, st.sampled_from(AliasKind)), max_size=3).map(tuple),
    description=WORDS,
    sectors=st.lists(FULL, max_size=3).map(tuple),
    other_ids=st.lists(st.builds(Identifier, st.just("team"), FULL), max_size=2).map(tuple),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, max_size=3), st.sampled_from([".csv", ".jsonl"]))
def test_any_list_comes_back_the_same(tmp_path: Path, names: list[KnownName], suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    write_known_names(names, path)
    if names or suffix == ".csv":
        found = read_known_names(path)
        assert found.names == tuple(names)
        assert found.problems == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.sampled_from("\"'|\\,;\t\n\r={}[]akind,name1\u0661"), max_size=60), st.sampled_from([".csv", ".jsonl"])
)
def test_no_text_breaks_the_reader(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(f"kind,name\n{text}".encode() if suffix == ".csv" else f"{{}}\n{text}".encode())
    found = read_known_names(path)
    assert all(known.name for known in found.names)


def test_a_backslash_that_guards_nothing_stays_in_other_names(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("kind,name,aliases\nband,AC/DC,AC\\DC|A\\|B\n", encoding="utf-8")
    assert read_known_names(path).names[0].aliases == (Alias("AC\\DC"), Alias("A|B"))


def test_a_row_as_people_type_it(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text(
        "kind;name;level;basis;lat;lon;aliases\n"
        "place;Kabul; Populated Place ;Seat;34,5;-69,2; Kabool [ Misspelling ] | | Kābul \n"
        "place;Orsa;town;;;;\n",
        encoding="utf-8",
    )
    found = read_known_names(path)
    (kabul,) = found.names
    assert (kabul.level, kabul.basis, kabul.lat, kabul.lon) == ("populated place", "seat", 34.5, -69.2)
    assert kabul.aliases == (Alias("Kabool", AliasKind.MISSPELLING), Alias("Kābul"))
    (problem,) = found.problems
    assert problem.problem.startswith("known.csv, line 3: “town” is no level; use country, province, district, ")
    write_known_names([kabul], path)
    assert "Kabool [misspelling]|Kābul," in path.read_text(encoding="utf-8")


def test_an_identifier_of_another_list_has_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "known.csv"
    path.write_text("kind,name,other ids\nperson,Ana,team:\nperson,Bo,team:7\n", encoding="utf-8")
    found = read_known_names(path)
    assert [(known.name, known.other_ids) for known in found.names] == [("Bo", (Identifier("team", "7"),))]
    assert [report.problem for report in found.problems] == ["known.csv, line 2: the team identifier is empty"]
