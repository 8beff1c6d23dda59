"""Promise 15: a copy that is shared holds only what is seen.

Shared are the files of “Hand out” and exports. “Save a copy” and backups are the whole project with its history, so
that everything can be taken back: they hold what was deleted, and the manual says so.
"""

import csv
import getpass
import io
import platform
import random
import re
import socket
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import paths
from annotator.domain.edits import EditKind
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.queue import QueueFilter
from annotator.editing import assigning, claiming, commenting, describing, linking, tagging, uniting
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.formats.cells import unguarded
from annotator.formats.csv_tables import CsvWriter
from annotator.formats.excel import ExcelWriter
from annotator.formats.registry import WRITERS
from annotator.services import exporting, teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import find
from tests.formats.round_trip_brat import MemoryCorpus, rich_corpus, written
from tests.promises.release import Reached, times

USER, HOST, PLACE = "xq9account", "xq9machine", "xq9folder"
CLARA = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000015"), "Clara")
SESSIONS = times(8, 100)
_MARK = re.compile(rb"xq9note\d+z")


@pytest.fixture(autouse=True)
def a_machine_with_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account, a computer and folders whose names are not words."""
    named(monkeypatch)


def named(patch: pytest.MonkeyPatch) -> None:
    """Gives the account and the computer their names."""
    for name in ("USER", "LOGNAME", "USERNAME", "LNAME"):
        patch.setenv(name, USER)
    for name in ("HOSTNAME", "COMPUTERNAME"):
        patch.setenv(name, HOST)
    patch.setattr(socket, "gethostname", lambda: HOST)
    patch.setattr(platform, "node", lambda: HOST)
    assert getpass.getuser() == USER


@dataclass(frozen=True, slots=True)
class Ended:
    """What a session left: a copy of its project, and the marks that are seen in it."""

    copy: Path
    seen: set[bytes]


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Ended]]:
    """Some sessions, for all formats."""
    found = []
    with pytest.MonkeyPatch.context() as patch:
        named(patch)
        folder = tmp_path_factory.mktemp(PLACE)
        patch.setattr(paths, "backup_folder", lambda: folder / "backups")
        for seed in range(times(1, 20)):
            workspace, _ = a_session(folder / f"{PLACE} {seed}", seed)
            copy = folder / f"{seed}.annot"
            workspace.records.save_copy(copy)
            workspace.close()
            corpus = SnapshotCorpus(copy)
            found.append(Ended(copy, seen_in(corpus, tuple(one.article.id for one in corpus.articles()))))
            corpus.close()
        yield found


class Deleter:
    """Somebody who writes marked words into everything that takes words, and deletes half of it again."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance, self.count = workspace, random.Random(seed), 0
        self.articles = workspace.records.queue(QueueFilter(), CLARA.id)

    def mark(self) -> str:
        """Words that stand nowhere else."""
        self.count += 1
        return f"xq9note{self.count}z"

    def one(self, records: tuple[Any, ...]) -> Any:
        """One of them."""
        if not records:
            raise EditRefused("there is none")
        return self.chance.choice(records)

    def take_back(self) -> None:
        """Undoes, but no import."""
        entry = self.workspace.records.peek_undo(CLARA.id)
        if entry is not None and entry.kind is not EditKind.IMPORT:
            self.workspace.undo()

    def gesture(self) -> None:
        """Writes, changes or deletes."""
        records, do = self.workspace.records, self.workspace.do
        article = self.chance.choice(self.articles)
        text = records.text(article)
        mentions, claims = records.mentions_in(article), records.claims_in(article)
        entities = records.all_entities(200, 0)
        words = find(text, self.chance.choice(("Ana Ruiz", "Kabul", "The Post", "bridge")))
        comments = records.comments_in(article)
        gestures = (
            lambda: do(tagging.tag, article, words, "actor"),
            lambda: do(describing.describe_mention, self.one(mentions).id, note=self.mark()),  # type: ignore[arg-type]
            lambda: do(describing.describe_mention, self.one(mentions).id, note=""),  # type: ignore[arg-type]
            lambda: do(tagging.untag, self.one(mentions).id),
            lambda: do(claiming.claim, article, words),
            lambda: do(describing.describe_claim, self.one(claims).id, note=self.mark(), wording=self.mark()),  # type: ignore[arg-type]
            lambda: do(claiming.delete_claim, self.one(claims).id),
            lambda: do(commenting.comment, article, self.mark()),
            lambda: do(commenting.delete_comment, self.one(comments).id),
            lambda: do(linking.link_to_new, self.one(mentions).id, "person", self.mark()),
            lambda: do(linking.rename_entity, self.one(entities).id, self.mark()),
            lambda: do(linking.describe_entity, self.one(entities).id, description=self.mark()),  # type: ignore[arg-type]
            lambda: do(uniting.delete_entity, self.one(entities).id),
            self.take_back,
        )
        with suppress(EditRefused):
            self.chance.choice(gestures)()


def a_session(folder: Path, seed: int) -> tuple[Workspace, int]:
    """A project in which much was written and deleted, an import among it; and how many marks were given."""
    folder.mkdir(parents=True)
    workspace = new_project(folder / "work.annot", CLARA, "Bridges")
    texts = [f"Ana Ruiz of The Post saw a bridge in Kabul, text {n} xq9note{9_000 + n}z." for n in range(4)]
    workspace.bring_in([NewArticle(text, f"Title xq9note{9_100 + n}z") for n, text in enumerate(texts[:3])], "")
    workspace.bring_in([NewArticle(texts[3], "taken back xq9note9103z")], "")
    workspace.undo()
    hand = Deleter(workspace, seed)
    for _ in range(60):
        hand.gesture()
    return workspace, hand.count


def marks_in(data: bytes) -> set[bytes]:
    """The marks that bytes hold."""
    return set(_MARK.findall(data))


def seen_in(corpus: SnapshotCorpus, articles: tuple[ArticleId, ...], only: AnnotatorId | None = None) -> set[bytes]:
    """The marks that somebody who opens a part sees: its articles with their records, entities, and the schema."""
    seen = [repr(one) for one in (*corpus.entities(), corpus.project, *corpus.annotators())]
    for id_ in articles:
        whole = corpus.annotated(id_)
        records = (*whole.mentions, *whole.claims, *whole.comments, *whole.zones, *whole.decisions, *whole.assignments)
        shown = [one for one in records if only is None or getattr(one, "author", only) == only]
        seen += [repr(whole.article), whole.text, *map(repr, shown)]
    return marks_in(" ".join(seen).encode())


@pytest.mark.timeout(times(120, 3_000))
def test_a_handed_out_file_holds_nothing_else(tmp_path: Path, reached: Reached) -> None:
    deleted = 0
    for seed in range(SESSIONS):
        workspace, given = a_session(tmp_path / f"{PLACE} {seed}", seed)
        articles = workspace.records.queue(QueueFilter(), CLARA.id)
        chosen = articles[: 1 + seed % 2]
        anna = assigning.new_person(workspace.author, "Anna")
        workspace.do(assigning.assign, (anna,), {anna.id: chosen})
        for how, only in (("blind", anna.id), ("open", None)):
            snapshot, out = exporting.take_snapshot(workspace), tmp_path / f"{PLACE} {how} {seed}"
            corpus = SnapshotCorpus(snapshot.path)
            seen = seen_in(corpus, chosen, only)
            corpus.close()
            steps = teamwork.hand_out(workspace, snapshot, out, (anna,), {anna.id: chosen}, is_blind=only is not None)
            ((_, _, path),) = list(steps)
            data = path.read_bytes()
            assert marks_in(data) <= seen, (how, sorted(marks_in(data) - seen))
            for words in (USER, HOST, PLACE, str(tmp_path)):
                assert words.encode() not in data, (how, words)
            assert only is not None or seen <= marks_in(data), "and all that is seen is there"
            deleted += given - len(marks_in(data))
            open_project(path, Person(anna.id, "Anna")).close()
        workspace.close()
    assert deleted > 5 * SESSIONS, "the sessions deleted a lot"
    reached(15, f"hand-outs, blind and open: 0 deleted words, paths, account or host names after {SESSIONS} sessions")


def test_a_saved_copy_is_the_whole_project_with_what_was_deleted(tmp_path: Path) -> None:
    """What is said of it is true: whoever shares it shares its history."""
    workspace, _ = a_session(tmp_path / PLACE, 1)
    articles = workspace.records.queue(QueueFilter(), CLARA.id)
    workspace.do(commenting.comment, articles[0], "xq9note7777z")
    (comment,) = (one for one in workspace.records.comments_in(articles[0]) if one.text == "xq9note7777z")
    workspace.do(commenting.delete_comment, comment.id)
    workspace.records.save_copy(tmp_path / "copy.annot")
    workspace.close()
    data = (tmp_path / "copy.annot").read_bytes()
    assert b"xq9note7777z" in data
    for words in (USER, HOST, PLACE):
        assert words.encode() not in data
    manual = (Path(__file__).parents[2] / "resources/manual/manual.md").read_text(encoding="utf-8")
    assert "what was deleted" in manual[manual.index("*Save a copy as* writes") :][:700]


def unpacked(path: Path) -> bytes:
    """All bytes of a file or folder, those in archives and compressed streams too."""
    if path.is_dir():
        return b"".join(one.name.encode() + unpacked(one) for one in sorted(path.rglob("*")) if one.is_file())
    if path.suffix == ".parquet":
        from pyarrow import parquet

        # Not its bytes: of words that begin alike a packed page has one and the ends of the others, which seem a word.
        return repr(parquet.read_table(path).to_pylist()).encode() + repr(parquet.read_metadata(path)).encode()
    data = path.read_bytes()
    found = [data]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            found += [info.filename.encode() + archive.read(info) for info in archive.infolist()]
    for match in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data):
        with suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(data[match.start() :], 50_000_000))
    return b"".join(found)


@pytest.mark.timeout(times(120, 3_000))
@pytest.mark.parametrize("writer", WRITERS, ids=lambda writer: writer.key)
def test_an_export_holds_nothing_that_was_deleted(
    tmp_path: Path, writer: Any, ended: list[Ended], reached: Reached, qapp: object
) -> None:
    del qapp  # pages of PDF are laid out by Qt
    for number, one in enumerate(ended):
        target = tmp_path / f"out {number}{writer.suffix}"
        corpus = SnapshotCorpus(one.copy)
        written(writer, corpus, target)
        corpus.close()
        data = unpacked(target)
        assert marks_in(data) <= one.seen, sorted(marks_in(data) - one.seen)
        for words in (USER, HOST, PLACE, str(one.copy.parent)):
            assert words.encode() not in data, words
    reached(15, f"exports as {writer.key}: 0 deleted words, paths, user or host names after {len(ended)} sessions")


BEGINNINGS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
RUNNING = st.builds(
    lambda sign, rest: sign + rest,
    st.sampled_from(
        [*BEGINNINGS, "=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example")', "@SUM(1+1)*cmd|' /C calc'!A0"]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)


def dangerous(words: list[str]) -> MemoryCorpus:
    """A corpus in which whatever takes free words holds some that a spreadsheet might run."""
    whole = rich_corpus()
    pick = random.Random(repr(words)).choice
    one = whole.annotated[0]
    return replace(
        whole,
        people=tuple(replace(person, name=pick(words)) for person in whole.people),
        things=tuple(replace(one, name=f"{pick(words)}x", description=pick(words)) for one in whole.things),
        arrows=tuple(replace(link, note=pick(words)) for link in whole.arrows),
        annotated=(
            replace(
                one,
                article=replace(
                    one.article, title=pick(words), publisher=pick(words), byline=pick(words), url=pick(words)
                ),
                mentions=tuple(replace(mention, note=pick(words)) for mention in one.mentions),
                claims=tuple(replace(claim, note=pick(words), wording=pick(words)) for claim in one.claims),
            ),
            *whole.annotated[1:],
        ),
    )


@settings(max_examples=times(15, 300), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(RUNNING, min_size=4, max_size=8))
def test_no_cell_of_a_table_would_be_run(tmp_path: Path, words: list[str]) -> None:
    import openpyxl

    corpus, folder = dangerous(words), tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    written(CsvWriter(), corpus, folder / "csv")
    came_back = set()
    for file in (folder / "csv").glob("*.csv"):
        for row in csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.startswith(tuple(BEGINNINGS)) or re.fullmatch(r"-?\d+(\.\d+)?", cell), cell
                came_back.add(unguarded(cell))
    assert corpus.annotated[0].article.title in came_back, "and what was written is there"
    written(ExcelWriter(), corpus, folder / "out.xlsx")
    for sheet in openpyxl.load_workbook(folder / "out.xlsx"):
        for cells in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_what_of_cells_was_reached(reached: Reached) -> None:
    reached(15, f"0 cells that a spreadsheet would run in {times(15, 300)} generated CSV folders and workbooks")
