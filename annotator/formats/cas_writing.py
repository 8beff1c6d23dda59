"""Writing UIMA's XMI and JSON: an annotator's page of one article as feature structures. Places count UTF-16 units."""

import json
import re
from collections.abc import Iterator
from itertools import count
from xml.sax.saxutils import quoteattr

from annotator.domain.corpus import AnnotatedArticle
from annotator.formats.cas_structures import (
    ARRAY,
    DEPENDENT,
    GOVERNOR,
    INITIAL_VIEW,
    META_DATA,
    ROLE,
    SENTENCE,
    SOFA,
    TARGET,
    TOKEN,
    Cas,
    Sofa,
    Structure,
    Type,
)
from annotator.formats.inception_layers import ROLES, Joined, Layer, Marked, Page
from annotator.formats.json_parts import Object
from annotator.formats.tokens import sentences
from annotator.formats.utf16 import Units

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold; U+FFFD stands for each."""
_SOFA, _NUMBERS = 1, frozenset({"begin", "end"})
_UNKNOWN_LANGUAGE = "x-unspecified"


def cas_of(annotated: AnnotatedArticle, page: Page, name: str, layers: tuple[Layer, ...]) -> Cas:
    """The document; name is what INCEpTION will call it."""
    return _Building(annotated, layers).cas(page, name)


class _Building:
    def __init__(self, annotated: AnnotatedArticle, layers: tuple[Layer, ...]) -> None:
        self._annotated, self._text, self._units = annotated, annotated.text, Units(annotated.text)
        self._layers = {layer.name: layer for layer in layers}
        self._ids = count(_SOFA + 1)
        self._cas = Cas(sofas=[Sofa(_SOFA, INITIAL_VIEW, annotated.text)], members={_SOFA: set()})

    def cas(self, page: Page, name: str) -> Cas:
        article = self._annotated.article
        about = {"language": article.language or _UNKNOWN_LANGUAGE, "documentId": name}
        about |= {"documentTitle": article.title} if article.title else {}
        self._span(META_DATA, 0, len(self._text), about)
        for words in sentences(self._text):
            self._span(SENTENCE, words[0].start, words[-1].end, {})
            for word in words:
                self._span(TOKEN, word.start, word.end, {})
        made = {mark.key: self._mark(mark) for mark in page.marks}
        for mark in page.marks:
            self._slots(mark, made)
        for joined in page.joins:
            self._relation(joined, made)
        return self._cas

    def _add(self, kind: str) -> Structure:
        structure = Structure(next(self._ids), kind)
        self._cas.structures[structure.id] = structure
        return structure

    def _span(self, kind: str, begin: int, end: int, features: dict[str, str]) -> Structure:
        structure = self._add(kind)
        structure.refs["sofa"] = [_SOFA]
        structure.values = {"begin": str(self._units.unit(begin)), "end": str(self._units.unit(end)), **features}
        self._cas.members[_SOFA].add(structure.id)
        return structure

    def _mark(self, mark: Marked) -> Structure:
        return self._span(mark.layer, mark.span.start, mark.span.end, mark.features)

    def _slots(self, mark: Marked, made: dict[str, Structure]) -> None:
        links = []
        for _, role, target in mark.roles:
            link = self._add(self._layers[mark.layer].role_type)
            link.values[ROLE] = role
            link.refs[TARGET] = [made[target].id]
            links.append(link.id)
        if links:
            made[mark.key].refs[ROLES] = links

    def _relation(self, joined: Joined, made: dict[str, Structure]) -> None:
        origin, target = made[joined.origin], made[joined.target]
        # DKPro's convention: a relation lies where its target does.
        relation = self._add(joined.layer)
        relation.values = {name: target.values[name] for name in ("begin", "end")} | joined.features
        relation.refs = {"sofa": [_SOFA], GOVERNOR: [origin.id], DEPENDENT: [target.id]}
        self._cas.members[_SOFA].add(relation.id)


def xmi_lines(cas: Cas) -> Iterator[str]:
    """The XMI file's lines, each with its end."""
    prefixes: dict[str, str] = {}
    for structure in cas.structures.values():
        package = structure.type.rpartition(".")[0]
        if package not in prefixes:
            prefixes[package] = f"ns{len(prefixes)}"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    spaces = "".join(
        f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"' for package, prefix in prefixes.items()
    )
    yield '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
    yield f'{spaces} xmi:version="2.0">\n<cas:NULL xmi:id="0"/>\n'
    for structure in cas.structures.values():
        package, _, name = structure.type.rpartition(".")
        said = {**{key: " ".join(map(str, ids)) for key, ids in structure.refs.items()}, **structure.values}
        attributes = "".join(f" {key}={_quoted(value)}" for key, value in said.items())
        yield f'<{prefixes[package]}:{name} xmi:id="{structure.id}"{attributes}/>\n'
    for sofa in cas.sofas:
        yield f'<cas:Sofa xmi:id="{sofa.id}" sofaNum="1" sofaID="{sofa.name}" mimeType="text"'
        yield f" sofaString={_quoted(sofa.text)}/>\n"
        yield f'<cas:View sofa="{sofa.id}" members="{" ".join(map(str, sorted(cas.members[sofa.id])))}"/>\n'
    yield "</xmi:XMI>\n"


def _quoted(words: str) -> str:
    return quoteattr(NO_XML.sub("\ufffd", words), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def without_xml(cas: Cas) -> int:
    """How many characters XML cannot hold."""
    values = (value for structure in cas.structures.values() for value in structure.values.values())
    return sum(len(NO_XML.findall(words)) for words in (*(sofa.text for sofa in cas.sofas), *values))


def json_text(cas: Cas, types: tuple[Type, ...]) -> str:
    """The JSON file's text."""
    structures: list[Object] = [
        {"%ID": sofa.id, "%TYPE": SOFA, "sofaNum": 1, "sofaID": sofa.name, "mimeType": "text", "sofaString": sofa.text}
        for sofa in cas.sofas
    ]
    arrays = count(max((*cas.structures, _SOFA)) + 1)
    for structure in cas.structures.values():
        data: Object = {"%ID": structure.id, "%TYPE": structure.type}
        for name, ids in structure.refs.items():
            if name == ROLES:
                array = next(arrays)
                structures.append({"%ID": array, "%TYPE": ARRAY, "%ELEMENTS": ids})
                data[f"@{name}"] = array
            else:
                data[f"@{name}"] = ids[0]
        data |= {name: int(value) if name in _NUMBERS else value for name, value in structure.values.items()}
        structures.append(data)
    views = {
        sofa.name: {"%SOFA": sofa.id, "%MEMBERS": sorted(cas.members[sofa.id])} for sofa in cas.sofas
    }  # fmt: skip
    described = {one.name: _described(one) for one in types}
    document = {"%TYPES": described, "%FEATURE_STRUCTURES": structures, "%VIEWS": views}
    return json.dumps(document, ensure_ascii=False, indent=0, separators=(",", ":")) + "\n"


def _described(one: Type) -> Object:
    features = {name: {"%NAME": name, "%RANGE": kind} for name, kind in one.features}
    return {"%NAME": one.name, "%SUPER_TYPE": one.parent, **features}
