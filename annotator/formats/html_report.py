"""A report in HTML for the reader who has no tool: articles with their marks, entities, claims and a map.

One file that needs nothing else and runs nothing; it prints well, and is dark where the reader's screen is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from annotator import paths
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.identifiers import GEONAMES, URI, WIKIDATA, Identifier
from annotator.domain.links import Link
from annotator.domain.schemas import parse
from annotator.formats.files import whole_file
from annotator.formats.html_claims import claim_list, numbered
from annotator.formats.html_map import Ring, map_of
from annotator.formats.html_text import marked_text
from annotator.formats.html_words import name, web_link, words
from annotator.formats.report_parts import (
    MOST_QUOTES,
    PARTS,
    Look,
    facts_of_article,
    facts_of_entity,
    links_by_claim,
    other_names,
    parts_in,
)

_ADDRESSES = {WIKIDATA: "https://www.wikidata.org/wiki/{}", GEONAMES: "https://www.geonames.org/{}", URI: "{}"}


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
        look = Look(schema, entities)
        page = _Page(look, links_by_claim(corpus), self)
        titles: list[tuple[str, str]] = []
        with whole_file(target) as file:
            file.write(_begin(corpus.project.name, look, corpus.article_count()))
            for done, annotated in enumerate(corpus.articles(), start=1):
                titles.append((annotated.article.id, annotated.article.title))
                file.writelines(page.article(annotated))
                yield done
            if len(titles) > 1:
                file.writelines(_contents(titles))
            file.write("</body>\n</html>\n")


def _begin(project: str, look: Look, count: int) -> str:
    style = paths.resource("report/report.css").read_text(encoding="utf-8")
    articles = "1 article" if count == 1 else f"{count:,} articles"
    contents = ' · <a href="#contents">Contents</a>' if count > 1 else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        # Nothing in the texts could run or load anything even if it were not escaped.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words(project)}</title>\n<style>\n{style}{_colours(look)}</style>\n</head>\n<body>\n"
        f'<header class="front"><b>{name(project)}</b><span>{articles}{contents}</span></header>\n'
    )


def _colours(look: Look) -> str:
    """The schema's colours, light and dark, as one class for each label and each part of a claim."""
    known = look.colours()
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

    def __init__(self, look: Look, links: Mapping[str, Sequence[Link]], writer: HtmlWriter) -> None:
        self._look, self._links, self._writer = look, links, writer

    def article(self, annotated: AnnotatedArticle) -> Iterator[str]:
        """All about one article."""
        article, claims = annotated.article, numbered(annotated.claims)
        yield f'<article class="article" id="a-{words(article.id)}">\n{_head(annotated)}'
        yield from self._legend(annotated)
        language = f' lang="{words(article.language)}"' if article.language else ""
        yield f'<div class="columns"><div class="main"><div class="text"{language}>\n'
        yield from marked_text(annotated.text, self._look.inks(annotated, claims))
        yield "</div>\n"
        yield from claim_list(annotated, claims, self._look.entities, self._links, self._look.symmetric)
        yield "</div><aside>\n"
        yield from self._named(annotated)
        yield from self._map(annotated)
        yield "</aside></div>\n</article>\n"

    def _legend(self, annotated: AnnotatedArticle) -> Iterator[str]:
        entries = []
        for label, count in self._look.counts(annotated):
            style, shape = self._look.style(label)
            chip = f'<i class="k {style}" data-k="{words(self._look.letter(label))}" aria-hidden="true"></i>'
            shown = words(self._look.schema.label(label).name)
            entries.append(
                f'{chip}<span class="swatch {style} mark {shape}">{shown}</span> <span class="n">{count}</span>'
            )
        if annotated.claims:
            chip = '<i class="k c-content open" data-k="1" aria-hidden="true"></i>'
            entries.append(
                f'{chip}<span class="swatch c-content said">Claim</span> <span class="n">{len(annotated.claims)}</span>'
            )
            used = parts_in(annotated)
            entries += [f'<span class="c-{part} part">{part.capitalize()}</span>' for part in PARTS if part in used]
        if any(mention.unsure for mention in annotated.mentions):
            entries.append('<span class="n">? unsure</span>')
        if entries:
            yield f'<ul class="legend">{"".join(f"<li>{entry}</li>" for entry in entries)}</ul>\n'

    def _named(self, annotated: AnnotatedArticle) -> Iterator[str]:
        """The entities that are mentioned, with how often, under which other names, and what is known of them."""
        found = list(self._look.named(annotated))
        if not found:
            return
        yield "<section><h2>Who and where</h2><table><thead><tr><th>Name</th><th>Mentions</th></tr></thead><tbody>\n"
        for entity, quotes in found:
            yield f"<tr><td>{_entity(entity, quotes)}</td><td>{quotes.total()}</td></tr>\n"
        yield "</tbody></table></section>\n"

    def _map(self, annotated: AnnotatedArticle) -> Iterator[str]:
        pins, nowhere = self._look.places(annotated)
        if not pins:
            return
        yield f'<section><h2>Map</h2><figure class="{self._look.place_style()}">{map_of(pins, self._writer.land)}'
        notes = [
            f"Without coordinates: {', '.join(map(name, nowhere))}." if nowhere else "",
            words(self._writer.credit),
        ]
        caption = " ".join(note for note in notes if note)
        yield f"<figcaption>{caption}</figcaption>" if caption else ""
        yield "</figure></section>\n"


def _head(annotated: AnnotatedArticle) -> str:
    article = annotated.article
    facts = list(map(name, facts_of_article(article)))
    if article.url:
        facts.append(web_link(article.url, article.url))
    kicker = "".join(f"<span>{fact}</span>" for fact in facts)
    return f'<p class="kicker">{kicker}</p>\n<h1 dir="auto">{words(article.title)}</h1>\n'


def _entity(entity: Entity, quotes: Counter[str]) -> str:
    facts = " · ".join(map(name, facts_of_entity(entity)))
    lines = [f"<b>{name(entity.name)}</b>", f"<small>{facts}</small>"]
    others = other_names(entity, quotes)
    if others:
        more = " …" if len(others) > MOST_QUOTES else ""
        lines.append(f"<small>{', '.join(f'“{name(quote)}”' for quote in others[:MOST_QUOTES])}{more}</small>")
    if entity.ids:
        lines.append(f"<small>{' · '.join(map(_identifier, entity.ids))}</small>")
    return "".join(lines)


def _identifier(one: Identifier) -> str:
    address = _ADDRESSES.get(one.scheme, "").format(one.value)
    return web_link(address, str(one))
