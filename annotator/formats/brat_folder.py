"""Which .ann files belong to which text, and who wrote them."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from annotator.domain.found import Findings
from annotator.errors import FormatError, UndecodableText
from annotator.formats.lines import numbered_lines
from annotator.formats.plain_text import LARGEST, decode

SIDE_FILE = "annotator.jsonl"
SIDE_FORMAT = "annotator-brat"
PARTICULARS = ("title", "publisher", "byline", "url", "published", "language")
"""What the side file says about an article."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text with the files about it, and who wrote each; the names are relative to the folder, with slashes."""

    text: str
    name: str
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Texts of one name in different folders; the files about them, each with its text and what follows the name."""

    texts: tuple[str, ...]
    files: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Side:
    """What our side file says: of annotators, by their folders, and of articles, by the names of their files."""

    is_ours: bool = False
    annotators: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)
    """The line about each article, as it is: read objects would take four times the memory."""

    def about(self, name: str) -> dict[str, str]:
        """What is said about the article whose files have this name."""
        return _words(json.loads(self.lines.get(name, "{}")))


def listed(root: Path) -> Iterator[str]:
    """All files below a folder, in the order of their names; nothing hidden, no links to folders."""
    for inside, folders, files in os.walk(root):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        # One path object a folder: they keep their parts for good, which is much for twenty thousand files.
        folder = Path(inside).relative_to(root).as_posix()
        prefix = "" if folder == "." else f"{folder}/"
        for name in sorted(files):
            if not name.startswith("."):
                yield prefix + name


def text_of(root: Path, name: str, findings: Findings) -> str | None:
    """The text of a file; None, with a problem noted, when it has none."""
    path = root / name
    try:
        if not path.is_file():
            findings.problem(shown(name), "it is no file that could be read")
            return None
        if path.stat().st_size > LARGEST:
            findings.problem(shown(name), f"it is larger than {LARGEST // 1_000_000} MB; split it first")
            return None
        data = path.read_bytes()
        # A text without annotations has an empty file beside it; an empty text is none.
        return "" if not data.strip() and name.endswith(".ann") else decode(data).text
    except OSError as error:
        findings.problem(shown(name), f"it cannot be read: {error.strerror}")
    except UndecodableText as error:
        findings.problem(shown(name), str(error))
    return None


def shown(name: str) -> str:
    """A file's name as text, also where the system has bytes in it that are none."""
    return name.encode("utf-8", "replace").decode("utf-8")


def groups(names: list[str], findings: Findings) -> Iterator[Group]:
    """The texts, those of one name together, with the .ann files about them.

    A file belongs to the text of its name in its own folder, else to the only text of that name anywhere. One called
    NAME_xxxx.ann belongs to NAME.txt and is that of annotator xxxx. One without a text is reported.
    """
    texts: dict[str, list[str]] = {}
    for name in names:
        if name.endswith(".txt"):
            texts.setdefault(_stem(name), []).append(name)
    files: dict[str, list[tuple[str, str, str]]] = {}
    for name in names:
        if not name.endswith(".ann"):
            continue
        text, suffix = _text_for(name, texts, findings)
        if text:
            files.setdefault(text, []).append((name, text, suffix))
    # What was needed to match them is let go: a corpus has tens of thousands of names.
    ordered = sorted((name for same in texts.values() for name in same), key=lambda name: (_below(name), name))
    texts.clear()
    for _, alike in groupby(ordered, key=_below):
        same = tuple(alike)
        yield Group(same, tuple(file for text in same for file in files.pop(text, [])))


def _below(name: str) -> str:
    """A name without the first folder."""
    folder, _, rest = name.partition("/")
    return rest or folder


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _text_for(name: str, texts: dict[str, list[str]], findings: Findings) -> tuple[str, str]:
    """The text that a file belongs to, and the annotator in its name; an empty text when there is none."""
    stem, folder = _stem(name), name.rpartition("/")[0]
    before, underscore, after = stem.rpartition("_")
    for wanted, suffix in ((stem, ""), (before, after)) if underscore else ((stem, ""),):
        found = texts.get(wanted, [])
        here = [text for text in found if text.rpartition("/")[0] == folder]
        if here or len(found) == 1:
            return (here or found)[0], suffix
        if found:
            findings.problem(shown(name), f"{len(found)} texts are called {wanted}.txt; it is not clear which is meant")
            return "", ""
    findings.problem(shown(name), f"there is no text {stem}.txt for it")
    return "", ""


def articles_of(group: Group, texts: dict[str, str], side: Side) -> Iterator[tuple[Annotated, str]]:
    """What of a group is one article: texts that read the same. texts holds those that could be read, by name."""
    alike: dict[str, list[str]] = {}
    for name, text in texts.items():
        alike.setdefault(text, []).append(name)
    for text, names in alike.items():
        own = [(file, suffix) for file, of_text, suffix in group.files if of_text in names]
        folders = {file.partition("/")[0] for file, suffix in own if not suffix}
        by_folder = side.is_ours or len(folders) > 1
        signed = tuple((file, suffix or (_person(file, side) if by_folder else "")) for file, suffix in own)
        yield Annotated(names[0], _stem(names[0]), signed), text


def _person(file: str, side: Side) -> str:
    folder, slash, _ = file.partition("/")
    return shown(side.annotators.get(folder, folder)) if slash else ""


def read_side(root: Path, findings: Findings, written_as: str = SIDE_FORMAT) -> Side:
    """What our side file says; nothing when there is none, or one of another program or format."""
    side = Side()
    if not (root / SIDE_FILE).is_file():
        return side
    try:
        for number, line in numbered_lines(root / SIDE_FILE):
            _take_line(side, number, line, findings, written_as)
    except FormatError as error:
        findings.problem(SIDE_FILE, str(error))
    return side


def _take_line(side: Side, number: int, line: str | None, findings: Findings, written_as: str) -> None:
    try:
        said = json.loads(line or "") if line is None or line.strip() else {}
        if number == 1:
            side.is_ours = said.get("format") == written_as
            side.annotators = _words(said.get("annotators", {}))
        elif said:
            side.lines[str(said.get("file", ""))] = line or ""
    except (ValueError, AttributeError, RecursionError):
        findings.problem(SIDE_FILE, "this is no line of an export of ours", number)


def _words(said: dict[str, object]) -> dict[str, str]:
    return {key: shown(value).replace("\0", "") for key, value in said.items() if isinstance(value, str)}
