"""The process that looks for suggestions ends with the program, however that ends."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.services.projects import Person, new_project

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
