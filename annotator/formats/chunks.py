"""Mentions as tags of words (BIO) and back.

Writing: each word has one tag, so of mentions that share words only one is written: the longest (the outermost), or the
shortest where inner ones are wanted; of two alike the first. Reading: IOB1, BIO, BIOES, BILOU and bare labels are
all understood by one rule, that of the shared task's scorer: a chunk begins at B, S and U, where the label changes, and
after a chunk that has ended.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import Losses
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.formats.base import Option

_TAG = re.compile(r"([BIOESLUM])-(.+)", re.DOTALL)
_BLANKS = re.compile(r"\s+")
OUTSIDE = "O"
INNER = "inner"
NESTED = Option(
    "nested",
    "Nested mentions",
    (("outer", "the outer ones first: the longest"), (INNER, "the inner ones first: the shortest")),
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words start <= i < end of a sentence under a label."""

    label: str
    start: int
    end: int


class Grid:
    """Where the words of an article's sentences begin and end; finds the words that a mention covers."""

    def __init__(self, sentences: Sequence[tuple[Span, ...]]) -> None:
        self._starts = {word.start: (s, w) for s, words in enumerate(sentences) for w, word in enumerate(words)}
        self._ends = {word.end: (s, w) for s, words in enumerate(sentences) for w, word in enumerate(words)}

    def place(self, mention: Mention, text: str, losses: Losses) -> tuple[int, Chunk] | None:
        """The sentence and the words of a mention's first piece; None, counted, when they are not whole words."""
        bare = mention.spans[0].trimmed(text)
        first = self._starts.get(bare.start) if bare else None
        last = self._ends.get(bare.end) if bare else None
        if first is None or last is None:
            losses.add("mentions that begin or end inside a word were left out")
        elif first[0] != last[0]:
            losses.add("mentions that reach over the end of a sentence or line were left out")
        else:
            losses.add("discontiguous mentions were written as their first piece", len(mention.spans) > 1)
            return first[0], Chunk(_BLANKS.sub("_", mention.label), first[1], last[1] + 1)
        return None


def longest_first(mentions: Iterable[Mention], *, inner: bool = False) -> list[Mention]:
    """The order in which mentions take their words."""
    return sorted(mentions, key=lambda m: (len(m.spans[0]) if inner else -len(m.spans[0]), m.spans[0].start))


def tags_of(chunks: Iterable[Chunk], count: int) -> list[str]:
    """The BIO tags of a sentence's words; the chunks do not overlap."""
    tags = [OUTSIDE] * count
    for chunk in chunks:
        tags[chunk.start] = f"B-{chunk.label}"
        tags[chunk.start + 1 : chunk.end] = [f"I-{chunk.label}"] * (chunk.end - chunk.start - 1)
    return tags


def overlap(one: Chunk, other: Chunk) -> bool:
    """Whether two chunks share a word."""
    return one.start < other.end and other.start < one.end


def chunks_in(tags: Iterable[str]) -> Iterator[Chunk]:
    """The chunks that the tags of a sentence mean, whichever scheme they are in."""
    start, label, is_over, end = 0, "", True, 0
    for at, tag in enumerate(tags):
        match = _TAG.fullmatch(tag)
        prefix, own = (match[1], match[2]) if match else ("I", "" if tag in {OUTSIDE, "_", "-", ""} else tag)
        if label and (is_over or own != label or prefix in "BSU"):
            yield Chunk(label, start, at)
            label = ""
        if own and not label:
            start, label = at, own
        is_over, end = prefix in "ESLU", at + 1
    if label:
        yield Chunk(label, start, end)


def count_never_carried(annotated: AnnotatedArticle, losses: Losses) -> None:
    """Counts what no format of tagged words has a place for."""
    losses.add("claims were left out", len(annotated.claims))
    losses.add("zones were left out", len(annotated.zones))
    losses.add("mentions lost their entity", sum(m.entity is not None for m in annotated.mentions))
    losses.add("mentions lost their comment", sum(bool(m.note) for m in annotated.mentions))
    losses.add("mentions lost attributes", sum(bool(m.attributes or m.unsure) for m in annotated.mentions))
    authors = {mention.author for mention in annotated.mentions}
    losses.add("articles lost who tagged what", len(authors) > 1)
