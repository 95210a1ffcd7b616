"""Does a rule hold for the hits of one text, how well, and what is missing?"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain
from operator import or_
from typing import TypeAlias

from bot.detection.matcher import Hit

# Groups that must all be there, and what they count.
Weight: TypeAlias = tuple[tuple[int, ...], int]
# The hits of a weight's groups, and what they count.
Weighed: TypeAlias = tuple[tuple[Hit, ...], int]
# Terms of one concept that overlap in one place; more are no news.
_MOST_RUNS = 6


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with concepts as numbers; sets of concepts are bitsets.

    `needs` are, for groups without a common concept, those of which one must stand in the text.
    """

    id: str
    topic: str
    groups: tuple[int, ...]
    needs: tuple[int, ...]
    none_of: tuple[tuple[int, int], ...]  # a concept, and those that take its silence back
    within: int
    ordered: bool
    not_before: tuple[int, int] | None
    weights: tuple[Weight, ...]
    threshold: int
    # The weights by their first groups, most of which are not there: that rules out many at once.
    _by_first: Mapping[int, Sequence[Weight]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_first: dict[int, list[Weight]] = defaultdict(list)
        for (first, *others), weight in self.weights:
            by_first[first].append((tuple(others), weight))
        object.__setattr__(self, "_by_first", by_first)

    @property
    def concepts(self) -> int:
        """Every concept the rule looks at, as a bitset."""
        sets = [*self.groups, *chain.from_iterable(weighed for weighed, _ in self.weights)]
        for number, unless in self.none_of:
            sets += (1 << number, unless)
        if self.not_before:
            sets.append(1 << self.not_before[0])
        return reduce(or_, sets)

    def is_near(self, bits: int) -> bool:
        """Whether the uncommon concepts in `bits` have anything to do with the rule."""
        return any(bits & need for need in self.needs)

    def is_possible(self, bits: int) -> bool:
        """Whether the rule can hold where these are the uncommon concepts."""
        return all(bits & need for need in self.needs)

    def can_hold(self, present: int) -> bool:
        """Whether the rule can hold where these are all the concepts."""
        for group in self.groups:
            if not group & present:
                return False
        return self.score(present, at_best=self.threshold) >= self.threshold

    def score(self, present: int, *, at_best: int = 0) -> int:
        """What a stretch of words with these concepts counts if it has all groups.

        With `at_best`, whether it may count so much: what speaks against it is left out.
        """
        score = len(self.groups)
        for first, weights in self._by_first.items():
            if not first & present:
                continue
            if at_best and score >= at_best:
                break
            for others, weight in weights:
                if weight > 0 or not at_best:
                    for group in others:
                        if not group & present:
                            break
                    else:
                        score += weight
        return score


@dataclass(frozen=True, slots=True)
class CompiledSequence:
    """A concept made of others that stand inside `within` words; `term` is how it is shown."""

    concept: int
    term: str
    groups: tuple[int, ...]
    within: int
    ordered: bool

    def is_possible(self, present: int) -> bool:
        """Whether each of its groups has a concept in the bitset `present`."""
        for group in self.groups:  # noqa: SIM110 - this runs often, and `all` costs thrice
            if not group & present:
                return False
        return True

    def hits(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return one hit for every place where the sequence ends."""
        events = [
            (number, hit)
            for hit in hits
            for number, group in enumerate(self.groups)
            if group >> hit.concept & 1
        ]
        find = chains if self.ordered else clusters
        return [
            Hit(self.concept, self.term, min(hit.first for hit in run), max(hit.last for hit in run))
            for run in find(events, len(self.groups), self.within)
            if len({(hit.first, hit.last) for hit in run}) == len(run)  # no word stands for two
        ]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a rule came out: the hits that count, and why it is silent when it is."""

    rule: CompiledRule
    fired: bool
    score: int
    used: tuple[Hit, ...] = ()
    stretch: Sequence[Hit] = ()  # what was weighed
    missing: tuple[int, ...] = ()  # groups that are not there
    vetoed_by: Hit | None = None

    @property
    def nearness(self) -> tuple[bool, int, int]:
        """Sorts outcomes: those that fired, then those with fewest groups missing, then by what they lack."""
        return self.fired, -len(self.missing), min(self.score - self.rule.threshold, 0)

    def weighed(self) -> Iterator[Weighed]:
        """Yield the weights that count, with the first hits of each, heaviest first."""
        present = concepts_of(self.stretch)
        for groups, weight in sorted(self.rule.weights, key=lambda one: -one[1]):
            if all(group & present for group in groups):
                yield _first_of_each(groups, self.stretch), weight


def apply(rule: CompiledRule, hits: Sequence[Hit]) -> Outcome:
    """Judge one rule; linear in the hits."""
    present = concepts_of(hits)
    missing = tuple(number for number, group in enumerate(rule.groups) if not group & present)
    if missing:
        return Outcome(
            rule, False, len(rule.groups) - len(missing), _first_of_each(rule.groups, hits), missing=missing
        )
    if rule.weights:
        return weigh(rule, hits)
    counted = _events(rule, hits)
    find = chains if rule.ordered else clusters
    used = next(find(counted, len(rule.groups), rule.within), ())
    if not used:
        return Outcome(rule, False, 0, _first_of_each(rule.groups, hits))
    veto = silenced(rule, hits)
    return Outcome(rule, veto is None, len(rule.groups), used, vetoed_by=veto)


def weigh(rule: CompiledRule, hits: Sequence[Hit]) -> Outcome:
    """Judge a rule with weights by the best of all stretches of `within` words."""
    by_concepts = {concepts_of(stretch): stretch for stretch in stretches(hits, rule.within)}
    scores = [
        (rule.score(present), stretch)
        for present, stretch in by_concepts.items()
        if all(group & present for group in rule.groups)
    ]
    if not scores:
        return Outcome(rule, False, 0, _first_of_each(rule.groups, hits))
    score, chosen = max(scores, key=lambda one: one[0])
    veto = silenced(rule, hits)
    fired = veto is None and score >= rule.threshold
    return Outcome(rule, fired, score, _first_of_each(rule.groups, chosen), chosen, vetoed_by=veto)


def stretches(hits: Sequence[Hit], within: int) -> Iterator[Sequence[Hit]]:
    """Yield, for every word at which a hit begins, the hits in the `within` words from there."""
    firsts = [hit.first for hit in hits]
    for at, first in enumerate(firsts):
        if not at or first > firsts[at - 1]:
            end = first + within
            yield [hit for hit in hits[at : bisect_left(firsts, end)] if hit.last < end]


def silenced(rule: CompiledRule, hits: Sequence[Hit]) -> Hit | None:
    """Return the first hit that silences the rule, if none takes its silence back."""
    present = concepts_of(hits)
    silencing = {concept for concept, unless in rule.none_of if not unless & present}
    return next((hit for hit in hits if hit.concept in silencing), None)


def concepts_of(hits: Iterable[Hit]) -> int:
    """Return the concepts of the hits as a bitset."""
    present = 0
    for hit in hits:
        present |= 1 << hit.concept
    return present


def _first_of_each(groups: Iterable[int], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    firsts = (next((hit for hit in hits if group >> hit.concept & 1), None) for group in groups)
    return tuple(hit for hit in firsts if hit)


def _events(rule: CompiledRule, hits: Sequence[Hit]) -> list[tuple[int, Hit]]:
    """The hits that belong to a group, as (group, hit), without those taken back by `not_before`."""
    events = [
        (number, hit) for hit in hits for number, group in enumerate(rule.groups) if group >> hit.concept & 1
    ]
    if rule.not_before is None:
        return events
    concept, words = rule.not_before
    kept, taken_back_until = [], -1
    takers = iter([hit for hit in hits if hit.concept == concept])
    taker = next(takers, None)
    for number, hit in events:
        while taker and taker.last < hit.first:
            taken_back_until = max(taken_back_until, taker.last + words)
            taker = next(takers, None)
        if number or hit.first > taken_back_until:
            kept.append((number, hit))
    return kept


def clusters(events: Iterable[tuple[int, Hit]], length: int, within: int) -> Iterator[tuple[Hit, ...]]:
    """Yield, wherever one is complete, the latest hits of groups 0 to `length` - 1 inside `within` words.

    `events` are (group, hit) in the order of the text.
    """
    newest: dict[int, Hit] = {}
    for number, hit in events:
        newest[number] = hit
        if len(newest) < length:
            continue
        span = max(one.last for one in newest.values()) - min(one.first for one in newest.values())
        if span < within:
            yield tuple(newest[number] for number in range(length))


def chains(events: Iterable[tuple[int, Hit]], length: int, within: int) -> Iterator[tuple[Hit, ...]]:
    """Yield, wherever one ends, the shortest run of hits of groups 0, 1, ... in order inside `within` words.

    `events` are (group, hit) in the order of the text. Hits of one run do not overlap.
    """
    # Of each group the latest runs, newest first: the next hit may begin inside the newest.
    latest: list[deque[tuple[Hit, ...]]] = [deque(maxlen=_MOST_RUNS) for _ in range(length)]
    for number, hit in events:
        befores = latest[number - 1] if number else (((),))
        before = next((run for run in befores if not run or run[-1].last < hit.first), None)
        if before is None or hit.last - (*before, hit)[0].first >= within:
            continue
        latest[number].appendleft((*before, hit))
        if number == length - 1:
            yield (*before, hit)
