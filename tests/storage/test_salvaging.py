"""What is read of a damaged file is taken for what it is, and what refers to nothing never stops it."""

from pathlib import Path

import pytest

from annotator.domain.entities import AliasKind
from annotator.domain.proposals import Proposals, ProposedMention
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.editing import commenting, describing, linking, tagging
from annotator.errors import ForeignFile, ProjectFileError
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from annotator.storage.salvaging import Salvage, salvage
from tests.editing.bench import Bench
from tests.editing.by_chance import content
from tests.promises.test_06_damage import worked_on
from tests.storage.raw import ask, tamper

PAGE, HEAD = 4096, 100


def closed(workspace: Workspace) -> Path:
    workspace.close()
    return Path(workspace.records.path)


def salvaged(path: Path, data: bytes) -> tuple[Path, Salvage]:
    damaged, target = path.with_name("damaged.annot"), path.with_name("salvaged.annot")
    damaged.write_bytes(data)
    found = salvage(damaged, target)
    assert [fault for _, _, fault in check(target) if fault] == []
    return target, found


def without_list(path: Path) -> bytes:
    """A project whose list of tables is gone, so that nothing says which page is whose."""
    data = path.read_bytes()
    return data[: HEAD + 8] + bytes(PAGE - HEAD - 8) + data[PAGE:]


@pytest.mark.parametrize("has_history", [True, False])
def test_rows_that_nothing_leads_to_are_known_by_what_they_say(tmp_path: Path, *, has_history: bool) -> None:
    path = closed(worked_on(tmp_path / "work.annot", 3, 400))
    before = content(path)
    assert all(
        ask(path, f"SELECT count(*) FROM {name}") > [(0,)] for name in ("decision_about", "claim_about", "alias")
    )
    if not has_history:
        tamper(path, "DELETE FROM undo_stack", "DELETE FROM touched", "DELETE FROM history", "VACUUM")
    target, found = salvaged(path, without_list(path))
    assert content(target) == before
    assert not found.put_back, "nothing was missing"
    assert not +found.left_out, "and nothing was taken for what it is not"
    assert not found.bad_rows


def test_a_comment_goes_with_the_article_that_it_is_about(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "Ana Ruiz met Bo Lind in Kabul.")
    lost = bench.more("Bo Lind said no. " * 600)
    for article in (bench.article, lost):
        bench.do(commenting.comment, article, "Who is he?")
    path = closed(bench.workspace)
    whole = path.read_bytes()
    page = whole.rindex(b"Bo Lind said no. Bo Lind") // PAGE
    target, found = salvaged(path, whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
    assert ask(target, "SELECT article_id FROM comment") == [(bench.article,)]
    assert (found.lost["article"], found.lost["comment"], found.left_out["comment"]) == (1, 1, 1)
    assert "article: Bo Lind said no. Bo" in found.names_lost


def test_what_is_no_file_or_has_nothing_to_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ForeignFile, match="is not a file"):
        salvage(tmp_path, tmp_path / "target.annot")
    (tmp_path / "empty.annot").write_bytes(b"")
    with pytest.raises(ProjectFileError, match=r"Nothing of “empty\.annot” can be read"):
        salvage(tmp_path / "empty.annot", tmp_path / "target.annot")
    assert not (tmp_path / "target.annot").exists()


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A project in which Ana Ruiz and Bo Lind are tagged; she is also called Ruiz."""
    made = Bench(tmp_path, "Ana Ruiz met Bo Lind in Kabul. Ruiz left.")
    entity = made.tag("Ana Ruiz").entity
    made.do(linking.add_alias, entity, "Ruiz", AliasKind.SPELLING)
    made.tag("Bo Lind")
    return made


@pytest.mark.parametrize(
    ("damage", "put_back"),
    [
        ("DELETE FROM mention", {"mention": 2}),
        ("DELETE FROM alias", {"entity": 1}),
        ("UPDATE mention SET label = 'location'", {"mention": 2}),
        ("UPDATE mention SET quote = 'Ana Ruia' WHERE quote = 'Ana Ruiz'", {"mention": 1}),
        ("UPDATE entity SET changed = 'long ago' WHERE name = 'Bo Lind'", {"entity": 1}),
        ("DELETE FROM annotator", {"annotator": 1}),
        ("DELETE FROM project", {"project": 1}),
    ],
)
def test_what_history_knows_is_put_back(bench: Bench, damage: str, put_back: dict[str, int]) -> None:
    path = closed(bench.workspace)
    before = content(path)
    tamper(path, damage)
    target, found = salvaged(path, path.read_bytes())
    assert content(target) == before
    assert found.put_back == put_back
    assert not +found.lost


def test_what_touched_what_is_worked_out_anew_and_what_was_deleted_stays_away(bench: Bench) -> None:
    """A teammate's file is brought in by it."""
    gone, mention = bench.tag("Kabul"), bench.records.mentions_in(bench.article)[0]
    bench.do(describing.describe_mention, mention.id, note="who?")
    bench.workspace.undo()
    bench.workspace.redo()
    bench.do(tagging.untag, gone.id)
    path = closed(bench.workspace)
    before, touched = content(path), sorted(ask(path, "SELECT * FROM touched"))
    tamper(path, "DELETE FROM touched WHERE seq % 2 = 0", "DELETE FROM touched WHERE seq > 6")
    target, found = salvaged(path, path.read_bytes())
    assert sorted(ask(target, "SELECT * FROM touched")) == touched
    assert content(target) == before
    assert not found.put_back


@pytest.mark.parametrize("has_list", [True, False])
def test_suggestions_are_looked_for_anew(bench: Bench, *, has_list: bool) -> None:
    """Half of them, with the word that all had been found, would be worse than none."""
    article = bench.records.article(bench.article)
    found = Proposals((ProposedMention("location", bench.words("Kabul"), 0.9, proposer="names"),))
    run = SuggestionRun(article.id, "names", "1", article.sha256)
    bench.records.put_suggestions([run], as_suggestions(article.id, found))
    path = closed(bench.workspace)
    before = content(path)
    tables = ("suggestion", "suggestion_run", "suggestion_need")
    assert all(ask(path, f"SELECT 1 FROM {name}") for name in tables)
    target, report = salvaged(path, path.read_bytes() if has_list else without_list(path))
    assert not any(ask(target, f"SELECT 1 FROM {name}") for name in tables)
    assert content(target) == before
    assert not report.bad_rows


def test_what_is_later_than_the_history_that_is_left_stays_as_it_is(bench: Bench) -> None:
    first = bench.records.mentions_in(bench.article)[0]
    bench.do(describing.describe_mention, first.id, note="seen twice")
    path = closed(bench.workspace)
    before = content(path)
    last = "(SELECT max(seq) FROM history)"
    tamper(path, *(f"DELETE FROM {name} WHERE seq = {last}" for name in ("undo_stack", "touched", "history")))
    target, found = salvaged(path, path.read_bytes())
    assert content(target) == before
    assert not found.put_back
    assert ask(target, "SELECT kind FROM history ORDER BY seq DESC LIMIT 1") == [("salvage",)], "it says how it came"


def test_who_or_which_project_it_was_need_not_be_known(bench: Bench) -> None:
    path = closed(bench.workspace)
    before = content(path)
    names = ("undo_stack", "touched", "history", "project", "annotator")
    tamper(path, *(f"DELETE FROM {name}" for name in names))
    target, found = salvaged(path, path.read_bytes())
    after = content(target)
    assert ask(target, "SELECT name FROM project") == [("Salvaged project",)]
    assert ask(target, "SELECT id, name, kind FROM annotator") == [(bench.who.id, "Somebody", "person")]
    assert {name: rows for name, rows in after.items() if name != "project"} == {
        name: rows for name, rows in before.items() if name != "project"
    }
    with ProjectFile.open(target, target.parent / "backups") as project:
        assert project.schema.label("actor").name == "Actor"
    assert not +found.left_out


def test_rows_of_history_that_say_nothing_are_left_out(bench: Bench) -> None:
    path = closed(bench.workspace)
    before, rows = content(path), ask(path, "SELECT count(*) FROM history")[0][0]
    tags = ask(path, "SELECT seq FROM history WHERE kind = 'tag' ORDER BY seq")
    tamper(
        path,
        f"UPDATE history SET kind = 'dance' WHERE seq = {tags[0][0]}",
        f"UPDATE history SET changes = '[[' WHERE seq = {tags[1][0]}",
        f"UPDATE touched SET lamport = {2**62} WHERE seq = {tags[0][0]}",
    )
    target, found = salvaged(path, path.read_bytes())
    assert content(target) == before
    assert found.left_out["history"] == 2
    assert ask(target, "SELECT count(*) FROM history") == [(rows - 2 + 1,)], "and one that explains the rest"
    assert ask(target, "SELECT max(lamport) < 100 FROM touched") == [(1,)]


def test_a_record_whose_words_are_not_those_of_its_text_is_left_out(bench: Bench) -> None:
    path = closed(bench.workspace)
    names = ("undo_stack", "touched", "history")
    tamper(path, *(f"DELETE FROM {name}" for name in names), "UPDATE mention SET quote = 'Bo Lint' WHERE start > 0")
    target, found = salvaged(path, path.read_bytes())
    assert ask(target, "SELECT quote FROM mention") == [("Ana Ruiz",)]
    assert +found.left_out == {"mention": 1}


def test_what_is_lost_is_counted_and_some_of_it_named(bench: Bench) -> None:
    for number in range(51):
        bench.more(f"Text {number:02} " + "and so on " * 20)
    path = closed(bench.workspace)
    tamper(path, "PRAGMA foreign_keys = OFF", "DELETE FROM text")
    target, found = salvaged(path, path.read_bytes())
    assert ask(target, "SELECT count(*) FROM article") == [(0,)]
    assert (found.lost["article"], found.lost["mention"]) == (52, 2)
    assert len(found.names_lost) == 50
    assert any(name.startswith("article: Text ") for name in found.names_lost)
    assert found.lost["entity"] == 0, "those are there without their mentions"


def test_what_names_somebody_who_is_lost_stays_without_her(bench: Bench) -> None:
    path = closed(bench.workspace)
    tamper(
        path, "PRAGMA foreign_keys = OFF", "DELETE FROM entity", *(f"DELETE FROM {n}" for n in ("touched", "history"))
    )
    target, _ = salvaged(path, path.read_bytes())
    assert ask(target, "SELECT quote, entity_id FROM mention ORDER BY start") == [("Ana Ruiz", None), ("Bo Lind", None)]
    assert ask(target, "SELECT count(*) FROM alias") == [(0,)]
