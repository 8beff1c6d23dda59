"""Who proposes and how: everything that looks at articles, loaded when it is first asked for."""

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.entities import UNNAMED_SOURCE
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.proposals import Proposals, ProposedClaim, ProposedMention
from annotator.domain.sameness import PERSON, kind_group
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import AS_USUAL, Suggestion, SuggestionRun, Wishes, as_suggestions
from annotator.errors import FormatError
from annotator.nlp.attributing import PROPOSER as CLAIMS
from annotator.nlp.attributing import propose_claims
from annotator.nlp.bearers import PROPOSER as WHO
from annotator.nlp.bearers import bearers_in
from annotator.nlp.known_matching import PROPOSER as KNOWN
from annotator.nlp.known_matching import KnownMatcher
from annotator.nlp.naming import kind_map, label_map, of_one_sort, propose_names
from annotator.nlp.parsed import Parsed, parsed
from annotator.nlp.pipelines import Installed, about_folder, about_installed, is_latin
from annotator.nlp.zoning import PROPOSER as ZONES
from annotator.nlp.zoning import propose_zones
from annotator.services.learned_proposals import NOTHING, LearnedProposer
from annotator.services.learned_proposals import PROPOSER as LEARNED
from annotator.services.place_proposals import PROPOSER as PLACES
from annotator.services.place_proposals import PlaceProposer
from annotator.services.places import Places
from annotator.storage.entity_listing import EntityReader
from annotator.storage.suggestions import language_code

__all__ = [
    "CLAIMS", "KNOWN", "LEARNED", "NAMES", "NEED_A_MODEL", "PLACES", "PROPOSERS", "WHO", "ZONES", "Batch", "Known",
    "Suggester", "lists_version",
]  # fmt: skip

NAMES = "names"
PROPOSERS = (NAMES, KNOWN, PLACES, WHO, CLAIMS, ZONES, LEARNED)
"""Who proposes, by the names that people read."""
NEED_A_MODEL = frozenset({NAMES, PLACES, WHO, CLAIMS, LEARNED})
_NEED_A_PARSE = frozenset({WHO, CLAIMS, LEARNED})
_READ_NAMES = frozenset({NAMES, PLACES, WHO, LEARNED})
_READ_KNOWN = frozenset({KNOWN, PLACES, WHO})
_RULES = "rules 5"
"""The version of the rules for claims and zones; another number makes everybody look again."""
_NO_MODEL, _NO_LIST = "no model", "no gazetteer"


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be stored in one step."""

    runs: tuple[SuggestionRun, ...]
    suggestions: tuple[Suggestion, ...]


def _label_for(schema: Schema, kind: str) -> str:
    """The label for an entity of a kind: one for this kind alone before one for several."""
    fitting = [label for label in schema.labels if label.links_to_entity and kind in label.kinds]
    return min(fitting, key=lambda label: len(label.kinds)).key if fitting else ""


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a project knows, each with its entity and the label for it, and the kinds of the entities."""

    version: str
    names: tuple[tuple[str, EntityId, str], ...]
    kinds: Mapping[EntityId, str]


@dataclass(slots=True)
class _Tools:
    """What a step works with: lists of places; by a pipeline's label the schema's label, and a new entity's kind."""

    places: Places | None
    labels: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)


class Suggester:
    """Loads what proposing needs when it is first asked for, and keeps it. Made once, used in one thread at a time."""

    def __init__(self, schema: Schema, wishes: Wishes = AS_USUAL) -> None:
        self.schema, self._wishes = schema, wishes
        self.learned = LearnedProposer()
        self._models: dict[tuple[str, bool], Installed] = {}
        self._matcher = KnownMatcher(())
        self._learnt: tuple[str, Schema] | None = None
        self._known = Known("", (), {})
        self._placing: PlaceProposer | None = None

    @property
    def wishes(self) -> Wishes:
        """What the user wants of machines."""
        return self._wishes

    @wishes.setter
    def wishes(self, wishes: Wishes) -> None:
        if wishes.folder != self._wishes.folder:
            self._models.clear()
        self._wishes = wishes

    @property
    def proposers(self) -> tuple[str, ...]:
        """Those that are to look."""
        return tuple(name for name in PROPOSERS if name not in self._wishes.off)

    def model(self, language: str, *, parses: bool = False) -> str:
        """The name and version of the pipeline for a language; empty when none is installed."""
        return self._pipeline(language, parses=parses).version

    def known_versions(self, language: str, names: str) -> dict[str, str]:
        """The same as versions, but loads no pipeline: it goes by what that says of itself."""
        known = self._models.get((language, True)) or self._models.get((language, False))
        model = known.version if known else self._said(language)
        others = self.versions(language, names, (name for name in PROPOSERS if name not in NEED_A_MODEL))
        return others | {name: self._version(name, language, model) for name in self.proposers if name in NEED_A_MODEL}

    def _said(self, language: str) -> str:
        about = None
        if self._wishes.folder is not None:
            with suppress(FormatError):  # one that is gone says so when it is to be loaded
                about = about_folder(self._wishes.folder)
        if about is None or about.language != language:
            about = about_installed(language)
        return about.version if about else ""

    def versions(self, language: str, names: str, proposers: Iterable[str] = PROPOSERS) -> dict[str, str]:
        """The version in which each proposer looks at articles of a language; names says which names are known.

        Those that are not to look have none.
        """
        wanted, result = tuple(name for name in proposers if name not in self._wishes.off), dict[str, str]()
        for proposer in wanted:
            if proposer in NEED_A_MODEL:
                result[proposer] = self._version(proposer, language, self.model(language, parses=_parses(wanted)))
            else:
                result[proposer] = f"{names if proposer == KNOWN else _RULES}, {_asked_for(self.schema)}"
        return result

    def learn_names(self, project: Path, names: str) -> Known:
        """Reads the project's names, unless they are those that it has read already; answers them."""
        if self._learnt == (names, self.schema):
            return self._known
        reader = EntityReader(project)
        try:
            entities = [one for one in reader.entities() if one.kind != UNNAMED_SOURCE]
        finally:
            reader.close()
        labelled = ((one, _label_for(self.schema, one.kind)) for one in entities)
        telling = ((name, one.id, label) for one, label in labelled if label for name in one.names if _is_telling(name))
        self.know(Known(names, tuple(telling), {one.id: one.kind for one in entities}))
        return self._known

    def know(self, known: Known) -> None:
        """Looks for these names from now on."""
        self._known, self._matcher = known, KnownMatcher(known.names)
        self._learnt = known.version, self.schema

    def look_at(
        self, articles: Sequence[tuple[Article, str]], versions: Mapping[ArticleId, Mapping[str, str]]
    ) -> Batch:
        """What is proposed for these articles of one language, with the runs that say so; versions by article."""
        wanted = {proposer for need in versions.values() for proposer in need}
        readable = frozenset(article.id for article, text in articles if article.language or is_latin(text))
        by_pipeline = [
            text
            for article, text in articles
            if article.id in readable and not NEED_A_MODEL.isdisjoint(versions[article.id])
        ]
        # Lists are opened for every step, since one thread's open lists are no use to the next one.
        tools = _Tools(places=self._lists() if PLACES in wanted else None)
        made: Iterator[Iterator[tuple[int, Any]]] = iter(())
        if by_pipeline:
            language = language_code(articles[0][0].language)
            pipeline = self._pipeline(language, parses=_parses(wanted))
            made = pipeline.documents(by_pipeline)
            self.learned.load(self._wishes, language, pipeline)
            tools.labels = label_map(self.schema, pipeline.names, dict(self._wishes.labels))
            tools.kinds = kind_map(self.schema, tools.labels)
        runs: list[SuggestionRun] = []
        suggestions: list[Suggestion] = []
        for article, text in articles:
            need = versions[article.id]
            is_read = article.id in readable and not NEED_A_MODEL.isdisjoint(need)
            documents = next(made) if is_read else iter(())
            runs += [SuggestionRun(article.id, name, version, article.sha256) for name, version in need.items()]
            suggestions += as_suggestions(article.id, self._propose(text, frozenset(need), documents, tools))
        if tools.places is not None:
            tools.places.close()
        return Batch(tuple(runs), tuple(suggestions))

    def _propose(
        self,
        text: str,
        proposers: frozenset[str],
        documents: Iterator[tuple[int, Any]],
        tools: _Tools,
    ) -> Proposals:
        names: list[ProposedMention] = []

        def read() -> Iterator[tuple[int, Any]]:
            """Each document is looked at for names on its way to the parse, and let go."""
            for one in documents:
                if not _READ_NAMES.isdisjoint(proposers):
                    found = propose_names(text, (one,), tools.labels, NAMES, tools.kinds)
                    if NAMES in self.learned.replaces:
                        found = self.learned.names(self.schema, text, *one, list(found))
                    names.extend(found)
                yield one

        claims: tuple[ProposedClaim, ...] = ()
        parse: Parsed | None = None
        if _NEED_A_PARSE.isdisjoint(proposers):
            deque(read(), maxlen=0)
        else:
            parse = parsed(text, read())
            if CLAIMS in self.learned.replaces:
                claims = self.learned.claims(self.schema, parse) if LEARNED in proposers else ()
            elif CLAIMS in proposers:
                claims = propose_claims(parse, nested=self.schema.allows_nesting)
        names = of_one_sort(text, names, tools.labels, tools.kinds)
        known = list(self._matcher.find(text)) if not _READ_KNOWN.isdisjoint(proposers) else []
        mentions = [one for one in (*names, *known) if one.proposer in proposers]
        if PLACES in proposers and tools.places is not None and self._placing is not None:
            located = list(self._placing.propose(text, (*names, *known), tools.places))
            mentions += located
            names = [*located, *names]
        if parse is not None and WHO in proposers:
            found = bearers_in(parse, (*names, *known), lambda entity: self._known.kinds.get(entity, ""), self._people)
            mentions += found.propose_mentions()
            claims = found.with_sources(claims)
        zone_kinds = [kind.key for kind in self.schema.zone_kinds]
        zones = propose_zones(text, zone_kinds) if ZONES in proposers else ()
        return Proposals(tuple(mentions), claims, zones)

    def _lists(self) -> Places | None:
        """The lists of places, if they are ready."""
        places = Places()
        version = places.version
        if not version:
            places.close()
            return None
        if self._placing is None or (self._placing.schema, self._placing.version) != (self.schema, version):
            self._placing = PlaceProposer(self.schema, version)
        return places

    @property
    def _people(self) -> dict[str, str]:
        """For each label whose entities may be persons the kind of those."""
        kinds = [kind.key for kind in self.schema.kinds if kind_group(kind.key) == PERSON]
        allowed = (
            (label.key, next((kind for kind in kinds if kind in label.kinds), "")) for label in self.schema.labels
        )
        return {label: kind for label, kind in allowed if kind}

    def _pipeline(self, language: str, *, parses: bool) -> Installed:
        known = self._models.get((language, True)) or self._models.get((language, parses))
        if known is None:
            known = self._models[language, parses] = Installed(language, parses=parses, folder=self._wishes.folder)
        return known

    def _version(self, proposer: str, language: str, model: str) -> str:
        """The version of a proposer that needs a pipeline: another one of anything that it goes by is another one."""
        if proposer == LEARNED:
            learned = self.learned.version(self._wishes, language, model)
            return learned if learned == NOTHING else f"{learned}, {_asked_for(self.schema)}"
        parts = [model or _NO_MODEL]
        if proposer != CLAIMS:
            parts.append(_asked_for(self.schema))
        if proposer in self.learned.replaced(self._wishes, language, model):
            parts.append(LEARNED)
        if proposer != CLAIMS and self._wishes.labels:
            parts.append(" ".join(f"{name}={key}" for name, key in self._wishes.labels))
        if proposer == PLACES:
            parts.append(lists_version() or _NO_LIST)
        else:
            parts.append(_RULES)
        return ", ".join(parts)


@lru_cache(8)
def _asked_for(schema: Schema) -> str:
    """What of a schema decides what is proposed, in a few letters: with another label there is more to look for."""
    labels = [(label.key, label.kind.value, label.kinds) for label in schema.labels]
    zones, kinds = [kind.key for kind in schema.zone_kinds], [(kind.key, kind.maps) for kind in schema.kinds]
    return f"schema {hashlib.sha256(repr((labels, zones, kinds)).encode()).hexdigest()[:8]}"


def _parses(proposers: Iterable[str]) -> bool:
    return not _NEED_A_PARSE.isdisjoint(proposers)


def lists_version() -> str:
    """The version of the lists of places; empty while there are none."""
    places = Places()
    version = places.version
    places.close()
    return version


def _is_telling(name: str) -> bool:
    """Whether a name is a sign of somebody wherever it stands: “police” is not, nor is a single letter."""
    has_case = name.lower() != name.upper()
    return len(name) > 1 and (name != name.lower() or not has_case) and any(map(str.isalpha, name))
