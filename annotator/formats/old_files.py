"""Kinds of files that are known but not read: what to do instead, rather than taking their bytes for a text."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats.documents import Wishes

_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RICH = b"{\\rtf"


class OldFiles:
    """Refuses old office files and rich text with a sentence that helps."""

    key = "old"
    title = "Older kinds"
    suffixes = (".doc", ".xls", ".rtf", ".odt", ".ods", ".ppt", ".pptx", ".xlsb", ".mobi", ".azw3", ".msg")
    has_boilerplate = False

    def looks_so(self, head: bytes) -> bool:
        """By what old office files and rich text begin with. A new one with a password begins so as well."""
        return is_old(head)

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """Always refuses."""
        del name, wishes, findings
        raise UnreadableDocument(advice(path.suffix.casefold()))


def is_old(data: bytes) -> bool:
    """Whether a file begins as old office files or rich text do."""
    return data.startswith((_OFFICE, _RICH))


def advice(suffix: str) -> str:
    """What to do with a file that has this ending."""
    if suffix in {".docx", ".docm", ".xlsx", ".xlsm"}:
        return "it is locked with a password; save it without one"
    if suffix in {".xls", ".xlsb", ".ods"}:
        return "this kind of table is not read; save it as .xlsx or .csv"
    if suffix in {".ppt", ".pptx", ".mobi", ".azw3", ".msg"}:
        return "this kind of file is not read; save it as .pdf or .txt"
    return "this kind of document is not read; save it as .docx"
