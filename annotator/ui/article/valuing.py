"""Setting values by digits: which field of what is chosen, then which of its choices."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.schemas import Choice
from annotator.domain.spans import Span
from annotator.editing import describing, linking
from annotator.ui.article.asking import make_finder
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.repeating import Repeating
from annotator.ui.widgets.finder import Offer

_UNSURE = Choice("unsure", ("no", "yes"))


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with its choices, what it is now, and what sets it."""

    choice: Choice
    now: str
    set: Callable[[str], object]

    @property
    def name(self) -> str:
        return self.choice.key.replace("_", " ").capitalize()


class Valuing:
    """Opens the finder twice: fields, then choices; each row has a digit."""

    def __init__(self, desk: Desk, view: ArticleView, repeating: Repeating) -> None:
        self._desk, self._view, self._repeating = desk, view, repeating

    def ask(self) -> None:
        """Asks for a field of the chosen mention or claim, then for its value."""
        contents, focus = self._desk.contents, self._desk.focus
        mention, claim = contents.mention(focus.mention), contents.claim(focus.claim)
        if mention is not None:
            self._ask_field(f"“{short(mention.quote)}”", self._mention_fields(mention), mention.hull)
        elif claim is not None:
            self._ask_field(f"Claim “{short(claim.quote)}”", self._claim_fields(claim), claim.hull)
        else:
            self._desk.notices.refused.emit("Choose a mention or a claim first; then V sets its values by digits.")

    def _mention_fields(self, mention: Mention) -> list[_Field]:
        def setter(key: str) -> Callable[[str], object]:
            return lambda value: self._desk.do(describing.describe_mention, mention.id, **{key: _meant(key, value)})

        schema = self._desk.schema
        fields = []
        if mention.entity is not None:
            entity = self._desk.contents.entity(mention.entity)
            kinds = Choice("kind", tuple(kind.key for kind in schema.kinds))
            set_kind = self._kind_setter(mention)
            fields.append(_Field(kinds, entity.kind if entity else "", set_kind))
        fields += [
            _Field(choice, str(getattr(mention, choice.key)), setter(choice.key))
            for choice in schema.mention_choices
            if choice.key != "used_as" or mention.used_as
        ]
        fields.append(_Field(_UNSURE, "yes" if mention.unsure else "no", setter("unsure")))
        return fields

    def _kind_setter(self, mention: Mention) -> Callable[[str], object]:
        return lambda kind: self._desk.do(linking.set_kind, mention.entity, kind)

    def _claim_fields(self, claim: Claim) -> list[_Field]:
        def setter(key: str) -> Callable[[str], object]:
            return lambda value: self._desk.do(describing.describe_claim, claim.id, **{key: _meant(key, value)})

        fields = [
            _Field(choice, str(getattr(claim, choice.key)), setter(choice.key))
            for choice in self._desk.schema.claim_choices
            if hasattr(claim, choice.key)
        ]
        fields.append(_Field(_UNSURE, "yes" if claim.unsure else "no", setter("unsure")))
        return fields

    def _ask_field(self, title: str, fields: list[_Field], place: Span) -> None:
        by_key = {field.choice.key: field for field in fields}

        def search(words: str) -> list[Offer]:
            found = (field for field in fields if words.casefold() in field.name.casefold())
            return [Offer(field.choice.key, field.name, "", field.now) for field in found]

        def take(key: str) -> None:
            self._ask_value(title, by_key[key], place)

        finder = make_finder(self._view)
        finder.taken.connect(take)
        finder.ask(f"{title}: which field?", "", search, self._view.point_below(place), can_make=False, has_digits=True)

    def _ask_value(self, title: str, field: _Field, place: Span) -> None:
        def search(words: str) -> list[Offer]:
            found = (value for value in field.choice.choices if words.casefold() in value.casefold())
            return [Offer(value, value.capitalize(), "", "now" if value == field.now else "") for value in found]

        def take(value: str) -> None:
            field.set(value)
            self._repeating.remember(f"{field.name.lower()}: {value}", lambda: self._set_again(field.choice.key, value))

        finder = make_finder(self._view)
        finder.taken.connect(take)
        finder.ask(
            f"{title}: {field.name.lower()}?",
            "",
            search,
            self._view.point_below(place),
            can_make=False,
            has_digits=True,
        )

    def _set_again(self, key: str, value: str) -> None:
        contents, focus = self._desk.contents, self._desk.focus
        mention, claim = contents.mention(focus.mention), contents.claim(focus.claim)
        fields = self._mention_fields(mention) if mention else self._claim_fields(claim) if claim else []
        field = next((field for field in fields if field.choice.key == key), None)
        if field is None:
            self._desk.notices.refused.emit(f"What is chosen has no {key.replace('_', ' ')}.")
        else:
            field.set(value)


def _meant(key: str, value: str) -> str | bool:
    return value == "yes" if key == _UNSURE.key else value
