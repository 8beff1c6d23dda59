"""Processes that look for suggestions end with the program and with who asked them, however that ends."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from annotator.domain.articles import Article
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.schemas import Schema
from annotator.errors import FormatError
from annotator.services.apart import Step, SuggesterApart, shared_out
from annotator.services.projects import Person, new_project
from annotator.services.proposing import Batch
from tests.building import make_article

STARTED_AND_KILLED = """
import os, sys, multiprocessing
from pathlib import Path
from annotator.services.apart import SuggesterApart
from annotator.domain.schemas import parse
from annotator.paths import resource

if __name__ == "__main__":
    suggester = SuggesterApart(parse(resource("schemas/blank.json").read_text(encoding="utf-8")))
    suggester.learn_names(Path(sys.argv[1]), "")
    suggester.look_at((), {})
    print(multiprocessing.active_children()[0].pid, flush=True)
    os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_the_other_process_ends_when_the_program_is_killed(tmp_path: Path) -> None:
    who = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ana")
    new_project(tmp_path / "p.annot", who).close()
    script = tmp_path / "killed.py"
    script.write_text(STARTED_AND_KILLED, encoding="utf-8")
    command = [sys.executable, str(script), str(tmp_path / "p.annot")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path.cwd())
    assert done.returncode == -9, done.stderr
    other, until = int(done.stdout), time.monotonic() + 30
    while is_alive(other):
        assert time.monotonic() < until, "it is still there"


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


class Slow(SuggesterApart):
    """Does in this process what takes for ever, until it is closed."""

    def __init__(self, asked: list[str]) -> None:
        super().__init__(Schema("", (), (), ()))
        self._asked, self.is_closed = asked, Event()

    def look_at(
        self, articles: Sequence[tuple[Article, str]], versions: Mapping[ArticleId, Mapping[str, str]]
    ) -> Batch:
        del versions
        self._asked.append(articles[0][1])
        if articles[0][1] == "bad":
            raise FormatError("No.")
        if articles[0][1] == "slow":
            assert self.is_closed.wait(30), "nobody has closed it"
        return Batch((), ())

    def close(self) -> None:
        self.is_closed.set()


def steps(*texts: str) -> Iterator[Step]:
    return ((((make_article(text), text),), {}) for text in texts)


def test_who_stops_waits_for_nothing_and_no_step_is_begun_any_more() -> None:
    asked: list[str] = []
    helpers = [Slow(asked), Slow(asked)]
    found = shared_out(helpers, steps("a", "slow", "slow", "slow", "slow", "slow", *"bcdef"))
    ((articles, _), _) = next(found)
    assert articles[0][1] == "a"
    found.close()  # type: ignore[attr-defined]  # a generator
    assert all(helper.is_closed.is_set() for helper in helpers)
    assert asked.count("slow") <= 4
    assert "b" not in asked


def test_what_ends_one_helper_ends_the_pass_with_its_words() -> None:
    helpers = [Slow([]), Slow([])]
    with pytest.raises(FormatError, match=r"^No\.$"):
        list(shared_out(helpers, steps("a", "b", "bad", "slow", "c")))
    assert all(helper.is_closed.is_set() for helper in helpers)


def test_a_helper_that_was_closed_begins_nothing_anew(tmp_path: Path) -> None:
    path = tmp_path / "p.annot"
    new_project(path, Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ana")).close()
    helper = SuggesterApart(Schema("", (), (), ()))
    helper.learn_names(path, "")
    with ThreadPoolExecutor(1) as threads:
        looking = threads.submit(helper.look_at, (), {})
        until = time.monotonic() + 30
        while not [one for one in multiprocessing.active_children() if one.name == "suggesting"]:
            assert time.monotonic() < until
        helper.close()
        with pytest.raises(FormatError, match=r"is being closed|was stopped"):
            looking.result(30)
    assert not [one for one in multiprocessing.active_children() if one.name == "suggesting"]
