"""How do the words of all packs become few symbols, one character each?

Words that may stand in exactly the same places of the same terms ("pic", "photo") need no telling apart:
they share a symbol. A term is then a handful of short strings of symbols, where written out in words
it would be thousands; and whoever holds symbols does not hold what was written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import product

from bot.detection.fold import KEPT
from bot.detection.lexicon import Lexicon
from bot.detection.slips import Slips
from bot.detection.terms import Choice

# The first symbol; the 55,000 characters from here on are plenty, and none is a surrogate.
_FIRST = 0x80
_ENDINGS = ("", "s", "ed", "er", "ers", "ing", "ion")  # how a stem goes on: blackmails, blackmailed, ...
_PLAIN = str.maketrans(KEPT)


class Symbols:
    """Gathers terms, then gives every word its symbol and every term its patterns."""

    def __init__(self) -> None:
        self._slots: dict[frozenset[str], int] = {}
        self._of_word: dict[str, set[int]] = defaultdict(set)
        self._symbols: list[list[str]] = []
        # The marked words of which a word is what fast typists leave.
        self._marked: dict[str, set[int]] = defaultdict(set)

    def add(self, choices: Sequence[Choice]) -> list[list[tuple[int, ...]]]:
        """Take in a term; return for each of its places what may stand there, as slots in a row."""
        return [list(self._rows(choice)) for choice in choices]

    def _rows(self, choice: Choice) -> Iterator[tuple[int, ...]]:
        single = frozenset(words[0] for words in choice if len(words) == 1)
        if single:
            yield (self._slot(single),)
        for words in sorted(choice):
            if len(words) != 1:
                yield tuple(self._slot(frozenset((word,))) for word in words)

    def _slot(self, words: frozenset[str]) -> int:
        slot = self._slots.setdefault(words, len(self._slots))
        for word in words:
            self._of_word[word].add(slot)
        return slot

    def lexicon(self, real_words: Set[str]) -> Lexicon:
        """Return the words with their symbols; nothing may be added afterwards."""
        parts = {word for word in self._of_word if "*" in word}
        whole = self._of_word.keys() - parts
        for word in whole:
            if (plain := word.translate(_PLAIN)) != word:
                self._marked[plain] |= self._of_word[word]
        whole |= self._marked.keys()
        by_places: dict[tuple[int, ...], str] = {}
        symbol_of: dict[str, str] = {}
        for word in sorted({*whole, *(part.strip("*") for part in parts)}):
            places = tuple(sorted(self._places(word, parts)))
            symbol_of[word] = by_places.setdefault(places, chr(_FIRST + len(by_places)))
        self._symbols = [[] for _ in self._slots]
        for places, symbol in by_places.items():
            for slot in places:
                self._symbols[slot].append(symbol)
        stems = [part.strip("*") for part in parts if part[0] != "*"]
        long = (*whole, *(stem + ending for stem in stems for ending in _ENDINGS))
        return Lexicon(
            {word: symbol_of[word] for word in sorted(whole)},
            {part: symbol_of[part.strip("*")] for part in sorted(parts, key=len, reverse=True)},
            Slips(long, real_words),
        )

    def _places(self, word: str, parts: Set[str]) -> set[int]:
        """Where a word may stand. Where the packs have it with and without marks, those are two words."""
        places = set(self._of_word.get(word) or self._marked.get(word) or ())
        for part in _parts_of(word, parts):
            places |= self._of_word[part]
        return places

    def patterns(self, rows: Sequence[Iterable[tuple[int, ...]]]) -> Iterator[str]:
        """Yield every string of symbols that the term matches; call `lexicon` first."""
        for choice in product(*rows):
            slots = [self._symbols[slot] for row in choice for slot in row]
            yield from map("".join, product(*slots)) if slots else ()


def _parts_of(word: str, parts: Set[str]) -> Iterator[str]:
    for end in range(1, len(word) + 1):
        if f"{word[:end]}*" in parts:
            yield f"{word[:end]}*"
    for part in parts:
        if part[0] == "*" and (part[1:-1] in word if part[-1] == "*" else word.endswith(part[1:])):
            yield part
