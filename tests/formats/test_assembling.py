"""Regions and arrows of tools for marking text, where they do not fit together."""

import json
from pathlib import Path
from typing import Any

import pytest

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
    ]
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps({"text": TEXT, "entities": entities, "relations": relations}) + "\n", encoding="utf-8")
    (article,), findings = read_all(Doccano(), path)
    assert sorted(len(mention.spans) for mention in article.mentions) == [1, 2]
    assert findings.left_out == {"relations of the second piece of something": 1}


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
