"""The word lists in resources/words, read once when they are first needed."""

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from annotator import paths


@cache
def word_list(name: str) -> dict[str, Any]:
    """What resources/words/name.json holds."""
    data: dict[str, Any] = json.loads(paths.resource(f"words/{name}.json").read_text(encoding="utf-8"))
    return data


def any_of(phrases: Iterable[str]) -> str:
    """A pattern that matches the longest of the phrases, whatever the blanks and hyphens between their words."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"[\s-]+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)
