"""Records as marks: what a mention or a claim looks like in the text."""

from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.schemas import Schema
from annotator.ui.article.marks import Mark
from annotator.ui.theme import Theme


def mention_mark(schema: Schema, mention: Mention) -> Mark:
    """A mention's mark: its label's name on the chip, its letter where there is no room."""
    label = schema.label(mention.label)
    return Mark(mention.id, mention.spans, mention.label, label.name, label.hotkey or "?", mention.unsure)


def claim_marks(claim: Claim) -> list[Mark]:
    """The parts of a claim, each in a style of its own."""
    marks = [Mark("content", claim.content, "claim:content", "", "")]
    marks += [
        Mark(f"source{number}", source.spans, "claim:source", "", "") for number, source in enumerate(claim.sources)
    ]
    if claim.cue:
        marks.append(Mark("cue", claim.cue, "claim:cue", "", ""))
    return marks


def colours(schema: Schema, theme: Theme) -> dict[str, str]:
    """The colour of every style on the tones in use."""
    result = {label.key: theme.label_colour(schema, label.key) for label in schema.labels}
    result |= {f"claim:{part.key}": theme.part_colour(schema, part.key) for part in schema.claim_parts}
    return result
