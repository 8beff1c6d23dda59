"""Whether the words that a record repeats stand in the text where it says."""

from annotator.domain.claims import Claim
from annotator.domain.edits import Change
from annotator.domain.events import Quantity, When
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
    spoken = (*record.sources, *([record.addressee] if record.addressee else ()))
    worded: tuple[When | Quantity, ...] = (record.said_on, record.event.date, *record.event.quantities)
    return [
        (record.content, record.quote),
        *_marked(record.cue, record.cue_quote),
        *_marked(record.medium_spans, record.medium_quote),
        # Words that were typed, or a source that was chosen from a list, have no place in the text.
        *((source.spans, source.quote) for source in spoken if source.spans),
        *((part.spans, part.words) for part in worded if part.spans),
    ]


def _marked(spans: tuple[Span, ...], quote: str) -> list[tuple[tuple[Span, ...], str]]:
    return [(spans, quote)] if spans or quote else []
