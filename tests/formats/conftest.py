"""The corpus that the suites of formats share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.storage.snapshots import SnapshotCorpus
from tests.formats.valley import Valley, valley_corpus


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[tuple[SnapshotCorpus, Valley]]:
    """A corpus and what is in it."""
    with valley_corpus(tmp_path) as found:
        yield found
