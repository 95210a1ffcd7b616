"""Which of the packs' words is a word somebody wrote, however they wrote it?"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from bot.detection.fold import KEPT
from bot.detection.slips import Slips
from bot.detection.terms import SHORTEST_OPEN

UNKNOWN = "\0"

# What is learned about words nobody listed is kept for as many, so that chatter is looked up once.
_MOST_LEARNED = 20_000
_LONGEST = 40
# No stem is shorter.
_BEGINNING = SHORTEST_OPEN

_DIGITS = str.maketrans("03456789", "oeasgtbg")
# So many ones in a word may each be an i or an l.
_MOST_ONES = 4
_STRETCHED = re.compile(r"(.)\1\1+")
_DISGUISED = re.compile(r"[^a-z]|(.)\1\1|^[^aeiou]{5}")
_VOWELS = str.maketrans("", "", "aeiou")
_NO_VOWEL = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")
_PLAIN = str.maketrans(KEPT)


class Lexicon(dict[str, str]):
    """A folded word to its symbol; UNKNOWN for a word of no pack. Look words up with `[...]`.

    Misspelled, stretched and leet words, and those without vowels, get the symbol of the word that is
    meant. `parts` are the symbols of `stem*`, `*end` and `*middle*`.
    """

    def __init__(self, whole: Mapping[str, str], parts: Mapping[str, str], slips: Slips) -> None:
        super().__init__(whole)
        self._size = len(self)
        self._learned_words: set[str] = set()
        self._slips = slips
        self.stems = {part[:-1]: symbol for part, symbol in parts.items() if part[0] != "*"}
        self.others = [(part, symbol) for part, symbol in parts.items() if part[0] == "*"]
        self._ends = tuple(part[1:] for part, _ in self.others if part[-1] != "*")
        self._middles = [part[1:-1] for part, _ in self.others if part[-1] == "*"]
        # By how a stem begins, how long the longest is.
        self._begun: dict[str, int] = {}
        for stem in sorted(self.stems, key=len):
            self._begun[stem[:_BEGINNING]] = len(stem)
        # Of those alike without their vowels the first counts.
        self._bony = sorted(filter(_is_bony, sorted(whole)), key=_bones)
        self._stem_bones = {_bones(stem): stem for stem in sorted(self.stems, reverse=True) if _is_bony(stem)}

    def __missing__(self, word: str) -> str:
        if len(self) > self._size + _MOST_LEARNED:
            for oldest in list(self)[self._size : self._size + _MOST_LEARNED // 2]:
                del self[oldest]
                self._learned_words.discard(oldest)
        symbol = self[word] = self._learned(word)
        self._learned_words.add(word)
        return symbol

    @property
    def whole(self) -> Sequence[str]:
        """The words of the packs."""
        return list(islice(self, self._size))

    def has(self, word: str) -> bool:
        """Whether this is a word of the packs."""
        return word in self and word not in self._learned_words

    def knows(self, word: str) -> bool:
        """Whether the packs have this word itself, or the beginning of it."""
        return self.has(word) or self.has(word.translate(_PLAIN)) or self.part(word) is not None

    def meant(self, word: str) -> str | None:
        """Return the word of the packs that this is read as a misspelling of, if it is."""
        return None if self.knows(word) else self._slips.meant(word)

    def _learned(self, word: str) -> str:
        if len(word) > _LONGEST:
            return self.part(word[:_LONGEST]) or UNKNOWN
        if not is_disguised(word):  # most words
            return self.part(word) or self._exact(self._slips.meant(word) or "") or UNKNOWN
        if not word.isascii() and self.has(plain := word.translate(_PLAIN)):
            return self[plain]
        if len(set(word)) <= 2 and (begun := self.part(word)):  # laughter is "kkk*", and not "k" stretched
            return begun
        for written in dict.fromkeys((word, word.translate(_PLAIN))):
            for whole in _undisguised(written):
                if self.has(whole):
                    return self[whole]
        return self.part(word) or next(filter(None, map(self._exact, self._meant(word))), UNKNOWN)

    def _exact(self, word: str) -> str | None:
        return self[word] if self.has(word) else self.part(word)

    def part(self, word: str) -> str | None:
        """The symbol of the longest part of a pack that the word has."""
        if longest := self._begun.get(word[:_BEGINNING]):
            for end in range(min(len(word), longest), _BEGINNING - 1, -1):
                if word[:end] in self.stems:
                    return self.stems[word[:end]]
        if word.endswith(self._ends) or any(middle in word for middle in self._middles):
            return next(symbol for part, symbol in self.others if _has(word, part))
        return None

    def _meant(self, word: str) -> Iterator[str]:
        """What the word may stand for, likeliest first."""
        if not word.isascii() and (plain := word.translate(_PLAIN)) != word:
            yield plain  # the beginning of a word of the packs
        yield from _undisguised(word)
        if meant := self._slips.meant(word):
            yield meant
        if _NO_VOWEL.fullmatch(word):
            begun = (self._stem_bones.get(word[:end]) for end in range(len(word), 3, -1))
            at = bisect_left(self._bony, word, key=_bones)
            yield from (one for one in self._bony[at : at + 1] if _bones(one) == word)
            yield from filter(None, begun)


def is_disguised(word: str) -> bool:
    """Whether a folded word may be another than its letters say: leet, stretched, without vowels."""
    return _DISGUISED.search(word) is not None


def _has(word: str, part: str) -> bool:
    return part[1:-1] in word if part[-1] == "*" else word.endswith(part[1:])


def _undisguised(word: str) -> Iterator[str]:
    """What a word with digits or stretched letters may say."""
    if not word.isalpha():
        yield from without_digits(word)
    if _STRETCHED.search(word):
        yield _STRETCHED.sub(r"\1", word)
        yield _STRETCHED.sub(r"\1\1", word)
        yield re.sub(r"(.)\1+", r"\1", word)


def without_digits(word: str) -> Iterator[str]:
    """Yield what a word may say whose digits stand for letters; nothing for a number."""
    letters = word.translate(_DIGITS)
    if word.isdigit() or len(word) < 3 or letters.count("1") > _MOST_ONES:
        return
    read = [letters]
    while "1" in read[0]:
        read = [one.replace("1", letter, 1) for one in read for letter in "il"]
    yield from read
    yield from (re.sub(r"(.)\1+", r"\1", one) for one in read)


def _is_bony(word: str) -> bool:
    """Whether a word can still be read without its vowels."""
    return len(word) > 5 and word.isascii() and word.isalpha() and len(_bones(word)) >= 4


def _bones(word: str) -> str:
    return word.translate(_VOWELS)
