"""Reading our own format back: records as they were, with ids, authors and times; a line with a fault is left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.articles import Article, text_hash
from annotator.domain.documents import EXCHANGED, TYPES_BY_NAME, from_document
from annotator.domain.edits import Record
from annotator.domain.found import Findings
from annotator.domain.spelling import spelled
from annotator.errors import FormatError

_LONGEST_LINE = 200_000_000
"""Code points of one line: an article's text stands in one, and no text is longer than a tenth of this."""
_BESIDE = {"article": "text", "claim": "chain"}
"""What stands in a line beside the type and the fields of its record."""


@dataclass(frozen=True, slots=True)
class Line:
    """A record with the text that its line brings, and where it stands; spelled is how the history spells it."""

    number: int
    record: Record
    text: str
    spelled: str


def is_ours(head: bytes) -> bool:
    """Whether a file begins as this program's own export does."""
    return b'"annotator-jsonl"' in head[:200]


def read_lines(path: Path, findings: Findings) -> Iterator[Line]:
    """The records of an export, in its order. Raises FormatError when the file is none or of a later version.

    Faults are noted with their line: no JSON, an unknown kind of record, a field too many or too few, a text that does
    not have the hash that its article says.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            _check_head(path, file.readline(_LONGEST_LINE))
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), ""), start=2):
                if not line.isspace():
                    read = _read(path, number, line, findings)
                    if read is not None:
                        yield read
    except OSError as error:
        raise FormatError(f"“{path.name}” cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FormatError(f"“{path.name}” is not UTF-8, so another program has changed it since.") from error


def _check_head(path: Path, line: str) -> None:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        head = None
    if not isinstance(head, dict) or head.get("format") != "annotator-jsonl":
        raise FormatError(f"“{path.name}” is no export of this program: its first line does not say so.")
    version = head.get("version")
    if version != 1:
        said = f"version {version}" if isinstance(version, int) else "another version"
        raise FormatError(f"“{path.name}” is of {said} of the format; this program reads version 1. Update it.")


def _read(path: Path, number: int, line: str, findings: Findings) -> Line | None:
    try:
        document = json.loads(line)
        if not isinstance(document, dict):
            raise TypeError("a record is an object")
        name, text = document.pop("type", None), document.get("text", "")
        if not isinstance(name, str) or TYPES_BY_NAME.get(name) not in EXCHANGED:
            raise ValueError(f"“{name}” is no kind of record")
        if not isinstance(text, str):
            raise TypeError("a text is a string")
        if name in _BESIDE:
            document.pop(_BESIDE[name], None)
        record = from_document(TYPES_BY_NAME[name], document)
        if isinstance(record, Article) and text_hash(text) != record.sha256:
            raise ValueError("its text is not the one that it was exported with")
    except (ValueError, TypeError, KeyError, RecursionError, UnicodeEncodeError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        findings.problem(path.name, f"left out: {what}", number)
        return None
    return Line(number, record, text if isinstance(record, Article) else "", spelled(record))
