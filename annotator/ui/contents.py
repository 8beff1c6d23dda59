"""What is recorded in the article that is shown: read once, then kept in step with every edit."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal

from annotator.domain.annotators import consensus_id
from annotator.domain.articles import Article
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, EntityId, MentionId, ZoneId
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.services.workspace import Workspace
from annotator.ui.whose import AGREED_ONES, EVERYBODYS, MINE

_Place = tuple[int, int, MentionId]


class Contents(QObject):
    """The shown article with its text, mentions and claims. Panels read here instead of asking the file again.

    shown is sent after another article was read; edited after an edit, when everything here is up to date;
    whose_changed when other people's marks are to be seen.
    """

    shown = Signal()
    edited = Signal(object)
    whose_changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._consensus = consensus_id(workspace.records.project().id)
        self.whose = MINE
        self._clear()

    def _clear(self) -> None:
        self.article: Article | None = None
        self.text = ""
        self._mentions: dict[MentionId, Mention] = {}
        self._order: list[_Place] = []
        self._by_entity: dict[EntityId, set[MentionId]] = {}
        self._claims: dict[ClaimId, Claim] = {}
        self._entities: dict[EntityId, Entity] = {}
        self._zones: dict[ZoneId, Zone] = {}
        self._counts: Counter[AnnotatorId] = Counter()

    def show(self, article: ArticleId | None) -> None:
        """Reads an article, or empties when there is none."""
        self._clear()
        if article is not None:
            records = self._workspace.records
            self.article = records.article(article)
            self.text = records.text(article)
            for mention in records.mentions_in(article):
                self._hold(mention)
            self._order = sorted(_place(mention) for mention in self._mentions.values())
            self._claims = {claim.id: claim for claim in records.claims_in(article)}
            self._zones = {zone.id: zone for zone in records.zones_in(article)}
            self._entities = {entity.id: entity for entity in records.entities_in(article)}
            self._counts = Counter(record.author for record in self.records())
        self.shown.emit()

    def take(self, edit: Edit) -> None:
        """Takes over what an edit changed here."""
        for change in edit.changes:
            self._count(change)
            match change.record:
                case Mention(id=id_):
                    self._take_mention(id_, change.after)
                case Claim(id=id_):
                    self._take_claim(id_, change.after)
                case Zone(id=id_):
                    self._zones.pop(id_, None)
                    if isinstance(change.after, Zone) and self._is_here(change.after.article):
                        self._zones[id_] = change.after
                case Entity(id=id_):
                    self._entities.pop(id_, None)
                    if isinstance(change.after, Entity):
                        self._entities[id_] = change.after
                case Article(id=id_) if self.article is not None and id_ == self.article.id:
                    self.article = change.after if isinstance(change.after, Article) else None
        self.edited.emit(edit)

    def _count(self, change: Change) -> None:
        for record, more in ((change.before, -1), (change.after, 1)):
            if isinstance(record, Mention | Claim | Zone) and self._is_here(record.article):
                self._counts[record.author] += more

    def _take_mention(self, mention: MentionId, after: object) -> None:
        before = self._mentions.pop(mention, None)
        if before is not None:
            del self._order[bisect_left(self._order, _place(before))]
            if before.entity:
                self._by_entity[before.entity].discard(mention)
        if isinstance(after, Mention) and self._is_here(after.article):
            self._hold(after)
            insort(self._order, _place(after))

    def _take_claim(self, claim: ClaimId, after: object) -> None:
        self._claims.pop(claim, None)
        if isinstance(after, Claim) and self._is_here(after.article):
            self._claims[claim] = after

    def _hold(self, mention: Mention) -> None:
        self._mentions[mention.id] = mention
        if mention.entity:
            self._by_entity.setdefault(mention.entity, set()).add(mention.id)

    def _is_here(self, article: ArticleId) -> bool:
        return self.article is not None and article == self.article.id

    # Whose

    def show_whose(self, whose: str) -> None:
        """Shows the marks of others; whose is a key of whose.WHOSE."""
        self.whose = whose
        self.whose_changed.emit()

    def is_shown(self, record: Mention | Claim | Zone) -> bool:
        """Whether the article shows a record: by whose it is."""
        return self.whose == EVERYBODYS or record.author == self._shown_author

    @property
    def _shown_author(self) -> AnnotatorId:
        return self._consensus if self.whose == AGREED_ONES else self._workspace.author.annotator

    @property
    def hidden(self) -> int:
        """How many records here are not shown, because they are somebody else's."""
        return 0 if self.whose == EVERYBODYS else self._counts.total() - self._counts[self._shown_author]

    @property
    def consensus(self) -> AnnotatorId:
        """Who signs what is agreed."""
        return self._consensus

    @property
    def agreed(self) -> int:
        """How many records of the agreed result there are here."""
        return self._counts[self._consensus]

    def counts(self) -> dict[AnnotatorId, int]:
        """Everybody who has marked something here, with how much; what is agreed is not counted."""
        return {who: count for who, count in self._counts.items() if count > 0 and who != self._consensus}

    def records(self) -> Iterator[Mention | Claim | Zone]:
        """Everything that anybody has marked here, in no order."""
        yield from self._mentions.values()
        yield from self._claims.values()
        yield from self._zones.values()

    def mention(self, mention: MentionId | None) -> Mention | None:
        """A mention of this article."""
        return self._mentions.get(mention) if mention else None

    def claim(self, claim: ClaimId | None) -> Claim | None:
        """A claim of this article."""
        return self._claims.get(claim) if claim else None

    def zone(self, zone: ZoneId | None) -> Zone | None:
        """A zone of this article."""
        return self._zones.get(zone) if zone else None

    def zones(self) -> list[Zone]:
        """The zones that are shown, in reading order; one person's never overlap."""
        return sorted(filter(self.is_shown, self._zones.values()), key=lambda zone: zone.span)

    def entity(self, entity: EntityId | None) -> Entity | None:
        """An entity that is named here."""
        if entity is None:
            return None
        known = self._entities.get(entity)
        if known is None:  # it was known to the project, and is named here from now on
            known = self._entities[entity] = self._workspace.records.entity(entity)
        return known

    def entities(self) -> tuple[Entity, ...]:
        """The entities that a mention or a claim here names."""
        return tuple(entity for id_, entity in self._entities.items() if self.names(id_))

    def mentions(self) -> list[Mention]:
        """All mentions in reading order, the longer of two that begin together first."""
        return [self._mentions[place[2]] for place in self._order]

    def mentions_of(self, entity: EntityId | None) -> list[Mention]:
        """The entity's mentions here, in reading order."""
        found = (self._mentions[mention] for mention in self._by_entity.get(entity, ())) if entity else ()
        return sorted(found, key=_place)

    def count_of(self, entity: EntityId) -> int:
        """How often the entity is mentioned here."""
        return len(self._by_entity.get(entity, ()))

    def names(self, entity: EntityId) -> bool:
        """Whether a mention or a claim here names the entity."""
        return self.count_of(entity) > 0 or any(entity in claim.entities for claim in self._claims.values())

    def claims(self) -> list[Claim]:
        """All claims in reading order; one that holds another comes first."""
        return sorted(self._claims.values(), key=lambda claim: (claim.hull.start, -claim.hull.end, claim.id))

    def shown_mentions(self) -> list[Mention]:
        """The mentions that the article shows, in reading order."""
        return list(filter(self.is_shown, self.mentions()))

    def shown_claims(self) -> list[Claim]:
        """The claims that the article shows, in reading order."""
        return list(filter(self.is_shown, self.claims()))

    def next_mention(self, offset: int, *, after: MentionId | None = None) -> Mention | None:
        """The shown mention after a chosen one, or the first that begins at or after offset."""
        chosen = self.mention(after)
        index = bisect_right(self._order, _place(chosen)) if chosen else bisect_left(self._order, (offset,))
        following = (self._mentions[self._order[place][2]] for place in range(index, len(self._order)))
        return next(filter(self.is_shown, following), None)

    def previous_mention(self, offset: int, *, before: MentionId | None = None) -> Mention | None:
        """The shown mention before a chosen one, or the last that begins before offset."""
        chosen = self.mention(before)
        index = bisect_left(self._order, _place(chosen) if chosen else (offset,)) - 1
        before_it = (self._mentions[self._order[place][2]] for place in range(index, -1, -1))
        return next(filter(self.is_shown, before_it), None)


def _place(mention: Mention) -> _Place:
    return mention.hull.start, -mention.hull.end, mention.id
