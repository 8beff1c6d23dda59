"""Texts and projects to measure on. Nothing random: every run measures the same."""

import re
from itertools import count
from pathlib import Path

from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing.importing import NewArticle
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace
from annotator.ui.application import Application, make_qt_application
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000001"), "Benchmark")
_WORDS = (
    "the valley was quiet when governor spoke to reporters about fighters who had taken district after a long "
    "battle at bridge and people from town said that dozens were hurt while others fled over pass before dawn"
).split()


def text_of(length: int) -> str:
    """A text of about this many characters in paragraphs of some 400, every 9th word a new name."""
    parts: list[str] = []
    size = 0
    for number in count():
        word = f"Name{number}" if number % 9 == 0 else _WORDS[number % len(_WORDS)]
        parts.append(word + (".\n\n" if number % 70 == 69 else " "))
        size += len(parts[-1])
        if size >= length:
            return "".join(parts)[:length].rstrip()
    raise AssertionError


def project_with(folder: Path, text: str, mentions: int, *, before: str = "") -> Workspace:
    """A project with one article that holds this many mentions, spread evenly, of a tenth as many entities.

    With before there is another article before it, without mentions.
    """
    workspace = new_project(folder / "benchmark.annot", WHO)
    texts = [before, text] if before else [text]
    workspace.bring_in([NewArticle(words, "Benchmark", encoding="utf-8") for words in texts], "")
    article = workspace.records.queue(QueueFilter(), workspace.author.annotator)[-1]
    words = [Span(*match.span()) for match in re.finditer(r"[a-z]+", text)]
    chosen = [words[number * len(words) // mentions] for number in range(mentions)]
    entities = [_entity(workspace, f"Actor {number}") for number in range(mentions // 10)]
    changes = [Change(None, entity) for entity in entities]
    changes += [
        Change(None, _mention(workspace, article, text, span, entities[number % len(entities)].id))
        for number, span in enumerate(chosen)
    ]
    if changes:
        workspace.records.apply(Edit(EditKind.TAG, tuple(changes), ("benchmark", "Actor")), workspace.author)
    return workspace


def _entity(workspace: Workspace, name: str) -> Entity:
    now = workspace.author.now()
    return Entity(EntityId(workspace.author.new_id()), "person", name, workspace.author.annotator, now, now)


def _mention(workspace: Workspace, article: ArticleId, text: str, span: Span, entity: EntityId) -> Mention:
    now, who = workspace.author.now(), workspace.author.annotator
    id_ = MentionId(workspace.author.new_id())
    return Mention(id_, article, "actor", (span,), span.cut(text), who, now, now, entity=entity)


def window_on(workspace: Workspace, folder: Path) -> MainWindow:
    """The program's window on a project, as large as on a usual screen."""
    application = make_qt_application()
    settings = Settings(folder / "settings.ini")
    settings.looks_ahead = False
    window = Application(settings).show_workspace(workspace)
    window.resize(1440, 900)
    application.processEvents()
    window.view.setFocus()
    application.processEvents()
    return window
