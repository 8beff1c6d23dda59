"""A text file is an article, kept just as it is."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.articles import title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats.documents import Wishes, bare_name, bytes_of
from annotator.formats.old_files import advice, is_old
from annotator.formats.plain_text import decode


class TextFile:
    """Reads a text in any encoding."""

    key = "text"
    title = "Text"
    suffixes = (".txt", ".text", ".md")
    has_boilerplate = False

    def looks_so(self, head: bytes) -> bool:
        """Whatever is none of the others is taken for a text, and then shows whether it is one."""
        del head
        return True

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The one article: every letter, line end and blank of it."""
        del findings
        data = bytes_of(path)
        if is_old(data):
            raise UnreadableDocument(advice(path.suffix.casefold()))
        decoded = decode(data, wishes.encoding)
        yield FoundArticle(decoded.text, title_of(decoded.text, bare_name(name)), name, encoding=decoded.encoding)
