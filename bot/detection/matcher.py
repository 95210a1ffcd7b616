"""Which terms stand in a message, and where?

A term is a row of places, each with the symbols that may stand there. It hangs on the place whose words
are the rarest, and is looked at only where one of those stands: most words of a message have no terms
hanging on them. Written out for an automaton, the terms of eleven languages would be a million patterns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias, TypeVar, cast

from bot.detection.lexicon import UNKNOWN

# A message that repeats trigger words throughout gives thousands of hits; nobody needs so many to be seen.
MOST_HITS = 400
# Of more rows on a word it is remembered which its neighbours allow, for so many neighbours.
_FEW, _MOST_REMEMBERED = 8, 4_000

# (owner, first word, last word)
Match: TypeAlias = tuple[int, int, int]
# An owner; where the term begins and ends, and the other places, counted from the word it hangs on.
_Row: TypeAlias = tuple[int, int, int, tuple[tuple[int, str], ...]]
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept's term in a message: words `first` to `last`."""

    concept: int
    term: str
    first: int
    last: int


class Term(NamedTuple):
    """A concept's term in a language, as its file has it, and a row of places it stands for.

    A place is a string of the symbols that may stand there.
    """

    language: int
    concept: int
    shown: str
    places: Sequence[str]


class Matcher:
    """Finds terms; linear in the message. `commonness` tells of a place how common its words are."""

    def __init__(self, terms: Iterable[Term], commonness: Callable[[str], float]) -> None:
        owners: dict[tuple[int, int, str], int] = {}
        self._rows: dict[str, list[_Row]] = {}
        self._allowed: dict[tuple[str, int], list[_Row]] = {}
        self.longest = 1
        alone: set[str] = set()
        # Many terms have a place, or all but one, in common: each is kept once.
        once: dict[object, object] = {}

        def shared(value: _Value) -> _Value:
            return cast(_Value, once.setdefault(value, value))

        for term in terms:
            owner = owners.setdefault(term[:3], len(owners))
            places = term.places
            common = list(map(commonness, places))
            hung = common.index(min(common))
            others = tuple(shared((offset, places[hung + offset])) for offset in _nearest(hung, len(places)))
            row = owner, -hung, len(places) - 1 - hung, shared(others)
            if not others:
                alone.update(places[0])
            for symbol in places[hung]:
                self._rows.setdefault(symbol, []).append(row)
            self.longest = max(self.longest, len(places))
        self._owners = list(owners)
        self._bits = [(language, 1 << concept) for language, concept, _ in self._owners]
        # Of these one stands in every message that has a term of more than everyday words.
        self.gate = frozenset(symbol for symbol in self._rows if symbol in alone or not commonness(symbol))

    def find(self, symbols: str, places: Iterable[int] | None = None) -> list[Match]:
        """Return at most MOST_HITS matches, in the order of the words they hang on.

        With `places` only those that hang on one of these.
        """
        rows, margin = self._rows, self.longest
        # A margin of unknown words, so that no place lies outside.
        padded = f"{UNKNOWN * margin}{symbols}{UNKNOWN * margin}"
        found: list[Match] = []
        for at in range(len(symbols)) if places is None else places:
            hanging = rows.get(symbols[at])
            if hanging is None:
                continue
            if len(hanging) > _FEW:
                here = at + margin
                hanging = self._beside(padded[here - 1 : here + 1], -1) + self._beside(
                    padded[here : here + 2], 1
                )
            for owner, first, last, others in hanging:
                for offset, place in others:
                    if padded[at + margin + offset] not in place:
                        break
                else:
                    found.append((owner, at + first, at + last))
            if len(found) >= MOST_HITS:
                return found[:MOST_HITS]
        return found

    def _beside(self, two: str, offset: int) -> list[_Row]:
        """Rows on a word that its neighbour, the one at the offset, allows; those it says nothing of at 1."""
        allowed = self._allowed.get((two, offset))
        if allowed is None:
            if len(self._allowed) >= _MOST_REMEMBERED:
                self._allowed.clear()
            word, beside = (two[0], two[1]) if offset > 0 else (two[1], two[0])
            allowed = self._allowed[two, offset] = [
                row
                for row in self._rows[word]
                for side, place in (_neighbour(row),)
                if side == offset and (place is None or beside in place)
            ]
        return allowed

    def hung(self) -> Iterator[tuple[str, int, int]]:
        """Yield every symbol on which terms hang, with a language and its concepts as a bitset."""
        for symbol, rows in self._rows.items():
            for language, concepts in self.concepts((row[0], 0, 0) for row in rows).items():
                yield symbol, language, concepts

    def concepts(self, matches: Iterable[Match]) -> dict[int, int]:
        """Return, by language, the concepts of the matches as a bitset."""
        bits: dict[int, int] = {}
        for owner, _, _ in matches:
            language, bit = self._bits[owner]
            bits[language] = bits.get(language, 0) | bit
        return bits

    def hits(self, matches: Iterable[Match], language: int, concepts: int) -> Iterator[Hit]:
        """Yield the hits of a language's concepts, `concepts` being those that matter."""
        for owner, first, last in matches:
            spoken, concept, shown = self._owners[owner]
            if spoken == language and concepts >> concept & 1:
                yield Hit(concept, shown, first, last)


@cache
def _nearest(at: int, length: int) -> list[int]:
    """How far the other places of a row are from one of them, the nearest first."""
    return sorted((offset for offset in range(-at, length - at) if offset), key=abs)


def _neighbour(row: _Row) -> tuple[int, str | None]:
    """The neighbour of the word that is looked at, with its place; that at 1, with none, where none is."""
    offset, place = row[3][0] if row[3] else (0, "")
    return (offset, place) if abs(offset) == 1 else (1, None)
