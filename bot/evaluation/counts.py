"""How many messages were there, and what became of those with a label?"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass


@dataclass(slots=True)
class Count:
    """Messages that fired or not; positives should, negatives should not, strict ones are positives."""

    messages: int = 0
    fired: int = 0
    positives: int = 0
    caught: int = 0
    strict: int = 0
    strict_caught: int = 0
    negatives: int = 0
    false_fires: int = 0

    @classmethod
    def sum(cls, counts: Iterable["Count"]) -> "Count":
        """Return the sum of counts of different messages."""
        return cls(*map(sum, zip(*map(astuple, counts), strict=True)))

    def add(self, positive: bool | None, fired: bool, *, strict: bool) -> None:
        """Count one message; `positive` is None where it has no label."""
        self.messages += 1
        self.fired += fired
        if strict:
            self.strict += 1
            self.strict_caught += fired
        if positive is True:
            self.positives += 1
            self.caught += fired
        elif positive is False:
            self.negatives += 1
            self.false_fires += fired

    @property
    def unlabelled(self) -> int:
        """The number of messages without a label."""
        return self.messages - self.positives - self.negatives

    @property
    def recall(self) -> float | None:
        """The share of positives that fired; None without any."""
        return self.caught / self.positives if self.positives else None

    @property
    def strict_recall(self) -> float | None:
        """The share of strict positives that fired; None without any."""
        return self.strict_caught / self.strict if self.strict else None

    @property
    def false_rate(self) -> float | None:
        """The share of negatives that fired; None without any."""
        return self.false_fires / self.negatives if self.negatives else None

    def summary(self) -> dict[str, object]:
        """The numbers by their names, rates rounded to five digits."""
        counts: dict[str, object] = {"messages": self.messages, "fired": self.fired}
        if self.recall is not None:
            counts |= {"positives": self.positives, "caught": self.caught, "recall": round(self.recall, 5)}
        if self.strict_recall is not None:
            rate = round(self.strict_recall, 5)
            counts |= {"strict_positives": self.strict, "strict_caught": self.strict_caught}
            counts["strict_recall"] = rate
        if self.false_rate is not None:
            rate = round(self.false_rate, 5)
            counts |= {"negatives": self.negatives, "false_fires": self.false_fires, "false_fire_rate": rate}
        return counts
