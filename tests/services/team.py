"""A project and its teammates' copies, and people who get in each other's way by chance."""

import itertools
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.domain.annotators import Annotator
from annotator.domain.comments import Mark
from annotator.domain.entities import AliasKind
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.queue import QueueFilter
from annotator.editing import commenting, deciding, describing, designing, labelling, linking, tagging, uniting, zoning
from annotator.editing.importing import NewArticle
from annotator.editing.schema_json import Section
from annotator.errors import EditRefused
from annotator.services import exporting, teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from tests.building import find, new_id
from tests.editing.by_chance import LABELS, NEW_LABEL, TABLES, TEXT, Hand

CLARA, ANNA, BEN = (Person(AnnotatorId(new_id()), name) for name in ("Clara", "Anna", "Ben"))


def content(path: Path) -> dict[str, Any]:
    """All rows that say something, read by another connection: not in what order things came in, nor local history."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        found: dict[str, Any] = {}
        for table in TABLES:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "seq"]
            quoted = ", ".join(f'"{column}"' for column in columns)
            found[table] = sorted(connection.execute(f"SELECT {quoted} FROM {table}"), key=repr)
        found["project"] = [(row[0], row[1], json.loads(row[2])) for row in connection.execute("SELECT * FROM project")]
        return found


def team(folder: Path) -> Workspace:
    """Clara's project with one article."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = new_project(folder / "clara.annot", CLARA, "Bridges")
    workspace.bring_in([NewArticle(TEXT, "Text"), NewArticle("Another bridge.", "Other")], "")
    return workspace


def articles(workspace: Workspace) -> tuple[ArticleId, ...]:
    """All articles, in order."""
    return workspace.records.queue(QueueFilter(), CLARA.id)


def copy_for(workspace: Workspace, person: Person, name: str = "") -> Workspace:
    """A whole copy of a project, opened by somebody."""
    path = workspace.records.path.with_name(f"{name or person.name}.annot")
    workspace.records.save_copy(path)
    return open_project(path, person)


def brought(workspace: Workspace, *others: Workspace) -> teamwork.Merging:
    """What the last of others brings."""
    for other in others:
        known = teamwork.bring_in(workspace, closed_copy(other))
    return known


def closed_copy(workspace: Workspace) -> Path:
    """A mailed copy of somebody's file."""
    path = workspace.records.path.with_name(f"mailed {next(_numbers)}.annot")
    workspace.records.save_copy(path)
    return path


_numbers = itertools.count()


def handed(
    workspace: Workspace, folder: Path, people: tuple[Annotator, ...], given: Any, *, is_blind: bool = True
) -> list[Path]:
    """The files that are handed out."""
    snapshot = exporting.take_snapshot(workspace)
    steps = teamwork.hand_out(workspace, snapshot, folder, people, given, is_blind=is_blind)
    return [path for _, _, path in steps]


class Teammate(Hand):
    """Does by chance what gets in others' way: works on what all share."""

    def meddle(self) -> None:
        records, pick, do = self.workspace.records, self.random.choice, self.workspace.do
        entities = records.all_entities(100, 0)
        zones, comments = records.zones_in(self.article), records.comments_in(self.article)
        gestures = (
            lambda: do(tagging.tag, self.article, (self.span(),), "actor"),
            lambda: do(tagging.tag, self.article, find(TEXT, pick(("Ana Ruiz", "Kabul", "Post"))), "actor"),
            lambda: do(linking.rename_entity, self.one_of(entities), pick(("New", "Newer", "Newest"))),
            lambda: do(linking.rename_entity, self.one_of(entities), pick(("New", "Newer", "Newest"))),
            lambda: do(linking.set_kind, self.one_of(entities), pick(("crowd", "person", "armed group"))),
            lambda: do(linking.add_alias, self.one_of(entities), pick("ABC"), AliasKind.NICKNAME),
            lambda: do(uniting.delete_entity, self.one_of(entities)),
            lambda: do(uniting.merge, self.one_of(entities), self.one_of(entities)),
            lambda: do(uniting.keep_apart, self.one_of(entities), self.one_of(entities)),
            lambda: do(lambda r, by: describing.describe_article(r, by, self.article, title=pick(("one", "two")))),
            lambda: do(lambda r, by: describing.describe_article(r, by, self.article, publisher=pick("pq"))),
            lambda: do(zoning.mark_zone, self.article, self.span(), pick(("caption", "credit"))),
            lambda: do(zoning.mark_body, self.article, self.record(zones).span),
            lambda: do(commenting.comment, self.article, "what?"),
            lambda: do(commenting.reply, self.one_of(comments), "so", pick(tuple(Mark))),
            lambda: do(labelling.describe_label, pick(LABELS), light=pick(("#112233", "#445566", "#221133"))),
            lambda: do(designing.add, Section.LABELS, NEW_LABEL, 0),
            lambda: do(designing.remove, Section.LABELS, "x", with_records=True),
            lambda: do(deciding.decide, self.article, deciding.Word(records.mentions_in(self.article)[:1])),
            lambda: do(deciding.settle_article, self.article),
        )
        pick(gestures)()


def work(workspace: Workspace, seed: int, steps: int) -> None:
    """Some gestures by chance, and now and then an undo."""
    hand = Teammate(workspace, seed)
    for _ in range(3 * steps):
        try:
            hand.meddle() if hand.random.random() < 0.8 else hand.gesture()
        except EditRefused:
            continue
        if hand.random.random() < 0.15:
            workspace.undo()
