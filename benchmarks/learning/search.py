"""Which few concepts stand together in many disclosures and in no other message?

Rules are found one after another: each time the conjunction that catches most of what is left, found by
a beam search from pairs of a picture and a pressure. Sets of messages are the bits of numbers.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

Rule: TypeAlias = tuple[str, ...]
Bits: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Limits:
    """`support`: messages a rule must catch. `longest`: its concepts. `beam`: rules kept at each length."""

    support: int = 20
    longest: int = 6
    beam: int = 200


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a rule is made of: it needs a picture, a pressure, a person and something uncommon."""

    all: frozenset[str]
    needed: tuple[frozenset[str], ...]
    pairs: tuple[frozenset[str], frozenset[str]]
    groups: Mapping[str, frozenset[str]]

    def allows(self, rule: Rule) -> bool:
        """Whether nothing needed is missing, and no group stands beside one of its own."""
        chosen = set(rule)
        doubled = any(group in chosen and chosen & members for group, members in self.groups.items())
        return not doubled and all(chosen & one for one in self.needed)


def learn(
    positives: Sequence[frozenset[str]],
    negatives: Sequence[frozenset[str]],
    vocabulary: Vocabulary,
    limits: Limits,
    caught: Sequence[bool],
) -> list[Rule]:
    """Return the rules, best first; none of them holds for a negative.

    `caught` tells which positives other rules catch already.
    """
    wanted, unwanted = _bits(positives, vocabulary.all), _bits(negatives, vocabulary.all)
    left = sum(1 << number for number, already in enumerate(caught) if not already)
    rules: list[Rule] = []
    while left:
        rule = _best(wanted, unwanted, left, vocabulary, limits)
        if rule is None:
            break
        rules.append(rule)
        left &= ~_both(wanted, rule)
    return rules


def _bits(messages: Sequence[frozenset[str]], features: Iterable[str]) -> Bits:
    return {
        feature: int("".join("1" if feature in message else "0" for message in reversed(messages)) or "0", 2)
        for feature in features
    }


def _both(bits: Bits, rule: Iterable[str]) -> int:
    together = -1
    for feature in rule:
        together &= bits[feature]
    return together


def _best(wanted: Bits, unwanted: Bits, left: int, vocabulary: Vocabulary, limits: Limits) -> Rule | None:
    pairs = {tuple(sorted({one, other})) for one, other in product(*vocabulary.pairs)}
    beam = [
        (rule, caught, _both(unwanted, rule))
        for rule in sorted(pairs)
        if (caught := _both(wanted, rule)).bit_count() >= limits.support and caught & left
    ]
    best: tuple[tuple[int, int, int], Rule] | None = None
    for length in range(2, limits.longest + 1):
        for rule, caught, wrong in beam:
            if not wrong and vocabulary.allows(rule):
                worth = (caught & left).bit_count(), caught.bit_count(), -len(rule)
                if worth[0] and (best is None or worth > best[0]):
                    best = worth, rule
        if length < limits.longest:
            beam = _longer(beam, wanted, unwanted, left, limits)
    return best[1] if best else None


def _longer(
    beam: list[tuple[Rule, int, int]], wanted: Bits, unwanted: Bits, left: int, limits: Limits
) -> list[tuple[Rule, int, int]]:
    grown: dict[Rule, tuple[Rule, int, int]] = {}
    for rule, caught, wrong in beam:
        for feature in wanted.keys() - set(rule):
            longer = tuple(sorted((*rule, feature)))
            fewer = caught & wanted[feature]
            if longer not in grown and fewer.bit_count() >= limits.support and fewer & left:
                grown[longer] = longer, fewer, wrong & unwanted[feature]

    def promise(one: tuple[Rule, int, int]) -> tuple[float, Rule]:
        catches, fires = (one[1] & left).bit_count(), one[2].bit_count()
        return math.log(fires + 0.5) - 2 * math.log(catches + 0.3), one[0]

    return sorted(grown.values(), key=promise)[: limits.beam]
