"""How much does judging cost more with a hundred times the phrases?"""

from collections.abc import Iterable, Iterator

from benchmarks.figures import Figure
from benchmarks.phrases import engine, phrases, salted
from benchmarks.timing import compare, each

FEW, MANY = 100, 10_000
GOAL = 1.7


def measure(batches: Iterable[list[str]], few: int = FEW, many: int = MANY) -> Iterator[Figure]:
    """Yield the cost with many phrases beside that with few, for texts in plain ASCII."""
    listed = phrases(many)
    mixed = [salted([text for text in batch if text.isascii()], listed[:few]) for batch in batches]
    costs = compare(
        {"few": each(engine(listed[:few]).judge), "many": each(engine(listed).judge)},
        mixed,
    )
    what = f"{few:,} -> {many:,} phrases"
    yield Figure.growth(what, costs.of("many"), costs.of("few"), costs.ratio("many", "few"), GOAL)
