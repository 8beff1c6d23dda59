"""One file of WebAnno TSV as it is written: an annotator's page of one article."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from annotator.domain.found import Losses
from annotator.domain.spans import Span
from annotator.formats.inception_layers import ROLES, Joined, Layer, Marked, Page
from annotator.formats.tokens import sentences
from annotator.formats.utf16 import Units
from annotator.formats.webanno_tsv_text import escaped_cell, escaped_text

FORMAT = "#FORMAT=WebAnno TSV 3."
_NOTHING, _EMPTY = "_", "*"
_Place = tuple[int, int, int]
"""A row: the number of its word, and where in the text it begins and ends when it is a part of that word."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One column. feature is empty for one that only says that there is a span."""

    layer: Layer
    feature: str
    is_target: bool = False


def tsv_lines(text: str, page: Page, layers: tuple[Layer, ...], losses: Losses) -> Iterator[str]:
    """The file's lines, each with its end."""
    yield from _Sheet(text, page, layers, losses).lines()


class _Sheet:
    def __init__(self, text: str, page: Page, layers: tuple[Layer, ...], losses: Losses) -> None:
        self._text, self._units = text, Units(text)
        self._sentences = list(sentences(text))
        words = [word for sentence in self._sentences for word in sentence]
        self._starts, self._ends = [word.start for word in words], [word.end for word in words]
        losses.add("articles without a word, whose text was left out", not words)
        self._rows: dict[_Place, dict[str, list[Marked]]] = {}
        self._first: dict[str, _Place] = {}
        self._numbers: dict[str, int] = {}
        for mark in sorted(page.marks, key=lambda mark: (mark.span.start, -mark.span.end)):
            places = self._places(mark.span, losses)
            for place in places:
                self._rows.setdefault(place, {}).setdefault(mark.layer, []).append(mark)
            if places:
                self._first[mark.key] = places[0]
                self._numbers[mark.key] = len(self._numbers) + 1
        joins = [one for one in page.joins if one.origin in self._first and one.target in self._first]
        self._joins: dict[_Place, list[Joined]] = {}
        for joined in joins:
            self._joins.setdefault(self._first[joined.target], []).append(joined)
        self._columns = list(_columns([mark for mark in page.marks if mark.key in self._first], joins, layers))
        self._named = list(self._names())
        self._name = {place: name for rows in self._named for place, name in rows}

    def _places(self, span: Span, losses: Losses) -> list[_Place]:
        """The rows of a span; none when it holds nothing but blanks."""
        first = bisect_right(self._ends, span.start)
        last = bisect_left(self._starts, span.end) - 1
        if first > last:
            losses.add("spans of nothing but blanks were left out")
            return []
        begin, end = max(span.start, self._starts[first]), min(span.end, self._ends[last])
        losses.add("spans lost the blanks at their ends", (begin, end) != (span.start, span.end))
        return [(at, max(begin, self._starts[at]), min(end, self._ends[at])) for at in range(first, last + 1)]

    def _names(self) -> Iterator[list[tuple[_Place, str]]]:
        """The rows of each sentence: 1-3 is the third word of the first sentence, 1-3.2 the second part in it."""
        parts: dict[int, list[_Place]] = {}
        for at, begin, end in self._rows:
            if (begin, end) != (self._starts[at], self._ends[at]):
                parts.setdefault(at, []).append((at, begin, end))
        at = 0
        for number, sentence in enumerate(self._sentences, start=1):
            rows: list[tuple[_Place, str]] = []
            for word_number, word in enumerate(sentence, start=1):
                name = f"{number}-{word_number}"
                rows.append(((at, word.start, word.end), name))
                inside = sorted(parts.get(at, ()), key=lambda part: (part[1], -part[2]))
                rows += [(part, f"{name}.{count}") for count, part in enumerate(inside, start=1)]
                at += 1
            yield rows

    def lines(self) -> Iterator[str]:
        yield f"{FORMAT}3\n"
        yield from _header(self._columns)
        yield "\n"
        starts = [*(sentence[0].start for sentence in self._sentences), len(self._text)]
        for number, rows in enumerate(self._named):
            own = self._text[starts[number] : starts[number + 1]]
            # Readers put one line break between sentences that do not touch; after the last one nothing is put.
            if number + 1 < len(self._named):
                own = own.removesuffix("\n")
            yield "\n"
            for line in own.split("\n"):
                yield f"#Text={escaped_text(line)}\n"
            for place, name in rows:
                yield self._row(place, name)

    def _row(self, place: _Place, name: str) -> str:
        _, begin, end = place
        offsets = f"{self._units.unit(begin)}-{self._units.unit(end)}"
        marks, joins = self._rows.get(place, {}), self._joins.get(place, [])
        cells = (self._cell(column, marks.get(column.layer.name, []), joins) for column in self._columns)
        return "\t".join((name, offsets, self._text[begin:end], *cells)) + "\t\n"

    def _cell(self, column: _Column, marks: list[Marked], joins: list[Joined]) -> str:
        if column.layer.base:
            here = [joined for joined in joins if joined.layer == column.layer.name]
            values = [self._ends_of(one) if column.is_target else _value(one.features, column) for one in here]
        else:
            values = [self._span_cell(column, mark) for mark in marks]
        return "|".join(values) or _NOTHING

    def _span_cell(self, column: _Column, mark: Marked) -> str:
        number = f"[{self._numbers[mark.key]}]"
        if column.feature != ROLES:
            return f"{_value(mark.features, column)}{number}"
        roles = [(role, key) for _, role, key in mark.roles if key in self._first]
        if column.is_target:
            return ";".join(f"{self._name[self._first[key]]}[{self._numbers[key]}]" for _, key in roles) or _EMPTY
        return (";".join(escaped_cell(role) for role, _ in roles) or _NOTHING) + number

    def _ends_of(self, joined: Joined) -> str:
        origin = self._name[self._first[joined.origin]]
        return f"{origin}[{self._numbers[joined.origin]}_{self._numbers[joined.target]}]"


def _value(features: dict[str, str], column: _Column) -> str:
    value = features.get(column.feature)
    return _EMPTY if value is None else escaped_cell(value)


def _columns(marks: list[Marked], joins: list[Joined], layers: tuple[Layer, ...]) -> Iterator[_Column]:
    """The columns that hold something, in the order of the layers."""
    used: dict[str, set[str]] = {}
    for mark in marks:
        used.setdefault(mark.layer, set()).update(mark.features)
    for joined in joins:
        used.setdefault(joined.layer, set()).update(joined.features)
    roles = {mark.layer for mark in marks if mark.roles}
    for layer in layers:
        features = used.get(layer.name)
        if features is None:
            continue
        for feature in sorted(features | ({ROLES} if layer.name in roles else set())) or [""]:
            yield _Column(layer, feature)
            if feature == ROLES:
                yield _Column(layer, feature, is_target=True)
        if layer.base:
            yield _Column(layer, "", is_target=True)


def _header(columns: list[_Column]) -> Iterator[str]:
    for layer, own in groupby(columns, key=lambda column: column.layer):
        kind = "RL" if layer.base else "SP"
        yield f"#T_{kind}={layer.name}|{'|'.join(map(_declared, own))}\n"


def _declared(column: _Column) -> str:
    if column.layer.base:
        return f"BT_{column.layer.base}" if column.is_target else column.feature
    if column.feature != ROLES:
        return column.feature
    return "uima.tcas.Annotation" if column.is_target else f"ROLE_{column.layer.name}:{ROLES}_{column.layer.role_type}"
