"""The command palette: every action, label, article and entity by typing a few letters."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QKeySequence

from annotator.domain.assignments import State
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.names import fold
from annotator.domain.queue import QueueFilter
from annotator.ui.article.asking import make_finder
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.finder import Offer

_MOST_EACH = 12
_ARTICLES_FROM = 2
"""Letters typed before articles are searched too."""
_RECENT = 6


class Palette:
    """Opens the finder over the article. What was taken last comes first the next time."""

    def __init__(self, desk: Desk, view: ArticleView, actions: Callable[[], Iterable[QAction]]) -> None:
        self._desk, self._view, self._actions = desk, view, actions
        self._recent: list[str] = []

    def open(self) -> None:
        """Asks what to do or where to go."""
        finder = make_finder(self._view)
        finder.setFixedWidth(560)
        finder.taken.connect(self._take)
        place = self._view.mapToGlobal(QPoint((self._view.width() - finder.width()) // 2, 24))
        finder.ask("Do or go to", "", self._search, place, can_make=False)

    def _search(self, words: str) -> list[Offer]:
        wanted = fold(words)
        if not wanted:
            return self._usual()
        near, far = self._offered_actions(wanted, 0, 1), self._offered_actions(wanted, 2, 3)
        return [*near, *self._entities(words), *self._articles(wanted), *far]

    def _usual(self) -> list[Offer]:
        offers = {offer.key: offer for offer in self._offered_actions("", 0, 0)}
        recent = [offers[key] for key in self._recent if key in offers]
        return recent + [offer for offer in offers.values() if offer not in recent]

    def _offered_actions(self, wanted: str, best: int, worst: int) -> list[Offer]:
        """The actions that fit between so well and so badly."""
        found = []
        for action in self._actions():
            words = action.text().replace("&&", "&").removesuffix("…")
            rank = _rank(wanted, fold(words))
            if (
                rank is not None
                and best <= rank[0] <= worst
                and action.isEnabled()
                and action.objectName() != "palette"
            ):
                keys = QKeySequence.listToString(action.shortcuts(), QKeySequence.SequenceFormat.NativeText)
                group = action.data() or ""
                found.append((rank, Offer(f"action/{action.objectName()}", words, str(group), keys)))
        found.sort(key=lambda pair: pair[0])
        return [offer for _, offer in found[: None if not wanted else _MOST_EACH]]

    def _entities(self, words: str) -> list[Offer]:
        kinds = tuple(kind.key for kind in self._desk.schema.kinds)
        found = self._desk.workspace.records.find_entities(words, kinds, _MOST_EACH)
        return [
            Offer(
                f"entity/{entity.id}",
                entity.name,
                ", ".join(alias.text for alias in entity.aliases) or entity.description,
                entity.kind,
            )
            for entity in found
        ]

    def _articles(self, wanted: str) -> list[Offer]:
        if len(wanted) < _ARTICLES_FROM:
            return []
        records, annotator = self._desk.workspace.records, self._desk.workspace.author.annotator
        found = records.queue(QueueFilter(wanted), annotator, _MOST_EACH)
        return [
            Offer(
                f"article/{row.article.id}",
                short(row.article.title, 80),
                "  ".join(filter(None, (row.article.publisher, row.article.published))),
                "article" if row.state is State.TO_DO else f"article, {row.state}",
            )
            for row in records.queue_rows(found, annotator)
        ]

    def _take(self, key: str) -> None:
        kind, _, id_ = key.partition("/")
        if kind == "action":
            self._recent = [key, *(other for other in self._recent if other != key)][:_RECENT]
            action = next((action for action in self._actions() if action.objectName() == id_), None)
            if action is not None:
                action.trigger()
        elif kind == "entity":
            self._desk.focus.choose_entity(EntityId(id_))
        else:
            self._desk.focus.show_article(ArticleId(id_))


def _rank(wanted: str, words: str) -> tuple[int, int] | None:
    """How well the letters fit: at the beginning, at the beginning of words, anywhere in order; None when not."""
    if not wanted:
        return 0, 0
    if words.startswith(wanted):
        return 0, len(words)
    parts = wanted.split()
    if all(f" {part}" in f" {words}" for part in parts):
        return 1, len(words)
    if wanted in words:
        return 2, len(words)
    place = 0
    for letter in wanted.replace(" ", ""):
        place = words.find(letter, place) + 1
        if not place:
            return None
    return 3, len(words)
