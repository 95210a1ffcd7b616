"""How do the words of all packs become few symbols, one character each?

Words that may stand in exactly the same places of the same terms ("pic", "photo") need no telling apart:
they share a symbol. Whoever holds the symbols of a message does not hold what was written.
"""

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, product

from bot.detection.fold import KEPT
from bot.detection.lexicon import Lexicon
from bot.detection.slips import Slips
from bot.detection.terms import Choice

# Between the places of a term, and what may stand in one place: slots in a row, each a character that
# stands for the words that may stand there. As strings they take a third of the memory.
_THEN, _OR = " ", "|"
# The first symbol, or slot; the 55,000 characters from here on are plenty, and none is a surrogate.
_FIRST = 0x80
ENDINGS = ("", "s", "ed", "er", "ers", "ing", "ion")  # how a stem goes on: blackmails, blackmailed, ...
_PLAIN = str.maketrans(KEPT)
_LAST = chr(sys.maxunicode)


class Symbols:
    """Gathers terms, then gives every word its symbol and every term its rows of places."""

    def __init__(self) -> None:
        self._slots: dict[str, int] = {}
        self._places: dict[Choice, str] = {}
        self._symbols: list[str] = []
        self.end = _FIRST  # the code after that of the last symbol

    def add(self, choices: Sequence[Choice]) -> str:
        """Take in a term; return what stands for it here."""
        for choice in choices:
            if choice not in self._places:
                self._places[choice] = _OR.join(self._slots_of(choice))
        return _THEN.join(map(self._places.__getitem__, choices))

    def pack_ends(self) -> None:
        """Let go of what only terms of the same pack have in common: it is most of the memory."""
        self._places.clear()

    def _slots_of(self, choice: Choice) -> Iterator[str]:
        single = sorted(words[0] for words in choice if len(words) == 1)
        if single:
            yield self._slot(" ".join(single))
        for words in sorted(choice):
            if len(words) != 1:
                yield "".join(map(self._slot, words))

    def _slot(self, words: str) -> str:
        return chr(_FIRST + self._slots.setdefault(words, len(self._slots)))

    def lexicon(self, real_words: Set[str]) -> Lexicon:
        """Return the words with their symbols; to be called once, and nothing may be added afterwards."""
        whole = self._named()
        longest_first = sorted((word for word in whole if "*" in word), key=len, reverse=True)
        parts = {part: whole.pop(part) for part in longest_first}
        stems = [part.strip("*") for part in parts if part[0] != "*"]
        long = (*whole, *(stem + ending for stem in stems for ending in ENDINGS))
        return Lexicon(whole, parts, Slips(long, real_words))

    def _named(self) -> dict[str, str]:
        """The symbols of all words and parts, in their order."""
        slots = list(self._slots)
        self._slots.clear()
        listed = set(chain.from_iterable(map(str.split, slots)))
        standing = _standing(listed)
        words = sorted({*listed, *chain.from_iterable(standing.values())})
        # What only begins like a listed word is not that word: parts have symbols of their own.
        kinds = _kinds(words, slots, standing)
        characters: dict[int, str] = {}
        for kind in kinds.values():
            characters.setdefault(kind, chr(_FIRST + len(characters)))
        self.end = _FIRST + len(characters)
        once: dict[str, str] = {}
        for slot in slots:
            symbols = "".join(sorted({characters[kinds[word]] for word in _members(slot, standing)}))
            self._symbols.append(once.setdefault(symbols, symbols))
        return {word: characters[kind] for word, kind in kinds.items()}

    def symbols(self, terms: Iterable[str]) -> set[str]:
        """Return the symbols of all words of some terms; call `lexicon` first."""
        slots = set("".join(terms)).difference(_THEN, _OR)
        return set("".join(self._symbols[ord(slot) - _FIRST] for slot in slots))

    def rows(self, term: str) -> Iterator[list[str]]:
        """Yield the rows of places, as symbols, that the term stands for; call `lexicon` first."""
        for choice in product(*(place.split(_OR) for place in term.split(_THEN))):
            if slots := "".join(choice):
                yield [self._symbols[ord(slot) - _FIRST] for slot in slots]


def _standing(listed: Set[str]) -> Mapping[str, Sequence[str]]:
    """The words and parts that may stand where a part, or a word with marks, may."""
    standing: dict[str, list[str]] = {}
    for word in listed:
        # Where the packs have it with and without marks, those are two words.
        if not word.isascii() and "*" not in word and (plain := word.translate(_PLAIN)) not in listed:
            standing[word] = [plain]
    words = sorted({*listed, *chain.from_iterable(standing.values())}, key=_text)
    for part in (word for word in listed if "*" in word):
        text = _text(part)
        if part[0] != "*":
            start = bisect_left(words, text, key=_text)
            standing[part] = words[start : bisect_left(words, text + _LAST, lo=start, key=_text)]
        elif part[-1] != "*":
            standing[part] = [word for word in words if word.endswith((text, f"{text}*"))]
        else:
            standing[part] = [word for word in words if text in word]
    return standing


def _text(word: str) -> str:
    return word.strip("*")


def _members(slot: str, standing: Mapping[str, Sequence[str]]) -> set[str]:
    """All that may stand where one of the words of the slot may."""
    words = slot.split()
    members = {word for word in words if "*" not in word}
    return members.union(*(standing[word] for word in words if word in standing))


def _kinds(
    words: Iterable[str], slots: Iterable[str], standing: Mapping[str, Sequence[str]]
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
