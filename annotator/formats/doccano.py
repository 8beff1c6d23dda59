"""doccano's JSON Lines: an article a line, with entities (regions) and relations by numbers; label lists in old ones.

Written as doccano's projects with relations import and export it. Read: `entities` and `relations`; `label` or `labels`
as [start, end, label]; `annotations` with start_offset and end_offset; the text under `text` or, in 1.5, `data`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.formats import own_data
from annotator.formats.assembling import assembled
from annotator.formats.files import whole_file
from annotator.formats.json_parts import (
    BadRecord,
    Object,
    known_fields,
    listed,
    mapping,
    objects,
    span_in,
    text_in,
    words,
)
from annotator.formats.regions import Arrow, Names, Region, in_pieces

_LISTS = ("entities", "labels", "label", "annotations")
"""Where doccano has put regions over the years; a line has one of them."""


class Doccano:
    """Writes and reads doccano's JSON Lines."""

    key = "doccano"
    title = "doccano (JSON Lines)"
    suffix = ".jsonl"
    suffixes = (".jsonl", ".json")
    is_folder = False
    cannot = ("events, dates and addressees of claims", "details of entities", "links between entities")

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes a line for each article; ids count through the file, as doccano wants them."""
        names = Names.of(corpus, losses)
        region_id = relation_id = 0
        with whole_file(target) as file:
            for done, annotated in enumerate(corpus.articles(), start=1):
                sheet = names.sheet(annotated, losses)
                regions, arrows = in_pieces(sheet)
                ids = {region.key: region_id + number for number, region in enumerate(regions, start=1)}
                line = {
                    "id": done,
                    "text": annotated.text,
                    **own_data.article_fields(annotated.article),
                    "entities": [_entity(region, ids[region.key]) for region in regions],
                    "relations": [
                        {"id": relation_id + number, "from_id": ids[a.origin], "to_id": ids[a.target], "type": a.label}
                        for number, a in enumerate(arrows, start=1)
                    ],
                    own_data.KEY: own_data.written(sheet, regions, arrows),
                }
                region_id, relation_id = region_id + len(regions), relation_id + len(arrows)
                file.write(own_data.line_of(line))
                yield done

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the first line has a text beside one of doccano's lists."""
        if path.suffix.casefold() not in self.suffixes or own_data.is_own_format(head):
            return False
        has_text = b'"text"' in head or b'"data"' in head
        is_new = b'"start_offset"' in head or (b'"relations"' in head and b'"entities"' in head)
        is_old = b'"labels"' in head or b'"label": [' in head or b'"label":[' in head
        return has_text and b'"spans"' not in head and b'"result"' not in head and (is_new or is_old)

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file, a line each."""
        for line, record in objects(path, findings):
            try:
                yield _article(mapping(record), path.name, line, findings)
            except BadRecord as error:
                findings.problem(path.name, str(error), line)


def _entity(region: Region, number: int) -> Object:
    span = region.spans[0]
    return {"id": number, "label": region.label, "start_offset": span.start, "end_offset": span.end}


def _article(record: Object, file: str, line: int, findings: Findings) -> FoundArticle:
    text = text_in(record.get("text", record.get("data")))
    own = record.get(own_data.KEY)
    entities = own_data.entities_in(own)
    regions = own_data.noted(own, _regions(record, text, file, line, findings))
    arrows = [
        Arrow(words(relation.get("type")) or "related", words(relation.get("from_id")), words(relation.get("to_id")))
        for relation in map(mapping, listed(record.get("relations")))
    ]
    comments = listed(record.get("Comments", record.get("comments")))
    if comments:
        findings.leave_out("comments", len(comments))
    if named := listed(record.get("cats")):
        findings.leave_out("labels of whole texts", len(named))
    parts = assembled(regions, own_data.signed(own, regions, arrows), entities, file, line, findings)
    fields = known_fields({**mapping(record.get("meta")), **record}, findings)
    return parts.article(text, file, fields, own_data.zones_in(own, text, file, line, findings))


def _regions(record: Object, text: str, file: str, line: int, findings: Findings) -> Iterator[Region]:
    name = next((name for name in _LISTS if record.get(name)), "")
    for number, entry in enumerate(listed(record.get(name)), start=1):
        try:
            region = _region(entry, number, text)
        except BadRecord as error:
            findings.problem(file, f"label {number} was left out: {error}", line)
            continue
        if region is None:
            findings.leave_out("labels of whole texts")
        else:
            yield region


def _region(entry: Any, number: int, text: str) -> Region | None:
    """A region; None for a label without a place, which is about the whole text."""
    if isinstance(entry, list):
        if len(entry) < 3:
            raise BadRecord("it is not [start, end, label]")
        start, end, label, key = entry[0], entry[1], words(entry[2]), f"label{number}"
    elif isinstance(entry, dict):
        start, end = entry.get("start_offset"), entry.get("end_offset")
        label, key = words(entry.get("label")), words(entry.get("id")) or f"label{number}"
        if start is None and end is None:
            return None
    else:
        return None
    if not label.strip():
        raise BadRecord("it has no name")
    return Region(key, label, (span_in(start, end, text),))
