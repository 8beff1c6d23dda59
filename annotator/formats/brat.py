"""brat standoff: a text (.txt) with one file of annotations (.ann) for each annotator. Offsets are code points.

Read: T (also in pieces), E, R, A, M, N, * Equiv and # notes. Who annotated is the folder where several hold the same
text, or the end of a name: NAME_xxxx.ann is about NAME.txt. Events with a role Content or Cue are claims: Source,
Content, Cue and Within (the event it is quoted in), with digits where there are several; the trigger says nothing.
Texts labelled like their role exist for the claim's sake; every other text is a mention. N gives a mention its entity,
and so does Equiv.

Written: a folder for each annotator, and beside them

    annotation.conf  the labels, roles, links and choices of the schema, so that brat can open the folder
    visual.conf      its names and colours
    annotator.jsonl  what brat has no place for: the annotators' names, and title, publisher and date of each article

How we write, and read back where annotator.jsonl is there:

    T3 Zone-headline 0 12           a zone
    E1 Attribution:T4 Content:T2 Source:T1 Source2:T9 Cue:T4 Within:E2      a claim; its trigger is the cue, or else
                                    the first piece of content
    A1 manner E1 direct             a choice of a claim; level, used_as and unsure of mentions likewise
    N1 Reference T1 entity:ID Name  the entity; further N lines are its external ids
    #1 Entity T1 {"kind": …}        its kind and other names, once in a file
    #2 Values E1 {"wording": […]}   values that are no single word
    #3 AnnotatorNotes T1 …          a comment

A name with a blank gets _ for it, signs become %XX, and so does the first letter of a label that is called like a word
of ours (%53ource). brat's spans end at line breaks: they are cut there, and pieces
that only line breaks part are put together when they are read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.articles import title_of
from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.errors import FormatError
from annotator.formats.brat_folder import (
    Annotated,
    Group,
    Side,
    articles_of,
    groups,
    listed,
    read_side,
    shown,
    text_of,
)
from annotator.formats.brat_lines import parse_standoff
from annotator.formats.brat_meaning import with_annotations
from annotator.formats.brat_writing import write_brat
from annotator.formats.signed_folders import signed

_MOST_LOOKED_AT = 5_000
_LINE = re.compile(rb"(\xef\xbb\xbf)?(T\d+\t\S+ \d+ \d+|E\d+\t\S+:T|R\d+\t\S+ \S+:|[AM#N]\d+\t\S+ \S|\*\tEquiv )")


class BratReader:
    """Reads a folder, or a single .ann file with the text beside it."""

    key = "brat"
    title = "brat standoff"
    suffixes = (".ann",)

    def recognises(self, path: Path, head: bytes) -> bool:
        """A folder with an .ann file or an annotation.conf somewhere in it; a file whose first line is brat's."""
        if not path.is_dir():
            return path.suffix == ".ann" and (not head.strip() or _LINE.match(head) is not None)
        for number, name in enumerate(listed(path)):
            if name.endswith(".ann") or name.rpartition("/")[2] == "annotation.conf":
                return True
            if number > _MOST_LOOKED_AT:
                break
        return False

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in the order of their names, each with what all its annotators said."""
        root, names, side = _all(path, findings) if path.is_dir() else _one(path)
        if not any(name.endswith(".txt") for name in names):
            raise FormatError(f"“{shown(path.name)}”: there is no text (.txt) for brat's annotations.")
        for group in groups(names, findings):
            yield from _read_group(root, group, side, findings)


def _all(path: Path, findings: Findings) -> tuple[Path, list[str], Side]:
    return path, list(listed(path)), read_side(path, findings)


def _one(path: Path) -> tuple[Path, list[str], Side]:
    """A single file's folder, and only what concerns it."""
    stems = {path.stem, path.stem.rpartition("_")[0]}
    try:
        beside = sorted(file.name for file in path.parent.iterdir() if file.suffix == ".txt" and file.stem in stems)
    except OSError as error:
        raise FormatError(f"“{shown(path.name)}” cannot be read: {error.strerror}.") from error
    return path.parent, [path.name, *beside], Side()


def _read_group(root: Path, group: Group, side: Side, findings: Findings) -> Iterator[FoundArticle]:
    texts = {name: text for name in group.texts if (text := text_of(root, name, findings)) is not None}
    for annotated, text in articles_of(group, texts, side):
        article = _bare(annotated, text, side)
        taken: set[str] = set()
        for file, annotator in annotated.files:
            lines = text_of(root, file, findings)
            if lines is None:
                continue
            standoff = parse_standoff(lines, text, shown(file), findings)
            by = signed(shown(file), annotator, taken, is_ours=side.is_ours)
            article = with_annotations(article, standoff, by, findings)
        yield article


def _bare(annotated: Annotated, text: str, side: Side) -> FoundArticle:
    said = side.about(annotated.name)
    return FoundArticle(
        text=text,
        title=said.get("title", "") or title_of(text, shown(annotated.name)),
        source=shown(annotated.text),
        publisher=said.get("publisher", ""),
        byline=said.get("byline", ""),
        url=said.get("url", ""),
        published=said.get("published", ""),
        language=said.get("language", ""),
    )


@dataclass(frozen=True, slots=True)
class BratWriter:
    """Writes a folder for each annotator. The same project gives the same bytes."""

    key = "brat"
    title = "brat standoff"
    suffix = ".brat"
    is_folder = True
    cannot = (
        "what a claim says to have happened, whom it is about, whom it is said to, when and by what medium",
        "particulars of entities other than kind, name, other names and external ids",
        "links between entities, and between claims of different articles or annotators",
        "progress, history, and when something was recorded",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the folder, yielding how many articles are done. Raises FormatError when it cannot be written."""
        return write_brat(corpus, target, losses)
