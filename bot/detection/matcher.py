"""Which terms stand in a message, and where?

A term is a row of places, each with the symbols that may stand there. It hangs on the place whose words
are the rarest, and is looked at only where one of those stands: most words of a message have no terms
hanging on them. Written out for an automaton, the terms of eleven languages would be a million patterns.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise, repeat
from typing import NamedTuple, TypeAlias

from bot.detection.lexicon import UNKNOWN

# A message that repeats trigger words throughout gives thousands of hits; nobody needs so many to be seen.
MOST_HITS = 400
# Of more rows on a word it is remembered which its neighbours allow, for so many neighbours.
_FEW, _MOST_REMEMBERED = 8, 4_000

_NO_ROWS = array("I")

# (owner, first word, last word)
Match: TypeAlias = tuple[int, int, int]
# Where a term begins and ends, where its nearest place is, 0 if it has none, and where its others are,
# counted from the word it hangs on.
_Shape: TypeAlias = tuple[int, int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept's term in a message: words `first` to `last`."""

    concept: int
    term: str
    first: int
    last: int


class Term(NamedTuple):
    """A concept's term in a language, as its file has it, and the rows of places it stands for.

    A place is a string of the symbols that may stand there.
    """

    language: int
    concept: int
    shown: str
    rows: Iterable[Sequence[str]]


class Matcher:
    """Finds terms; linear in the message.

    `commonness` tells of a place how common its words are; the codes of all symbols are below `end`.
    """

    def __init__(self, terms: Iterable[Term], commonness: Callable[[str], float], end: int) -> None:
        # What every owner means, a language and a concept, and how its file has it.
        self._meant: list[tuple[int, int]] = []
        self._shown: list[str] = []
        # As objects, a hundred thousand rows would take most of the memory. Places are numbered; a row's
        # neighbour, the place nearest to where it hangs, from 1, negative when it stands before; 0 is none.
        self._owners, self._shapes, self._neighbours = array("I"), array("H"), array("i")
        self._others, self._ends = array("I"), array("I", [0])
        self._allowed: dict[tuple[str, int], array[int]] = {}
        meant: dict[tuple[int, int], tuple[int, int]] = {}
        shapes: dict[_Shape, int] = {}
        numbers: dict[str, int] = {}
        hanging: dict[str, list[int]] = defaultdict(list)
        for owner, term in enumerate(terms):
            self._meant.append(meant.setdefault(term[:2], term[:2]))
            self._shown.append(term.shown)
            for places in term.rows:
                common = list(map(commonness, places))
                hung = common.index(min(common))
                _, _, side, others = shape = _shape(hung, len(places))
                for symbol in places[hung]:
                    hanging[symbol].append(len(self._owners))
                self._owners.append(owner)
                self._shapes.append(shapes.setdefault(shape, len(shapes)))
                neighbour = numbers.setdefault(places[hung + side], len(numbers)) + 1 if side else 0
                self._neighbours.append(neighbour * side)
                for at in others:
                    self._others.append(numbers.setdefault(places[hung + at], len(numbers)))
                self._ends.append(len(self._others))
        self._shape_of, self._places = list(shapes), list(numbers)
        self.longest = max((1 + last - first for first, last, _, _ in shapes), default=1)
        # The rows that hang on a symbol, by its code, are those in `_hanging` from where `_starts` says; of
        # many, those with the same neighbour stand together.
        self._hanging, self._starts = array("I"), array("I")
        for symbol in sorted(hanging):
            self._starts.extend(repeat(len(self._hanging), ord(symbol) + 1 - len(self._starts)))
            rows = hanging[symbol]
            if len(rows) > _FEW:
                rows.sort(key=self._neighbours.__getitem__)
            self._hanging.extend(rows)
        self._starts.extend(repeat(len(self._hanging), end + 1 - len(self._starts)))
        self._owners, self._others = _small(self._owners), _small(self._others)
        self._hanging, self._starts = _small(self._hanging), _small(self._starts)

    def find(self, symbols: str, places: Iterable[int] | None = None) -> list[Match]:
        """Return at most MOST_HITS matches, in the order of the words they hang on.

        With `places` only those that hang on one of these.
        """
        starts, margin, shape_of, neighbours = self._starts, self.longest, self._shape_of, self._neighbours
        others, ends, spelled = self._others, self._ends, self._places
        # A margin of unknown words, so that no place lies outside.
        padded = f"{UNKNOWN * margin}{symbols}{UNKNOWN * margin}"
        found: list[Match] = []
        for at in range(len(symbols)) if places is None else places:
            code = ord(symbols[at])
            start, end = starts[code], starts[code + 1]
            if start == end:
                continue
            here = at + margin
            if end - start > _FEW:
                rows = self._beside(padded[here - 1 : here + 1], -1) + self._beside(
                    padded[here : here + 2], 1
                )
            else:
                rows = self._hanging[start:end]
            for row in rows:
                first, last, side, offsets = shape_of[self._shapes[row]]
                if side and padded[here + side] not in spelled[abs(neighbours[row]) - 1]:
                    continue
                far = others[ends[row] : ends[row + 1]] if offsets else ()
                for offset, place in zip(offsets, far, strict=True):
                    if padded[here + offset] not in spelled[place]:
                        break
                else:
                    found.append((self._owners[row], at + first, at + last))
            if len(found) >= MOST_HITS:
                return found[:MOST_HITS]
        return found

    def _beside(self, two: str, offset: int) -> "array[int]":
        """Rows on a word that its neighbour, the one at the offset, allows; those it says nothing of at 1."""
        allowed = self._allowed.get((two, offset))
        if allowed is None:
            if len(self._allowed) >= _MOST_REMEMBERED:
                self._allowed.clear()
            word, beside = (two[0], two[1]) if offset > 0 else (two[1], two[0])
            hanging = self._hanging[self._starts[ord(word)] : self._starts[ord(word) + 1]]
            rows: list[int] = []
            for neighbour, alike in groupby(hanging, self._neighbours.__getitem__):
                if (neighbour < 0) == (offset < 0) and (
                    not neighbour or beside in self._places[abs(neighbour) - 1]
                ):
                    rows += alike
            allowed = self._allowed[two, offset] = array("I", sorted(rows)) if rows else _NO_ROWS
        return allowed

    def hung(self) -> Iterator[tuple[str, int, bool]]:
        """Yield every symbol on which terms hang, with their concepts as a bitset.

        Also whether one of them is nothing but that word.
        """
        for code, (start, end) in enumerate(pairwise(self._starts)):
            if start < end:
                rows = self._hanging[start:end]
                owners = set(map(self._owners.__getitem__, rows))
                concepts = {concept for _, concept in map(self._meant.__getitem__, owners)}
                alone = 0 in map(self._neighbours.__getitem__, rows)
                yield chr(code), sum(1 << concept for concept in concepts), alone

    def concepts(self, matches: Iterable[Match]) -> dict[int, int]:
        """Return, by language, the concepts of the matches as a bitset."""
        bits: dict[int, int] = {}
        for owner, _, _ in matches:
            language, concept = self._meant[owner]
            bits[language] = bits.get(language, 0) | 1 << concept
        return bits

    def hits(self, matches: Iterable[Match], language: int, concepts: int) -> Iterator[Hit]:
        """Yield the hits of a language's concepts, `concepts` being those that matter."""
        for owner, first, last in matches:
            spoken, concept = self._meant[owner]
            if spoken == language and concepts >> concept & 1:
                yield Hit(concept, self._shown[owner], first, last)


def _small(numbers: "array[int]") -> "array[int]":
    """The same numbers in half the memory, if they are small enough."""
    return array("H", numbers) if max(numbers, default=0) < 1 << 16 else numbers


@cache
def _shape(hung: int, length: int) -> _Shape:
    """The shape of a row that hangs on one of its places; of the others the nearest come first."""
    others = sorted((offset for offset in range(-hung, length - hung) if offset), key=abs)
    return -hung, length - 1 - hung, others[0] if others else 0, tuple(others[1:])
