"""What tests of gestures share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editing.bench import Bench


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A project with one article, whose text is the TEXT of the tests that ask for it."""
    made = Bench(tmp_path, request.module.TEXT)
    yield made
    made.workspace.close()
