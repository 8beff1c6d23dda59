"""Linear models over signs: what was seen is learned, what was never seen says little, the same gives the same."""

import numpy as np
import pytest

from annotator.nlp.learning_linear import fit_choice, fit_yes, likely, rows, scores, shares, together

SIGNS = [["any", "says"], ["any", "walks"], ["any", "says", "loud"], ["any", "walks", "loud"]]


def test_yes_and_no_are_told_apart_by_the_sign_that_matters() -> None:
    of, targets = rows(SIGNS * 10), np.array([1.0, 0.0, 1.0, 0.0] * 10)
    weights = fit_yes(of, targets, np.ones(40), smoothing=0.1)
    says, walks, strange = likely(scores(weights, rows([["any", "says"], ["any", "walks"], ["any", "sings"]])))
    assert says > 0.9
    assert walks < 0.1
    assert 0.2 < strange < 0.8
    assert np.array_equal(weights, fit_yes(of, targets, np.ones(40), smoothing=0.1))


def test_people_who_disagree_give_a_chance_between() -> None:
    of = rows([["any"]] * 4)
    (chance,) = likely(scores(fit_yes(of, np.full(4, 0.25), np.ones(4), smoothing=1e-6), rows([["any"]])))
    assert chance == pytest.approx(0.25, abs=0.01)


def test_the_right_one_of_a_group_is_chosen_whatever_the_size_of_the_group() -> None:
    groups = [[["clause"], ["noun"]], [["noun"], ["clause"], ["rest"]]] * 10
    parts = [rows(group) for group in groups]
    starts = np.cumsum([0, *(len(part) for part in parts[:-1])])
    targets = np.concatenate([[float(signs == ["clause"]) for signs in group] for group in groups])
    weights = fit_choice(together(parts), starts, targets, np.ones(20), smoothing=0.1)
    chances = shares(scores(weights, rows([["rest"], ["clause"], ["noun"]])), np.array([0]))
    assert chances.sum() == pytest.approx(1.0)
    assert int(chances.argmax()) == 1
    assert chances[1] > 0.9
