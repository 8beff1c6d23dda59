"""Entity clusters: the worked examples of the papers, and mentions that only one of two people has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.base import Adding, stats_of
from annotator.agreement.clusters import ALL, CLUSTERS, SHARED, Clusters, add_clusters, b_cubed, ceaf_e, lea, muc
from annotator.domain.spans import Span
from tests.agreement.compared import PEOPLE, score, units
from tests.building import make_article, make_entity, make_mention

METRICS = {measure.key: measure for measure in CLUSTERS.measures}
TEXT = "Ana Ruiz met Ruiz's brother Leo. Leo said Ana left."


def clusters(words: str) -> Clusters:
    """The clusters of a line such as "ab cde"; each letter is a mention."""
    return [frozenset((Span(ord(letter), ord(letter) + 1),) for letter in cluster) for cluster in words.split()]


def f1(metric: str, one: str, other: str) -> float | None:
    adding = Adding()
    add_clusters(adding, "", (0, 1), clusters(one), clusters(other))
    return METRICS[metric].score(stats_of(adding.tally, "").get((0, 1), {})).value


def ratio(part: tuple[float, float]) -> float:
    return part[0] / part[1]


@pytest.mark.parametrize(
    ("key", "response", "recall", "precision"),
    [("abcd", "ab cd", 2 / 3, 1), ("ab cd", "abcd", 1, 2 / 3), ("abcd", "abcd", 1, 1), ("abcd", "ab c d", 1 / 3, 1)],
)
def test_muc_of_vilain_and_others(key: str, response: str, recall: float, precision: float) -> None:
    assert ratio(muc(clusters(key), clusters(response))) == pytest.approx(recall)
    assert ratio(muc(clusters(response), clusters(key))) == pytest.approx(precision)


KEY, MERGED_SMALL, MERGED_LARGE = "12345 67 89ABC", "12345 6789ABC", "1234589ABC 67"


def test_b_cubed_of_bagga_and_baldwin() -> None:
    """One wrong link of two costs MUC the same; B-cubed minds which."""
    for response, precision in ((MERGED_SMALL, 0.76), (MERGED_LARGE, 0.58)):
        assert ratio(muc(clusters(response), clusters(KEY))) == pytest.approx(0.9)
        assert ratio(b_cubed(clusters(response), clusters(KEY))) == pytest.approx(precision, abs=0.005)
        assert ratio(b_cubed(clusters(KEY), clusters(response))) == 1


@pytest.mark.parametrize(
    ("response", "published"),
    [(MERGED_SMALL, 0.733), (MERGED_LARGE, 0.667), (KEY.replace(" ", ""), 0.294), (" ".join("123456789ABC"), 0.178)],
)
def test_ceaf_e_of_luo(response: str, published: float) -> None:
    assert f1("ceaf-e", KEY, response) == pytest.approx(published, abs=0.0005)


def test_the_example_that_the_reference_scorer_and_lea_share() -> None:
    """Key abc defg, response ab cd fghi: mentions differ as well (Pradhan et al. 2014; Moosavi and Strube 2016)."""
    key, response = clusters("abc defg"), clusters("ab cd fghi")
    assert ratio(muc(key, response)) == pytest.approx(0.40)
    assert ratio(muc(response, key)) == pytest.approx(0.40)
    assert ratio(b_cubed(key, response)) == pytest.approx(0.42, abs=0.005)
    assert ratio(b_cubed(response, key)) == pytest.approx(0.50)
    assert ratio(ceaf_e(key, response)) == pytest.approx(0.65)
    assert ratio(ceaf_e(response, key)) == pytest.approx(0.43, abs=0.005)
    assert ratio(lea(key, response)) == pytest.approx(0.24, abs=0.005)
    assert ratio(lea(response, key)) == pytest.approx(0.33, abs=0.005)


@pytest.mark.parametrize(
    ("response", "b", "link"),
    [  # key: a bc def, in the manner of the reference scorer's first cases, counted by hand
        ("a bc def", (1, 1), (1, 1)),
        ("bc def", (5 / 6, 1), (5 / 6, 1)),
        ("a bc", (3 / 6, 1), (3 / 6, 1)),
        ("a bc dex", ((1 + 2 + 2 * 2 / 3) / 6, (1 + 2 + 2 * 2 / 3) / 6), ((1 + 2 + 3 / 3) / 6, (1 + 2 + 3 / 3) / 6)),
    ],
)
def test_missing_and_added_mentions(response: str, b: tuple[float, float], link: tuple[float, float]) -> None:
    key, other = clusters("a bc def"), clusters(response)
    assert (ratio(b_cubed(key, other)), ratio(b_cubed(other, key))) == pytest.approx(b)
    assert (ratio(lea(key, other)), ratio(lea(other, key))) == pytest.approx(link)


def test_mentions_of_entities_are_clustered_by_article() -> None:
    article, ana, leo = make_article(TEXT), make_entity("Ana Ruiz"), make_entity("Leo")
    anna, ben = PEOPLE[:2]
    both = units(
        article,
        TEXT,
        make_mention(article, TEXT, "Ana Ruiz", author=anna, entity=ana),
        make_mention(article, TEXT, "Ruiz's", author=anna, entity=ana),
        make_mention(article, TEXT, "Leo", author=anna, entity=leo),
        make_mention(article, TEXT, "Ana Ruiz", author=ben, entity=ana),
        make_mention(article, TEXT, "Ruiz's", author=ben, entity=ana),
        make_mention(article, TEXT, "brother", author=ben, entity=leo),
    )
    assert score(CLUSTERS, METRICS["muc"], both, label=ALL).value == 1
    assert score(CLUSTERS, METRICS["b-cubed"], both, label=ALL).value == pytest.approx(2 / 3)
    assert score(CLUSTERS, METRICS["b-cubed"], both, label=SHARED).value == 1
    assert score(CLUSTERS, METRICS["ceaf-e"], both, label=ALL).value == pytest.approx(1 / 2)
    assert score(CLUSTERS, METRICS["conll"], both, label=ALL).value == pytest.approx((1 + 2 / 3 + 1 / 2) / 3)


def test_what_nobody_linked_is_undefined() -> None:
    assert f1("lea", "", "") is None
    assert f1("muc", "a b", "a b") is None  # no entity has two mentions
    assert METRICS["conll"].score({}).undefined == "no entity has two mentions"


PARTITION = st.lists(st.integers(0, 3), min_size=1, max_size=7)


@given(PARTITION, PARTITION)
def test_every_metric_is_between_0_and_1_and_the_same_both_ways(mine: list[int], theirs: list[int]) -> None:
    def line(its: list[int]) -> str:
        return " ".join("".join(chr(97 + at) for at, one in enumerate(its) if one == kind) for kind in sorted(set(its)))

    one, other = line(mine), line(theirs)
    for metric in METRICS:
        value, back = f1(metric, one, other), f1(metric, other, one)
        assert value == (None if back is None else pytest.approx(back))
        assert value is None or 0 <= value <= 1 + 1e-9
        same = f1(metric, one, one)
        assert same is None or same == pytest.approx(1)
