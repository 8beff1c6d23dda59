"""What the lines of one .ann file mean: mentions, entities, claims, links and zones. The convention is in brat.py."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from annotator.domain.attributes import CLAIM_FIELDS, YES
from annotator.domain.found import (
    Findings,
    FoundArticle,
    FoundClaim,
    FoundEntity,
    FoundLink,
    FoundMention,
    FoundSource,
    FoundZone,
)
from annotator.domain.identifiers import Identifier, check, normalised
from annotator.domain.spans import Span, joined
from annotator.domain.values import Value
from annotator.formats.brat_lines import EventLine, Remark, Standoff, TextBound
from annotator.formats.brat_text import from_name, from_one_line
from annotator.formats.signed_folders import Signed

CLAIM = "Attribution"
CONTENT, SOURCE, CUE, WITHIN = "Content", "Source", "Cue", "Within"
REFERENCE, ENTITY = "Reference", "entity"
COMMENT, ENTITY_NOTE, VALUES_NOTE = "AnnotatorNotes", "Entity", "Values"
ZONE = "Zone-"
LEVEL, UNSURE, EVENT_TYPE = "level", "unsure", "event_type"
"""Words of the convention: event and roles, normalizations, kinds of notes, labels and attributes."""
_PARTS = {part.casefold(): part for part in (CONTENT, SOURCE, CUE, WITHIN)}
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_FIELDS = CLAIM_FIELDS | {UNSURE}


def with_annotations(article: FoundArticle, standoff: Standoff, signed: Signed, findings: Findings) -> FoundArticle:
    """The article with what one file says of it."""
    return _Meaning(standoff, signed, findings).added_to(article)


class _Meaning:
    def __init__(self, standoff: Standoff, signed: Signed, findings: Findings) -> None:
        self._lines, self._signed, self._findings = standoff, signed, findings
        self._attributes: dict[str, dict[str, tuple[str, ...]]] = {}
        self._notes: dict[str, list[str]] = {}
        self._entity_of: dict[str, str] = {}
        self._entities: dict[str, FoundEntity] = {}
        self._claims = {
            key: event
            for key, event in standoff.events.items()
            if any(_PARTS.get(role.casefold()) in {CONTENT, CUE} for role, _ in event.roles)
        }
        self._parts = set(self._texts_of_claims())

    def added_to(self, article: FoundArticle) -> FoundArticle:
        self._read_remarks()
        self._read_same()
        others = len(self._lines.events) - len(self._claims)
        if others:
            self._findings.leave_out("events that are no claims", others)
        claims = self._without_circles([claim for event in self._claims.values() for claim in self._claim(event)])
        mentions, zones = self._mentions()
        known = {entity.key for entity in article.entities}
        return replace(
            article,
            entities=(*article.entities, *(one for key, one in self._entities.items() if key not in known)),
            mentions=(*article.mentions, *mentions),
            claims=(*article.claims, *claims),
            links=(*article.links, *self._links({claim.key for claim in claims})),
            zones=(*article.zones, *zones),
        )

    def _problem(self, reason: str, line: int) -> None:
        self._findings.problem(self._signed.file, reason, line)

    def _key(self, key: str) -> str:
        return f"{self._signed.prefix}{key}"

    def _name(self, name: str) -> str:
        return from_name(name) if self._signed.is_ours else name

    def _texts_of_claims(self) -> Iterator[str]:
        """Texts that are there only for a claim's sake: triggers, and those labelled like their role."""
        for event in self._claims.values():
            yield event.trigger
            for _, target in event.roles:
                text = self._lines.texts.get(target)
                if text is not None and self._is_part(text.label):
                    yield target

    def _is_part(self, label: str) -> bool:
        # Beside what is written for a claim's sake, a project may have a label of its own that is called source.
        return label in _PARTS.values() if self._signed.is_ours else label.rstrip("0123456789").casefold() in _PARTS

    def _read_remarks(self) -> None:
        for remark in self._lines.remarks:
            if remark.target not in self._lines.texts and remark.target not in self._lines.events:
                if remark.kind == "#":
                    self._findings.leave_out("notes on other things than texts and events")
                else:
                    self._problem(f"“{remark.name}” is about {remark.target}, which is not there", remark.line)
            elif remark.kind == "A":
                self._value(remark.target, self._name(remark.name), self._name(remark.value) or YES)
            elif remark.kind == "N":
                self._reference(remark)
            else:
                self._note(remark)

    def _value(self, target: str, name: str, *values: str) -> None:
        own = self._attributes.setdefault(target, {})
        is_first = len(values) == 1 and name not in own
        own[name] = values if is_first else tuple(dict.fromkeys((*own.get(name, ()), *values)))

    def _reference(self, remark: Remark) -> None:
        text = self._lines.texts.get(remark.target)
        scheme, colon, value = remark.value.partition(":")
        if text is None or not colon or not value:
            self._problem(f"“{remark.value}” on {remark.target} is no name in a register", remark.line)
            return
        key = self._entity_of.setdefault(remark.target, f"{scheme}:{value}")
        entity = self._entities.get(key)
        if entity is None:
            entity = self._entities[key] = FoundEntity(key, self._words(remark.words) or text.quote or key)
        if self._signed.is_ours and scheme == ENTITY:
            return
        known = Identifier(scheme, self._words(value)) if self._signed.is_ours else normalised(scheme, value)
        if not check(known.scheme, known.value):
            self._entities[key] = replace(entity, ids=_once(entity.ids, known))

    def _words(self, words: str) -> str:
        return from_one_line(words) if self._signed.is_ours else words

    def _note(self, remark: Remark) -> None:
        if self._signed.is_ours and remark.name in {ENTITY_NOTE, VALUES_NOTE}:
            try:
                self._own_note(remark, json.loads(remark.words))
            except (ValueError, TypeError, AttributeError, RecursionError):
                self._problem(f"the note {remark.name} on {remark.target} cannot be read", remark.line)
            return
        self._notes.setdefault(remark.target, []).append(self._words(remark.words))

    def _own_note(self, remark: Remark, said: dict[str, object]) -> None:
        if remark.name == VALUES_NOTE:
            for name, values in said.items():
                self._value(remark.target, name, *_texts(values))
            return
        key = self._entity_of.get(remark.target, "")
        entity = self._entities.get(key)
        if entity is not None:
            (kind,), aliases = _texts([said.get("kind", "")]), tuple(_texts(said.get("aliases", [])))
            self._entities[key] = replace(entity, kind=kind, aliases=aliases)

    def _read_same(self) -> None:
        for targets, line in self._lines.same:
            texts = [self._lines.texts[key] for key in targets if key in self._lines.texts]
            if len(texts) < len(targets):
                self._problem("some of those that are the same are not there", line)
            if not texts:
                continue
            named = next((self._entity_of[text.key] for text in texts if text.key in self._entity_of), "")
            key = named or f"{self._signed.file}#{texts[0].key}"
            self._entities.setdefault(key, FoundEntity(key, texts[0].quote or key))
            for text in texts:
                self._entity_of.setdefault(text.key, key)

    def _mentions(self) -> tuple[list[FoundMention], list[FoundZone]]:
        mentions, zones = list[FoundMention](), list[FoundZone]()
        for text in self._lines.texts.values():
            label = self._name(text.label)
            if self._signed.is_ours and text.label.startswith(ZONE):
                kind = self._name(text.label.removeprefix(ZONE))
                zones += [FoundZone(kind, span, self._signed.annotator) for span in text.spans]
            elif text.key not in self._parts:
                mentions.append(self._mention(text, label))
        return mentions, zones

    def _mention(self, text: TextBound, label: str) -> FoundMention:
        values = self._attributes.get(text.key, {})
        return FoundMention(
            label=label,
            spans=text.spans,
            key=self._key(text.key),
            entity=self._entity_of.get(text.key, ""),
            quote=text.quote,
            level=next(iter(values.get(LEVEL, ())), ""),
            note="\n".join(self._notes.get(text.key, ())),
            unsure=UNSURE in values,
            annotator=self._signed.annotator,
            attributes=_as_values(values, {LEVEL, UNSURE}),
        )

    def _claim(self, event: EventLine) -> Iterator[FoundClaim]:
        """The claim of an event; nothing when it has no content."""
        parts: dict[str, list[TextBound]] = {}
        within = ""
        for role, target in event.roles:
            part = _PARTS.get(role.casefold(), "")
            text = self._lines.texts.get(target)
            if part == WITHIN and target in self._claims and target != event.key:
                if within:
                    self._problem(f"{event.key} is quoted in two others; only the first was taken", event.line)
                within = within or self._key(target)
            elif part and part != WITHIN and text is not None:
                parts.setdefault(part, []).append(text)
            elif part:
                self._problem(f"{role} of {event.key} is {target}, which cannot be that", event.line)
            else:
                self._findings.leave_out(f"roles “{role}” of claims")
        if CONTENT not in parts:
            self._problem(f"{event.key} has no content, so it is no claim", event.line)
            return
        values = self._attributes.get(event.key, {})
        choices = tuple((name, value) for name in sorted(_FIELDS) for value in values.get(name, ())[:1])
        if event.label != CLAIM:
            values = {**values, EVENT_TYPE: (self._name(event.label),)}
        yield FoundClaim(
            content=_covered(parts[CONTENT]),
            key=self._key(event.key),
            sources=tuple(self._source(text) for text in parts.get(SOURCE, [])),
            cue=_covered(parts.get(CUE, [])),
            within=within,
            note="\n".join(self._notes.get(event.key, ())),
            annotator=self._signed.annotator,
            choices=choices,
            attributes=_as_values(values, _FIELDS),
        )

    def _source(self, text: TextBound) -> FoundSource:
        return FoundSource(text.spans, "" if text.key in self._parts else self._key(text.key))

    def _without_circles(self, claims: list[FoundClaim]) -> list[FoundClaim]:
        """The claims; one that would be quoted in itself, over however many others, is quoted in none."""
        within = {claim.key: claim.within for claim in claims}
        safe: set[str] = set()
        for key in within:
            path: dict[str, None] = {}
            at = key
            while at in within and at not in safe and at not in path:
                path[at] = None
                at = within[at]
            if at in path:
                self._problem(f"{at.removeprefix(self._signed.prefix)} is quoted within itself; that was left out", 0)
                within[at] = ""
            safe |= path.keys()
        return [replace(claim, within=within[claim.key] if within[claim.key] in within else "") for claim in claims]

    def _links(self, claims: set[str]) -> Iterator[FoundLink]:
        there = self._lines.texts.keys() | self._lines.events.keys()
        for relation in self._lines.relations:
            origin, target = self._key(relation.origin), self._key(relation.target)
            if origin in claims and target in claims and origin != target:
                yield FoundLink(self._name(relation.label), origin, target, self._signed.annotator)
            elif {relation.origin, relation.target} <= there:
                self._findings.leave_out(f"relations “{relation.label}” between other things than claims")
            else:
                self._problem(f"the relation “{relation.label}” joins something that is not there", relation.line)


def _covered(texts: list[TextBound]) -> tuple[Span, ...]:
    # Of one text the pieces are as the file has them; of several, whatever they cover together.
    return texts[0].spans if len(texts) == 1 else joined(span for text in texts for span in text.spans)


def _as_values(values: dict[str, tuple[str, ...]], fields: frozenset[str] | set[str]) -> tuple[Value, ...]:
    return tuple(Value(name, own) for name, own in sorted(values.items()) if name not in fields and own)


def _once(ids: tuple[Identifier, ...], one: Identifier) -> tuple[Identifier, ...]:
    return ids if one in ids else (*ids, one)


def _texts(values: object) -> list[str]:
    """A list of texts. Raises TypeError for anything else, ValueError for what no text can hold."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("a list of texts is wanted")
    if any(_NO_TEXT.search(value) for value in values):
        raise ValueError("half a character, or NUL")
    return [str(value) for value in values]
