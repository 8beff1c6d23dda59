"""One file of WebAnno TSV 3.0 to 3.3, read as any project of INCEpTION or WebAnno exports it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.articles import LONGEST_TEXT
from annotator.domain.found import Findings
from annotator.domain.spans import Span
from annotator.formats.inception_folder import Paper
from annotator.formats.inception_layers import Joined, Marked, Page
from annotator.formats.json_parts import BadRecord, text_in
from annotator.formats.lines import numbered_lines
from annotator.formats.utf16 import Units
from annotator.formats.webanno_tsv_text import parted, sentence_text, value_in

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.([0-9])\s*")
_UNIT = re.compile(r"(\d{1,9}-\d{1,9})(\.\d{1,9})?", re.ASCII)
_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
_NUMBERED = re.compile(r"((?:\\.|[^\\])*)\[(\d{1,9})\]", re.ASCII | re.DOTALL)
_ENDS = re.compile(r"(.*)\[(\d{1,9})_(\d{1,9})\]", re.ASCII)
_CHAINED = re.compile(r"((?:\\.|[^\\])*)->(\d{1,9})-(\d{1,9})", re.ASCII | re.DOTALL)
_MOST_STACKED = 1_000
"""Annotations of one layer on one word: each has a field in the same cell."""
_SLOT = re.compile(r"ROLE_[^:]*:(.+)_[^_]*")
_NOTHING, _EMPTY, _ANY = "_", "*", "uima.tcas.Annotation"
_WIDEST_GAP = 10_000
_MOST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a layer. kind is value, place, role, target, chain, link or ends; hint the layer that it leads to."""

    kind: str
    feature: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Layer:
    """A layer with its columns and where in a line they begin."""

    name: str
    is_relation: bool
    is_chain: bool
    begin: int
    columns: tuple[_Column, ...]


@dataclass(slots=True)
class _Draft:
    """A span while its lines are read; slots are the role, and the unit and number that it leads to."""

    layer: str
    begin: int
    end: int
    features: dict[str, str] = field(default_factory=dict)
    slots: list[tuple[str, str, str, str]] = field(default_factory=list)
    chain: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line about a word or a part of one; begin and end are as the file counts."""

    line: int
    unit: str
    begin: int
    end: int
    word: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class _Relation:
    layer: str
    features: dict[str, str]
    hint: str
    origin: tuple[str, int]
    target: tuple[str, int]


def read_tsv(path: Path, name: str, lead: str, findings: Findings) -> Paper:
    """The text and the spans of a file. lead is what stands before the first word, where that is known.

    name is for reports. Raises BadRecord when it is no such file or has no text.
    """
    return _Reading(name, lead, findings).paper(numbered_lines(path))


class _Reading:
    def __init__(self, name: str, lead: str, findings: Findings) -> None:
        self._name, self._lead, self._findings = name, lead, findings
        self._minor = 0
        self._layers: list[_Layer] = []
        self._width = 3
        self._problems = 0
        self._pieces: list[str] = []
        self._length = 0
        self._told = 0
        """Where the file's own count says that the last sentence ends."""
        self._lines: list[str] = []
        self._drafts: dict[str, _Draft] = {}
        self._at: dict[str, list[str]] = {}
        self._relations: list[_Relation] = []

    def _problem(self, reason: str, line: int) -> None:
        self._problems += 1
        if self._problems <= _MOST_PROBLEMS:
            self._findings.problem(self._name, reason, line)
        elif self._problems == _MOST_PROBLEMS + 1:
            self._findings.problem(self._name, "there are more such problems, which are not listed", line)

    def paper(self, lines: Iterator[tuple[int, str | None]]) -> Paper:
        """Reads all lines."""
        first = next(lines, (1, ""))[1] or ""
        match = _FORMAT.fullmatch(first)
        if match is None:
            raise BadRecord("it does not begin as WebAnno TSV 3 does")
        self._minor = int(match[1])
        rows: list[_Row] = []
        for number, line in lines:
            if line is None:
                self._problem("the line is no text in UTF-8, or holds NUL", number)
            elif line.startswith("#T_") and not self._pieces and not rows and not self._lines:
                self._declare(line, number)
            elif line.startswith("#Text="):
                if rows:
                    self._sentence(rows)
                self._lines.append(sentence_text(line.removeprefix("#Text="), self._minor))
            elif line.startswith("#"):
                # Such as #Sentence.id=, which nobody needs.
                self._sentence(rows)
            elif line.strip():
                rows += self._unit(line.split("\t"), number)
            else:
                self._sentence(rows)
        self._sentence(rows)
        return Paper(text_in("".join(self._pieces)), self._page())

    def _declare(self, line: str, number: int) -> None:
        kind, _, rest = line.removeprefix("#T_").partition("=")
        name, *names = rest.split("|")
        if kind not in {"SP", "RL", "CH"} or not name:
            self._problem(f"“{line[:60]}” declares no layer", number)
            return
        columns: list[_Column] = []
        for own in names or [""]:
            slot = _SLOT.fullmatch(own)
            before = columns[-1] if columns else None
            if kind == "SP" and slot is not None:
                columns.append(_Column("role", slot[1]))
            elif before is not None and before.kind == "role":
                columns.append(_Column("target", before.feature, own))
            elif kind == "RL" and own.startswith("BT_"):
                columns.append(_Column("ends", hint=own.removeprefix("BT_")))
            elif kind == "CH" and own == "referenceRelation":
                columns.append(_Column("link", own))
            else:
                columns.append(_Column("chain" if kind == "CH" else "value" if own else "place", own))
        self._layers.append(_Layer(name, kind == "RL", kind == "CH", self._width, tuple(columns)))
        self._width += len(columns)

    def _sentence(self, rows: list[_Row]) -> None:
        """Takes a sentence whose lines are complete: its text, then what its words carry."""
        if not rows and not self._lines:
            return
        text = "\n".join(self._lines)
        self._lines = []
        if not rows:
            self._append(text, self._told + 1, len(text))
            return
        base, units = rows[0].begin, Units(text)
        # Places should count UTF-16 units; some programs count letters.
        is_wide = text.isascii() or sum(self._fits(row, base, text, units) for row in rows) >= sum(
            self._fits(row, base, text, None) for row in rows
        )
        start = self._append(text, base, units.unit(len(text)) if is_wide else len(text))
        for row in rows:
            try:
                begin, end = _place(row, base, text, units if is_wide else None)
            except BadRecord as error:
                self._problem(f"the word {row.unit} was left out: {error}", row.line)
                continue
            words = text[begin:end]
            if row.word not in {words, value_in(words)} and value_in(row.word) != words:
                self._problem(f"the word {row.unit} is “{row.word[:40]}” where the text has “{words[:40]}”", row.line)
                continue
            self._row(row, start + begin, start + end)
        rows.clear()

    def _unit(self, cells: list[str], number: int) -> Iterator[_Row]:
        offsets = _OFFSETS.fullmatch(cells[1]) if len(cells) > 2 else None
        if offsets is None or _UNIT.fullmatch(cells[0]) is None or int(offsets[1]) > int(offsets[2]):
            self._problem("the line is no word with its place", number)
        else:
            yield _Row(number, cells[0], int(offsets[1]), int(offsets[2]), cells[2], cells)

    def _fits(self, row: _Row, base: int, text: str, units: Units | None) -> bool:
        try:
            begin, end = _place(row, base, text, units)
        except BadRecord:
            return False
        return text[begin:end] == row.word

    def _append(self, text: str, begin: int, length: int) -> int:
        """Adds a sentence to the text; answers where it begins. begin and length are as the file counts."""
        gap = begin - self._told
        if not self._pieces:
            between = self._lead if self._lead and len(self._lead) == gap else " " * min(max(gap, 0), _WIDEST_GAP)
        elif gap == 0:
            between = ""
        else:
            between = "\n" + " " * min(max(gap - 1, 0), _WIDEST_GAP)
        self._told = begin + length
        if self._length > LONGEST_TEXT:
            raise BadRecord(f"the text is longer than {LONGEST_TEXT:,} characters; split it")
        start = self._length + len(between)
        self._pieces += [between, text]
        self._length = start + len(text)
        return start

    def _row(self, row: _Row, begin: int, end: int) -> None:
        for layer in self._layers:
            own = row.cells[layer.begin : layer.begin + len(layer.columns)]
            own += [_NOTHING] * (len(layer.columns) - len(own))
            if all(cell in {_NOTHING, ""} for cell in own):
                continue
            stacks = [parted(cell, "|") for cell in own]
            if max(map(len, stacks)) > _MOST_STACKED:
                self._problem(f"the word {row.unit} has more than {_MOST_STACKED:,} annotations of a layer", row.line)
                continue
            for at in range(max(map(len, stacks))):
                values = [stack[at] if at < len(stack) else _EMPTY for stack in stacks]
                if layer.is_relation:
                    self._relate(layer, values, row)
                else:
                    self._mark(layer, values, row.unit, begin, end, at)

    def _mark(self, layer: _Layer, values: list[str], unit: str, begin: int, end: int, at: int) -> None:
        number = chain = ""
        bare = []
        for column, value in zip(layer.columns, values, strict=True):
            numbered = _NUMBERED.fullmatch(value) if column.kind != "target" else None
            chained = _CHAINED.fullmatch(value) if column.kind == "link" else None
            bare.append(numbered[1] if numbered else chained[1] if chained else value)
            if chained is not None:
                chain, number = f"{layer.name}-{chained[2]}", f"{layer.name}-{chained[2]}-{chained[3]}"
            elif numbered is not None and not layer.is_chain and int(numbered[2]):
                number = number or numbered[2]
        key = f"#{number}" if number else f"{unit}#{layer.name}#{at}"
        draft = self._drafts.get(key)
        if draft is not None:
            draft.begin, draft.end = min(draft.begin, begin), max(draft.end, end)
        else:
            self._drafts[key] = draft = _Draft(layer.name, begin, end, chain=chain)
            self._fill(draft, layer, bare)
        self._at.setdefault(unit, []).append(key)

    def _fill(self, draft: _Draft, layer: _Layer, values: list[str]) -> None:
        for place, (column, value) in enumerate(zip(layer.columns, values, strict=True)):
            if column.kind in {"value", "chain", "link"} and value != _EMPTY:
                draft.features[column.feature] = value_in(value)
            elif column.kind == "role" and place + 1 < len(values):
                roles, targets = parted(value, ";"), parted(values[place + 1], ";")
                for role, target in zip(roles, targets, strict=False):
                    if target not in {_NOTHING, _EMPTY, ""}:
                        named = "" if role in {_NOTHING, _EMPTY} else value_in(role)
                        draft.slots.append((column.feature, named, target, layer.columns[place + 1].hint))

    def _relate(self, layer: _Layer, values: list[str], row: _Row) -> None:
        features: dict[str, str] = {}
        ends: tuple[str, str, int, int] | None = None
        for column, value in zip(layer.columns, values, strict=True):
            if column.kind == "ends":
                match = _ENDS.fullmatch(value)
                bare, origin, target = (match[1], int(match[2]), int(match[3])) if match else (value, 0, 0)
                ends = (column.hint, bare, origin, target)
            elif value not in {_EMPTY, _NOTHING}:
                features[column.feature] = value_in(value)
        if ends is None or _UNIT.fullmatch(ends[1]) is None:
            self._problem(f"a relation at {row.unit} does not say where it comes from", row.line)
            return
        hint, bare, origin, target = ends
        self._relations.append(_Relation(layer.name, features, hint, (bare, origin), (row.unit, target)))

    def _page(self) -> Page:
        page = Page()
        for key, draft in self._drafts.items():
            if draft.begin == draft.end:
                self._findings.leave_out("annotations that hold no letter")
                continue
            roles = []
            for feature, role, target, hint in draft.slots:
                match = _NUMBERED.fullmatch(target)
                unit, number = (match[1], int(match[2])) if match else (target, 0)
                roles.append((feature, role, self._meant(unit, number, hint)))
            page.marks.append(
                Marked(key, draft.layer, Span(draft.begin, draft.end), draft.features, roles, draft.chain)
            )
        for one in self._relations:
            origin, target = (self._meant(unit, number, one.hint) for unit, number in (one.origin, one.target))
            page.joins.append(Joined(one.layer, origin, target, one.features))
        return page

    def _meant(self, unit: str, number: int, hint: str) -> str:
        """The key of the span that a reference means: by its number, or else the first of its layer at a word."""
        if number:
            return f"#{number}"
        keys = self._at.get(unit, [])
        return next((key for key in keys if hint in {"", _ANY, self._drafts[key].layer}), "")


def _place(row: _Row, base: int, text: str, units: Units | None) -> tuple[int, int]:
    """Where a word is in its sentence. Raises BadRecord when it is not in it."""
    begin, end = row.begin - base, row.end - base
    if units is not None:
        return units.letter(begin), units.letter(end)
    if not 0 <= begin <= end <= len(text):
        raise BadRecord(f"{begin} to {end} is no stretch of its sentence")
    return begin, end
