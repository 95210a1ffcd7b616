"""What do the packs look like to the engine?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bot.detection.lexicon import Lexicon
from bot.detection.matcher import Matcher, Owner
from bot.detection.pack import Pack, Rule
from bot.detection.rules import CompiledRule, CompiledSequence
from bot.detection.symbols import Symbols
from bot.detection.terms import choices

# Combinations of concepts whose rules are remembered.
_MOST_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The rules that may hold for a message, with the sequences and concepts they look at."""

    rules: tuple[CompiledRule, ...]
    sequences: tuple[CompiledSequence, ...]
    concepts: int

    def narrowed(self, present: int) -> "Candidates":
        """Leave out the rules of which a group, or too much of the score, cannot be there."""
        for sequence in self.sequences:
            if sequence.is_possible(present):
                present |= 1 << sequence.concept
        rules = tuple(rule for rule in self.rules if rule.can_hold(present))
        return Candidates(rules, self.sequences, self.concepts)


@dataclass(frozen=True, slots=True)
class Program:
    """All packs together. `names` are the concepts by number.

    `rare` looks at every message, `common` only at messages in which a rule still has a chance.
    """

    names: tuple[str, ...]
    lexicon: Lexicon
    rare: Matcher
    common: Matcher
    sequences: tuple[CompiledSequence, ...]
    rules: tuple[CompiledRule, ...]
    _possible: dict[int, Candidates] = field(default_factory=dict)

    def group_name(self, group: int) -> str:
        """The concepts of a group, readable: `intimate or my media`."""
        return " or ".join(name for number, name in enumerate(self.names) if group >> number & 1)

    def possible(self, bits: int) -> Candidates:
        """The rules that can hold when these are the uncommon concepts of a message."""
        known = self._possible.get(bits)
        if known is None:
            if len(self._possible) >= _MOST_REMEMBERED:
                self._possible.clear()
            known = self._possible[bits] = self._candidates(
                rule for rule in self.rules if rule.is_possible(bits)
            )
        return known

    def near(self, bits: int) -> Candidates:
        """The rules that have anything to do with one of these concepts."""
        return self._candidates(rule for rule in self.rules if rule.is_near(bits))

    def _candidates(self, rules: Iterable[CompiledRule]) -> Candidates:
        chosen = tuple(rules)
        concepts = reduce(or_, (rule.concepts for rule in chosen), 0)
        used = []
        for sequence in reversed(self.sequences):  # each is made of those before it
            if concepts >> sequence.concept & 1:
                used.append(sequence)
                concepts |= reduce(or_, sequence.groups)
        return Candidates(chosen, tuple(reversed(used)), concepts)


class _Table:
    """Terms as rows of slots, with their owners."""

    def __init__(self) -> None:
        self._terms: list[tuple[list[list[tuple[int, ...]]], Owner]] = []

    def add(self, rows: list[list[tuple[int, ...]]], owner: Owner) -> None:
        self._terms.append((rows, owner))

    def matcher(self, symbols: Symbols) -> Matcher:
        owners: dict[str, dict[Owner, None]] = defaultdict(dict)
        for rows, owner in self._terms:
            for pattern in symbols.patterns(rows):
                owners[pattern][owner] = None
        return Matcher(owners)


def compile_packs(packs: Sequence[Pack]) -> Program:
    """Compile packs; their concepts stay apart even where they share a name. Raises TermError."""
    building = _Building()
    for pack in packs:
        building.add(pack)
    return building.program()


class _Building:
    def __init__(self) -> None:
        self._symbols = Symbols()
        self._rare, self._common = _Table(), _Table()
        self._names: list[str] = []
        self._sequences: list[CompiledSequence] = []
        self._rules: list[CompiledRule] = []
        self._real_words: set[str] = set()
        # For every concept, the uncommon ones without which it cannot be there; 0 for a common one.
        self._needs: list[int] = []

    def add(self, pack: Pack) -> None:
        numbers = {name: len(self._names) + at for at, name in enumerate((*pack.concepts, *pack.sequences))}
        self._names += [name.replace("_", " ") for name in numbers]
        self._real_words |= pack.spelled_right()
        lists = pack.words()
        for name, concept in pack.concepts.items():
            self._needs.append(0 if concept.common else 1 << numbers[name])
            table = self._common if concept.common else self._rare
            for term in concept.terms():
                table.add(self._symbols.add(choices(term, lists)), (numbers[name], term))
        for name, sequence in pack.sequences.items():
            groups = _groups(sequence.groups, numbers)
            self._needs.append(next((need for group in groups if (need := self._need(group))), 0))
            shown = " … ".join("/".join(group) for group in sequence.groups).replace("_", " ")
            self._sequences.append(CompiledSequence(numbers[name], shown, groups, sequence.within))
        self._rules += [self._rule(rule, pack.topic, numbers) for rule in pack.rules]

    def _need(self, group: int) -> int:
        """The uncommon concepts of which one must be there for the group; 0 when it can do without."""
        needs = [need for concept, need in enumerate(self._needs) if group >> concept & 1]
        return reduce(or_, needs) if all(needs) else 0

    def _rule(self, rule: Rule, topic: str, numbers: Mapping[str, int]) -> CompiledRule:
        groups = _groups(rule.groups, numbers)
        return CompiledRule(
            id=rule.id,
            topic=rule.topic or topic,
            groups=groups,
            needs=tuple(need for group in groups if (need := self._need(group))),
            none_of=_bits(numbers[concept] for concept in rule.none_of),
            within=rule.within,
            ordered=rule.ordered,
            not_before=(numbers[rule.not_before.concept], rule.not_before.words) if rule.not_before else None,
            weights=tuple((numbers[concept], weight) for concept, weight in rule.weights.items()),
            threshold=rule.threshold or len(groups),
        )

    def program(self) -> Program:
        return Program(
            names=tuple(self._names),
            lexicon=self._symbols.lexicon(self._real_words),
            rare=self._rare.matcher(self._symbols),
            common=self._common.matcher(self._symbols),
            sequences=tuple(self._sequences),
            rules=tuple(self._rules),
        )


def _groups(groups: Iterable[Iterable[str]], numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(_bits(numbers[concept] for concept in group) for group in groups)


def _bits(numbers: Iterable[int]) -> int:
    return reduce(or_, (1 << number for number in numbers), 0)
