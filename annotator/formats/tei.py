"""TEI P5 with standoff annotation: one teiCorpus, and in it a TEI for each article, its text in bare paragraphs.

Marked words are spans of string ranges, which count code points from the beginning of the body. Arrows are links,
fields are feature structures, entities stand in lists in front of the articles, what is said to have happened in lists
of events.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.domain.corpus import Corpus
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.formats.files import whole_file
from annotator.formats.regions import CLAIM_DETAILS, ENTITY_DETAILS, ENTITY_LINKS, Names
from annotator.formats.tei_entities import Front
from annotator.formats.tei_reading import articles_in
from annotator.formats.tei_writing import Articles
from annotator.formats.xml_parts import Spelling

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:TEI|teiCorpus|TEI\.2)[\s>]")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:space="preserve">\n'


class Tei:
    """Writes and reads TEI P5."""

    key = "tei"
    title = "TEI P5 (standOff)"
    suffix = ".tei.xml"
    suffixes = (".xml", ".tei")
    is_folder = False
    cannot = (
        "decisions and comments",
        "how far the work on an article is",
        "links between claims of different articles",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes one file with all articles."""
        names, spelling = Names.of(corpus, losses), Spelling(losses)
        front, articles = Front(corpus, names, spelling), Articles(names, spelling, losses)
        with whole_file(target) as file:
            file.write(_HEAD)
            file.writelines(front.written())
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.writelines(articles.written(annotated))
                yield done
            file.write("</teiCorpus>\n")
        # TEI has elements for what tools that mark words have none for.
        for what in (ENTITY_DETAILS, ENTITY_LINKS, *CLAIM_DETAILS):
            losses.counts.pop(what, None)

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether it is XML that begins as TEI does."""
        return path.suffix.casefold() in self.suffixes and _ROOT.search(head.replace(b"\0", b"")) is not None

    def read(self, path: Path, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of a file, one at a time."""
        yield from articles_in(path, findings)
