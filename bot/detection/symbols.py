"""How do the words of all packs become few symbols, one character each?

Words that may stand in exactly the same places of the same terms ("pic", "photo") need no telling apart:
they share a symbol. Whoever holds the symbols of a message does not hold what was written.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import product
from typing import TypeAlias

from bot.detection.fold import KEPT
from bot.detection.lexicon import Lexicon
from bot.detection.slips import Slips
from bot.detection.terms import Choice

# What may stand in one place of a term: slots in a row, each for words that may stand there.
Place: TypeAlias = tuple[tuple[int, ...], ...]
# The first symbol; the 55,000 characters from here on are plenty, and none is a surrogate.
_FIRST = 0x80
ENDINGS = ("", "s", "ed", "er", "ers", "ing", "ion")  # how a stem goes on: blackmails, blackmailed, ...
_PLAIN = str.maketrans(KEPT)


class Symbols:
    """Gathers terms, then gives every word its symbol and every term its rows of places."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, ...], int] = {}
        self._places: dict[Choice, Place] = {}
        self._of_word: dict[str, list[int]] = defaultdict(list)
        self._symbols: list[str] = []
        self.end = _FIRST  # the code after that of the last symbol
        self._others: set[str] = set()
        # The marked words of which a word is what fast typists leave.
        self._marked: dict[str, set[int]] = defaultdict(set)

    def add(self, choices: Sequence[Choice]) -> list[Place]:
        """Take in a term; return for each of its places what may stand there."""
        for choice in choices:
            if choice not in self._places:
                self._places[choice] = tuple(self._slots_of(choice))
        return [self._places[choice] for choice in choices]

    def pack_ends(self) -> None:
        """Let go of what only terms of the same pack have in common: it is most of the memory."""
        self._places.clear()

    def _slots_of(self, choice: Choice) -> Iterator[tuple[int, ...]]:
        single = sorted(words[0] for words in choice if len(words) == 1)
        if single:
            yield (self._slot(tuple(single)),)
        for words in sorted(choice):
            if len(words) != 1:
                yield tuple(self._slot((word,)) for word in words)

    def _slot(self, words: tuple[str, ...]) -> int:
        slot = self._slots.get(words)
        if slot is None:
            slot = self._slots[words] = len(self._slots)
            for word in words:
                self._of_word[word].append(slot)
        return slot

    def lexicon(self, real_words: Set[str]) -> Lexicon:
        """Return the words with their symbols; to be called once, and nothing may be added afterwards."""
        parts = {word for word in self._of_word if "*" in word}
        self._others = {part for part in parts if part[0] == "*"}
        whole = self._of_word.keys() - parts
        for word in whole:
            if (plain := word.translate(_PLAIN)) != word:
                self._marked[plain].update(self._of_word[word])
        whole |= self._marked.keys()
        by_places: dict[tuple[int, ...], str] = {}

        def symbol(places: Set[int]) -> str:
            return by_places.setdefault(tuple(sorted(places)), chr(_FIRST + len(by_places)))

        # What only begins like a listed word is not that word: parts have symbols of their own.
        of_whole = {word: symbol(self._places_of(word, parts)) for word in sorted(whole)}
        of_part = {part: symbol(self._in_parts(part.strip("*"), parts)) for part in sorted(parts)}
        symbols: list[list[str]] = [[] for _ in self._slots]
        for places, character in by_places.items():
            for slot in places:
                symbols[slot].append(character)
        self._symbols = list(map("".join, symbols))
        self.end = _FIRST + len(by_places)
        for done in (self._slots, self._of_word, self._marked):
            done.clear()
        stems = [part.strip("*") for part in parts if part[0] != "*"]
        long = (*whole, *(stem + ending for stem in stems for ending in ENDINGS))
        return Lexicon(
            of_whole,
            {part: of_part[part] for part in sorted(parts, key=len, reverse=True)},
            Slips(long, real_words),
        )

    def _places_of(self, word: str, parts: Set[str]) -> set[int]:
        """Where a word may stand. Where the packs have it with and without marks, those are two words."""
        return set(self._of_word.get(word) or self._marked.get(word) or ()) | self._in_parts(word, parts)

    def _in_parts(self, word: str, parts: Set[str]) -> set[int]:
        return {place for part in _parts_of(word, parts, self._others) for place in self._of_word[part]}

    def symbols(self, place: Place) -> str:
        """Return the symbols of all words of a place; call `lexicon` first."""
        return "".join(self._symbols[slot] for slots in place for slot in slots)

    def rows(self, places: Sequence[Place]) -> Iterator[list[str]]:
        """Yield the rows of places, as symbols, that the term stands for; call `lexicon` first."""
        for choice in product(*places):
            slots = [self._symbols[slot] for row in choice for slot in row]
            if slots:
                yield slots


def _parts_of(word: str, stems: Set[str], others: Set[str]) -> Iterator[str]:
    """The parts that the word has: of `stems*`, and of those that begin with a star."""
    for end in range(1, len(word) + 1):
        if f"{word[:end]}*" in stems:
            yield f"{word[:end]}*"
    for part in others:
        if part[1:-1] in word if part[-1] == "*" else word.endswith(part[1:]):
            yield part
