"""spaCy's DocBin (.spacy): one Doc for each article, entities as ents, everything marked as span groups.

The group “mentions” has all mentions under their labels, “content”, “source” and “cue” the parts of claims; ents are
the outermost mentions. A span's id is the record's; what spaCy has no place for is in the Doc's user_data, as JSON.
Spans must fit the tokens of spacy.blank(language), or of a pipeline that is named: what does not fit is counted.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, FoundEntity, Losses
from annotator.domain.identifiers import WIKIDATA
from annotator.domain.languages import code_of
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats import own_data
from annotator.formats.docbin_reading import articles_in
from annotator.formats.docbin_writing import DocBinParts, MarkedSpan
from annotator.formats.files import whole_path
from annotator.formats.regions import CONTENT, CUE, PIECE, SOURCE, Names, Region, in_pieces
from annotator.unprobed import unprobed

MENTIONS = "mentions"
_PARTS = (CONTENT, SOURCE, CUE)
_MISSING = "spaCy is not installed; install it with: pip install spacy"


class DocBinFormat:
    """Writes and reads DocBin files.

    pipeline names an installed pipeline whose tokenizer is used for all articles; without it each language's own.
    With expands, spans that end inside a token grow to whole ones instead of being left out.
    """

    key = "docbin"
    title = "spaCy DocBin"
    suffix = ".spacy"
    suffixes = (".spacy",)
    is_folder = False
    cannot = (
        "spans that end inside a token",
        "events, dates and addressees of claims",
        "details of entities",
        "links between entities",
    )

    def __init__(self, pipeline: str = "", *, expands: bool = False) -> None:
        self._pipeline, self._expands = pipeline, expands

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done; no more than one is held at a time."""
        try:
            with unprobed():
                from spacy.attrs import ENT_IOB, ENT_KB_ID, ENT_TYPE, ORTH, SPACY
                from spacy.strings import get_string_id
        except ImportError as error:
            raise FormatError(_MISSING) from error
        names, tokenizers = Names.of(corpus, losses), _Tokenizers(self._pipeline)
        attrs = (ORTH, *sorted((ENT_IOB, ENT_TYPE, ENT_KB_ID)))
        with whole_path(target) as beside, DocBinParts(beside.parent, attrs, SPACY, get_string_id) as parts:
            for done, annotated in enumerate(corpus.articles(), start=1):
                doc = tokenizers.tokenize(annotated.text, annotated.article.language)
                groups, data = self._mark(doc, annotated, names, losses)
                parts.add(doc, groups, {own_data.KEY: data})
                yield done
            parts.write(beside)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it ends as DocBin files do and is compressed as they are."""
        return path.suffix.casefold() == self.suffix and head[:1] == b"\x78"

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file; nothing of it is handed to spaCy's own classes, which trust what they are given."""
        try:
            yield from articles_in(path, findings)
        except ImportError as error:
            raise FormatError(_MISSING) from error

    def _mark(
        self, doc: Any, annotated: AnnotatedArticle, names: Names, losses: Losses
    ) -> tuple[dict[str, list[MarkedSpan]], str]:
        """Gives the Doc its ents; the answer has the groups of spans, and what spaCy has no place for as JSON."""
        sheet = names.sheet(annotated, losses)
        regions, arrows = in_pieces(sheet)
        entities = {entity.key: entity for entity in sheet.entities}
        groups: dict[str, list[MarkedSpan]] = {MENTIONS: []}
        mentions: dict[str, Any] = {}
        written: list[Region] = []
        known_as = {key: _known_as(entity) for key, entity in entities.items()}
        spans = [self._span(doc, region, known_as.get(region.entity, ""), losses) for region in regions]
        here = {region.key for region, span in zip(regions, spans, strict=True) if span is not None}
        for region, span in zip(regions, spans, strict=True):
            if span is None:
                continue
            place, known = Span(span.start_char, span.end_char), known_as.get(region.entity, "")
            is_part = _is_part(region, annotated)
            if is_part and region.key.partition(".")[0] not in here:
                losses.add("parts of claims whose content was left out")
                continue
            groups.setdefault(region.label if is_part else MENTIONS, []).append(
                MarkedSpan(region.key, known, region.label, (span.start, span.end), (place.start, place.end))
            )
            if not is_part:
                mentions[region.key] = span
            written.append(region if region.spans[0] == place else replace(region, spans=(place,)))
        broken = {end for arrow in arrows if arrow.label == PIECE for end in (arrow.origin, arrow.target)}
        doc.set_ents(_outermost([span for key, span in mentions.items() if key not in broken]))
        named = {key.partition(".")[0] for key in mentions}
        losses.add("mentions among the span groups only, not among the ents", len(named) - len(doc.ents))
        kept = {region.key for region in written}
        inside = [arrow for arrow in arrows if arrow.origin in kept and arrow.target in kept]
        losses.add("arrows to spans that were left out", len(arrows) - len(inside))
        data = own_data.written(sheet, written, inside)
        data["article"] = own_data.article_fields(annotated.article)
        data["relations"] = [[arrow.label, arrow.origin, arrow.target] for arrow in inside]
        return groups, json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def _span(self, doc: Any, region: Region, known: str, losses: Losses) -> Any:
        # Without the id: the vocabulary would keep each one.
        place = region.spans[0]
        span = doc.char_span(place.start, place.end, region.label, known)
        if span is None and self._expands:
            span = doc.char_span(place.start, place.end, region.label, known, alignment_mode="expand")
            losses.add("spans that end inside a token, grown to whole tokens")
        elif span is None:
            losses.add("spans that end inside a token, left out")
        return span


class _Tokenizers:
    """Tokenizers by language, each made once; what a language needs and is not there makes it plain tokens."""

    def __init__(self, pipeline: str) -> None:
        self._named = self._load(pipeline) if pipeline else None
        self._blank: dict[str, Any] = {}

    def tokenize(self, text: str, language: str) -> Any:
        """The Doc of a text, with nothing but tokens; BCP 47 language, English when it is not known."""
        if self._named is not None:
            return self._made(self._named, text)
        code = code_of(language) or "en"
        if code not in self._blank:
            self._blank[code] = self._language(code)
        return self._made(self._blank[code], text)

    @staticmethod
    def _made(pipeline: Any, text: str) -> Any:
        # Longer texts are refused for the parser's sake, which does not run here.
        pipeline.max_length = max(pipeline.max_length, len(text) + 1)
        return pipeline.make_doc(text)

    @staticmethod
    def _load(name: str) -> Any:
        with unprobed():
            import spacy

        try:
            return spacy.load(name)
        except (OSError, ValueError, ImportError) as error:
            raise FormatError(f"The pipeline “{name}” could not be loaded; is it installed?") from error

    @staticmethod
    def _language(code: str) -> Any:
        with unprobed():
            import spacy

        try:
            return spacy.blank(code)
        except (ImportError, ValueError):
            return spacy.blank("xx")


def _is_part(region: Region, annotated: AnnotatedArticle) -> bool:
    """Whether it is a part of a claim: its key begins with the claim's."""
    if region.label not in _PARTS:
        return False
    first = region.key.partition(".")[0]
    return any(claim.id == first for claim in annotated.claims)


def _outermost(spans: list[Any]) -> list[Any]:
    """The longest of what overlaps, the first of equals; none that begins or ends with a blank, which spaCy refuses."""
    chosen: list[Any] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start)):
        places = range(span.start, span.end)
        if not (span[0].is_space or span[-1].is_space) and taken.isdisjoint(places):
            chosen.append(span)
            taken.update(places)
    return sorted(chosen, key=lambda one: one.start)


def _known_as(entity: FoundEntity) -> str:
    """The Wikidata item of an entity when it has one, as entity linkers expect it; else our own id."""
    return next((one.value for one in entity.ids if one.scheme == WIKIDATA), entity.key)
