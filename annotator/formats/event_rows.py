"""Event rows as CSV, in the columns of two event data sets: UCDP's and ACLED's. One row for each event.

A cell that nobody's words fill stays empty; the column lacks says which. Denials count in no number.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from annotator.domain.corpus import Corpus
from annotator.domain.entities import Entity
from annotator.domain.found import Losses
from annotator.domain.ids import EntityId
from annotator.domain.intervals import acled_time_precision, ucdp_date_prec
from annotator.formats.cells import guarded, packed
from annotator.formats.files import whole_path
from annotator.formats.happenings import Figures, Happening, gather, in_words

Get = Callable[[Happening], object]
KILLED = "killed"
"""The number that both data sets are about."""
_CIVILIANS = "CVL"


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _names(entities: Iterable[Entity]) -> str:
    return _joined(entity.name for entity in entities)


def _ids(entities: Iterable[Entity]) -> frozenset[EntityId]:
    return frozenset(entity.id for entity in entities)


def _civilians(happening: Happening) -> frozenset[EntityId]:
    """Those among the counted that the team codes as civilians and that take no part."""
    sides = _ids((*happening.actors, *happening.recipients))
    counted = (a.entities.get(q.whom) for a, q in happening.quantities if q.whom and q.whom not in sides)
    return frozenset(entity.id for entity in counted if entity and entity.sectors[:1] == (_CIVILIANS,))


def _of(whom: frozenset[EntityId], happening: Happening) -> int | None:
    return happening.figures(KILLED, whom).best


def _killed(happening: Happening) -> Figures:
    return happening.figures(KILLED)


def _point(happening: Happening, which: int) -> float | None:
    point = happening.place.point
    return point[which] if point else None


def _from_articles(happening: Happening, field: str) -> str:
    return _joined(str(getattr(account.article, field)) for account in happening.accounts)


def _estimated(happening: Happening) -> str:
    return _joined(what for what in happening.whats if happening.figures(what).is_estimated)


_OURS: tuple[tuple[str, Get], ...] = (
    ("numbers", lambda h: " | ".join(in_words(account, quantity) for account, quantity in h.quantities)),
    ("estimated", _estimated),
    ("denied_by", lambda h: _joined(h.row.denied_by)),
    ("acts", lambda h: _joined(account.claim.act for account in h.told)),
    ("certainty", lambda h: _joined(account.claim.certainty for account in h.told)),
    ("claim_texts", lambda h: " | ".join(account.words for account in h.accounts)),
    ("claims", lambda h: packed(h.row.claims)),
    ("articles", lambda h: packed(dict.fromkeys(account.article.id for account in h.accounts))),
    ("lacks", lambda h: "; ".join(h.row.lacks)),
)
"""What neither data set has a column for and a reader needs: words, denials, ids, and what is missing."""

UCDP: tuple[tuple[str, Get], ...] = (
    ("id", lambda h: h.id),
    ("year", lambda h: h.days.earliest[:4]),
    ("date_start", lambda h: h.days.earliest),
    ("date_end", lambda h: h.days.latest),
    ("date_prec", lambda h: ucdp_date_prec(h.days)),
    ("event_type", lambda h: h.row.type),
    ("side_a", lambda h: _names(h.actors)),
    ("side_b", lambda h: _names(h.recipients)),
    ("where_prec", lambda h: h.codes.ucdp_where),
    ("where_coordinates", lambda h: h.row.place.name if h.row.place else ""),
    ("where_description", lambda h: f"{h.row.relation or 'in'} {h.row.place.name}" if h.row.place else ""),
    ("adm_1", lambda h: h.place.province),
    ("adm_2", lambda h: h.place.district),
    ("latitude", lambda h: _point(h, 0)),
    ("longitude", lambda h: _point(h, 1)),
    ("country", lambda h: h.row.place.country if h.row.place else ""),
    ("deaths_a", lambda h: _of(_ids(h.actors), h)),
    ("deaths_b", lambda h: _of(_ids(h.recipients), h)),
    ("deaths_civilians", lambda h: _of(_civilians(h), h)),
    ("best", lambda h: _killed(h).best),
    ("low", lambda h: _killed(h).low),
    ("high", lambda h: _killed(h).high),
    ("number_of_sources", lambda h: len(h.row.sources)),
    ("source_article", lambda h: _from_articles(h, "url")),
    ("source_headline", lambda h: _from_articles(h, "title")),
    ("source_date", lambda h: _from_articles(h, "published")),
    ("source_office", lambda h: _joined(h.row.offices)),
    ("source_original", lambda h: _joined(h.row.sources)),
    *_OURS,
)

ACLED: tuple[tuple[str, Get], ...] = (
    ("event_id_cnty", lambda h: h.id),
    ("event_date", lambda h: h.days.earliest),
    ("event_date_end", lambda h: h.days.latest),
    ("year", lambda h: h.days.earliest[:4]),
    ("time_precision", lambda h: acled_time_precision(h.days)),
    ("event_type", lambda h: h.row.type),
    ("sub_event_type", lambda h: _joined(account.claim.event.mode for account in h.told)),
    ("actor1", lambda h: _names(h.actors[:1])),
    ("assoc_actor_1", lambda h: _names(h.actors[1:])),
    ("actor2", lambda h: _names(h.recipients[:1])),
    ("assoc_actor_2", lambda h: _names(h.recipients[1:])),
    ("country", lambda h: h.row.place.country if h.row.place else ""),
    ("admin1", lambda h: h.place.province),
    ("admin2", lambda h: h.place.district),
    ("location", lambda h: h.row.place.name if h.row.place else ""),
    ("latitude", lambda h: _point(h, 0)),
    ("longitude", lambda h: _point(h, 1)),
    ("geo_precision", lambda h: h.codes.acled_geo),
    ("source", lambda h: _from_articles(h, "publisher")),
    ("source_original", lambda h: _joined(h.row.sources)),
    ("source_office", lambda h: _joined(h.row.offices)),
    ("fatalities", lambda h: _killed(h).low),
    *_OURS,
)

_CANNOT = ("claims in which nothing is said to have happened", "the texts and where in them anything stands")


@dataclass(frozen=True, slots=True)
class UcdpWriter:
    """Writes events in UCDP's columns. is_estimated gives “dozens” and the like ACLED's lowest reading."""

    is_estimated: bool = False
    key: ClassVar[str] = "ucdp"
    title: ClassVar[str] = "Events (CSV like UCDP's)"
    suffix: ClassVar[str] = ".csv"
    is_folder: ClassVar[bool] = False
    cannot: ClassVar[tuple[str, ...]] = (
        *_CANNOT,
        "UCDP's own codes: conflict, dyad, type of violence, clarity, region, grid",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        return _write(corpus, target, losses, UCDP, is_estimated=self.is_estimated)


@dataclass(frozen=True, slots=True)
class AcledWriter:
    """Writes events in ACLED's columns. fatalities is the lowest number told, as ACLED counts."""

    is_estimated: bool = False
    key: ClassVar[str] = "acled"
    title: ClassVar[str] = "Events (CSV like ACLED's)"
    suffix: ClassVar[str] = ".csv"
    is_folder: ClassVar[bool] = False
    cannot: ClassVar[tuple[str, ...]] = (
        *_CANNOT,
        "ACLED's own codes: disorder type, inter codes, interaction, region, source scale",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        return _write(corpus, target, losses, ACLED, is_estimated=self.is_estimated)


def _write(
    corpus: Corpus, target: Path, losses: Losses, columns: tuple[tuple[str, Get], ...], *, is_estimated: bool
) -> Iterator[int]:
    with whole_path(target) as path, path.open("w", encoding="utf-8", newline="") as file:
        # Without the mark, the spreadsheet most used takes UTF-8 for a Western encoding.
        file.write("\ufeff")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(name for name, _ in columns)
        yield from gather(
            corpus,
            lambda happening: writer.writerow(_cell(get(happening)) for _, get in columns),
            losses,
            is_estimated=is_estimated,
        )


def _cell(value: object) -> str:
    if isinstance(value, str):
        return guarded(value)
    return "" if value is None else str(value)
