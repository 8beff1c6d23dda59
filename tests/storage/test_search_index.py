"""The index for searching: what two programs do to it at once, what is gone, and what is cut short."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.queries import Term
from annotator.storage.search_index import SearchIndex

BRIDGE = [Term("bridge")]


def test_two_programs_may_add_the_same_texts(tmp_path: Path) -> None:
    path = tmp_path / "i.search"
    with closing(SearchIndex(path)) as one, closing(SearchIndex(path)) as other:
        assert one.missing(["a", "b"]) == other.missing(["a", "b"]) == ["a", "b"]
        one.add([("a", "the bridge")])
        other.add([("a", "the bridge"), ("b", "a bridge")])
        assert one.find(BRIDGE) == other.find(BRIDGE) == {"a", "b"}
        assert one.missing(["a", "b", "c"]) == ["c"]


def test_texts_are_added_all_or_none(tmp_path: Path) -> None:
    def texts() -> Iterator[tuple[str, str]]:
        yield "a", "the bridge"
        raise KeyboardInterrupt

    with closing(SearchIndex(tmp_path / "i.search")) as index:
        with pytest.raises(KeyboardInterrupt):
            index.add(texts())
        assert index.missing(["a"]) == ["a"]
        assert index.find(BRIDGE) == set()
        index.add([("a", "the bridge")])
        assert index.find(BRIDGE) == {"a"}


@pytest.mark.parametrize(("there", "gone", "is_kept"), [(200, 100, True), (200, 101, False), (4000, 150, True)])
def test_an_index_of_which_much_is_gone_begins_anew(tmp_path: Path, there: int, gone: int, *, is_kept: bool) -> None:
    hashes = [f"{number}" for number in range(there)]
    with closing(SearchIndex(tmp_path / "i.search")) as index:
        index.add((sha256, "a bridge") for sha256 in hashes)
        left = hashes[gone:]
        assert index.missing(left) == ([] if is_kept else left)
        index.add((sha256, "a bridge") for sha256 in index.missing(left))
        assert set(left) <= index.find(BRIDGE)
        assert (index.find(BRIDGE) == set(left)) != is_kept


@pytest.mark.parametrize("what", ["application_id", "user_version"])
def test_a_file_of_another_kind_or_version_is_made_anew(tmp_path: Path, what: str) -> None:
    path = tmp_path / "i.search"
    with closing(SearchIndex(path)) as index:
        index.add([("a", "the bridge")])
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {what} = 77")
    with closing(SearchIndex(path)) as index:
        assert index.missing(["a"]) == ["a"]
    with closing(SearchIndex(path)) as index:
        index.add([("a", "the bridge")])
    with closing(SearchIndex(path)) as index:
        assert index.missing(["a"]) == []
