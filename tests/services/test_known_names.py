"""Lists of names go out of a project and come in again: nothing is doubled, nothing is swept together."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import cli
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Alias, AliasKind, Basis, Entity, Place, PlaceLevel
from annotator.domain.identifiers import GEONAMES, WIKIDATA, Identifier
from annotator.domain.ids import AnnotatorId, EntityId
from annotator.domain.known_names import KnownName
from annotator.editing.known_names import take_known_names
from annotator.errors import EditRefused
from annotator.services import known_names
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from tests.cli.test_words import Faces

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000006"), "Ana")
TABLES = ("entity", "alias", "external_id", "history")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An open project without entities."""
    opened = new_project(tmp_path / "own.annot", WHO)
    yield opened
    opened.close()


def content(path: Path) -> list[list[tuple[object, ...]]]:
    """The rows of the file, read by another connection."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return [sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES]
    finally:
        connection.close()


def entities(workspace: Workspace) -> list[Entity]:
    """All entities, by name."""
    found: tuple[Entity, ...] = workspace.records.all_entities(500, 0)
    return sorted(found, key=lambda entity: (entity.name, entity.id))


def take(workspace: Workspace, *names: KnownName) -> int:
    """Imports names one batch of one each, as the end of a batch may part any two; how many entities changed."""
    listed, changed = frozenset(known.id for known in names if known.id), 0
    for known in names:
        try:
            changed += len(workspace.do(take_known_names, (known,), listed).changes)
        except EditRefused:
            continue
    return changed


def make(workspace: Workspace, *names: str, **fields: object) -> list[Entity]:
    """Persons of these names."""
    author, now = workspace.author, workspace.author.now()
    made = [
        Entity(EntityId(author.new_id()), "person", name, author.annotator, now, now, **fields)  # type: ignore[arg-type]
        for name in names
    ]
    workspace.records.apply(Edit(EditKind.TAG, tuple(Change(None, one) for one in made), ("made",)), author)
    return made


WORDS = st.sampled_from(["Ana", "ana", "Zoë", "Ruiz", "the 'Lion' [old]", "=x", "a|b", "c\\", "امر", "1", "Port Vale"])
NAMES = st.builds(" ".join, st.lists(WORDS, min_size=1, max_size=2))
TEXTS = st.sampled_from(["", " ", "one\ntwo\r\n", "'=a", "-", "x "]) | NAMES
IDS = st.sampled_from(
    [(WIKIDATA, "Q42"), (WIKIDATA, "Q5"), (GEONAMES, "7"), ("team", "7: b"), ("uri", "https://e.org/")]
)
PLACES = st.builds(
    Place,
    level=st.none() | st.sampled_from(PlaceLevel),
    lat=st.none(),
    lon=st.none(),
    basis=st.none() | st.sampled_from(Basis),
    province=TEXTS,
    district=TEXTS,
) | st.builds(
    Place,
    lat=st.floats(-90, 90).map(lambda lat: lat + 0.0),
    lon=st.floats(-180, 180).map(lambda lon: lon + 0.0),
    basis=st.sampled_from(Basis),
)
ALIASES = st.lists(st.builds(Alias, NAMES, st.sampled_from(AliasKind)), max_size=3).map(tuple)
ENTITY = st.fixed_dictionaries(
    {
        "name": NAMES,
        "kind": st.sampled_from(["person", "place", "armed group"]),
        "aliases": ALIASES,
        "description": TEXTS,
        "sectors": st.sampled_from([(), ("GOV",), ("REB", "GOV")]),
        "country": st.sampled_from(["", "AFG"]),
        "role": TEXTS,
        "ids": st.lists(IDS, max_size=2, unique=True).map(lambda ids: tuple(Identifier(*one) for one in ids)),
        "place": PLACES,
    }
)


@settings(max_examples=40)
@given(st.lists(ENTITY, min_size=1, max_size=5), st.sampled_from([".csv", ".jsonl"]))
def test_out_and_in_again_changes_nothing_and_makes_the_same_in_an_empty_project(
    described: list[dict[str, object]], suffix: str
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        own, other = new_project(folder / "own.annot", WHO), new_project(folder / "other.annot", WHO)
        for fields in described:
            (entity,) = make(own, str(fields["name"]))
            after = Entity(entity.id, author=entity.author, created=entity.created, changed=entity.created, **fields)  # type: ignore[arg-type]
            change = Edit(EditKind.DESCRIBE_ENTITY, (Change(entity, after),), ("x",))
            own.records.apply(change, own.author)
        listed = folder / f"names{suffix}"
        for _ in known_names.write_list(own.records.path, listed):
            pass
        found = known_names.read_list(listed, own.records.schema)
        assert found.problems == ()
        before = content(own.records.path)
        assert take(own, *found.names) == 0
        assert content(own.records.path) == before
        assert take(other, *found.names) == len(described)
        assert [fact(entity) for entity in entities(other)] == [fact(entity) for entity in entities(own)]
        assert take(other, *found.names) == 0
        own.close()
        other.close()


def fact(entity: Entity) -> tuple[object, ...]:
    """What of an entity a list carries; blanks at the ends and an alias that is the name are not told."""
    place = entity.place
    names = {" ".join(alias.text.split()) for alias in entity.aliases if not Entity.is_called(bare(entity), alias.text)}
    told = (entity.id, entity.kind, entity.name, entity.sectors, entity.country, frozenset(entity.ids), place.point)
    words = (entity.description, entity.role, place.province, place.district)
    return (*told, place.level, place.basis, len({n.casefold() for n in names}), *(word.strip() for word in words))


def bare(entity: Entity) -> Entity:
    """The entity with no other name."""
    return Entity(entity.id, entity.kind, entity.name, entity.author, entity.created, entity.changed)


def test_what_the_list_says_anew_is_taken_and_the_rest_stays(workspace: Workspace) -> None:
    (ana,) = make(workspace, "Ana Ruiz", description="a teacher", country="AFG")
    take(workspace, KnownName("person", "Ana Ruiz Soto", ana.id, (Alias("La Jefa", AliasKind.NICKNAME),), role="mayor"))
    (after,) = entities(workspace)
    assert (after.name, after.role, after.country, after.description) == ("Ana Ruiz Soto", "mayor", "AFG", "a teacher")
    assert [alias.text for alias in after.aliases] == ["Ana Ruiz", "La Jefa"]
    workspace.undo()
    assert entities(workspace) == [ana]


def test_another_register_finds_one_under_another_name_and_adds_the_name(workspace: Workspace) -> None:
    (ana,) = make(workspace, "Ana Ruiz", ids=(Identifier(WIKIDATA, "Q42"),))
    assert take(workspace, KnownName("person", "A. Ruiz", wikidata="Q42")) == 1
    (after,) = entities(workspace)
    assert (after.id, after.name, [alias.text for alias in after.aliases]) == (ana.id, "Ana Ruiz", ["A. Ruiz"])


def test_two_of_one_name_are_two_in_the_list_and_in_the_project(workspace: Workspace) -> None:
    first, second = workspace.author.new_id(), workspace.author.new_id()
    listed = (KnownName("person", "Ali Khan", first), KnownName("person", "Ali Khan", second))
    assert take(workspace, *listed) == 2
    assert take(workspace, *listed) == 0
    assert take(workspace, KnownName("person", "Ali Khan", role="mayor")) == 0, "nobody can tell which is meant"


def test_one_name_with_two_numbers_of_a_register_is_two(workspace: Workspace) -> None:
    make(workspace, "Ali Khan", ids=(Identifier(WIKIDATA, "Q1"),))
    assert take(workspace, KnownName("person", "Ali Khan", wikidata="Q2")) == 1
    assert [entity.ids[0].value for entity in entities(workspace)] == ["Q1", "Q2"]


def test_a_name_without_an_id_is_the_one_of_its_kind(workspace: Workspace) -> None:
    (khan,) = make(workspace, "Ali Khan")
    take(workspace, KnownName("person", "ali  khan", role="mayor"), KnownName("armed group", "Ali Khan"))
    assert [(entity.kind, entity.role) for entity in entities(workspace)] in (
        [("person", "mayor"), ("armed group", "")],
        [("armed group", ""), ("person", "mayor")],
    )
    assert khan.id in {entity.id for entity in entities(workspace)}


def test_by_command_twice_doubles_nothing_and_bad_lines_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, listed, out = tmp_path / "own.annot", tmp_path / "names.csv", tmp_path / "out.jsonl"
    new_project(project, WHO).close()
    listed.write_text(
        "kind,name,wikidata,level\nperson,Ana Ruiz,https://www.wikidata.org/wiki/Q42,\nplace,Kabul,,village\n"
        "person,Bo,X1,\nship,Rex,,\n",
        encoding="utf-8",
    )
    assert cli.main(["names", "import", str(project), str(listed)], Faces()) == 1, "something was left out"
    told = capsys.readouterr()
    assert "names.csv, line 3: “village” is no level; use country, province" in told.err
    assert "names.csv, line 4: “X1” is no Wikidata item" in told.err
    assert "no kind “ship”" in told.err
    assert "1 entities made" in told.out or "1 entity made" in told.out
    before = content(project)
    assert before[2][0][2:] == ("wikidata", "Q42")
    cli.main(["names", "import", str(project), str(listed)], Faces())
    assert content(project) == before
    assert cli.main(["names", "export", str(project), str(out)], Faces()) == 0
    assert cli.main(["names", "export", str(project), str(out)], Faces()) == 2, "there is such a file"
    assert cli.main(["names", "import", str(project), str(out)], Faces()) == 0
    assert content(project) == before
    reopened = open_project(project, Faces().person())
    reopened.undo()
    assert entities(reopened) == [], "one undo takes the import back"
    reopened.close()
