"""CoNLL-2003: a word a line with its tag in the last column, blank lines between sentences, -DOCSTART- before articles.

Written: BIO tags, names only (no nominals and pronouns), labels as the schema has them with _ for blanks; columns two
and three, part of speech and chunk, are -X- and O. Words and sentences are those of tokens.py, the choice among
mentions that share words that of chunks.py.

Read: IOB1, BIO, BIOES and bare labels, with any number of columns parted by blanks. The format keeps no text, so one is
made: a blank between words, none before a closing sign or after an opening one, a line for each sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from annotator.domain.articles import title_of
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.found import Findings, FoundArticle, FoundMention, Losses
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats.chunks import (
    INNER,
    NESTED,
    OUTSIDE,
    Chunk,
    Grid,
    chunks_in,
    count_never_carried,
    longest_first,
    overlap,
    tags_of,
)
from annotator.formats.files import whole_file
from annotator.formats.lines import numbered_lines
from annotator.formats.tokens import sentences

_START = "-DOCSTART-"
_CLOSING = re.compile(r"[.,;:!?…)\]}%”’»]+|['’](?:s|re|ve|ll|d|m|t)|n't", re.IGNORECASE)
_OPENING = re.compile(r"[(\[{“‘«]")
_HEAD = re.compile(rb"(\xef\xbb\xbf)?\s*(-DOCSTART-|(\S+[ \t]+)+([BIES]-\S+|O)[ \t\r]*\n)")
_LONGEST_ARTICLE = 2_000_000
"""Words; a file without -DOCSTART- that has more is no single article."""


@dataclass(frozen=True, slots=True)
class Conll2003Writer:
    """Writes one file. inner chooses the shortest of mentions that share words instead of the longest."""

    inner: bool = False
    key = "conll2003"
    title = "CoNLL-2003 (BIO)"
    suffix = ".conll"
    is_folder = False
    cannot = (
        "the text itself: blanks and line ends between words",
        "mentions inside or across others, in several pieces, or of parts of words",
        "nominals and pronouns",
        "entities, claims, zones, comments, and who tagged what",
        "titles, publishers and dates of articles",
    )

    options = (NESTED,)

    def with_options(self, chosen: Mapping[str, str]) -> Self:
        """Outer or inner mentions."""
        return replace(self, inner=chosen.get(NESTED.key) == INNER)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        with whole_file(target) as file:
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.write(f"{_START} -X- -X- {OUTSIDE}\n\n")
                file.writelines(_sentences(annotated, losses, inner=self.inner))
                yield done


def _sentences(annotated: AnnotatedArticle, losses: Losses, *, inner: bool) -> Iterator[str]:
    count_never_carried(annotated, losses)
    text, words = annotated.text, list(sentences(annotated.text))
    losses.add("articles without a word were left out", not words)
    grid, taken = Grid(words), dict[int, list[Chunk]]()
    for mention in longest_first(annotated.mentions, inner=inner):
        if mention.level != "name":
            losses.add("nominals and pronouns were left out")
            continue
        placed = grid.place(mention, text, losses)
        if placed is None:
            continue
        here = taken.setdefault(placed[0], [])
        if any(overlap(placed[1], chunk) for chunk in here):
            losses.add("mentions that share words with others were left out")
        else:
            here.append(placed[1])
    for number, own in enumerate(words):
        tags = tags_of(taken.get(number, ()), len(own))
        yield "".join(f"{word.cut(text)} -X- {OUTSIDE} {tag}\n" for word, tag in zip(own, tags, strict=True)) + "\n"


@dataclass(slots=True)
class _Draft:
    """An article while its lines are read."""

    pieces: list[str] = field(default_factory=list)
    mentions: list[tuple[str, Span]] = field(default_factory=list)
    length: int = 0
    count: int = 0
    is_bad: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it has words, and none that could not be read."""
        return self.count > 0 and not self.is_bad

    def add(self, words: list[str], tags: list[str]) -> None:
        """Adds a sentence as a line of the text."""
        spans: list[Span] = []
        for at, word in enumerate(words):
            joins = at > 0 and (_CLOSING.fullmatch(word) or _OPENING.fullmatch(words[at - 1]))
            self._write("" if joins else " " if at else "\n" if self.pieces else "")
            spans.append(Span(self.length, self.length + len(word)))
            self._write(word)
        self.count += len(words)
        self.mentions += [(c.label, Span(spans[c.start].start, spans[c.end - 1].end)) for c in chunks_in(tags)]

    def _write(self, words: str) -> None:
        self.pieces.append(words)
        self.length += len(words)


class Conll2003Reader:
    """Reads a file of any tag scheme."""

    key = "conll2003"
    title = "CoNLL-2003"
    suffixes = (".conll", ".bio", ".iob", ".txt")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the first line is -DOCSTART- or ends in a tag."""
        return not path.is_dir() and _HEAD.match(head) is not None

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in their order; one with a line that cannot be read is reported and left out."""
        number = 0
        for draft in _drafts(path, findings):
            number += 1
            text = "".join(draft.pieces)
            yield FoundArticle(
                text=text,
                title=title_of(text, f"{path.stem} {number}"),
                source=f"{path.name}#{number}",
                mentions=tuple(
                    FoundMention(label, (span,), key=f"m{at}", quote=span.cut(text), level="name")
                    for at, (label, span) in enumerate(draft.mentions, start=1)
                ),
            )
        if not number and not findings.problems:
            raise FormatError(f"“{path.name}” has no words with tags.")


def _drafts(path: Path, findings: Findings) -> Iterator[_Draft]:
    draft, words, tags = _Draft(), list[str](), list[str]()
    for number, line in _with_end(path):
        columns = (line or "").split()
        if columns and columns[0] == _START:
            draft.add(words, tags)
            yield from [draft] if draft.is_good else []
            draft, words, tags = _Draft(), [], []
        elif draft.is_bad:
            continue
        elif line is None or len(columns) == 1:
            reason = f"“{columns[0][:40]}” has no tag" if columns else "the line is no text in UTF-8"
            findings.problem(path.name, f"{reason}; the article was left out", number)
            draft.is_bad, words, tags = True, [], []
        elif columns:
            words.append(columns[0])
            tags.append(columns[-1])
        else:
            draft.add(words, tags)
            words, tags = [], []
            if draft.count > _LONGEST_ARTICLE:
                raise FormatError(
                    f"“{path.name}”, line {number}: an article has over {_LONGEST_ARTICLE:,} words; split the file."
                )
    yield from [draft] if draft.is_good else []


def _with_end(path: Path) -> Iterator[tuple[int, str | None]]:
    """The lines, and a blank one at the end: the last sentence is over then."""
    number = 0
    for number, line in numbered_lines(path):
        yield number, line
    yield number + 1, ""
