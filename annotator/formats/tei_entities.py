"""What stands in front of the articles of a TEI corpus: who annotated, the labels, entities and their links."""

from collections.abc import Iterator

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.corpus import Corpus
from annotator.domain.entities import PLACE, AliasKind, Entity
from annotator.domain.links import Between, Link
from annotator.domain.schemas import parse
from annotator.formats.regions import Names
from annotator.formats.xml_parts import Spelling

ENTITY, PERSON = "e-", "p-"
"""What the xml:ids of entities and of annotators begin with: an id may not begin with a digit."""
_LISTS = {"person": "listPerson", "org": "listOrg", "place": "listPlace", "object": "listObject"}
_NAMES = {"person": "persName", "org": "orgName", "place": "placeName", "object": "objectName"}


def word(said: str) -> str:
    """Words as one, for attributes that allow no blanks."""
    return "_".join(said.split())


def typed(label: str, attribute: str = "type") -> dict[str, str]:
    """A label as an attribute that allows no blanks, and as n, which does, when the two differ."""
    return {attribute: word(label), "n": "" if word(label) == label else label}


class Front:
    """The corpus's own header and lists."""

    def __init__(self, corpus: Corpus, names: Names, spelling: Spelling) -> None:
        self._corpus, self._names, self._spelling = corpus, names, spelling
        schema = parse(corpus.project.schema)
        self._schema = schema
        self._acting = {kind.key for kind in schema.kinds if kind.acts}

    def written(self) -> Iterator[str]:
        """The header, then the lists that are not empty."""
        tag, words = self._spelling.tag, self._spelling.words
        people = "\n".join(self._people())
        yield (
            f"<teiHeader>\n<fileDesc>\n<titleStmt><title>{words(self._corpus.project.name)}</title>\n{people}"
            "</titleStmt>\n<publicationStmt><p>An export of annotated articles.</p></publicationStmt>\n"
            "<sourceDesc><p>Each article says where it is from.</p></sourceDesc>\n</fileDesc>\n"
        )
        if self._schema.labels:
            labels = "".join(
                tag("category", {"n": label.key}, tag("catDesc", {}, words(_described(label.name, label.help)))) + "\n"
                for label in self._schema.labels
            )
            taxonomy = tag("taxonomy", {}, f"\n{labels}")
            yield f"<encodingDesc><classDecl>{taxonomy}</classDecl></encodingDesc>\n"
        yield "</teiHeader>\n"
        yield from self._lists()

    def _people(self) -> Iterator[str]:
        tag, words = self._spelling.tag, self._spelling.words
        for annotator in self._corpus.annotators():
            role = "annotator" if annotator.kind is AnnotatorKind.PERSON else annotator.kind.value
            name = self._names.annotators[annotator.id]
            inside = tag("resp", {}, words(role)) + tag("name", {}, words(name))
            yield tag("respStmt", {"xml:id": f"{PERSON}{annotator.id}"}, inside)

    def _lists(self) -> Iterator[str]:
        """One list of each kind at a time: the entities are gone through again rather than kept."""
        is_open = False
        for element, around in _LISTS.items():
            begun = False
            for entity in self._corpus.entities():
                if self._element(entity) == element:
                    yield "" if is_open else "<standOff>\n"
                    yield "" if begun else f"<{around}>\n"
                    is_open = begun = True
                    yield f"{self._entity(element, entity)}\n"
            yield f"</{around}>\n" if begun else ""
        links = "".join(self._relation(link) for link in self._corpus.links() if link.between is Between.ENTITIES)
        yield f"<listRelation>\n{links}</listRelation>\n" if links else ""
        yield "</standOff>\n" if is_open else ""

    def _element(self, entity: Entity) -> str:
        if entity.kind in {"person", PLACE}:
            return entity.kind
        return "org" if entity.kind in self._acting else "object"

    def _entity(self, element: str, entity: Entity) -> str:
        tag, words = self._spelling.tag, self._spelling.words
        name = _NAMES[element]
        parts = [tag(name, {}, words(entity.name))]
        for alias in entity.aliases:
            kind = "" if alias.kind is AliasKind.SPELLING else word(alias.kind.value)
            parts.append(tag(name, {"type": "alias", "subtype": kind}, words(alias.text)))
        ids = [tag("idno", {"type": one.scheme}, words(one.value)) for one in entity.ids]
        if element == "object":
            parts = [tag("objectIdentifier", {}, "".join([*parts, *ids]))]
            ids = []
        elif element == "place" and entity.place.point is not None:
            lat, lon = entity.place.point
            parts.append(tag("location", {}, tag("geo", {}, f"{lat} {lon}")))
        notes = [tag("note", {"type": kind}, words(said)) for kind, said in _details(entity) if said]
        notes += [
            tag("note", {"type": "attribute", "n": value.key}, words(said))
            for value in entity.attributes
            for said in value.values
        ]
        signed = {"xml:id": f"{ENTITY}{entity.id}", "resp": f"#{PERSON}{entity.author}"}
        if entity.author not in self._names.annotators:
            del signed["resp"]
        return tag(element, signed, "".join([*parts, *ids, *notes]))

    def _relation(self, link: Link) -> str:
        inside = self._spelling.tag("desc", {}, self._spelling.words(link.note)) if link.note else None
        said = {
            **typed(link.label, "name"),
            "active": f"#{ENTITY}{link.origin}",
            "passive": f"#{ENTITY}{link.target}",
            "from": link.since,
            "to": link.until,
        }
        return self._spelling.tag("relation", said, inside) + "\n"


def _described(name: str, more: str) -> str:
    return f"{name}: {more}" if more else name


def _details(entity: Entity) -> Iterator[tuple[str, str]]:
    place = entity.place
    yield "kind", entity.kind
    yield "description", entity.description
    yield from (("sector", sector) for sector in entity.sectors)
    yield "country", entity.country
    yield "role", entity.role
    yield "level", place.level.value if place.level else ""
    yield "basis", place.basis.value if place.basis else ""
    yield "province", place.province
    yield "district", place.district
