"""From keys to what the chosen claim tells of: to whom, in which medium, who did it, where, when, how many."""

from collections.abc import Callable
from dataclasses import replace

from annotator.domain.claims import Claim
from annotator.domain.events import Quantity, When
from annotator.domain.ids import EntityId
from annotator.domain.intervals import DateChoice, Reading
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, quoted
from annotator.editing import recounting
from annotator.ui.article.asking import Asking, make_finder
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.widgets.finder import Offer

ROLES = {"actors": "who did it", "recipients": "to whom it was done"}


class Recounting:
    """Each takes the selected words or the chosen mention; where neither will do it asks."""

    def __init__(self, desk: Desk, view: ArticleView, asking: Asking) -> None:
        self._desk, self._view, self._asking = desk, view, asking

    def set_addressee(self) -> None:
        """To whom it is said."""
        claim, spans = self._claim_and_words("to whom it is said")
        if claim and spans and self._desk.do(recounting.set_addressee, claim.id, spans) is not None:
            self._back_to(claim, spans)

    def set_medium_words(self) -> None:
        """The words that tell the medium."""
        claim, spans = self._claim_and_words("the words that tell the medium, such as “in a tweet”")
        if claim and spans and self._desk.do(recounting.set_medium_words, claim.id, spans) is not None:
            self._back_to(claim, spans)

    def add_party(self, role: str) -> None:
        """Who did it (actors) or to whom (recipients): the chosen mention's entity, or one that is asked for."""
        claim, mention = self._claim(), self._mention()
        if claim is None:
            return
        if mention is not None and mention.entity:
            self.take_party(role, mention.entity)
        else:
            self._asking.entity(f"{ROLES[role].capitalize()}?", claim, lambda entity: self.take_party(role, entity))

    def take_party(self, role: str, entity: EntityId) -> None:
        """Adds an entity to those who did it or to whom it was done."""
        claim = self._claim()
        if claim is not None and self._desk.do(recounting.add_party, claim.id, role, entity) is not None:
            self._desk.focus.choose_claim(claim.id)

    def set_place(self) -> None:
        """Where it is said to have happened: the chosen mention's place, or one that is asked for."""
        claim, mention = self._claim(), self._mention()
        if claim is None:
            return
        if mention is not None and mention.entity and self._is_place(mention.entity):
            self.take_place(mention.entity)
        else:
            self._asking.entity("Where did it happen?", claim, self.take_place, kinds=("place",))

    def take_place(self, entity: EntityId | None) -> None:
        """Says where it happened; None takes it away."""
        claim = self._claim()
        if claim is not None and self._desk.do(recounting.describe_event, claim.id, place=entity) is not None:
            self._desk.focus.choose_claim(claim.id)

    def _is_place(self, entity: EntityId) -> bool:
        known = self._desk.contents.entity(entity)
        return known is not None and known.kind == "place"

    def set_event_date(self) -> None:
        """When it is said to have happened, read with the article's date."""
        self._set_date(recounting.set_event_date, "when it happened")

    def set_said_on(self) -> None:
        """On which day it was said."""
        self._set_date(recounting.set_said_on, "when it was said")

    def _set_date(self, gesture: Callable[..., object], what: str) -> None:
        claim, spans = self._claim_and_words(f"the words that tell {what}, such as “on Friday”")
        article = self._desk.contents.article
        if claim is None or spans is None or article is None:
            return
        from annotator.services.reading import read_date

        words = quoted(self._view.text, spans)
        reading = read_date(words, article)
        when = When(words, reading.earliest, reading.latest, spans)

        def save(days: DateChoice | None) -> None:
            known = replace(when, earliest=days.interval.earliest, latest=days.interval.latest) if days else when
            if self._desk.do(gesture, claim.id, known) is not None:  # type: ignore[arg-type]
                self._back_to(claim, spans)
                if reading.problem and not reading.choices:
                    self._desk.notices.said.emit(reading.problem)

        if reading.choices:
            self._ask_days(words, reading, spans[0], save)
        else:
            save(None)

    def _ask_days(self, words: str, reading: Reading, place: Span, take: Callable[[DateChoice | None], None]) -> None:
        offers = [
            Offer(str(number), choice.interval.words(), choice.why) for number, choice in enumerate(reading.choices)
        ]
        offers.append(Offer("", "Leave it open", "The words are kept, the days stay empty"))

        def search(typed: str) -> list[Offer]:
            return [offer for offer in offers if typed.casefold() in f"{offer.name} {offer.below}".casefold()]

        finder = make_finder(self._view)
        finder.taken.connect(lambda key: take(reading.choices[int(key)] if key else None))
        finder.ask(f"Which days are “{words}”?", "", search, self._view.point_below(place), can_make=False)

    def add_quantity(self) -> None:
        """A number of the claim: read from the words, asked for what it counts where they do not say."""
        claim, spans = self._claim_and_words("the words that tell how many, such as “15 fighters”")
        block = self._desk.schema.event
        if claim is None or spans is None:
            return
        if block is None or not block.is_on or not block.quantities:
            self._desk.notices.refused.emit("The project's schema has no numbers in its event block.")
            return
        from annotator.services.reading import read_count

        count = read_count(self._view.text, spans, block.quantities)
        quantity = Quantity(
            what=count.what,
            words=quoted(self._view.text, spans),
            spans=spans,
            whom=self._entity_in(count.whom_span),
            low=count.low,
            best=count.best,
            high=count.high,
        )

        def save(what: str) -> None:
            if self._desk.do(recounting.add_quantity, claim.id, replace(quantity, what=what)) is not None:
                self._back_to(claim, spans)
                if count.problem:
                    self._desk.notices.said.emit(count.problem)

        if count.what:
            save(count.what)
        else:
            self._ask_what(quantity.words, block.quantities, spans[0], save)

    def _ask_what(self, words: str, names: tuple[str, ...], place: Span, take: Callable[[str], None]) -> None:
        finder = make_finder(self._view)
        finder.taken.connect(take)
        finder.ask(
            f"What does “{words}” count?",
            "",
            lambda typed: [Offer(name, name.capitalize()) for name in names if typed.casefold() in name],
            self._view.point_below(place),
            can_make=False,
            has_digits=True,
        )

    def _entity_in(self, span: Span | None) -> EntityId | None:
        """The entity of the largest mention inside some words."""
        if span is None:
            return None
        inside = [m for m in self._desk.contents.mentions() if m.entity and span.contains(m.hull)]
        largest = max(inside, key=lambda mention: len(mention.hull), default=None)
        return largest.entity if largest else None

    def _claim(self) -> Claim | None:
        claim = self._desk.contents.claim(self._desk.focus.claim)
        if claim is None:
            name = self._desk.keys.name("claim")
            self._desk.notices.refused.emit(f"Choose a claim first, or select what is said and press {name}.")
        return claim

    def _mention(self) -> Mention | None:
        """The chosen mention, or the one with an entity that stands on just the words selected or at the caret."""
        chosen = self._desk.contents.mention(self._desk.focus.mention)
        if self._view.selection() is None and chosen is not None:
            return chosen
        span = self._view.words()
        here = (m for m in self._desk.contents.mentions() if m.spans == (span,) and m.entity)
        return next(here, None)

    def _claim_and_words(self, what: str) -> tuple[Claim | None, tuple[Span, ...] | None]:
        """The chosen claim, and the words selected, of the chosen mention, or at the caret."""
        claim, mention = self._claim(), self._mention()
        if claim is None:
            return None, None
        if mention is not None:
            return claim, mention.spans
        span = self._view.words()
        if span is None:
            self._desk.notices.refused.emit(f"Select {what} first.")
            return claim, None
        return claim, (span,)

    def _back_to(self, claim: Claim, spans: tuple[Span, ...]) -> None:
        self._view.put_caret(spans[-1].end)
        self._desk.focus.choose_claim(claim.id)
