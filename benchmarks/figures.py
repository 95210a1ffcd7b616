"""How is a figure said beside its peer and its goal?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `peer` is what ours is held against; `met` is None where there is no goal."""

    what: str
    ours: str
    peer: str
    ratio: str
    goal: str
    met: bool | None

    @classmethod
    def share(cls, what: str, ours: float, peer: float, ratio: float, at_most: float) -> Self:
        """Return ours as a part of the peer's; costs are in microseconds."""
        return cls(what, micros(ours), micros(peer), f"{ratio:.1%}", f"<= {at_most:.0%}", ratio <= at_most)

    @classmethod
    def faster(cls, what: str, ours: float, peer: float, ratio: float, at_least: float) -> Self:
        """Return how many times the peer's cost is ours."""
        return cls(what, micros(ours), micros(peer), f"{ratio:.1f}x", f">= {at_least:g}x", ratio >= at_least)

    @classmethod
    def growth(cls, what: str, ours: float, peer: float, ratio: float, at_most: float) -> Self:
        """Return how many times ours is the cost of something smaller."""
        return cls(what, micros(ours), micros(peer), f"{ratio:.2f}x", f"<= {at_most:g}x", ratio <= at_most)

    @classmethod
    def size(cls, what: str, value: float, unit: str, at_most: float | None) -> Self:
        """Return a value that stands for itself."""
        goal = "" if at_most is None else f"<= {at_most:g} {unit}"
        return cls(what, f"{value:.3g} {unit}", "", "", goal, None if at_most is None else value <= at_most)

    @property
    def verdict(self) -> str:
        """`ok`, `miss`, or nothing."""
        return "" if self.met is None else "ok" if self.met else "miss"


def micros(cost: float) -> str:
    """Return microseconds, readable."""
    return f"{cost / 1000:.3g} ms" if cost >= 1000 else f"{cost:.3g} us"


def table(figures: Iterable[Figure]) -> Table:
    """Return the figures as they are shown, one a line, in 80 columns."""
    shown = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    shown.add_column("what", no_wrap=True)
    for name in ("ours", "beside", "ratio"):
        shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("goal", no_wrap=True)
    shown.add_column("", no_wrap=True)
    for one in figures:
        shown.add_row(
            one.what,
            one.ours,
            one.peer,
            one.ratio,
            one.goal,
            f"[bold red]{one.verdict}" if one.met is False else f"[green]{one.verdict}",
        )
    return shown
