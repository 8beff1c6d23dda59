"""Regions and arrows of tools for marking text, where they do not fit together."""

import json
from pathlib import Path

from annotator.formats.doccano import Doccano
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
