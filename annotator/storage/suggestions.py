"""Suggestions in the project file: beside the records, in no history, gone with their article."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.articles import Article
from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId
from annotator.domain.languages import code_of
from annotator.domain.needs import need_of
from annotator.domain.proposals import NOBODY, Located, Meant
from annotator.domain.spans import Span
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionKind, SuggestionRun, Tally
from annotator.errors import DamagedProject
from annotator.storage.connection import connect, translated
from annotator.storage.listing import Listing
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.base import loaded_spans, stored_spans
from annotator.storage.tables.rejections import REJECTIONS

_COLUMNS = 'id, article_id, proposer, kind, label, start, "end", spans, score, payload'
_STEP = 200


def put(connection: sqlite3.Connection, runs: Sequence[SuggestionRun], suggestions: Sequence[Suggestion]) -> None:
    """Puts what each run found in the place of what its proposer found in the article before."""
    ours = [(run.article, run.proposer) for run in runs]
    connection.executemany("DELETE FROM suggestion WHERE article_id = ? AND proposer = ?", ours)
    connection.executemany(
        "INSERT INTO suggestion_run VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET version = excluded.version, sha256 = excluded.sha256",
        [(run.article, run.proposer, run.version, run.sha256) for run in runs],
    )
    connection.executemany(
        f"INSERT INTO suggestion ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(to_row, suggestions)
    )
    for article in dict.fromkeys(run.article for run in runs):
        _weigh(connection, article)


def _weigh(connection: sqlite3.Connection, article: ArticleId) -> None:
    """Keeps how much an article needs a person, so that the queue can be ordered by it."""
    need = need_of(of_article(connection, article))
    connection.execute(
        "INSERT INTO suggestion_need (article_id, need, uncertain, disputed, unseen) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET need = excluded.need, uncertain = excluded.uncertain, "
        "disputed = excluded.disputed, unseen = excluded.unseen",
        (article, need.value, need.uncertain, need.disputed, need.unseen),
    )


def of_article(connection: sqlite3.Connection, article: ArticleId) -> list[Suggestion]:
    """What is suggested for an article. Raises DamagedProject when a row makes no sense."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM suggestion WHERE article_id = ?", (article,)).fetchall()
    try:
        return list(map(from_row, rows))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedProject(f"A row of this project makes no sense as suggestion: {error}. Use a copy.") from error


def runs_of(connection: sqlite3.Connection, article: ArticleId) -> list[SuggestionRun]:
    """Who has looked at an article."""
    select = "SELECT article_id, proposer, version, sha256 FROM suggestion_run WHERE article_id = ?"
    return [SuggestionRun(*row) for row in connection.execute(select, (article,)).fetchall()]


def versions(connection: sqlite3.Connection) -> list[tuple[str, str, str, int]]:
    """Which proposers have looked: the proposer, its version, the articles' language and how many articles."""
    select = """SELECT r.proposer, r.version, a.language, count(*) FROM suggestion_run r
        JOIN article a ON a.id = r.article_id GROUP BY r.proposer, r.version, a.language"""
    return connection.execute(select).fetchall()


def rejections_in(connection: sqlite3.Connection, article: ArticleId, annotator: AnnotatorId) -> list[Rejection]:
    """What a person rejected in an article."""
    return REJECTIONS.read(connection, "article_id = ? AND author_id = ? ORDER BY id", (article, annotator))


def names_version(connection: sqlite3.Connection) -> str:
    """Says in a few letters which names the project knows: another one when any is new, gone, or of another kind."""
    # Times tell too little: undoing and bringing in leave others than the latest.
    names = connection.execute("SELECT group_concat(id || '\n' || kind || '\n' || name, '\n') FROM entity")
    aliases = connection.execute("SELECT group_concat(entity_id || '\n' || text, '\n') FROM alias")
    words = "\n\n".join(found or "" for (found,) in (*names, *aliases))
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def tallies(connection: sqlite3.Connection, annotator: AnnotatorId) -> list[Tally]:
    """What became of each proposer's suggestions, as a person decided."""
    # Who works on two computers may have said one thing twice.
    rows = connection.execute(
        """
        SELECT s.proposer, s.kind, s.label, count(DISTINCT s.id),
          count(DISTINCT iif(m.id IS NOT NULL OR c.id IS NOT NULL OR z.id IS NOT NULL, s.id, NULL)),
          count(DISTINCT iif(
            (m.id IS NOT NULL AND (m.label, m.start, m."end", m.spans) != (s.label, s.start, s."end", s.spans))
            OR (c.id IS NOT NULL AND (c.start, c."end", c.content) != (s.start, s."end", s.spans)), s.id, NULL)),
          count(DISTINCT iif(r.id IS NOT NULL, s.id, NULL))
        FROM suggestion s
        LEFT JOIN mention m ON s.kind = 'mention' AND m.derived_from != '' AND m.derived_from = s.id
          AND m.author_id = :who
        LEFT JOIN claim c ON s.kind = 'claim' AND c.derived_from != '' AND c.derived_from = s.id AND c.author_id = :who
        LEFT JOIN zone z ON s.kind = 'zone' AND z.article_id = s.article_id AND z.author_id = :who
          AND (z.kind, z.start, z."end") = (s.label, s.start, s."end")
        LEFT JOIN rejection r ON r.article_id = s.article_id AND r.author_id = :who
          AND (r.kind, r.label, r.start, r."end", r.spans) = (s.kind, s.label, s.start, s."end", s.spans)
        GROUP BY s.proposer, s.kind, s.label ORDER BY s.proposer, s.kind, s.label
        """,
        {"who": annotator},
    ).fetchall()
    return [Tally(row[0], SuggestionKind(row[1]), row[2], *row[3:]) for row in rows]


class SuggestionReader:
    """What proposing reads of a project, over a connection of its own, in short steps. Made and used in one thread."""

    def __init__(self, project: Path) -> None:
        with translated(project):
            self._connection = connect(project, read_only=True)
        self._records = Listing(self._connection)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def names_version(self) -> str:
        """Which names the project knows."""
        return names_version(self._connection)

    def wanting(
        self, versions: dict[str, dict[str, str]], nothing: str = "", *, everything: bool = False
    ) -> list[ArticleId]:
        """The articles that one of the proposers has not looked at in its version, in the order of the queue.

        versions are those of the proposers by the language's code; nothing is one that needs no look at an article
        that the proposer has never looked at. With everything, all articles.
        """
        seen: dict[str, dict[str, tuple[str, str]]] = {}
        for run in self._connection.execute("SELECT article_id, proposer, version, sha256 FROM suggestion_run"):
            seen.setdefault(run[0], {})[run[1]] = (run[2], run[3])
        rows = self._connection.execute("SELECT id, language, sha256 FROM article ORDER BY seq").fetchall()
        wanted = []
        for id_, language, sha256 in rows:
            need = versions.get(language_code(language), {})
            runs, untouched = seen.get(id_, {}), (nothing, sha256)
            if everything or any(runs.get(name, untouched) != (ver, sha256) for name, ver in need.items()):
                wanted.append(id_)
        return wanted

    def languages(self) -> list[str]:
        """The languages of the articles, each once."""
        rows = self._connection.execute("SELECT DISTINCT language FROM article").fetchall()
        return sorted({language_code(language) for (language,) in rows})

    def articles(self, ids: Sequence[ArticleId]) -> Iterator[tuple[Article, str, list[SuggestionRun]]]:
        """These articles with their texts and who has looked at them; in short steps, in the order asked for."""
        for start in range(0, len(ids), _STEP):
            step = ids[start : start + _STEP]
            found = {one.id: one for one in ARTICLES.read(self._connection, _one_of("id"), (json.dumps(step),))}
            for id_ in step:
                if id_ in found:
                    yield found[id_], self._records.text(id_), runs_of(self._connection, id_)


def language_code(language: str) -> str:
    """The ISO 639 code of an article's language; English where the article does not say."""
    return code_of(language) or "en"


def _one_of(column: str) -> str:
    return f"{column} IN (SELECT value FROM json_each(?))"


def to_row(one: Suggestion) -> tuple[Any, ...]:
    """A suggestion as a row of its table."""
    payload: dict[str, Any] = {}
    if one.entity_name:
        payload["entity_name"] = one.entity_name
    if one.known_entity:
        payload["known_entity"] = one.known_entity
    if one.sources:
        payload["sources"] = [_numbers(pieces) for pieces in one.sources]
    if one.cue:
        payload["cue"] = _numbers(one.cue)
    if one.within:
        payload["within"] = one.within
    if one.manner:
        payload["manner"] = one.manner
    if one.entity_kind:
        payload["entity_kind"] = one.entity_kind
    if one.located:
        payload["located"] = _located_to_json(one.located)
    if one.may_be:
        payload["may_be"] = one.may_be
    if any(meant != NOBODY for meant in one.meant):
        payload["meant"] = [(meant.name, meant.kind, meant.entity, meant.is_open) for meant in one.meant]
    spelled = json.dumps(payload, ensure_ascii=False, separators=(",", ":")) if payload else "{}"
    place = stored_spans(one.spans)
    return (one.id, one.article, one.proposer, one.kind.value, one.label, *place, one.score, spelled)


def from_row(row: tuple[Any, ...]) -> Suggestion:
    """A suggestion from a row. Raises ValueError, TypeError or KeyError when that makes no sense."""
    payload = json.loads(row[9])
    known = payload.get("known_entity")
    return Suggestion(
        id=row[0],
        article=row[1],
        proposer=row[2],
        kind=SuggestionKind(row[3]),
        label=row[4],
        spans=loaded_spans(row[5], row[6], row[7]),
        score=row[8],
        entity_name=payload.get("entity_name", ""),
        known_entity=EntityId(known) if known else None,
        sources=tuple(_spans(pieces) for pieces in payload.get("sources", ())),
        cue=_spans(payload.get("cue", ())),
        within=payload.get("within", ""),
        manner=payload.get("manner", ""),
        entity_kind=payload.get("entity_kind", ""),
        located=_located_from_json(payload["located"]) if "located" in payload else None,
        may_be=tuple(payload.get("may_be", ())),
        meant=tuple(Meant(*its) for its in payload.get("meant", ())),
    )


def _located_to_json(located: Located) -> dict[str, Any]:
    place = located.place
    level, basis = place.level and place.level.value, place.basis and place.basis.value
    spelt = {"level": level, "lat": place.lat, "lon": place.lon, "basis": basis, "district": place.district}
    spelt |= {"province": place.province, "country": located.country, "id": located.identifier, "words": located.words}
    return {key: value for key, value in spelt.items() if value not in {None, ""}}


def _located_from_json(spelt: dict[str, Any]) -> Located:
    level = PlaceLevel(spelt["level"]) if "level" in spelt else None
    basis = Basis(spelt["basis"]) if "basis" in spelt else None
    areas = spelt.get("province", ""), spelt.get("district", "")
    place = Place(level, spelt.get("lat"), spelt.get("lon"), basis, *areas)
    return Located(place, spelt.get("country", ""), spelt.get("id", ""), spelt.get("words", ""))


def _numbers(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(numbers: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in numbers)
