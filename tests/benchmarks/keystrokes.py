"""Key presses to annotate an article, with suggestions and without: keys are counted, not time.

The sample article, or another one with what is wanted of it: keystrokes TEXT WANTED, a JSON file of mentions ([words,
which time they stand there, key, entity, kind]) and claims ([pieces of content, sources, cue], each [words, time]).

The tour's names and claims are what has to be there in the end. With suggestions each one is looked at in turn:
accepted when it is wanted, rejected when it is not; what is missing after that is marked by hand. A suggested claim
counts only when content, sources and cue are all as wanted.
"""

import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionKind
from annotator.editing.importing import NewArticle
from annotator.paths import resource
from annotator.services.projects import new_project
from annotator.services.proposing import Suggester
from annotator.services.suggesting import Asked, Found, store, suggest
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from annotator.ui.tour.session import CLAIMS, MENTIONS
from tests.benchmarks.making import WHO, window_on

_MARKS = '"“”'
_LABELS = {"A": "actor", "L": "location", "D": "date", "Q": "quantity"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article's text and what has to be there in the end, as in the tour's session."""

    text: str
    mentions: tuple[Any, ...]
    claims: tuple[Any, ...]


def wanted(words: list[str]) -> Wanted:
    """The files that the command line names, or the sample article."""
    if not words:
        text = resource("samples/orsava-valley.txt").read_text(encoding="utf-8")
        return Wanted(text, MENTIONS, tuple((content, sources, cue) for content, sources, cue, _ in CLAIMS))
    text, said = (Path(name).read_text(encoding="utf-8") for name in words)
    read = json.loads(said)
    claims = (
        ([(*one,) for one in content], [(*one,) for one in sources], (*cue,) if cue else None)
        for content, sources, cue in read["claims"]
    )
    return Wanted(text, tuple(map(tuple, read["mentions"])), tuple(claims))


def main(words: list[str]) -> None:
    """Prints both counts, for names and claims each, and what became of the suggestions."""
    all_ = wanted(words)
    plain = Counting(opened(all_.text, with_suggestions=False), all_)
    plain.mark_missing()
    helped = Counting(opened(all_.text, with_suggestions=True), all_)
    helped.decide()
    helped.mark_missing()
    for what in ("names", "claims", "looking at suggestions"):
        print(f"{what:26} {helped.keys[what]:>6} with suggestions {plain.keys[what]:>6} without")
    ours, floor = helped.keys.total(), plain.keys.total()
    print(f"{'all keys':26} {ours:>6} with suggestions {floor:>6} without, {ours / floor:.2f}")
    print(f"suggestions: {dict(helped.met)}")


def opened(text: str, *, with_suggestions: bool) -> MainWindow:
    """A window on a new project with the article."""
    folder = Path(tempfile.mkdtemp())
    workspace = new_project(folder / "keys.annot", WHO)
    workspace.bring_in([NewArticle(text, text.splitlines()[0])], "")
    if with_suggestions:
        for _, _, batch in suggest(workspace.records.path, Suggester(workspace.records.schema), Asked(), Found()):
            store(workspace, batch)
    return window_on(workspace, folder)


class Counting:
    """Plays with a player and counts its keys by what they are for."""

    def __init__(self, window: MainWindow, all_: Wanted) -> None:
        self.player, self.window = Player(window), window
        self.keys: Counter[str] = Counter()
        self.met: Counter[str] = Counter()
        find = self.player.find
        self._mentions = {(find(words, nth), _LABELS[key]): (words, nth, key, entity, kind)
                          for words, nth, key, entity, kind in all_.mentions}  # fmt: skip
        self._claims = [
            (content, sources, cue, tuple(find(*piece) for piece in content)) for content, sources, cue in all_.claims
        ]

    def decide(self) -> None:
        """Goes through all suggestions."""
        suggesting, player = self.window.controls.suggesting, self.player
        self._press("looking at suggestions", "Space")
        while (one := suggesting.current) is not None:
            wanted = self._mentions.get((one.hull, one.label)) if one.kind is SuggestionKind.MENTION else None
            if wanted is not None:
                before = player.keys
                player.press("Space")
                player._answer(wanted[3])  # noqa: SLF001 - the tour's own way
                self.keys["names"] += player.keys - before
                self.met["names accepted"] += 1
            elif one.kind is SuggestionKind.CLAIM and self._is_wanted(one):
                self._press("claims", "Space")
                self.met["claims accepted"] += 1
            else:
                self._press("looking at suggestions", "X")
                self.met["rejected"] += 1

    def mark_missing(self) -> None:
        """Marks by hand what is wanted and not there, and sets what is wrong."""
        player, contents = self.player, self.player.desk.contents
        for (span, label), (words, nth, key, entity, kind) in self._mentions.items():
            before = player.keys
            there = next((m for m in contents.mentions() if m.hull == span and m.label == label), None)
            if there is None:
                player.tag(words, key, nth, entity=entity, kind=kind)
            elif entity and (contents.entity(there.entity) is None or self._named(there.entity) != entity):
                player.go(span.start)
                player.press("Tab")
                player.press("E")
                player._answer(entity)  # noqa: SLF001 - as above
            self.keys["names"] += player.keys - before
        for content, sources, cue, spans in self._claims:
            if not any(_bare(player.view.text, claim.content) == spans for claim in contents.claims()):
                before = player.keys
                player.claim(list(content), list(sources), cue)
                self.keys["claims"] += player.keys - before

    def _named(self, entity: object) -> str:
        known = self.player.desk.contents.entity(entity)  # type: ignore[arg-type]
        return known.name if known else ""

    def _is_wanted(self, one: Suggestion) -> bool:
        find, text = self.player.find, self.player.view.text
        for _, sources, cue, spans in self._claims:
            if _bare(text, one.spans) == spans:
                theirs = [pieces[0] for pieces in one.sources]
                return theirs == [find(*source) for source in sources] and one.cue == ((find(*cue),) if cue else ())
        return False

    def _press(self, what: str, key: str) -> None:
        before = self.player.keys
        self.player.press(key)
        self.keys[what] += self.player.keys - before


def _bare(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Pieces without quote marks and commas at their ends."""
    result = []
    for span in spans:
        words = span.cut(text)
        start = span.start + len(words) - len(words.lstrip(_MARKS))
        result.append(Span(start, start + len(words.strip(_MARKS + ",."))))
    return tuple(result)


if __name__ == "__main__":
    main(sys.argv[1:])
