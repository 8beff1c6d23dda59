"""One .ann file as it is written: an annotator's records of one article, as lines of brat's."""

import json
from collections.abc import Iterable, Iterator, Mapping

from annotator.domain.attributes import YES
from annotator.domain.claims import Claim, Source
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.values import Value, value_of
from annotator.domain.zones import Zone
from annotator.formats.brat_conf import CHOICES, as_label, goes_as_attribute
from annotator.formats.brat_meaning import (
    CLAIM,
    COMMENT,
    CONTENT,
    CUE,
    ENTITY,
    ENTITY_NOTE,
    EVENT_TYPE,
    LEVEL,
    REFERENCE,
    SOURCE,
    UNSURE,
    VALUES_NOTE,
    WITHIN,
    ZONE,
)
from annotator.formats.brat_text import as_name, cut_at_breaks, in_one_line, rejoined, words_of_pieces


class AnnFile:
    """Collects the lines; call add_mentions before add_claims, and that before add_links."""

    def __init__(self, text: str, entities: Mapping[EntityId, Entity], losses: Losses) -> None:
        self._text, self._entities, self._losses = text, entities, losses
        self._lines: list[str] = []
        self._counts: dict[str, int] = {}
        self._described: set[EntityId] = set()
        self._mentions: dict[tuple[tuple[Span, ...], EntityId | None], str] = {}
        self._sources: dict[tuple[Span, ...], str] = {}
        self._claims: dict[ClaimId, str] = {}

    def text(self) -> str:
        """The file's content."""
        return "".join(f"{line}\n" for line in self._lines)

    def add_mentions(self, mentions: Iterable[Mention]) -> None:
        """Mentions with their entities, choices and comments."""
        for mention in mentions:
            key = self._words(as_label(mention.label), mention.spans)
            if not key:
                continue
            self._mentions.setdefault((mention.spans, mention.entity), key)
            if mention.entity is not None:
                self._name_entity(key, mention.entity)
            fields = (Value(name, (value,)) for name in (LEVEL, "used_as") if (value := getattr(mention, name)))
            self._say_values(key, [*fields, *mention.attributes], is_unsure=mention.unsure)
            self._comment(key, mention.note)

    def add_zones(self, zones: Iterable[Zone]) -> None:
        """Zones, as texts of their own."""
        for zone in zones:
            self._words(f"{ZONE}{as_name(zone.kind)}", (zone.span,))

    def add_claims(self, claims: list[Claim]) -> None:
        """Claims as events; a claim quoted in another may be written before it."""
        parts = [(claim, self._parts(claim)) for claim in claims]
        for claim, roles in parts:
            if roles:
                self._claims[claim.id] = self._next("E")
        for claim, roles in parts:
            if roles:
                self._add_claim(claim, roles)

    def add_links(self, links: Iterable[Link]) -> None:
        """Links between two claims of this file."""
        for link in links:
            origin, target = (self._claims.get(ClaimId(end), "") for end in (link.origin, link.target))
            if origin and target:
                self._line("R", f"{as_name(link.label)} Arg1:{origin} Arg2:{target}")
                self._losses.add(
                    "dates and comments of links were left out", bool(link.since or link.until or link.note)
                )
            else:
                self._losses.add("links between claims of different articles or annotators were left out")

    def _parts(self, claim: Claim) -> list[tuple[str, str]]:
        """The roles of a claim's texts; none when its content holds nothing but line breaks."""
        content = self._words(CONTENT, claim.content)
        if not content:
            return []
        sources = [key for source in claim.sources if (key := self._source(source))]
        cue = self._words(CUE, claim.cue) if claim.cue else ""
        return [(CONTENT, content), *((SOURCE, key) for key in sources), *([(CUE, cue)] if cue else [])]

    def _source(self, source: Source) -> str:
        if not source.spans:
            self._losses.add("sources that were chosen and not marked were left out")
            return ""
        mention = self._mentions.get((source.spans, source.entity)) if source.entity else ""
        if not mention and source.entity:
            self._losses.add("sources lost their entity: it has no mention at these words by the same annotator")
        if mention or source.spans in self._sources:
            self._cut(source.spans)  # written once, and lacking in each claim
        else:
            self._sources[source.spans] = self._words(SOURCE, source.spans)
        return mention or self._sources[source.spans]

    def _add_claim(self, claim: Claim, roles: list[tuple[str, str]]) -> None:
        own = event_type(claim)
        label = as_label(own) if own else CLAIM
        self._losses.add("claims lost further event types", len(value_of(claim.attributes, EVENT_TYPE)[1:]))
        trigger = self._trigger(label, claim)
        outer = self._claims.get(claim.within) if claim.within else None
        self._losses.add(
            "claims lost the claim they are quoted in: another annotator's", bool(claim.within and not outer)
        )
        roles = [*roles, *([(WITHIN, outer)] if outer else [])]
        key = self._claims[claim.id]
        numbered = " ".join(f"{role}:{target}" for role, target in _numbered(roles))
        self._lines.append(f"{key}\t{label}:{trigger} {numbered}")
        fields = (Value(name, (value,)) for name in CHOICES if (value := getattr(claim, name)))
        others = (value for value in claim.attributes if value.key != EVENT_TYPE)
        self._say_values(key, [*fields, *others], is_unsure=claim.unsure)
        self._comment(key, claim.note)
        self._count_lost(claim)

    def _trigger(self, label: str, claim: Claim) -> str:
        """The text under an event's label: the cue, or else the first piece of content that holds something."""
        options = (cut_at_breaks(self._text, spans) for spans in (claim.cue, claim.content[:1], claim.content))
        return self._text_bound(label, next(pieces for pieces in options if pieces))

    def _count_lost(self, claim: Claim) -> None:
        lost = {
            "claims lost what is said to have happened": claim.event,
            "claims lost whom they are about": claim.about,
            "claims lost whom they are said to": claim.addressee,
            "claims lost the words that name the medium": claim.medium_spans,
            "claims lost when they were said": claim.said_on,
        }
        for what, had in lost.items():
            self._losses.add(what, bool(had))

    def _name_entity(self, key: str, id_: EntityId) -> None:
        entity = self._entities.get(id_)
        if entity is None:
            return
        name = in_one_line(entity.name)
        self._line("N", f"{REFERENCE} {key} {ENTITY}:{entity.id}", name)
        for known in entity.ids:
            self._line("N", f"{REFERENCE} {key} {known.scheme}:{in_one_line(known.value)}", name)
        if id_ not in self._described:
            self._described.add(id_)
            about: dict[str, object] = {"kind": entity.kind}
            if entity.aliases:
                about["aliases"] = [alias.text for alias in entity.aliases]
            self._line("#", f"{ENTITY_NOTE} {key}", json.dumps(about))

    def _say_values(self, key: str, values: list[Value], *, is_unsure: bool) -> None:
        if is_unsure:
            self._line("A", f"{UNSURE} {key}")
        others: dict[str, list[str]] = {}
        for value in values:
            if not goes_as_attribute(value.values):
                others[value.key] = list(value.values)
            elif value.values == (YES,):
                self._line("A", f"{as_name(value.key)} {key}")
            else:
                self._line("A", f"{as_name(value.key)} {key} {as_name(value.values[0])}")
        if others:
            self._line("#", f"{VALUES_NOTE} {key}", json.dumps(others))

    def _comment(self, key: str, note: str) -> None:
        if note:
            self._line("#", f"{COMMENT} {key}", in_one_line(note))

    def _words(self, label: str, spans: tuple[Span, ...]) -> str:
        """A T line for spans; empty when they hold nothing."""
        pieces = self._cut(spans)
        return self._text_bound(label, pieces) if pieces else ""

    def _cut(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The pieces that brat can hold of spans. Counts what its line breaks take away."""
        pieces = cut_at_breaks(self._text, spans)
        if not pieces:
            self._losses.add("spans of nothing but line breaks were left out")
        elif rejoined(self._text, pieces) != spans:
            self._losses.add("spans lost line breaks at their ends, or between their pieces gained them")
        return pieces

    def _text_bound(self, label: str, pieces: tuple[Span, ...]) -> str:
        offsets = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        return self._line("T", f"{label} {offsets}", words_of_pieces(self._text, pieces))

    def _line(self, kind: str, *columns: str) -> str:
        key = self._next(kind)
        self._lines.append("\t".join((key, *columns)))
        return key

    def _next(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}{self._counts[kind]}"


def event_type(claim: Claim) -> str:
    """The type of a claim's event where it is one of its own, else empty."""
    return next(iter(value_of(claim.attributes, EVENT_TYPE)), "")


def _numbered(roles: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Roles as brat has them: Source, Source2, Source3."""
    seen: dict[str, int] = {}
    for role, target in roles:
        seen[role] = seen.get(role, 0) + 1
        yield f"{role}{seen[role] if seen[role] > 1 else ''}", target
