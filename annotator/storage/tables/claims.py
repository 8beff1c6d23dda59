"""Claims with their sources and what they are about. start and end are those of the whole content."""

import sqlite3
from collections.abc import Iterable

from annotator.domain.claims import Claim, Source
from annotator.storage.tables.base import Row, Table, loaded_spans, parts_by_owner, stored_spans

_COLUMNS = (
    "id",
    "article_id",
    "start",
    "end",
    "content",
    "quote",
    "cue_start",
    "cue_end",
    "cue",
    "cue_quote",
    "within_id",
    "source_type",
    "manner",
    "act",
    "stance",
    "certainty",
    "medium",
    "wording",
    "unsure",
    "note",
    "author_id",
    "created",
    "changed",
)


def _to_row(claim: Claim) -> Row:
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
    )


def _from_row(row: Row, sources: Iterable[Row] = (), about: Iterable[Row] = ()) -> Claim:
    return Claim(
        id=row[0],
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
            [Source(loaded_spans(start, end, pieces), quote, entity) for entity, start, end, pieces, quote in sources]
        ),
        about=tuple([entity for (entity,) in about]),
    )


class _Claims(Table[Claim]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Claim]) -> None:
        """Adds claims with their sources."""
        claims = tuple(records)
        super().insert(connection, claims)
        for claim in claims:
            _insert_parts(connection, claim)

    def update(self, connection: sqlite3.Connection, record: Claim) -> None:
        """Writes the claim; its sources anew."""
        super().update(connection, record)
        _delete_parts(connection, record)
        _insert_parts(connection, record)

    def delete(self, connection: sqlite3.Connection, record: Claim) -> None:
        """Takes the claim and its sources away."""
        _delete_parts(connection, record)
        super().delete(connection, record)

    def from_rows(self, connection: sqlite3.Connection, rows: list[Row]) -> list[Claim]:
        """The claims of rows, each with its sources."""
        if not rows:
            return []
        select = 'SELECT claim_id, entity_id, start, "end", spans, quote FROM claim_source'
        sources = parts_by_owner(connection, select, "claim_id", rows)
        about = parts_by_owner(connection, "SELECT claim_id, entity_id FROM claim_about", "claim_id", rows)
        return [_from_row(row, sources.get(row[0], ()), about.get(row[0], ())) for row in rows]


def _insert_parts(connection: sqlite3.Connection, claim: Claim) -> None:
    sources = [
        (claim.id, number, source.entity, *stored_spans(source.spans), source.quote)
        for number, source in enumerate(claim.sources)
    ]
    insert = 'INSERT INTO claim_source (claim_id, number, entity_id, start, "end", spans, quote)'
    connection.executemany(f"{insert} VALUES (?, ?, ?, ?, ?, ?, ?)", sources)
    about = [(claim.id, number, entity) for number, entity in enumerate(claim.about)]
    connection.executemany("INSERT INTO claim_about (claim_id, number, entity_id) VALUES (?, ?, ?)", about)


def _delete_parts(connection: sqlite3.Connection, claim: Claim) -> None:
    connection.execute("DELETE FROM claim_source WHERE claim_id = ?", (claim.id,))
    connection.execute("DELETE FROM claim_about WHERE claim_id = ?", (claim.id,))


CLAIMS = _Claims("claim", Claim, _COLUMNS, _to_row, _from_row)
