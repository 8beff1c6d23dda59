"""Suggestions for articles: proposed in the background, stored in small steps, read back at once."""

import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.entities import UNNAMED_SOURCE
from annotator.domain.ids import ArticleId
from annotator.domain.proposals import Proposals, ProposedClaim, ProposedMention
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import Suggestion, SuggestionRun, as_suggestions
from annotator.nlp.attributing import PROPOSER as CLAIMS
from annotator.nlp.attributing import propose_claims
from annotator.nlp.known_matching import PROPOSER as KNOWN
from annotator.nlp.known_matching import KnownMatcher
from annotator.nlp.naming import kind_map, label_map, propose_names
from annotator.nlp.parsed import parsed
from annotator.nlp.pipelines import Installed
from annotator.nlp.zoning import PROPOSER as ZONES
from annotator.nlp.zoning import propose_zones
from annotator.services.workspace import Workspace
from annotator.storage.entity_listing import EntityReader
from annotator.storage.suggestions import SuggestionReader, language_code

NAMES = "names"
PROPOSERS = (NAMES, KNOWN, CLAIMS, ZONES)
"""Who proposes, by the names that people read."""
_NEED_A_MODEL = frozenset({NAMES, CLAIMS})
_RULES = "rules 1"
"""The version of the rules for claims and zones; another number makes everybody look again."""
_NO_MODEL = "no model"
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


def _label_for(schema: Schema, kind: str) -> str:
    """The label for an entity of a kind: one for this kind alone before one for several."""
    fitting = [label for label in schema.labels if label.links_to_entity and kind in label.kinds]
    return min(fitting, key=lambda label: len(label.kinds)).key if fitting else ""


class Suggester:
    """Loads what proposing needs when it is first asked for, and keeps it. Made once, used in one thread at a time."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._models: dict[tuple[str, bool], Installed] = {}
        self._matcher = KnownMatcher(())
        self._learnt: tuple[str, Schema] | None = None

    def model(self, language: str, *, parses: bool = False) -> str:
        """The name and version of the pipeline for a language; empty when none is installed."""
        return self._pipeline(language, parses=parses).version

    def loaded(self, language: str, proposer: str) -> str:
        """The version of a proposer that needs a pipeline, if that was loaded or looked for in vain; else empty."""
        known = self._models.get((language, True)) or self._models.get((language, False))
        return _by_model(proposer, known.version) if known else ""

    def versions(self, language: str, names: str, proposers: Iterable[str] = PROPOSERS) -> dict[str, str]:
        """The version in which each proposer looks at articles of a language; names says which names are known."""
        wanted, result = tuple(proposers), dict[str, str]()
        for proposer in wanted:
            if proposer in _NEED_A_MODEL:
                result[proposer] = _by_model(proposer, self.model(language, parses=CLAIMS in wanted))
            else:
                result[proposer] = names if proposer == KNOWN else _RULES
        return result

    def learn_names(self, project: Path, names: str) -> None:
        """Reads the project's names, unless they are those that it has read already."""
        if self._learnt == (names, self.schema):
            return
        reader = EntityReader(project)
        try:
            entities = [one for one in reader.entities() if one.kind != UNNAMED_SOURCE]
        finally:
            reader.close()
        labelled = ((one, _label_for(self.schema, one.kind)) for one in entities)
        self._matcher = KnownMatcher(
            (name, one.id, label) for one, label in labelled if label for name in one.names if _is_telling(name)
        )
        self._learnt = names, self.schema

    def look_at(
        self, articles: Sequence[tuple[Article, str]], versions: dict[ArticleId, dict[str, str]], processes: int = 1
    ) -> Batch:
        """What is proposed for these articles of one language, with the runs that say so; versions by article."""
        wanted = {proposer for need in versions.values() for proposer in need}
        by_pipeline = [text for article, text in articles if not _NEED_A_MODEL.isdisjoint(versions[article.id])]
        labels, kinds = dict[str, str](), dict[str, str]()
        made: Iterator[Iterator[tuple[int, Any]]] = iter(())
        if by_pipeline:
            pipeline = self._pipeline(language_code(articles[0][0].language), parses=CLAIMS in wanted)
            labels, made = label_map(self.schema, pipeline.names), pipeline.documents(by_pipeline, processes)
            kinds = kind_map(self.schema, labels)
        runs: list[SuggestionRun] = []
        suggestions: list[Suggestion] = []
        for article, text in articles:
            need = versions[article.id]
            documents = iter(()) if _NEED_A_MODEL.isdisjoint(need) else next(made)
            runs += [SuggestionRun(article.id, name, version, article.sha256) for name, version in need.items()]
            suggestions += as_suggestions(article.id, self._propose(text, frozenset(need), documents, labels, kinds))
        return Batch(tuple(runs), tuple(suggestions))

    def _propose(
        self,
        text: str,
        proposers: frozenset[str],
        documents: Iterator[tuple[int, Any]],
        labels: dict[str, str],
        kinds: dict[str, str],
    ) -> Proposals:
        mentions: list[ProposedMention] = []

        def read() -> Iterator[tuple[int, Any]]:
            """Each document is looked at for names on its way to the parse, and let go."""
            for one in documents:
                if NAMES in proposers:
                    mentions.extend(propose_names(text, (one,), labels, NAMES, kinds))
                yield one

        claims: tuple[ProposedClaim, ...] = ()
        if CLAIMS in proposers:
            claims = propose_claims(parsed(text, read()))
        else:
            deque(read(), maxlen=0)
        if KNOWN in proposers:
            mentions += self._matcher.find(text)
        zone_kinds = [kind.key for kind in self.schema.zone_kinds]
        zones = propose_zones(text, zone_kinds) if ZONES in proposers else ()
        return Proposals(tuple(mentions), claims, zones)

    def _pipeline(self, language: str, *, parses: bool) -> Installed:
        known = self._models.get((language, True)) or self._models.get((language, parses))
        if known is None:
            known = self._models[language, parses] = Installed(language, parses=parses)
        return known


def _by_model(proposer: str, model: str) -> str:
    return model or _NO_MODEL if proposer == NAMES else f"{model or _NO_MODEL}, {_RULES}"


def _is_telling(name: str) -> bool:
    """Whether a name is a sign of somebody wherever it stands: “police” is not, nor is a single letter."""
    has_case = name.lower() != name.upper()
    return len(name) > 1 and (name != name.lower() or not has_case) and any(map(str.isalpha, name))


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
        if not _NEED_A_MODEL.isdisjoint(asked.proposers):
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
    chosen, proposers = list[tuple[Article, list[SuggestionRun]]](), set[str]()
    for article, runs in articles:
        code, seen = language_code(article.language), {run.proposer: run.version for run in runs}
        versions = {KNOWN: names, ZONES: _RULES}
        versions |= {name: suggester.loaded(code, name) or seen.get(name, "") for name in _NEED_A_MODEL}
        need = _needed(article, versions, runs)
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
