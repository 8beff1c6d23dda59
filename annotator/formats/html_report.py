"""A report in HTML for the reader who has no tool: articles with their marks, entities, claims and a map.

One file that needs nothing else and runs nothing; it prints well, and is dark where the reader's screen is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from annotator import paths
from annotator.domain.articles import TextQuality
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.identifiers import GEONAMES, URI, WIKIDATA, Identifier
from annotator.domain.ids import EntityId
from annotator.domain.links import Between, Link
from annotator.domain.schemas import GREY_ON_DARK, GREY_ON_LIGHT, Schema, parse
from annotator.formats.files import whole_file
from annotator.formats.html_claims import Numbered, claim_list, numbered
from annotator.formats.html_map import Pin, Ring, map_of
from annotator.formats.html_text import Ink, marked_text
from annotator.formats.html_words import name, web_link, words

_SHAPES = ("solid", "double", "dashed", "dotted", "wavy")
"""Underlines by the label's place in the schema, as in the window: labels differ by more than colour."""
_PARTS = ("content", "source", "cue", "addressee", "medium")
_ADDRESSES = {WIKIDATA: "https://www.wikidata.org/wiki/{}", GEONAMES: "https://www.geonames.org/{}", URI: "{}"}
_MOST_QUOTES = 6


@dataclass(frozen=True, slots=True)
class HtmlWriter:
    """Writes a report. land has the outlines that maps are drawn on, credit says whose they are."""

    land: tuple[Ring, ...] = ()
    credit: str = ""
    key: ClassVar[str] = "html"
    title: ClassVar[str] = "Report (HTML)"
    suffix: ClassVar[str] = ".html"
    is_folder: ClassVar[bool] = False
    cannot: ClassVar[tuple[str, ...]] = ("being read back: it is for readers, not for programs",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done. Memory grows with entities, links and titles."""
        del losses
        schema = parse(corpus.project.schema)
        entities = {entity.id: entity for entity in corpus.entities()}
        links = _links_by_claim(corpus)
        page = _Page(schema, entities, links, self)
        titles: list[tuple[str, str]] = []
        with whole_file(target) as file:
            file.write(_begin(corpus.project.name, schema, corpus.article_count()))
            for done, annotated in enumerate(corpus.articles(), start=1):
                titles.append((annotated.article.id, annotated.article.title))
                file.writelines(page.article(annotated))
                yield done
            if len(titles) > 1:
                file.writelines(_contents(titles))
            file.write("</body>\n</html>\n")


def _links_by_claim(corpus: Corpus) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in corpus.links():
        if link.between is Between.CLAIMS:
            for end in sorted(link.ends):
                found.setdefault(end, []).append(link)
    return found


def _begin(project: str, schema: Schema, count: int) -> str:
    style = paths.resource("report/report.css").read_text(encoding="utf-8")
    articles = "1 article" if count == 1 else f"{count:,} articles"
    contents = ' · <a href="#contents">Contents</a>' if count > 1 else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Nothing in the texts could run or load anything even if it were not escaped.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words(project)}</title>\n<style>\n{style}{_colours(schema)}</style>\n</head>\n<body>\n"
        f'<header class="front"><b>{name(project)}</b><span>{articles}{contents}</span></header>\n'
    )


def _colours(schema: Schema) -> str:
    """The schema's colours, light and dark, as one class for each label and each part of a claim."""
    pairs = {f"c{number}": (label.light, label.dark) for number, label in enumerate(schema.labels)}
    pairs |= {f"c-{part.key}": (part.light, part.dark) for part in schema.claim_parts if part.key in _PARTS}
    known = {key: pairs.get(key, (GREY_ON_LIGHT, GREY_ON_DARK)) for key in (*pairs, *(f"c-{p}" for p in _PARTS), "cx")}
    light = "".join(f".{key} {{ --c: {one}; }}\n" for key, (one, _) in known.items())
    dark = "".join(f".{key} {{ --c: {one}; }}\n" for key, (_, one) in known.items())
    return f"{light}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"


def _contents(titles: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield '<nav class="back" id="contents"><h2>Contents</h2><ol>\n'
    for id_, title in titles:
        yield f'<li><a href="#a-{words(id_)}">{name(title)}</a></li>\n'
    yield "</ol></nav>\n"


class _Page:
    """Writes articles one by one."""

    def __init__(
        self,
        schema: Schema,
        entities: Mapping[EntityId, Entity],
        links: Mapping[str, Sequence[Link]],
        writer: HtmlWriter,
    ) -> None:
        self._schema, self._entities, self._links, self._writer = schema, entities, links, writer
        self._symmetric = frozenset(link.key for link in schema.links if link.is_symmetric)
        self._labels = {label.key: number for number, label in enumerate(schema.labels)}

    def article(self, annotated: AnnotatedArticle) -> Iterator[str]:
        """All about one article."""
        article, claims = annotated.article, numbered(annotated.claims)
        yield f'<article class="article" id="a-{words(article.id)}">\n{_head(annotated)}'
        yield from self._legend(annotated)
        language = f' lang="{words(article.language)}"' if article.language else ""
        yield f'<div class="columns"><div class="main"><div class="text"{language}>\n'
        yield from marked_text(annotated.text, self._inks(annotated, claims))
        yield "</div>\n"
        yield from claim_list(annotated, claims, self._entities, self._links, self._symmetric)
        yield "</div><aside>\n"
        yield from self._named(annotated)
        yield from self._map(annotated)
        yield "</aside></div>\n</article>\n"

    def _style(self, label: str) -> tuple[str, str]:
        number = self._labels.get(label)
        return ("cx", "mark solid") if number is None else (f"c{number}", f"mark {_SHAPES[number % len(_SHAPES)]}")

    def _letter(self, label: str) -> str:
        known = self._schema.label(label)
        return known.hotkey or known.name[:1].upper()

    def _inks(self, annotated: AnnotatedArticle, claims: Sequence[Numbered]) -> list[Ink]:
        inks = [Ink((zone.span,), "zone", "zoned", zone.kind, zone.kind, has_line=False) for zone in annotated.zones]
        for one in claims:
            claim, number = one.claim, str(one.number)
            inks.append(Ink(claim.content, "c-content", "said", number, f"Claim {number}", is_above=True))
            parts = [("source", source.spans) for source in claim.sources]
            parts += [("cue", claim.cue), ("medium", claim.medium_spans)]
            parts += [("addressee", claim.addressee.spans)] if claim.addressee else []
            for part, spans in parts:
                if spans:
                    inks.append(Ink(spans, f"c-{part}", "part", "", f"Claim {number}: {part}", has_line=False))
        for mention in annotated.mentions:
            style, shape = self._style(mention.label)
            entity = self._entities.get(mention.entity) if mention.entity else None
            title = " · ".join([self._schema.label(mention.label).name, *([entity.name] if entity else [])])
            letter = self._letter(mention.label)
            inks.append(Ink(mention.spans, style, shape, letter, title, is_unsure=mention.unsure))
        return inks

    def _legend(self, annotated: AnnotatedArticle) -> Iterator[str]:
        counts = Counter(mention.label for mention in annotated.mentions)
        order = sorted(counts, key=lambda label: self._labels.get(label, len(self._labels)))
        entries = []
        for label in order:
            style, shape = self._style(label)
            chip = f'<i class="k {style}" data-k="{words(self._letter(label))}" aria-hidden="true"></i>'
            shown = words(self._schema.label(label).name)
            entries.append(
                f'{chip}<span class="swatch {style} {shape}">{shown}</span> <span class="n">{counts[label]}</span>'
            )
        if annotated.claims:
            chip = '<i class="k c-content open" data-k="1" aria-hidden="true"></i>'
            count = f'<span class="n">{len(annotated.claims)}</span>'
            entries.append(f'{chip}<span class="swatch c-content said">Claim</span> {count}')
            used = _parts_in(annotated)
            entries += [f'<span class="c-{part} part">{part.capitalize()}</span>' for part in _PARTS if part in used]
        if any(mention.unsure for mention in annotated.mentions):
            entries.append('<span class="n">? unsure</span>')
        if entries:
            yield f'<ul class="legend">{"".join(f"<li>{entry}</li>" for entry in entries)}</ul>\n'

    def _named(self, annotated: AnnotatedArticle) -> Iterator[str]:
        """The entities that are mentioned, with how often, under which other names, and what is known of them."""
        quotes: dict[EntityId, Counter[str]] = {}
        for mention in annotated.mentions:
            if mention.entity:
                quotes.setdefault(mention.entity, Counter())[mention.quote] += 1
        if not quotes:
            return
        yield "<section><h2>Who and where</h2><table><thead><tr><th>Name</th><th>Mentions</th></tr></thead><tbody>\n"
        for id_, found in sorted(quotes.items(), key=lambda item: -item[1].total()):
            entity = self._entities.get(id_)
            if entity is not None:
                yield f"<tr><td>{_entity(entity, found)}</td><td>{found.total()}</td></tr>\n"
        yield "</tbody></table></section>\n"

    def _map(self, annotated: AnnotatedArticle) -> Iterator[str]:
        counts = Counter(mention.entity for mention in annotated.mentions if mention.entity)
        counts.update({claim.event.place: 0 for claim in annotated.claims if claim.event.place})
        places = [(self._entities[id_], count) for id_, count in counts.items() if id_ in self._entities]
        pins = [
            Pin(entity.name, entity.place.point[0], entity.place.point[1], count)
            for entity, count in places
            if entity.place.point
        ]
        if not pins:
            return
        style = next((self._style(label.key)[0] for label in self._schema.labels if "place" in label.kinds[:1]), "cx")
        yield f'<section><h2>Map</h2><figure class="{style}">{map_of(pins, self._writer.land)}'
        nowhere = [entity.name for entity, _ in places if entity.place and not entity.place.point]
        notes = [
            f"Without coordinates: {', '.join(map(name, nowhere))}." if nowhere else "",
            words(self._writer.credit),
        ]
        caption = " ".join(note for note in notes if note)
        yield f"<figcaption>{caption}</figcaption>" if caption else ""
        yield "</figure></section>\n"


def _head(annotated: AnnotatedArticle) -> str:
    article = annotated.article
    quality = article.text_quality if article.text_quality is not TextQuality.ORIGINAL else ""
    facts = [name(fact) for fact in (article.publisher, article.byline, article.published, quality) if fact]
    if article.url:
        facts.append(web_link(article.url, article.url))
    kicker = "".join(f"<span>{fact}</span>" for fact in facts)
    return f'<p class="kicker">{kicker}</p>\n<h1 dir="auto">{words(article.title)}</h1>\n'


def _parts_in(annotated: AnnotatedArticle) -> frozenset[str]:
    found = set()
    for claim in annotated.claims:
        found |= {"source"} if any(source.spans for source in claim.sources) else set()
        found |= {"cue"} if claim.cue else set()
        found |= {"medium"} if claim.medium_spans else set()
        found |= {"addressee"} if claim.addressee and claim.addressee.spans else set()
    return frozenset(found)


def _entity(entity: Entity, quotes: Counter[str]) -> str:
    place = entity.place
    within = ", ".join(part for part in (place.district, place.province) if part)
    facts = [entity.kind, place.level or "", within, entity.role, entity.country, " ".join(entity.sectors)]
    lines = [f"<b>{name(entity.name)}</b>", f"<small>{' · '.join(name(fact) for fact in facts if fact)}</small>"]
    others = [quote for quote, _ in quotes.most_common() if quote.casefold() != entity.name.casefold()]
    if others:
        more = " …" if len(others) > _MOST_QUOTES else ""
        lines.append(f"<small>{', '.join(f'“{name(quote)}”' for quote in others[:_MOST_QUOTES])}{more}</small>")
    if entity.ids:
        lines.append(f"<small>{' · '.join(map(_identifier, entity.ids))}</small>")
    return "".join(lines)


def _identifier(one: Identifier) -> str:
    address = _ADDRESSES.get(one.scheme, "").format(one.value)
    return web_link(address, str(one))
