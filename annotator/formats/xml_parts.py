"""XML spelled by hand, and read piece by piece: no entity is unfolded, nothing fetched, nesting is limited."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

from annotator.domain.found import Findings, Losses
from annotator.errors import FormatError

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Element = Any
"""An element of lxml, which has no types of its own."""


class Spelling:
    """Spells words for XML; what XML does not allow becomes �, letter for letter, and is counted."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses

    def allowed(self, words: str) -> str:
        """The words as they may stand in XML, of the same length."""
        words, count = _FORBIDDEN.subn("\ufffd", words)
        self._losses.add("characters that XML does not allow became �", count)
        return words

    def words(self, words: str) -> str:
        """Text between tags."""
        # A parser would make a line feed of a bare carriage return.
        return escape(self.allowed(words), {"\r": "&#13;"})

    def tag(self, name: str, attributes: dict[str, str], inside: str | None = None) -> str:
        """An element with those attributes that are not empty; inside is spelled already, None closes it at once."""
        said = "".join(f" {key}={quoteattr(self.allowed(value))}" for key, value in attributes.items() if value)
        return f"<{name}{said}/>" if inside is None else f"<{name}{said}>{inside}</{name}>"


def whole_elements(file: BinaryIO, parents: Mapping[str, str], source: str, findings: Findings) -> Iterator[Element]:
    """Each element that is wanted, in any namespace, when it ends; after its turn it and what stood before it is gone.

    parents has the names of those wanted, each with the name that its parent must have, empty for any. Where the file
    is no XML any more, that is noted and reading ends. Raises FormatError when there was nothing before.
    """
    from lxml import etree

    wanted = [f"{{*}}{name}" for name in parents]
    options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    reading = etree.iterparse(file, events=("end",), tag=wanted, remove_comments=True, remove_pis=True, **options)
    count = 0
    try:
        for _, element in reading:
            parent = element.getparent()
            needed = parents[name_of(element)]
            if needed and (parent is None or name_of(parent) != needed):
                continue
            count += 1
            yield element
            element.clear()
            while parent is not None and (before := element.getprevious()) is not None:
                parent.remove(before)
    except (etree.XMLSyntaxError, UnicodeError, LookupError) as error:
        line = getattr(error, "lineno", 0) or 0
        if not count:
            where = f", line {line}" if line else ""
            raise FormatError(f"“{source}”{where}: {_reason(error)}.") from error
        findings.problem(source, f"{_reason(error)}; what follows was not read", line)


def _reason(error: Exception) -> str:
    said = str(error).partition(", line ")[0].partition(", see ")[0].splitlines()
    return f"it is no XML: {said[0][:120].rstrip('.') if said else 'it breaks off'}"


def name_of(element: Element) -> str:
    """The name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def inside(element: Element, *names: str) -> Iterator[Element]:
    """Everything below that has one of these names, in the order of the file."""
    yield from element.iterdescendants(*(f"{{*}}{name}" for name in names))


def within(element: Element, *names: str) -> Iterator[Element]:
    """The children that have one of these names."""
    yield from element.iterchildren(*(f"{{*}}{name}" for name in names))


def first(element: Element, *path: str) -> Element | None:
    """The first element at the end of a path of children."""
    for name in path:
        if element is None:
            return None
        element = next(within(element, name), None)
    return element


def id_of(element: Element) -> str:
    """Its xml:id; empty when it has none."""
    return str(element.get("{http://www.w3.org/XML/1998/namespace}id", ""))


def first_pointer(pointers: str) -> str:
    """The first of several pointers; empty when there is none."""
    return next(iter(pointers.split(maxsplit=1)), "")


def is_exact(element: Element) -> bool:
    """Whether blanks in it are meant as they stand: xml:space says so of it or of what it is in."""
    while element is not None:
        space = element.get("{http://www.w3.org/XML/1998/namespace}space")
        if space:
            return bool(space == "preserve")
        element = element.getparent()
    return False


def said_in(element: Element | None) -> str:
    """The words in it, as they stand or with single blanks, as xml:space says."""
    if element is None:
        return ""
    words = "".join(element.itertext())
    return words if is_exact(element) else " ".join(words.split())
