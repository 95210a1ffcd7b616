"""Does judging stay linear, whatever somebody writes?"""

import random
from collections.abc import Iterator, Mapping
from statistics import mean
from unittest.mock import patch

from benchmarks import hostile
from benchmarks.figures import Figure
from benchmarks.timing import cost, each
from bot.detection import Detector, clean

SHORT, TIMES = 4_000, 4
GOAL = 5.0
# For whatever can be written in one message.
GOAL_MS = 10.0
ROUNDS = 5


def measure(
    detector: Detector,
    rounds: int = ROUNDS,
    short: int = SHORT,
    families: Mapping[str, hostile.Piece] = hostile.FAMILIES,
) -> Iterator[Figure]:
    """Yield the family that grows worst, and the one that costs most in one message."""
    words = sorted(detector.program.lexicon.whole)
    found = {}
    # Nothing is cut off: the cut would hide what grows.
    with patch.object(clean, "LONGEST", short * TIMES):
        for name, piece in families.items():
            _costs(detector, piece, short, 0, words)
            drawn = [_costs(detector, piece, short, seed, words) for seed in range(1, rounds + 1)]
            found[name] = tuple(map(mean, zip(*drawn, strict=True)))
    name, (one, longer) = max(found.items(), key=lambda item: item[1][1] / item[1][0])
    yield Figure.growth(f"{TIMES}x as long: {name}", longer, one, longer / one, GOAL)
    name, (one, _) = max(found.items(), key=lambda item: item[1][0])
    yield Figure.size(f"{short:,} characters: {name}", one / 1000, "ms", GOAL_MS)


def _costs(
    detector: Detector, piece: hostile.Piece, short: int, seed: int, words: list[str]
) -> tuple[float, float]:
    """Microseconds for a short text and for a long one, all of them new.

    There are as many short ones as fill the long one: where something is tidied up once in so many
    characters, both pay alike.
    """
    draw = random.Random(seed)  # noqa: S311 - the same every time
    judging = each(detector.judge)
    brief = [hostile.text(piece, short, draw, words) for _ in range(TIMES)]
    long = hostile.text(piece, short * TIMES, draw, words)
    return cost(judging, brief), cost(judging, [long])
