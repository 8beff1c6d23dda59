"""GeoJSON of the places: a point for each, with its level, what its coordinates rest on, and how often it is named.

RFC 7946: WGS 84, longitude before latitude.
"""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.corpus import AnnotatedArticle, Corpus
from annotator.domain.entities import PLACE, Entity
from annotator.domain.found import Losses
from annotator.domain.ids import EntityId
from annotator.formats.files import whole_file


class GeoJsonWriter:
    """Writes a FeatureCollection, one feature a line. Memory grows with the places only."""

    key = "geojson"
    title = "Places (GeoJSON)"
    suffix = ".geojson"
    is_folder = False
    cannot = ("anything but places with coordinates",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done."""
        counts = _Counts()
        with whole_file(target) as file:
            for done, annotated in enumerate(corpus.articles(), start=1):
                counts.add(annotated)
                yield done
            file.write('{"type":"FeatureCollection","features":[')
            before = "\n"
            for entity in corpus.entities():
                if entity.place.point is not None:
                    feature = json.dumps(_feature(entity, counts), ensure_ascii=False, separators=(",", ":"))
                    further = len(entity.ids) - len({one.scheme for one in entity.ids})
                    losses.add("further identifiers of a place in the same register", further)
                    file.write(f"{before}{feature}")
                    before = ",\n"
                elif entity.kind == PLACE or entity.place:
                    losses.add("places without coordinates")
            file.write("\n]}\n")


class _Counts:
    """How often each entity is mentioned, in how many articles, and in how many claims it has a part."""

    def __init__(self) -> None:
        self.mentions: Counter[EntityId] = Counter()
        self.articles: Counter[EntityId] = Counter()
        self.claims: Counter[EntityId] = Counter()
        self.events: Counter[EntityId] = Counter()

    def add(self, annotated: AnnotatedArticle) -> None:
        """Counts one article."""
        mentioned = [mention.entity for mention in annotated.mentions if mention.entity]
        self.mentions.update(mentioned)
        self.articles.update(set(mentioned))
        for claim in annotated.claims:
            self.claims.update(claim.entities)
            self.events.update([claim.event.place] if claim.event.place else [])


def _feature(entity: Entity, counts: _Counts) -> dict[str, Any]:
    place = entity.place
    assert place.lat is not None
    properties = {
        "name": entity.name,
        "names": list(entity.names),
        "kind": entity.kind,
        "level": place.level,
        "basis": place.basis,
        "province": place.province or None,
        "district": place.district or None,
        "country": entity.country or None,
        "ids": {one.scheme: one.value for one in reversed(entity.ids)},
        "description": entity.description or None,
        "mentions": counts.mentions[entity.id],
        "articles": counts.articles[entity.id],
        "claims": counts.claims[entity.id],
        "events": counts.events[entity.id],
    }
    return {
        "type": "Feature",
        "id": entity.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": properties,
    }
