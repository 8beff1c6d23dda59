"""Regions and arrows as INCEpTION has them: spans on layers with features, slots that lead to other spans, relations.

Both of its formats that we write, WebAnno TSV and UIMA CAS, have these layers. A project needs them before it can take
the files; layers.json beside them defines them (Settings, Layers, Import).

    NamedEntity (its own)     a mention: value is its label, identifier and entityName its entity; level, used_as,
                              unsure, note
    webanno.custom.Claim      the content of a claim: its choices, note; roles lead to source, cue, within, speaker
    webanno.custom.Source     the words of a source; roles lead to the mention that says who it is
    webanno.custom.Cue        the words of a cue
    webanno.custom.Piece      a further piece of a span; roles lead to the first piece, which it continues
    webanno.custom.Zone       a stretch that is not plain body
    webanno.custom.ClaimLink  an arrow between two claims

Attributes of the schema are features of their own names; what has several values or an unusual name is in fields, as
JSON. Who annotated is the folder; only an arrow that somebody else drew has the feature annotator.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.domain.attributes import YES
from annotator.domain.found import FoundZone, Losses
from annotator.domain.ids import EntityId
from annotator.domain.schemas import Schema
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.formats.regions import (
    CHOICES,
    CONTENT,
    CUE,
    MENTION,
    PIECE,
    SOURCE,
    SPEAKER,
    WITHIN,
    Arrow,
    Names,
    Region,
    Sheet,
    in_pieces,
)

DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."
NAMED_ENTITY = f"{DKPRO}ner.type.NamedEntity"
_OWN = "webanno.custom."
CLAIM, CLAIM_SOURCE, CLAIM_CUE = f"{_OWN}Claim", f"{_OWN}Source", f"{_OWN}Cue"
FURTHER, ZONE, LINK = f"{_OWN}Piece", f"{_OWN}Zone", f"{_OWN}ClaimLink"
ROLES, FIELDS = "roles", "fields"
VALUE, IDENTIFIER, NAME, LABEL, ANNOTATOR = "value", "identifier", "entityName", "label", "annotator"
LEVEL, NOTE, UNSURE = "level", "note", "unsure"
CONTINUES = "continues"
"""Names of layers, features and roles."""
_FEATURE = re.compile(r"[a-z][a-z0-9_]{0,60}")
_TAKEN = frozenset({"begin", "end", "sofa", "self", "type", "target", "role", ROLES, FIELDS})
_CLAIM_ROLES = frozenset({SOURCE, CUE, WITHIN, SPEAKER})


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of spans, or of relations when it has a base: the layer of the spans that it joins."""

    name: str
    title: str
    features: tuple[str, ...] = ()
    has_roles: bool = False
    base: str = ""

    @property
    def role_type(self) -> str:
        """The name of the type that a slot's entries have."""
        return f"{self.name}{ROLES.capitalize()}Link"


@dataclass(slots=True)
class Marked:
    """A span on a layer. roles are slots: the feature, the role, the key of the span that it leads to.

    chain is the key of the chain that it is a link of, empty for all others.
    """

    key: str
    layer: str
    span: Span
    features: dict[str, str] = field(default_factory=dict)
    roles: list[tuple[str, str, str]] = field(default_factory=list)
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """A relation from one span to another, by their keys."""

    layer: str
    origin: str
    target: str
    features: dict[str, str]


@dataclass(slots=True)
class Page:
    """What one annotator marked in one text."""

    marks: list[Marked] = field(default_factory=list)
    joins: list[Joined] = field(default_factory=list)


def layers_of(schema: Schema) -> tuple[Layer, ...]:
    """All layers that we write: those of spans, those of spans with slots, then relations."""
    mention = (VALUE, IDENTIFIER, NAME, LEVEL, "used_as", UNSURE, NOTE)
    claim = (*CHOICES, NOTE)
    mention_features = _with_own(mention, (one.key for one in schema.mention_attributes))
    claim_features = _with_own(claim, (one.key for one in schema.claim_attributes))
    return (
        Layer(NAMED_ENTITY, "Named entity", mention_features),
        Layer(CLAIM_CUE, "Cue"),
        Layer(ZONE, "Zone", (VALUE,)),
        Layer(CLAIM, "Claim", claim_features, has_roles=True),
        Layer(CLAIM_SOURCE, "Source", has_roles=True),
        Layer(FURTHER, "Piece", has_roles=True),
        Layer(LINK, "Claim link", (LABEL, ANNOTATOR), base=CLAIM),
    )


def _with_own(built_in: tuple[str, ...], keys: Iterable[str]) -> tuple[str, ...]:
    own = (key for key in keys if _FEATURE.fullmatch(key) and key not in _TAKEN)
    return tuple(dict.fromkeys((*built_in, *own, FIELDS)))


def identifiers_of(names: Names) -> dict[str, str]:
    """What stands for each entity in a file: its address elsewhere where it has one of its own, else our key."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for key, entity in names.entities.items():
        addresses = (_address(one.scheme, one.value) for one in entity.ids)
        address = next((one for one in addresses if one and one not in taken), "")
        found[key] = address or key
        taken.add(found[key])
    return found


def _address(scheme: str, value: str) -> str:
    known = {"wikidata": f"http://www.wikidata.org/entity/{value}", "geonames": f"https://sws.geonames.org/{value}/"}
    return known.get(scheme, value if scheme == "uri" else "")


def pages_of(sheet: Sheet, layers: tuple[Layer, ...], identifiers: dict[str, str], losses: Losses) -> dict[str, Page]:
    """The work of each annotator in an article, by their names; arrows between the work of two are lost."""
    regions, arrows = in_pieces(sheet)
    who = {region.key: region.annotator for region in regions}
    inside = [arrow for arrow in arrows if who[arrow.origin] == who[arrow.target]]
    losses.add("arrows between the work of two annotators", len(arrows) - len(inside))
    pages: dict[str, Page] = {}
    marks: dict[str, Marked] = {}
    features = {layer.name: frozenset(layer.features) for layer in layers}
    names = {identifiers[EntityId(entity.key)]: entity.name for entity in sheet.entities}
    further = {arrow.target for arrow in arrows if arrow.label == PIECE}
    for region in regions:
        is_further = region.key in further
        mark = (
            Marked(region.key, FURTHER, region.spans[0]) if is_further else _mark(region, features, identifiers, names)
        )
        marks[region.key] = mark
        pages.setdefault(region.annotator, Page()).marks.append(mark)
    for arrow in inside:
        _join(arrow, marks, pages[who[arrow.origin]], who[arrow.origin])
    for number, zone in enumerate(sheet.zones):
        pages.setdefault(zone.annotator or next(iter(pages), ""), Page()).marks.append(_zone(zone, number))
    return pages


def _zone(zone: FoundZone, number: int) -> Marked:
    return Marked(f"zone{number}", ZONE, zone.span, {VALUE: zone.kind})


def _mark(
    region: Region, known: dict[str, frozenset[str]], identifiers: dict[str, str], names: dict[str, str]
) -> Marked:
    layer = {CONTENT: CLAIM, SOURCE: CLAIM_SOURCE, CUE: CLAIM_CUE}.get(region.label, NAMED_ENTITY)
    features = dict(region.choices)
    if layer == NAMED_ENTITY:
        features[VALUE] = region.label
        if region.entity:
            identifier = identifiers[EntityId(region.entity)]
            features |= {IDENTIFIER: identifier, NAME: names[identifier]}
        features |= {LEVEL: region.level} if region.level else {}
        features |= {UNSURE: YES} if region.unsure else {}
    features |= {NOTE: region.note} if region.note else {}
    features |= _attributes(region.attributes, known[layer] - features.keys())
    return Marked(region.key, layer, region.spans[0], features)


def _attributes(values: tuple[Value, ...], free: frozenset[str] | set[str]) -> dict[str, str]:
    """Attributes with one value as features of their names; the others together as JSON."""
    own = {value.key: value.values[0] for value in values if value.key in free and len(value.values) == 1}
    others = {value.key: list(value.values) for value in values if value.key not in own}
    return {**own, **({FIELDS: json.dumps(others, ensure_ascii=False)} if others else {})}


def _join(arrow: Arrow, marks: dict[str, Marked], page: Page, by: str) -> None:
    origin, target = marks[arrow.origin], marks[arrow.target]
    if arrow.label == PIECE:
        # The first piece, not the one before: that may be of blanks only, which TSV leaves out.
        first = origin.roles[0][2] if origin.layer == FURTHER else origin.key
        target.roles.append((ROLES, CONTINUES, first))
    elif (arrow.label in _CLAIM_ROLES and origin.layer == CLAIM) or arrow.label == MENTION:
        origin.roles.append((ROLES, arrow.label, target.key))
    else:
        signed = {ANNOTATOR: arrow.annotator} if arrow.annotator != by else {}
        page.joins.append(Joined(LINK, origin.key, target.key, {LABEL: arrow.label, **signed}))
