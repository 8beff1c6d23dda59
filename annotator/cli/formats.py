"""annotator formats: which formats are read and written, and what each cannot carry."""

import argparse
import json
from typing import Any

from annotator import paths
from annotator.services.corpora import OURS, READERS
from annotator.services.exporting import WRITERS, options_of

NAME = "formats"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    parser = parsers.add_parser(NAME, help="list the formats", description="Lists the formats of import and export.")
    parser.add_argument("--json", action="store_true", help="print the list as JSON")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a line of our own format")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    if arguments.schema:
        print(paths.resource("formats/annotator-jsonl.schema.json").read_text(encoding="utf-8"), end="")
        return 0
    readers = {reader.key: reader.title for reader in READERS}
    formats = [
        {
            "key": writer.key,
            "title": writer.title,
            "reads": writer.key in readers or writer is WRITERS[0],
            "writes": True,
            "cannot": list(writer.cannot),
            "options": {option.key: [value for value, _ in option.choices] for option in options_of(writer)},
        }
        for writer in WRITERS
    ]
    written = {writer.key for writer in WRITERS}
    formats += [
        {"key": key, "title": title, "reads": True, "writes": False, "cannot": [], "options": {}}
        for key, title in readers.items()
        if key not in written
    ]
    if arguments.json:
        print(json.dumps(formats, ensure_ascii=False, indent=1))
        return 0
    for known in formats:
        ways = " ".join(word for word, can in (("read", known["reads"]), ("write", known["writes"])) if can)
        print(f"{known['key']:12} {ways:11} {known['title']}")
        for what in known["cannot"] if isinstance(known["cannot"], list) else ():
            print(f"{'':24} cannot carry {what}")
        for option, values in known["options"].items() if isinstance(known["options"], dict) else ():
            print(f"{'':24} --option {option}={'|'.join(values)}")
    print(f"\n“annotator import --format {OURS}” reads what “annotator export --format {WRITERS[0].key}” writes.")
    return 0
