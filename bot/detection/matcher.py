"""Which terms stand in a folded text, and where?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import BytesAhoCorasick, Implementation

# A text that repeats trigger words throughout gives thousands of hits; nobody needs so many to be seen.
MOST_HITS = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept's term in a folded text: bytes `start` to `end`, words `first` to `last`."""

    concept: int
    term: str
    start: int
    end: int
    first: int
    last: int


class Matcher:
    """Finds all terms in one pass. `owners` are, for every pattern, the concepts (and terms) it is of."""

    def __init__(self, owners: Mapping[bytes, Iterable[tuple[int, str]]]) -> None:
        patterns = list(owners)
        self._owners = [tuple(owners[pattern]) for pattern in patterns]
        self._bits = [_bits(owner) for owner in self._owners]
        # Smaller than the library's DFA and, past 10,000 patterns, faster.
        self._automaton = BytesAhoCorasick(patterns, implementation=Implementation.ContiguousNFA)

    def find(self, folded: bytes) -> list[tuple[int, int, int]]:
        """Return (pattern, start, end) of every hit, overlapping ones too, at most MOST_HITS."""
        return self._automaton.find_matches_as_indexes(folded, overlapping=True)[:MOST_HITS]

    def bits(self, found: Iterable[tuple[int, int, int]]) -> int:
        """Return the concepts of the hits as a bitset."""
        bits = 0
        for pattern, _, _ in found:
            bits |= self._bits[pattern]
        return bits

    def hits(self, folded: bytes, found: Iterable[tuple[int, int, int]]) -> list[Hit]:
        """Return the hits with their words, in the order of the text."""
        hits = []
        at, word = 0, 0
        for start, end, pattern in sorted((start, end, pattern) for pattern, start, end in found):
            # Counted from hit to hit: from the start for each would be quadratic. A word is as many
            # spaces in as stand before its first letter.
            inner = start + 1 if folded[start : start + 1] == b" " else start
            word += folded.count(b" ", at, inner)
            at = inner
            last = word + folded.count(b" ", inner, end - 1)
            hits += [Hit(concept, term, start, end, word, last) for concept, term in self._owners[pattern]]
        return hits


def _bits(owners: Iterable[tuple[int, str]]) -> int:
    bits = 0
    for concept, _ in owners:
        bits |= 1 << concept
    return bits
