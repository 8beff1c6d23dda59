"""JSON Lines of spaCy and Prodigy: an article a line, with spans, and relations for the parts of claims.

Written as Prodigy's `rel.manual` has it, with tokens where there are relations: tokens end where a span does, so that
every span fits. Read: that; spaCy's own JSON (`ents`, `entities`, span groups); training pairs [text, {"entities": …}].
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, FoundEntity, Losses
from annotator.domain.identifiers import check, parse
from annotator.domain.spans import Span
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
from annotator.formats.regions import Arrow, Names, Region, in_pieces, once

_LIKELY = 0.5
"""From here on, spaCy counts a class as that of the text."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Prodigy:
    """Writes and reads JSON Lines of spaCy and Prodigy."""

    key = "prodigy"
    title = "spaCy and Prodigy (JSON Lines)"
    suffix = ".jsonl"
    suffixes = (".jsonl", ".json")
    is_folder = False
    cannot = ("events, dates and addressees of claims", "details of entities", "links between entities")

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes a line for each article."""
        names = Names.of(corpus, losses)
        with whole_file(target) as file:
            for done, annotated in enumerate(corpus.articles(), start=1):
                sheet = names.sheet(annotated, losses)
                regions, arrows = in_pieces(sheet)
                line: Object = {"text": annotated.text, "meta": own_data.article_fields(annotated.article)}
                line |= _marked(annotated.text, regions, arrows)
                line["answer"] = "accept"
                line[own_data.KEY] = own_data.written(sheet, regions, arrows)
                file.write(own_data.line_of(line))
                yield done

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the first line has a text with spans, or is a training pair."""
        if path.suffix.casefold() not in self.suffixes or own_data.is_own_format(head):
            return False
        if re.match(rb'\s*\[\s*(\[\s*)?"', head) and b'"entities"' in head:
            return True
        named = b'"spans"' in head or b'"ents"' in head or b'"_task_hash"' in head or b'"_input_hash"' in head
        return b'"text"' in head and named and b'"result"' not in head

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file, a line each."""
        for line, value in objects(path, findings):
            try:
                yield _article(_record(value), path.name, line, findings)
            except BadRecord as error:
                findings.problem(path.name, str(error), line)


def _marked(text: str, regions: list[Region], arrows: list[Arrow]) -> Object:
    if not arrows:
        return {"spans": [_span(region) for region in regions]}
    spans = {region.key: region.spans[0] for region in regions}
    tokens = list(_tokens(text, spans.values()))
    first = {token.start: number for number, token in enumerate(tokens)}
    last = {token.end: number for number, token in enumerate(tokens)}
    written = {
        region.key: _span(region) | {
            "token_start": first[region.spans[0].start],
            "token_end": last[region.spans[0].end],
        }
        for region in regions
    }  # fmt: skip
    ends = ("start", "end", "token_start", "token_end", "label", "id")
    return {
        "tokens": [
            {
                "text": token.cut(text),
                "start": token.start,
                "end": token.end,
                "id": number,
                "ws": token.end < len(text) and text[token.end] == " ",
            }
            for number, token in enumerate(tokens)
        ],
        "spans": list(written.values()),
        "relations": [
            {
                "head": written[arrow.origin]["token_end"],
                "child": written[arrow.target]["token_end"],
                "head_span": {end: written[arrow.origin][end] for end in ends},
                "child_span": {end: written[arrow.target][end] for end in ends},
                "label": arrow.label,
            }
            for arrow in arrows
        ],
    }


def _span(region: Region) -> Object:
    span = region.spans[0]
    return {"start": span.start, "end": span.end, "label": region.label, "id": region.key}


def _tokens(text: str, spans: Any) -> Iterator[Span]:
    """Words and signs, cut where a span begins or ends; a span that begins or ends with a blank makes it a token."""
    cuts = sorted({end for span in spans for end in (span.start, span.end)})
    bounds = [0, *cuts, len(text)]
    starts = {span.start for span in spans}
    ends = {span.end for span in spans}
    for begin, end in pairwise(bounds):
        found = [Span(begin + m.start(), begin + m.end()) for m in _TOKEN.finditer(text[begin:end])]
        if begin < end and begin in starts and (not found or found[0].start > begin):
            found.insert(0, Span(begin, found[0].start if found else end))
        if begin < end and end in ends and (not found or found[-1].end < end):
            found.append(Span(found[-1].end if found else begin, end))
        yield from found


def _record(value: Any) -> Object:
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], dict):
        return {**value[1], "text": value[0]}
    if not isinstance(value, dict):
        raise BadRecord("it is no object with a text")
    return value


def _article(record: Object, file: str, line: int, findings: Findings) -> FoundArticle:
    text = text_in(record.get("text"))
    own = record.get(own_data.KEY)
    by = words(record.get("_annotator_id") or record.get("_session_id"))
    entities = {entity.key: entity for entity in own_data.entities_in(own)}
    regions: list[Region] = []
    relations = [mapping(relation) for relation in listed(record.get("relations"))]
    if words(record.get("answer")) in {"reject", "ignore"}:
        findings.leave_out("spans of texts that were rejected or ignored", len(list(_entries(record))))
        relations = []
    else:
        regions = list(_regions(record, text, by, file, line, findings, entities))
        regions = regions if own else once(regions)
    if named := _of_whole_text(record):
        findings.leave_out("labels of whole texts", named)
    noted = own_data.noted(own, regions)
    arrows = own_data.signed(own, noted, _arrows(relations, regions, by))
    parts = assembled(noted, arrows, entities.values(), file, line, findings)
    fields = known_fields({**record, **mapping(record.get("meta"))}, findings)
    return parts.article(text, file, fields, own_data.zones_in(own, text, file, line, findings))


def _of_whole_text(record: Object) -> int:
    """How many labels are about the text: scores of spaCy's classifiers, options chosen in Prodigy."""
    scores = mapping(record.get("cats"))
    likely = sum(isinstance(score, int | float) and score >= _LIKELY for score in scores.values())
    own = bool(words(record.get("label"))) and not list(_entries(record))
    return likely + len(listed(record.get("accept"))) + own


def _entries(record: Object) -> Iterator[Any]:
    """What the file has of spans, wherever it has them."""
    spans = record.get("spans")
    if isinstance(spans, dict):
        for group in spans.values():
            yield from listed(group)
    else:
        yield from listed(spans)
    yield from listed(record.get("ents"))
    yield from listed(record.get("entities"))


def _regions(
    record: Object, text: str, by: str, file: str, line: int, findings: Findings, entities: dict[str, FoundEntity]
) -> Iterator[Region]:
    for number, entry in enumerate(_entries(record), start=1):
        try:
            yield _region(entry, number, text, by, entities)
        except BadRecord as error:
            findings.problem(file, f"span {number} was left out: {error}", line)


def _region(entry: Any, number: int, text: str, by: str, entities: dict[str, FoundEntity]) -> Region:
    if isinstance(entry, list) and len(entry) >= 3:
        entry = {"start": entry[0], "end": entry[1], "label": entry[2]}
    entry = mapping(entry)
    label = words(entry.get("label"))
    if not label.strip():
        raise BadRecord("it has no label")
    span, quote = span_in(entry.get("start"), entry.get("end"), text), words(entry.get("text"))
    if quote and quote != span.cut(text):
        raise BadRecord(f"it says “{quote[:40]}” where the text has “{span.cut(text)[:40]}”")
    known_as = words(entry.get("kb_id"))
    if known_as and known_as != "NIL":
        identifier = parse(known_as)
        ids = () if check(identifier.scheme, identifier.value) else (identifier,)
        entities.setdefault(known_as, FoundEntity(known_as, span.cut(text), ids=ids))
    else:
        known_as = ""
    return Region(_key(entry, number), label, (span,), by, entity=known_as, quote=quote)


def _key(entry: Object, number: int) -> str:
    # Ids in spaCy's JSON are an entity ruler's, the same for many spans; only texts as long as ours are taken for keys.
    key = words(entry.get("id"))
    return key if len(key) >= 36 else f"span{number}"


def _arrows(relations: list[Object], regions: list[Region], by: str) -> Iterator[Arrow]:
    places: dict[tuple[int, int, str], str] = {}
    for region in regions:
        places.setdefault((region.spans[0].start, region.spans[0].end, region.label), region.key)
    keys = {region.key for region in regions}
    for relation in relations:
        ends = []
        for name in ("head_span", "child_span"):
            end = mapping(relation.get(name))
            key = words(end.get("id"))
            start, stop = end.get("start"), end.get("end")
            place = (start, stop, words(end.get("label"))) if isinstance(start, int) and isinstance(stop, int) else None
            ends.append(key if key in keys else places.get(place, "") if place else "")
        yield Arrow(words(relation.get("label")) or "related", ends[0], ends[1], by)
