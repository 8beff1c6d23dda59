"""One task of Label Studio, as any of its versions exports it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from annotator.domain.found import Findings, FoundArticle
from annotator.formats import own_data
from annotator.formats.assembling import assembled
from annotator.formats.json_parts import (
    ABOUT_ARTICLES,
    BadRecord,
    Object,
    known_fields,
    listed,
    mapping,
    span_in,
    text_in,
    words,
)
from annotator.formats.regions import Arrow, Region
from annotator.formats.utf16 import Units

_FLIPPED = "left"


@dataclass(frozen=True, slots=True)
class _Marked:
    """A region as the task has it: places are not looked at yet."""

    key: str
    label: str
    start: object
    end: object
    quote: str
    annotator: str


def article_in(task: Object, file: str, line: int, findings: Findings) -> FoundArticle:
    """The article of a task. Raises BadRecord when it has no text."""
    data = mapping(task.get("data")) or task
    text = text_in(_text(data))
    own = data.get(own_data.KEY)
    names = {key: words(name) for key, name in mapping(mapping(own).get("annotators")).items()}
    marked: list[_Marked] = []
    arrows: list[Arrow] = []
    for number, (work, by) in enumerate(_works(task, names, findings), start=1):
        entries = [mapping(entry) for entry in listed(work)]
        its: list[_Marked] = []
        for entry in entries:
            if "from_id" not in entry:
                its += _marks(entry, by, len(marked) + len(its), findings)
        # Whoever begins from a prediction keeps its ids, so that several people's regions have the same.
        taken = {one.key for one in marked}
        renamed = {one.key: f"{one.key}.by{number}" for one in its if one.key in taken}
        marked += [replace(one, key=renamed.get(one.key, one.key)) for one in its]
        for arrow in (arrow for entry in entries if "from_id" in entry for arrow in _arrows(entry, by)):
            origin, target = renamed.get(arrow.origin, arrow.origin), renamed.get(arrow.target, arrow.target)
            arrows.append(replace(arrow, origin=origin, target=target))
    entities = own_data.entities_in(own)
    regions = own_data.noted(own, _placed(marked, text, file, line, findings))
    parts = assembled(regions, own_data.signed(own, regions, arrows), entities, file, line, findings)
    fields = known_fields({**mapping(data.get("meta")), **data}, findings)
    return parts.article(text, file, fields, own_data.zones_in(own, text, file, line, findings))


def _text(data: Object) -> object:
    """The text, under its usual name or else the longest string there is, of those that are not about an article."""
    text = data.get("text")
    if not isinstance(text, str):
        # The address of a short article is often longer than the article.
        strings = [(name not in ABOUT_ARTICLES, value) for name, value in data.items() if isinstance(value, str)]
        text = max(strings, key=lambda one: (one[0], len(one[1])), default=(False, None))[1]
    if (
        isinstance(text, str)
        and text.startswith(("http://", "https://", "s3://", "gs://", "/data/"))
        and " " not in text
    ):
        raise BadRecord("the text is not in the file, only its address; export with the texts")
    return text


def _works(task: Object, names: dict[str, str], findings: Findings) -> Iterator[tuple[object, str]]:
    """The result of each annotation and prediction, with who made it."""
    done = listed(task.get("annotations", task.get("completions")))
    for number, work in enumerate(map(mapping, done), start=1):
        if work.get("was_cancelled") is True or work.get("skipped") is True:
            findings.leave_out("annotations that were cancelled")
            continue
        by = _annotator(work.get("completed_by"), names) or (f"annotator {number}" if len(done) > 1 else "")
        yield work.get("result"), by
    if drafts := listed(task.get("drafts")):
        findings.leave_out("drafts that nobody submitted", len(drafts))
    for work in map(mapping, listed(task.get("predictions"))):
        yield work.get("result"), words(work.get("model_version")) or "prediction"
    if "data" not in task:
        by = _annotator(task.get("annotator"), names)
        for name, entries in task.items():
            regions = [entry for entry in listed(entries) if isinstance(entry, dict) and "start" in entry]
            if regions and name != own_data.KEY:
                yield [{"value": entry, "type": "labels"} for entry in regions], by


def _annotator(who: object, names: dict[str, str]) -> str:
    if isinstance(who, dict):
        full = f"{words(who.get('first_name'))} {words(who.get('last_name'))}".strip()
        return words(who.get("email")) or words(who.get("username")) or full or words(who.get("id"))
    said = words(who)
    return names.get(said, said)


def _arrows(entry: Object, by: str) -> Iterator[Arrow]:
    origin, target = words(entry.get("from_id")), words(entry.get("to_id"))
    if entry.get("direction") == _FLIPPED:
        origin, target = target, origin
    for label in listed(entry.get("labels")) or ["related"]:
        yield Arrow(words(label) or "related", origin, target, by)


def _marks(entry: Object, by: str, count: int, findings: Findings) -> Iterator[_Marked]:
    """The region of an entry, once for each of its labels; other things than marked text are counted."""
    value = mapping(entry.get("value"))
    labels = next((value[name] for name in ("labels", "hypertextlabels", "paragraphlabels") if value.get(name)), None)
    if "start" not in value or "end" not in value or labels is None:
        findings.leave_out(f"entries of the kind “{words(entry.get('type')) or 'unknown'}”")
        return
    places: tuple[Any, Any] = value["start"], value["end"]
    if "startOffset" in value:
        findings.leave_out("regions in HTML or in dialogues")
        return
    key = words(entry.get("id")) or f"region{count + 1}"
    for number, label in enumerate(listed(labels)):
        yield _Marked(f"{key}.{number}" if number else key, words(label), *places, words(value.get("text")), by)


def _placed(marked: list[_Marked], text: str, file: str, line: int, findings: Findings) -> Iterator[Region]:
    units = Units(text)
    quoted = [(one.start, one.end, one.quote) for one in marked if one.quote]
    is_wide = units.are_meant(quoted, same_words)
    if is_wide:
        findings.problem(file, "places count UTF-16 units; each was checked by its words and is read that way", line)
    for one in marked:
        try:
            if not one.label.strip():
                raise BadRecord("it has no label")
            span = units.span(one.start, one.end) if is_wide else span_in(one.start, one.end, text)
            if not is_wide and one.quote and not same_words(one.quote, span.cut(text)):
                raise BadRecord(f"it says “{one.quote[:40]}” where the text has “{span.cut(text)[:40]}”")
        except BadRecord as error:
            findings.problem(file, f"region “{one.key}” was left out: {error}", line)
            continue
        # Its words are those of the text by now, but line ends may be written otherwise in them.
        yield Region(one.key, one.label, (span,), one.annotator, quote=span.cut(text) if one.quote else "")


def same_words(quote: str, cut: str) -> bool:
    """Whether the words of a region are those of the text."""
    # Label Studio writes line ends in the words of a region as \n in two letters.
    return quote == cut or quote.replace("\\n", "\n") == cut.replace("\r\n", "\n")
