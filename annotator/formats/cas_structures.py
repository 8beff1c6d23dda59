"""Feature structures of UIMA, as both its XMI and its JSON have them, and the types of those that we write."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from annotator.formats.inception_layers import DKPRO, ROLES, Layer

SENTENCE, TOKEN = f"{DKPRO}segmentation.type.Sentence", f"{DKPRO}segmentation.type.Token"
META_DATA = f"{DKPRO}metadata.type.DocumentMetaData"
ANNOTATION, TOP, STRING, SOFA = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String", "uima.cas.Sofa"
DOCUMENT, ARRAY = "uima.tcas.DocumentAnnotation", "uima.cas.FSArray"
GOVERNOR, DEPENDENT, ROLE, TARGET = "Governor", "Dependent", "role", "target"
FIRST, NEXT = "first", "next"
INITIAL_VIEW = "_InitialView"
"""Names of types and features that UIMA, DKPro and INCEpTION have."""


@dataclass(slots=True)
class Structure:
    """One feature structure: words, numbers and truth values as words; references to others by their ids; lists."""

    id: int
    type: str
    values: dict[str, str] = field(default_factory=dict)
    refs: dict[str, list[int]] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sofa:
    """A text, which the structures lie on."""

    id: int
    name: str
    text: str


@dataclass(slots=True)
class Cas:
    """One document. members are the ids of the structures that a sofa's view shows, by the sofa's id."""

    structures: dict[int, Structure] = field(default_factory=dict)
    sofas: list[Sofa] = field(default_factory=list)
    members: dict[int, set[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Type:
    """A type: what it is a kind of, and its features with the types of their values; [] after one means a list."""

    name: str
    parent: str
    features: tuple[tuple[str, str], ...] = ()


def types_of(layers: tuple[Layer, ...]) -> tuple[Type, ...]:
    """The types that files with these layers need."""
    titles = (("documentTitle", STRING), ("documentId", STRING))
    types = [Type(META_DATA, DOCUMENT, titles), Type(SENTENCE, ANNOTATION), Type(TOKEN, ANNOTATION)]
    for layer in layers:
        features = [(name, STRING) for name in layer.features]
        if layer.has_roles:
            features.append((ROLES, f"{layer.role_type}[]"))
            types.append(Type(layer.role_type, TOP, ((ROLE, STRING), (TARGET, ANNOTATION))))
        if layer.base:
            features += [(GOVERNOR, layer.base), (DEPENDENT, layer.base)]
        types.append(Type(layer.name, ANNOTATION, tuple(features)))
    return tuple(types)


def type_system_xml(types: tuple[Type, ...]) -> str:
    """The file TypeSystem.xml."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n']
    parts.append('<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n<types>\n')
    for one in types:
        parts.append(f"<typeDescription>\n<name>{escape(one.name)}</name>\n<description/>\n")
        parts.append(f"<supertypeName>{escape(one.parent)}</supertypeName>\n")
        if one.features:
            parts += ["<features>\n", *(_feature_xml(name, kind) for name, kind in one.features), "</features>\n"]
        parts.append("</typeDescription>\n")
    parts.append("</types>\n</typeSystemDescription>\n")
    return "".join(parts)


def _feature_xml(name: str, kind: str) -> str:
    element = kind.removesuffix("[]")
    described = f"<name>{escape(name)}</name><description/>"
    if element == kind:
        described += f"<rangeTypeName>{escape(kind)}</rangeTypeName>"
    else:
        described += f"<rangeTypeName>{ARRAY}</rangeTypeName><elementType>{escape(element)}</elementType>"
    return f"<featureDescription>{described}</featureDescription>\n"
