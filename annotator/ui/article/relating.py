"""Links from the keyboard: which label, then to which other claim or entity."""

from collections.abc import Callable

from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.ids import ClaimId, EntityId, LinkId
from annotator.domain.links import Between
from annotator.editing import connecting
from annotator.ui.article.asking import Asking
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.finder import Offer


class Relating:
    """Asks for the label of a link, then for its other end."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk, self._asking = desk, asking

    def link_claim(self) -> None:
        """Links the chosen claim to another one."""
        claim = self._desk.contents.claim(self._desk.focus.claim)
        if claim is None:
            name = self._desk.keys.name("next claim")
            self._desk.notices.refused.emit(f"Choose a claim first: {name} goes to the next one.")
            return
        self._ask_label(f"“{short(claim.quote)}” …", Between.CLAIMS, lambda label: self._ask_claim(claim, label))

    def _ask_claim(self, claim: Claim, label: str) -> None:
        def take(other: ClaimId) -> None:
            self._desk.do(connecting.connect, label, Between.CLAIMS, claim.id, other)

        self._asking.other_claim(f"“{short(claim.quote)}” {label} which claim?", claim, take)

    def link_entity(self, entity: EntityId) -> None:
        """Links an entity to another one."""
        known = self._desk.workspace.records.entity(entity)
        self._ask_label(f"{known.name} …", Between.ENTITIES, lambda label: self._ask_entity(known, label))

    def _ask_entity(self, entity: Entity, label: str) -> None:
        def take(other: EntityId) -> None:
            self._desk.do(connecting.connect, label, Between.ENTITIES, entity.id, other)

        self._asking.entity_anywhere(f"{entity.name} {label} whom?", entity.id, take)

    def unlink(self, link: LinkId) -> None:
        """Takes a link away."""
        self._desk.do(connecting.disconnect, link)

    def _ask_label(self, title: str, between: Between, take: Callable[[str], None]) -> None:
        labels = [label for label in self._desk.schema.links if label.between == between]
        if not labels:
            self._desk.notices.refused.emit("The project's schema has no such links.")
            return
        offers = [Offer(label.key, label.name, label.help) for label in labels]
        self._asking.choice(title, offers, take)
