"""How often did the triggers fire, on which messages, and how often rightly?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.detection import Verdict
from bot.evaluation.records import FACETS, Record

# A file with a new value on every line must not fill the memory.
_MOST_VALUES = 200
_OTHERS = "(others)"
# Where operators ask to see texts, this many are kept.
MOST_SHOWN = 500


@dataclass(slots=True)
class Count:
    """Messages, and what became of those with a label."""

    messages: int = 0
    fired: int = 0
    positives: int = 0
    caught: int = 0
    negatives: int = 0
    false_fires: int = 0

    def add(self, positive: bool | None, fired: bool) -> None:
        """Count one message."""
        self.messages += 1
        self.fired += fired
        if positive is True:
            self.positives += 1
            self.caught += fired
        elif positive is False:
            self.negatives += 1
            self.false_fires += fired

    @property
    def recall(self) -> float | None:
        """The share of positives that fired; None without any."""
        return self.caught / self.positives if self.positives else None

    @property
    def false_rate(self) -> float | None:
        """The share of negatives that fired; None without any."""
        return self.false_fires / self.negatives if self.negatives else None

    def summary(self) -> dict[str, object]:
        """The numbers by their names, rates rounded to five digits."""
        counts: dict[str, object] = {"messages": self.messages, "fired": self.fired}
        if self.recall is not None:
            counts |= {"positives": self.positives, "caught": self.caught, "recall": round(self.recall, 5)}
        if self.false_rate is not None:
            rate = round(self.false_rate, 5)
            counts |= {"negatives": self.negatives, "false_fires": self.false_fires, "false_fire_rate": rate}
        return counts


@dataclass(frozen=True, slots=True)
class Shown:
    """A message an operator wants to see: where it stands, what it says, why it fired or did not."""

    place: str
    text: str = field(repr=False)
    explanation: str = field(repr=False)


class Tally:
    """Counts verdicts; memory does not grow with the number of messages."""

    def __init__(self) -> None:
        self.total = Count()
        self.strict = Count()
        self.bad_lines = 0
        self.rules: Counter[str] = Counter()
        self.facets: dict[str, dict[str, Count]] = {name: {} for name in FACETS}
        self.misses: list[Shown] = []
        self.false_fires: list[Shown] = []

    def add(self, place: str, record: Record, verdict: Verdict) -> None:
        """Count one message; `place` is how the operator finds it again."""
        positive = record.positive
        self.total.add(positive, verdict.fired)
        if record.strict:
            self.strict.add(True, verdict.fired)
        if verdict.fired and verdict.rule:
            self.rules[verdict.rule] += 1
        for name, value in record.facets.items():
            self._count(name, value).add(positive, verdict.fired)
        wrong = self.misses if positive and not verdict.fired else self.false_fires
        unwanted = positive is not True and verdict.fired
        if (unwanted or wrong is self.misses) and len(wrong) < MOST_SHOWN:
            wrong.append(Shown(place, record.text, verdict.explanation))

    def _count(self, facet: str, value: str) -> Count:
        values = self.facets[facet]
        if value not in values and len(values) >= _MOST_VALUES:
            value = _OTHERS
        return values.setdefault(value, Count())

    def summary(self) -> Mapping[str, object]:
        """Everything but the texts, ready for JSON."""
        by = {
            name: {value: count.summary() for value, count in sorted(values.items())}
            for name, values in self.facets.items()
            if values
        }
        summary: dict[str, object] = {**self.total.summary(), "bad_lines": self.bad_lines}
        summary["fired_per_100000"] = round(self.total.fired * 100_000 / max(self.total.messages, 1), 3)
        if self.strict.positives:
            summary["strict"] = self.strict.summary()
        return summary | {"rules": dict(self.rules.most_common()), "by": by}
