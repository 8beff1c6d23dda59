"""The paragraphs of marked-up pages in reading order, as a browser shows them; of any depth, without recursion."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.errors import UnreadableDocument
from annotator.formats.documents import BYLINE, CAPTION, CREDIT, HEADLINE

_BLANKS = re.compile(r"\s+")
_BYLINE = re.compile(r"(^|[\s_-])by-?line($|[\s_-])", re.IGNORECASE)
_CREDIT = re.compile(r"(^|[\s_-])(photo|image|caption|figure|media)?[_-]?credits?($|[\s_-])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_BYLINE = 200
_CELL = "\x1f"


@dataclass(frozen=True, slots=True)
class Tags:
    """What the names of elements mean: blocks part paragraphs, lines part lines of a list or table, silent ones are
    not shown, and what is aside is seldom part of an article.
    """

    blocks: frozenset[str]
    lines: frozenset[str]
    groups: frozenset[str]
    cells: frozenset[str]
    breaks: frozenset[str]
    exact: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    kinds: tuple[tuple[str, str], ...] = ()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HTML = Tags(
    blocks=_set(
        "address article aside blockquote body caption center details dialog dir div dl fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu nav ol p pre section summary table "
        "tbody tfoot thead title ul"
    ),
    lines=_set("dd dt li option tr"),
    groups=_set("dl ol ul menu dir table select"),
    cells=_set("td th"),
    breaks=_set("br"),
    exact=_set("pre listing plaintext textarea"),
    silent=_set(
        "applet area audio base canvas command datalist embed frame frameset head iframe img input link math meta "
        "noembed noframes noscript object param script source style svg template track video wbr"
    ),
    aside=_set("nav footer aside form dialog menu"),
    kinds=(("h1", HEADLINE), ("figcaption", CAPTION)),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. group is shared by the lines of one list or table, 0 for none."""

    text: str
    kind: str = ""
    group: int = 0
    is_aside: bool = False


def joined_lines(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks with the lines of one list or table as one."""
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None and waiting.group and (waiting.group, waiting.kind) == (block.group, block.kind):
            waiting = Block(f"{waiting.text}\n{block.text}", block.kind, block.group, block.is_aside)
            continue
        if waiting is not None:
            yield waiting
        waiting = block
    if waiting is not None:
        yield waiting


def blocks_in(tree: Any, tags: Tags) -> list[Block]:
    """The paragraphs below an element of lxml, and the lines of its lists and tables, each a block."""
    return _Walk(tags).over(tree)


class _Walk:
    def __init__(self, tags: Tags) -> None:
        self._tags = tags
        self._found: list[Block] = []
        self._line: list[str] = []
        self._kinds: list[str] = [""]
        self._groups: list[int] = [0]
        self._rows: list[int] = [0]
        self._aside = self._exact = 0

    def over(self, tree: Any) -> list[Block]:
        from lxml import etree

        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element, is_root=element is tree)
            elif not isinstance(element.tag, str) or self._is_silent(element):
                walk.skip_subtree()
            else:
                self._enter(element)
        self._flush()
        return self._found

    def _is_silent(self, element: Any) -> bool:
        return _name(element) in self._tags.silent or (bool(self._tags.silent) and _is_hidden(element))

    def _enter(self, element: Any) -> None:
        name, tags = _name(element), self._tags
        own = self._kind(name, element)
        kind = own if own == CREDIT else self._kinds[-1] or own
        if name in tags.blocks or name in tags.lines or kind != self._kinds[-1]:
            self._flush()
        self._kinds.append(kind)
        if name in tags.groups:
            self._groups.append(len(self._found) + 1 if len(self._groups) == 1 else self._groups[-1])
        if name in tags.lines:
            self._rows.append(self._groups[-1])
        elif name in tags.blocks:
            self._rows.append(0)
        self._aside += name in tags.aside
        self._exact += name in tags.exact
        if name in tags.breaks:
            self._line.append("\n")
        self._say(element.text)

    def _leave(self, element: Any, *, is_root: bool) -> None:
        name, tags = _name(element), self._tags
        if isinstance(element.tag, str) and not self._is_silent(element):
            if name in tags.blocks or name in tags.lines or self._kinds[-1] != self._kinds[-2]:
                self._flush()
            self._kinds.pop()
            if name in tags.groups:
                self._groups.pop()
            if name in tags.blocks or name in tags.lines:
                self._rows.pop()
            if name in tags.cells:
                self._line.append(_CELL)
            self._aside -= name in tags.aside
            self._exact -= name in tags.exact
        if not is_root:
            self._say(element.tail)

    def _kind(self, name: str, element: Any) -> str:
        known = next((kind for tag, kind in self._tags.kinds if tag == name), "")
        if known or not self._tags.silent:
            return HEADLINE if (name, element.get("rend")) == ("head", "h1") else known
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if _CREDIT.search(marks):
            return CREDIT
        return BYLINE if _BYLINE.search(marks) else ""

    def _say(self, words: str | None) -> None:
        if words:
            words = words.replace(_CELL, " ")
            self._line.append(
                words.replace("\r\n", "\n").replace("\r", "\n") if self._exact else _BLANKS.sub(" ", words)
            )

    def _flush(self) -> None:
        if not self._line:
            return
        written, self._line = "".join(self._line), []
        if not written.strip(f"\n {_CELL}"):
            return
        kind = self._kinds[-1]
        lines = [_cells(line) for line in written.split("\n")]
        for words in "\n".join(lines).split("\n\n"):
            if words.strip():
                its = "" if kind == BYLINE and len(words) > _LONGEST_BYLINE else kind
                self._found.append(Block(words.strip("\n"), its, self._rows[-1], self._aside > 0))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def drop_hidden(tree: Any) -> None:
    """Takes out of a page what it hides: those who look for its main text do not see that it is hidden."""
    for element in tree.xpath("//body//*[@hidden or contains(@style, 'display') or self::template]"):
        if _is_hidden(element) or element.tag == "template":
            element.drop_tree()


def _cells(line: str) -> str:
    return "\t".join(" ".join(cell.split()) for cell in line.split(_CELL)).strip()


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _check_tags(markup: str) -> None:
    """The parser compares each attribute of an element with all before: fifty thousand take it minutes."""
    for tag in _TAG.finditer(markup):
        long = tag[0] if tag.end() - tag.start() > _LONG_TAG else ""
        if long and len(_QUOTED.sub("", long).split()) > _MOST_ATTRIBUTES:
            raise UnreadableDocument(f"an element of it has more than {_MOST_ATTRIBUTES:,} attributes")


_TAG = re.compile(r"""<[A-Za-z](?:[^"'<>]++|"[^"]*"|'[^']*')*+""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_LONG_TAG, _MOST_ATTRIBUTES = 3_000, 1_000


def parsed_page(markup: str) -> Any:
    """The tree of an HTML page. Raises UnreadableDocument when there is none, or when it is nested too deeply."""
    from lxml import etree, html

    # A declaration of the encoding is no longer true of decoded words, and the parser would believe it.
    bare = re.sub(r"^\s*<\?xml[^>]*>", "", markup[:500]) + markup[500:]
    _check_tags(bare)
    data = bare.replace("\0", "").encode("utf-8", "replace")
    try:
        for is_huge in (False, True):
            parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=is_huge)
            tree = html.document_fromstring(data, parser=parser)
            # The parser stops at some depth and would lose all the rest of the page without a word.
            if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
                return tree
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument("there is no page in it") from error
    raise UnreadableDocument("its elements are nested too deeply")
