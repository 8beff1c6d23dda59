"""GraphML of articles, entities and claims, for Gephi, yEd, Cytoscape, igraph and networkx.

Nodes have a type: article, entity or claim. Edges have a relation: mentions (article to entity, with how often), in
(claim to article), within (claim to the claim it is quoted in), source, addressee, about, actor, recipient, place or
whom (claim to entity), or the label of a link.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.links import Link
from annotator.formats.files import whole_file
from annotator.formats.xml_parts import Spelling

_NODE_FIELDS = {
    "type": "string", "label": "string", "kind": "string", "country": "string", "sectors": "string", "role": "string",
    "lat": "double", "lon": "double", "publisher": "string", "published": "string", "act": "string",
    "stance": "string", "certainty": "string", "event_type": "string",
}  # fmt: skip
_EDGE_FIELDS = {"relation": "string", "count": "int", "since": "string", "until": "string"}

Values = dict[str, str | int | float | None]


class GraphMlWriter:
    """Writes a directed graph. Nodes stand before the edges that need them."""

    key = "graphml"
    title = "Network of entities and claims (GraphML)"
    suffix = ".graphml"
    is_folder = False
    cannot = (
        "the texts and where in them anything stands",
        "zones, numbers and dates of events",
        "other names, identifiers, descriptions and own fields of entities, and all notes",
        "comments, decisions, and who made what",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        graph = _Graph(losses)
        with whole_file(target) as file:
            file.write(
                '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
            )
            for place, fields in (("node", _NODE_FIELDS), ("edge", _EDGE_FIELDS)):
                for name, kind in fields.items():
                    file.write(f'<key id="{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n')
            file.write(f'<graph id={quoteattr(corpus.project.id)} edgedefault="directed">\n')
            for entity in corpus.entities():
                file.write(graph.node(entity.id, _entity(entity)))
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.writelines(_article(graph, annotated))
                yield done
            for link in corpus.links():
                file.write(graph.edge(link.origin, link.target, link.label, _dates(link)))
            file.write("</graph>\n</graphml>\n")


class _Graph:
    """Spells nodes and edges."""

    def __init__(self, losses: Losses) -> None:
        self._spelling = Spelling(losses)

    def node(self, id_: str, values: Values) -> str:
        """A node with its values."""
        return f"<node id={quoteattr(id_)}>{self._data(values)}</node>\n"

    def edge(self, origin: str, target: str, relation: str, values: Values | None = None) -> str:
        """An edge with its values."""
        data = self._data({"relation": relation, **(values or {})})
        return f"<edge source={quoteattr(origin)} target={quoteattr(target)}>{data}</edge>\n"

    def _data(self, values: Values) -> str:
        return "".join(
            f'<data key="{name}">{self._spelling.words(str(value))}</data>'
            for name, value in values.items()
            if value not in (None, "")
        )


def _entity(entity: Entity) -> Values:
    return {
        "type": "entity",
        "label": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "sectors": " ".join(entity.sectors),
        "role": entity.role,
        "lat": entity.place.lat,
        "lon": entity.place.lon,
    }


def _article(graph: _Graph, annotated: AnnotatedArticle) -> Iterator[str]:
    article = annotated.article
    values: Values = {
        "type": "article",
        "label": article.title,
        "publisher": article.publisher,
        "published": article.published,
    }
    yield graph.node(article.id, values)
    for claim in annotated.claims:
        yield graph.node(claim.id, _claim(claim))
    mentioned = Counter(mention.entity for mention in annotated.mentions if mention.entity)
    for entity, count in sorted(mentioned.items()):
        yield graph.edge(article.id, entity, "mentions", {"count": count})
    for claim in annotated.claims:
        yield graph.edge(claim.id, article.id, "in")
        if claim.within:
            yield graph.edge(claim.id, claim.within, "within")
        for relation, party in _parties(claim):
            yield graph.edge(claim.id, party, relation)


def _claim(claim: Claim) -> Values:
    return {
        "type": "claim",
        "label": claim.wording or claim.quote,
        "act": claim.act,
        "stance": claim.stance,
        "certainty": claim.certainty,
        "event_type": claim.event.type,
    }


def _parties(claim: Claim) -> Iterator[tuple[str, str]]:
    """Each entity in each of its parts, once."""
    event = claim.event
    parts = (
        ("source", [source.entity for source in claim.sources]),
        ("addressee", [claim.addressee.entity if claim.addressee else None]),
        ("about", claim.about),
        ("actor", event.actors),
        ("recipient", event.recipients),
        ("place", [event.place]),
        ("whom", [quantity.whom for quantity in event.quantities]),
    )
    for relation, entities in parts:
        yield from ((relation, entity) for entity in dict.fromkeys(entities) if entity)


def _dates(link: Link) -> Values:
    return {"since": link.since, "until": link.until}
