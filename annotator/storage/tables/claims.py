"""Claims with their sources, what they are about, and the event they tell of. start and end are the whole content's."""

import sqlite3
from collections.abc import Iterable
from itertools import chain

from annotator.domain.claims import Claim, Source
from annotator.domain.events import Event, Quantity, When
from annotator.storage.tables.base import (
    Row,
    Table,
    loaded_spans,
    loaded_values,
    parts_by_owner,
    stored_spans,
    stored_values,
)

_COLUMNS = (
    *("id", "article_id", "start", "end", "content", "quote"),
    *("cue_start", "cue_end", "cue", "cue_quote", "within_id"),
    *("source_type", "manner", "act", "stance", "certainty", "medium", "wording", "unsure", "note"),
    *("author_id", "created", "changed"),
    *("addressee_id", "addressee_start", "addressee_end", "addressee", "addressee_quote"),
    *("medium_start", "medium_end", "medium_spans", "medium_quote", "author_stance"),
    *("said_words", "said_earliest", "said_latest", "said_start", "said_end", "said_spans"),
    *("event_type", "event_mode", "place_id", "place_relation"),
    *("event_words", "event_earliest", "event_latest", "event_start", "event_end", "event_spans"),
    *("attributes", "derived_from"),
)

NAMING = (
    "SELECT claim_id FROM claim_source WHERE entity_id = :entity "
    "UNION SELECT claim_id FROM claim_about WHERE entity_id = :entity "
    "UNION SELECT claim_id FROM claim_party WHERE entity_id = :entity "
    "UNION SELECT claim_id FROM claim_quantity WHERE whom_id = :entity "
    "UNION SELECT id FROM claim WHERE addressee_id = :entity "
    "UNION SELECT id FROM claim WHERE place_id = :entity"
)
"""The ids of the claims that name :entity anywhere, each part by its index."""

NAMED_IN = (
    "SELECT s.entity_id FROM claim c JOIN claim_source s ON s.claim_id = c.id WHERE c.article_id = :article "
    "UNION SELECT b.entity_id FROM claim c JOIN claim_about b ON b.claim_id = c.id WHERE c.article_id = :article "
    "UNION SELECT p.entity_id FROM claim c JOIN claim_party p ON p.claim_id = c.id WHERE c.article_id = :article "
    "UNION SELECT q.whom_id FROM claim c JOIN claim_quantity q ON q.claim_id = c.id WHERE c.article_id = :article "
    "UNION SELECT addressee_id FROM claim WHERE article_id = :article "
    "UNION SELECT place_id FROM claim WHERE article_id = :article"
)
"""The ids of the entities that the claims of :article name."""


def _to_row(claim: Claim) -> Row:
    addressee, event = claim.addressee, claim.event
    return (
        claim.id,
        claim.article,
        *stored_spans(claim.content),
        claim.quote,
        *stored_spans(claim.cue),
        claim.cue_quote,
        claim.within,
        claim.source_type,
        claim.manner,
        claim.act,
        claim.stance,
        claim.certainty,
        claim.medium,
        claim.wording,
        int(claim.unsure),
        claim.note,
        claim.author,
        claim.created,
        claim.changed,
        addressee.entity if addressee else None,
        *stored_spans(addressee.spans if addressee else ()),
        addressee.quote if addressee else "",
        *stored_spans(claim.medium_spans),
        claim.medium_quote,
        claim.author_stance,
        *_stored_when(claim.said_on),
        event.type,
        event.mode,
        event.place,
        event.relation,
        *_stored_when(event.date),
        stored_values(claim.attributes),
        claim.derived_from,
    )


def _stored_when(when: When) -> Row:
    return (when.words, when.earliest, when.latest, *stored_spans(when.spans))


def _loaded_when(row: Row) -> When:
    words, earliest, latest, start, end, pieces = row
    return When(words, earliest, latest, loaded_spans(start, end, pieces))


def _from_row(row: Row, parts: "_Parts") -> Claim:
    id_ = row[0]
    return Claim(
        id=id_,
        article=row[1],
        content=loaded_spans(row[2], row[3], row[4]),
        quote=row[5],
        cue=loaded_spans(row[6], row[7], row[8]),
        cue_quote=row[9],
        within=row[10],
        source_type=row[11],
        manner=row[12],
        act=row[13],
        stance=row[14],
        certainty=row[15],
        medium=row[16],
        wording=row[17],
        unsure=bool(row[18]),
        note=row[19],
        author=row[20],
        created=row[21],
        changed=row[22],
        sources=tuple(
            [
                Source(loaded_spans(start, end, spans), quote, entity)
                for entity, start, end, spans, quote in parts.sources(id_)
            ]
        ),
        about=tuple([entity for (entity,) in parts.about(id_)]),
        addressee=_addressee(row[23:28]),
        medium_spans=loaded_spans(row[28], row[29], row[30]),
        medium_quote=row[31],
        author_stance=row[32],
        said_on=_loaded_when(row[33:39]),
        event=_event(row[39:43], row[43:49], parts.parties(id_), parts.quantities(id_)),
        attributes=loaded_values(row[49]),
        derived_from=row[50],
    )


def _addressee(row: Row) -> Source | None:
    entity, start, end, pieces, quote = row
    return None if entity is None and start is None else Source(loaded_spans(start, end, pieces), quote, entity)


def _event(row: Row, date: Row, parties: Iterable[Row], quantities: Iterable[Row]) -> Event:
    type_, mode, place, relation = row
    pairs = list(parties)
    return Event(
        type=type_,
        mode=mode,
        actors=tuple(entity for role, entity in pairs if role == "actor"),
        recipients=tuple(entity for role, entity in pairs if role == "recipient"),
        place=place,
        relation=relation,
        date=_loaded_when(date),
        quantities=tuple(
            Quantity(what, words, loaded_spans(start, end, spans), whom, low, best, high)
            for what, words, start, end, spans, whom, low, best, high in quantities
        ),
    )


class _Parts:
    """The rows that hang on some claims, read with one statement a table."""

    def __init__(self, connection: sqlite3.Connection, rows: list[Row]) -> None:
        def read(columns: str, table: str) -> dict[str, list[Row]]:
            return parts_by_owner(connection, f"SELECT claim_id, {columns} FROM {table}", "claim_id", rows)

        self._sources = read('entity_id, start, "end", spans, quote', "claim_source")
        self._about = read("entity_id", "claim_about")
        self._parties = read("role, entity_id", "claim_party")
        self._quantities = read('what, words, start, "end", spans, whom_id, low, best, high', "claim_quantity")

    def sources(self, claim: str) -> Iterable[Row]:
        return self._sources.get(claim, ())

    def about(self, claim: str) -> Iterable[Row]:
        return self._about.get(claim, ())

    def parties(self, claim: str) -> Iterable[Row]:
        return self._parties.get(claim, ())

    def quantities(self, claim: str) -> Iterable[Row]:
        return self._quantities.get(claim, ())


class _Claims(Table[Claim]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Claim]) -> None:
        """Adds claims with all that hangs on them."""
        claims = tuple(records)
        super().insert(connection, claims)
        _insert_parts(connection, claims)

    def update(self, connection: sqlite3.Connection, record: Claim) -> None:
        """Writes the claim; its parts anew."""
        super().update(connection, record)
        _delete_parts(connection, record)
        _insert_parts(connection, (record,))

    def delete(self, connection: sqlite3.Connection, record: Claim) -> None:
        """Takes the claim and its parts away."""
        _delete_parts(connection, record)
        super().delete(connection, record)

    def from_rows(self, connection: sqlite3.Connection, rows: list[Row]) -> list[Claim]:
        """The claims of rows, each with its parts."""
        if not rows:
            return []
        parts = _Parts(connection, rows)
        return [_from_row(row, parts) for row in rows]


_PARTS = (
    ('claim_source (claim_id, number, entity_id, start, "end", spans, quote)', 7),
    ("claim_about (claim_id, number, entity_id)", 3),
    ("claim_party (claim_id, number, role, entity_id)", 4),
    ('claim_quantity (claim_id, number, what, words, start, "end", spans, whom_id, low, best, high)', 11),
)
_INSERTS = tuple(f"INSERT INTO {columns} VALUES ({', '.join('?' * count)})" for columns, count in _PARTS)


def _insert_parts(connection: sqlite3.Connection, claims: Iterable[Claim]) -> None:
    tables: tuple[list[Row], ...] = tuple([] for _ in _INSERTS)
    for claim in claims:
        for rows, group in zip(tables, _parts_of(claim), strict=True):
            rows.extend((claim.id, number, *values) for number, values in enumerate(group))
    for insert, rows in zip(_INSERTS, tables, strict=True):
        if rows:
            connection.executemany(insert, rows)


def _parts_of(claim: Claim) -> tuple[Iterable[Row], ...]:
    """What hangs on a claim: the rows of each table, without the claim and the number."""
    event = claim.event
    return (
        ((source.entity, *stored_spans(source.spans), source.quote) for source in claim.sources),
        ((entity,) for entity in claim.about),
        chain((("actor", one) for one in event.actors), (("recipient", one) for one in event.recipients)),
        ((q.what, q.words, *stored_spans(q.spans), q.whom, q.low, q.best, q.high) for q in event.quantities),
    )


def _delete_parts(connection: sqlite3.Connection, claim: Claim) -> None:
    for table in ("claim_source", "claim_about", "claim_party", "claim_quantity"):
        connection.execute(f"DELETE FROM {table} WHERE claim_id = ?", (claim.id,))


def _bare(row: Row) -> Claim:
    raise NotImplementedError("a claim is read with its parts")


CLAIMS = _Claims("claim", Claim, _COLUMNS, _to_row, _bare)
