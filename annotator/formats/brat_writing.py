"""Writing brat's folders: one for each annotator, texts and annotations, and the files beside them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from annotator.domain.articles import Article
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.ids import AnnotatorId, ClaimId, EntityId
from annotator.domain.links import Between, Link
from annotator.domain.schemas import parse
from annotator.domain.zones import Zone
from annotator.formats.brat_ann import AnnFile, event_type
from annotator.formats.brat_conf import annotation_conf, visual_conf
from annotator.formats.brat_folder import PARTICULARS, SIDE_FILE, SIDE_FORMAT
from annotator.formats.files import whole_folder
from annotator.formats.regions import COMMENTS, DECISIONS
from annotator.formats.signed_folders import folders_of, name_of


@dataclass(frozen=True, slots=True)
class _Known:
    """What every file needs: entities and links of the whole corpus, and the folders of the annotators.

    Both grow with the entities and links that were made, not with the articles.
    """

    entities: Mapping[EntityId, Entity]
    links: Mapping[ClaimId, list[Link]]
    folders: Mapping[AnnotatorId, str]


def write_brat(corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
    """Writes the folder, yielding how many articles are done. Raises FormatError when it cannot be written."""
    with whole_folder(target) as folder, (folder / SIDE_FILE).open("w", encoding="utf-8", newline="\n") as side:
        names = {one.id: one.name for one in corpus.annotators()}
        losses.add(COMMENTS, sum(1 for _ in corpus.entity_comments()))
        known = _Known({one.id: one for one in corpus.entities()}, _links(corpus, losses), folders_of(names))
        schema, event_types = parse(corpus.project.schema), dict[str, None]()
        _write(folder / "visual.conf", visual_conf(schema))
        annotators = {own: names[id_] for id_, own in known.folders.items()}
        _say(side, {"format": SIDE_FORMAT, "version": 1, "annotators": annotators})
        for done, annotated in enumerate(corpus.articles(), start=1):
            losses.add(COMMENTS, len(annotated.comments))
            losses.add(DECISIONS, len(annotated.decisions))
            name = name_of(annotated.article, done, corpus.article_count())
            _say(side, {"file": name, **_particulars(annotated.article)})
            _write_article(folder, name, annotated, known, losses)
            event_types.update(dict.fromkeys(filter(None, map(event_type, annotated.claims))))
            yield done
        _write(folder / "annotation.conf", annotation_conf(schema, event_types))


def _links(corpus: Corpus, losses: Losses) -> dict[ClaimId, list[Link]]:
    links: dict[ClaimId, list[Link]] = defaultdict(list)
    for link in corpus.links():
        if link.between is Between.CLAIMS:
            links[ClaimId(link.origin)].append(link)
        else:
            losses.add("links between entities were left out")
    return links


def _particulars(article: Article) -> dict[str, str]:
    return {name: str(getattr(article, name)) for name in PARTICULARS if getattr(article, name)}


def _say(side: TextIO, said: Mapping[str, object]) -> None:
    side.write(f"{json.dumps(said)}\n")


def _write_article(folder: Path, name: str, annotated: AnnotatedArticle, known: _Known, losses: Losses) -> None:
    authors = _authors(annotated, known.folders)
    for author in authors:
        own = folder / known.folders.get(author, "annotator")
        own.mkdir(exist_ok=True)
        _write(own / f"{name}.txt", annotated.text)
        lines = AnnFile(annotated.text, known.entities, losses)
        lines.add_mentions(mention for mention in annotated.mentions if mention.author == author)
        lines.add_claims([claim for claim in annotated.claims if claim.author == author])
        lines.add_zones(zone for zone in annotated.zones if _signs(author, zone, authors, known))
        lines.add_links(_links_by(author, annotated, known.links))
        _write(own / f"{name}.ann", lines.text())


def _signs(author: AnnotatorId, zone: Zone, authors: list[AnnotatorId], known: _Known) -> bool:
    """Whether a zone goes into an author's file: zones are everybody's, those of people left out go with the first."""
    return zone.author == author or (zone.author not in known.folders and author == authors[0])


def _authors(annotated: AnnotatedArticle, order: Iterable[AnnotatorId]) -> list[AnnotatorId]:
    """Who did something in an article; who imported it when nobody did."""
    authors = {mention.author for mention in annotated.mentions} | {claim.author for claim in annotated.claims}
    authors |= {zone.author for zone in annotated.zones}
    authors = authors or {annotated.article.author}
    return [one for one in order if one in authors] or [*order][:1] or [annotated.article.author]


def _links_by(author: AnnotatorId, annotated: AnnotatedArticle, links: Mapping[ClaimId, list[Link]]) -> Iterator[Link]:
    """The links that go into an author's file: those that begin at the author's claims."""
    for claim in annotated.claims:
        if claim.author == author:
            yield from links.get(claim.id, ())


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
