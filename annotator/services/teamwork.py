"""Handing articles out to teammates as files, and bringing their files back in."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.dealing import Deal, dealt
from annotator.domain.documents import to_document
from annotator.domain.edits import Record
from annotator.domain.histories import HistoryRow
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.merging import part_of
from annotator.domain.projects import SUFFIX, Project
from annotator.editing.assigning import new_person
from annotator.editing.merging_in import Merging, merge_in, resolve, swept
from annotator.errors import FormatError, ProjectFileError
from annotator.services.exporting import Snapshot
from annotator.services.strangers import steps_of
from annotator.services.workers import made
from annotator.services.workspace import Workspace
from annotator.storage.handing_out import Part, write_part
from annotator.storage.project_file import ProjectFile
from annotator.storage.teammate import TeammateFile

__all__ = ["Deal", "Merging", "Part", "dealt"]

_DEEDS = 1_000
"""Changed records in one step: small enough that the window stays usable."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of her history, with the texts of the articles in them by hash."""

    rows: tuple[HistoryRow, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Teammate:
    """What is known of a file before it is brought in: whose it is, and whether it is of this project."""

    project: Project
    annotators: tuple[Annotator, ...]
    is_related: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a field in conflict to be: value is None for a deletion."""

    who: str
    value: Any


@dataclass(frozen=True, slots=True)
class Question:
    """A conflict to be settled: the record in words, the field, who wants what, and what it is if nobody settles it."""

    record_type: type[Record]
    record: str
    words: str
    field: str
    wishes: tuple[Wish, ...]
    now: Any


@dataclass(frozen=True, slots=True)
class Preview:
    """What bringing a file in would do."""

    summary: "Summary"
    questions: tuple[Question, ...]
    problems: tuple[str, ...]


@dataclass(slots=True)
class Summary:
    """What bringing a file in makes new, changes and deletes here: counts by kind of record, and by who signed."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)
    by_annotator: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, merging: Merging) -> "Summary":
        """From what became of each record."""
        summary = cls()
        for net in merging.net.values():
            record = net.after if net.after is not None else net.before
            if record is None or net.before == net.after:
                continue
            which = summary.new if net.before is None else summary.deleted if net.after is None else summary.changed
            which[type(record).__name__.lower()] += 1
            summary.by_annotator[str(getattr(record, "author", ""))] += 1
        return summary

    @property
    def is_empty(self) -> bool:
        """Whether the file has nothing that the project does not have."""
        return not (self.new or self.changed or self.deleted)

    @property
    def lines(self) -> tuple[str, ...]:
        """In words: 12 new mentions."""
        parts = (("new", self.new), ("changed", self.changed), ("deleted", self.deleted))
        return tuple(
            f"{count:,} {how} {_plural(name, count)}" for how, counts in parts for name, count in sorted(counts.items())
        )


def _plural(name: str, count: int) -> str:
    return name if count == 1 else f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


# Bringing in


def look_at(workspace: Workspace, path: Path) -> Teammate:
    """Whose file it is, waited for. Raises ProjectFileError when it cannot be read as a project."""
    *_, (_, _, found) = made(looks_at(workspace.records.project(), path))
    return found


def looks_at(project: Project, path: Path) -> Iterator[tuple[int, int, Teammate | None]]:
    """The same in steps of a job, of which the last says whose file it is; project is the one that is open."""
    for found in steps_of(path, _look, path):
        if found is None:
            yield 0, 0, None
        else:
            hers, annotators = found
            yield 1, 1, Teammate(hers, annotators, hers.id == project.id)


def _look(path: Path) -> Iterator[tuple[Project, tuple[Annotator, ...]]]:
    with TeammateFile(path) as file:
        yield file.project(), file.annotators()


def check_related(workspace: Workspace, path: Path, *, is_asked: bool = False) -> None:
    """Raises FormatError for a file of another project, unless that is what is asked for."""
    found = look_at(workspace, path)
    if not found.is_related and not is_asked:
        raise FormatError(
            f"“{path.name}” is a file of another project, “{found.project.name}”. Bring it in only if you want its "
            "articles and records in this one (--unrelated)."
        )


def batches(path: Path, known: frozenset[str]) -> Iterator[tuple[int, int, Batch | None]]:
    """Her history without the rows that are known, in steps of a job; without a batch while one is waited for."""
    last = (0, 0)
    for step in steps_of(path, _batches, path, known):
        if step is None:
            yield *last, None
        else:
            last = step[:2]
            yield step


def _batches(path: Path, known: frozenset[str]) -> Iterator[int | tuple[int, int, Batch]]:
    with TeammateFile(path) as file:
        total, done, deeds = file.row_count(), 0, 0
        rows: list[HistoryRow] = []
        for row in file.rows(known):
            rows.append(row)
            done, deeds = done + 1, deeds + len(row.deeds)
            yield done
            if deeds >= _DEEDS:
                yield done, total, _batch(file, rows)
                rows, deeds = [], 0
        if rows:
            yield total, total, _batch(file, rows)


def _batch(file: TeammateFile, rows: Sequence[HistoryRow]) -> Batch:
    hashes = {
        str(deed.after.get("sha256", "")) for row in rows for deed in row.deeds if deed.type == "article" and deed.after
    }
    texts = {sha256: text for sha256 in sorted(hashes) if (text := file.text(sha256)) is not None}
    return Batch(tuple(rows), texts)


def merging(workspace: Workspace, source: str) -> Merging:
    """What bringing a file in needs from step to step."""
    return Merging(source, workspace.records.events_on)


def take(workspace: Workspace, batch: Batch, known: Merging, group: str) -> None:
    """Brings a step's rows in."""
    workspace.merge(merge_in, batch.rows, batch.texts, known, group=group)


def finish(workspace: Workspace, known: Merging, group: str) -> None:
    """After the last step: what was deleted and is not needed any more goes."""
    ids = workspace.records.deleted_but_there()
    if ids:
        workspace.merge(swept, ids, known, group=group)


def preview(workspace: Workspace, snapshot: Snapshot, path: Path) -> Iterator[tuple[int, int, Preview | None]]:
    """Brings the file into a copy of the project that is thrown away: what comes at the end tells what would happen."""
    try:
        copy = Workspace(ProjectFile.open(snapshot.path, paths.backup_folder()), workspace.author)
        try:
            known = merging(copy, path.name)
            for done, total, batch in batches(path, copy.records.known_rows()):
                if batch is not None:
                    take(copy, batch, known, "preview")
                yield done, total, None
            finish(copy, known, "preview")
            found = Preview(
                Summary.of(known),
                tuple(questions(known, copy.records)),
                tuple(dict.fromkeys(problem.reason for problem in known.findings.problems)),
            )
        finally:
            copy.close()
    finally:
        snapshot.close()
    yield 1, 1, found


def bring_in(workspace: Workspace, path: Path) -> Merging:
    """All at once, for the command line; one undo takes it back. Raises ProjectFileError."""
    known, group = merging(workspace, path.name), workspace.author.new_id()
    for _, _, batch in made(batches(path, workspace.records.known_rows())):
        take(workspace, batch, known, group)
    finish(workspace, known, group)
    return known


# Handing out


def person_called(workspace: Workspace, name: str) -> Annotator:
    """The person of the project with this name, or somebody new. Raises EditRefused for an empty name."""
    name = " ".join(name.split())
    people = [one for one in workspace.records.annotators() if one.kind is AnnotatorKind.PERSON and one.name == name]
    return people[0] if len(people) == 1 else new_person(workspace.author, name)


def files_for(workspace: Workspace, folder: Path, people: Sequence[Annotator]) -> list[Path]:
    """Where the file of each person goes. Raises ProjectFileError when one is there already, FormatError for one name.

    It is asked before anything is assigned or written: else half of it would be done.
    """
    stem = workspace.records.path.stem
    files = [folder / f"{stem} – {_in_a_name(person.name)}{SUFFIX}" for person in people]
    names = [file.name.casefold() for file in files]
    for number, (file, person) in enumerate(zip(files, people, strict=True)):
        if names[number] in names[:number]:
            raise FormatError(f"The file of “{person.name}” would be called like another's, “{file.name}”.")
        if file.exists():
            raise ProjectFileError(f"There is a file “{file.name}” in “{folder}” already. Choose another folder.")
    return files


def hand_out(
    workspace: Workspace,
    snapshot: Snapshot,
    folder: Path,
    people: Sequence[Annotator],
    articles: Mapping[AnnotatorId, Sequence[ArticleId]],
    *,
    is_blind: bool = True,
) -> Iterator[tuple[int, int, Path]]:
    """Writes a project file for each person into a folder, yielding each that is written.

    Raises FormatError when the folder cannot be made, ProjectFileError when a file is there already; see files_for.
    """
    try:
        files = files_for(workspace, folder, people)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FormatError(f"The folder “{folder.name}” cannot be made: {error.strerror}.") from error
        for done, (person, target) in enumerate(zip(people, files, strict=True), start=1):
            part = Part(person, tuple(articles.get(person.id, ())), is_blind)
            write_part(snapshot.path, target, part, workspace.author)
            yield done, len(people), target
    finally:
        snapshot.close()


def _in_a_name(words: str) -> str:
    """Words as a part of a file's name on any system."""
    return "".join(c if c.isalnum() or c in " -_.’" else "_" for c in words).strip(" .") or "annotator"


def questions(known: Merging, records: ProjectFile) -> Iterator[Question]:
    """The conflicts that are left, each with the record as it is now."""
    names = {annotator.id: annotator.name for annotator in records.annotators()}
    for id_, conflicts in known.conflicts.items():
        now = records.find(known.types[id_], id_)
        if now is None:
            continue
        signed = records.signed([event for conflict in conflicts for event, _ in conflict.values])
        for conflict in conflicts:
            wishes = tuple(
                Wish(names.get(signed.get(event, AnnotatorId("")), "before it was handed out"), value)
                for event, value in conflict.values
            )
            value = part_of(to_document(now), conflict.field) if conflict.field else ""
            yield Question(type(now), id_, _in_words(now), conflict.field, wishes, value)


def settle(workspace: Workspace, question: Question, value: Any, group: str) -> None:
    """Settles a conflict: the field has this value from now on; of a deletion, None deletes and anything else keeps.

    Raises EditRefused when the record is gone, or still needed.
    """
    workspace.do_in_group(group, resolve, question.record_type, question.record, question.field, value)


def _in_words(record: Record) -> str:
    names = (str(getattr(record, name, "")) for name in ("name", "title", "quote", "text"))
    return next((name for name in names if name), "") or type(record).__name__.lower()
