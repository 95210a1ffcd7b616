"""What do the packs look like to the engine?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from bot.detection.matcher import Matcher
from bot.detection.pack import Pack, Rule
from bot.detection.restore import Restorer
from bot.detection.rules import CompiledRule, CompiledSequence
from bot.detection.terms import Form, forms


@dataclass(frozen=True, slots=True)
class Program:
    """All packs together. `names` are the concepts by number; `bare` their one-word forms.

    `rare` looks at every text, `common` only at texts in which a rule still has a chance.
    """

    names: tuple[str, ...]
    rare: Matcher
    common: Matcher
    sequences: tuple[CompiledSequence, ...]
    rules: tuple[CompiledRule, ...]
    restorer: Restorer
    bare: frozenset[str]

    def group_name(self, group: int) -> str:
        """The concepts of a group, readable: `intimate or my media`."""
        return " or ".join(name for number, name in enumerate(self.names) if group >> number & 1)


class _Table:
    """Patterns with the concepts and terms they are of."""

    def __init__(self) -> None:
        self._owners: dict[bytes, list[tuple[int, str]]] = defaultdict(list)

    def add(self, concept: int, form: Form) -> None:
        self._owners[form.pattern].append((concept, str(form)))

    def matcher(self) -> Matcher:
        return Matcher(self._owners)


def compile_packs(packs: Sequence[Pack]) -> Program:
    """Compile packs; their concepts stay apart even where they share a name. Raises TermError."""
    building = _Building()
    for pack in packs:
        building.add(pack)
    return building.program()


class _Building:
    def __init__(self) -> None:
        self._rare, self._common = _Table(), _Table()
        self._names: list[str] = []
        self._sequences: list[CompiledSequence] = []
        self._rules: list[CompiledRule] = []
        self._forms: list[Form] = []
        # For every concept, the uncommon ones without which it cannot be there; 0 for a common one.
        self._needs: list[int] = []

    def add(self, pack: Pack) -> None:
        numbers = {name: len(self._names) + at for at, name in enumerate((*pack.concepts, *pack.sequences))}
        self._names += [name.replace("_", " ") for name in numbers]
        words = pack.words()
        for name, concept in pack.concepts.items():
            self._needs.append(0 if concept.common else 1 << numbers[name])
            table = self._common if concept.common else self._rare
            for term in concept.terms():
                for form in forms(term, words):
                    self._forms.append(form)
                    table.add(numbers[name], form)
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
            rare=self._rare.matcher(),
            common=self._common.matcher(),
            sequences=tuple(self._sequences),
            rules=tuple(self._rules),
            restorer=_restorer(self._forms),
            bare=frozenset(form.words for form in self._forms if " " not in form.words),
        )


def _groups(groups: Iterable[Iterable[str]], numbers: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(_bits(numbers[concept] for concept in group) for group in groups)


def _bits(numbers: Iterable[int]) -> int:
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits


def _restorer(found: Iterable[Form]) -> Restorer:
    words: set[str] = set()
    stems: set[str] = set()
    for form in found:
        parts = form.words.split()
        if form.open_end:
            stems.add(parts.pop())
        words.update(parts)
    return Restorer(words, stems)
