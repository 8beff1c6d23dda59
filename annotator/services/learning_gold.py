"""What people annotated, read to be learned from: by article and person, and split so that some is held out."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.claims import Claim
from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.ids import AnnotatorId
from annotator.domain.mentions import Mention
from annotator.domain.proposals import ProposedMention
from annotator.domain.spans import Span
from annotator.nlp.naming import label_map, propose_names
from annotator.nlp.parsed import Parsed, parsed
from annotator.nlp.pipelines import Installed
from annotator.storage.suggestions import language_code

Names = frozenset[tuple[Span, str]]
"""Words in one piece with their labels."""


@dataclass(slots=True)
class Gold:
    """An article as it was annotated. claims are those of each person who recorded any, names their mentions.

    group is the same for articles with the same text. parse and untrained, the names that the pipeline finds without
    training, are empty until it was looked at.
    """

    text: str
    language: str
    group: str
    claims: tuple[tuple[Claim, ...], ...]
    names: tuple[Names, ...]
    parse: Parsed = field(default_factory=lambda: Parsed(""))
    untrained: tuple[ProposedMention, ...] = ()


def read_gold(corpus: Corpus) -> Iterator[Gold | None]:
    """Every article that somebody annotated; None for each other one. What was agreed on counts before all else."""
    kinds = {one.id: one.kind for one in corpus.annotators()}
    for annotated in corpus.articles():
        claims = _by_person(kinds, annotated.claims)
        names = _by_person(kinds, annotated.mentions)
        yield _gold(annotated, claims, names) if claims or names else None


def _gold(annotated: AnnotatedArticle, claims: Sequence[tuple[Any, ...]], names: Sequence[tuple[Any, ...]]) -> Gold:
    article = annotated.article
    whole = tuple(frozenset((one.hull, one.label) for one in own if len(one.spans) == 1) for own in names)
    return Gold(annotated.text, language_code(article.language), article.sha256, tuple(claims), whole)


def _by_person(kinds: dict[AnnotatorId, AnnotatorKind], records: Sequence[Claim | Mention]) -> list[tuple[Any, ...]]:
    """The records of each person; only those that were agreed on, where there are such."""
    found: dict[AnnotatorId, list[Claim | Mention]] = {}
    for record in records:
        if kinds.get(record.author) in {AnnotatorKind.PERSON, AnnotatorKind.CONSENSUS}:
            found.setdefault(record.author, []).append(record)
    agreed = [own for author, own in found.items() if kinds[author] is AnnotatorKind.CONSENSUS]
    return [tuple(own) for own in agreed or found.values()]


def main_language(gold: Sequence[Gold]) -> str:
    """The language of most articles; empty for none."""
    common = Counter(one.language for one in gold).most_common(1)
    return common[0][0] if common else ""


def look_over(gold: Sequence[Gold], schema: Any, installed: Installed) -> Iterator[None]:
    """Parses the articles, which are of one language, and finds names as without training, one at a time."""
    labels = label_map(schema, installed.names)
    for one, documents in zip(gold, installed.documents([one.text for one in gold]), strict=True):
        found: list[ProposedMention] = []

        def read(text: str = one.text, made: Any = documents, into: list[ProposedMention] = found) -> Iterator[Any]:
            for piece in made:
                into.extend(propose_names(text, (piece,), labels))
                yield piece

        one.parse = parsed(one.text, read())
        one.untrained = tuple(found)
        yield None


def split(gold: Sequence[Gold], held_out: float, seed: int) -> tuple[list[Gold], list[Gold]]:
    """Those to learn from and those held out, of which held_out is the share. Articles with one text stay together."""
    groups = sorted({one.group for one in gold})
    random.Random(seed).shuffle(groups)
    held = set(groups[: max(1, round(held_out * len(groups)))])
    return [one for one in gold if one.group not in held], [one for one in gold if one.group in held]


def folded(gold: Sequence[Gold], folds: int, seed: int) -> Iterator[tuple[list[Gold], list[Gold]]]:
    """So many splits that each article is held out once."""
    groups = sorted({one.group for one in gold})
    random.Random(seed).shuffle(groups)
    for number in range(min(folds, len(groups))):
        held = set(groups[number::folds])
        yield [one for one in gold if one.group not in held], [one for one in gold if one.group in held]
