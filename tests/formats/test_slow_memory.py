"""Memory does not grow with the corpus: what is written is gone."""

import tracemalloc
from pathlib import Path

import pytest

from annotator.domain.found import Losses
from annotator.formats.base import Writer
from annotator.formats.registry import WRITERS
from tests.formats.many import ManyArticles


def peak(writer: Writer, articles: int, target: Path) -> int:
    """The most bytes that were held at once while this many articles were written."""
    writing = writer.write(ManyArticles(articles), target, Losses())
    next(writing)  # what is imported and made at the first use does not count
    tracemalloc.start()
    try:
        for _ in writing:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


# What spaCy reads back is one block, put together from all articles: DocBin says so in its own words.
STREAMS = [writer for writer in WRITERS if writer.key != "docbin"]


@pytest.mark.parametrize("writer", STREAMS, ids=lambda writer: writer.key)
def test_memory_does_not_grow_with_the_articles(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    if writer.key == "pdf":
        # Else it makes an application of its own, which the windows of later tests could not use.
        request.getfixturevalue("qapp")
    monkeypatch.setattr("annotator.formats.parquet._GROUP", 100)
    few, many = (peak(writer, count, tmp_path / f"out{count}") for count in (20, 120))
    # An article with its records takes some 40 KB; what is not collected yet and the titles of a report some 2.
    assert (many - few) / 100 < 6_000, f"{writer.key}: {few:,} bytes for 20 articles, {many:,} for 120"
