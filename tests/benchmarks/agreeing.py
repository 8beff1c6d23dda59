"""Alpha of the words of 1,000 articles by six people against one numpy pass over the same coincidences."""

from itertools import combinations
from typing import Any

from annotator.agreement.alpha import NOMINAL
from annotator.agreement.base import Adding, scored, stats_of
from annotator.agreement.bootstrap import Drawn
from annotator.agreement.sums import Sums
from annotator.agreement.token_labels import add_rows
from tests.benchmarks.measuring import median, seconds, show

ARTICLES, PEOPLE, WORDS = 1_000, 6, 800
NAMES = ("(none)", "source", "cue", "content")


def articles() -> list[dict[int, Any]]:
    """What each person calls each word, as places in NAMES: they agree on nine words of ten."""
    import numpy as np

    source = np.random.RandomState(0)
    made = []
    for _ in range(ARTICLES):
        said = source.choice(len(NAMES), WORDS, p=(0.6, 0.08, 0.04, 0.28))
        other = source.randint(0, len(NAMES), (PEOPLE, WORDS))
        differs = source.random_sample((PEOPLE, WORDS)) < 0.1
        made.append({person: np.where(differs[person], other[person], said) for person in range(PEOPLE)})
    return made


def ours(made: list[dict[int, Any]]) -> tuple[Sums, float]:
    """Sums of each article, for every pair and for all people, and alpha of them all."""
    sums = Sums()
    for rows in made:
        adding = Adding()
        add_rows(adding, "", rows, NAMES)
        sums.append(adding.tally)
    value = scored(NOMINAL, stats_of(sums.total(), "")).value
    assert value is not None
    return sums, value


def floor(made: list[dict[int, Any]]) -> float:
    """Alpha of the coincidences of all words at once; nothing is kept by article or by pair."""
    import numpy as np

    kinds = len(NAMES)
    met = np.zeros(kinds * kinds)
    for one, other in combinations(range(PEOPLE), 2):
        codes = np.concatenate([rows[one] * kinds + rows[other] for rows in made])
        met += np.bincount(codes, minlength=kinds * kinds)
    table = (met.reshape(kinds, kinds) + met.reshape(kinds, kinds).T) / (PEOPLE - 1)
    totals, whole = table.sum(0), table.sum()
    return float(1 - (whole - 1) * (whole - table.trace()) / (whole * whole - totals @ totals))


def main() -> None:
    """Measures."""
    made = articles()
    sums, value = ours(made)
    assert abs(value - floor(made)) < 1e-9
    counted, once = (median(seconds(lambda work=work: work(made)) for _ in range(5)) for work in (ours, floor))  # type: ignore[misc]
    show("alpha, 1,000 articles x 6 / one numpy pass", counted, once, 3.0)
    drawn = seconds(lambda: Drawn(sums, [NOMINAL], 1_000, 0).interval(NOMINAL, ""))
    show("its interval, 1,000 draws / counting once", drawn, counted, 3.0)


if __name__ == "__main__":
    main()
