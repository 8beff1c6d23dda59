"""Numbers in words."""

import pytest

from annotator.domain.events import Quantity


@pytest.mark.parametrize(
    ("low", "best", "high", "figures"),
    [
        (None, None, None, ""),
        (12, 12, 12, "12"),
        (None, 12, None, "12"),
        (10, 12, 15, "12 (10–15)"),
        (10, 12, None, "12 (at least 10)"),
        (None, 12, 1500, "12 (at most 1,500)"),
        (10, None, 15, "10–15"),
        (10, None, 10, "10"),
        (10, None, None, "at least 10"),
        (None, None, 15, "at most 15"),
        (0, 0, 0, "0"),
    ],
)
def test_numbers_in_words(low: int | None, best: int | None, high: int | None, figures: str) -> None:
    assert Quantity("killed", low=low, best=best, high=high).figures == figures
