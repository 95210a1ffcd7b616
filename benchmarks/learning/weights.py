"""How much does what stands in a message speak for a disclosure?

Logistic regression over concepts and pairs of them, with an L1 penalty that leaves few of either and fewer
that speak against it; then whole numbers, for people to read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Stretch = frozenset[str]
_STEPS = 1_500
# A weight of 1 multiplies the odds by e to the quarter.
SCALE = 4


@dataclass(frozen=True, slots=True)
class Penalties:
    """What a weight of 1 costs when it speaks for a disclosure, and when it speaks against one.

    `support` is in how many disclosures a pair must stand.
    """

    pro: float = 1.0
    contra: float = 6.0
    support: int = 60


@dataclass(frozen=True, slots=True)
class Lesson:
    """What stands together in a message, whether it is a disclosure, and how much it counts."""

    found: Stretch
    wanted: bool
    counts: float


def learn(lessons: Sequence[Lesson], penalties: Penalties) -> dict[str, int]:
    """Return the weights of concepts, `a`, and of pairs, `a + b`, the heaviest first."""
    weighed = _candidates(lessons, penalties.support)
    columns = np.array([[_stands(one, lesson.found) for one in weighed] for lesson in lessons], np.float32)
    signs = np.array([1.0 if lesson.wanted else -1.0 for lesson in lessons], np.float32)
    counts = np.array([lesson.counts for lesson in lessons], np.float32)
    fitted = _fit(columns, signs, counts, penalties)
    whole = {
        " + ".join(one): round(SCALE * float(weight)) for one, weight in zip(weighed, fitted, strict=True)
    }
    return dict(sorted(((one, weight) for one, weight in whole.items() if weight), key=lambda one: -one[1]))


def score(weights: Mapping[str, int], found: Stretch) -> int:
    """Return what a stretch counts."""
    return sum(weight for one, weight in weights.items() if _stands(one.split(" + "), found))


def _stands(one: Iterable[str], found: Stretch) -> bool:
    return all(part in found for part in one)


def _candidates(lessons: Sequence[Lesson], support: int) -> list[tuple[str, ...]]:
    names = sorted({name for lesson in lessons for name in lesson.found})
    wanted = [lesson.found for lesson in lessons if lesson.wanted]
    pairs = [
        pair for pair in combinations(names, 2) if sum(_stands(pair, found) for found in wanted) >= support
    ]
    return [*((name,) for name in names), *pairs]


def _fit(
    columns: NDArray[np.float32],
    signs: NDArray[np.float32],
    counts: NDArray[np.float32],
    penalties: Penalties,
) -> NDArray[np.float32]:
    """FISTA (Beck and Teboulle 2009): a step down the slope, then every weight towards nothing."""
    data = np.hstack([columns, np.ones((len(columns), 1), np.float32)])
    pro, contra = (np.full(data.shape[1], cost, np.float32) for cost in (penalties.pro, penalties.contra))
    pro[-1] = contra[-1] = 0  # what every message has is free
    rate = 1 / _steepest(data, counts)
    weights = ahead = np.zeros(data.shape[1], np.float32)
    momentum = 1.0
    for _ in range(_STEPS):
        slope = -data.T @ (signs * counts / (1 + np.exp(np.clip(signs * (data @ ahead), -30, 30))))
        moved = ahead - rate * slope
        last, weights = weights, np.maximum(moved - rate * pro, 0) + np.minimum(moved + rate * contra, 0)
        before, momentum = momentum, (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = weights + (before - 1) / momentum * (weights - last)
    return weights[:-1]


def _steepest(data: NDArray[np.float32], counts: NDArray[np.float32]) -> float:
    """A bound of how fast the slope changes: the largest eigenvalue, by power iteration."""
    direction = np.ones(data.shape[1], np.float32)
    for _ in range(50):
        direction = data.T @ (counts * (data @ direction))
        direction /= np.linalg.norm(direction)
    return float(direction @ (data.T @ (counts * (data @ direction)))) / 4 * 1.05
