"""Linear models over signs (strings that hold of a candidate): yes or no, and which of several; trained at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

SIZE = 1 << 18
"""Weights of one model; signs that share one by chance share what they say."""
_REMEMBERED, _STEPS, _LEAST_GAIN = 8, 80, 1e-5

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The signs of many candidates: places of weights, one candidate's after another's, and where each one's begin."""

    places: Numbers
    starts: Numbers

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> Numbers:
        """How many signs each candidate has."""
        return np.diff(np.append(self.starts, len(self.places)))


def rows(signs: Iterable[Sequence[str]]) -> Rows:
    """The signs of candidates, each of which has at least one."""
    places: list[int] = []
    starts: list[int] = []
    for one in signs:
        starts.append(len(places))
        places += [crc32(sign.encode()) % SIZE for sign in one]
    return Rows(np.array(places, np.int32), np.array(starts, np.int64))


def together(parts: Sequence[Rows]) -> Rows:
    """All candidates in one row."""
    offsets = np.cumsum([0, *(len(part.places) for part in parts)])
    starts = [part.starts + offset for part, offset in zip(parts, offsets, strict=False)]
    return Rows(np.concatenate([part.places for part in parts]), np.concatenate(starts))


def scores(weights: Numbers, of: Rows) -> Numbers:
    """The sum of the weights of each candidate's signs."""
    return np.add.reduceat(weights[of.places], of.starts) if len(of) else np.zeros(0)


def likely(score: Numbers) -> Numbers:
    """Scores as probabilities of yes."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0))))


def shares(score: Numbers, starts: Numbers) -> Numbers:
    """Scores as probabilities of being the one chosen in its group; starts is where each group begins."""
    sizes = np.diff(np.append(starts, len(score)))
    raised = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
    return np.asarray(raised / np.repeat(np.add.reduceat(raised, starts), sizes))


def fit_yes(of: Rows, targets: Numbers, amounts: Numbers, smoothing: float) -> Numbers:
    """Weights for yes or no. targets are shares of yes, amounts how much each candidate counts."""

    def cost(score: Numbers) -> tuple[float, Numbers]:
        chance = likely(score)
        lost = targets * np.log(chance + 1e-12) + (1.0 - targets) * np.log(1.0 - chance + 1e-12)
        return -float(amounts @ lost), amounts * (chance - targets)

    return _lowest(of, cost, smoothing)


def fit_choice(of: Rows, starts: Numbers, targets: Numbers, amounts: Numbers, smoothing: float) -> Numbers:
    """Weights for which of a group. targets add up to one in each group, amounts are how much each group counts."""
    each = np.repeat(amounts, np.diff(np.append(starts, len(of))))

    def cost(score: Numbers) -> tuple[float, Numbers]:
        chance = shares(score, starts)
        return -float(each @ (targets * np.log(chance + 1e-12))), each * (chance - targets)

    return _lowest(of, cost, smoothing)


def _lowest(of: Rows, cost: Callable[[Numbers], tuple[float, Numbers]], smoothing: float) -> Numbers:
    """Where cost and the weights' squares times smoothing are least: L-BFGS (Nocedal and Wright 2006, 7.4).

    cost gives a value for scores, and its slopes.
    """
    # Most weights have no sign here and stay zero: without them each step is quicker.
    used, places = np.unique(of.places, return_inverse=True)
    short, sizes = Rows(places, of.starts), of.sizes

    def whole(weights: Numbers) -> tuple[float, Numbers]:
        value, slopes = cost(scores(weights, short))
        gradient = np.bincount(places, np.repeat(slopes, sizes), len(used))
        return value + 0.5 * smoothing * float(weights @ weights), gradient + smoothing * weights

    weights = np.zeros(len(used))
    value, gradient = whole(weights)
    memory: list[tuple[Numbers, Numbers]] = []
    for _ in range(_STEPS):
        way = _direction(gradient, memory)
        step = 1.0 if memory else 1.0 / max(1.0, float(np.sqrt(gradient @ gradient)))
        slope = float(gradient @ way)
        for _ in range(20):
            moved = weights + step * way
            new_value, new_gradient = whole(moved)
            if new_value <= value + 1e-4 * step * slope:
                break
            step *= 0.5
        change, turn = moved - weights, new_gradient - gradient
        if float(change @ turn) > 1e-10:
            memory = [*memory, (change, turn)][-_REMEMBERED:]
        gain = value - new_value
        weights, value, gradient = moved, new_value, new_gradient
        if gain <= _LEAST_GAIN * abs(value):
            break
    result = np.zeros(SIZE)
    result[used] = weights
    return result


def _direction(gradient: Numbers, memory: list[tuple[Numbers, Numbers]]) -> Numbers:
    """Downhill, bent by what the last steps told of the curve."""
    way, parts = -gradient, list[float]()
    for change, turn in reversed(memory):
        part = float(change @ way) / float(change @ turn)
        way = way - part * turn
        parts.append(part)
    if memory:
        change, turn = memory[-1]
        way = way * (float(change @ turn) / float(turn @ turn))
    for (change, turn), part in zip(memory, reversed(parts), strict=True):
        way = way + (part - float(turn @ way) / float(change @ turn)) * change
    return way
