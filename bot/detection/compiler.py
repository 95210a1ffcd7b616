"""What do the rules and the words look like to the engine?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, repeat
from operator import or_

from bot.detection.fold import words as words_of
from bot.detection.lexicon import Lexicon
from bot.detection.matcher import Matcher, Term
from bot.detection.pack import Pack, Rule, Rules
from bot.detection.rules import CompiledRule, CompiledSequence
from bot.detection.symbols import Symbols
from bot.detection.terms import Choice, choices, forget

# Combinations of concepts whose rules are remembered.
_MOST_REMEMBERED = 5_000
# The rank of a numeral that is not among the commonest words.
_NUMERAL = 1_000
# Counts of words by language, side by side in one number.
_LANE = 16
_FULL_LANE = (1 << _LANE) - 1


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
    """Rules and the words of all languages together. `names` are the concepts by number.

    `rare` looks at every message that has a symbol of the gate; `common`, one matcher a language, only
    at messages in which a rule still has a chance. By the code of a symbol, `spoken` says in which languages
    it is a word, and `at_most` which common concepts may stand where it stands.
    """

    names: tuple[str, ...]
    languages: tuple[str, ...]
    lexicon: Lexicon
    gate: frozenset[str]
    rare: Matcher
    common: tuple[Matcher, ...]
    spoken: Sequence[int]
    at_most: Sequence[int]
    sequences: tuple[CompiledSequence, ...]
    rules: tuple[CompiledRule, ...]
    groups: Mapping[int, str]
    _possible: dict[int, Candidates] = field(default_factory=dict)
    _narrowed: dict[tuple[int, int], Candidates] = field(default_factory=dict)

    def languages_of(self, symbols: str) -> list[int]:
        """Return the languages a message may be in, the likeliest first: by how many words each knows.

        People mix languages, and languages share words; so all that know half as many as the first.
        """
        known = sum(map(self.spoken.__getitem__, map(ord, symbols)))
        counts = [known >> _LANE * language & _FULL_LANE for language in range(len(self.languages))]
        enough = max(counts, default=0) / 2
        likely = sorted(range(len(counts)), key=counts.__getitem__, reverse=True)
        return [language for language in likely if counts[language] >= enough]

    def upper(self, symbols: Iterable[str]) -> Callable[[int], int]:
        """Return what says, of a language, which common concepts can stand in a message at most."""
        lanes, at_most = 0, self.at_most
        for symbol in symbols:
            lanes |= at_most[ord(symbol)]
        size = len(self.names)
        return lambda language: lanes >> size * language & (1 << size) - 1

    def group_names(self, group: int) -> list[str]:
        """The name of a group, or else its concepts."""
        if group in self.groups:
            return [self.groups[group]]
        return [name for number, name in enumerate(self.names) if group >> number & 1]

    def possible(self, bits: int) -> Candidates:
        """The rules that can hold when these are the uncommon concepts of a language in a message."""
        known = self._possible.get(bits)
        if known is None:
            if len(self._possible) >= _MOST_REMEMBERED:
                self._possible.clear()
            known = self._possible[bits] = self._candidates(
                rule for rule in self.rules if rule.is_possible(bits)
            )
        return known

    def narrowed(self, uncommon: int, present: int) -> Candidates:
        """The possible rules that can still hold when these are all the concepts."""
        known = self._narrowed.get((uncommon, present))
        if known is None:
            if len(self._narrowed) >= _MOST_REMEMBERED:
                self._narrowed.clear()
            known = self._narrowed[uncommon, present] = self.possible(uncommon).narrowed(present)
        return known

    def near(self, bits: int) -> Candidates:
        """The rules that have anything to do with one of these concepts."""
        return self._candidates(rule for rule in self.rules if rule.is_near(bits))

    def only(self, rule: CompiledRule) -> Candidates:
        """One rule with what it looks at."""
        return self._candidates((rule,))

    def _candidates(self, rules: Iterable[CompiledRule]) -> Candidates:
        chosen = tuple(rules)
        concepts = reduce(or_, (rule.concepts for rule in chosen), 0)
        used = []
        for sequence in reversed(self.sequences):  # each is made of those before it
            if concepts >> sequence.concept & 1:
                used.append(sequence)
                concepts |= reduce(or_, sequence.groups)
        return Candidates(chosen, tuple(reversed(used)), concepts)


def compile_packs(rules: Rules, packs: Sequence[Pack], commonest: Mapping[str, int]) -> Program:
    """Compile the rules with the words of the languages. Raises TermError.

    `commonest` are words that everybody uses all the time, with their ranks; a term made of nothing
    else counts only in messages that have other terms.
    """
    numbers = {name: number for number, name in enumerate(rules.names())}
    symbols = Symbols()
    taken_in: list[list[str]] = []
    for pack in packs:
        known: dict[str, Choice] = {}
        taken_in.append([symbols.add(choices(term, pack.words.lists, known)) for _, term in _listed(pack)])
        symbols.pack_ends()
        forget()
    real_words = {word for pack in packs for term in pack.words.real_words for word in words_of(term)}
    lexicon = symbols.lexicon(real_words)
    # Chat is full of numbers, and none says anything by itself.
    ranks = {word: _NUMERAL for word in lexicon.whole if word.isdecimal()} | {**commonest}
    how_common = _Commonness({lexicon[word]: 1 / rank for word, rank in ranks.items()})

    def terms(language: int, *, common: bool) -> Iterator[Term]:
        for (name, shown), term in zip(_listed(packs[language]), taken_in[language], strict=True):
            if rules.concepts[name].common == common:
                yield Term(language, numbers[name], shown, symbols.rows(term))

    def matcher(terms: Iterable[Term]) -> Matcher:
        return Matcher(terms, how_common.__getitem__, symbols.end)

    languages = range(len(packs))
    rare = matcher(chain.from_iterable(terms(language, common=False) for language in languages))
    common = tuple(matcher(terms(language, common=True)) for language in languages)
    spoken, at_most = _Lanes(symbols.end, _LANE), _Lanes(symbols.end, len(numbers))
    for language, found in enumerate(common):
        for symbol in symbols.symbols(taken_in[language]):
            spoken.add(symbol, language, 1)
        for symbol, concepts, _ in found.hung():
            at_most.add(symbol, language, concepts)
    structure = _Structure(rules, numbers)
    return Program(
        names=tuple(name.replace("_", " ") for name in numbers),
        languages=tuple(pack.language for pack in packs),
        lexicon=lexicon,
        # Of these one stands in every message that has a term of more than everyday words.
        gate=frozenset(symbol for symbol, _, alone in rare.hung() if alone or not how_common[symbol]),
        rare=rare,
        spoken=spoken.by_code,
        common=common,
        at_most=at_most.by_code,
        sequences=structure.sequences(),
        rules=structure.rules(),
        groups=structure.group_names(),
    )


def _listed(pack: Pack) -> Iterator[tuple[str, str]]:
    """The terms of a pack, with the names of their concepts."""
    return ((name, term) for name, listed in pack.words.concepts.items() for term in listed)


class _Lanes:
    """Numbers by the code of a symbol, those of all languages side by side in one."""

    def __init__(self, end: int, width: int) -> None:
        self.by_code, self._width = [0] * end, width
        self._once: dict[int, int] = {}  # many symbols have the same, and great numbers take much memory

    def add(self, symbol: str, language: int, number: int) -> None:
        all_of = self.by_code[ord(symbol)] | number << self._width * language
        self.by_code[ord(symbol)] = self._once.setdefault(all_of, all_of)


class _Commonness(dict[str, float]):
    """How common the words of a symbol are; of a place, how common the commonest are."""

    def __missing__(self, place: str) -> float:
        common = max(map(self.get, place, repeat(0.0))) if len(place) > 1 else 0.0
        self[place] = common
        return common


class _Structure:
    """The rules with concepts as numbers."""

    def __init__(self, rules: Rules, numbers: Mapping[str, int]) -> None:
        self._file = rules
        self._numbers = numbers
        # For every concept, the uncommon ones without which it cannot be there; 0 for a common one.
        self._needs = [
            0 if meaning.common else 1 << number for number, meaning in enumerate(rules.concepts.values())
        ]
        for sequence in rules.sequences.values():
            groups = self._groups(sequence.groups)
            self._needs.append(next((need for group in groups if (need := self._need(group))), 0))

    def _need(self, group: int) -> int:
        """The uncommon concepts of which one must be there for the group; 0 when it can do without."""
        needs = [need for concept, need in enumerate(self._needs) if group >> concept & 1]
        return reduce(or_, needs) if all(needs) else 0

    def sequences(self) -> tuple[CompiledSequence, ...]:
        return tuple(
            CompiledSequence(
                concept=self._numbers[name],
                term=" … ".join("/".join(group) for group in sequence.groups).replace("_", " "),
                groups=self._groups(sequence.groups),
                within=sequence.within,
                ordered=sequence.ordered,
            )
            for name, sequence in self._file.sequences.items()
        )

    def rules(self) -> tuple[CompiledRule, ...]:
        return tuple(map(self._rule, self._file.rules))

    def _rule(self, rule: Rule) -> CompiledRule:
        groups = self._groups(rule.groups)
        before = rule.not_before
        return CompiledRule(
            id=rule.id,
            topic=rule.topic or self._file.topic,
            groups=groups,
            needs=tuple(need for group in groups if (need := self._need(group))),
            none_of=tuple(
                (self._numbers[concept], self._bits(unless))
                for concept, unless in (self._file.none_of | rule.none_of).items()
            ),
            within=rule.within,
            ordered=rule.ordered,
            not_before=(self._numbers[before.concept], before.words) if before else None,
            weights=tuple(
                (self._groups([name] for name in weighed.split(" + ")), weight)
                for weighed, weight in rule.weights.items()
            ),
            threshold=rule.threshold or len(groups),
        )

    def _groups(self, groups: Iterable[Iterable[str]]) -> tuple[int, ...]:
        return tuple(map(self._bits, groups))

    def group_names(self) -> Mapping[int, str]:
        return {self._bits(names): group.replace("_", " ") for group, names in self._file.groups.items()}

    def _bits(self, names: Iterable[str]) -> int:
        inner = (self._file.groups.get(name, (name,)) for name in names)
        return reduce(or_, (1 << self._numbers[name] for group in inner for name in group), 0)
