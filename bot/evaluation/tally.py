"""How often did the triggers fire, on which messages, and how often rightly?"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.detection import Verdict
from bot.evaluation.counts import Count
from bot.evaluation.records import FACETS, Record

# A file with a new value on every line must not fill the memory.
_MOST_VALUES = 200
OTHERS = "(others)"
# What is counted apart besides, whatever other labels there are.
APART = ("strict", "needs_context", "email_scam", "blackmailer")
# Of each kind of message an operator asks to see, this many are kept, and this much of each.
MOST_SHOWN = 500
_LONGEST_SHOWN = 1000
_TOLD_BESIDE = ("lang", "speaker", "kind", "category", "origin")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message an operator wants to see: where it stands, what it says, why it fired or did not."""

    place: str
    text: str = field(repr=False)
    explanation: str = field(repr=False)
    about: str = ""


class Tally:
    """Counts verdicts; memory does not grow with the number of messages.

    `explain` is asked about the messages worth showing; without it none are kept.
    """

    def __init__(self, explain: Callable[[str], Verdict] | None = None) -> None:
        self.total = Count()
        self.apart = {name: Count() for name in APART}
        self.bad_lines = 0
        self.without_text = 0
        self.rules: Counter[str] = Counter()
        self.facets: dict[str, dict[str, Count]] = {name: {} for name in FACETS}
        self.misses: list[Shown] = []
        self.false_fires: list[Shown] = []
        self.unlabelled_fires: list[Shown] = []
        self._explain = explain

    def add(self, place: str, record: Record, verdict: Verdict) -> None:
        """Count one message; `place` is how the operator finds it again."""
        positive, strict, fired = record.positive, record.strict, verdict.fired
        self.total.add(positive, fired, strict=strict)
        for name in _groups(record, strict=strict):
            self.apart[name].add(positive, fired, strict=strict)
        for name, value in record.facets.items():
            self._count(name, value).add(positive, fired, strict=strict)
        self.without_text += not record.text or record.text.isspace()
        if fired and verdict.rule:
            self.rules[verdict.rule] += 1
        if fired != (positive is True):
            self._keep(place, record)

    @property
    def strict(self) -> Count:
        """The positives that say by themselves what happened, to a victim or somebody close."""
        return self.apart["strict"]

    def _keep(self, place: str, record: Record) -> None:
        positive = record.positive
        kept = self.misses if positive else self.unlabelled_fires if positive is None else self.false_fires
        if self._explain is None or len(kept) >= MOST_SHOWN:
            return
        text = record.text if len(record.text) <= _LONGEST_SHOWN else record.text[:_LONGEST_SHOWN] + "…"
        about = " · ".join(record.facets[name] for name in _TOLD_BESIDE if name in record.facets)
        kept.append(Shown(place, text, self._explain(record.text).explanation, about))

    def _count(self, facet: str, value: str) -> Count:
        values = self.facets[facet]
        if value not in values and len(values) >= _MOST_VALUES:
            value = OTHERS
        return values.setdefault(value, Count())

    def summary(self) -> Mapping[str, object]:
        """Everything but the texts, ready for JSON."""
        by = {
            name: {value: count.summary() for value, count in sorted(values.items())}
            for name, values in self.facets.items()
            if values
        }
        summary: dict[str, object] = {**self.total.summary(), "bad_lines": self.bad_lines}
        summary["without_text"] = self.without_text
        summary["fired_per_100000"] = round(self.total.fired * 100_000 / max(self.total.messages, 1), 3)
        summary |= {name: count.summary() for name, count in self.apart.items() if count.messages}
        return summary | {"rules": dict(self.rules.most_common()), "by": by}


def _groups(record: Record, *, strict: bool) -> Iterator[str]:
    if strict:
        yield "strict"
    if record.positive and record.needs_context:
        yield "needs_context"
    if record.about_email_scam:
        yield "email_scam"
    if record.by_blackmailer:
        yield "blackmailer"
