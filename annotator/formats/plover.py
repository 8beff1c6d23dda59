"""Event rows as JSON Lines in the field names of PLOVER, the Political Language Ontology for Verifiable Event Records.

One line for each event. PLOVER requires id, date, actor and event; what a row does not have is null and named in lacks.
Fields of our own beside PLOVER's: numbers, denied_by, source_original, source_office, claims, estimated, lacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from annotator.domain.accounts import Account
from annotator.domain.corpus import Corpus
from annotator.domain.entities import Entity
from annotator.domain.events import Quantity
from annotator.domain.found import Losses
from annotator.domain.identifiers import GEONAMES, WIKIDATA
from annotator.domain.ids import EntityId
from annotator.formats.files import whole_file
from annotator.formats.happenings import Happening, gather
from annotator.formats.json_lines import json_line

_SIZES = {"killed": "dead", "injured": "injured", "detained": "arrested"}
"""What PLOVER calls the numbers it knows."""


@dataclass(frozen=True, slots=True)
class PloverWriter:
    """Writes PLOVER records. is_estimated gives “dozens” and the like ACLED's lowest reading."""

    is_estimated: bool = False
    key: ClassVar[str] = "plover"
    title: ClassVar[str] = "Events (PLOVER JSON Lines)"
    suffix: ClassVar[str] = ".jsonl"
    is_folder: ClassVar[bool] = False
    cannot: ClassVar[tuple[str, ...]] = (
        "claims in which nothing is said to have happened",
        "the texts and where in them anything stands",
        "identifiers of actors other than Wikidata's, and of places other than GeoNames'",
    )

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        coders = {one.id: one.name for one in corpus.annotators()}
        counted: set[tuple[EntityId, str]] = set()
        with whole_file(target) as file:

            def take(happening: Happening) -> None:
                losses.add("further identifiers of an entity in the same register", _further(happening, counted))
                file.write(json_line(_record(happening, coders)))

            yield from gather(corpus, take, losses, is_estimated=self.is_estimated)


def _further(happening: Happening, counted: set[tuple[EntityId, str]]) -> int:
    """How many identifiers have no place beside another of their register; each entity's count once in a file."""
    place = happening.row.place
    held = [(actor, WIKIDATA) for actor in (*happening.actors, *happening.recipients)]
    held += [(place, GEONAMES)] if place else []
    new = {(entity.id, scheme): entity for entity, scheme in held if (entity.id, scheme) not in counted}
    counted.update(new)
    return sum(max(len(_ids(entity, scheme)) - 1, 0) for (_, scheme), entity in new.items())


def _ids(entity: Entity, scheme: str) -> list[str]:
    return [one.value for one in entity.ids if one.scheme == scheme]


def _record(happening: Happening, coders: dict[Any, str]) -> dict[str, Any]:
    row, days = happening.row, happening.days
    claims = [account.claim for account in happening.accounts]
    return {
        "id": happening.id,
        "date": days.earliest or None,
        "enddate": days.latest or None,
        "actor": [_actor(actor) for actor in happening.actors] or None,
        "recipient": [_actor(recipient) for recipient in happening.recipients],
        "event": [row.type] if row.type else None,
        "mode": list(dict.fromkeys(mode for account in happening.told if (mode := account.claim.event.mode))),
        "event_loc": _place(happening),
        "event_text": [account.words for account in happening.told],
        "size": {
            _SIZES.get(what, what): best
            for what in happening.whats
            if (best := happening.figures(what).best) is not None
        },
        "numbers": [_number(account, quantity) for account, quantity in happening.quantities],
        "estimated": [what for what in happening.whats if happening.figures(what).is_estimated],
        "source_original": list(row.sources),
        "source_office": list(row.offices),
        "denied_by": list(row.denied_by),
        "cite_info": _citations(happening),
        "coder": list(dict.fromkeys(coders.get(claim.author, claim.author) for claim in claims)),
        "coded_date": max(claim.changed for claim in claims)[:10],
        "claims": list(row.claims),
        "lacks": list(happening.row.lacks),
    }


def _actor(entity: Entity) -> dict[str, Any]:
    found = {
        "code": entity.country,
        "sector": list(entity.sectors),
        "identifier_text": entity.name,
        "identifier_id": next(iter(_ids(entity, WIKIDATA)), ""),
        "office": entity.role,
        "kind": entity.kind,
        "entity": entity.id,
    }
    return {name: value for name, value in found.items() if value}


def _place(happening: Happening) -> dict[str, Any] | None:
    entity, place = happening.row.place, happening.place
    if entity is None:
        return None
    numbers = _ids(entity, GEONAMES)
    point = place.point or (None, None)
    found = {
        "name": entity.name,
        "geonameid": int(numbers[0]) if numbers and numbers[0].isdecimal() else None,
        "latitude": point[0],
        "longitude": point[1],
        "cc3": entity.country or None,
        "admin1": place.province or None,
        "admin2": place.district or None,
        "level": place.level,
        "basis": place.basis,
        "relation": happening.row.relation or None,
        "resolution": happening.codes.plover_resolution,
        "entity": entity.id,
    }
    return {name: value for name, value in found.items() if value is not None}


def _number(account: Account, quantity: Quantity) -> dict[str, Any]:
    found = {
        "what": quantity.what,
        "whom": account.name(quantity.whom) or None,
        "words": quantity.words or None,
        "low": quantity.low,
        "best": quantity.best,
        "high": quantity.high,
        "claim": account.claim.id,
    }
    return {name: value for name, value in found.items() if value is not None}


def _citations(happening: Happening) -> list[dict[str, str]]:
    articles = {account.article.id: account.article for account in happening.accounts}
    fields = ("title", "url", "language", "publisher", "published", "id")
    return [
        {
            {"publisher": "publication", "published": "date"}.get(field, field): value
            for field in fields
            if (value := str(getattr(article, field)))
        }
        for article in articles.values()
    ]
