"""The text of a TEI element, and which stretch of it each of its elements is.

Where xml:space says so, blanks stay; elsewhere they become single ones and paragraphs are parted by an empty line. Of
two readings the one on the page is taken; editors' notes are no text.
"""

from dataclasses import dataclass, field

from annotator.domain.found import Findings
from annotator.domain.spans import Span
from annotator.formats.xml_parts import Element, first, id_of, inside, is_exact, name_of, said_in

_PARAGRAPHS = frozenset("p ab head div lg sp u list table opener closer salute dateline byline figure".split())
_LINES = frozenset("l item row speaker addrLine signed trailer".split())
_BESIDE = frozenset("standOff listAnnotation spanGrp linkGrp span".split())
_NO_TEXT = frozenset("note noteGrp teiHeader figDesc fw".split()) | _BESIDE
_SECOND_READINGS = frozenset("reg corr expan".split())
_WORDS = frozenset("w pc".split())
_BLANKS = " \t\r\n"


@dataclass(slots=True)
class Placed:
    """The text with the places of its elements: all of them in the order of the file, and by their xml:ids."""

    text: str = ""
    elements: list[tuple[Element, Span]] = field(default_factory=list)
    by_id: dict[str, Span] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)


def placed(element: Element, findings: Findings, *, is_exact_anyway: bool) -> Placed:
    """Reads the bodies of a TEI element. is_exact_anyway: something counts letters, so that each has to stay."""
    reading = _Reading(findings)
    text = first(element, "text")
    bodies = list(inside(text, "body")) if text is not None else []
    for body in bodies:
        # The body of a letter that an article quotes is a part of the article's own.
        if not any(name_of(one) == "body" for one in body.iterancestors()):
            reading.whole(body, exact=is_exact_anyway or is_exact(body))
    around = inside(text, "front", "back") if text is not None else ()
    if any(said_in(one) for part in around for one in inside(part, "p", "head", "ab", "l", "item")):
        findings.leave_out("what stands before and after the bodies of texts")
    found = reading.found
    found.text = "".join(reading.pieces)
    return found


class _Reading:
    def __init__(self, findings: Findings) -> None:
        self.found = Placed()
        self.pieces: list[str] = []
        self._findings = findings
        self._length = 0
        self._between = ""
        self._waiting: list[int] = []
        self._begun: list[int] = []
        self._is_glued = False

    def whole(self, body: Element, *, exact: bool) -> None:
        """One body. Its elements are not nested deeply: the parser sees to that."""
        if not exact:
            self._break("\n\n")
        self._take(body, exact=exact)

    def _take(self, element: Element, *, exact: bool) -> None:
        name = name_of(element)
        if not name:
            # A reference to an entity: what it stands for is not looked up.
            self._findings.leave_out("references to entities in texts")
            return
        if name in _NO_TEXT or (name in _SECOND_READINGS and name_of(element.getparent()) == "choice"):
            if name not in _BESIDE and any(words.strip() for words in element.itertext()):
                self._findings.leave_out("notes and second readings inside texts")
            return
        space = element.get("{http://www.w3.org/XML/1998/namespace}space")
        exact = exact or space == "preserve"
        self._open(name, element, exact=exact)
        place = self._begin(id_of(element), exact=exact)
        self._say(element.text, exact=exact)
        for child in element:
            self._take(child, exact=exact)
            self._say(child.tail, exact=exact)
        self._end(element, place)
        self._close(name, element, exact=exact)

    def _open(self, name: str, element: Element, *, exact: bool) -> None:
        if exact:
            return
        if name in _PARAGRAPHS:
            self._break("\n\n")
        elif name in _LINES:
            self._break("\n")
        elif name == "cell" or (name == "lb" and element.get("break") != "no"):
            self._break(" ")
        elif name in _WORDS and element.get("join") in {"left", "both"}:
            self._between = ""

    def _close(self, name: str, element: Element, *, exact: bool) -> None:
        if exact:
            return
        if name in _PARAGRAPHS:
            self._break("\n\n")
        elif name in _LINES:
            self._break("\n")
        elif name in _WORDS and element.get("join") in {"right", "both"}:
            self._is_glued = True

    def _break(self, how: str) -> None:
        if len(how) > len(self._between) or (how == "\n" and self._between == " "):
            self._between = how

    def _begin(self, id_: str, *, exact: bool) -> int:
        """Notes that an element begins; where is known when its first letter comes."""
        place = len(self._begun)
        if exact:
            self._begun.append(self._length + (len(self._between) if self._length else 0))
            if id_:
                self.found.starts.setdefault(id_, self._begun[-1])
        else:
            self._begun.append(-1)
            self._waiting.append(place)
        return place

    def _end(self, element: Element, place: int) -> None:
        start = self._begun.pop()
        if self._waiting and self._waiting[-1] == place:
            self._waiting.pop()
        if 0 <= start < self._length:
            span = Span(start, self._length)
            self.found.elements.append((element, span))
            if id_ := id_of(element):
                self.found.by_id.setdefault(id_, span)

    def _say(self, words: str | None, *, exact: bool) -> None:
        if not words:
            return
        if exact:
            self._add(words)
            return
        bare = words.strip(_BLANKS)
        if not bare:
            self._blank()
            return
        if words[0] in _BLANKS:
            self._blank()
        self._is_glued = False
        self._add(
            " ".join(
                piece for piece in bare.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ") if piece
            )
        )
        if words[-1] in _BLANKS:
            self._break(" ")

    def _blank(self) -> None:
        if self._is_glued:
            self._is_glued = False
        else:
            self._break(" ")

    def _add(self, words: str) -> None:
        between = self._between if self._length else ""
        self._between = ""
        for place in self._waiting:
            self._begun[place] = self._length + len(between)
        self._waiting.clear()
        self.pieces += [between, words]
        self._length += len(between) + len(words)
