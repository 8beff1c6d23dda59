"""Archives of documents (.zip): entry by entry, each alone in a folder of its own that is removed again."""

import posixpath
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from annotator.domain.found import Findings
from annotator.errors import UnreadableDocument
from annotator.formats import zipped

SUFFIXES = frozenset({".zip"})
_NESTED = frozenset({".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".tgz"})


def documents_in(
    path: Path, name: str, suffixes: Collection[str], findings: Findings
) -> Iterator[tuple[int, int, Path, str]]:
    """Each entry with one of these endings, in the order of their names: its number, how many there are, and its file.

    The file is there until the next is asked for. name is what the archive is called in reports; the last is what the
    entry is called. Entries that may not be read are noted. Raises UnreadableDocument when the archive itself is not
    to be read.
    """
    with zipped.opened(path) as archive, tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        entries = [entry for entry in _sorted(archive) if _suffix(entry) in suffixes or _suffix(entry) in _NESTED]
        for number, entry in enumerate(entries):
            called = f"{name}/{_shown(entry.filename)}"
            try:
                if _suffix(entry) in _NESTED:
                    raise UnreadableDocument("an archive in an archive is not read; unpack it first")
                data = zipped.content(archive, entry)
            except UnreadableDocument as error:
                findings.problem(called, str(error))
                continue
            # A name of our own: that of the entry may be anything.
            target = Path(folder) / f"document{_suffix(entry)}"
            target.write_bytes(data)
            yield number, len(entries), target, called
            target.unlink()


def _sorted(archive: ZipFile) -> list[ZipInfo]:
    return sorted((entry for entry in archive.infolist() if _is_document(entry)), key=lambda entry: entry.filename)


def _is_document(entry: ZipInfo) -> bool:
    """Not a folder, nor what systems put beside the files."""
    parts = entry.filename.replace("\\", "/").split("/")
    return not entry.is_dir() and not parts[-1].startswith(".") and "__MACOSX" not in parts


def _suffix(entry: ZipInfo) -> str:
    return posixpath.splitext(entry.filename)[1].casefold()


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name)[:200]
