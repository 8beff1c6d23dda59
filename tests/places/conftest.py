"""The world's list of places, made once for all tests, and kept until what it is made by changes."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator import paths
from annotator.places import areas, folding, generic, indexing, settlements
from annotator.services.places import Places
from annotator.storage import gazetteer, gazetteer_building

_MAKERS = (areas, folding, generic, indexing, settlements, gazetteer, gazetteer_building)
_WAIT_SECONDS = 280


@pytest.fixture(scope="session")
def world(pytestconfig: pytest.Config) -> Iterator[Places]:
    """All places. Only one of the processes that run the tests makes them; the others wait for its lock."""
    if settlements.settlements_file() is None:
        pytest.skip("needs the populated places: pip install annotator[geo]")
    digest = hashlib.sha256(settlements.settlements_version().encode())
    files = [Path(str(module.__file__)) for module in _MAKERS]
    for file in (*files, paths.resource("places/areas.tsv.xz"), paths.resource("places/countries.tsv")):
        digest.update(file.read_bytes())
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir(f"places-{digest.hexdigest()[:16]}")
    for older in folder.parent.glob("places-*"):
        if older != folder:
            shutil.rmtree(older, ignore_errors=True)
    with closing(sqlite3.connect(folder / "lock", timeout=_WAIT_SECONDS, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        places = Places(folder)
        if not places.is_ready:
            for _ in places.build():
                pass
    assert places.is_ready
    yield places
    places.close()
