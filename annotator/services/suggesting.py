"""Suggestions for articles: proposed in the background, stored in small steps, read back at once."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from annotator.domain.articles import Article
from annotator.domain.entities import UNNAMED_SOURCE, Entity
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.proposals import Proposals, ProposedMention
from annotator.domain.schemas import LabelKind, Schema
from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionRun, as_suggestions
from annotator.nlp.name_matching import NameMatcher
from annotator.nlp.pipeline_names import PipelineNames
from annotator.services.workspace import Workspace
from annotator.storage.entity_listing import EntityReader
from annotator.storage.suggestions import SuggestionReader, language_code

NAMES, KNOWN = "names", "known names"
PROPOSERS = (NAMES, KNOWN)
"""Who proposes, by the names that people read."""
_KINDS = {"PERSON": "person", "PER": "person", "NORP": "group", "ORG": "organisation"}
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_NO_MODEL = "no model"
_SURE, _LIKELY, _IN_DOUBT = 0.95, 0.6, 0.5
_STEP, _STEP_OF_MANY = 20, 2_000
"""Articles that are proposed for and saved together, by one process and by several, which take long to start."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to propose, in how many processes. What was looked at already is passed over, unless again is set."""

    proposers: tuple[str, ...] = PROPOSERS
    processes: int = 1
    again: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be stored in one step."""

    runs: tuple[SuggestionRun, ...]
    suggestions: tuple[Suggestion, ...]


@dataclass(slots=True)
class Found:
    """What a pass over the project came to; without are the languages that no model is installed for."""

    articles: int = 0
    words: int = 0
    seconds: float = 0.0
    suggestions: Counter[str] = field(default_factory=Counter)
    models: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()

    @property
    def words_per_second(self) -> float:
        """How quick it was."""
        return self.words / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class Context:
    """What a text is looked at with: the schema's labels, who proposes, and what the pipeline found in it."""

    schema: Schema
    proposers: frozenset[str]
    pipeline_names: Sequence[tuple[Span, str]]
    known_names: Sequence[tuple[Span, frozenset[EntityId]]]
    kinds: dict[EntityId, str]


def propose(text: str, context: Context) -> Proposals:
    """All that is proposed for a text; places are code points of it."""
    mentions: list[ProposedMention] = []
    if NAMES in context.proposers:
        mentions += _from_pipeline(text, context)
    if KNOWN in context.proposers:
        mentions += _from_project(text, context)
    return Proposals(tuple(mentions))


def _from_pipeline(text: str, context: Context) -> Iterator[ProposedMention]:
    for span, kind in context.pipeline_names:
        label, bare = _label_of(context.schema, kind), span.trimmed(text)
        if label and bare is not None:
            yield ProposedMention(label, (bare,), _LIKELY, entity_name=bare.cut(text), proposer=NAMES)


def _from_project(text: str, context: Context) -> Iterator[ProposedMention]:
    for span, bearers in context.known_names:
        labels = {_label_for(context.schema, context.kinds.get(entity, "")) for entity in bearers} - {""}
        if len(labels) != 1:
            continue  # a person and a town of one name: the words alone do not say which
        # Of two who share a name nobody is assumed; accepting asks.
        only = next(iter(bearers)) if len(bearers) == 1 else None
        score = _SURE if only else _IN_DOUBT
        yield ProposedMention(labels.pop(), (span,), score, span.cut(text), only, KNOWN)


def _label_of(schema: Schema, kind: str) -> str:
    """The label that the schema has for a pipeline's; empty where it has none."""
    if any(label.key == kind for label in schema.labels):
        return kind
    if kind in _PLACES:
        return next((label.key for label in schema.labels if label.kind is LabelKind.LOCATION), "")
    if kind not in _KINDS:
        return ""
    fits = _label_for(schema, _KINDS[kind])
    actor = schema.actor_label
    return fits or (actor.key if actor else "")


def _label_for(schema: Schema, kind: str) -> str:
    """The label for an entity of a kind: one for this kind alone before one for several."""
    fitting = [label for label in schema.labels if label.links_to_entity and kind in label.kinds]
    return min(fitting, key=lambda label: len(label.kinds)).key if fitting else ""


class Suggester:
    """Loads what proposing needs when it is first asked for, and keeps it. Made once, used in one thread at a time."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._models: dict[str, PipelineNames] = {}
        self._matcher: NameMatcher | None = None
        self._kinds: dict[EntityId, str] = {}
        self._names = ""

    def model(self, language: str) -> str:
        """The name and version of the pipeline for a language; empty when none is installed."""
        return self._pipeline(language).version

    def loaded(self, language: str) -> str:
        """The version of the names' proposer for a language, if its pipeline was loaded or looked for in vain."""
        known = self._models.get(language)
        return (known.version or _NO_MODEL) if known else ""

    def versions(self, language: str, names: str, proposers: Iterable[str] = PROPOSERS) -> dict[str, str]:
        """The version in which each proposer looks at articles of a language; names says which names are known."""
        known = {NAMES: lambda: self.model(language) or _NO_MODEL, KNOWN: lambda: names}
        return {proposer: known[proposer]() for proposer in proposers}

    def learn_names(self, project: Path, names: str) -> None:
        """Reads the project's names, unless they are those that it has read already."""
        if self._matcher is not None and names == self._names:
            return
        reader = EntityReader(project)
        try:
            entities = [one for one in reader.entities() if one.kind != UNNAMED_SOURCE]
        finally:
            reader.close()
        self._kinds = {one.id: one.kind for one in entities}
        self._matcher = NameMatcher((name, one.id) for one in entities for name in _names_of(one))
        self._names = names

    def look_at(
        self, articles: Sequence[tuple[Article, str]], versions: dict[ArticleId, dict[str, str]], processes: int = 1
    ) -> Batch:
        """What is proposed for these articles of one language, with the runs that say so; versions by article."""
        matcher = self._matcher or NameMatcher(())
        by_pipeline = [one for one in articles if NAMES in versions[one[0].id]]
        found: dict[str, list[tuple[Span, str]]] = {}
        if by_pipeline:
            pipeline = self._pipeline(language_code(by_pipeline[0][0].language))
            names = pipeline.find((text for _, text in by_pipeline), processes)
            found = {article.id: here for (article, _), here in zip(by_pipeline, names, strict=True)}
        runs: list[SuggestionRun] = []
        suggestions: list[Suggestion] = []
        for article, text in articles:
            need = versions[article.id]
            known = matcher.find(text) if KNOWN in need else []
            context = Context(self.schema, frozenset(need), found.get(article.id, []), known, self._kinds)
            runs += [SuggestionRun(article.id, name, version, article.sha256) for name, version in need.items()]
            suggestions += as_suggestions(article.id, propose(text, context))
        return Batch(tuple(runs), tuple(suggestions))

    def _pipeline(self, language: str) -> PipelineNames:
        known = self._models.get(language)
        if known is None:
            known = self._models[language] = PipelineNames(language)
        return known


def _names_of(entity: Entity) -> Iterator[str]:
    yield entity.name
    yield from (alias.text for alias in entity.aliases)


def suggest(project: Path, suggester: Suggester, asked: Asked, found: Found) -> Iterator[tuple[int, int, Batch]]:
    """Proposes for every article that needs it, in steps for a job: how many are done, of how many, what to store.

    found tells what it came to. A pass that was stopped goes on where it was. Raises ProjectFileError.
    """
    began = time.perf_counter()
    reader = SuggestionReader(project)
    try:
        names, languages = reader.names_version(), reader.languages()
        suggester.learn_names(project, names)
        versions = {code: suggester.versions(code, names, asked.proposers) for code in languages}
        if NAMES in asked.proposers:
            found.models = {code: model for code in languages if (model := suggester.model(code))}
            found.without = tuple(code for code in languages if code not in found.models)
        wanted = reader.wanting({} if asked.again else versions, everything=asked.again)
        done = 0
        for batch in _steps(reader.articles(wanted), _STEP if asked.processes == 1 else _STEP_OF_MANY):
            code = language_code(batch[0][0].language)
            need = {
                article.id: versions[code] if asked.again else _needed(article, versions[code], runs)
                for article, _, runs in batch
            }
            made = suggester.look_at([(article, text) for article, text, _ in batch], need, asked.processes)
            done += len(batch)
            found.articles = done
            found.words += sum(len(text.split()) for _, text, _ in batch)
            found.suggestions.update(one.proposer for one in made.suggestions)
            found.seconds = time.perf_counter() - began
            yield done, len(wanted), made
    finally:
        reader.close()


def _steps(
    articles: Iterable[tuple[Article, str, list[SuggestionRun]]], size: int
) -> Iterator[list[tuple[Article, str, list[SuggestionRun]]]]:
    """Articles that follow each other in one language, so many at once."""
    for _, same in groupby(articles, key=lambda one: language_code(one[0].language)):
        step: list[tuple[Article, str, list[SuggestionRun]]] = []
        for one in same:
            step.append(one)
            if len(step) == size:
                yield step
                step = []
        if step:
            yield step


def _needed(article: Article, versions: dict[str, str], runs: Iterable[SuggestionRun]) -> dict[str, str]:
    """The proposers that have not looked at the article as it is, in their version."""
    seen = {run.proposer: (run.version, run.sha256) for run in runs}
    return {name: version for name, version in versions.items() if seen.get(name) != (version, article.sha256)}


def store(workspace: Workspace, batch: Batch) -> None:
    """Keeps what was proposed. Raises ProjectFileError when it cannot be saved."""
    if batch.runs:
        workspace.records.put_suggestions(batch.runs, batch.suggestions)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The articles that are to be looked at ahead of the reader, with the runs there were, and who is to look."""

    articles: tuple[tuple[Article, list[SuggestionRun]], ...]
    proposers: tuple[str, ...]


def wanting(articles: Iterable[tuple[Article, list[SuggestionRun]]], names: str, suggester: Suggester) -> Wanted:
    """Those of the articles where something is missing or old.

    Where the suggester has loaded no pipeline yet, what any has found counts: none is loaded to learn its version.
    """
    chosen, proposers = list[tuple[Article, list[SuggestionRun]]](), {KNOWN}
    for article, runs in articles:
        model = suggester.loaded(language_code(article.language))
        model = model or next((run.version for run in runs if run.proposer == NAMES), "")
        need = _needed(article, {NAMES: model, KNOWN: names}, runs)
        proposers.update(need)
        if need:
            chosen.append((article, runs))
    return Wanted(tuple(chosen), tuple(name for name in PROPOSERS if name in proposers))


def look_ahead(
    project: Path,
    suggester: Suggester,
    wanted: Sequence[tuple[Article, str, list[SuggestionRun]]],
    names: str,
    proposers: Sequence[str] = PROPOSERS,
) -> Iterator[tuple[int, int, Batch]]:
    """Proposes for these articles, one step each, where something is missing: for what the reader comes to next."""
    suggester.learn_names(project, names)
    for done, (article, text, runs) in enumerate(wanted, 1):
        need = _needed(article, suggester.versions(language_code(article.language), names, proposers), runs)
        if need:
            yield done, len(wanted), suggester.look_at([(article, text)], {article.id: need})


def how_to_get_a_model(languages: Sequence[str]) -> str:
    """A sentence for languages that no pipeline is installed for."""
    named = ", ".join(languages)
    example = f"{languages[0]}_core_web_sm" if languages[0] in {"en", "zh"} else f"{languages[0]}_core_news_sm"
    return (
        f"No language model is installed for: {named}. Names that the project knows are suggested all the same. "
        f"To get one, run “python -m spacy download {example}” where the program is installed, once, with a network."
    )
