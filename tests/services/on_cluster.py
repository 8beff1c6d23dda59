"""A pass on a cluster of two workers, in a process of its own: only here do tests reach a port, and of this machine.

python -m tests.services.on_cluster PROJECT all|lost|stopped
python -m tests.services.on_cluster PROJECT learned FOLDER-OF-WHAT-WAS-LEARNED
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.ids import AnnotatorId
from annotator.domain.suggestions import AS_USUAL
from annotator.services.learned_proposals import PROPOSER as LEARNED
from annotator.services.projects import Person, open_project
from annotator.services.proposing import KNOWN, NAMES, ZONES
from annotator.services.spreading import spread
from annotator.services.suggesting import Asked, Found, store
from annotator.services.workspace import Workspace

ANA = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ana")
ASKED = Asked((KNOWN, ZONES))


def main(project: Path, scenario: str, learned: str = "") -> None:
    """Goes through the project and prints how far it was at each step."""
    if learned:  # here, and not where the workers are
        paths.learned_folder = lambda: Path(learned)
    workspace = open_project(project, ANA)
    distributed = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address
        steps = []
        going = passed(workspace, address, scenario)
        if scenario == "stopped":
            next(going)  # and it is not stored
            del going
            going = passed(workspace, address, scenario)
        for done, total, batch in going:
            store(workspace, batch)
            steps.append((done, total, len(batch.runs)))
            if scenario == "lost" and len(steps) == 1:
                with distributed.Client(address) as client:
                    os.kill(next(iter(client.run(os.getpid).values())), signal.SIGTERM)
    workspace.close()
    print(json.dumps(steps))  # noqa: T201 - what the test reads


def passed(workspace: Workspace, address: str, scenario: str) -> Iterator[Any]:
    """One pass, two articles at a time."""
    records = workspace.records
    wishes = replace(AS_USUAL, project=records.project().id)
    asked = Asked((LEARNED, NAMES)) if scenario == "learned" else ASKED
    return spread(records.path, records.schema, wishes, asked, Found(), address, 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
