"""What doccano, Prodigy, spaCy and Label Studio have exported over the years is read, and what is wrong in it told."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.found import FoundArticle, FoundLink
from annotator.domain.identifiers import Identifier
from annotator.domain.spans import Span
from annotator.formats.base import Reader
from annotator.formats.doccano import Doccano
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from tests.formats.round_trip import read_all

TEXT = "Ana said no. 🙂 Bo left."


def read(tool: Reader, folder: Path, *records: Any, name: str = "export.jsonl") -> tuple[list[FoundArticle], list[str]]:
    """The articles and the problems of a file with these records, one a line."""
    path = folder / name
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    assert tool.recognises(path, path.read_bytes()[:4096])
    found, findings = read_all(tool, path)
    told = [f"{count} {what}" for what, count in findings.left_out.items()]
    return found, [*map(str, findings.problems), *told]


def marked(article: FoundArticle) -> list[tuple[str, str]]:
    """Labels and words of the mentions."""
    return [(one.label, article.text[one.spans[0].start : one.spans[0].end]) for one in article.mentions]


def test_doccano_with_relations(tmp_path: Path) -> None:
    record = {
        "id": 6400,
        "text": TEXT,
        "Comments": ["sure?"],
        "entities": [
            {"id": 1662, "label": "PER", "start_offset": 0, "end_offset": 3},
            {"id": 1663, "label": "PER", "start_offset": 15, "end_offset": 17},
            {"id": 1664, "label": "Content", "start_offset": 9, "end_offset": 11},
            {"id": 1665, "label": "Content", "start_offset": 18, "end_offset": 22},
            {"id": 1666, "label": "Cue", "start_offset": 4, "end_offset": 8},
            {"id": 1667, "label": "PER", "start_offset": 20, "end_offset": 200},
            {"id": 1666, "label": "PER", "start_offset": 0, "end_offset": 1},
        ],
        "relations": [
            {"id": 1, "from_id": 1662, "to_id": 1663, "type": "knows"},
            {"id": 2, "from_id": 1664, "to_id": 1662, "type": "Source"},
            {"id": 3, "from_id": 1666, "to_id": 1664, "type": "cue"},
            {"id": 4, "from_id": 1664, "to_id": 99, "type": "source"},
        ],
    }
    (one,), told = read(Doccano(), tmp_path, record)
    assert marked(one) == [("PER", "Ana"), ("PER", "Bo"), ("Content", "left")]
    (claim,) = one.claims
    assert (claim.content, claim.cue, claim.sources[0].mention) == ((Span(9, 11),), (Span(4, 8),), "1662")
    assert told == [
        "export.jsonl, line 1: label 6 was left out: 20 to 200 is no stretch of the text, which has 23 characters",
        "export.jsonl, line 1: the region id “1666” comes twice; the second was left out",
        "export.jsonl, line 1: a relation “source” leads to no region and was left out",
        "1 comments",
        "1 relations between other things than claims",
    ]


@pytest.mark.parametrize(
    "record",
    [
        {"id": 1, "text": TEXT, "meta": {}, "annotation_approver": None, "labels": [[0, 3, "PER"]]},
        {"id": 1, "text": TEXT, "label": [[0, 3, "PER"]]},
        {"id": 1, "data": TEXT, "label": [[0, 3, "PER"]]},
        {"id": 1, "text": TEXT, "annotations": [{"label": "PER", "start_offset": 0, "end_offset": 3, "user": 1}]},
    ],
)
def test_older_doccano(tmp_path: Path, record: dict[str, Any]) -> None:
    (one,), told = read(Doccano(), tmp_path, record)
    assert marked(one) == [("PER", "Ana")]
    assert told == []


def test_doccano_s_labels_of_whole_texts_are_counted(tmp_path: Path) -> None:
    (one,), told = read(Doccano(), tmp_path, {"id": 1, "text": TEXT, "label": ["politics", "war"]})
    assert one.mentions == ()
    assert told == ["2 labels of whole texts"]


def test_what_is_no_label_of_doccano_s_is_told(tmp_path: Path) -> None:
    good, relation = {"label": "PER", "start_offset": 0, "end_offset": 3}, {"from_id": "label1", "to_id": "label6"}
    entities = [
        good,
        [0, 3],
        {"label": "PER", "start_offset": 0},
        {"label": "sad"},
        {**good, "label": " "},
        [4, 8, "V"],
    ]
    records = [{"id": 1, "text": TEXT, "entities": entities, "relations": [relation]}, {"id": 2, "entities": [good]}]
    (one,), told = read(Doccano(), tmp_path, *records)
    assert [(mention.key, mention.label) for mention in one.mentions] == [("label1", "PER"), ("label6", "V")]
    assert told == [
        "export.jsonl, line 1: label 2 was left out: it is not [start, end, label]",
        "export.jsonl, line 1: label 3 was left out: start and end are no whole numbers",
        "export.jsonl, line 1: label 5 was left out: it has no name",
        "export.jsonl, line 2: there is no text",
        "1 labels of whole texts",
        "1 relations between other things than claims",
    ]


def test_labels_of_whole_texts_beside_spans_are_counted(tmp_path: Path) -> None:
    slots = {"id": 1, "text": TEXT, "cats": ["politics"], "entities": [[0, 3, "PER"]], "relations": []}
    (one,), told = read(Doccano(), tmp_path, slots)
    assert (marked(one), told) == ([("PER", "Ana")], ["1 labels of whole texts"])
    span = {"start": 0, "end": 3, "label": "PER"}
    spacy = {"text": TEXT, "ents": [span], "cats": {"war": 0.5, "peace": 0.49, "sport": "no"}}
    (one,), told = read(Prodigy(), tmp_path, spacy)
    assert (marked(one), told) == ([("PER", "Ana")], ["1 labels of whole texts"])
    chosen = {"text": TEXT, "_task_hash": 1, "options": [{"id": "war"}, {"id": "peace"}], "accept": ["war", "peace"]}
    both = [chosen, {"text": TEXT, "_task_hash": 2, "label": "war", "answer": "accept"}]
    found, told = read(Prodigy(), tmp_path, *both)
    assert ([one.mentions for one in found], told) == ([(), ()], ["3 labels of whole texts"])
    draft = {"result": [region("a", 0, 3, "PER")]}
    task = {"annotations": [draft], "drafts": [draft, draft], "data": {"text": TEXT}}
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert (marked(one), told) == ([("PER", "Ana")], ["2 drafts that nobody submitted"])


def test_a_name_among_the_ents_and_in_a_group_is_one_and_keeps_its_entity(tmp_path: Path) -> None:
    bare, known = {"start": 0, "end": 3, "label": "PERSON"}, {"start": 0, "end": 3, "label": "PERSON", "kb_id": "Q42"}
    for ents, group in ((known, bare), (bare, known)):
        other = {"start": 0, "end": 3, "label": "WRITER"}
        doc = {"text": TEXT, "ents": [ents], "spans": {"sc": [group, other], "ents": [ents]}}
        (one,), told = read(Prodigy(), tmp_path, doc)
        assert (sorted(marked(one)), told) == ([("PERSON", "Ana"), ("WRITER", "Ana")], [])
        (mention,) = (mention for mention in one.mentions if mention.label == "PERSON")
        assert mention.entity == one.entities[0].key


def test_prodigy_s_relations(tmp_path: Path) -> None:
    ana = {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "PER"}
    said = {"start": 4, "end": 8, "token_start": 1, "token_end": 1, "label": "CUE"}
    what = {"start": 9, "end": 11, "token_start": 2, "token_end": 2, "label": "CONTENT"}
    record = {
        "text": TEXT,
        "_input_hash": 1,
        "_task_hash": -2,
        "tokens": [{"text": "Ana", "start": 0, "end": 3, "id": 0, "ws": True, "disabled": False}],
        "_view_id": "relations",
        "spans": [ana, said, what],
        "relations": [
            {"head": 2, "child": 0, "head_span": what, "child_span": ana, "color": "#c5bdf4", "label": "SOURCE"},
            {"head": 2, "child": 1, "head_span": what, "child_span": said, "color": "#c5bdf4", "label": "CUE"},
        ],
        "answer": "accept",
        "_session_id": "story-ana",
        "meta": {"source": "Daily Post", "date": "2026-11-25"},
    }
    (one, other), told = read(Prodigy(), tmp_path, record, record | {"answer": "reject"})
    assert marked(one) == [("PER", "Ana")]
    assert (one.publisher, one.published) == ("Daily Post", "2026-11-25")
    assert [(claim.content, claim.cue, claim.annotator) for claim in one.claims] == [
        ((Span(9, 11),), (Span(4, 8),), "story-ana")
    ]
    assert (other.mentions, other.claims) == ((), ())
    assert told == ["3 spans of texts that were rejected or ignored"]


def test_spacy_s_own_json_and_training_pairs(tmp_path: Path) -> None:
    doc = {
        "text": TEXT,
        "ents": [{"start": 0, "end": 3, "label": "PERSON", "kb_id": "Q42"}],
        "spans": {"sc": [{"start": 15, "end": 17, "label": "PERSON", "kb_id": "", "id": ""}]},
        "tokens": [],
    }
    (one,), told = read(Prodigy(), tmp_path, doc)
    assert marked(one) == [("PERSON", "Bo"), ("PERSON", "Ana")]
    assert one.entities[0].ids == (Identifier("wikidata", "Q42"),)
    (one, two), more = read(
        Prodigy(), tmp_path, [TEXT, {"entities": [[0, 3, "PERSON"]]}], [TEXT, {"entities": [[15, 17, "PERSON"]]}]
    )
    assert (marked(one), marked(two)) == ([("PERSON", "Ana")], [("PERSON", "Bo")])
    path = tmp_path / "train.json"
    path.write_text(json.dumps([[TEXT, {"entities": [[0, 3, "PERSON"]]}]]), encoding="utf-8")
    assert marked(read_all(Prodigy(), path)[0][0]) == [("PERSON", "Ana")]
    assert told == more == []


def test_words_that_do_not_stand_there_are_told(tmp_path: Path) -> None:
    spans = [
        {"start": 1, "end": 4, "label": "PER", "text": "Ana"},
        {"start": 0, "end": 3, "label": "PER", "text": "Ana"},
    ]
    (one,), told = read(Prodigy(), tmp_path, {"text": TEXT, "spans": spans})
    assert marked(one) == [("PER", "Ana")]
    assert told == ["export.jsonl, line 1: span 1 was left out: it says “Ana” where the text has “na ”"]


def region(key: str, start: int, end: int, label: str, words: str = "") -> dict[str, Any]:
    """A region as Label Studio has it."""
    value = {"start": start, "end": end, "labels": [label], **({"text": words} if words else {})}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "origin": "manual", "value": value}


def test_label_studio_with_several_annotators(tmp_path: Path) -> None:
    relation = {"from_id": "a", "to_id": "c", "type": "relation", "direction": "left", "labels": ["source"]}
    task = {
        "id": 1,
        "annotations": [
            {"id": 9, "completed_by": 1, "was_cancelled": False, "result": [
                region("a", 0, 3, "PER", "Ana"), region("c", 9, 11, "content", "no"), relation,
                {"id": "d", "type": "choices", "from_name": "x", "to_name": "text", "value": {"choices": ["war"]}},
            ]},
            {"id": 10, "completed_by": {"id": 2, "email": "bo@example.org"}, "result": [region("b", 0, 3, "ORG")]},
            {"id": 11, "completed_by": 3, "was_cancelled": True, "result": [region("e", 0, 3, "ORG")]},
        ],
        "predictions": [{"model_version": "m1", "result": [region("f", 15, 17, "PER", "Bo")]}],
        "data": {"text": TEXT, "title": "Story"},
        "meta": {},
    }  # fmt: skip
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert one.title == "Story"
    assert [(mention.label, mention.annotator) for mention in one.mentions] == [
        ("PER", "1"), ("ORG", "bo@example.org"), ("PER", "m1"),
    ]  # fmt: skip
    assert [(claim.content, claim.sources[0].mention) for claim in one.claims] == [((Span(9, 11),), "a")]
    assert told == ["1 entries of the kind “choices”", "1 annotations that were cancelled"]


def test_people_who_began_from_one_prediction_have_its_ids_and_each_their_own_regions(tmp_path: Path) -> None:
    both = [region("a", 0, 3, "PER", "Ana"), region("c", 9, 11, "content", "no")]
    source = {"from_id": "c", "to_id": "a", "type": "relation", "direction": "right", "labels": ["source"]}
    task = {
        "annotations": [
            {"completed_by": 1, "result": [source, *both]},
            {"completed_by": 2, "result": [*both, source, region("b", 15, 17, "PER", "Bo")]},
        ],
        "predictions": [{"model_version": "m1", "result": both[:1]}],
        "data": {"text": TEXT},
    }
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert told == []
    words = [(mention.label, mention.annotator, mention.spans[0].cut(TEXT)) for mention in one.mentions]
    assert words == [("PER", "1", "Ana"), ("PER", "2", "Ana"), ("PER", "2", "Bo"), ("PER", "m1", "Ana")]
    by_key = {mention.key: mention.annotator for mention in one.mentions}
    assert [(claim.annotator, by_key[claim.sources[0].mention]) for claim in one.claims] == [("1", "1"), ("2", "2")]


def test_label_studio_s_work_of_people_without_names_stays_apart(tmp_path: Path) -> None:
    whole = {"id": 5, "first_name": "Ana", "last_name": "Ruiz", "username": "", "email": ""}
    people: list[Any] = [None, {"username": "bo", "first_name": "Bo"}, whole, {"id": 7}]
    done = [{"completed_by": who, "result": [region(f"r{n}", 0, 3, "PER")]} for n, who in enumerate(people)]
    guess = {"result": [region("p", 15, 17, "PER")]}
    task = {"annotations": done, "predictions": [guess], "data": {"text": TEXT}}
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert [mention.annotator for mention in one.mentions] == ["annotator 1", "bo", "Ana Ruiz", "7", "prediction"]
    (alone,), _ = read(LabelStudio(), tmp_path, [task | {"annotations": done[:1]}], name="export.json")
    assert [mention.annotator for mention in alone.mentions] == ["", "prediction"]
    assert told == []


def test_what_label_studio_marks_without_a_place_or_a_label_is_told(tmp_path: Path) -> None:
    bare = {"type": "labels", "value": {"start": 4, "end": 8, "labels": ["V"]}}
    page = {"id": "h", "type": "hypertextlabels", "value": {"start": "/p[1]", "end": "/p[1]", "startOffset": 0}}
    page["value"] |= {"endOffset": 3, "hypertextlabels": ["PER"]}  # type: ignore[operator]
    unlabelled = region("u", 0, 3, " ")
    nowhere = {"id": "n", "value": {"end": 3, "labels": ["PER"]}}
    joined = {"from_id": "a", "to_id": "b", "type": "relation", "direction": "right", "labels": []}
    result = [bare, page, unlabelled, nowhere, region("a", 0, 3, "content"), region("b", 9, 11, "content"), joined]
    task = {"annotations": [{"completed_by": 1, "result": [*result, {**bare, "id": None}]}], "data": {"text": TEXT}}
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert [(mention.key, mention.label) for mention in one.mentions if mention.label == "V"] == [
        ("region1", "V"),
        ("region5", "V"),
    ]
    assert told == [
        "export.json, line 1: region “u” was left out: it has no label",
        "1 regions in HTML or in dialogues",
        "1 entries of the kind “unknown”",
        "1 relations between other things than claims",
    ]


def test_a_text_under_any_name_is_found_beside_longer_words_about_it(tmp_path: Path) -> None:
    done = [{"result": [region("a", 0, 3, "PER", "Ana")]}]
    about = {"url": f"https://example.org/{'a' * 80}.html", "source": f"The {'Very ' * 20}Daily Post"}
    task: dict[str, object] = {"annotations": done, "data": {**about, "article": TEXT, "section": "Home"}}
    (one,), told = read(LabelStudio(), tmp_path, [task], name="export.json")
    assert (one.text, one.url, marked(one), told) == (TEXT, about["url"], [("PER", "Ana")], [])
    task["data"] = {**about, "article": "https://example.org/a.txt"}
    assert read(LabelStudio(), tmp_path, [task], name="export.json")[0] == []


def test_old_label_studio_counts_utf_16_units(tmp_path: Path) -> None:
    result = [region("a", 0, 3, "PER", "Ana"), region("b", 16, 18, "PER", "Bo")]
    task = {"completions": [{"id": 1, "lead_time": 3.2, "result": result}], "data": {"review": TEXT}}
    (one,), told = read(LabelStudio(), tmp_path, task)
    assert marked(one) == [("PER", "Ana"), ("PER", "Bo")]
    assert told == [
        "export.jsonl, line 1: places count UTF-16 units; each was checked by its words and is read that way"
    ]
    result.append(region("c", 4, 8, "PER", "Bo"))
    (one,), told = read(LabelStudio(), tmp_path, task)
    assert marked(one) == [("PER", "Ana")]
    assert "region “b” was left out: it says “Bo” where the text has “o ”" in told[0]


def test_label_studio_s_short_form_and_texts_elsewhere(tmp_path: Path) -> None:
    short = {
        "text": TEXT, "id": 1, "label": [{"start": 0, "end": 3, "text": "Ana", "labels": ["PER", "ORG"]}],
        "annotator": 7, "annotation_id": 3, "created_at": "2026-11-25", "lead_time": 2.5,
    }  # fmt: skip
    (one,), told = read(LabelStudio(), tmp_path, [short], name="min.json")
    assert marked(one) == [("PER", "Ana"), ("ORG", "Ana")]
    assert {mention.annotator for mention in one.mentions} == {"7"}
    assert told == []
    task = {"annotations": [], "data": {"text": "https://example.org/a.txt"}}
    found, told = read(LabelStudio(), tmp_path, [task], name="far.json")
    assert found == []
    assert told == [
        "far.json, line 1: the text is not in the file, only its address; export with the texts",
    ]


def spans_and(*relations: tuple[str, int, int]) -> dict[str, Any]:
    """Four contents with relations between them."""
    entities = [{"id": n, "label": "content", "start_offset": n, "end_offset": n + 1} for n in range(4)]
    arrows = [{"id": n, "type": label, "from_id": a, "to_id": b} for n, (label, a, b) in enumerate(relations)]
    return {"text": TEXT, "entities": entities, "relations": arrows}


def test_circles_are_cut_and_told(tmp_path: Path) -> None:
    circle = [("within", 0, 1), ("within", 1, 2), ("within", 2, 0), ("within", 0, 3), ("repeats", 3, 0)]
    (one,), told = read(Doccano(), tmp_path, spans_and(*circle))
    assert {claim.key: claim.within for claim in one.claims} == {"0": "1", "1": "2", "2": "", "3": ""}
    assert one.links == (FoundLink("repeats", "3", "0"),)
    assert told == [
        "export.jsonl, line 1: claims are quoted in each other in a circle; one of these relations was left out",
        "export.jsonl, line 1: a claim is quoted in two others; only the first was taken",
    ]


def test_pieces_are_joined_even_in_a_circle(tmp_path: Path) -> None:
    (one,), _ = read(Doccano(), tmp_path, spans_and(("piece", 0, 1), ("piece", 1, 3)))
    assert [mention.spans for mention in one.mentions] == [(Span(0, 1), Span(1, 2), Span(3, 4)), (Span(2, 3),)]
    (one,), _ = read(Doccano(), tmp_path, spans_and(("piece", 0, 1), ("piece", 1, 0)))
    assert sorted(span for mention in one.mentions for span in mention.spans) == [Span(n, n + 1) for n in range(4)]
