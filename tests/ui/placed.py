"""A desk on a project of two articles whose places have coordinates: two in Afghanistan, one by hand, one elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import PLACE, Basis, Entity, Place, PlaceLevel
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing.importing import NewArticle
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace
from annotator.ui.desk import Desk, make_desk
from annotator.ui.jobs import Jobs
from annotator.ui.settings import Settings
from annotator.ui.theme import Theme

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000005"), "Ana")
TEXTS = (
    "Kabul Kabul Kabul Kabul Baghlan Baghlan Hesar Nowhere Ana",
    "Lima Lima Kabul",
)
PLACES = {
    "Kabul": Place(PlaceLevel.POPULATED_PLACE, 34.528, 69.172, Basis.GAZETTEER, "Kabul"),
    "Baghlan": Place(PlaceLevel.PROVINCE, 36.13, 68.7, Basis.CENTROID, "Baghlan"),
    "Hesar": Place(PlaceLevel.SITE, 35.6, 69.4, Basis.DRAWN, "Baghlan", "Pul-e Hisar"),
    "Lima": Place(PlaceLevel.POPULATED_PLACE, -12.05, -77.04, Basis.SEAT, "Lima"),
    "Nowhere": Place(),
}


class Placed:
    """The desk, its articles, and its entities by name."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.workspace = new_project(folder / "placed.annot", WHO)
        self.workspace.bring_in([NewArticle(text, text[:9]) for text in TEXTS], "")
        self.articles = self.workspace.records.queue(QueueFilter(), WHO.id)
        self.ids: dict[str, EntityId] = {}
        self._fill()
        self.jobs = Jobs()
        self.desk: Desk = make_desk(self.workspace, self.jobs, Settings(folder / "settings.ini"), Theme("light"))

    def _fill(self) -> None:
        records: list[Record] = []
        for name in (*PLACES, "Ana"):
            entity = entity_of(self.workspace, name, PLACE if name in PLACES else "person", PLACES.get(name, Place()))
            self.ids[name] = entity.id
            records.append(entity)
        for article, text in zip(self.articles, TEXTS, strict=True):
            start = 0
            for name in text.split():
                records.append(self.mention(article, name, start))
                start += len(name) + 1
        self.apply(*records)

    def mention(self, article: ArticleId, name: str, start: int) -> Mention:
        """A mention of an entity by its name."""
        author, now = self.workspace.author, self.workspace.author.now()
        label = "location" if name in PLACES else "actor"
        spans = (Span(start, start + len(name)),)
        id_ = MentionId(author.new_id())
        return Mention(id_, article, label, spans, name, WHO.id, now, now, entity=self.ids[name])

    def apply(self, *records: Record) -> None:
        """Makes records without telling anyone."""
        edit = Edit(EditKind.TAG, tuple(Change(None, record) for record in records), ("made", "here"))
        self.workspace.records.apply(edit, self.workspace.author)

    def close(self) -> None:
        """Ends what is under way and closes the file."""
        self.jobs.stop()
        self.desk.edits.stop()
        self.workspace.close()


def entity_of(workspace: Workspace, name: str, kind: str, place: Place = Place()) -> Entity:  # noqa: B008  # it is frozen
    """An entity, not saved yet."""
    author, now = workspace.author, workspace.author.now()
    return Entity(EntityId(author.new_id()), kind, name, author.annotator, now, now, place=place)


@contextmanager
def placed(folder: Path) -> Iterator[Placed]:
    """The desk, closed in any case."""
    made = Placed(folder)
    try:
        yield made
    finally:
        made.close()
