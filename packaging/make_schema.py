"""Writes the JSON Schema of our own format anew from the records.

python packaging/make_schema.py
"""

import json
from pathlib import Path

from annotator.formats.json_schema import line_schema

TARGET = Path(__file__).resolve().parent.parent / "resources" / "formats" / "annotator-jsonl.schema.json"


if __name__ == "__main__":
    TARGET.write_text(json.dumps(line_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
