"""A teammate's history comes in: records become what all events on them, hers and ours, leave them."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document, to_document
from annotator.domain.edits import RECORD_TYPES, Change, Edit, EditKind, Record
from annotator.domain.entities import Entity
from annotator.domain.found import Findings
from annotator.domain.histories import Deed, HistoryRow
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.links import Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.merging import Conflict, Event, merged, with_part
from annotator.domain.projects import Project
from annotator.domain.quotes import misquoted
from annotator.domain.records import Records
from annotator.domain.suggestions import Rejection
from annotator.domain.zones import Zone
from annotator.editing.importing import Import
from annotator.errors import EditRefused

_QUOTING = (Mention, Claim)
_ORDER = (Project, Annotator, Article, Entity, Claim, Mention, Zone, Link, Assignment, Decision, Comment, Rejection)


@dataclass(slots=True)
class Merging:
    """What is known from slice to slice of one file.

    aliases are ids of that file whose record the project has under another id: articles with the same text, and how far
    somebody is with one. conflicts are those that are open, by record, types the types of these; net is what became of
    each record so far.
    """

    source: str
    events_on: Callable[[Iterable[str]], dict[str, list[Event]]]
    findings: Findings = field(default_factory=Findings)
    aliases: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    types: dict[str, type[Record]] = field(default_factory=dict)
    net: dict[str, "Net"] = field(default_factory=dict)


@dataclass(slots=True)
class Net:
    """A record before the first slice and after the last one so far."""

    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Some rows of history on their way in, with the edit that follows from them and the texts it brings."""

    rows: tuple[HistoryRow, ...]
    taken: Import


def merge_in(
    records: Records, by: Author, rows: Iterable[HistoryRow], texts: Mapping[str, str], merging: Merging
) -> Slice:
    """Works out what some rows of another file's history change here; rows come in their order, slice after slice.

    texts are those of the articles in the rows, by their hashes.

    What contradicts its text, or is no record, is left out and said; the rest comes in. Nothing is written.
    """
    del by  # every gesture is called alike
    return _Slice(records, merging, tuple(rows), texts).worked_out()


def swept(records: Records, by: Author, ids: Iterable[str], merging: Merging) -> Slice:
    """Takes away what was deleted and kept only because something referred to it, once nothing does any more."""
    del by
    return _Slice(records, merging, (), {}).sweep(ids)


class _Slice:
    def __init__(
        self, records: Records, merging: Merging, rows: tuple[HistoryRow, ...], texts: Mapping[str, str]
    ) -> None:
        self._arriving = texts
        self._records, self._merging = records, merging
        self._rows = tuple(row.mapped(self._renamed) for row in rows)
        self._types: dict[str, type[Record]] = {}
        self._after: dict[str, Record | None] = {}
        self._before: dict[str, Record | None] = {}
        self._texts: dict[str, str] = {}
        self._needed: set[str] = set()
        self._found: dict[str, Record | None] = {}
        self._read: dict[str, str | None] = {}
        self._spelled: dict[str, str] = {}

    def worked_out(self) -> Slice:
        """The edit."""
        for id_, (events, is_new) in self._events().items():
            result = merged(events)
            self._put(id_, result.document, is_new=is_new)
            if not is_new or len(events) > 1:
                self._spelled.pop(id_, None)
            self._note(id_, result.conflicts)
        self._keep_what_is_needed()
        return self._as_slice()

    def _as_slice(self) -> Slice:
        edit = Edit(EditKind.BRING_IN, self._changes(), (self._merging.source,))
        return Slice(self._rows, Import(edit, self._texts, (), spelled=self._spelled))

    def sweep(self, ids: Iterable[str]) -> Slice:
        """Deletes what is dead by its events and referred to by nothing."""
        for id_, events in self._merging.events_on(ids).items():
            if merged(events).document is None:
                kind = Entity if self._records.find(Entity, id_) is not None else Claim
                self._types[id_] = kind
                self._put(id_, None)
        self._keep_what_is_needed()
        return self._as_slice()

    # Names

    def _renamed(self, deed: Deed) -> Deed | None:
        """The deed under the ids that its records have here; None when there is nothing to take."""
        record_type = TYPES_BY_NAME.get(deed.type)
        if record_type is None:
            self._merging.findings.problem(self._merging.source, f"records of the kind “{deed.type[:40]}” are unknown")
            return None
        document = deed.after or deed.before or {}
        if record_type is Article and self._is_known_text(document):
            return None
        if record_type is Project and document.get("id") != self._records.project().id:
            return None
        aliases = self._merging.aliases
        if aliases and str(document.get("article", "")) in aliases:
            deed = Deed(deed.type, _moved(deed.before, aliases), _moved(deed.after, aliases))
        if record_type is Assignment and self._is_known_assignment(deed):
            return Deed(deed.type, _under(deed.before, aliases), _under(deed.after, aliases))
        return deed

    def _is_known_text(self, document: dict[str, Any]) -> bool:
        id_ = str(document.get("id", ""))
        if id_ in self._merging.aliases:
            return True
        there = self._records.article_with_text(str(document.get("sha256", "")))
        if there is None or there.id == id_:
            return False
        self._merging.aliases[id_] = there.id
        return True

    def _is_known_assignment(self, deed: Deed) -> bool:
        if deed.record in self._merging.aliases:
            return True
        document = deed.after or deed.before or {}
        there = self._records.assignment(document.get("article", ""), document.get("annotator", ""))
        if there is None or there.id == deed.record:
            return False
        self._merging.aliases[deed.record] = there.id
        return True

    # Records

    def _events(self) -> dict[str, tuple[list[Event], bool]]:
        """What happened to each record, here and there; and whether nothing is known of it here."""
        incoming: dict[str, dict[str, tuple[Event, bool]]] = {}
        for row in self._rows:
            for deed in row.deeds:
                self._types[deed.record] = TYPES_BY_NAME[deed.type]
            if spelled := row.spelled_after:
                self._spelled[row.deeds[0].record] = spelled
            for id_, event, only_repeats in row.events():
                known = incoming.setdefault(id_, {})
                if event.id not in known or not only_repeats:
                    known[event.id] = (event, only_repeats)
        ours = self._merging.events_on(incoming)
        result = {}
        for id_, arriving in incoming.items():
            if id_ not in ours:
                result[id_] = ([event for event, _ in arriving.values()], True)
                continue
            events = {event.id: event for event in ours[id_]}
            for event, only_repeats in arriving.values():
                if event.id not in events or not only_repeats:
                    events[event.id] = event
            result[id_] = (list(events.values()), False)
        return result

    def _put(self, id_: str, document: dict[str, Any] | None, *, is_new: bool = False) -> None:
        record_type = self._types[id_]
        before = None if is_new else self._find(record_type, id_)
        try:
            after = None if document is None else from_document(record_type, document)
        except (ValueError, TypeError) as error:
            self._problem(f"a {TYPE_NAMES[record_type]} makes no sense and was left out: {error}")
            return
        if after is not None and self._is_wrong(after):
            return
        self._before[id_], self._after[id_] = before, after

    def _is_wrong(self, record: Record) -> bool:
        """Whether an article lacks its text, or the text lacks what a mention or claim quotes, or a place."""
        if isinstance(record, Article) and self._find(Article, record.id) is None:
            text = self._arriving.get(record.sha256)
            if text is None:
                self._problem(f"the article “{record.title[:60]}” was left out: its text is not in the file")
                return True
            if len(text) != record.length:
                self._problem(f"the article “{record.title[:60]}” was left out: its text is not as long as it says")
                return True
            self._texts[record.sha256] = text
        if isinstance(record, _QUOTING):
            text = self._text(record.article)
            if text is not None and misquoted(text, record) is not None:
                self._problem(f"“{record.quote[:40]}” does not stand where the file says; it was left out")
                return True
        if isinstance(record, Zone | Comment | Rejection) and record.article:
            text = self._text(record.article)
            spans = (record.span,) if isinstance(record, Zone) else record.spans
            if text is not None and any(span.end > len(text) for span in spans):
                self._problem(f"a {TYPE_NAMES[type(record)]} lies beyond its text; it was left out")
                return True
        return False

    def _text(self, article: ArticleId) -> str | None:
        """The text of an article that is here or on its way in; None of one that is not."""
        arriving = self._after.get(article)
        if isinstance(arriving, Article) and arriving.sha256 in self._texts:
            return self._texts[arriving.sha256]
        if article not in self._read:
            is_here = self._find(Article, article) is not None
            self._read[article] = self._records.text(article) if is_here else None
        return self._read[article]

    def _note(self, id_: str, conflicts: tuple[Conflict, ...]) -> None:
        if conflicts:
            self._merging.conflicts[id_] = conflicts
            self._merging.types[id_] = self._types[id_]
        else:
            self._merging.conflicts.pop(id_, None)

    def _find(self, record_type: type[Record], id_: str) -> Record | None:
        if id_ not in self._found:
            self._found[id_] = self._records.find(record_type, id_)
        return self._found[id_]

    def _state(self, record_type: type[Record], id_: str) -> Record | None:
        return self._after[id_] if id_ in self._after else self._find(record_type, id_)

    # What refers to what

    def _keep_what_is_needed(self) -> None:
        waiting = [self._with_needs(id_) for id_ in self._after]
        self._needed = {needed for _, _, all_needed in waiting for _, needed in all_needed}
        while waiting:
            id_, record, all_needed = waiting.pop()
            if record is None:
                if self._is_referred_to(id_):
                    self._revive(id_)
                    waiting.append(self._with_needs(id_))
                continue
            for needed_type, needed in all_needed:
                if self._state(needed_type, needed) is None:
                    self._types[needed] = needed_type
                    self._revive(needed)
                    if self._after.get(needed) is None:
                        self._drop(id_, record, needed_type)
                        break
                    waiting.append(self._with_needs(needed))

    def _with_needs(self, id_: str) -> tuple[str, Record | None, list[tuple[type[Record], str]]]:
        record = self._after.get(id_)
        return id_, record, needs(record) if record is not None else []

    def _revive(self, id_: str) -> None:
        """Puts back what somebody deleted and another one's record refers to: nothing is deleted silently."""
        events = self._merging.events_on((id_,)).get(id_, [])
        known = {event.id: event for event in events}
        for row in self._rows:
            known |= {event.id: event for record, event, _ in row.events() if record == id_}
        document = merged(known.values(), is_needed=True).document
        self._after.pop(id_, None)
        self._before.pop(id_, None)
        if document is not None:
            self._put(id_, document)
            revived = self._after.get(id_)
            self._needed |= {needed for _, needed in needs(revived)} if revived is not None else set()

    def _drop(self, id_: str, record: Record, needed: type[Record]) -> None:
        self._problem(f"a {TYPE_NAMES[type(record)]} needs a {TYPE_NAMES[needed]} that the file does not have")
        del self._after[id_], self._before[id_]

    def _is_referred_to(self, id_: str) -> bool:
        record_type = self._types[id_]
        referring: list[Record] = []
        if record_type is Entity:
            entity = EntityId(id_)
            referring += self._records.mentions_of(entity)
            referring += self._records.claims_naming(entity)
            referring += self._records.links_of(entity)
        elif record_type is Claim:
            referring += self._records.claims_within(id_)  # type: ignore[arg-type]  # of a claim
            referring += self._records.links_of(id_)  # type: ignore[arg-type]
        elif record_type is Article:
            article = ArticleId(id_)
            referring += self._records.annotations_in(article)
            referring += (*self._records.decisions_in(article), *self._records.comments_in(article))
        elif record_type is Comment:
            referring += self._records.replies_to(id_)  # type: ignore[arg-type]
        now = [self._after.get(record.id, record) for record in referring]
        return id_ in self._needed or any(
            record is not None and any(needed == id_ for _, needed in needs(record)) for record in now
        )

    # The edit

    def _changes(self) -> tuple[Change, ...]:
        order = {record_type: number for number, record_type in enumerate(_ORDER)}
        made: list[Change] = []
        gone: list[Change] = []
        for id_, after in self._after.items():
            before = self._before[id_]
            if before == after or (before is None and after is None) or _is_same_project(before, after):
                continue
            net = self._merging.net.setdefault(id_, Net(before, after))
            net.after = after
            (gone if after is None else made).append(Change(before, after))
        made.sort(key=lambda change: (order[type(change.record)], change.before is not None))
        gone.sort(key=lambda change: -order[type(change.record)])
        return (*made, *gone)

    def _problem(self, reason: str) -> None:
        self._merging.findings.problem(self._merging.source, reason)


def resolve(records: Records, by: Author, record_type: type[Record], id_: str, field_name: str, value: Any) -> Edit:
    """Settles a conflict: the field, by its name in the conflict, has this value; an empty name says keep or delete."""
    before = records.find(record_type, id_)
    if before is None:
        raise EditRefused("This record is not in the project any more.")
    if not field_name and value is None:
        if isinstance(before, Entity) and (records.mentions_of(before.id) or records.claims_naming(before.id)):
            raise EditRefused(f"“{before.name}” is still named by records; it was kept.")
        return Edit(EditKind.RESOLVE, (Change(before, None),), (TYPE_NAMES[record_type],))
    document = to_document(before)
    if field_name:
        document = with_part(document, field_name, value)
    after: Any = from_document(record_type, document | {"changed": by.now()})
    return Edit(EditKind.RESOLVE, (Change(before, after),), (TYPE_NAMES[record_type],))


def needs(record: Record) -> list[tuple[type[Record], str]]:
    """What a record refers to, by type and id."""
    needed: list[tuple[type[Record], str]] = []
    if author := getattr(record, "author", ""):
        needed.append((Annotator, author))
    if article := getattr(record, "article", ""):
        needed.append((Article, article))
    match record:
        case Mention():
            needed += [(Entity, record.entity)] if record.entity else []
        case Claim():
            needed += [(Entity, entity) for entity in record.entities]
            needed += [(Claim, record.within)] if record.within else []
        case Assignment():
            needed.append((Annotator, record.annotator))
        case Link():
            kind: type[Record] = Claim if record.between is Between.CLAIMS else Entity
            needed += [(kind, record.origin), (kind, record.target)]
        case Comment():
            needed += [(Comment, record.reply_to)] if record.reply_to else []
    return needed


def _moved(document: dict[str, Any] | None, aliases: dict[str, str]) -> dict[str, Any] | None:
    return None if document is None else document | {"article": aliases.get(document["article"], document["article"])}


def _under(document: dict[str, Any] | None, aliases: dict[str, str]) -> dict[str, Any] | None:
    return None if document is None else document | {"id": aliases[document["id"]]}


def _is_same_project(before: Record | None, after: Record | None) -> bool:
    """Whether two states of the project differ in the spelling of the schema only."""
    if not isinstance(before, Project) or not isinstance(after, Project):
        return False
    return replace(before, schema="") == replace(after, schema="") and json.loads(before.schema) == json.loads(
        after.schema
    )


assert set(_ORDER) == set(RECORD_TYPES)
