"""How soon does what a moderator edits count?"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure
from benchmarks.phrases import phrases
from bot.detection import Detector, load

PHRASES = 20
GOAL_MS, GOAL_LIVE_MS = 1.0, 5.0
ROUNDS = 5


def measure(detector: Detector, messages: Path, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield the time to compile a community's phrases, to see them found, and to load all packs anew."""
    concept = detector.program.names[0].replace(" ", "_")
    sets = iter([phrases(PHRASES * (at + 1))[-PHRASES:] for at in range(rounds * 2)])

    def compile_phrases() -> None:
        detector.overlay({concept: next(sets)})

    def until_found() -> None:
        listed = next(sets)
        overlay = detector.overlay({concept: listed})
        if not detector.read(f"well, {listed[-1]} then", overlay).seen.own:
            raise RuntimeError("the phrase was not found")

    what = f"{PHRASES} phrases"
    yield Figure.size(f"{what}: to compile", _median_ms(compile_phrases, rounds), "ms", GOAL_MS)
    yield Figure.size(f"{what}: edit to live", _median_ms(until_found, rounds), "ms", GOAL_LIVE_MS)
    yield Figure.size("all packs: to load and try", _median_ms(lambda: load(messages), rounds), "ms", None)


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        found.append((time.perf_counter() - start) * 1000)
    return median(found)
