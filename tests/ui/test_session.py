"""A whole session by keys on the sample article, read back from the file by a connection of its own."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.ids import AnnotatorId
from annotator.services.projects import Person
from annotator.services.samples import sample_project
from annotator.ui.application import Application
from annotator.ui.settings import Settings
from annotator.ui.tour import run_tour, session
from annotator.ui.tour.player import Player

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000002"), "Ana")
Read = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    """The project after the session, closed."""
    folder = tmp_path_factory.mktemp("session")
    path = folder / "session.annot"
    settings = Settings(folder / "settings.ini")
    settings.looks_ahead = False
    window = Application(settings).show_workspace(sample_project(path, WHO))
    player = Player(window)
    session.tag_all(player)
    session.claim_all(player)
    window.close()
    window.deleteLater()
    return path


@pytest.fixture
def read(project: Path) -> Read:
    """Asks the file a question, as any other program could."""

    def ask(sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    return ask


def test_every_mention_is_in_the_file_with_its_words(read: Read) -> None:
    rows = read('SELECT m.label, m.quote, substr(t.text, m.start + 1, m."end" - m.start) FROM mention m '
                "JOIN article a ON a.id = m.article_id JOIN text t ON t.sha256 = a.sha256")  # fmt: skip
    assert len(rows) >= len(session.MENTIONS)
    assert all(quote == cut for _, quote, cut in rows)
    labels = {"A": "actor", "L": "location", "D": "date", "Q": "quantity"}
    tagged = sorted((label, quote) for label, quote, _ in rows)
    assert all((labels[key], words) in tagged for words, _, key, _, _ in session.MENTIONS)


def test_one_man_under_four_spellings_is_one_entity(read: Read) -> None:
    rows = read(
        "SELECT DISTINCT m.quote FROM mention m JOIN entity e ON e.id = m.entity_id WHERE e.name = ?", session.VERESH
    )
    assert {quote for (quote,) in rows} == {
        "Danil Veresh",
        "Veresch",
        "Daniil Veresh",
        "Veresh",
        "the former deputy governor",
    }
    aliases = {alias for (alias,) in read("SELECT a.text FROM alias a JOIN entity e ON e.id = a.entity_id "
                                          "WHERE e.name = ?", session.VERESH)}  # fmt: skip
    assert aliases == {"Veresch", "Daniil Veresh", "Veresh"}, "a title is no alias"


def test_father_and_son_with_one_surname_stay_two(read: Read) -> None:
    rows = read("SELECT e.name, m.start FROM mention m JOIN entity e ON e.id = m.entity_id "
                "WHERE m.quote = 'Tamrin' ORDER BY m.start")  # fmt: skip
    assert [name for name, _ in rows] == [session.SON, session.FATHER]


def test_there_are_enough_entities_and_places(read: Read) -> None:
    assert len(read("SELECT DISTINCT entity_id FROM mention WHERE entity_id IS NOT NULL")) >= 10
    assert (
        len(read("SELECT DISTINCT e.id FROM entity e JOIN mention m ON m.entity_id = e.id WHERE e.kind = 'place'")) >= 6
    )
    assert read("SELECT kind FROM entity WHERE name = ?", session.BANNER) == [("armed group",)]


def test_claims_have_sources_cues_and_chains(read: Read) -> None:
    assert len(read("SELECT id FROM claim")) == len(session.CLAIMS)
    chain = read("SELECT c.quote, o.quote FROM claim c JOIN claim o ON o.id = c.within_id ORDER BY c.start, c.quote")
    assert len(chain) == 3
    deepest = read("SELECT i.quote FROM claim i JOIN claim m ON m.id = i.within_id JOIN claim o ON o.id = m.within_id")
    assert deepest == [("the valley would never kneel",)]
    pieces = read("SELECT content, quote FROM claim WHERE content != ''")
    assert len(pieces) == 1
    assert "They came with armoured cars …" in str(pieces[0][1])


def test_the_two_tolls_stand_side_by_side(read: Read) -> None:
    rows = read(
        "SELECT e.name, c.quote FROM claim c JOIN claim_source s ON s.claim_id = c.id JOIN entity e "
        "ON e.id = s.entity_id WHERE c.quote LIKE '15 %' OR c.quote LIKE 'at least 40%' ORDER BY c.start"
    )
    assert rows == [
        ("an account friendly to the Red Banner", "15 Red Banner fighters were killed"),
        (session.ODUN, "at least 40 militants had fallen on both banks of the river"),
    ]


def test_who_is_believed_denied_or_promised_is_kept(read: Read) -> None:
    rows = read("SELECT cue_quote, act || ' ' || stance || ' ' || source_type FROM claim")
    choices = {str(row[0]): row[1] for row in rows}
    assert choices["denied"] == "states denies named"
    assert choices["doubted"] == "believes doubts unnamed"
    assert choices["have pledged"] == "promises affirms named"
    assert (
        len(read("SELECT 1 FROM claim_source s JOIN claim c ON c.id = s.claim_id WHERE cue_quote = 'have pledged'"))
        == 2
    )


def test_everything_is_signed_and_in_the_history(read: Read) -> None:
    assert read("SELECT DISTINCT n.name FROM mention m JOIN annotator n ON n.id = m.author_id") == [("Ana",)]
    kinds = {kind for (kind,) in read("SELECT DISTINCT kind FROM history")}
    assert {"new project", "import", "tag", "link", "new claim", "add source", "set cue", "describe claim"} <= kinds
    assert read("SELECT state FROM assignment") == [("doing",)]


def test_the_tour_leaves_project_export_and_pictures(tmp_path: Path, qapp: object) -> None:
    folder = tmp_path / "tour"
    assert run_tour(folder) == 0
    pictures = sorted(file.name for file in folder.glob("*.png"))
    assert len(pictures) == 24
    assert pictures[0] == "01-opened.png"
    assert all(file.stat().st_size > 20_000 for file in folder.glob("*.png"))
    lines = (folder / "tour.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum('"type":"claim"' in line for line in lines) == len(session.CLAIMS)
    assert not paths.settings_file().exists(), "the tour leaves the user's own settings alone"
