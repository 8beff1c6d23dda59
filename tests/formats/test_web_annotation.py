"""Web Annotations are JSON-LD that others understand, and those of others are read as far as they can be placed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib.namespace import RDF

from annotator.domain.identifiers import Identifier
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.formats.web_annotation import CONTEXT, WebAnnotation
from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.round_trip import VALLEY, hard_corpus, read_all, written

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
TERMS = Path(__file__).with_name("anno_context.json")
TEXT = "Ana said no. Bo said no. 🙂 Ana left."


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[SnapshotCorpus]:
    with hard_corpus(tmp_path) as found:
        yield found


@pytest.mark.filterwarnings("ignore:.*is deprecated:DeprecationWarning:rdflib")
def test_it_is_json_ld_with_all_annotations(corpus: SnapshotCorpus, tmp_path: Path) -> None:
    written(WebAnnotation(), corpus, tmp_path / "out.jsonld")
    data = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))
    assert data["@context"] == CONTEXT
    data["@context"] = json.loads(TERMS.read_text(encoding="utf-8"))
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    articles = list(corpus.articles())
    for annotated in articles:
        about = rdflib.URIRef(f"urn:uuid:{annotated.article.id}")
        assert str(graph.value(about, RDF.value)) == annotated.text
        marked: list[tuple[str, tuple[Span, ...]]] = [(one.id, one.spans) for one in annotated.mentions]
        marked += [(one.id, one.content) for one in annotated.claims]
        for key, spans in marked:
            node = rdflib.URIRef(f"urn:uuid:{key}")
            assert (node, RDF.type, OA.Annotation) in graph
            assert sorted(_places(graph, node, annotated.text)) == [(span.start, span.end) for span in spans]
    terms = {str(term) for triple in graph for term in triple[1:2]}
    assert all(term.startswith("http") for term in terms)
    records = sum(len(one.mentions) + len(one.claims) + len(one.zones) for one in articles)
    parts = sum(bool(claim.cue) + sum(bool(s.spans) for s in claim.sources) for one in articles for claim in one.claims)
    assert len(list(graph.subjects(RDF.type, OA.Annotation))) == records + parts


def _places(graph: rdflib.Graph, node: Any, text: str) -> Iterator[tuple[int, int]]:
    for target in graph.objects(node, OA.hasTarget):
        kinds = {graph.value(selector, RDF.type): selector for selector in graph.objects(target, OA.hasSelector)}
        position, quote = kinds[OA.TextPositionSelector], kinds[OA.TextQuoteSelector]
        start, end = (int(str(graph.value(position, term))) for term in (OA.start, OA.end))
        before, exact, after = (str(graph.value(quote, term) or "") for term in (OA.prefix, OA.exact, OA.suffix))
        assert text[start:end] == exact
        assert text[max(0, start - 32) : end + 32] == before + exact + after
        yield start, end


def page(*annotations: dict[str, Any], text: str = TEXT) -> dict[str, Any]:
    """A page with a text of its own."""
    return {"type": "AnnotationPage", "schema:about": {"id": "urn:x", "value": text}, "items": list(annotations)}


def note(start: int, end: int, exact: str = "", **more: Any) -> dict[str, Any]:
    """An annotation of a stretch."""
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if exact:
        selectors.append({"type": "TextQuoteSelector", "exact": exact})
    target = {"source": "urn:x", "selector": selectors}
    body = {"type": "TextualBody", "purpose": "tagging", "value": "person"}
    return {"id": f"urn:a:{start}", "type": "Annotation", "body": body, "target": target, **more}


def read_one(tmp_path: Path, data: Any, name: str = "notes.jsonld") -> Any:
    path = tmp_path / name
    path.write_text(json.dumps(data), encoding="utf-8")
    assert WebAnnotation().recognises(path, path.read_bytes()[:4096])
    return read_all(WebAnnotation(), path)


def test_a_position_that_does_not_fit_its_words_is_reported_not_moved(tmp_path: Path) -> None:
    (one,), findings = read_one(tmp_path, page(note(1, 3, "Bo"), note(0, 3, "Ana"), note(0, 99), note(5, 8, "Ana")))
    assert [mention.spans for mention in one.mentions] == [(Span(0, 3),)]
    assert [str(problem) for problem in findings.problems] == [
        "notes.jsonld, line 1: the annotation “urn:a:1” was left out: it says “Bo” where the text has “na”; "
        "these words stand at 13 to 15",
        "notes.jsonld, line 1: the annotation “urn:a:0” was left out: 0 to 99 is no stretch of the text, which has "
        f"{len(TEXT)} characters",
        "notes.jsonld, line 1: the annotation “urn:a:5” was left out: it says “Ana” where the text has “aid”",
    ]


def test_a_browser_s_utf_16_places_are_known_by_their_words(tmp_path: Path) -> None:
    at = TEXT.index("🙂")
    (one,), findings = read_one(tmp_path, page(note(0, 3, "Ana"), note(at + 3, at + 6, "Ana")))
    assert [mention.spans for mention in one.mentions] == [(Span(0, 3),), (Span(at + 2, at + 5),)]
    assert "UTF-16" in str(findings.problems[0])


def test_places_of_a_browser_that_are_none_are_told(tmp_path: Path) -> None:
    at = TEXT.index("🙂")
    end = len(TEXT) + 1
    bad: list[Any] = [(at + 1, at + 4), (0, at + 1), ("0", 3), (0, "3"), (0, end + 1), (end + 1, end + 2)]
    good = [note(0, 3, "Ana"), note(end - 1, end, ".")]
    (one,), findings = read_one(tmp_path, page(*good, *(note(*place) for place in bad)))
    assert [mention.spans[0].cut(TEXT) for mention in one.mentions] == ["Ana", "."]
    assert [problem.reason.partition("was left out: ")[2] for problem in findings.problems[1:]] == [
        f"{at + 1} is no place between two letters",
        f"{at + 1} is no place between two letters",
        "start and end are no whole numbers",
        "start and end are no whole numbers",
        f"{end + 1} is no place between two letters",
        f"{end + 1} is no place between two letters",
    ]


def test_the_examples_of_the_standard(tmp_path: Path) -> None:
    """Forms of the recommendation: plain bodies, FragmentSelector, a quote alone, refinedBy, several targets."""
    (tmp_path / "page1.txt").write_text(TEXT, encoding="utf-8")
    source = "http://example.org/page1"
    quote = {"type": "TextQuoteSelector", "exact": "no", "prefix": "Bo said ", "suffix": "."}
    inner = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=0,3"}
    annotations = [
        {
            "type": "Annotation",
            "body": "http://www.wikidata.org/entity/Q42",
            "target": f"{source}#char=0,3;length={len(TEXT)},UTF-8",
        },
        {"type": "Annotation", "bodyValue": "A comment", "target": {"source": source, "selector": quote}},
        {
            "type": "Annotation",
            "creator": {"id": "http://example.org/u1", "name": ["Ben"]},
            "motivation": "highlighting",
            "target": [
                {"source": {"id": source}, "selector": {"type": "XPathSelector", "value": "/p", "refinedBy": inner}},
                {"source": source, "selector": {"type": "TextPositionSelector", "start": 4, "end": 8}},
            ],
        },
        {"type": "Annotation", "target": {"source": source, "selector": {"type": "TextQuoteSelector", "exact": "no"}}},
        {"type": "Annotation", "target": "http://example.org/nowhere"},
    ]
    (one,), findings = read_one(tmp_path, {"@context": CONTEXT, "type": "AnnotationPage", "items": annotations})
    assert one.text == TEXT
    assert one.url == source
    assert [(m.label, m.spans, m.note, m.annotator) for m in one.mentions] == [
        ("annotation", (Span(0, 3),), "", ""),
        ("annotation", (Span(21, 23),), "A comment", ""),
        ("highlighting", (Span(0, 3), Span(4, 8)), "", "Ben"),
    ]
    assert [entity.ids for entity in one.entities] == [(Identifier("wikidata", "Q42"),)]
    assert [problem.reason for problem in findings.problems] == [
        "the annotation “4” was left out: “no” does not stand exactly once in the text",
        "the text of “http://example.org/nowhere” is not in the file; put it beside it as “nowhere.txt”",
    ]


def test_an_export_of_hypothesis(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(TEXT, encoding="utf-8")
    rows = [
        {
            "id": "abc",
            "user": "acct:ana@hypothes.is",
            "uri": "https://example.org/story",
            "text": "Who is that?",
            "tags": ["person"],
            "target": [
                {
                    "source": "https://example.org/story",
                    "selector": [
                        {"type": "RangeSelector", "startContainer": "/div[1]", "startOffset": 0},
                        {"type": "TextPositionSelector", "start": 13, "end": 15},
                        {"type": "TextQuoteSelector", "exact": "Bo", "prefix": "no. ", "suffix": " said"},
                    ],
                }
            ],
        }
    ]
    (one,), findings = read_one(tmp_path, {"total": 1, "rows": rows}, "notes.json")
    assert findings.problems == []
    assert [(m.label, m.spans, m.note, m.annotator) for m in one.mentions] == [
        ("person", (Span(13, 15),), "Who is that?", "acct:ana@hypothes.is")
    ]


def test_a_graph_of_texts_and_annotations_apart(tmp_path: Path) -> None:
    apart = note(0, 3) | {"target": [{"source": "urn:x"}, {"source": "urn:y"}]}
    texts = [{"id": "urn:x", "value": TEXT, "language": "en"}, {"id": "urn:y", "value": "Bo left."}]
    other = note(0, 2) | {"target": {"source": "urn:y", "selector": {"type": "TextQuoteSelector", "exact": "Bo"}}}
    found, findings = read_one(tmp_path, {"@context": CONTEXT, "@graph": [note(0, 3), apart, *texts, other]})
    assert [(one.text, one.language, [m.spans for m in one.mentions]) for one in found] == [
        (TEXT, "en", [(Span(0, 3),)]),
        ("Bo left.", "", [(Span(0, 2),)]),
    ]
    assert (findings.problems, findings.left_out) == ([], {"annotations without one text that they belong to": 1})


def test_a_text_that_nobody_annotated_comes_in_and_one_that_cannot_is_named(tmp_path: Path) -> None:
    texts = [{"id": "urn:x", "value": TEXT}, {"id": "urn:y", "value": "Bo left.", "schema:headline": "Gone"}]
    wrong = [{"id": "urn:n", "value": ""}, {"id": "urn:b", "type": "TextualBody", "value": "Who?"}]
    found, findings = read_one(tmp_path, {"@context": CONTEXT, "@graph": [*texts, *wrong, note(0, 3)]})
    assert [(one.text, one.title, len(one.mentions)) for one in found] == [(TEXT, TEXT, 1), ("Bo left.", "Gone", 0)]
    assert [problem.reason for problem in findings.problems] == [
        "the text “urn:n” was left out: the text is empty",
        "the text “urn:b” was left out: it is the body of an annotation and stands apart from it",
    ]


def test_targets_that_overlap_and_annotations_without_any_are_told(tmp_path: Path) -> None:
    both = note(0, 3) | {"target": [note(0, 3)["target"], note(2, 5)["target"]]}
    touching = note(5, 8) | {"target": [note(3, 5)["target"], note(0, 3)["target"]]}
    (one,), findings = read_one(tmp_path, page(both, {"id": "urn:a:none"}, touching, {"target": {"source": "urn:x"}}))
    assert [mention.spans for mention in one.mentions] == [(Span(0, 3), Span(3, 5))]
    assert [problem.reason for problem in findings.problems] == [
        "the annotation “urn:a:0” was left out: its targets overlap",
        "the annotation “urn:a:none” was left out: it has no target",
        "the annotation “4” was left out: it selects no stretch of the text",
    ]


def test_bodies_say_labels_and_fields(tmp_path: Path) -> None:
    fields = [
        {"purpose": "classifying", "label": "stance", "value": "doubts"},
        {"purpose": "classifying", "label": "level", "value": "nominal"},
        {"purpose": "classifying", "label": "unsure", "value": "yes"},
    ]
    tags = [{"purpose": "tagging", "value": name} for name in ("person", "group", "group")]
    items = [note(0, 3, body=[*fields, *tags]), note(9, 11, body=[{"purpose": "tagging", "value": "Content"}, *fields])]
    (one,), findings = read_one(tmp_path, page(*items))
    assert [(m.key, m.label, m.level, m.unsure) for m in one.mentions] == [
        ("urn:a:0", "person", "nominal", True),
        ("urn:a:0.2", "group", "nominal", True),
        ("urn:a:0.3", "group", "nominal", True),
    ]
    assert one.mentions[0].attributes == (Value("stance", ("doubts",)),)
    (claim,) = one.claims
    assert (claim.choices, claim.attributes) == ((("stance", "doubts"), ("unsure", "yes")), ())
    assert findings.problems == []


@pytest.mark.parametrize("source", ["../secret", "..", "file:///etc/passwd", "http://[", "a\0b", "x" * 500, "sub/dir/"])
def test_no_address_leads_out_of_the_folder(tmp_path: Path, source: str) -> None:
    (tmp_path / "secret").write_text("hidden", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    one = note(0, 3) | {
        "target": {"source": source, "selector": {"type": "TextPositionSelector", "start": 0, "end": 3}}
    }
    found, findings = read_one(folder, [one])
    assert found == []
    assert len(findings.problems) == 1


def test_the_text_of_the_corpus_has_what_makes_it_hard() -> None:
    assert "\r\n" in VALLEY
    assert max(VALLEY) > "\uffff"
