"""A project that several people annotated apart, in the window of somebody who reviews it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing import claiming, describing, tagging
from annotator.editing.importing import NewArticle
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import CLASHES, STRIKE

HARBOUR = (
    "Harbour opens again\n\n"
    "The strike at Port Vale is over, Mara Lind told The Courier on Friday. Ships may leave, officials said.\n"
)
ANNA = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000a"), "Anna Adler")
BEN = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ben Brandt")
RITA = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000c"), "Rita Reviewer")
NAMES = ("Anna", "Adler", "Ben", "Brandt")


class Coder:
    """Somebody who annotates by gestures, without a window."""

    def __init__(self, path: Path, who: Person, *, is_first: bool = False) -> None:
        self.work: Workspace = new_project(path, who) if is_first else open_project(path, who)
        self._articles = self.work.records.queue(QueueFilter(), who.id)

    def bring_in(self, *texts: str) -> None:
        """Imports articles."""
        self.work.bring_in([NewArticle(text, text.splitlines()[0], publisher="Post") for text in texts], "")
        self._articles = self.work.records.queue(QueueFilter(), self.work.author.annotator)

    def _find(self, number: int, words: str) -> tuple[ArticleId, Span]:
        article = self._articles[number]
        start = self.work.records.text(article).index(words)
        return article, Span(start, start + len(words))

    def tag(self, number: int, words: str, label: str = "actor") -> None:
        """Tags words of an article."""
        article, span = self._find(number, words)
        self.work.do(tagging.tag, article, (span,), label)

    def claim(self, number: int, words: str, source: str = "", cue: str = "", **fields: object) -> None:
        """Makes a claim with a source and a cue."""
        article, span = self._find(number, words)
        self.work.do(claiming.claim, article, (span,))
        made = self.work.records.claims_in(article)
        claim = max((one for one in made if one.author == self.work.author.annotator), key=lambda one: one.id)
        if source:
            self.work.do(claiming.add_source, claim.id, (self._find(number, source)[1],))
        if cue:
            self.work.do(claiming.set_cue, claim.id, (self._find(number, cue)[1],))
        if fields:
            self.work.do(lambda records, by: describing.describe_claim(records, by, claim.id, **fields))

    def retag(self, number: int, words: str, label: str) -> None:
        """Gives a mention of hers another label."""
        article, span = self._find(number, words)
        me = self.work.author.annotator
        here = (one for one in self.work.records.mentions_at(article, span) if one.author == me)
        self.work.do(tagging.retag, next(here).id, label)

    def close(self) -> None:
        """Done for today."""
        self.work.close()


def annotated_by_two(path: Path) -> None:
    """Three articles that Anna and Ben annotated apart, differing in most ways."""
    anna = Coder(path, ANNA, is_first=True)
    anna.bring_in(STRIKE, HARBOUR, CLASHES)
    anna.tag(0, "Mara Lind")
    anna.tag(0, "Harbour Union")
    anna.tag(0, "Port Vale", "location")
    anna.tag(0, "on Monday", "date")
    anna.claim(0, "Harbour Union members would strike", "Mara Lind", "said")
    anna.claim(0, "300 ships would wait off Port Vale", "officials", "feared")
    anna.tag(1, "Port Vale", "location")
    anna.tag(1, "Mara Lind")
    anna.claim(1, "The strike at Port Vale is over", "Mara Lind", "told")
    anna.tag(2, "Taliban")
    anna.tag(2, "Baghlan", "location")
    anna.claim(2, "15 Taliban fighters were killed near Baghlan", "Amrullah Saleh", "told")
    anna.close()
    ben = Coder(path, BEN)
    ben.tag(0, "Mara Lind")
    ben.tag(0, "Harbour Union members")
    ben.tag(0, "Port Vale", "other")
    ben.tag(0, "The Courier")
    ben.claim(0, "Harbour Union members would strike", "Mara Lind", "said", stance="denies")
    ben.tag(1, "Port Vale", "location")
    ben.tag(1, "Mara Lind")
    ben.claim(1, "The strike at Port Vale is over", "Mara Lind", "told")
    ben.tag(2, "Taliban fighters")
    ben.tag(2, "Baghlan", "location")
    ben.claim(2, "15 Taliban fighters were killed near Baghlan", "Amrullah Saleh", "told", certainty="possible")
    ben.close()


class InReview(AtWork):
    """The window of Rita, who annotated nothing."""

    def __init__(self, folder: Path, who: Person = RITA) -> None:
        from annotator.ui.application import Application
        from annotator.ui.settings import Settings

        self.path, self._who = folder / "work.annot", who
        settings = Settings(folder / "settings.ini")
        settings.looks_ahead = False
        self._application = Application(settings)
        self._show(self._application.show_workspace(open_project(self.path, who)))
        self.player = Player(self.window)

    def reopen(self) -> None:
        """Closes the window and opens the project again, as on another day."""
        self.window.close()
        self._show(self._application.show_workspace(open_project(self.path, self._who)))


@contextmanager
def in_review(folder: Path, who: Person = RITA) -> Iterator[InReview]:
    """Anna's and Ben's work in a window that is closed in any case."""
    folder.mkdir(exist_ok=True)
    annotated_by_two(folder / "work.annot")
    work = InReview(folder, who)
    try:
        yield work
    finally:
        work.close()
        QApplication.processEvents()
