"""Reading a project's claims from start to end over a connection of its own, in short steps beside the open window.

A long statement would hold a lock and make the next gesture wait, so every step reads some thousand rows and lets go.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from annotator.domain.attributes import Attribute
from annotator.domain.claim_lists import ClaimFilter, ClaimOrder, Found, ProblemKind
from annotator.domain.ids import ClaimId
from annotator.domain.links import Link
from annotator.storage.connection import connect, translated
from annotator.storage.tables.claims import NAMING
from annotator.storage.tables.links import LINKS

_STEP = 2_000
_SORTED_BY = 60
"""Letters of a text that count in sorting."""

_WORDS = "CASE WHEN c.wording != '' THEN c.wording ELSE c.quote END"
_KEYS = {
    ClaimOrder.ARTICLE: "printf('%012d%012d', a.seq, c.start)",
    ClaimOrder.EVENT: "printf('%012d%012d', a.seq, c.start)",
    ClaimOrder.SOURCE: f"coalesce(e.name, s.quote, '') || char(0) || substr({_WORDS}, 1, {_SORTED_BY})",
    ClaimOrder.CONTENT: f"substr({_WORDS}, 1, {_SORTED_BY})",
    ClaimOrder.STANCE: "c.stance",
    ClaimOrder.PLACE: "coalesce(p.name, char(0x10ffff))",
    ClaimOrder.DATE: "coalesce(nullif(c.event_earliest, ''), nullif(c.event_latest, ''), char(0x10ffff))",
    ClaimOrder.NUMBER: "printf('%020d', 9223372036854775806 - coalesce(q.best, q.low, q.high, -1))",
}
_FROM = (
    "FROM claim c JOIN article a ON a.id = c.article_id "
    "LEFT JOIN claim_source s ON s.claim_id = c.id AND s.number = 0 LEFT JOIN entity e ON e.id = s.entity_id "
    "LEFT JOIN entity p ON p.id = c.place_id "
    "LEFT JOIN claim_quantity q ON q.claim_id = c.id AND q.number = 0"
)


def claim_of(key: str) -> ClaimId:
    """The id at the end of a key."""
    return ClaimId(key[key.rindex("\0") + 1 :])


class ClaimReader:
    """Made and used in one thread."""

    def __init__(self, project: Path) -> None:
        with translated(project):
            self._connection = connect(project, read_only=True)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def count(self) -> int:
        """How many claims there are."""
        return int(self._connection.execute("SELECT count(*) FROM claim").fetchone()[0])

    def keys(self, order: ClaimOrder, wanted: ClaimFilter) -> Iterator[tuple[int, list[str]]]:
        """The claims that pass, step by step: rows read, and for each claim the key it sorts by with its id at the end.

        One string for both: a hundred thousand pairs would make the garbage collector look through the whole program,
        and the window stands still meanwhile.
        """
        conditions, values = _conditions(wanted)
        where = " AND ".join(["c.rowid > :after", "c.rowid <= :upto", *conditions])
        select = f"SELECT {_KEYS[order]}, c.id {_FROM} WHERE {where}"
        for done, bounds in self._steps():
            rows = self._connection.execute(select, {**values, **bounds}).fetchall()
            yield done, [f"{str(key).casefold()}\0{id_}" for key, id_ in rows]

    def _steps(self) -> Iterator[tuple[int, dict[str, int]]]:
        done, after = 0, 0
        while True:
            upto = self._connection.execute(
                "SELECT max(rowid), count(*) FROM (SELECT rowid FROM claim WHERE rowid > ? ORDER BY rowid LIMIT ?)",
                (after, _STEP),
            ).fetchone()
            if upto[0] is None:
                return
            done += upto[1]
            yield done, {"after": after, "upto": upto[0]}
            after = upto[0]

    def links(self) -> list[Link]:
        """All links between claims."""
        return LINKS.read(self._connection, "from_claim_id IS NOT NULL ORDER BY id")

    def problems(self, required: Sequence[Attribute], *, needs_event: bool) -> Iterator[tuple[int, list[Found]]]:
        """What is wrong with the claims, step by step, with how many claims were looked at."""
        checks = dict(_PROBLEMS)
        missing = [_is_empty(attribute, f":key{number}") for number, attribute in enumerate(required)]
        keys = {f"key{number}": attribute.key for number, attribute in enumerate(required)}
        missing += ["c.event_type = ''"] if needs_event else []
        if missing:
            checks[ProblemKind.MISSING] = ("", f"({' OR '.join(missing)})")
        for done, bounds in self._steps():
            found: list[Found] = []
            for kind, (joins, condition) in checks.items():
                rows = self._connection.execute(
                    f"SELECT DISTINCT c.id, c.article_id, {_WORDS}, a.title "
                    f"FROM claim c JOIN article a ON a.id = c.article_id {joins} "
                    f"WHERE c.rowid > :after AND c.rowid <= :upto AND {condition}",
                    {**keys, **bounds},
                )
                found += [Found(kind, *row) for row in rows.fetchall()]
            yield done, found

    def broken_links(self, labels: frozenset[str]) -> list[Found]:
        """The claims at the beginning of links whose label the schema does not know any more."""
        rows = self._connection.execute(
            f"SELECT DISTINCT c.id, c.article_id, {_WORDS}, a.title FROM link l JOIN claim c ON c.id = l.from_claim_id "
            "JOIN article a ON a.id = c.article_id WHERE l.label NOT IN (SELECT value FROM json_each(?)) ORDER BY c.id",
            (json.dumps(sorted(labels)),),
        )
        return [Found(ProblemKind.BROKEN_LINK, *row) for row in rows.fetchall()]


def _is_empty(attribute: Attribute, key: str) -> str:
    """The condition that a claim lacks a value; key is what stands for the attribute's."""
    if attribute.key == "about":
        return "NOT EXISTS (SELECT 1 FROM claim_about b WHERE b.claim_id = c.id)"
    if attribute.key == "said_on":
        return "c.said_words = '' AND c.said_earliest = '' AND c.said_latest = ''"
    if attribute.is_field:
        return f"c.{attribute.key} = ''"
    return f"NOT EXISTS (SELECT 1 FROM json_each(nullif(c.attributes, '')) j WHERE j.key = {key})"


def _conditions(wanted: ClaimFilter) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    values: dict[str, Any] = {}
    words = wanted.words.casefold().split()
    if words:
        texts = " || ' ' || ".join(
            ("c.wording", "c.quote", "coalesce(e.name, '')", "coalesce(s.quote, '')", "coalesce(p.name, '')", "a.title")
        )
        conditions.append(f"has_words({texts}, :words)")
        values["words"] = "\0".join(words)
    if wanted.stance:
        conditions.append("c.stance = :stance")
        values["stance"] = wanted.stance
    if wanted.entity is not None:
        conditions.append(f"c.id IN ({NAMING})")
        values["entity"] = wanted.entity
    if wanted.since:
        conditions.append("(c.event_latest >= :since OR c.event_latest = '' AND c.event_earliest != '')")
        values["since"] = wanted.since
    if wanted.until:
        conditions.append("(c.event_earliest != '' OR c.event_latest != '')")
        conditions.append("substr(c.event_earliest, 1, length(:until)) <= :until")
        values["until"] = wanted.until
    if wanted.at_least is not None:
        more = "SELECT 1 FROM claim_quantity n WHERE n.claim_id = c.id AND coalesce(n.high, n.best, n.low) >= :least"
        conditions.append(f"EXISTS ({more})")
        values["least"] = wanted.at_least
    if wanted.is_linked:
        conditions.append("EXISTS (SELECT 1 FROM link l WHERE l.from_claim_id = c.id OR l.to_claim_id = c.id)")
    return conditions, values


_PROBLEMS = {
    ProblemKind.NO_SOURCE: (
        "",
        "c.source_type != 'article' AND NOT EXISTS (SELECT 1 FROM claim_source s WHERE s.claim_id = c.id)",
    ),
    ProblemKind.NO_CONTENT: ("", "trim(c.quote) = ''"),
    ProblemKind.UNKNOWN_SOURCE: ("JOIN claim_source s ON s.claim_id = c.id", "s.entity_id IS NULL"),
    ProblemKind.OUTSIDE: (
        "JOIN claim o ON o.id = c.within_id",
        '(c.article_id != o.article_id OR c.start < o.start OR c."end" > o."end")',
    ),
    ProblemKind.NO_POINT: (
        "JOIN entity p ON p.id = c.place_id",
        "p.lat IS NULL AND coalesce(p.coordinate_basis, '') != 'unknown'",
    ),
    ProblemKind.NO_DAYS: (
        "",
        "(c.event_words != '' AND c.event_earliest = '' AND c.event_latest = '' "
        "OR c.said_words != '' AND c.said_earliest = '' AND c.said_latest = '')",
    ),
    ProblemKind.NO_NUMBER: (
        "JOIN claim_quantity q ON q.claim_id = c.id",
        "q.low IS NULL AND q.best IS NULL AND q.high IS NULL",
    ),
}
"""Joins and a condition for each kind of problem that one statement can find."""
