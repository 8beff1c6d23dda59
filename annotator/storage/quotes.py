"""Whether the words that a record repeats stand in the text where it says."""

from annotator.domain.claims import Claim
from annotator.domain.edits import Change
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, quoted


def misquoted(text: str, record: Mention | Claim) -> str | None:
    """The first words of the record that the text does not have there; None when all fit."""
    for spans, quote in _parts(record):
        # Cutting beyond the end of the text would just give fewer words, which may well be the quote.
        if not spans or spans[-1].end > len(text) or quoted(text, spans) != quote:
            return quote
    return None


def has_new_words(change: Change) -> bool:
    """Whether the change could bring in wrong words; merging entities touches thousands of mentions and no words."""
    match change.before, change.after:
        case (Mention() | Claim()) as before, (Mention() | Claim()) as after:
            return before.article != after.article or _parts(before) != _parts(after)
        case _, Mention() | Claim():
            return True
    return False


def _parts(record: Mention | Claim) -> list[tuple[tuple[Span, ...], str]]:
    if isinstance(record, Mention):
        return [(record.spans, record.quote)]
    cue = [(record.cue, record.cue_quote)] if record.cue or record.cue_quote else []
    return [(record.content, record.quote), *cue, *((source.spans, source.quote) for source in record.sources)]
