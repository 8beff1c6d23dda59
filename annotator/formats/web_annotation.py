"""W3C Web Annotations (JSON-LD): an annotation page for each article, which stands in it with its text and entities.

Every target has a position (code points) and a quote with 32 letters on either side. Labels are tagging bodies,
entities identifying ones, fields classifying ones with the field's name as label, notes commenting ones, arrows linking
ones.
"""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, FoundEntity, FoundZone, Losses
from annotator.domain.identifiers import GEONAMES, URI, WIKIDATA, Identifier
from annotator.domain.ids import is_uuid
from annotator.domain.spans import Span
from annotator.formats import own_data
from annotator.formats.files import whole_file
from annotator.formats.json_parts import Object
from annotator.formats.regions import Arrow, Names, Region, Sheet
from annotator.formats.web_annotation_reading import FIELDS, articles_in

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points of prefix and suffix."""


class WebAnnotation:
    """Writes and reads Web Annotations."""

    key = "web-annotation"
    title = "W3C Web Annotation (JSON-LD)"
    suffix = ".jsonld"
    suffixes = (".jsonld", ".json")
    is_folder = False
    cannot = ("events, dates and addressees of claims", "details of entities", "links between entities")

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes one graph with a page for each article."""
        names = Names.of(corpus, losses)
        people = {}
        for annotator in corpus.annotators():
            kind = "Software" if annotator.kind is AnnotatorKind.MACHINE else "Person"
            name = names.annotators[annotator.id]
            people[name] = {"id": f"urn:uuid:{annotator.id}", "type": kind, "name": name}
        done = 0
        with whole_file(target) as file:
            file.write(f'{{"@context":"{CONTEXT}","@graph":[')
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.write("\n" if done == 1 else ",\n")
                page = _Page(annotated, names.sheet(annotated, losses), people).written()
                file.write(own_data.line_of(page).rstrip("\n"))
                yield done
            file.write("\n]}\n" if done else "]}\n")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it says that it has Web Annotations, or looks like an export of Hypothesis."""
        if path.suffix.casefold() not in self.suffixes:
            return False
        return b"anno.jsonld" in head or b"TextQuoteSelector" in head or b"TextPositionSelector" in head

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file; texts that are not in it are looked for beside it."""
        yield from articles_in(path, findings)


class _Page:
    def __init__(self, annotated: AnnotatedArticle, sheet: Sheet, people: dict[str, Object]) -> None:
        self._annotated, self._sheet, self._people = annotated, sheet, people
        self._about = f"urn:uuid:{annotated.article.id}"
        self._times: dict[str, tuple[str, str]] = {one.id: (one.created, one.changed) for one in annotated.mentions}
        self._times |= {one.id: (one.created, one.changed) for one in annotated.claims}
        self._leading: dict[str, list[Arrow]] = {}
        for arrow in sheet.arrows:
            self._leading.setdefault(arrow.origin, []).append(arrow)

    def written(self) -> Object:
        """The page with its article, its entities and its annotations."""
        article = self._annotated.article
        page: Object = {"id": f"urn:annotator:page:{article.id}", "type": "AnnotationPage"}
        about: Object = {"id": self._about, "type": "Text", "format": "text/plain"}
        fields = own_data.article_fields(article)
        about |= {term: fields[name] for name, term in FIELDS.items() if name in fields}
        page["schema:about"] = about | {"value": self._annotated.text}
        if self._sheet.entities:
            page["schema:mentions"] = [_entity(entity) for entity in self._sheet.entities]
        zones = enumerate(self._sheet.zones, start=1)
        page["items"] = [
            *(self._annotation(region) for region in self._sheet.regions),
            *(self._zone(zone, number) for number, zone in zones),
        ]
        return page

    def _annotation(self, region: Region) -> Object:
        bodies = [{"type": "TextualBody", "purpose": "tagging", "value": region.label}]
        if region.entity:
            bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": iri(region.entity)})
        fields = [("level", region.level), ("unsure", "yes" if region.unsure else ""), *region.choices]
        fields += [(value.key, said) for value in region.attributes for said in value.values]
        bodies += [_classified(name, said) for name, said in fields if said]
        if region.note:
            bodies.append({"type": "TextualBody", "purpose": "commenting", "value": region.note})
        linking = [self._link(arrow, region) for arrow in self._leading.get(region.key, ())]
        times = self._times.get(region.key)
        made = {"created": times[0], "modified": times[1]} if times else {}
        return self._whole(region.key, region.annotator, [*bodies, *linking], region.spans) | made

    def _zone(self, zone: FoundZone, number: int) -> Object:
        key = f"{self._annotated.article.id}.zone{number}"
        return self._whole(key, zone.annotator, [_classified("zone", zone.kind)], (zone.span,))

    def _whole(self, key: str, by: str, bodies: list[Object], spans: tuple[Span, ...]) -> Object:
        targets = [self._target(span) for span in spans]
        return {
            "id": iri(key),
            "type": "Annotation",
            "motivation": list(dict.fromkeys(body["purpose"] for body in bodies)),
            **({"creator": self._people[by]} if by else {}),
            "body": bodies,
            "target": targets if len(targets) > 1 else targets[0],
        }

    def _link(self, arrow: Arrow, region: Region) -> Object:
        body = {"type": "SpecificResource", "purpose": "linking", "source": iri(arrow.target), "label": arrow.label}
        return body if arrow.annotator == region.annotator else body | {"creator": self._people[arrow.annotator]}

    def _target(self, span: Span) -> Object:
        text = self._annotated.text
        quote: Object = {"type": "TextQuoteSelector", "exact": span.cut(text)}
        if before := text[max(0, span.start - AROUND) : span.start]:
            quote["prefix"] = before
        if after := text[span.end : span.end + AROUND]:
            quote["suffix"] = after
        position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        return {"source": self._about, "selector": [position, quote]}


def iri(key: str) -> str:
    """The address of a record or of a part of one."""
    return f"urn:uuid:{key}" if is_uuid(key) else f"urn:annotator:{key}"


def _classified(name: str, said: str) -> Object:
    return {"type": "TextualBody", "purpose": "classifying", "label": name, "value": said}


def _entity(entity: FoundEntity) -> Object:
    node: Object = {"id": iri(entity.key), "type": "schema:Thing", "name": entity.name}
    if entity.kind:
        node["schema:additionalType"] = entity.kind
    if entity.aliases:
        node["schema:alternateName"] = list(entity.aliases)
    same = [address for address in map(_address, entity.ids) if address]
    if same:
        node["schema:sameAs"] = same
    others = [str(identifier) for identifier in entity.ids if not _address(identifier)]
    if others:
        node["schema:identifier"] = others
    return node


def _address(identifier: Identifier) -> str:
    if identifier.scheme == WIKIDATA:
        return f"http://www.wikidata.org/entity/{identifier.value}"
    if identifier.scheme == GEONAMES:
        return f"https://sws.geonames.org/{identifier.value}/"
    return identifier.value if identifier.scheme == URI else ""
