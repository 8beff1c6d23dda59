"""Electronic books (.epub): an article for each part of the book that has words, in the order of reading."""

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from annotator.domain.articles import title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import AnnotatorError, UnreadableDocument
from annotator.formats import zipped
from annotator.formats.documents import HEADLINE, Blocks, Wishes, bare_name, check_length, line_of
from annotator.formats.mark_up import HTML, blocks_in, joined_lines, parsed_page
from annotator.formats.web_page import decoded_page
from annotator.formats.written_dates import iso_day

_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_PREVIEWED = 3


class EpubText:
    """Reads an .epub file."""

    key = "epub"
    title = "Electronic book"
    suffixes = (".epub",)
    has_boilerplate = False

    def looks_so(self, head: bytes) -> bool:
        """By the kind that the first entry gives."""
        return zipped.is_archive(head) and b"mimetypeapplication/epub+zip" in head

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of the book; a part that cannot be read is noted, the others come."""
        with zipped.opened(path) as archive:
            package, folder = _package(archive)
            said = _properties(package)
            count = 0
            for href in _spine(package):
                where = posixpath.normpath(posixpath.join(folder, href))
                try:
                    found = _article(archive, where, f"{name}/{where}", said, findings)
                except AnnotatorError as error:
                    findings.problem(f"{name}/{where}", str(error))
                    continue
                if found is not None:
                    count += 1
                    yield found
                if wishes.is_preview and count == _PREVIEWED:
                    return
        if not count:
            raise UnreadableDocument("there are no words in the book")


def _package(archive: Any) -> tuple[Any, str]:
    """The book's list of parts, and the folder that it counts from."""
    container = zipped.parsed_part(archive, _CONTAINER)
    for element in container.iter() if container is not None else ():
        if _name(element) == "rootfile" and element.get("full-path"):
            where = element.get("full-path")
            package = zipped.parsed_part(archive, where)
            if package is not None:
                return package, posixpath.dirname(where)
    raise UnreadableDocument("it is no book: the list of its parts is missing")


def _spine(package: Any) -> list[str]:
    """The parts in the order of reading, without the table of contents and what stands beside."""
    items, order = {}, []
    for element in package.iter():
        if _name(element) == "item" and element.get("media-type") in _PAGES:
            if "nav" not in (element.get("properties") or "").split():
                items[element.get("id")] = unquote(element.get("href") or "").split("#")[0]
        elif _name(element) == "itemref" and element.get("linear") != "no":
            order.append(element.get("idref"))
    return [items[id_] for id_ in dict.fromkeys(order) if items.get(id_)]


def _properties(package: Any) -> dict[str, str]:
    said = dict.fromkeys(("title", "creator", "publisher", "language", "date"), "")
    for element in package.iter():
        name = _name(element)
        if name in said and not said[name]:
            said[name] = line_of(element.text or "")[:300]
    return said


def _article(archive: Any, where: str, name: str, said: dict[str, str], findings: Findings) -> FoundArticle | None:
    if where.startswith(("..", "/")):
        raise UnreadableDocument("its name leads out of the book")
    data = zipped.part(archive, where)
    if not data.strip():
        raise UnreadableDocument("it is missing in the book, or empty")
    found = blocks_in(parsed_page(decoded_page(data, "", name, findings).text), HTML)
    blocks = Blocks()
    for block in joined_lines(iter(found)):
        blocks.add(block.text, block.kind)
    text = blocks.text
    if not text:
        return None
    check_length(text)
    heading = next((zone.span.cut(text) for zone in blocks.zones if zone.kind == HEADLINE), "")
    return FoundArticle(
        text=text,
        title=line_of(heading)[:300] or title_of(text, said["title"] or bare_name(name)),
        source=name,
        publisher=said["publisher"],
        byline=said["creator"],
        published=iso_day(said["date"]),
        language=said["language"],
        zones=blocks.zones,
    )


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
