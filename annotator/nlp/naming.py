"""Names that an installed pipeline finds, under the labels of the project's schema."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from annotator.domain.proposals import ProposedMention
from annotator.domain.schemas import Label, LabelKind, Schema
from annotator.domain.spans import Span
from annotator.nlp.word_lists import word_list

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_EDGES = " \t\"“”„«»‘’'`()[]{},;:.!?-–—…\u00a0"
_POSSESSIVE = re.compile(r"['’]s?$")
_ARTICLE = re.compile(r"\A(?:the|a|an)\s+", re.IGNORECASE)
_SIDE = re.compile(r"(?:anti|pro|non|ex)[-\u2010-\u2015](?=\w)", re.IGNORECASE)
"""What is for, against or outside somebody names that one: “pro-Taliban”."""
_NEXT = re.compile(r",\s+(?!(?:Inc|Ltd|LLC|LLP|Corp|Co|Jr|Sr|S\.A|GmbH|PLC|plc)\b)|(?<=\w{3})/(?=\w{3})")
"""Where another name begins: “according to The Times, Saleh”, “Ana Ruiz/Reuters”."""
_NO_NAMES = frozenset({"ADV", "INTJ", "VERB", "AUX", "PRON", "DET", "ADP", "CCONJ", "SCONJ", "PART"})
"""What a single word is not that names something, whatever its capitals: “NEVER”."""
_WHERE_IT_WAS_SAID = (" on ", " via ", "On ", "Via ")
_BARE_NUMBER = re.compile(r"\d{1,2}")
_UNKNOWN_SCORE = 0.5


def label_map(
    schema: Schema, pipeline_labels: Iterable[str], chosen: Mapping[str, str] = MappingProxyType({})
) -> dict[str, str]:
    """Which label of the schema each label of a pipeline becomes; what the schema has no place for is left out.

    What was chosen for it comes first, nothing leaves it out. Then a label of the same key, then one whose entities
    have a kind that the schema says is called so, then the first of the right sort: actor, location, date, quantity.
    """
    known = word_list("pipeline_labels")["labels"]
    keys = {label.key for label in schema.labels}
    result = dict[str, str]()
    for name in pipeline_labels:
        if name in chosen and chosen[name] in {*keys, ""}:
            result |= {name: chosen[name]} if chosen[name] else {}
            continue
        same = next((label.key for label in schema.labels if label.key.casefold() == name.casefold()), None)
        kind = known.get(name, {}).get("kind")
        found = same or (_of_kind(schema, name, LabelKind(kind)) if kind else None)
        if found is not None:
            result[name] = found
    return result


def _of_kind(schema: Schema, name: str, kind: LabelKind) -> str | None:
    labels = [label for label in schema.labels if label.kind is kind]
    if kind is LabelKind.PLAIN:
        # Of plain labels only one for what has no label of its own: others mean something else.
        labels = [label for label in labels if label.key.casefold() in {"other", "misc"}]
    called = {entity_kind.key for entity_kind in schema.kinds if name in dict(entity_kind.maps).values()}
    fitting = [label for label in labels if called.intersection(label.kinds)]
    return next((_key(label) for label in (*fitting, *labels)), None)


def kind_map(schema: Schema, labels: Mapping[str, str]) -> dict[str, str]:
    """The kind of a new entity for each label of a pipeline, from what label_map gives, where the schema says one.

    Of several kinds that are called so the first without a sector of its own is the most general one.
    """
    result = {}
    for name, key in labels.items():
        allowed = schema.label(key).kinds
        called = [kind for kind in schema.kinds if kind.key in allowed and name in dict(kind.maps).values()]
        general = [kind for kind in called if not kind.default_sector] or called
        if general:
            result[name] = general[0].key
    return result


def _key(label: Label) -> str:
    return label.key


def propose_names(
    text: str,
    documents: Iterable[tuple[int, Any]],
    labels: Mapping[str, str],
    proposer: str = "names",
    kinds: Mapping[str, str] = MappingProxyType({}),
    scores: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[ProposedMention]:
    """The names in a text, from spaCy documents with the code point where each begins, in their order.

    labels is what label_map gives, kinds what kind_map does; scores are by the pipeline's labels, where others than
    the usual ones are known. A name over a line break is cut to its longest line.
    """
    known = word_list("pipeline_labels")["labels"]
    for offset, document in documents:
        # The Taliban, say, which stand alone as well.
        nouns = {entity.text for entity in document.ents if entity[-1].pos_ in {"NOUN", "PROPN"}}
        for first, last in _found(document):
            found = first.label_
            if found not in labels or last.end_char <= first.start_char:
                continue
            span = _trimmed(text, Span(offset + first.start_char, offset + last.end_char), _kind_of(found))
            if span is None or _is_slip(text, span, first):
                continue
            sort = _sort(span.cut(text), found, labels)
            if first.text not in nouns and (of_nation := _nation_of(first)) is not None:
                list_of, end = of_nation
                if not list_of:
                    continue
                span, sort = Span(span.start, offset + end), "ORG" if list_of == "bodies" and "ORG" in labels else sort
            usual = known.get(sort, {}).get("score", _UNKNOWN_SCORE)
            name = _ARTICLE.sub("", span.cut(text), count=1)
            yield ProposedMention(
                labels[sort], (span,), scores.get(sort, usual), name, None, proposer, kinds.get(sort, "")
            )


def _found(document: Any) -> Iterator[tuple[Any, Any]]:
    """The first and the last entity of what is one: all are alone but a weekday with its day."""
    before: Any = None
    for entity in document.ents:
        is_next = before is not None and document[before.end : entity.start].text in {"", ","}
        is_day = is_next and before.label_ == entity.label_ == "DATE"
        if is_day and before.text.casefold() in word_list("dates")["weekdays"] and entity.text[:1].isdigit():
            yield before, entity
            before = None
            continue
        if before is not None:
            yield before, before
        before = entity
    if before is not None:
        yield before, before


def _nation_of(entity: Any) -> tuple[str, int] | None:
    """For an adjective of a nation or faith in which list what it stands with is, and where that ends; else None.

    “Afghan forces” are somebody and “Afghan carpets” are not: the list's name is empty then.
    """
    document, last = entity.doc, entity[-1]
    is_adjective = entity.label_ == "NORP" and all(token.pos_ == "ADJ" for token in entity)
    if not is_adjective or last.dep_ not in {"amod", "compound", "nmod"} or not document.has_annotation("DEP"):
        return None
    head, lists = last.head, word_list("names")
    name = next((name for name in ("people", "bodies") if head.lower_ in lists[name]), "")
    is_in_line = head.i > last.i and _LINE.fullmatch(document[entity.start : head.i + 1].text) is not None
    return name if is_in_line else "", head.idx + len(head)


def _is_slip(text: str, span: Span, entity: Any) -> bool:
    """Whether a pipeline takes for a name what names nothing: an emphasis, an age, a unit alone, “one of”."""
    words, sort = span.cut(text).casefold(), _kind_of(entity.label_)
    if sort == "date":
        return words in word_list("dates")["units"] or _BARE_NUMBER.fullmatch(words) is not None
    if sort == "quantity":
        return words == "one" and text.startswith(" of ", span.end)
    if words in word_list("names")["platforms"] and text.endswith(_WHERE_IT_WAS_SAID, 0, span.start):
        return True
    return len(entity) == 1 and entity[0].pos_ in _NO_NAMES


def _sort(words: str, found: str, labels: Mapping[str, str]) -> str:
    """The pipeline's label that a name should have: a bridge makes no claims, and 9/11 counts nothing."""
    kind, parts = _kind_of(found), words.split()
    if kind == "quantity" and words.casefold() in word_list("dates")["known_days"] and "DATE" in labels:
        return "DATE"
    if kind in {"actor", "plain"} and len(parts) > 1 and _is_of_land(words):
        is_name = all(part[0].isupper() for part in parts)
        return next((one for one in ("FAC", "LOC", "GPE") if is_name and one in labels), found)
    return found


def _is_of_land(words: str) -> bool:
    return words.rsplit(maxsplit=1)[-1].casefold() in word_list("names")["place_heads"]


def _kind_of(pipeline_label: str) -> str:
    return str(word_list("pipeline_labels")["labels"].get(pipeline_label, {}).get("kind", ""))


def of_one_sort(
    text: str, names: Iterable[ProposedMention], labels: Mapping[str, str], kinds: Mapping[str, str]
) -> list[ProposedMention]:
    """The names of a text, those of a place the same in all of it: where Panjshir Valley is one, so is Panjshir.

    What is part of a person's name, too, stays as it is. labels and kinds are those of propose_names.
    """
    found = [(one, one.hull.cut(text)) for one in names]
    places, actors = ({labels[name] for name in labels if _kind_of(name) == kind} for kind in ("location", "actor"))
    around, of_persons = dict[str, ProposedMention](), set[str]()
    for one, words in found:
        parts = words.split()
        if len(parts) == 2 and one.label in places and parts[1].casefold() in word_list("names")["around"]:
            around[parts[0]] = one
        elif len(parts) > 1 and one.entity_kind == kinds.get("PERSON"):
            of_persons.update(parts)
    return [
        replace(one, label=around[words].label, entity_kind=around[words].entity_kind)
        if words in around.keys() - of_persons and one.label in actors - places
        else one
        for one, words in found
    ]


def _trimmed(text: str, span: Span, kind: str) -> Span | None:
    lines = [Span(span.start + m.start(), span.start + m.end()) for m in _LINE.finditer(span.cut(text))]
    if not lines:
        return None
    line = max(lines, key=len)
    words = line.cut(text)
    bare = words.strip(_EDGES)
    start = line.start + len(words) - len(words.lstrip(_EDGES))
    article = _ARTICLE.match(bare)
    # “The Times” is called so, “the Taliban” and a valley are not; at a sentence's beginning another place tells.
    if article and (bare[0].islower() or _is_of_land(bare) or f" the {bare[article.end() :]}" in text):
        start, bare = start + article.end(), bare[article.end() :]
    if side := _SIDE.match(bare):
        start, bare = start + side.end(), bare[side.end() :]
    # “U.S.” keeps its full stop, and so does “St.”.
    if bare and words.rstrip(" ").endswith(".") and (bare[-1].isupper() or len(bare) <= 3):
        bare += "."
    bare = _POSSESSIVE.sub("", bare)
    if kind != "date":
        bare = _NEXT.split(bare, maxsplit=1)[0]
    return Span(start, start + len(bare)) if any(map(str.isalnum, bare)) else None
