"""What several people's work on one record comes to: a pure function of its events, in whatever order they arrive.

An event is what one edit did to one record, and knows the events it was done after. Every field has the value of the
latest event that set it; of events that did not know each other, that of the higher number, then of the higher id, and
the field is in conflict until somebody who knew both has worked on the record. Deleting counts only against what the
deleter knew: a record that somebody else changed meanwhile stays, and is in conflict too. So is an entry of a schema,
such as a label.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from annotator.domain.ancestry import Ancestry
from annotator.domain.documents import Document

_WHEN = frozenset({("created",), ("changed",)})
"""Fields that say when: nobody disagrees about them."""
_SCHEMA = "schema"
_ORDER = "#order"
_KEY, _ENTRY = "key", "="
_BLANK = "\u00a0"
_GONE = object()

Path = tuple[str, ...]
"""The name of a field; of a schema's, the names and keys that lead to it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one edit did to a record. lamport is greater than that of all events before; parents are the last of these.

    before is None when the record was made, after when it was deleted.
    """

    id: str
    lamport: int
    parents: frozenset[str]
    before: Document | None
    after: Document | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that people set apart from each other, with what each event wants; field is empty for a deletion."""

    field: str
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A record as all events together leave it: document is None when it is deleted."""

    document: Document | None
    conflicts: tuple[Conflict, ...] = ()


def merged(events: Iterable[Event], *, is_needed: bool = False) -> Merged:
    """Folds the events on one record. The order in which they are given makes no difference; none give nothing.

    A record that is needed, because another one refers to it, stays as it was before it was deleted.
    """
    known = {event.id: event for event in events}
    # Most records were made in one file and are known there alone.
    if len(known) < 2:
        return Merged(next((event.after for event in known.values()), None))
    ordered = sorted(known.values(), key=lambda event: (event.lamport, event.id))
    past = Ancestry((event.id, event.parents) for event in ordered)
    living = [event for event in ordered if event.after is not None]
    if is_needed:
        return merged(living)
    followed = past.reach(event.id for event in ordered)
    heads = [event for event in ordered if not past.is_in(event.id, followed)]
    if all(head.after == heads[0].after for head in heads[1:]):
        return Merged(heads[0].after)
    work = [(event, dict(_sets(event, known))) for event in living]
    kept = _kept_entries(work, past)
    fields: dict[Path, Any] = {}
    setters: dict[Path, list[tuple[Event, Any]]] = {}
    for event, sets in work:
        for path, value in sets.items():
            if any((event.id, entry) in kept for entry in _entries(path)):
                continue
            fields[path] = value
            setters.setdefault(path, []).append((event, value))
    # First whether an entry is to be there at all: what it says is asked after that.
    conflicts = [*_removals(kept, fields, ordered, past), *_conflicts(setters, ordered, past)]
    last = tuple((head.id, None) for head in heads if head.after is None)
    if last:
        conflicts.append(Conflict("", last))
    return Merged(_rebuilt(fields), tuple(conflicts))


def _sets(event: Event, known: dict[str, Event]) -> Iterator[tuple[Path, Any]]:
    assert event.after is not None
    after = _parts(event.after)
    came_from = event.before
    if came_from is None:
        # Who takes a deletion back wants what was there, and nothing against what others did to it meanwhile.
        undone = [known[parent] for parent in event.parents if parent in known]
        if len(undone) == 1 and undone[0].after is None:
            came_from = undone[0].before
    if came_from is None:
        yield from after.items()
        return
    before = _parts(came_from)
    yield from ((path, value) for path, value in after.items() if before.get(path, _GONE) != value)
    yield from ((path, _GONE) for path in before if path not in after)


def _conflicts(
    setters: dict[Path, list[tuple[Event, Any]]], ordered: list[Event], past: Ancestry
) -> Iterator[Conflict]:
    for path, all_set in setters.items():
        if path in _WHEN or path[-1] == _ORDER or len(all_set) == 1:
            continue
        known = past.reach(event.id for event, _ in all_set)
        last = [(event, value) for event, value in all_set if not past.is_in(event.id, known)]
        if all(value == last[0][1] for _, value in last[1:]):
            continue
        reaches = (past.reach((event.id,)) for event in ordered)
        if not any(all(past.is_in(event.id, reach) for event, _ in last) for reach in reaches):
            wanted = tuple((event.id, None if value is _GONE else value) for event, value in last)
            yield Conflict(_name(path), wanted)


def _entries(path: Path) -> Iterator[Path]:
    """The entries of a schema that a part of it lies in, the outermost first."""
    return (path[:end] for end in range(2, len(path)) if path[end - 1].startswith(_ENTRY))


def _kept_entries(work: list[tuple[Event, dict[Path, Any]]], past: Ancestry) -> dict[tuple[str, Path], list[str]]:
    """Entries that one event took away without knowing others that worked on them, with the ids of these."""
    kept: dict[tuple[str, Path], list[str]] = {}
    for event, sets in work:
        gone = [path[:-1] for path, value in sets.items() if value is _GONE and path[-1] == _KEY]
        if not gone:
            continue
        knew = past.reach((event.id,))
        for other, parts in work:
            if past.is_in(other.id, knew) or past.is_in(event.id, past.reach((other.id,))):
                continue
            for entry in {entry for path, value in parts.items() if value is not _GONE for entry in _entries(path)}:
                if entry in gone:
                    kept.setdefault((event.id, entry), []).append(other.id)
    return kept


def _removals(
    kept: dict[tuple[str, Path], list[str]], fields: dict[Path, Any], ordered: list[Event], past: Ancestry
) -> Iterator[Conflict]:
    reaches = [past.reach((event.id,)) for event in ordered] if kept else []
    asked: dict[Path, set[tuple[str, bool]]] = {}
    for (event, entry), others in kept.items():
        is_inner = any((event, outer) in kept for outer in _entries((*entry, _KEY)) if outer != entry)
        if not is_inner and not any(all(past.is_in(one, reach) for one in (event, *others)) for reach in reaches):
            asked.setdefault(entry, set()).update({(event, True), *((other, False) for other in others)})
    for entry, said in asked.items():
        there = _under(entry, fields)
        yield Conflict(_name(entry), tuple((event, None if is_gone else there) for event, is_gone in sorted(said)))


def _parts(document: Document) -> dict[Path, Any]:
    """The fields of a record; a project's schema in its smallest parts, so that it can grow on both sides."""
    parts: dict[Path, Any] = {}
    for name, value in document.items():
        if name == _SCHEMA and isinstance(value, str):
            parts |= dict(_schema_parts((name,), json.loads(value)))
        else:
            parts[name,] = value
    return parts


def _schema_parts(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _schema_parts((*path, name), inner)
    elif _is_keyed(value):
        yield (*path, _ORDER), [entry[_KEY] for entry in value]
        for entry in value:
            yield from _schema_parts((*path, f"{_ENTRY}{entry[_KEY]}"), entry)
    else:
        yield path, value


def _is_keyed(value: Any) -> bool:
    if not isinstance(value, list) or not value:
        return False
    keys = [entry.get(_KEY) for entry in value if isinstance(entry, dict)]
    return len(keys) == len(value) == len(set(map(str, keys))) and all(isinstance(key, str) for key in keys)


def with_part(document: Document, field: str, value: Any) -> Document:
    """The document with another value in a field, by its name in a conflict; None takes a part of a schema away."""
    parts = _parts(document)
    path = _path(field, parts)
    if path[0] != _SCHEMA:
        return document | {field: value}
    left = {other: said for other, said in parts.items() if other[: len(path)] != path}
    return _rebuilt(left if value is None else left | dict(_schema_parts(path, value)))


def part_of(document: Document, field: str) -> Any:
    """What a field says, by its name in a conflict; None of one that is not there."""
    parts = _parts(document)
    path = _path(field, parts)
    return parts[path] if path in parts else _under(path, parts)


def _name(path: Path) -> str:
    """The name of a field in a conflict. Keys of a schema may have blanks, so these are not those between the keys."""
    return " ".join(name.replace(" ", _BLANK) for name in path)


def _path(field: str, parts: dict[Path, Any]) -> Path:
    known = {_name(path): path for path in parts}
    return known.get(field, tuple(name.replace(_BLANK, " ") for name in field.split(" ")))


def _under(path: Path, parts: dict[Path, Any]) -> Any:
    """What lies below a place of a schema; None where there is nothing."""
    inner = {other[len(path) :]: value for other, value in parts.items() if other[: len(path)] == path}
    return _listed(_tree(inner)) if any(value is not _GONE for value in inner.values()) else None


def _rebuilt(fields: dict[Path, Any]) -> Document:
    document: Document = {path[0]: value for path, value in fields.items() if len(path) == 1 and value is not _GONE}
    if tree := _tree({path[1:]: value for path, value in fields.items() if len(path) > 1}):
        document[_SCHEMA] = json.dumps(_listed(tree), ensure_ascii=False, indent=1)
    return document


def _tree(fields: dict[Path, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    # Shorter ones first: where one side has a plain value and the other a group, the group holds both sides' work.
    for path, value in sorted(fields.items(), key=lambda field: len(field[0])):
        if value is not _GONE:
            node = tree
            for name in path[:-1]:
                if not isinstance(node.get(name), dict):
                    node[name] = {}
                node = node[name]
            node[path[-1]] = value
    return tree


def _listed(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    entries = {name[1:]: _listed(inner) for name, inner in node.items() if name.startswith(_ENTRY)}
    # Whoever emptied a list took its order away, and what another added to it is a list all the same.
    is_list = 0 < len(entries) == len(node) and all(isinstance(entry, dict) for entry in entries.values())
    if _ORDER not in node and not is_list:
        return {name: _listed(inner) for name, inner in node.items()}
    order = [key for key in node.get(_ORDER, ()) if key in entries]
    order += sorted(entries.keys() - set(order))
    return [entries[key] for key in order if entries[key].get(_KEY) == key]
