"""Ids are UUIDs of version 7: unique, and in the order in which they were made."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import IdSource, uuid7


def test_ids_of_one_source_rise_strictly() -> None:
    source = IdSource()
    ids = [source() for _ in range(20_000)]
    assert ids == sorted(set(ids))


@given(st.integers(0, (1 << 48) - 1), st.integers(0, (1 << 74) - 1))
def test_an_id_is_a_uuid_of_version_7_that_holds_its_time(milliseconds: int, random_bits: int) -> None:
    id_ = uuid7(milliseconds, random_bits)
    parsed = uuid.UUID(id_)
    assert str(parsed) == id_
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122
    assert parsed.int >> 80 == milliseconds


@given(st.lists(st.integers(0, (1 << 48) - 1), min_size=2, max_size=2, unique=True), st.integers(0, (1 << 74) - 1))
def test_a_later_id_sorts_later_as_text(times: list[int], random_bits: int) -> None:
    earlier, later = sorted(times)
    assert uuid7(earlier, random_bits) < uuid7(later, 0)
