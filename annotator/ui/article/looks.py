"""Records as marks: what a mention, a claim or a zone looks like in the text."""

from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import Suggestion, SuggestionKind
from annotator.ui.article.art import Shape
from annotator.ui.article.marks import Mark
from annotator.ui.theme import Theme
from annotator.ui.widgets.unseen import shown


def mention_mark(schema: Schema, mention: Mention, entity: Entity | None) -> Mark:
    """A mention's mark. Its chip says the label, and whom it names where the words themselves do not."""
    label = schema.label(mention.label)
    letter = label.hotkey or "?"
    words = [shown(label.name), letter]
    if entity is not None and fold(entity.name) != fold(mention.quote):
        words = [shown(f"{label.name} · {entity.name}"), shown(f"{letter} · {entity.name}"), *words]
    return Mark(mention.id, mention.spans, mention.label, tuple(words), mention.unsure)


def claim_marks(claim: Claim) -> list[Mark]:
    """The parts of a claim, each in a style of its own."""
    marks = [Mark(f"{claim.id}/content", claim.content, "claim:content")]
    marks += [
        Mark(f"{claim.id}/source{number}", source.spans, "claim:source") for number, source in enumerate(claim.sources)
    ]
    if claim.cue:
        marks.append(Mark(f"{claim.id}/cue", claim.cue, "claim:cue"))
    return marks


def suggestion_marks(schema: Schema, one: Suggestion) -> list[Mark]:
    """The parts of a suggestion, each in the style of what it would become."""
    if one.kind is SuggestionKind.CLAIM:
        marks = [Mark(f"{one.id}/content", one.spans, "claim:content", ("Claim?",))]
        marks += [Mark(f"{one.id}/source{n}", spans, "claim:source") for n, spans in enumerate(one.sources)]
        return marks + ([Mark(f"{one.id}/cue", one.cue, "claim:cue")] if one.cue else [])
    if one.kind is SuggestionKind.ZONE:
        return [Mark(f"{one.id}/zone", one.spans, "zone", (shown(f"{one.label}?"),))]
    label = schema.label(one.label)
    return [Mark(f"{one.id}/mention", one.spans, one.label, (shown(f"{label.name}?"), label.hotkey or "?"))]


def colours(schema: Schema, theme: Theme) -> dict[str, str]:
    """The colour of every style on the tones in use."""
    result = {label.key: theme.label_colour(schema, label.key) for label in schema.labels}
    result |= {f"claim:{part.key}": theme.part_colour(schema, part.key) for part in schema.claim_parts}
    return result


def shapes(schema: Schema) -> dict[str, Shape]:
    """The shape of each label's underline, by its place in the schema."""
    return {label.key: Shape(number % len(Shape)) for number, label in enumerate(schema.labels)}
