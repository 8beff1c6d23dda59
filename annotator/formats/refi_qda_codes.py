"""The codebook of a REFI-QDA file: labels, the parts of claims, zones and entities as codes, and codes as all of these.

What a code is for stands in its memo; a code of another program is a label, under the names of the codes above it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from annotator.domain.corpus import Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import FoundEntity
from annotator.domain.identifiers import check, parse
from annotator.domain.ids import derived_id
from annotator.domain.schemas import parse as parse_schema
from annotator.formats.json_parts import words as clean
from annotator.formats.memos import memo, taken_apart
from annotator.formats.regions import CONTENT, CUE, SOURCE
from annotator.formats.xml_parts import Element, Spelling, name_of, within

LABEL, PART, ZONE, ENTITY, GROUP = "label", "part", "zone", "entity", "group"
"""What a code can be for; a group only holds others."""
PARTS = (CONTENT, SOURCE, CUE)


class Codes:
    """Writes codes and knows their GUIDs, which are the same at every export of a project."""

    def __init__(self, corpus: Corpus, spelling: Spelling) -> None:
        self._corpus, self._spelling = corpus, spelling
        self._project, self._schema = corpus.project.id, parse_schema(corpus.project.schema)

    def guid(self, role: str, name: str) -> str:
        """The GUID of a code."""
        return name if role == ENTITY else derived_id(f"{self._project} {role} {name}")

    def written(self, labels: Iterable[str], zones: Iterable[str], entities: Iterable[Entity]) -> Iterator[str]:
        """All codes. labels and zones are what is used; what the schema has besides comes too."""
        yield "<Codes>\n"
        for key in dict.fromkeys([*(label.key for label in self._schema.labels), *labels]):
            label = self._schema.label(key)
            yield self._code(LABEL, key, label.name, label.help, colour=label.light)
        known = {part.key: part for part in self._schema.claim_parts}
        parts = {key: known.get(key) for key in PARTS}
        inside = (
            self._code(PART, key, key, part.help if part else "", colour=part.light if part else "")
            for key, part in parts.items()
        )
        yield from self._group("Claim", inside)
        help_of = {kind.key: kind.help for kind in self._schema.zone_kinds}
        kinds = dict.fromkeys([*help_of, *zones])
        yield from self._group("Zones", (self._code(ZONE, kind, kind, help_of.get(kind, "")) for kind in kinds))
        taken: set[str] = set()
        yield from self._group("Entities", (self._entity(entity, taken) for entity in entities))
        yield "</Codes>\n"

    def _group(self, name: str, inside: Iterator[str]) -> Iterator[str]:
        begin = next(inside, None)
        if begin is None:
            return
        said = {"guid": self.guid(GROUP, name), "name": name, "isCodable": "false"}
        description = self._spelling.tag("Description", {}, self._spelling.words(memo("", [("use", GROUP)])))
        yield self._spelling.tag("Code", said, f"{description}\n").removesuffix("</Code>")
        yield from chain([begin], inside)
        yield "</Code>\n"

    def _code(self, role: str, key: str, name: str, note: str, *, colour: str = "") -> str:
        return self._spelled(self.guid(role, key), name, memo(note, [("use", role), ("key", key)]), colour)

    def _entity(self, entity: Entity, taken: set[str]) -> str:
        # Two codes of one name under the same code are one to some programs.
        name = entity.name if entity.name not in taken else f"{entity.name} ({entity.id[-6:]})"
        taken.add(name)
        fields = [("use", ENTITY), ("kind", entity.kind), ("name", entity.name if name != entity.name else "")]
        fields += [("alias", alias.text) for alias in entity.aliases]
        fields += [("id", str(one)) for one in entity.ids]
        return self._spelled(entity.id, name, memo(entity.description, fields), "")

    def _spelled(self, guid: str, name: str, said: str, colour: str) -> str:
        description = self._spelling.tag("Description", {}, self._spelling.words(said))
        attributes = {"guid": guid, "name": name, "isCodable": "true", "color": colour}
        return self._spelling.tag("Code", attributes, description) + "\n"


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a file: what it is for, and as what. entity is set where it stands for one."""

    use: str
    key: str
    is_codable: bool = True
    entity: FoundEntity | None = None


def codes_in(codes: Element) -> Iterator[tuple[str, Code]]:
    """Each code below an element Codes with its GUID."""
    waiting = [(code, "") for code in within(codes, "Code")]
    while waiting:
        element, above = waiting.pop(0)
        note = next(("".join(one.itertext()) for one in within(element, "Description")), "")
        name = clean(element.get("name", "")).strip() or "code"
        fields = taken_apart(note)[1]
        said = dict(fields)
        path = f"{above}/{name}" if above else name
        yield guid_in(element.get("guid", "")), _code(element, path, name, fields)
        is_ours = said.get("use") == GROUP
        waiting += [(code, "" if is_ours else path) for code in within(element, "Code") if name_of(code)]


def _code(element: Element, path: str, name: str, fields: list[tuple[str, str]]) -> Code:
    said = dict(fields)
    use = said.get("use", "")
    if use == ENTITY:
        ids = [parse(value) for field, value in fields if field == "id"]
        good = tuple(one for one in ids if not check(one.scheme, one.value))
        aliases = tuple(value for field, value in fields if field == "alias")
        guid = guid_in(element.get("guid", ""))
        entity = FoundEntity(guid, said.get("name", name), said.get("kind", ""), aliases, good)
        return Code(ENTITY, path, entity=entity)
    is_codable = element.get("isCodable", "true").strip() not in {"false", "0"}
    if use in {LABEL, PART, ZONE} and said.get("key", "").strip():
        return Code(use, said["key"], is_codable)
    return Code(use if use == GROUP else LABEL, path, is_codable)


def guid_in(said: str) -> str:
    """A GUID as it is compared: without braces, in small letters."""
    return clean(said).strip().strip("{}").casefold()
