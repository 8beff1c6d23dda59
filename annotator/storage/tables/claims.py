"""Claims as rows, with their sources and what they are about."""

from collections.abc import Iterable, Sequence

from annotator.domain.claims import Claim, Source
from annotator.domain.spans import hull
from annotator.storage.connection import Row
from annotator.storage.tables.base import Part, Table, spans_from_text, spans_to_text

_CHOICES = ("source_type", "manner", "act", "stance", "certainty", "medium", "wording")
_COLUMNS = (
    "id",
    "article_id",
    '"start"',
    '"end"',
    "content",
    "quote",
    "author_id",
    "created",
    "changed",
    "cue",
    "cue_quote",
    "within_id",
    "unsure",
    "note",
    *_CHOICES,
)


def _to_row(claim: Claim) -> Row:
    return (
        claim.id,
        claim.article,
        claim.hull.start,
        claim.hull.end,
        spans_to_text(claim.content),
        claim.quote,
        claim.author,
        claim.created,
        claim.changed,
        spans_to_text(claim.cue),
        claim.cue_quote,
        claim.within,
        int(claim.unsure),
        claim.note,
        *(getattr(claim, choice) for choice in _CHOICES),
    )


def _from_row(row: Row, sources: Sequence[Row], about: Sequence[Row]) -> Claim:
    id_, article, _, _, content, quote, author, created, changed, cue, cue_quote, within, unsure, note, *choices = row
    return Claim(
        id=id_,
        article=article,
        content=spans_from_text(content),
        quote=quote,
        author=author,
        created=created,
        changed=changed,
        sources=tuple([Source(spans_from_text(spans), words, entity) for _, entity, _, _, spans, words in sources]),
        cue=spans_from_text(cue),
        cue_quote=cue_quote,
        within=within,
        about=tuple([entity for _, entity in about]),
        unsure=bool(unsure),
        note=note,
        **dict(zip(_CHOICES, choices, strict=True)),
    )


def _sources(claim: Claim) -> Iterable[Row]:
    for ord_, source in enumerate(claim.sources):
        around = hull(source.spans)
        yield (ord_, source.entity, around.start, around.end, spans_to_text(source.spans), source.quote)


def _about(claim: Claim) -> Iterable[Row]:
    return enumerate(claim.about)


CLAIMS = Table(
    Claim,
    "claim",
    _COLUMNS,
    _to_row,
    _from_row,
    (
        Part("claim_source", "claim_id", ("ord", "entity_id", '"start"', '"end"', "spans", "quote"), _sources),
        Part("claim_about", "claim_id", ("ord", "entity_id"), _about),
    ),
)
