"""Reading UIMA's XMI, its type systems and its JSON without trust: no entities, no network, no code from names.

A library would make a class of every type in a file; here a structure is a record, and one that is broken spoils no
other.
"""

import io
import json
import re
from collections.abc import Callable
from xml.parsers import expat

from annotator.formats.cas_structures import (
    ARRAY,
    DEPENDENT,
    FIRST,
    GOVERNOR,
    NEXT,
    SOFA,
    STRING,
    TARGET,
    Cas,
    Sofa,
    Structure,
)
from annotator.formats.json_parts import BadRecord, Object, listed, mapping, words

_XMI_ID = "http://www.omg.org/XMI id"
_NAMESPACE = re.compile(r"http:///(.*)\.ecore")
_IDS = re.compile(r"\d{1,18}( \d{1,18})*", re.ASCII)
_CONTROL = re.compile(rb"&#(x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2[0-9]|3[01]));")
_XML_11 = re.compile(rb"""\s*<\?xml\s+version=["']1\.1["']""")
_LEADING = frozenset({GOVERNOR, DEPENDENT, TARGET, FIRST, NEXT, "sofa"})
_BUILT_IN = _LEADING | {"language"}
_PRIMITIVES = {f"uima.cas.{name}" for name in ("Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")}
_PRIMITIVES |= {f"{one}Array" for one in (*_PRIMITIVES, STRING)} | {STRING}
_DEEPEST = 3


class TypeSystem:
    """What a TypeSystem.xml says: of each type its parent and its features."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._features: dict[str, dict[str, str]] = {}

    def add(self, name: str, parent: str, features: dict[str, str]) -> None:
        """Adds a type."""
        self._parents[name] = parent
        self._features[name] = features

    def range_of(self, name: str, feature: str) -> str:
        """The type of a feature's values; empty when the type, or one that it is a kind of, has no such feature."""
        for one in self._line(name):
            if feature in self._features.get(one, {}):
                return self._features[one][feature]
        return ""

    def is_primitive(self, name: str) -> bool:
        """Whether values of a type are words, numbers or truth values."""
        return any(one in _PRIMITIVES for one in self._line(name))

    def __contains__(self, name: str) -> bool:
        return name in self._parents

    def _line(self, name: str) -> list[str]:
        """A type and those that it is a kind of; a circle ends."""
        line = [name]
        while (name := self._parents.get(name, "")) and name not in line:
            line.append(name)
        return line


def type_system_in(data: bytes) -> TypeSystem:
    """The type system of a file. Raises BadRecord when it is none."""
    found = TypeSystem()
    path: list[str] = []
    said: dict[str, str] = {}
    features: dict[str, str] = {}
    current: dict[str, str] = {}

    def start(tag: str, _: dict[str, str]) -> None:
        path.append(tag.rpartition(" ")[2])
        if path[-1] == "typeDescription":
            said.clear()
            features.clear()
        elif path[-1] == "featureDescription":
            current.clear()

    def text(letters: str) -> None:
        into = current if "featureDescription" in path else said
        into[path[-1]] = into.get(path[-1], "") + letters

    def end(_: str) -> None:
        tag = path.pop()
        if tag == "featureDescription":
            features[current.get("name", "").strip()] = current.get("rangeTypeName", "").strip()
        elif tag == "typeDescription":
            found.add(said.get("name", "").strip(), said.get("supertypeName", "").strip(), dict(features))

    _parse(data, start, end, text)
    return found


def xmi_in(data: bytes, types: TypeSystem | None, problem: Callable[[str], None]) -> Cas:
    """The document of an XMI file; what leads to other structures is told by its type, or else by its form.

    Raises BadRecord when it is no XMI.
    """
    cas, path = Cas(), list[str]()
    current: list[Structure] = []
    letters: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        path.append(tag)
        if len(path) == 1 and tag != "http://www.omg.org/XMI XMI":
            raise BadRecord("it is XML, but no XMI")
        if len(path) > _DEEPEST:
            raise BadRecord("it is nested too deeply for XMI")
        letters.clear()
        if len(path) == 2:
            structure = _structure(tag, attributes, cas)
            current[:] = [structure] if structure else []

    def end(tag: str) -> None:
        path.pop()
        if len(path) == 2 and current:
            current[0].lists.setdefault(tag.rpartition(" ")[2], []).append("".join(letters))

    _parse(_without_controls(data, problem), start, end, letters.append)
    _resolve(cas, types, problem)
    return cas


def _without_controls(data: bytes, problem: Callable[[str], None]) -> bytes:
    """XML 1.1 may hold control characters, which our parser refuses."""
    if not _XML_11.match(data[:200]):
        return data
    data, changed = _CONTROL.subn("\ufffd".encode(), data)
    if changed:
        problem(f"{changed:,} control characters were read as \ufffd")
    return data


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], object],
) -> None:
    def refuse(*_: object) -> None:
        raise BadRecord("it declares a document type, which could hold anything; UIMA writes none")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.ParseFile(io.BytesIO(data))
    except expat.ExpatError as error:
        raise BadRecord(f"it is no whole XML: {expat.errors.messages[error.code]} (line {error.lineno:,})") from error
    except (ValueError, LookupError) as error:
        if isinstance(error, BadRecord):
            raise
        raise BadRecord(f"it cannot be read as XML: {error}") from error


def _structure(tag: str, attributes: dict[str, str], cas: Cas) -> Structure | None:
    """A structure from an element; sofas and views go into the CAS at once."""
    space, _, name = tag.rpartition(" ")
    match = _NAMESPACE.fullmatch(space)
    package = match[1].replace("/", ".") if match else space
    kind = name if package in {"", "uima.noNamespace"} else f"{package}.{name}"
    number = _number(attributes.get(_XMI_ID, ""))
    if kind == SOFA and number is not None:
        cas.sofas.append(Sofa(number, attributes.get("sofaID", ""), attributes.get("sofaString", "")))
    elif kind == "uima.cas.View":
        sofa = _number(attributes.get("sofa", ""))
        if sofa is not None:
            cas.members[sofa] = {number for said in attributes.get("members", "").split() if (number := _number(said))}
    elif number:
        values = {key: value for key, value in attributes.items() if " " not in key}
        return cas.structures.setdefault(number, Structure(number, kind, values))
    return None


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else None


def _resolve(cas: Cas, types: TypeSystem | None, problem: Callable[[str], None]) -> None:
    """Tells references from values."""
    unknown: set[str] = set()
    for structure in cas.structures.values():
        is_known = types is None or structure.type in types or structure.type.startswith("uima.")
        if not is_known:
            unknown.add(f"the type {structure.type}")
        for name, value in list(structure.values.items()):
            if name in {"begin", "end"}:
                continue
            kind = types.range_of(structure.type, name) if types else ""
            if types and is_known and not kind and name not in _BUILT_IN and structure.type != ARRAY:
                unknown.add(f"the feature “{name}” of {structure.type}")
            is_leading = not types.is_primitive(kind) if types and kind else _leads(structure, name, value, cas)
            if is_leading:
                del structure.values[name]
                structure.refs[name] = [int(one) for one in value.split()] if _IDS.fullmatch(value.strip()) else []
    for what in sorted(unknown):
        problem(f"the type system does not know {what}; its values were read as they are")


def _leads(structure: Structure, name: str, value: str, cas: Cas) -> bool:
    """Whether a value whose type is not known leads to other structures."""
    if name in _LEADING or structure.type == ARRAY:
        return True
    if not _IDS.fullmatch(value):
        return False
    targets = [cas.structures.get(int(one)) for one in value.split()]
    return all(one is not None and (TARGET in one.values or TARGET in one.refs) for one in targets)


def json_in(data: bytes) -> Cas:
    """The document of a JSON file. Raises BadRecord when it is none."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else f"it is no JSON: {error}"
        raise BadRecord(reason) from error
    structures = mapping(document).get("%FEATURE_STRUCTURES")
    if isinstance(structures, dict):
        structures = [{"%ID": _number(key), **mapping(one)} for key, one in structures.items()]
    if not isinstance(structures, list):
        raise BadRecord("it is JSON, but no document of UIMA's")
    cas = Cas()
    for one in map(mapping, structures):
        _take(one, cas)
    for view in map(mapping, mapping(mapping(document).get("%VIEWS")).values()):
        sofa = view.get("%SOFA")
        if isinstance(sofa, int):
            cas.members[sofa] = {one for one in listed(view.get("%MEMBERS")) if isinstance(one, int)}
    return cas


def _take(data: Object, cas: Cas) -> None:
    number, kind = data.get("%ID"), words(data.get("%TYPE"))
    if not isinstance(number, int) or isinstance(number, bool) or not kind:
        return
    if kind == SOFA:
        text = data.get("sofaString")
        cas.sofas.append(Sofa(number, words(data.get("sofaID")), text if isinstance(text, str) else ""))
        return
    structure = Structure(number, ARRAY if kind.endswith("[]") else kind)
    for name, value in data.items():
        if name == "%ELEMENTS":
            structure.refs["elements"] = [one for one in listed(value) if isinstance(one, int)]
            structure.lists["elements"] = [one for one in listed(value) if isinstance(one, str)]
        elif name.startswith("@"):
            structure.refs[name[1:]] = [one for one in listed(value) if isinstance(one, int)]
        elif not name.startswith(("%", "^", "#")):
            said = str(value).casefold() if isinstance(value, bool) else words(value)
            if said:
                structure.values[name] = said
    cas.structures.setdefault(number, structure)
