"""Annotated corpora come in: their format, their labels, and their articles in steps of one undoable import."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.edits import Record
from annotator.domain.found import Findings, FoundArticle
from annotator.domain.names import fold
from annotator.domain.schemas import LabelKind, Schema
from annotator.editing import designing
from annotator.editing.bringing_in import LEAVE_OUT, Bringing, take_found
from annotator.editing.receiving import Receiving, take_records
from annotator.editing.schema_json import Section
from annotator.errors import FormatError, WorkStopped
from annotator.formats.base import Reader
from annotator.formats.jsonl_reading import Line, is_ours, read_lines
from annotator.formats.registry import READERS
from annotator.services.workers import steps_apart
from annotator.services.workspace import Workspace

__all__ = ["LEAVE_OUT", "NEW", "READERS", "Findings", "Reader", "Receiving", "Scan"]

NEW = "+"
"""A foreign label mapped to this gets a label of its own in the project's schema."""
OURS = "annotator"
"""What this program's own export is called among the formats that are read."""
_HEAD, _HEAD_OF_JSON = 4_096, 4_000_000
"""Bytes that are looked at. Objects often have an article's whole text, and its words, before what is marked in it."""
_JSON = frozenset({".json", ".jsonl", ".jsonld", ".ndjson"})
_ARTICLES, _LETTERS, _LINES = 50, 2_000_000, 1_000
_SHOWN = 5
_COLOURS = (("#0072B2", "#56B4E9"), ("#007A5A", "#2BB68F"), ("#B35C00", "#E69F00"), ("#A8457F", "#E08FBF"))


@dataclass(slots=True)
class Scan:
    """What is in a corpus: how many articles, claims and zones, mentions by label, and the first articles.

    A codebook has labels only, each with no mention.
    """

    articles: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    zones: int = 0
    annotators: set[str] = field(default_factory=set)
    first: list[FoundArticle] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    def add(self, found: FoundArticle) -> None:
        """Counts an article."""
        self.articles += 1
        self.labels.update(mention.label for mention in found.mentions)
        self.claims += len(found.claims)
        self.zones += len(found.zones)
        named = {mention.annotator for mention in found.mentions} | {claim.annotator for claim in found.claims}
        self.annotators |= named - {""}
        if len(self.first) < _SHOWN:
            self.first.append(found)


@dataclass(slots=True)
class Taken:
    """What an import came to."""

    articles: int = 0
    mentions: int = 0
    claims: int = 0
    entities: int = 0
    labels: int = 0

    def add(self, records: Iterable[Record | None]) -> None:
        """Counts records that were made."""
        for record_type, count in Counter(map(type, records)).items():
            name = f"{record_type.__name__.lower()}s".replace("entitys", "entities")
            if hasattr(self, name):
                setattr(self, name, getattr(self, name) + count)

    @property
    def sentence(self) -> str:
        """One line for the status bar."""
        counts = (
            (self.articles, "article", "articles"),
            (self.mentions, "mention", "mentions"),
            (self.entities, "entity", "entities"),
            (self.claims, "claim", "claims"),
        )
        imported = ", ".join(f"{count:,} {one if count == 1 else many}" for count, one, many in counts) + " imported."
        if not self.labels:
            return imported
        made = f"{self.labels:,} new {'label' if self.labels == 1 else 'labels'} in the schema."
        return f"{imported} {made}" if self.articles else made


def recognise(path: Path) -> Reader | None:
    """The reader for a file or folder; None when none knows it."""
    head = head_of(path)
    return next((reader for reader in READERS if reader.recognises(path, head)), None)


def is_own_export(path: Path) -> bool:
    """Whether a file is an export with everything of this program."""
    return path.is_file() and is_ours(head_of(path))


def head_of(path: Path) -> bytes:
    """The beginning of a file, empty for a folder. Raises FormatError when it cannot be read."""
    if path.is_dir():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD_OF_JSON if path.suffix.casefold() in _JSON else _HEAD)
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error


def reader(key: str) -> Reader | None:
    """The reader with this key."""
    return next((one for one in READERS if one.key == key), None)


def scan(wanted: Reader, paths: Iterable[Path], into: Scan) -> Iterator[tuple[int, int, None]]:
    """Reads everything once and counts; for the background. Raises FormatError."""
    done = 0
    for found in _apart(paths, _scan, wanted.key, tuple(paths)):
        if isinstance(found, Scan):
            for part in fields(Scan):
                setattr(into, part.name, getattr(found, part.name))
        elif found is not None:
            (done,) = found
        yield done, 0, None
    yield into.articles, into.articles, None


def _scan(key: str, paths: tuple[Path, ...]) -> Iterator[int | tuple[int] | Scan]:
    found = Scan()
    for number, article in enumerate(_all(key, paths, found.findings), start=1):
        found.add(article)
        yield (number,) if number % _ARTICLES == 0 else number
    found.labels.update(dict.fromkeys(found.findings.labels, 0))
    yield found


def _all(key: str, paths: Iterable[Path], findings: Findings) -> Iterator[FoundArticle]:
    wanted = reader(key)
    assert wanted is not None, key
    return chain.from_iterable(wanted.read(path, findings) for path in paths)


def _apart(paths: Iterable[Path], work: Callable[..., Iterator[Any]], *args: Any) -> Iterator[Any]:
    """What work yields in a process for strangers' files. Raises FormatError, also when it hangs or fails."""
    try:
        yield from steps_apart(work, *args)
    except WorkStopped as error:
        name = next((path.name for path in paths), "")
        raise FormatError(f"“{name}” was not read to its end: {error}.") from error


_USUAL: tuple[tuple[LabelKind, frozenset[str]], ...] = (
    (LabelKind.ACTOR, frozenset("per person people org organisation organization norp group actor".split())),
    (LabelKind.LOCATION, frozenset("loc location gpe fac facility place geo".split())),
    (LabelKind.DATE, frozenset("date time timex timex3".split())),
    (LabelKind.QUANTITY, frozenset("quantity cardinal ordinal money percent number num".split())),
    (LabelKind.PLAIN, frozenset("misc other event law product language work_of_art".split())),
)


def proposed_labels(foreign: Iterable[str], schema: Schema) -> dict[str, str]:
    """For each label of a file the schema's that is called so, or that usually means it; else a new one."""
    by_name = {fold(name): label.key for label in schema.labels for name in (label.key, label.name)}
    by_kind = {label.kind: label.key for label in reversed(schema.labels)}
    kind_of = {word: kind for kind, words in _USUAL for word in words}

    def proposed(label: str) -> str:
        folded = fold(label)
        kind = kind_of.get(folded)
        return by_name.get(folded) or (by_kind.get(kind, NEW) if kind else NEW)

    return {label: proposed(label) for label in foreign}


def with_new_labels(workspace: Workspace, labels: Mapping[str, str], group: str) -> dict[str, str]:
    """Makes the labels that are mapped to NEW, in the import's group of undo; the answer maps to real keys only."""
    mapped = dict(labels)
    for number, foreign in enumerate(label for label, key in labels.items() if key == NEW):
        records = workspace.records
        key = designing.new_key(records, Section.LABELS, foreign)
        light, dark = _COLOURS[(len(records.schema.labels) + number) % len(_COLOURS)]
        fields = {"key": key, "name": foreign, "hotkey": "", "light": light, "dark": dark, "links_to": None}
        workspace.do_in_group(group, designing.add, Section.LABELS, fields)
        mapped[foreign] = key
    return mapped


def read_batches(
    wanted: Reader, paths: Iterable[Path], findings: Findings, total: int = 0
) -> Iterator[tuple[int, int, tuple[FoundArticle, ...] | None]]:
    """The articles in steps of a job, None while they are waited for. total is how many there are, when it is known.

    They are read in a process of their own. Raises FormatError.
    """
    return _merged(_apart(paths, _read, wanted.key, tuple(paths), total), findings, total)


def _merged(steps: Iterator[Any], findings: Findings, total: int) -> Iterator[tuple[int, int, Any]]:
    """Steps from another process, whose findings are added to these."""
    done = 0
    for step in steps:
        batch = None
        if step is not None:
            done, total, batch, news = step
            findings.add(news)
        yield done, total, batch


def _read(key: str, paths: tuple[Path, ...], total: int) -> Iterator[int | tuple[int, int, Any, Findings]]:
    findings = Findings()
    batch: list[FoundArticle] = []
    done = letters = 0
    for found in _all(key, paths, findings):
        batch.append(found)
        done, letters = done + 1, letters + len(found.text)
        yield done
        if len(batch) == _ARTICLES or letters > _LETTERS:
            yield done, total, tuple(batch), findings.handed_over()
            batch, letters = [], 0
    yield done, total or done, tuple(batch), findings.handed_over()


def bringing(workspace: Workspace, labels: Mapping[str, str], findings: Findings) -> Bringing:
    """What an import needs from batch to batch; annotators of the project are known by their names."""
    people = {annotator.name: annotator for annotator in workspace.records.annotators()}
    return Bringing(labels, findings, people)


def take_batch(
    workspace: Workspace, batch: tuple[FoundArticle, ...], known: Bringing, taken: Taken, group: str
) -> None:
    """Puts a batch into the project."""
    edit = workspace.receive(take_found, batch, known, group=group)
    taken.add(change.after for change in edit.changes if change.before is None)


def own_batches(path: Path, findings: Findings) -> Iterator[tuple[int, int, tuple[Line, ...] | None]]:
    """The lines of an own export in steps of a job; an article stays together with what is marked in it.

    None while they are waited for: they are read in a process of their own. Raises FormatError.
    """
    return _merged(_apart((path,), _read_own, path), findings, 0)


def _read_own(path: Path) -> Iterator[int | tuple[int, int, tuple[Line, ...], Findings]]:
    findings = Findings()
    batch: list[Line] = []
    size = path.stat().st_size
    read = 0
    for line in read_lines(path, findings):
        if len(batch) >= _LINES and isinstance(line.record, Article):
            yield min(read, size), size, tuple(batch), findings.handed_over()
            batch = []
        batch.append(line)
        read += len(line.text) + 300
        yield read
    yield size, size, tuple(batch), findings.handed_over()


def take_own(workspace: Workspace, batch: tuple[Line, ...], receiving: Receiving, taken: Taken, group: str) -> None:
    """Puts records of an own export into the project."""
    lines = [(line.record, line.text, line.spelled) for line in batch]
    edit = workspace.receive(take_records, lines, receiving, group=group)
    taken.add(change.after for change in edit.changes if change.before is None)
