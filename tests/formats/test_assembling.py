"""Regions and arrows of tools for marking text, where they do not fit together."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.found import FoundArticle, FoundLink, FoundSource
from annotator.domain.spans import Span
from annotator.formats.doccano import Doccano
from annotator.formats.label_studio import LabelStudio
from annotator.formats.regions import MENTION, PIECE
from tests.formats.round_trip import read_all

TEXT = "Ana and again Ana said so."


def test_a_relation_of_a_second_piece_is_told_and_left_out(tmp_path: Path) -> None:
    entities = [
        {"id": number, "label": label, "start_offset": start, "end_offset": end}
        for number, label, start, end in [(1, "actor", 0, 3), (2, "actor", 14, 17), (3, "actor", 8, 13)]
    ]
    relations = [
        {"id": 1, "from_id": 1, "to_id": 2, "type": PIECE},
        {"id": 2, "from_id": 2, "to_id": 3, "type": MENTION},
        {"id": 3, "from_id": 3, "to_id": 2, "type": MENTION},
    ]
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps({"text": TEXT, "entities": entities, "relations": relations}) + "\n", encoding="utf-8")
    (article,), findings = read_all(Doccano(), path)
    assert sorted(len(mention.spans) for mention in article.mentions) == [1, 2]
    assert findings.left_out == {"relations of the second piece of something": 2}


def marked(key: str, start: int, end: int, words: str) -> dict[str, Any]:
    """A region as Label Studio exports it, with its words."""
    value = {"start": start, "end": end, "text": words, "labels": ["actor"]}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def test_the_words_of_pieces_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    relation = {"from_id": "b", "to_id": "a", "type": "relation", "direction": "right", "labels": [PIECE]}
    result = [marked("a", 0, 3, "Ana"), marked("b", 18, 20, "sa"), relation]
    path = tmp_path / "made.json"
    path.write_text(json.dumps([{"annotations": [{"result": result}], "data": {"text": TEXT}}]), encoding="utf-8")
    (article,), findings = read_all(LabelStudio(), path)
    (mention,) = article.mentions
    assert (mention.spans, mention.quote) == ((Span(0, 3), Span(18, 20)), "Ana … sa")
    assert findings.problems == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_line_ends_in_the_words_of_a_region_are_those_of_the_text(tmp_path: Path, end: str) -> None:
    text = f"Ana{end}Ruiz left."
    result = [marked("a", 0, 7 + len(end), "Ana\\nRuiz")]
    path = tmp_path / "made.json"
    path.write_text(json.dumps([{"annotations": [{"result": result}], "data": {"text": text}}]), encoding="utf-8")
    (article,), findings = read_all(LabelStudio(), path)
    assert [mention.quote for mention in article.mentions] == [f"Ana{end}Ruiz"]
    assert findings.problems == []


def found(tmp_path: Path, *relations: tuple[str, str, str]) -> tuple[FoundArticle, list[str]]:
    """What comes of regions whose keys are their words, and arrows between them; and what is told."""
    labels = {"Ana": "actor", "and": "Content", "again": "content", "said": "cue", "so": "CUE", ".": "Source"}
    entities = [
        {"id": key, "label": label, "start_offset": TEXT.index(key), "end_offset": TEXT.index(key) + len(key)}
        for key, label in labels.items()
    ]
    arrows = [{"type": label, "from_id": one, "to_id": other} for label, one, other in relations]
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps({"text": TEXT, "entities": entities, "relations": arrows}) + "\n", encoding="utf-8")
    (article,), findings = read_all(Doccano(), path)
    told = [f"{count} {what}" for what, count in findings.left_out.items()]
    return article, [*(problem.reason for problem in findings.problems), *told]


ASIDE = "1 relations between other things than claims"


@pytest.mark.parametrize(
    ("relations", "claims", "told"),
    [
        ([("source", "and", "and")], [], ["a relation “source” leads to no region and was left out"]),
        ([("x", ".", "and")], ["and"], []),
        ([("x", "said", "and")], ["and"], []),
        ([("x", "Ana", "and")], [], [ASIDE]),
        ([("source", "Ana", "and")], [], [ASIDE]),
        ([(" Source ", "and", "Ana")], ["and"], []),
        ([("x", "and", ".")], ["and"], []),
        ([("within", "and", "Ana")], [], [ASIDE]),
        ([("within", "Ana", "and")], [], [ASIDE]),
        ([("within", "and", "again")], ["again", "and"], []),
        ([("repeats", "and", "again")], [], [ASIDE]),
        ([("speaker", "and", "Ana")], ["and"], []),
        ([("cue", "and", "said"), ("cue", "and", "so")], ["and"], ["a claim has two cues; the second was left out"]),
        ([("mention", "said", "Ana")], [], [ASIDE]),
        ([("mention", ".", "Ana")], [], []),
        ([("piece", "and", "Ana")], [], [ASIDE]),
    ],
)
def test_what_arrows_make_of_contents(
    tmp_path: Path, relations: list[tuple[str, str, str]], claims: list[str], told: list[str]
) -> None:
    article, reasons = found(tmp_path, *relations)
    assert sorted(claim.key for claim in article.claims) == claims
    assert reasons == told


def test_a_source_is_who_is_meant_and_the_words_that_were_marked(tmp_path: Path) -> None:
    cue, marked_words = (Span(TEXT.index("said"), TEXT.index("said") + 4),), (Span(TEXT.index("."), len(TEXT)),)
    article, _ = found(tmp_path, ("source", "and", "."), ("mention", ".", "Ana"), ("cue", "and", "said"))
    (claim,) = article.claims
    assert (claim.sources, claim.cue) == ((FoundSource(marked_words, "Ana"),), cue)
    assert [mention.key for mention in article.mentions] == ["Ana", "again", "so"]
    article, _ = found(tmp_path, ("speaker", "and", "Ana"))
    assert article.claims[0].sources == (FoundSource((), "Ana"),)
    article, _ = found(tmp_path, ("cue", "and", "Ana"))
    assert article.claims[0].cue == (Span(0, 3),)
    assert "Ana" in [mention.key for mention in article.mentions], "an actor stays one"


def test_a_speaker_who_became_a_claim_is_left_as_words(tmp_path: Path) -> None:
    article, _ = found(tmp_path, ("speaker", "and", "again"), ("x", "again", "said"))
    (one, other) = article.claims
    assert (one.sources, other.sources) == ((FoundSource((Span(8, 13),)),), ())


def test_within_is_known_however_it_is_written(tmp_path: Path) -> None:
    article, _ = found(tmp_path, (" Within", "and", "again"), ("repeats", "again", "and"))
    assert {claim.key: claim.within for claim in article.claims} == {"and": "again", "again": ""}
    assert article.links == (FoundLink("repeats", "again", "and"),)
