"""Which terms stand in a message, and where?"""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.detection.trie import Trie

try:
    from ahocorasick_rs import AhoCorasick, Implementation
except ImportError:
    _HAS_WHEEL = False
else:
    _HAS_WHEEL = True


# A message that repeats trigger words throughout gives thousands of hits; nobody needs so many to be seen.
MOST_HITS = 400

# A concept by its number, and the term as it stands in the pack.
Owner: TypeAlias = tuple[int, str]
# (pattern, first word, word after the last) of every hit, overlapping ones too.
Matches: TypeAlias = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept's term in a message: words `first` to `last`."""

    concept: int
    term: str
    first: int
    last: int


class Matcher:
    """Finds all terms in one pass over symbols. `owners` are, for every pattern, those whose term it is."""

    def __init__(self, owners: Mapping[str, Iterable[Owner]]) -> None:
        kinds: dict[tuple[Owner, ...], int] = {}
        self._kind = array("L", (kinds.setdefault(tuple(own), len(kinds)) for own in owners.values()))
        self._owners = list(kinds)
        self._bits = [_bits(own) for own in kinds]
        self._automaton = _automaton(list(owners))

    def find(self, symbols: str) -> Matches:
        """Return every match, in the order in which they end."""
        return self._automaton.find_matches_as_indexes(symbols, overlapping=True)

    def bits(self, found: Matches) -> int:
        """Return the concepts of the hits as a bitset."""
        bits = 0
        for pattern, _, _ in found:
            bits |= self._bits[self._kind[pattern]]
        return bits

    def hits(self, found: Matches, concepts: int) -> list[Hit]:
        """Return at most MOST_HITS hits of the concepts in the bitset."""
        hits = []
        for pattern, first, after in found:
            kind = self._kind[pattern]
            if self._bits[kind] & concepts:
                hits += [
                    Hit(concept, term, first, after - 1)
                    for concept, term in self._owners[kind]
                    if concepts >> concept & 1
                ]
                if len(hits) >= MOST_HITS:
                    break
        return hits


def _automaton(patterns: list[str]) -> "AhoCorasick | Trie":
    if not _HAS_WHEEL:
        return Trie(patterns)
    # Smaller than the library's DFA and, past 10,000 patterns, faster.
    return AhoCorasick(patterns, implementation=Implementation.ContiguousNFA)


def _bits(owners: Iterable[Owner]) -> int:
    bits = 0
    for concept, _ in owners:
        bits |= 1 << concept
    return bits
