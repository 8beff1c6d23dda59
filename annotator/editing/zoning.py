"""Zones: saying that a stretch is a caption, boilerplate, or plain body again."""

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import ArticleId, ZoneId
from annotator.domain.records import Records
from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.editing.describing import changed
from annotator.editing.queueing import started
from annotator.errors import EditRefused


def mark_zone(records: Records, by: Author, article: ArticleId, span: Span, kind: str) -> Edit:
    """Makes a stretch a zone of a kind.

    One person's zones never overlap: her others give way, and one of the same kind is joined.
    """
    if kind not in {known.key for known in records.schema.zone_kinds}:
        raise EditRefused(f"There is no zone “{kind}” in this project.")
    bare = _inside(records, article, span)
    changes = []
    for zone in _own(records, by, article):
        if zone.kind == kind and zone.span.start <= bare.end and bare.start <= zone.span.end:
            if zone.span.contains(bare):
                raise EditRefused(f"This is {kind} already.")
            bare = Span(min(bare.start, zone.span.start), max(bare.end, zone.span.end))
            changes.append(Change(zone, None))
        else:
            changes += _without(records, by, zone, bare)
    changes.append(Change(None, _new(by, article, kind, bare)))
    return Edit(EditKind.MARK_ZONE, (*changes, *started(records, by, article)), (kind,))


def mark_body(records: Records, by: Author, article: ArticleId, span: Span) -> Edit:
    """Makes a stretch plain body again."""
    bare = _inside(records, article, span)
    changes = [change for zone in _own(records, by, article) for change in _without(records, by, zone, bare)]
    if not changes:
        raise EditRefused("This is plain body already.")
    return Edit(EditKind.MARK_ZONE, tuple(changes), ("body",))


def _own(records: Records, by: Author, article: ArticleId) -> list[Zone]:
    return [zone for zone in records.zones_in(article) if zone.author == by.annotator]


def _inside(records: Records, article: ArticleId, span: Span) -> Span:
    text = records.text(article)
    bare = span.trimmed(text) if span.start < len(text) else None
    if bare is None:
        raise EditRefused("There is nothing but blanks here.")
    return bare


def _without(records: Records, by: Author, zone: Zone, gone: Span) -> list[Change]:
    """What is left of a zone when a stretch is taken out of it: nothing, one piece, or two; blanks are no piece."""
    if not zone.span.overlaps(gone):
        return []
    pieces = []
    if zone.span.start < gone.start:
        pieces.append(Span(zone.span.start, gone.start))
    if gone.end < zone.span.end:
        pieces.append(Span(gone.end, zone.span.end))
    text = records.text(zone.article)
    rest = [bare for piece in pieces if (bare := piece.trimmed(text)) is not None]
    if not rest:
        return [Change(zone, None)]
    first = [Change(zone, changed(by, zone, span=rest[0]))]
    return first + [Change(None, _new(by, zone.article, zone.kind, piece)) for piece in rest[1:]]


def _new(by: Author, article: ArticleId, kind: str, span: Span) -> Zone:
    now = by.now()
    return Zone(ZoneId(by.new_id()), article, kind, span, by.annotator, now, now)
