"""Restoring: a record is again as it was at some moment of its past."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from annotator.domain.authors import Author
from annotator.domain.documents import TYPE_NAMES
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.records import Records
from annotator.editing.merging_in import needs
from annotator.errors import EditRefused


def restore(records: Records, by: Author, past: Record, last_state: Callable[[str], Record | None]) -> Edit:
    """Makes a record what it was, also one that was deleted; a new edit, so that nothing of its history is lost.

    What it named then and is gone comes back too, as last_state says that it was.
    """
    kind = TYPE_NAMES[type(past)]
    now = records.find(type(past), past.id)
    wanted: Any = replace(past, changed=by.now())
    if now is not None and replace(now, changed=past.changed) == past:
        raise EditRefused(f"The {kind} is so already.")
    return Edit(EditKind.RESTORE, (*_needed(records, past, last_state), Change(now, wanted)), (kind,))


def _needed(records: Records, past: Record, last_state: Callable[[str], Record | None]) -> list[Change]:
    """What has to come back first, each after what it needs itself."""
    found: dict[str, Change] = {}
    waiting = [past]
    while waiting:
        for needed, id_ in needs(waiting.pop()):
            if id_ in found or records.find(needed, id_) is not None:
                continue
            state = last_state(id_)
            if state is None:
                other = TYPE_NAMES[needed]
                other = f"an {other}" if other[0] in "aeiou" else f"a {other}"
                kind = TYPE_NAMES[type(past)]
                raise EditRefused(f"The {kind} as it was names {other} that is not in the project any more.")
            found[id_] = Change(None, state)
            waiting.append(state)
    return list(reversed(found.values()))
