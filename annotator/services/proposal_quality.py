"""How good the suggestions are in a project: its claims by people against those that the rules propose."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.ids import AnnotatorId
from annotator.errors import FormatError
from annotator.services.exporting import Snapshot
from annotator.services.proposal_scores import ROLES, Quality, Score
from annotator.storage.snapshots import SnapshotCorpus
from annotator.storage.suggestions import language_code


@dataclass(slots=True)
class Measured:
    """What came out once all steps are done. The seconds are those of the pipeline and of the rules after it.

    learned is how good a model is that learned from the other articles, where that was asked for.
    """

    quality: Quality = field(default_factory=Quality)
    without_model: int = 0
    parsing: float = 0.0
    ruling: float = 0.0
    learned: Quality | None = None


def measure(snapshot: Snapshot, names: tuple[str, ...], measured: Measured) -> Iterator[tuple[int, int, None]]:
    """Compares what is proposed for each article with what each person has there, yielding articles done and all.

    names are annotators' names or ids, empty for all people. Somebody without a claim in an article is taken not to
    have worked on it. Deletes the copy at the end. Raises FormatError when the project does not have a name.
    """
    try:
        corpus = SnapshotCorpus(snapshot.path)
        try:
            yield from _measure_corpus(corpus, _wanted(tuple(corpus.annotators()), names), measured)
        finally:
            corpus.close()
    finally:
        snapshot.close()


def _measure_corpus(
    corpus: Corpus, wanted: frozenset[AnnotatorId], measured: Measured
) -> Iterator[tuple[int, int, None]]:
    # Not at the start: it opens spaCy.
    from annotator.nlp.claim_finding import ClaimFinder

    finders: dict[str, ClaimFinder] = {}
    total = corpus.article_count()
    for done, annotated in enumerate(corpus.articles(), start=1):
        by_person = _claims_of(annotated, wanted)
        if by_person:
            language = language_code(annotated.article.language)
            finder = finders.get(language) or finders.setdefault(language, ClaimFinder(language))
            if finder.has_model:
                proposed = finder.find(annotated.text)
                for claims in by_person.values():
                    measured.quality.add(annotated.text, proposed, claims)
            else:
                measured.without_model += 1
        yield done, total, None
    measured.parsing = sum(finder.parsing for finder in finders.values())
    measured.ruling = sum(finder.ruling for finder in finders.values())


def _claims_of(annotated: AnnotatedArticle, wanted: frozenset[AnnotatorId]) -> dict[AnnotatorId, list[Claim]]:
    found: dict[AnnotatorId, list[Claim]] = {}
    for claim in annotated.claims:
        if claim.author in wanted:
            found.setdefault(claim.author, []).append(claim)
    return found


def _wanted(known: tuple[Annotator, ...], names: tuple[str, ...]) -> frozenset[AnnotatorId]:
    if not names:
        return frozenset(one.id for one in known if one.kind is AnnotatorKind.PERSON)
    strange = [name for name in names if not any(name in {one.name, one.id} for one in known)]
    if strange:
        raise FormatError(
            f"Nobody in the project is called “{strange[0]}”; there are {', '.join(one.name for one in known)}."
        )
    return frozenset(one.id for one in known if one.name in names or one.id in names)


def to_json(measured: Measured) -> dict[str, Any]:
    """The figures for a machine; what is undefined is null."""
    quality = measured.quality
    figures: dict[str, Any] = {
        "compared": quality.articles,
        "articles without a model": measured.without_model,
        **_rows(quality),
        "seconds": {"pipeline": round(measured.parsing, 3), "rules": round(measured.ruling, 3)},
    }
    return figures | ({"learned": _rows(measured.learned)} if measured.learned is not None else {})


def _rows(quality: Quality) -> dict[str, Any]:
    return {
        "attributions": _row(quality.attributions),
        "tokens": {role: _row(quality.tokens[role]) for role in ROLES},
        "exact": {role: _row(quality.exact[role]) for role in ROLES},
    }


def _row(score: Score) -> dict[str, float | int | None]:
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "proposed": score.proposed,
        "gold": score.gold,
        "right": score.right,
    }
