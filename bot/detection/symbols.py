"""How do the words of all packs become few symbols, one character each?

Words that may stand in exactly the same places of the same terms ("pic", "photo") need no telling apart:
they share a symbol. Whoever holds the symbols of a message does not hold what was written.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, product
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
_LAST = chr(sys.maxunicode)


class Symbols:
    """Gathers terms, then gives every word its symbol and every term its rows of places."""

    def __init__(self) -> None:
        self._slots: dict[tuple[str, ...], int] = {}
        self._places: dict[Choice, Place] = {}
        self._symbols: list[str] = []
        self.end = _FIRST  # the code after that of the last symbol

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
        return self._slots.setdefault(words, len(self._slots))

    def lexicon(self, real_words: Set[str]) -> Lexicon:
        """Return the words with their symbols; to be called once, and nothing may be added afterwards."""
        slots = list(self._slots)
        self._slots.clear()
        listed = set(chain.from_iterable(slots))
        parts = sorted(word for word in listed if "*" in word)
        whole = listed.difference(parts)
        standing = _standing(whole, parts)
        whole.update(chain.from_iterable(standing[word] for word in whole & standing.keys()))
        # What only begins like a listed word is not that word: parts have symbols of their own.
        kinds = _kinds((*sorted(whole), *parts), slots, standing)
        characters: dict[int, str] = {}
        for kind in kinds.values():
            characters.setdefault(kind, chr(_FIRST + len(characters)))
        self.end = _FIRST + len(characters)
        once: dict[str, str] = {}
        for words in slots:
            symbols = "".join(sorted({characters[kinds[word]] for word in _members(words, standing)}))
            self._symbols.append(once.setdefault(symbols, symbols))
        stems = [part.strip("*") for part in parts if part[0] != "*"]
        long = (*whole, *(stem + ending for stem in stems for ending in ENDINGS))
        return Lexicon(
            {word: characters[kinds[word]] for word in sorted(whole)},
            {part: characters[kinds[part]] for part in sorted(parts, key=len, reverse=True)},
            Slips(long, real_words),
        )

    def symbols(self, place: Place) -> str:
        """Return the symbols of all words of a place; call `lexicon` first."""
        return "".join(self._symbols[slot] for slots in place for slot in slots)

    def rows(self, places: Sequence[Place]) -> Iterator[list[str]]:
        """Yield the rows of places, as symbols, that the term stands for; call `lexicon` first."""
        for choice in product(*places):
            slots = [self._symbols[slot] for row in choice for slot in row]
            if slots:
                yield slots


def _standing(whole: Set[str], parts: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """The words and parts that may stand where one of `parts`, or a word with marks, may."""
    standing: dict[str, list[str]] = {}
    for word in whole:
        # Where the packs have it with and without marks, those are two words.
        if not word.isascii() and (plain := word.translate(_PLAIN)) not in whole:
            standing[word] = [plain]
    words = sorted({*whole, *chain.from_iterable(standing.values()), *parts}, key=_text)
    for part in parts:
        text = _text(part)
        if part[0] != "*":
            start = bisect_left(words, text, key=_text)
            standing[part] = words[start : bisect_left(words, text + _LAST, lo=start, key=_text)]
        elif part[-1] != "*":
            standing[part] = [word for word in words if _text(word).endswith(text)]
        else:
            standing[part] = [word for word in words if text in word]
    return standing


def _text(word: str) -> str:
    return word.strip("*")


def _members(words: Iterable[str], standing: Mapping[str, Sequence[str]]) -> set[str]:
    """All that may stand where one of the listed words may."""
    members = {word for word in words if "*" not in word}
    return members.union(*(standing[word] for word in words if word in standing))


def _kinds(
    words: Iterable[str], slots: Iterable[tuple[str, ...]], standing: Mapping[str, Sequence[str]]
) -> Mapping[str, int]:
    """A number for every word, the same for those that may stand in the same slots."""
    kinds, last = dict.fromkeys(words, 0), 0
    for slot in slots:
        inside: dict[int, int] = {}
        for word in _members(slot, standing):
            kind = inside.get(kinds[word])
            if kind is None:
                last += 1
                kind = inside[kinds[word]] = last
            kinds[word] = kind
    return kinds
