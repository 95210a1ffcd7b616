"""What does one piece of work cost beside another, on a machine that others use as well?"""

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

Work: TypeAlias = Callable[[list[str]], object]


@dataclass(frozen=True, slots=True)
class Costs:
    """Microseconds of processor time per text, of every contender in every round."""

    rounds: Mapping[str, tuple[float, ...]]

    def of(self, name: str) -> float:
        """Return the median of a contender."""
        return median(self.rounds[name])

    def ratio(self, one: str, other: str) -> float:
        """Return the median of the ratios of the rounds, which a busy neighbour moves less."""
        return median(a / b for a, b in zip(self.rounds[one], self.rounds[other], strict=True))


def compare(contenders: Mapping[str, Work], batches: Iterable[list[str]]) -> Costs:
    """Run all contenders in turn on every batch; the first batch is for warming up."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for batch in batches:
        for name, work in contenders.items():
            found[name].append(cost(work, batch))
    return Costs({name: tuple(costs[1:]) for name, costs in found.items()})


def cost(work: Work, texts: list[str]) -> float:
    """Return microseconds of processor time per text; waiting, and other processes, do not count."""
    gc.collect()  # nobody pays for another's garbage
    start = time.process_time()
    work(texts)
    return (time.process_time() - start) / len(texts) * 1e6


def each(judge: Callable[[str], object]) -> Work:
    """Return the work of judging texts one by one."""

    def work(texts: list[str]) -> None:
        for text in texts:
            judge(text)

    return work
