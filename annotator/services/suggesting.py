"""Suggestions for articles: proposed in the background, stored in small steps, read back at once."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.suggestions import SuggestionRun
from annotator.services.apart import Step, SuggesterApart, shared_out
from annotator.services.learned_proposals import NOTHING
from annotator.services.proposing import NEED_A_MODEL, PLACES, PROPOSERS, Batch, Suggester, lists_version
from annotator.services.workspace import Workspace
from annotator.storage.project_file import ProjectFile
from annotator.storage.suggestions import SuggestionReader, language_code

_STEP = 20
"""Articles that are proposed for and saved together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to propose, in how many processes. What was looked at already is passed over, unless again is set."""

    proposers: tuple[str, ...] = PROPOSERS
    processes: int = 1
    again: bool = False


@dataclass(slots=True)
class Found:
    """What a pass over the project came to.

    without are the languages that no model is installed for; has_places is False when places were asked for and there
    is no list of them yet; problem says why what was learned cannot be used.
    """

    articles: int = 0
    words: int = 0
    seconds: float = 0.0
    suggestions: Counter[str] = field(default_factory=Counter)
    models: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    has_places: bool = True
    problem: str = ""

    def take(self, articles: Sequence[tuple[Article, str]], made: Batch, began: float) -> None:
        """Counts what was found in these articles; began is when the pass did."""
        self.articles += len(articles)
        self.words += sum(len(text.split()) for _, text in articles)
        self.suggestions.update(one.proposer for one in made.suggestions)
        self.seconds = time.perf_counter() - began

    @property
    def words_per_second(self) -> float:
        """How quick it was."""
        return self.words / self.seconds if self.seconds else 0.0


def suggest(project: Path, suggester: Suggester, asked: Asked, found: Found) -> Iterator[tuple[int, int, Batch]]:
    """Proposes for every article that needs it, in steps for a job: how many are done, of how many, what to store.

    found tells what it came to. A pass that was stopped goes on where it was. Raises ProjectFileError.
    """
    began = time.perf_counter()
    reader = SuggestionReader(project)
    try:
        found.has_places = PLACES not in asked.proposers or bool(lists_version())
        names, languages = reader.names_version(), reader.languages()
        suggester.learn_names(project, names)
        versions = {code: suggester.versions(code, names, asked.proposers) for code in languages}
        found.problem = suggester.learned.problem
        if not NEED_A_MODEL.isdisjoint(asked.proposers):
            found.models = {code: model for code in languages if (model := suggester.model(code))}
            found.without = tuple(code for code in languages if code not in found.models)
        wanted = reader.wanting({} if asked.again else versions, NOTHING, everything=asked.again)
        todo = tasks(steps(reader.articles(wanted), _STEP), versions, asked)
        for (articles, _), made in _looked_at(suggester, project, names, todo, asked.processes):
            found.take(articles, made, began)
            yield found.articles, len(wanted), made
    finally:
        reader.close()


def _looked_at(
    suggester: Suggester, project: Path, names: str, todo: Iterator[Step], processes: int
) -> Iterator[tuple[Step, Batch]]:
    if processes == 1:
        yield from ((step, suggester.look_at(*step)) for step in todo)
        return
    helpers = [SuggesterApart(suggester.schema, suggester.wishes, nicer=0) for _ in range(processes)]
    for helper in helpers:
        helper.learn_names(project, names)
    yield from shared_out(helpers, todo)


def tasks(
    batches: Iterable[list[tuple[Article, str, list[SuggestionRun]]]],
    versions: Mapping[str, dict[str, str]],
    asked: Asked,
) -> Iterator[Step]:
    """What of each batch is to be looked at, in which versions; versions are by language."""
    for batch in batches:
        now = versions[language_code(batch[0][0].language)]
        need = {article.id: now if asked.again else needed(article, now, runs) for article, _, runs in batch}
        yield tuple((article, text) for article, text, _ in batch), need


def steps(
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


def needed(article: Article, versions: dict[str, str], runs: Iterable[SuggestionRun]) -> dict[str, str]:
    """The proposers that have not looked at the article as it is, in their version."""
    seen = {run.proposer: (run.version, run.sha256) for run in runs}
    untouched = (NOTHING, article.sha256)
    return {
        name: version for name, version in versions.items() if seen.get(name, untouched) != (version, article.sha256)
    }


def store(workspace: Workspace, batch: Batch) -> None:
    """Keeps what was proposed. Raises ProjectFileError when it cannot be saved."""
    if batch.runs:
        workspace.records.put_suggestions(batch.runs, batch.suggestions)


def out_of_date(records: ProjectFile, suggester: Suggester) -> list[tuple[str, int]]:
    """For each proposer that has changed since it looked, how many articles it looked at in another version."""
    names, counts = records.names_version(), Counter[str]()
    known: dict[str, dict[str, str]] = {}
    for proposer, version, language, articles in records.suggestion_versions():
        code = language_code(language)
        now = known.setdefault(code, suggester.known_versions(code, names))
        if proposer in now and now[proposer] != version:
            counts[proposer] += articles
    return [(proposer, counts[proposer]) for proposer in suggester.proposers if counts[proposer]]


def look_ahead(project: Path, suggester: Suggester, coming: Sequence[ArticleId]) -> Iterator[tuple[int, int, Batch]]:
    """Proposes for these articles, one step each, where something is missing: for what the reader comes to next.

    Where nothing is, no pipeline is loaded. Raises ProjectFileError.
    """
    reader = SuggestionReader(project)
    try:
        names, wanted, proposers = reader.names_version(), list[tuple[Article, str, list[SuggestionRun]]](), set[str]()
        for article, text, runs in reader.articles(coming):
            need = needed(article, suggester.known_versions(language_code(article.language), names), runs)
            if need:
                proposers.update(need)
                wanted.append((article, text, runs))
    finally:
        reader.close()
    if wanted:
        suggester.learn_names(project, names)
    ordered = tuple(name for name in PROPOSERS if name in proposers)
    for done, (article, text, runs) in enumerate(wanted, 1):
        need = needed(article, suggester.versions(language_code(article.language), names, ordered), runs)
        if need:
            yield done, len(wanted), suggester.look_at([(article, text)], {article.id: need})


def what_is_missing(found: Found) -> str:
    """Sentences for languages that no pipeline is installed for, and for places without a list; empty with neither."""
    sentences = [found.problem] if found.problem else []
    if found.without:
        named, first = ", ".join(found.without), found.without[0]
        example = f"{first}_core_web_sm" if first in {"en", "zh"} else f"{first}_core_news_sm"
        sentences += [
            f"No language model is installed for: {named}. Names that the project knows are suggested all the same.",
            f"To get one, run “python -m spacy download {example}” where the program is installed, with a network.",
        ]
    if not found.has_places:
        sentences.append(
            "Places are not looked up: the list of the world's places is not made yet. "
            "Look any place up in the window, or run “annotator places build”, once."
        )
    return " ".join(sentences)
