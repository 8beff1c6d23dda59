"""Draws the items on the article in place of the usual marks: a lane for each person, and one for what is agreed."""

from collections.abc import Iterator

from annotator.domain.claims import Claim
from annotator.domain.comparison import Item
from annotator.domain.edits import Edit
from annotator.domain.matching import Compared, spans_of
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.ui.article import looks
from annotator.ui.article.lanes import CLAIM, LOUD, QUIET, ZONE
from annotator.ui.article.marks import Mark
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.review.items import Items
from annotator.ui.review.people import TICK, People
from annotator.ui.review.wording import KIND_WORDS
from annotator.ui.theme import blend

_MANY = 40
"""Items that are drawn one by one; of more everything is drawn again."""
_ITEM = "item:"
_OPEN, _SETTLED, _ALIKE = "review:open", "review:settled", "review:alike"


class Drawing:
    """Stands in for the page."""

    def __init__(self, desk: Desk, view: ArticleView, people: People, items: Items) -> None:
        self._desk, self._view, self._people, self._items = desk, view, people, items
        self._shown: Item | None = None
        items.changed.connect(self._draw_items)
        items.current_changed.connect(self.focus)

    def begin(self) -> None:
        """Another article is shown, or drawing begins: its records are read and drawn."""
        self._people.begin()
        self._items.begin()
        self.draw()

    def draw(self) -> None:
        """Draws all lanes and items."""
        board = self._view.board
        self.give_colours()
        board.show_lanes(self._lane_marks(), self._people.signs(), self._people.colours())
        board.show_mentions(map(self._item_mark, self._items.all))
        self.focus()

    def give_colours(self) -> None:
        """The colours of the items' signs, beside those of the labels."""
        tones, schema = self._desk.theme.tones, self._desk.schema
        # The colour of hits is made for grounds; small letters in it need more contrast.
        styles = {_OPEN: blend(tones.hit, tones.text, 0.7).name(), _SETTLED: tones.quiet, _ALIKE: tones.line}
        self._view.set_colours(looks.colours(schema, self._desk.theme) | styles, looks.shapes(schema))

    def take(self, edit: Edit) -> None:
        """Draws what an edit changed."""
        if any(self._people_differ(change.before) or self._people_differ(change.after) for change in edit.changes):
            self._people.begin()
        if self._items.take(edit):
            self.draw()
            return
        contents = self._desk.contents
        for change in edit.changes:
            record, after = change.record, change.after
            if not isinstance(record, Mention | Claim | Zone) or record.author != contents.consensus:
                continue
            if isinstance(after, Mention | Claim | Zone) and contents.article and after.article == contents.article.id:
                self._view.board.put_lane(self._lane_mark(after, len(self._people.compared), LOUD))
            else:
                self._view.board.remove_lane(record.id)

    def _people_differ(self, record: object) -> bool:
        """Whether a record counts in how much somebody marked."""
        return isinstance(record, Mention | Claim | Zone) and record.author != self._desk.contents.consensus

    def _lane_marks(self) -> Iterator[Mark]:
        for item in self._items.all:
            yield from self._marks_of(item)
        for record in self._desk.contents.records():
            if record.author == self._desk.contents.consensus:
                yield self._lane_mark(record, len(self._people.compared), LOUD)

    def _marks_of(self, item: Item) -> Iterator[Mark]:
        how = QUIET if item.is_agreed or item.is_settled else LOUD
        for version in item.versions:
            yield self._lane_mark(version, self._people.number_of(version.author) - 1, how)

    def _lane_mark(self, record: Compared, lane: int, how: str) -> Mark:
        kind = record.label if isinstance(record, Mention) else CLAIM if isinstance(record, Claim) else ZONE
        return Mark(record.id, spans_of(record), f"{kind}:{lane}:{how}", lane=lane)

    def _item_mark(self, item: Item) -> Mark:
        words: tuple[str, ...] = ()
        if item.is_settled:
            words = (TICK,)
        elif not item.is_agreed:
            kinds = [KIND_WORDS[kind] for kind in item.kinds]
            words = (", ".join(kinds), f"{kinds[0]} …" if len(kinds) > 1 else kinds[0], "≠")
        style = _SETTLED if item.is_settled else _ALIKE if item.is_agreed else _OPEN
        return Mark(_ITEM + item.key, spans_of(max(item.versions, key=lambda one: len(spans_of(one)[0]))), style, words)

    def _draw_items(self, items: list[Item]) -> None:
        if len(items) > _MANY:
            self.draw()
            return
        for item in items:
            self._view.board.put(self._item_mark(item))
            for mark in self._marks_of(item):
                self._view.board.put_lane(mark)

    def focus(self) -> None:
        """The current item is framed; of claims all parts that anybody marked."""
        item, board = self._items.item, self._view.board
        board.choose({_ITEM + item.key} if item else ())
        claims = [version for version in item.versions if isinstance(version, Claim)] if item else []
        parts = {(mark.style, mark.spans): mark for claim in claims for mark in looks.claim_marks(claim)}
        board.choose_claim(claims[0].id if claims else "", parts.values())

    def item_at(self, offset: int) -> str:
        """The key of the smallest item at a place, or of the next larger when that is current; empty without any."""
        here = [mark.id.removeprefix(_ITEM) for mark in self._view.board.at(offset)]
        if not here:
            return ""
        current = self._items.item
        at = here.index(current.key) + 1 if current is not None and current.key in here else 0
        return here[at % len(here)]
