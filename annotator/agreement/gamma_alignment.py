"""Which units of several people are put side by side for gamma, so that the disorder is the least.

Mathet, Y., Widlöcher, A. and Métivier, J.-P. (2015). The unified and holistic method gamma. Computational Linguistics
41(3), 437-479. Two people are aligned exactly, as an assignment. More people are aligned exactly where few enough unit
alignments can be of use (MOST_CANDIDATES), as an integer programme; else each person in turn is aligned exactly with
what the others make up, until nothing gets better: that disorder is never below the least one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Marked = tuple[int, int, str]
"""Where a unit begins and ends, in code points, and its label."""
MOST_CANDIDATES = 2_000
EMPTY = 1.0
"""What it costs to have no unit beside another one; a label that differs costs as much."""
_MOST_PASSES = 20


@dataclass(frozen=True, slots=True)
class Aligned:
    """Groups of units by their numbers, at most one of each person.

    disorder is their cost for each unit of an average person. distances are those of all units, positions the part of
    them that is due to where the units are.
    """

    groups: tuple[tuple[int, ...], ...]
    disorder: float
    is_exact: bool
    distances: Any
    positions: Any
    labels: tuple[str, ...]


def aligned(people: Sequence[Sequence[Marked]]) -> Aligned:
    """The best alignment of units of two people or more, of whom at least one has a unit."""
    import numpy as np

    marks = [mark for its in people for mark in its]
    owner = np.array([number for number, its in enumerate(people) for _ in its])
    starts, ends = (np.array([mark[at] for mark in marks], float) for at in (0, 1))
    kinds = np.unique(np.array([mark[2] for mark in marks], dtype=object), return_inverse=True)[1]
    sizes = ends - starts
    apart = np.abs(starts[:, None] - starts) + np.abs(ends[:, None] - ends)
    positions = (apart / (sizes[:, None] + sizes)) ** 2 * EMPTY
    distances = positions + (kinds[:, None] != kinds) * EMPTY
    pairs = len(people) * (len(people) - 1) / 2
    candidates = _candidates(distances, owner, len(people)) if len(people) > 2 else None
    groups = _in_turn(distances, owner, len(people)) if candidates is None else _chosen(candidates, distances, pairs)
    cost = sum(_cost(distances, group, pairs) for group in groups)
    ordered = tuple(sorted(tuple(sorted(group)) for group in groups))
    disorder = cost / (len(marks) / len(people))
    is_exact = len(people) == 2 or candidates is not None
    return Aligned(ordered, disorder, is_exact, distances, positions, tuple(mark[2] for mark in marks))


def _cost(distances: Any, group: Sequence[int], pairs: float) -> float:
    """The mean over all pairs of people; a pair of which one or both have no unit in the group costs EMPTY."""
    real = sum(distances[one, other] for at, one in enumerate(group) for other in group[:at])
    return float(real + (pairs - len(group) * (len(group) - 1) / 2) * EMPTY) / pairs


def _in_turn(distances: Any, owner: Any, people: int) -> list[list[int]]:
    groups: list[list[int]] = []
    before = float("inf")
    pairs = people * (people - 1) / 2
    for turn in range(_MOST_PASSES * people):
        person = turn % people
        groups = [rest for group in groups if (rest := [unit for unit in group if owner[unit] != person])]
        groups = _joined(distances, groups, (owner == person).nonzero()[0].tolist(), pairs)
        if person == people - 1:
            cost = sum(_cost(distances, group, pairs) for group in groups)
            if cost >= before - 1e-9 or people == 2:
                break
            before = cost
    return groups


def _joined(distances: Any, groups: list[list[int]], units: list[int], pairs: float) -> list[list[int]]:
    """The groups with the units put where they cost least, each alone in a group of its own where that is less."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    if not groups or not units:
        return [*groups, *([unit] for unit in units)]
    members = np.zeros((len(groups), len(distances)))
    for number, group in enumerate(groups):
        members[number, group] = 1
    added = (members @ distances[:, units] - members.sum(1)[:, None] * EMPTY) / pairs
    gain = np.maximum(0.0, EMPTY - added)
    rows, columns = linear_sum_assignment(gain, maximize=True)
    found = [list(group) for group in groups]
    alone = set(range(len(units)))
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if gain[row, column] > 0:
            found[row].append(units[column])
            alone.discard(column)
    return [*found, *([units[column]] for column in sorted(alone))]


def _candidates(distances: Any, owner: Any, people: int) -> list[tuple[int, ...]] | None:
    """All groups that can be in a best alignment; None where there are more than MOST_CANDIDATES.

    A group is none of them where one of its units would cost less alone: one whose distances from the k others make up
    k and the number of pairs of people, or more.
    """
    pairs = people * (people - 1) / 2
    by_person = [(owner == person).nonzero()[0].tolist() for person in range(people)]
    found: list[tuple[int, ...]] = [(unit,) for units in by_person for unit in units]
    waiting = [(group, owner[group[0]]) for group in found]
    while waiting:
        group, last = waiting.pop()
        for person in range(last + 1, people):
            for unit in by_person[person]:
                if max(distances[unit, other] for other in group) >= (people - 1 + pairs) * EMPTY:
                    continue
                larger = (*group, unit)
                if _may_be_best(distances, larger, pairs):
                    found.append(larger)
                waiting.append((larger, person))
                if len(waiting) + len(found) > MOST_CANDIDATES:
                    return None
    return found


def _may_be_best(distances: Any, group: tuple[int, ...], pairs: float) -> bool:
    others = len(group) - 1
    return all(sum(distances[unit, other] for other in group) < (others + pairs) * EMPTY for unit in group)


def _chosen(candidates: list[tuple[int, ...]], distances: Any, pairs: float) -> list[list[int]]:
    """The candidates of least cost that hold each unit once."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    costs = np.array([_cost(distances, group, pairs) for group in candidates])
    units = [unit for group in candidates for unit in group]
    columns = [number for number, group in enumerate(candidates) for _ in group]
    held = csc_array((np.ones(len(units)), (units, columns)), shape=(len(distances), len(candidates)))
    ones = np.ones(len(distances))
    solved = milp(
        costs, constraints=LinearConstraint(held, ones, ones), integrality=np.ones(len(costs)), bounds=Bounds(0, 1)
    )
    return [list(group) for group, part in zip(candidates, solved.x, strict=True) if part > 0.5]
