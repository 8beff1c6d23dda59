"""A session of the real window on a project full of strangers' words: python -m tests.promises.foreign_session FOLDER.

Writes what was seen as JSON on its standard output. Run under strace it shows that nothing was opened or asked for.
"""

import json
import socket
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QTabWidget,
    QWidget,
)
from shiboken6 import isValid

from annotator import paths
from annotator.domain.authors import Author
from annotator.domain.comments import Comment
from annotator.domain.edits import Edit, Record
from annotator.domain.entities import Alias, Basis, Entity, Place
from annotator.domain.ids import AnnotatorId, ArticleId, CommentId, LinkId, MentionId, ZoneId
from annotator.domain.links import Between, Link
from annotator.domain.queue import QueueFilter
from annotator.domain.records import Records
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from annotator.editing import describing, tagging
from annotator.editing.importing import NewArticle
from annotator.services.projects import Person, new_project, open_project
from annotator.ui.application import Application
from annotator.ui.dialogs.faults import Faults
from annotator.ui.dialogs.questions import ask_one_of, ask_words
from annotator.ui.dialogs.report import ReportDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.widgets.plain import ask, tell
from tests.building import made, make_annotator, make_author, make_claim, make_entity, make_mention, new_id
from tests.promises.foreign_words import FETCHING, HIDING, MARK, PAYLOADS
from tests.promises.looked_over import LookedOver, entries
from tests.promises.release import RELEASE, times

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000014"), FETCHING[0])
_NOT_PRESSED = {"close", "new", "open", *times(("agreement",), ())}
"""What leaves the session; and agreement of a hundred people takes a minute, so it is left to the release form."""
_PATIENCE = times(1.5, 20.0)
"""Seconds for background work of a single action; what takes longer is cancelled."""


def _text(number: int) -> str:
    words = PAYLOADS[number]
    return f"{words}\n\nAna Ruiz said that {words} was near Kabul {number}.\r\nThe Post denied “{words}” twice.\n"


def _schema() -> str:
    """The usual schema, in which everything that has a name has one of a stranger's."""
    data = json.loads(paths.resource("schemas/news_claims.json").read_text(encoding="utf-8"))
    data["name"], data["help"] = PAYLOADS[1], PAYLOADS[2]
    number = 0
    for section in ("mentions", "mention_attributes", "entity_kinds", "entity_attributes", "links", "zones"):
        for entry in data[section]:
            entry["name"], entry["help"] = PAYLOADS[number % len(PAYLOADS)], PAYLOADS[-1 - number % len(PAYLOADS)]
            entry["guidelines"] = PAYLOADS[(number + 7) % len(PAYLOADS)]
            number += 1
    for number, words in enumerate(PAYLOADS):
        colours = {"hotkey": "", "light": "#101010", "dark": "#F0F0F0", "links_to": "entity"}
        data["mentions"].append({"key": f"x{number}", "name": words, **colours})
        own = {"key": f"y{number}", "name": words, "type": "text", "help": words, "tier": "core"}
        for section in ("mention_attributes", "entity_attributes"):
            data[section].append(dict(own))
        data["claim"].setdefault("attributes", []).append(dict(own))
    data["lists"]["sectors"] += [words for words in PAYLOADS if words.strip()]
    return json.dumps(data, ensure_ascii=False)


def _making(*records: Record) -> Callable[..., Edit]:
    return lambda *_: made(*records)


def _noting(records: Records, by: Author, mention: MentionId, note: str) -> Edit:
    return describing.describe_mention(records, by, mention, note=note)


def _link(label: str, between: Between, origin: str, target: str, note: str) -> Link:
    now = make_author().now()
    return Link(LinkId(new_id()), label, between, origin, target, WHO.id, now, now, note=note)


def make_project(path: Path) -> int:
    """A project in which every field that takes words holds a payload; answers how many articles it has."""
    workspace = new_project(path, WHO, PAYLOADS[3], _schema())
    new = [
        NewArticle(_text(n), words, publisher=words, byline=words, url=f"http://{MARK}.example/{n}", language=words)
        for n, words in enumerate(PAYLOADS)
    ]
    workspace.bring_in(new, "")
    author, now = workspace.author, workspace.author.now()
    people = [make_author() for _ in PAYLOADS]
    workspace.do(_making(*(make_annotator(one, PAYLOADS[n]) for n, one in enumerate(people))))
    articles = workspace.records.queue(QueueFilter(), WHO.id)
    entities: list[Entity] = []
    for number, id_ in enumerate(articles):
        words, other = PAYLOADS[number], PAYLOADS[(number + 1) % len(PAYLOADS)]
        article, text = workspace.records.article(id_), workspace.records.text(id_)
        place = Place(lat=34.5 + number / 40, lon=69.2 + number / 30, basis=Basis.ESTIMATED)
        kinds: dict[str, Any] = {"place": place} if number % 2 else {}
        entity = make_entity(
            words, "place" if number % 2 else "person", author, aliases=(Alias(other),), description=other, role=other,
            country=other, attributes=(Value("y1", (other,)),), **kinds,
        )  # fmt: skip
        own = (Value("y0", (other,)), Value("unknown", (words,)))
        named = make_mention(article, text, "Ana Ruiz", author=author, entity=entity, note=words, attributes=own)
        raw = make_mention(article, text, words, author=people[number], label=f"x{number}", entity=entity)
        told = make_claim(
            article, text, f"{words} was near Kabul", by="Ana Ruiz", cue="said", author=author, entity=entity,
            wording=words, note=other, about=(entity.id,), attributes=own,
        )  # fmt: skip
        denied = make_claim(article, text, f"“{words}” twice", by="The Post", author=people[number], within=told.id)
        said = tuple(
            Comment(CommentId(new_id()), id_, words, one.annotator, now, now, about=about)
            for one, about in ((author, named.id), (people[number], ""))
        )
        zone = Zone(ZoneId(new_id()), id_, "caption", Span(0, len(words)), author.annotator, now, now)
        links = [_link("contradicts", Between.CLAIMS, told.id, denied.id, words)]
        links += [_link("member of", Between.ENTITIES, entities[-1].id, entity.id, words)] if entities else []
        entities.append(entity)
        records: tuple[Record, ...] = (entity, named, raw, told, denied, zone, *said, *links)
        workspace.do(_making(*records))
        workspace.do(_noting, named.id, f"{words} again")
    workspace.close()
    return len(articles)


class Session:
    """Somebody who does everything that the window offers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.over = folder, LookedOver()
        self.done: list[str] = []
        self.path = folder / "work.annot"
        make_project(self.path)
        settings = Settings(folder / "settings.ini")
        settings.looks_ahead = False
        self.application = Application(settings)
        self.window: MainWindow = self.application.show_workspace(open_project(self.path, WHO))
        self.window.resize(1600, 1000)
        self.controls = self.window.controls
        self.beside = QTimer(interval=5)
        self.beside.timeout.connect(self._answer)
        self.beside.start()

    def _answer(self) -> None:
        """Looks at a box that waits for an answer, and closes it."""
        modal = QApplication.activeModalWidget()
        if isinstance(modal, QMessageBox | QInputDialog):
            self.over.look(modal)
            modal.close()

    def rest(self, seconds: float = 0.0) -> None:
        """Lets the window do what it has begun, at most for some seconds of background work."""
        until = time.monotonic() + seconds
        QApplication.processEvents()
        while self.controls.desk.jobs.current is not None and time.monotonic() < until:
            QApplication.processEvents()
        if seconds and self.controls.desk.jobs.current is not None:
            self.controls.desk.jobs.current.cancel()
        QApplication.processEvents()

    def close_dialogs(self) -> None:
        """Goes through the lists of every dialog, then closes it."""
        for window in QApplication.topLevelWidgets():
            if isValid(window) and self._is_dialog(window):
                self._step_through(window)
                if isValid(window):
                    self.over.look(window)
                    window.close()
        self.rest()

    def _is_dialog(self, window: QWidget) -> bool:
        return window is not self.window and window.isVisible() and not window.inherits("QTipLabel")

    def _step_through(self, window: QWidget) -> None:
        for tabs in window.findChildren(QTabWidget):
            for number in range(tabs.count()):
                tabs.setCurrentIndex(number)
                self.rest(_PATIENCE)
                self.over.look(window)
        for view in window.findChildren(QAbstractItemView):
            for row in range(times(1, 3)):
                if not isValid(view) or not view.isVisible() or view.model() is None or row >= view.model().rowCount():
                    break
                view.setCurrentIndex(view.model().index(row, 0))
                self.rest()
                if isValid(window):
                    self.over.look(window)

    def every_article(self) -> None:
        """Shows each article, chooses a mention, a claim and an entity in it."""
        desk, page = self.controls.desk, self.window.view.parentWidget() or self.window
        for number, id_ in enumerate(desk.workspace.records.queue(QueueFilter(), WHO.id)):
            desk.focus.show_article(id_)
            QApplication.processEvents()
            panels = ("entities", "claims", "map", "comments", "inspector")
            self.controls.show_panel(panels[number % len(panels)])
            self.window.view.setFocus()  # a list that has the keyboard would choose for itself
            for mention in desk.workspace.records.mentions_in(ArticleId(id_)):
                self.controls.marking.choose(mention)
                self.controls.card.open_at(mention.hull.start)
                self.over.look(self.controls.inspector, page)
            for claim in desk.workspace.records.claims_in(ArticleId(id_)):
                self.controls.claims.choose(claim.id)
                self.over.look(self.controls.inspector, page)
            desk.focus.choose_entity(desk.contents.entities()[0].id)
            desk.notices.said.emit(PAYLOADS[number])
            self.over.look(self.controls.inspector, *self.window.findChildren(QDockWidget), self.window.statusBar())
            desk.notices.refused.emit(PAYLOADS[number])
            self.over.look(self.window.statusBar())

    def every_action(self) -> None:
        """Does everything in the menus, with a mention or a claim chosen."""
        desk = self.controls.desk
        names = [action.objectName() for action in entries(self.window)]
        claiming = {action.objectName() for action in entries(self.window) if action.data() in {"Claim", "Team"}}
        for number, name in enumerate(dict.fromkeys(names)):
            if name in _NOT_PRESSED or name.startswith("_q_") or (name.startswith("label x") and name != "label x1"):
                continue
            here = desk.workspace.records.queue(QueueFilter(), WHO.id)
            desk.focus.show_article(here[number % len(here)])
            mentions = desk.workspace.records.mentions_in(here[number % len(here)])
            claims = desk.workspace.records.claims_in(here[number % len(here)])
            for choose in ("mention", *(("claim",) if RELEASE or name in claiming else ())):
                if choose == "mention" and mentions:
                    self.controls.marking.choose(mentions[0])
                elif claims:
                    self.controls.claims.choose(claims[0].id)
                action = next((one for one in entries(self.window) if one.objectName() == name), None)
                if action is None or not action.isEnabled():
                    continue
                self.done.append(name)
                action.trigger()
                self.rest(_PATIENCE)
                self.over.look(self.window.statusBar())
                self.close_dialogs()

    def boxes(self) -> None:
        """Messages, questions, reports and lists of faults with every payload; a few of those that the system has."""
        for number, words in enumerate(PAYLOADS):
            report = ReportDialog(words, words, [words], self.window)
            report.show()
            faults = Faults(words, _text(number), _problems(words), self.window)
            faults.show()
            self.over.look(report)
            self.over.look(faults)
            for dialog in (report, faults):
                dialog.close()
            tell(self.window, words, words, words)
            ask(self.window, words, words, words)
            ask_words(self.window, words, words, words)
            ask_one_of(self.window, words, words, [words, *PAYLOADS[:3]])

    def start(self) -> None:
        """The start window with projects whose names are payloads, and the import of files that have such names."""
        from annotator.ui.dialogs.import_ import ImportDialog
        from annotator.ui.dialogs.start import StartDialog

        files = []
        for number in range(60):
            file = self.folder / f"<img src=xq8file.png>{HIDING[number % 30]}{number}.txt"
            file.write_text(_text(number % len(PAYLOADS)), encoding="utf-8")
            files.append(file)
        settings = self.application.settings
        for file in files[:12]:
            settings.remember_project(file)
        start = StartDialog(settings)
        start.show()
        self.over.look(start)
        start.close()
        dialog = ImportDialog(files, self.window)
        dialog.show()
        until = time.monotonic() + 30
        while not dialog.preview.toPlainText() and time.monotonic() < until:
            QApplication.processEvents()
        self.over.look(dialog)
        self._step_through(dialog)
        dialog.close()
        mailed = self.folder / "<img src=xq8file.png>.annot"
        self.controls.desk.workspace.records.save_copy(mailed)
        theirs = open_project(mailed, Person(AnnotatorId(new_id()), PAYLOADS[9]))
        (first, *_) = theirs.records.queue(QueueFilter(), WHO.id)
        theirs.do(tagging.tag, first, (Span(0, 3),), "actor")
        theirs.close()
        from annotator.ui.teamwork import Teamwork

        Teamwork(self.controls.desk, self.window).bring_in(mailed)
        until = time.monotonic() + 30
        while not any(map(self._is_dialog, QApplication.topLevelWidgets())) and time.monotonic() < until:
            QApplication.processEvents()
        self.over.look()
        self.rest(30)
        self.over.look()
        self.close_dialogs()


def _problems(words: str) -> list[Any]:
    from annotator.domain.schema_checking import Problem

    return [Problem(1, words)]


def _answering(answer: object) -> Callable[..., object]:
    return lambda *_, **__: answer


def main(folder: Path) -> dict[str, Any]:
    """Runs the session; what it comes to."""
    calls: list[str] = []

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        is_pair = event == "socket.__new__" and arguments[1] == socket.AF_UNIX  # between this process and its workers
        if (event.startswith("socket.") and not is_pair) or event in {"urllib.Request", "webbrowser.open"}:
            calls.append(f"{event} {arguments}")
        elif event == "open" and (MARK in str(arguments[0]) or str(arguments[0]).endswith("xq8file.png")):
            calls.append(f"open {arguments[0]}")

    sys.addaudithook(hear)
    application = QApplication.instance() or QApplication([])
    for name, answer in (
        ("getSaveFileName", ("", "")),
        ("getOpenFileName", ("", "")),
        ("getOpenFileNames", ([], "")),
        ("getExistingDirectory", ""),
    ):
        setattr(QFileDialog, name, staticmethod(_answering(answer)))
    errors: list[str] = []
    session = Session(folder)
    sys.excepthook = lambda *error: errors.append("".join(traceback.format_exception(*error)))
    steps = (session.every_article, session.every_action, session.boxes, session.start)
    took: dict[str, float] = {}
    for step in steps:
        begun = time.monotonic()
        try:
            step()
        except Exception:  # what went wrong is told with all that was seen
            errors.append(traceback.format_exc())
        took[step.__name__] = round(time.monotonic() - begun, 1)
    session.beside.stop()
    for dialog in session.window.findChildren(QDialog):
        dialog.close()
    session.window.close()
    del application
    over = session.over
    return {
        "calls": calls,
        "errors": errors,
        "faults": sorted(over.faults),
        "seen": {place: len(numbers) for place, numbers in sorted(over.seen.items())},
        "tips": over.tips,
        "actions": session.done,
        "took": took,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
    sys.stdout.flush()
