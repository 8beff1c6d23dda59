"""Our own format: JSON Lines that carry everything recorded. One line per record; texts stand in their article's line.

The first line is the head: {"format": "annotator-jsonl", "version": 1, ...}. Every other line has "type" (project,
annotator, entity, article, mention, claim, assignment, zone, link, decision, comment)
beside the record's fields as domain.documents spells them. Offsets are code points, half open, as [start, end].
A claim quoted in others has "chain" too: the words of those who pass it on, the outermost first.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.documents import TYPE_NAMES, to_document
from annotator.domain.edits import Record
from annotator.domain.found import Losses
from annotator.domain.ids import ClaimId
from annotator.domain.selections import signers
from annotator.formats.files import whole_file
from annotator.formats.json_lines import json_line
from annotator.version import VERSION

FORMAT, FORMAT_VERSION = "annotator-jsonl", 1


class JsonlWriter:
    """Writes JSON Lines. The same project gives the same bytes."""

    key = "jsonl"
    title = "JSON Lines with everything"
    suffix = ".jsonl"
    is_folder = False
    cannot: tuple[str, ...] = ()

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done; nothing is lost."""
        del losses
        with whole_file(target) as file:
            head = {
                "format": FORMAT,
                "version": FORMAT_VERSION,
                "program": VERSION,
                "offsets": "code points, half open",
            }
            file.write(json_line(head))
            file.write(_record(corpus.project))
            for annotator in signers(corpus):
                file.write(_record(annotator))
            for entity in corpus.entities():
                file.write(_record(entity))
            for done, annotated in enumerate(corpus.articles(), start=1):
                file.writelines(_article(annotated))
                yield done
            file.writelines(map(_record, corpus.links()))
            file.writelines(map(_record, corpus.entity_comments()))


def _article(annotated: AnnotatedArticle) -> Iterable[str]:
    yield _record(annotated.article, text=annotated.text)
    claims = {claim.id: claim for claim in annotated.claims}
    yield from map(_record, annotated.mentions)
    for claim in _outer_first(annotated):
        chain = _chain(claims, claim)
        yield _record(claim, chain=chain) if chain else _record(claim)
    rest: tuple[Record, ...] = (*annotated.assignments, *annotated.zones, *annotated.decisions, *annotated.comments)
    for record in rest:
        yield _record(record)


def _chain(claims: dict[ClaimId, Claim], claim: Claim) -> list[str]:
    """Who passes a claim on, by the words of their sources; a claim without a source gives nothing."""
    chain: list[str] = []
    seen = {claim.id}
    while claim.within is not None and claim.within not in seen and (outer := claims.get(claim.within)) is not None:
        seen.add(outer.id)
        chain.insert(0, " and ".join(source.quote for source in outer.sources))
        claim = outer
    return [speaker for speaker in chain if speaker]


def _outer_first(annotated: AnnotatedArticle) -> list[Claim]:
    """Claims so that each comes after the one it is quoted in: a reader never meets an id it does not know."""
    written: list[Claim] = []
    waiting, known = list(annotated.claims), {claim.id for claim in annotated.claims}
    seen: set[str] = set()
    while waiting:
        ready = [
            claim for claim in waiting if claim.within is None or claim.within in seen or claim.within not in known
        ]
        ready = ready or waiting
        written += ready
        seen |= {claim.id for claim in ready}
        waiting = [claim for claim in waiting if claim.id not in seen]
    return written


def _record(record: Record, **more: str | list[str]) -> str:
    return json_line({"type": TYPE_NAMES[type(record)], **to_document(record), **more})
