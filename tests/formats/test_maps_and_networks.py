"""GeoJSON and GraphML, read back as others read them."""

import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.found import Losses
from annotator.domain.identifiers import Identifier
from annotator.formats.base import Writer
from annotator.formats.geojson import GeoJsonWriter
from annotator.formats.graphml import GraphMlWriter
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import make_annotator, make_article, make_claim, make_entity, make_mention, make_project
from tests.formats.round_trip_brat import MemoryCorpus
from tests.formats.valley import Valley

Filled = tuple[SnapshotCorpus, Valley]


def test_places_with_a_point_are_features(filled: Filled, tmp_path: Path) -> None:
    corpus, valley = filled
    losses = Losses()
    list(GeoJsonWriter().write(corpus, tmp_path / "out.geojson", losses))
    data = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    (feature,) = data["features"]
    assert (data["type"], feature["type"], feature["id"]) == ("FeatureCollection", "Feature", valley.orsa.id)
    assert feature["geometry"] == {"type": "Point", "coordinates": [-69.25, 35.5]}
    properties = feature["properties"]
    assert (properties["name"], properties["level"], properties["basis"]) == ("Orsa", "populated place", "gazetteer")
    assert properties["ids"] == {"geonames": "123", "own": "x"}
    assert [properties[key] for key in ("mentions", "articles", "claims", "events")] == [2, 2, 2, 2]
    assert losses.sentences == ("2 places without coordinates",)


def test_a_corpus_without_places_is_a_map_without_features(tmp_path: Path) -> None:
    from tests.building import a_project

    project = a_project(tmp_path)
    project.close()
    corpus = SnapshotCorpus(project.path)
    list(GeoJsonWriter().write(corpus, tmp_path / "out.geojson", Losses()))
    corpus.close()
    assert json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"] == []


def test_networkx_reads_the_network(filled: Filled, tmp_path: Path) -> None:
    corpus, valley = filled
    losses = Losses()
    list(GraphMlWriter().write(corpus, tmp_path / "out.graphml", losses))
    graph = nx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    kinds = [values["type"] for _, values in graph.nodes(data=True)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"entity": 6, "article": 3, "claim": 5}
    edges = {(origin, target, values["relation"]) for origin, target, values in graph.edges(data=True)}
    assert (valley.battle.id, valley.ruiz.id, "source") in edges
    assert (valley.reports.id, valley.battle.id, "within") in edges
    assert (valley.ruiz.id, valley.front.id, "leads") in edges
    assert (valley.battle.id, valley.twenty.id, "same event") in edges
    assert {relation for _, _, relation in edges} >= {"mentions", "in", "about", "actor", "recipient", "place", "whom"}
    assert graph.nodes[valley.orsa.id]["lat"] == 35.5
    assert losses.sentences == ("1 characters that XML does not allow became �",)


def test_edges_have_their_days(filled: Filled, tmp_path: Path) -> None:
    list(GraphMlWriter().write(filled[0], tmp_path / "out.graphml", Losses()))
    graph = nx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    edges = list(graph.edges(data=True))
    (leads,) = [values for _, _, values in edges if values["relation"] == "leads"]
    assert leads == {"relation": "leads", "since": "2020"}
    assert "identifiers" in " ".join(GraphMlWriter.cannot), "what no node has is named beforehand"


def test_who_is_mentioned_twice_in_an_article_has_one_edge_that_says_so(tmp_path: Path) -> None:
    text, ana, bo = "Ana met Bo. Ana left.", make_entity("Ana"), make_entity("Bo")
    article = make_article(text)
    once = make_mention(article, text, "Ana", entity=ana)
    mentions = (once, make_mention(article, text, "Bo", entity=bo), make_mention(article, text, "Ana left", entity=ana))
    annotated = AnnotatedArticle(article, text, mentions, (), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (ana, bo), (), (annotated,))
    list(GraphMlWriter().write(corpus, tmp_path / "out.graphml", Losses()))
    graph = nx.read_graphml(tmp_path / "out.graphml", force_multigraph=True)
    assert {target: values["count"] for _, target, values in graph.edges(data=True)} == {ana.id: 2, bo.id: 1}


def test_nodes_stand_before_the_edges_that_need_them(filled: Filled, tmp_path: Path) -> None:
    list(GraphMlWriter().write(filled[0], tmp_path / "out.graphml", Losses()))
    known: set[str] = set()
    for _, element in ElementTree.iterparse(tmp_path / "out.graphml"):
        name = element.tag.rpartition("}")[2]
        if name == "node":
            known.add(element.attrib["id"])
        elif name == "edge":
            assert {element.attrib["source"], element.attrib["target"]} <= known


@pytest.mark.parametrize("writer", [GeoJsonWriter(), GraphMlWriter()], ids=lambda writer: writer.key)
def test_the_same_corpus_gives_the_same_bytes(filled: Filled, tmp_path: Path, writer: Writer) -> None:
    for name in ("one", "two"):
        list(writer.write(filled[0], tmp_path / name, Losses()))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_place_with_two_numbers_of_one_register_keeps_the_first_and_tells(tmp_path: Path) -> None:
    ids = (Identifier("wikidata", "Q1"), Identifier("geonames", "5"), Identifier("wikidata", "Q2"))
    place = make_entity("Orsa", "place", place=Place(PlaceLevel.SITE, 1.0, 2.0, Basis.DRAWN), ids=ids)
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (place,), (), ())
    losses = Losses()
    list(GeoJsonWriter().write(corpus, tmp_path / "out.geojson", losses))
    (feature,) = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["ids"] == {"wikidata": "Q1", "geonames": "5"}
    assert losses.sentences == ("1 further identifiers of a place in the same register",)


def test_what_is_known_of_a_place_is_in_its_feature(tmp_path: Path) -> None:
    text = "Ana Ruiz was in Orsa."
    known = Place(PlaceLevel.SITE, 0.0, 2.0, Basis.DRAWN, "Upper Orsava", "Hill")
    full = make_entity("Orsa", "place", place=known, country="AFG", description="A town")
    bare = make_entity("Hill", "place", place=Place(PlaceLevel.SITE, 1.0, 2.0, Basis.DRAWN))
    camp = make_entity("Camp", "armed group", place=Place(PlaceLevel.FUZZY_REGION))
    article = make_article(text)
    mentions = (make_mention(article, text, "Ana Ruiz"), make_mention(article, text, "Orsa", entity=full))
    annotated = AnnotatedArticle(article, text, mentions, (make_claim(article, text, "in Orsa"),), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (full, bare, camp), (), (annotated,))
    losses = Losses()
    list(GeoJsonWriter().write(corpus, tmp_path / "out.geojson", losses))
    places = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    names = ("province", "district", "country", "description", "mentions", "claims", "events")
    assert [[one["properties"][name] for name in names] for one in places] == [
        ["Upper Orsava", "Hill", "AFG", "A town", 1, 0, 0],
        [None, None, None, None, 0, 0, 0],
    ]
    assert losses.sentences == ("1 places without coordinates",)
