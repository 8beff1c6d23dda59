"""Chains of speakers, and days that several accounts span."""

import pytest

from annotator.domain.accounts import account_of, outer_claims, toll
from annotator.domain.events import Quantity
from annotator.domain.intervals import Interval
from tests.building import TEXT, make_article, make_claim, make_entity


def test_a_chain_goes_from_the_publisher_to_the_speaker() -> None:
    article = make_article(publisher="Daily Post")
    ana = make_entity()
    outer = make_claim(article, TEXT, by="Ana Ruiz", entity=ana)
    inner = make_claim(article, TEXT, "It will hold", by="Ruiz", within=outer.id)
    outers = outer_claims(inner, {outer.id: outer}.get)
    assert outers == (outer,)
    assert account_of(inner, outers, article, {ana.id: ana}).chain == ("Daily Post", "Ana Ruiz", "Ruiz")
    assert outer_claims(inner, lambda _: None) == ()


def test_a_publisher_that_speaks_itself_stands_once() -> None:
    article = make_article(publisher="daily post")
    claim = make_claim(article, TEXT, by="Daily Post")
    assert account_of(claim, (), article, {}).chain == ("Daily Post",)


def test_a_toll_is_the_widest_and_its_best_only_where_all_agree() -> None:
    found = toll("killed", [Quantity("killed", low=3, best=5, high=9), Quantity("killed", best=4, words="four")])
    assert (found.low, found.best, found.high, found.words) == (3, None, 9, ("four",))


@pytest.mark.parametrize(
    ("earliest", "latest", "wanted"),
    [
        ("2026-05", "2026-05", Interval("2026-05-01", "2026-05-31")),
        ("2026", "", Interval("2026-01-01", "")),
        ("", "2026-02", Interval("", "2026-02-28")),
        ("", "", Interval()),
    ],
)
def test_months_and_years_span_their_days(earliest: str, latest: str, wanted: Interval) -> None:
    assert Interval.spanning(earliest, latest) == wanted
