"""Which keys each action has: those of a key set, and over them the user's own changes.

The keys in the table of actions are the standard set. A label's key is the project's and stands in its schema; only a
one-hand set replaces it, by the label's position, in the window and not in the project.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from annotator.ui.settings import Settings

Key = str | QKeySequence.StandardKey
Table = dict[str, tuple[str, ...]]
"""The keys of each action by its id, written as Qt writes them on every system: Ctrl+Shift+Z."""
LABEL, EXACT = "label ", "exact "


class Keyed(Protocol):
    """What is asked of an action here."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def keys(self) -> tuple[Key, ...]: ...  # noqa: D102
    @property
    def mode(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class KeySet:
    """Keys that actions have instead of their standard ones or beside them, and those of the first labels.

    Actions the window does not have are passed over.
    """

    id: str
    name: str
    labels: tuple[str, ...] = ()
    instead: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that does something else as well, in the words of what else."""

    key: str
    other: str


STANDARD = KeySet("standard", "Standard, for both hands")
# Z begins the keys of zones; X and Space stay with suggestions, T and M with further parts of claims.
LEFT = KeySet(
    "left",
    "Left hand",
    labels=("A", "S", "D", "F", "G"),
    instead={
        "source": ("V",),
        "cue": ("B",),
        "about": ("Shift+B",),
        "values": ("Shift+V",),
        "reselect": ("Ctrl+R",),
        "same": ("Shift+G",),
        "same everywhere": ("Ctrl+G",),
        "flow": ("Shift+F",),
        "flow mode": ("Alt+Shift+F",),
    },
    beside={
        "remove": ("Q",),
        "repeat": ("Shift+Q",),
        "undo": ("R",),
        "redo": ("Shift+R",),
        "sentence": ("Shift+D",),
        "next claim": ("Shift+S",),
        "previous claim": ("Shift+A",),
        "done": ("Ctrl+D",),
    },
)
RIGHT = KeySet(
    "right",
    "Right hand",
    labels=("K", "L", "J", "I", "O"),
    instead={
        "claim": ("H",),
        "content": ("Shift+H",),
        "density": ("Ctrl+H",),
        "source": ("P",),
        "next claim": ("Shift+K",),
        "previous claim": ("Shift+J",),
        "jump back": ("Ctrl+J",),
        "jump on": ("Ctrl+Shift+J",),
        "within": ("Shift+I",),
        "next difference": ("J",),
        "previous difference": ("Shift+J",),
        "within previous": ("Alt+Shift+I",),
    },
    beside={
        "entity": (";",),
        "take out": (":",),
        "reject suggestion": ("/",),
        "next mention": ("N",),
        "previous mention": ("Shift+N",),
        "undo": ("Y", "'"),
        "redo": ("Shift+Y",),
        "expand": ("Shift+P",),
        "shrink": ("Shift+O",),
        "done": ("Shift+Return",),
    },
)
KEY_SETS = (STANDARD, LEFT, RIGHT)

FIXED = {
    **{f"{more}{key}": "Move the caret" for key in ("Left", "Right", "Up", "Down") for more in ("", "Ctrl+", "Shift+")},
    **{f"{more}{key}": "Move the caret" for key in ("Home", "End") for more in ("", "Ctrl+", "Shift+")},
    **dict.fromkeys(("PgUp", "PgDown"), "Turn a page"),
    **dict.fromkeys(("Alt+Left", "Alt+Right"), "Move by sentence"),
}
"""What keys do on the article without an action."""


def portable(key: Key) -> str:
    """A key as it is written everywhere; empty when it is none, or one this system does not have."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """A key as this system's menus write it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def key_set(id_: str) -> KeySet:
    """A key set by its id; the standard one when there is none of that id."""
    return next((known for known in KEY_SETS if known.id == id_), STANDARD)


def is_of_label(id_: str) -> bool:
    """Whether an action tags under a label, so that its key is the project's."""
    return id_.startswith((LABEL, f"{EXACT}{LABEL}"))


def table(actions: Collection[Keyed], chosen: KeySet, changes: Mapping[str, tuple[str, ...]]) -> Table:
    """The keys of every action under a key set and the user's changes."""
    result = {action.id: _clean(portable(key) for key in action.keys) for action in actions}
    if chosen is not STANDARD:
        _put_set(result, chosen, {action.id: action.mode for action in actions})
    for id_, keys in changes.items():
        if id_ in result and not is_of_label(id_):
            result[id_] = _clean(portable(key) for key in keys)
    return result


def _put_set(result: Table, chosen: KeySet, modes: Mapping[str, str]) -> None:
    labels = [id_.removeprefix(LABEL) for id_ in result if id_.startswith(LABEL)]
    given: Table = {f"{LABEL}{label}": (key,) for label, key in zip(labels, chosen.labels, strict=False)}
    given |= {id_: keys for id_, keys in chosen.instead.items() if id_ in result}
    for id_, (first, *_) in tuple(given.items()):
        exact = f"{EXACT}{id_}"
        if exact in result:
            given[exact] = (f"Alt+{first}",)
    given |= {id_: (*keys, *result[id_]) for id_, keys in chosen.beside.items() if id_ in result}
    taken = [(modes[id_], key) for id_, keys in given.items() for key in keys]
    for id_, keys in result.items():
        if id_ not in given:
            mode = modes[id_]
            given[id_] = tuple(_moved(key, {other for its, other in taken if _meet(mode, its)}) for key in keys)
            taken += [(mode, key) for key in given[id_]]
    result.update({id_: _clean(keys) for id_, keys in given.items()})


def _meet(one: str, other: str) -> bool:
    """Whether there is a mode of the window in which the keys of both modes count."""
    return not one or not other or one == other


def _moved(key: str, taken: set[str]) -> str:
    """The key, or where the set gave it away the same one with more held down: no action is left without."""
    if not any(_are_in_each_other_s_way(key, other) for other in taken):
        return key
    bare = key.removeprefix("Alt+").removeprefix("Shift+")
    return next((f"{more}{bare}" for more in ("Ctrl+Alt+", "Ctrl+Alt+Shift+") if f"{more}{bare}" not in taken), key)


def _are_in_each_other_s_way(one: str, other: str) -> bool:
    shorter, longer = sorted((_presses(one), _presses(other)), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


@lru_cache(maxsize=4_096)
def _presses(key: str) -> tuple[str, ...]:
    """What is pressed one after the other: Z and then 1."""
    sequence = QKeySequence(key)
    return tuple(QKeySequence(sequence[number]).toString() for number in range(sequence.count()))  # type: ignore[index]  # the stubs do not know it can be indexed


def _clean(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in keys if key))


def clashes(actions: Collection[Keyed], keys: Table) -> dict[str, list[Clash]]:
    """The keys of each action that do something else as well.

    The keyboard is on the article or it is not, and there both the article's actions and the window's can be meant; so
    every key that two actions share is a clash, and so is one that another's keys begin with. Only actions of different
    modes are never in each other's way.
    """
    names = {action.id: action.text.rstrip("…") for action in actions}
    modes = {action.id: action.mode for action in actions}
    by_first: dict[str, list[tuple[str, str]]] = {}
    for id_ in names:
        for key in keys.get(id_, ()):
            by_first.setdefault(_presses(key)[0], []).append((id_, key))
    result: dict[str, list[Clash]] = {}
    for first, uses in by_first.items():
        for id_, key in uses:
            meeting = ((other, its) for other, its in uses if other != id_ and _meet(modes[id_], modes[other]))
            others = {other for other, its in meeting if _are_in_each_other_s_way(key, its)}
            found = [Clash(key, names[other]) for other in names if other in others]
            found += [Clash(key, FIXED[first])] if key in FIXED else []
            if found:
                result.setdefault(id_, []).extend(found)
    return result


def is_typed(key: str) -> bool:
    """Whether the key alone, or with Shift, writes something in a text or steps through a list."""
    bare = key.removeprefix("Shift+")
    return len(bare) == 1 or bare in {"Return", "Space"}


class Keys(QObject):
    """The keys of the open window. changed is sent after an action got other keys."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._actions: tuple[Keyed, ...] = ()
        self._table: Table = {}

    def begin(self, actions: Iterable[Keyed]) -> None:
        """Takes the actions there are, with the labels as the project has them."""
        self._actions = tuple(actions)
        before, self._table = self._table, table(self._actions, self.chosen, self.changes)
        if self._table != before:
            self.changed.emit()

    @property
    def chosen(self) -> KeySet:
        """The key set in use."""
        return key_set(self._settings.key_set)

    @property
    def changes(self) -> Table:
        """The user's own changes, as far as the settings file can be read."""
        return _read_changes(self._settings.key_changes)

    def choose(self, chosen: KeySet, changes: Mapping[str, tuple[str, ...]]) -> None:
        """Uses a key set with these changes from now on, and on another day."""
        self._settings.key_set = chosen.id
        self._settings.key_changes = json.dumps({id_: list(keys) for id_, keys in changes.items()}, ensure_ascii=False)
        self.begin(self._actions)

    def of(self, action: str) -> tuple[str, ...]:
        """The keys of an action."""
        return self._table.get(action, ())

    def name(self, action: str) -> str:
        """What to press for an action; the words of its menu entry when it has no key."""
        first = next(iter(self.of(action)), None)
        if first is not None:
            return native(first)
        return next((f"“{known.text}”" for known in self._actions if known.id == action), action)


def _read_changes(text: str) -> Table:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        id_: tuple(keys)
        for id_, keys in read.items()
        if isinstance(keys, list) and all(isinstance(key, str) and portable(key) for key in keys)
    }
