"""Web pages: the article in one, without or with what stands around it. Nothing is ever fetched."""

import codecs
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.articles import title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats.documents import (
    BOILERPLATE,
    HEADLINE,
    Blocks,
    Wishes,
    bare_name,
    bytes_of,
    check_length,
    visible,
)
from annotator.formats.mark_up import HTML, Block, Tags, blocks_in, drop_hidden, joined_lines, parsed_page
from annotator.formats.plain_text import Decoded, decode
from annotator.formats.quiet import quieten
from annotator.formats.web_about import About, about_page

_DECLARED = re.compile(
    rb"""(?:charset|<\?xml[^>]{0,60}encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)
_ENCODING = re.compile(
    r"utf-?8|(iso-?8859|windows|cp|ibm|mac|tis|ks_c_5601)[-_]?[\d-]+|latin-?1|us-ascii|macintosh|koi8-[ru]|gb\w*|"
    r"big5\w*|euc-\w+|(x-)?s(hift)?[_-]?jis|iso-2022-jp",
    re.IGNORECASE,
)
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-11": "cp874", "tis-620": "cp874",
}  # fmt: skip
_HEAD = 4_096
_PREVIEW = 400_000
_LARGE = 1_500_000
"""Code points of visible text over which the main text is not looked for: the search takes minutes then."""
_MANY = 60_000
"""Elements of a page over which it is not looked for either."""
_LIKE = 30
"""Code points that a line must have at least to be found inside a longer one of the main text."""
_MAIN = Tags(
    blocks=frozenset("ab code div fw head list p quote table".split()),
    lines=frozenset({"item", "row"}),
    groups=frozenset({"list", "table"}),
    cells=frozenset({"cell"}),
    breaks=frozenset({"lb"}),
    exact=frozenset({"code"}),
)


class WebPage:
    """Reads a saved page."""

    key = "html"
    title = "Web page"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")
    has_boilerplate = True

    def looks_so(self, head: bytes) -> bool:
        """By a doctype or the first element."""
        begin = head.removeprefix(codecs.BOM_UTF8).lstrip()[:60].lower()
        return begin.startswith((b"<!doctype html", b"<html"))

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The one article of the page."""
        data = bytes_of(path)
        if wishes.is_preview and len(data) > _PREVIEW:
            # Cut behind an element, so that a letter of several bytes stays whole.
            data = data[:_PREVIEW].rpartition(b">")[0] or data[:_PREVIEW]
        decoded = decoded_page(data, wishes.encoding, name, findings)
        yield page_article(decoded.text, name, wishes, decoded.encoding)


def decoded_page(data: bytes, encoding: str, name: str, findings: Findings) -> Decoded:
    """The mark-up of a page: in the encoding asked for, that of its mark, UTF-8, the one that it declares, or a guess.

    Bytes that make no sense in the declared encoding become U+FFFD, and findings says how many. Raises UndecodableText.
    """
    marked = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    declared = _declared(data[:_HEAD])
    if encoding or not declared or data.startswith(marked) or is_utf8(data):
        return decode(data, encoding)
    try:
        return Decoded(data.decode(declared), declared, is_sure=True)
    except UnicodeDecodeError:
        text = data.decode(declared, "replace")
        count = text.count("\ufffd")
        if count > len(data) / 1_000 + 5:
            return decode(data)
        findings.note(name, f"{count:,} characters are no {declared} and were replaced by \ufffd")
        return Decoded(text, declared, is_sure=False)


def is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 with letters that are not ASCII: hardly any other encoding looks so by chance."""
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _declared(head: bytes) -> str:
    for match in _DECLARED.finditer(head):
        label = match[1].decode("ascii")
        if _ENCODING.fullmatch(label):
            try:
                known = codecs.lookup(label.lower().replace("x-sjis", "shift_jis").replace("windows-874", "cp874")).name
            except LookupError:
                continue
            return _AS_BROWSERS_DO.get(known, known)
    return ""


def page_article(
    markup: str, name: str, wishes: Wishes, encoding: str = "", outer: About | None = None
) -> FoundArticle:
    """The article in a page's mark-up. outer is what is known from elsewhere, and wins.

    Raises UnreadableDocument when there are no words in the page.
    """
    tree = parsed_page(markup)
    own = blocks_in(tree, HTML)
    is_large = sum(len(block.text) for block in own) > _LARGE or sum(1 for _ in tree.iter()) > _MANY
    said = About() if is_large else about_page(tree)
    headline = _headline(own, said.title)
    drop_hidden(tree)
    main = [] if is_large else _main_blocks(tree)
    chosen = _marked(own, main) if wishes.keeps_boilerplate else _left_in(own, main, headline)
    blocks = Blocks()
    for block in joined_lines(iter(chosen)):
        blocks.add(block.text, block.kind)
    text = blocks.text
    if not text:
        raise UnreadableDocument("there are no words in the page")
    check_length(text)
    outer = outer or About()
    return FoundArticle(
        text=text,
        title=outer.title or headline or said.title or title_of(text, bare_name(name)),
        source=name,
        publisher=outer.publisher or said.publisher,
        byline=outer.byline or said.byline,
        url=outer.address or said.address,
        published=outer.published or said.published,
        language=outer.language or said.language,
        zones=blocks.zones,
        encoding=encoding,
    )


def _main_blocks(tree: Any) -> list[Block]:
    """What trafilatura takes for the article; nothing when it finds none."""
    quieten()
    from lxml import etree
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, include_comments=False, with_metadata=False)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, AssertionError, etree.LxmlError):
        return []
    body = getattr(found, "body", None)
    return [] if body is None else blocks_in(body, _MAIN)


def _headline(own: Sequence[Block], title: str) -> str:
    """The page's one large headline, when it is the title's: sites put their own name into such an element too."""
    large = {_squeezed(block.text): visible(block.text) for block in own if block.kind == HEADLINE}
    squeezed = _squeezed(title)
    fitting = [words for key, words in large.items() if key and (key in squeezed or (squeezed and squeezed in key))]
    return " ".join(fitting[0].split()) if len(fitting) == 1 else ""


def _left_in(own: Sequence[Block], main: Sequence[Block], headline: str) -> list[Block]:
    """The main text, with the headline before it when the page has one elsewhere."""
    if not main:
        return [block for block in own if not block.is_aside] or list(own)
    kinds = {_squeezed(block.text): block.kind for block in own if block.kind}
    taken = [
        Block(block.text, kinds.get(_squeezed(block.text), "" if block.kind == HEADLINE else block.kind), block.group)
        for block in main
    ]
    if headline and _squeezed(headline) not in {_squeezed(block.text) for block in taken}:
        return [Block(headline, HEADLINE), *taken]
    return taken


def _marked(own: Sequence[Block], main: Sequence[Block]) -> list[Block]:
    """Everything in its order: what is not the main text is boilerplate, but for captions and the like amid it."""
    lines = {_squeezed(line) for block in main for line in block.text.split("\n")}
    whole = _squeezed("".join(block.text for block in main))

    def is_main(block: Block) -> bool:
        squeezed = [key for line in block.text.split("\n") if (key := _squeezed(line))]
        return all(key in lines or (len(key) >= _LIKE and key in whole) for key in squeezed)

    are_main = [is_main(block) if main else not block.is_aside for block in own]
    at_main = [at for at, yes in enumerate(are_main) if yes]
    begin, end = (at_main[0], at_main[-1]) if at_main else (0, -1)
    headlines = [at for at, block in enumerate(own) if block.kind == HEADLINE and at <= begin and not block.is_aside]
    # A headline stands before the text, with a by-line and a picture between the two.
    begin = headlines[-1] if headlines else begin
    return [
        block
        if yes or (block.kind and begin <= at <= end and not block.is_aside)
        else Block(block.text, BOILERPLATE, block.group)
        for at, (block, yes) in enumerate(zip(own, are_main, strict=True))
    ]


def _squeezed(words: str) -> str:
    return "".join(visible(words).split())
