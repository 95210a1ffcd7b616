"""How much faster than the usual word filters is judging, with as many phrases?"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from benchmarks.figures import Figure
from benchmarks.phrases import engine, phrases, salted
from benchmarks.timing import compare, each

# The number of phrases, then how many times faster than a filter such as Red's, and than `any(k in text)`.
GOALS = ((100, 6.0, 4.0), (1_000, 40.0, 20.0))

Filter: TypeAlias = Callable[[str], object]


def measure(
    batches: Iterable[list[str]], goals: Iterable[tuple[int, float, float]] = GOALS
) -> Iterator[Figure]:
    """Yield the cost of both filters beside ours."""
    texts = list(batches)
    for count, than_red, than_any in goals:
        listed = phrases(count)
        mixed = [salted(batch, listed[:100]) for batch in texts]
        contenders = {
            "ours": each(engine(listed).judge),
            "red": each(alternation(listed)),
            "any": each(substrings(listed)),
        }
        costs = compare(contenders, mixed)
        for name, shown, goal in (("red", "Red's filter", than_red), ("any", "any(k in lower)", than_any)):
            ours, theirs, ratio = costs.of("ours"), costs.of(name), costs.ratio(name, "ours")
            yield Figure.faster(f"{shown}, {count:,} phrases", ours, theirs, ratio, goal)


def alternation(listed: Iterable[str]) -> Filter:
    """Return what Red-DiscordBot's filter does: all phrases as words in one pattern, whatever their case."""
    pattern = re.compile("|".join(rf"\b{re.escape(phrase)}\b" for phrase in listed), re.IGNORECASE)
    return lambda text: set(pattern.findall(text))


def substrings(listed: Iterable[str]) -> Filter:
    """Return the filter that everybody writes first, as everybody writes it."""
    return lambda text: any(phrase in text.lower() for phrase in listed)
