"""Whom and what a TEI file knows by an id: those who annotated, and persons, organisations, places and objects."""

from annotator.domain.found import Findings, FoundEntity
from annotator.domain.identifiers import Identifier, check, parse
from annotator.formats.json_parts import words as clean
from annotator.formats.xml_parts import Element, first, first_pointer, id_of, inside, name_of, said_in, within

_ENTITIES = {"person": "person", "personGrp": "", "org": "", "place": "place", "object": ""}
_NAMES = ("persName", "orgName", "placeName", "geogName", "objectName", "settlement", "country", "name")
_SIGNING = ("respStmt", "person", "persName", "name", "org", "orgName", "editor", "author", "principal", "application")
_OURS = "e-"


class Known:
    """What stands in front of the articles, and in the article that is being read."""

    def __init__(self) -> None:
        self._entities: dict[str, FoundEntity] = {}
        self._people: dict[str, str] = {}
        self._own_entities: dict[str, FoundEntity] = {}
        self._own_people: dict[str, str] = {}

    def forget(self) -> None:
        """What the last article knew; another may use the same ids."""
        self._own_entities, self._own_people = {}, {}

    def take(self, element: Element, findings: Findings) -> None:
        """Notes everybody that a TEI element, a header or a list has."""
        is_own = name_of(element).startswith("TEI")
        entities, people = (self._own_entities, self._own_people) if is_own else (self._entities, self._people)
        for one in inside(element, *_SIGNING):
            if id_of(one) and (name := _name(one)):
                people.setdefault(id_of(one), name)
        for one in inside(element, *_ENTITIES):
            if id_of(one) and (name := _name(one)):
                entities.setdefault(id_of(one), _entity(one, name, findings))
        relations = sum(1 for _ in inside(element, "relation"))
        if relations:
            findings.leave_out("relations between entities", relations)

    def person(self, pointers: str) -> str:
        """The name of who is responsible; of several the first, and the pointer itself where it leads nowhere."""
        id_ = first_pointer(pointers).removeprefix("#")
        return self._own_people.get(id_) or self._people.get(id_) or clean(id_)

    def entity(self, pointers: str, words: str) -> FoundEntity | None:
        """The entity that is referred to: one of the file's, or else one of that address that is called words."""
        pointer = first_pointer(pointers)
        id_ = pointer.removeprefix("#")
        found = self._own_entities.get(id_) or self._entities.get(id_)
        if found is not None or not id_:
            return found
        if pointer.startswith("#"):
            return FoundEntity(id_, words if words.strip() else id_)
        known = parse(pointer)
        ids = () if check(known.scheme, known.value) else (known,)
        return FoundEntity(
            pointer, words if words.strip() else pointer.rstrip("/").rpartition("/")[2] or pointer, ids=ids
        )


def _name(element: Element) -> str:
    names = [said for one in inside(element, *_NAMES) if (said := said_in(one)).strip()]
    return names[0] if names else said_in(element) if name_of(element) not in _ENTITIES else ""


def _entity(element: Element, name: str, findings: Findings) -> FoundEntity:
    around = first(element, "objectIdentifier")
    around = element if around is None else around
    names = [said for one in within(around, *_NAMES) if (said := said_in(one)).strip()]
    ids = [_identifier(one) for one in within(around, "idno")]
    kind, others = "", 0
    for note in within(element, "note"):
        if note.get("type") == "kind":
            kind = said_in(note)
        else:
            others += 1
    if others:
        findings.leave_out("notes on entities", others)
    key = id_of(element).removeprefix(_OURS)
    aliases = tuple(alias for alias in dict.fromkeys(names) if alias != name)
    good = tuple(one for one in ids if one is not None)
    return FoundEntity(key, name, kind or _ENTITIES[name_of(element)], aliases, good)


def _identifier(element: Element) -> Identifier | None:
    scheme, value = element.get("type", "").strip(), said_in(element).strip()
    found = parse(value)
    if scheme and not check(scheme, value):
        found = Identifier(scheme, value)
    elif scheme:
        found = parse(f"{scheme}:{value}")
    return None if check(found.scheme, found.value) else found
