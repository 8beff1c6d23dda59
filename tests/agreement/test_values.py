"""Attributes, places, numbers, dates and event types of records that match, worked by hand."""

import math
from collections.abc import Mapping

import pytest

from annotator.agreement.alpha import MASI, NOMINAL, ORDINAL, RATIO
from annotator.agreement.attributes import CLAIM_CHOICES, CLAIM_ORDERS, CLAIM_SETS, MENTION_CHOICES, MENTION_SETS
from annotator.agreement.base import Score
from annotator.agreement.event_rows import EVENT_ROWS
from annotator.agreement.kappa import COHEN, FLEISS, PERCENT
from annotator.agreement.numbers import DATES, NUMBERS
from annotator.agreement.places import FARTHEST_KM, PLACES, log_area, median_km
from annotator.agreement.units import ArticleUnits
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.identifiers import Identifier
from tests.agreement.compared import PEOPLE, score, units
from tests.building import make_article, make_claim, make_entity, make_mention

ANNA, BEN, CLEO = PEOPLE[:3]
TEXT = "Ana Ruiz said the bridge was safe. Men left Orsa on Friday, the Daily Post wrote."
CONTENTS = ("the bridge was safe", "Men left Orsa on Friday")


def claims_of(*fields: tuple[Author, Mapping[str, object]]) -> ArticleUnits:
    """An article in which each author makes the next claim of theirs with these fields; the nth claims match."""
    article, made = make_article(TEXT), dict[str, int]()
    claims: list[Claim] = []
    for who, its in fields:
        at = made.get(who.annotator, 0)
        made[who.annotator] = at + 1
        claims.append(make_claim(article, TEXT, CONTENTS[at], author=who, **its))
    people = [who for who in PEOPLE if who.annotator in made]
    return units(article, TEXT, *claims, people=people)


def test_choices_of_matched_claims() -> None:
    article = claims_of(
        (ANNA, {"stance": "affirms", "act": "states"}),
        (ANNA, {"stance": "denies", "act": "promises"}),
        (BEN, {"stance": "affirms", "act": "states"}),
        (BEN, {"stance": "doubts", "act": ""}),
    )
    stance = score(CLAIM_CHOICES, PERCENT, article, label="stance")
    assert (stance.value, stance.n) == (0.5, 2)
    # Values: affirms 2, denies 1, doubts 1; 3 * 2 against 16 - 6.
    assert score(CLAIM_CHOICES, NOMINAL, article, label="stance").value == pytest.approx(1 - 3 * 2 / 10)
    # Cohen: observed 1/2, expected 1/4.
    assert score(CLAIM_CHOICES, COHEN, article, label="stance").value == pytest.approx(1 / 3)
    assert score(CLAIM_CHOICES, PERCENT, article, label="act").n == 1  # who gave none is left out


def test_certainty_is_compared_by_its_order() -> None:
    def of(second: str) -> Score:
        return score(
            CLAIM_ORDERS,
            ORDINAL,
            claims_of(
                (ANNA, {"certainty": "certain"}),
                (ANNA, {"certainty": "possible"}),
                (BEN, {"certainty": "certain"}),
                (BEN, {"certainty": second}),
            ),
            label="certainty",
        )

    near, far = of("probable").value, of("certain").value
    assert near is not None
    assert far is not None
    assert near > far


def test_three_people_have_a_fleiss_kappa() -> None:
    article = claims_of(
        *((who, {"stance": "affirms"}) for who in (ANNA, BEN, CLEO)),
        *((who, {"stance": stance}) for who, stance in ((ANNA, "denies"), (BEN, "denies"), (CLEO, "affirms"))),
    )
    # Agreeing: 1 and 1/3; shares: affirms 4/6, denies 2/6.
    expected = (4 / 6) ** 2 + (2 / 6) ** 2
    found = score(CLAIM_CHOICES, FLEISS, article, label="stance")
    assert found.value == pytest.approx((2 / 3 - expected) / (1 - expected))
    assert found.n == 2


def test_entities_that_a_claim_is_about_are_sets() -> None:
    ana, leo = make_entity("Ana"), make_entity("Leo")
    article = claims_of(
        (ANNA, {"about": (ana.id,)}),
        (ANNA, {}),
        (BEN, {"about": (ana.id, leo.id)}),
        (BEN, {"about": ()}),
    )
    found = score(CLAIM_SETS, MASI, article, label="about")
    assert found.n == 1  # nobody said what the second is about
    assert found.value == pytest.approx(0)  # all there is is this one difference


def test_labels_and_sectors_of_matched_mentions() -> None:
    article = make_article(TEXT)
    one, other = make_entity("Ana", sectors=("GOV",)), make_entity("Ana R.", sectors=("GOV", "MIL"))
    both = units(
        article,
        TEXT,
        make_mention(article, TEXT, "Ana Ruiz", author=ANNA, entity=one),
        make_mention(article, TEXT, "Orsa", author=ANNA, label="location"),
        make_mention(article, TEXT, "Ana Ruiz", author=BEN, entity=other),
        make_mention(article, TEXT, "Orsa", author=BEN),
        entities=[one, other],
    )
    assert score(MENTION_CHOICES, PERCENT, both, label="label").value == 0.5
    assert score(MENTION_CHOICES, PERCENT, both, label="entity").value == 0
    assert score(MENTION_SETS, MASI, both, label="sectors").n == 1


def place(name: str, lat: float, lon: float, geonames: str) -> dict[str, object]:
    where = Place(PlaceLevel.POPULATED_PLACE, lat, lon, Basis.GAZETTEER)
    return {"name": name, "kind": "place", "place": where, "ids": (Identifier("geonames", geonames),)}


def test_places_of_matched_mentions() -> None:
    """A degree of latitude is 111.2 km."""
    here, there, far = (
        make_entity(**place("Orsa", 35, 69, "1")),  # type: ignore[arg-type]
        make_entity(**place("Orsa", 36, 69, "2")),  # type: ignore[arg-type]
        make_entity(**place("Orsa", 45, 69, "3")),  # type: ignore[arg-type]
    )
    articles = []
    for mine, theirs in ((here, here), (here, there), (here, far)):
        article = make_article(TEXT)
        mentions = [
            make_mention(article, TEXT, "Orsa", author=who, label="location", entity=entity)
            for who, entity in ((ANNA, mine), (BEN, theirs))
        ]
        articles.append(units(article, TEXT, *mentions, entities=[here, there, far]))
    same, median, near, area = PLACES.measures
    assert score(PLACES, same, *articles).value == pytest.approx(1 / 3)
    assert score(PLACES, median, *articles).value == pytest.approx(111.2)
    assert score(PLACES, near, *articles).value == pytest.approx(2 / 3)
    logs = [0, math.log(112.2), math.log(1113.0)]
    by_hand = ((logs[0] + logs[1]) / 2 + (logs[1] + logs[2]) / 2) / (math.log(FARTHEST_KM) * 2)
    assert score(PLACES, area, *articles).value == pytest.approx(by_hand, rel=1e-3)


def test_errors_at_both_ends_of_the_scale() -> None:
    assert log_area({("km", 0.0): 5}).value == 0
    assert log_area({("km", FARTHEST_KM - 1.0): 5}).value == pytest.approx(1)
    assert median_km({("km", 2.0): 2, ("km", 4.0): 2}).value == 3
    assert "no two mentions" in log_area({}).undefined


def test_numbers_and_dates_of_matched_claims() -> None:
    def event(best: int, earliest: str, latest: str) -> Event:
        return Event("ASSAULT", date=When("", earliest, latest), quantities=(Quantity("killed", best=best),))

    article = claims_of(
        (ANNA, {"event": event(12, "2026-05-01", "2026-05-03")}),
        (ANNA, {"event": event(4, "2026-05-01", "2026-05-01")}),
        (BEN, {"event": event(12, "2026-05-03", "2026-05-04")}),
        (BEN, {"event": event(6, "2026-05-02", "")}),
    )
    assert score(NUMBERS, PERCENT, article, label="killed").value == 0.5
    # Observed 2 * (2/10)^2; all ordered pairs of 12, 12, 4, 6: 2 * (2 * (8/16)^2 + 2 * (6/18)^2 + (2/10)^2) over 12.
    expected = 2 * (2 * 0.25 + 2 / 9 + 0.04) / 12
    assert score(NUMBERS, RATIO, article, label="killed").value == pytest.approx(1 - (0.08 / 4) / expected)
    overlap, same = DATES.measures
    assert score(DATES, overlap, article, label="event date").value == 0.5
    assert score(DATES, same, article, label="event date").value == 0
    assert score(DATES, overlap, article, label="said on").undefined == "no two claims that match both have days"


def test_event_types_of_articles() -> None:
    articles = [
        claims_of((ANNA, {"event": Event(mine)}), (BEN, {"event": Event(theirs)}))
        for mine, theirs in (("ASSAULT", "ASSAULT"), ("PROTEST", ""), ("", ""))
    ]
    assert score(EVENT_ROWS, NOMINAL, *articles, label="ASSAULT").value == 1
    protest = score(EVENT_ROWS, NOMINAL, *articles, label="PROTEST")
    assert (protest.value, protest.n) == (0, 3)  # yes 1, no 5: 5 * 2 against 36 - 26
