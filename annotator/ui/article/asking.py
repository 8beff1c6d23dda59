"""The finder at work: which entity a mention names, which one another is merged into, which claim holds another."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt

from annotator.domain.claims import QUOTE_MARKS, Claim
from annotator.domain.entities import Entity
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.mentions import Mention
from annotator.editing import claiming, linking, uniting
from annotator.editing.identifying import guessed_kind, proposals
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.finder import Finder, Offer
from annotator.ui.widgets.plain import ask as ask_first

_MOST = 50
_NEW = "new "
"""What the key of an offer begins with that makes an entity."""


class Asking:
    """Opens the finder beside the words and does what was taken."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        self._desk, self._view = desk, view

    def entity_of(self, mention: Mention, then: Callable[[], None] = lambda: None, names: tuple[str, ...] = ()) -> None:
        """Which entity does this mention name? then is called when that was answered or left open.

        names are those that the words may be short for; who is not known yet by one of them can be made by it.
        """
        label = self._desk.schema.label(mention.label)

        def search(words: str) -> list[Offer]:
            records = self._desk.workspace.records
            if words.strip():
                found = records.find_entities(words, label.kinds, _MOST)
                return self._offers(entity for entity in found if entity.id != mention.entity)
            by_name = {name: proposals(records, name, label).same for name in names}
            known = [entity for same in by_name.values() for entity in same]
            known += proposals(records, mention.quote, label).ranked
            offers = self._offers(dict.fromkeys(entity for entity in known if entity.id != mention.entity))
            return [*(Offer(_NEW + name, name, "", "new") for name in names if not by_name[name]), *offers]

        def take(key: str) -> None:
            if key.startswith(_NEW):
                make(key.removeprefix(_NEW))
            elif self._desk.do(linking.link, mention.id, EntityId(key)) is not None:
                self._desk.focus.choose_mention(mention.id, EntityId(key))

        def make(name: str) -> None:
            kind = guessed_kind(mention.quote, label)
            if self._desk.do(linking.link_to_new, mention.id, kind, name) is not None:
                linked = self._desk.contents.mention(mention.id)
                self._desk.focus.choose_mention(mention.id, linked.entity if linked else None)

        finder = make_finder(self._view)
        finder.taken.connect(take)
        finder.new_wanted.connect(make)
        # After the answer was taken, which comes after the window has closed.
        finder.destroyed.connect(then)
        finder.ask(
            f"Who or what is “{short(mention.quote)}”?", mention.quote, search, self._view.point_below(mention.hull)
        )

    def merge(self, entity: EntityId) -> None:
        """Into which other entity is this one merged?"""
        source = self._desk.workspace.records.entity(entity)
        kinds = tuple(kind.key for kind in self._desk.schema.kinds)

        def search(words: str) -> list[Offer]:
            found = self._desk.workspace.records.find_entities(words or source.name, kinds, _MOST)
            return self._offers(other for other in found if other.id != entity)

        def take(key: str) -> None:
            if self._desk.do(uniting.merge, EntityId(key), entity) is not None:
                self._desk.focus.choose_entity(EntityId(key))

        finder = make_finder(self._view)
        finder.taken.connect(take)
        title = f"Merge “{short(source.name)}” into which entity?"
        finder.ask(title, "", search, self.corner(), can_make=False)

    def delete(self, entity: EntityId) -> None:
        """Deletes an entity; asks first when mentions would lose theirs."""
        records = self._desk.workspace.records
        name, count = records.entity(entity).name, records.mention_counts([entity]).get(entity, 0)
        mentions = f"{count} mention" + ("s" if count != 1 else "")
        text = f"“{name}” has {mentions}. They stay in the text, without an entity. Undo brings all back."
        if not count or ask_first(self._view, "Delete entity", text, "Delete"):
            self._desk.do(uniting.delete_entity, entity)

    def about(self, claim: Claim, say: Callable[[EntityId], None]) -> None:
        """What is this claim about?"""
        self.entity(f"What is “{short(claim.quote)}” about?", claim, say, but=claim.about)

    def entity(
        self,
        title: str,
        claim: Claim,
        take: Callable[[EntityId], None],
        *,
        kinds: tuple[str, ...] = (),
        but: tuple[EntityId, ...] = (),
    ) -> None:
        """Asks for an entity beside a claim: those of the article first, any of the project by typing."""
        allowed = kinds or tuple(kind.key for kind in self._desk.schema.kinds)

        def search(words: str) -> list[Offer]:
            records = self._desk.workspace.records
            if words.strip():
                found = records.find_entities(words, allowed, _MOST)
            else:
                found = tuple(e for e in records.entities_in(claim.article) if e.kind in allowed)
            return self._offers(entity for entity in found if entity.id not in but)

        finder = make_finder(self._view)
        finder.taken.connect(lambda key: take(EntityId(key)))
        finder.ask(title, "", search, self._view.point_below(claim.hull), can_make=False)

    def entity_anywhere(self, title: str, but: EntityId, take: Callable[[EntityId], None]) -> None:
        """Asks for any other entity of the project."""
        kinds = tuple(kind.key for kind in self._desk.schema.kinds)

        def search(words: str) -> list[Offer]:
            records, article = self._desk.workspace.records, self._desk.focus.article
            if words.strip() or article is None:
                found = records.find_entities(words, kinds, _MOST)
            else:
                found = records.entities_in(article)
            return self._offers(entity for entity in found if entity.id != but)

        finder = make_finder(self._view)
        finder.taken.connect(lambda key: take(EntityId(key)))
        finder.ask(title, "", search, self.corner(), can_make=False)

    def choice(self, title: str, offers: list[Offer], take: Callable[[str], None], place: QPoint | None = None) -> None:
        """Asks for one of a few, each with its digit."""
        finder = make_finder(self._view)
        finder.taken.connect(take)
        finder.ask(
            title,
            "",
            lambda words: [offer for offer in offers if words.casefold() in offer.name.casefold()],
            place or self.corner(),
            can_make=False,
            has_digits=True,
        )

    def corner(self) -> QPoint:
        """Where a question stands that belongs to no words."""
        return self._view.mapToGlobal(self._view.rect().topRight()) - QPoint(400, -60)

    def other_claim(self, title: str, claim: Claim, take: Callable[[ClaimId], None]) -> None:
        """Asks for another claim: those of the article, or by typing any of the project."""

        def search(words: str) -> list[Offer]:
            records = self._desk.workspace.records
            here = {other.id: f"{number}" for number, other in enumerate(self._desk.contents.claims(), start=1)}
            found = _fitting(self._desk.contents.claims(), words)
            if words.strip():
                found += [other for other in records.find_claims(words, _MOST) if other not in found]
            return [
                Offer(
                    other.id,
                    " and ".join(source.quote for source in other.sources) or "no source",
                    short(other.wording or other.quote, 80),
                    here.get(other.id) or short(records.article(other.article).title, 24),
                )
                for other in found
                if other.id != claim.id
            ]

        finder = make_finder(self._view)
        finder.taken.connect(lambda key: take(ClaimId(key)))
        finder.ask(title, "", search, self._view.point_below(claim.hull), can_make=False)

    def claim_around(self, claim: Claim) -> None:
        """Inside which claim is this one quoted?"""
        hers = (other for other in self._desk.contents.claims() if other.author == claim.author)
        claims = {other.id: other for other in hers if other.id != claim.id}
        numbers = {other.id: number for number, other in enumerate(self._desk.contents.claims(), start=1)}

        def search(words: str) -> list[Offer]:
            offers = [Offer("", "Inside no other claim")] if claim.within else []
            for other in _fitting(claims.values(), words):
                sources = " and ".join(source.quote for source in other.sources) or "no source"
                offers.append(Offer(other.id, sources, short(other.quote, 80), f"{numbers[other.id]}"))
            return offers

        def take(key: str) -> None:
            self._desk.do(claiming.set_within, claim.id, ClaimId(key) if key else None)

        finder = make_finder(self._view)
        finder.taken.connect(take)
        title = f"In whose words is “{short(claim.quote)}” quoted?"
        finder.ask(title, "", search, self._view.point_below(claim.hull), can_make=False)

    def _offers(self, entities: Iterable[Entity]) -> list[Offer]:
        found = tuple(entities)
        counts = self._desk.workspace.records.mention_counts([entity.id for entity in found])
        return [
            Offer(
                entity.id,
                entity.name,
                ", ".join(alias.text for alias in entity.aliases) or entity.description,
                f"{entity.kind}, {counts.get(entity.id, 0)}",
            )
            for entity in found
        ]


def _fitting(claims: Iterable[Claim], words: str) -> list[Claim]:
    """The claims with all words in what is said or in the words for who says it; those that begin so first.

    Then the shortest: of a claim and one that is quoted in it, the inner one has little beside the words.
    """
    wanted = words.casefold().split()
    found = []
    for place, claim in enumerate(claims):
        parts = [part.casefold() for part in (claim.wording, claim.quote, *(source.quote for source in claim.sources))]
        if all(word in " ".join(parts) for word in wanted):
            begins = any(part.lstrip("".join(QUOTE_MARKS)).startswith(" ".join(wanted)) for part in parts)
            found.append(((not begins, len(claim.quote)) if wanted else (False, 0), place, claim))
    return [claim for _, _, claim in sorted(found, key=lambda one: one[:2])]


def make_finder(view: ArticleView) -> Finder:
    """A finder for one question; it goes when it was answered."""
    finder = Finder(view)
    finder.setObjectName("finder")
    finder.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return finder
