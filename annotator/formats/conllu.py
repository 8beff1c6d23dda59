r"""CoNLL-U: a word a line in ten columns, with mentions and the exact blanks in the last one, MISC.

Written: FORM and MISC, the others are _. Entity=B-LABEL begins a mention, Entity=I-LABEL goes on; one that shares words
with those of Entity goes into Entity2, and so on, the longest first: nested and crossing mentions all have a place.
A label gets _ for blanks, %XX for signs. SpaceAfter=No and SpacesAfter=… keep the text to the letter
(\s \t \n \r as UDPipe writes them, \uXXXX for other blanks), SpacesBefore what stands before the first word.
Comments before the first sentence of an article: newdoc id, title, publisher, byline, url, published, language.
Words and sentences are those of tokens.py.

Read: the same from any program, also NER= and NE= for Entity=, tags of any scheme, words in ranges (1-2) as one. The
brackets of coreference corpora, Entity=(e1-person-…, are counted and left out.
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
from annotator.formats.brat_text import as_name, flat, from_name
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
from annotator.formats.json_parts import known_fields
from annotator.formats.lines import numbered_lines
from annotator.formats.tokens import sentences

_PARTICULARS = ("title", "publisher", "byline", "url", "published", "language")
_LAYER = re.compile(r"(?:Entity|NER|NE)([2-9]|[1-9]\d)?", re.IGNORECASE)
_ID = re.compile(r"\d{1,9}(?:-\d{1,9})?(?:\.\d{1,9})?", re.ASCII)
_BLANKS = {"\\s": " ", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
_ESCAPES = {text: escape for escape, text in _BLANKS.items()}
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\.")
_NOTHING = ("_",) * 7
"""The columns between the word and MISC."""
_MARK = "generator"
_OURS = "Annotator"
_LONGEST_ARTICLE = 20_000_000


@dataclass(frozen=True, slots=True)
class ConlluWriter:
    """Writes one file; the text of each article is in it to the letter.

    inner gives the shortest of mentions that share words the first place, which other programs read, instead of the
    longest; the others follow in places of their own.
    """

    inner: bool = False
    key = "conllu"
    title = "CoNLL-U with mentions in MISC"
    suffix = ".conllu"
    is_folder = False
    cannot = (
        "mentions in several pieces, of parts of words, or over the end of a sentence",
        "name, nominal or pronoun",
        "entities, claims, zones, comments, and who tagged what",
    )

    options = (NESTED,)

    def with_options(self, chosen: Mapping[str, str]) -> Self:
        """Whether outer or inner mentions have the first place."""
        return replace(self, inner=chosen.get(NESTED.key) == INNER)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        with whole_file(target) as file:
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.writelines(_lines(annotated, done, losses, inner=self.inner))
                yield done


def _lines(annotated: AnnotatedArticle, number: int, losses: Losses, *, inner: bool) -> Iterator[str]:
    count_never_carried(annotated, losses)
    losses.add("mentions lost that they are no names", sum(m.level != "name" for m in annotated.mentions))
    text, own = annotated.text, list(sentences(annotated.text))
    layers = _layers(annotated, own, losses, inner=inner)
    losses.add("articles without a word were left out", not own)
    words = [word for sentence in own for word in sentence]
    # What stands between words belongs to the one before; before the first there is none.
    ends = [*(word.start for word in words[1:]), len(text)]
    yield f"# newdoc id = {number}\n# {_MARK} = {_OURS}\n"
    for name in _PARTICULARS:
        if value := getattr(annotated.article, name):
            yield f"# {name} = {flat(value)}\n"
    at = 0
    for place, sentence in enumerate(own):
        yield f"# sent_id = {number}-{place + 1}\n# text = {flat(text[sentence[0].start : sentence[-1].end])}\n"
        tags = [tags_of(chunks, len(sentence)) for chunks in layers.get(place, ())]
        for word_number, word in enumerate(sentence):
            misc = [
                f"Entity{level if level > 1 else ''}={tag[word_number]}"
                for level, tag in enumerate(tags, start=1)
                if tag[word_number] != OUTSIDE
            ]
            misc += [f"SpacesBefore={_escaped(text[: word.start])}"] if at == 0 and word.start else []
            misc += _after(text[word.end : ends[at]])
            yield "\t".join((str(word_number + 1), word.cut(text), *_NOTHING, "|".join(misc) or "_")) + "\n"
            at += 1
        yield "\n"


def _layers(
    annotated: AnnotatedArticle, own: list[tuple[Span, ...]], losses: Losses, *, inner: bool
) -> dict[int, list[list[Chunk]]]:
    """For each sentence its mentions, in layers within which none shares a word with another."""
    grid, result = Grid(own), dict[int, list[list[Chunk]]]()
    for mention in longest_first(annotated.mentions, inner=inner):
        placed = grid.place(mention, annotated.text, losses)
        if placed is None:
            continue
        chunk = Chunk(as_name(mention.label), placed[1].start, placed[1].end)
        layers = result.setdefault(placed[0], [])
        free = next((layer for layer in layers if not any(overlap(chunk, other) for other in layer)), None)
        if free is None:
            layers.append([chunk])
        else:
            free.append(chunk)
    return result


def _after(blanks: str) -> list[str]:
    if blanks == " ":
        return []
    return [f"SpacesAfter={_escaped(blanks)}"] if blanks else ["SpaceAfter=No"]


def _escaped(blanks: str) -> str:
    return "".join(_ESCAPES.get(character) or f"\\u{ord(character):04x}" for character in blanks)


def _unescaped(words: str) -> str:
    """Blanks as they were. Only blanks: anything else would be text that no word has."""
    found = _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else _BLANKS.get(m[0], ""), words)
    return "".join(character for character in found if character.isspace())


@dataclass(slots=True)
class _Draft:
    """An article while its lines are read; words counts those of the sentence."""

    about: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    mentions: list[FoundMention] = field(default_factory=list)
    length: int = 0
    words: list[Span] = field(default_factory=list)
    layers: dict[str, dict[int, str]] = field(default_factory=dict)
    is_bad: bool = False
    until: int = 0
    """The last word of a range that is being skipped."""

    def write(self, words: str) -> Span | None:
        """Adds to the text, and answers where it stands."""
        self.pieces.append(words)
        self.length += len(words)
        return Span(self.length - len(words), self.length) if words else None

    def end_sentence(self) -> None:
        """Makes mentions of the tags of the sentence."""
        for tags in self.layers.values():
            for chunk in chunks_in(tags.get(at, OUTSIDE) for at in range(len(self.words))):
                span = Span(self.words[chunk.start].start, self.words[chunk.end - 1].end)
                label = from_name(chunk.label) if self.about.get(_MARK) == _OURS else chunk.label
                key = f"m{len(self.mentions) + 1}"
                self.mentions.append(FoundMention(label, (span,), key=key))
        self.words, self.layers, self.until = [], {}, 0


class ConlluReader:
    """Reads a file; newdoc begins an article."""

    key = "conllu"
    title = "CoNLL-U"
    suffixes = (".conllu", ".conllup", ".txt")

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether the first word has a number and ten columns."""
        if path.is_dir():
            return False
        for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
            if line.strip() and not line.startswith(b"#"):
                columns = line.split(b"\t")
                return len(columns) == 10 and _ID.fullmatch(columns[0].decode("ascii", "replace")) is not None
        return False

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in their order; one with a line that cannot be read is reported and left out."""
        number = 0
        for draft in _drafts(path, findings):
            number += 1
            text = "".join(draft.pieces)
            about = known_fields({name: draft.about.get(name) for name in _PARTICULARS}, findings)
            yield FoundArticle(
                text=text,
                title=about["title"] or title_of(text, f"{path.stem} {number}"),
                source=f"{path.name}#{draft.about.get('newdoc id', '') or number}",
                publisher=about["publisher"],
                byline=about["byline"],
                url=about["url"],
                published=about["published"],
                language=about["language"],
                mentions=tuple(draft.mentions),
            )
        if not number and not findings.problems:
            raise FormatError(f"“{path.name}” has no words in ten columns.")


def _drafts(path: Path, findings: Findings) -> Iterator[_Draft]:
    draft = _Draft()
    for number, line in numbered_lines(path):
        if line is not None and line.startswith("# newdoc"):
            draft.end_sentence()
            yield from [draft] if draft.length and not draft.is_bad else []
            draft = _Draft()
        if draft.is_bad:
            continue
        reason = _take(draft, line, findings)
        if reason:
            findings.problem(path.name, f"{reason}; the article was left out", number)
            draft.is_bad = True
    draft.end_sentence()
    yield from [draft] if draft.length and not draft.is_bad else []


def _take(draft: _Draft, line: str | None, findings: Findings) -> str:
    """Takes a line; answers what is wrong with it."""
    if line is None:
        return "the line is no text in UTF-8"
    if not line.strip():
        draft.end_sentence()
        return ""
    if line.startswith("#"):
        name, _, value = line[1:].partition("=")
        draft.about.setdefault(name.strip(), value.strip())
        return ""
    columns = line.split("\t")
    if len(columns) != 10 or not _ID.fullmatch(columns[0]) or not columns[1]:
        return "the line has not ten columns with a number and a word"
    if draft.length > _LONGEST_ARTICLE:
        return f"the article is longer than {_LONGEST_ARTICLE:,} characters"
    return _take_word(draft, columns[0], columns[1], columns[9], findings)


def _take_word(draft: _Draft, id_: str, form: str, misc: str, findings: Findings) -> str:
    if "." in id_:
        return ""
    first, _, last = id_.partition("-")
    said = dict(part.partition("=")[::2] for part in misc.split("|")) if misc != "_" else {}
    if not last and int(first) <= draft.until:
        # The words of a range are written once, in the range's line; their tags may stand with the words.
        _take_tags(draft, said, findings)
        return ""
    draft.until = int(last or 0) or draft.until
    if not draft.length:
        draft.write(_unescaped(said.get("SpacesBefore", "")))
    span = draft.write(form)
    if span is not None:
        draft.words.append(span)
    _take_tags(draft, said, findings)
    if said.get("SpaceAfter") != "No":
        draft.write(_unescaped(said["SpacesAfter"]) if "SpacesAfter" in said else " ")
    return ""


def _take_tags(draft: _Draft, said: dict[str, str], findings: Findings) -> None:
    for name, value in said.items():
        if not _LAYER.fullmatch(name):
            continue
        if value.startswith("(") or value.endswith(")"):
            findings.leave_out("entities in bracket notation")
        else:
            draft.layers.setdefault(name, {}).setdefault(len(draft.words) - 1, value)
