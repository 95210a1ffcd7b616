"""Which screen does somebody mean who types in their own words?"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from bot.guide.slips import Vocabulary

# Longer texts tell no more about what is asked, and the work grows with each word.
LONGEST = 500
_APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}"
# How many words may stand between two words of a phrase: "want to just die". Two words that are not next
# to each other mean too much else ("I have not paid"), except where missing somebody would be worse.
_BETWEEN = 2
# "not paid", "not been posted": how far before a phrase a word may stand that turns it round.
_TURNED = 2
# Ends a phrase that counts only when it is all of the text.
_WHOLE = "."
# "my nice" is near "my niece": in so short a phrase the other words do not make up for a slip.
_FORGIVING = 8


def normalise(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents and punctuation."""
    # Polish "ł" is a letter of its own to Unicode, and an "l" to whoever types in haste.
    plain = unicodedata.normalize("NFKD", text[:LONGEST].casefold().replace("ł", "l"))[: 2 * LONGEST]
    return tuple(plain.translate(_KEPT).split())


class _Kept(dict[int, str]):
    """What is kept of a character, looked up once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if unicodedata.combining(char) or char in _APOSTROPHES:
            kept = ""
        else:
            # A mark that is no accent is a vowel: in Hindi, "to go" and "to live" differ by one.
            kept = char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "
        self[code] = kept
        return kept


_KEPT = _Kept()


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    screen: str
    urgent: bool
    turns: int

    @property
    def between(self) -> int:
        """How many other words may stand between two of its words."""
        return _BETWEEN if self.urgent or len(self.words) > 2 else 0

    @property
    def letters(self) -> int:
        return sum(map(len, self.words))

    @property
    def forgiving(self) -> bool:
        """Whether its other words make up for a slip in a short one."""
        return len(self.words) > 1 and self.letters >= _FORGIVING

    @property
    def above(self) -> str:
        """The screen above its own; its own where there is none."""
        return self.screen if self.urgent else self.screen.rpartition("/")[0] or self.screen

    @property
    def weight(self) -> tuple[bool, bool, int, int]:
        """What decides between phrases that all stand in a text: urgent, then specific, then long."""
        specific = len(self.words) > 1 and "/" in self.screen
        return self.urgent, specific, self.letters, self.screen.count("/")


@dataclass(frozen=True, slots=True)
class _Text:
    """Where each word of the vocabulary stands in a text, and where words that turn one round do.

    `sure` has what was written just so or with one slip in a long word, `likely` the short ones too.
    """

    sure: Mapping[str, set[int]]
    likely: Mapping[str, set[int]]
    turns: frozenset[int]


class Finder:
    """Finds the screen for a text, by the phrases that writers gave for each.

    A phrase counts when its words stand in the text in order, near one another. `urgent` is the screen
    that wins whenever one of its phrases stands there; otherwise a phrase of several words for a deeper
    screen wins, then the longest. Behind one of `negations` ("not", "never") a phrase leads to the screen
    above its own, if nothing else is found. `names`, and phrases that end with a full stop, are what a text
    may be as a whole. So are `countries`, by their normalised names, with one of `before` ("in") before them
    or without; nothing but `urgent` goes before those.
    """

    def __init__(
        self,
        topics: Sequence[Mapping[str, Sequence[str]]],
        urgent: str,
        names: Mapping[str, str],
        negations: Iterable[str] = (),
        countries: Mapping[tuple[str, ...], str] = MappingProxyType({}),
        before: Iterable[str] = (),
    ) -> None:
        self._urgent = urgent
        self._countries = countries
        self._before = frozenset(normalise(one) for one in before)
        self._negations = frozenset(word for one in negations for word in normalise(one))
        given = [
            (phrase, screen)
            for by_screen in topics
            for screen, phrases in by_screen.items()
            for phrase in phrases
        ]
        phrases = {
            self._phrase(normalise(phrase), screen, screen == urgent)
            for phrase, screen in given
            if not phrase.endswith(_WHOLE)
        }
        self._phrases = sorted(phrases, key=lambda phrase: (phrase.weight, phrase.words), reverse=True)
        # By their first words, without one of which none can stand in a text: a language has thousands.
        self._begun: dict[str, list[int]] = {}
        for rank, one in enumerate(self._phrases):
            self._begun.setdefault(one.words[0], []).append(rank)
        whole = {normalise(phrase): screen for phrase, screen in given if phrase.endswith(_WHOLE)}
        self._names = whole | {normalise(name): screen for name, screen in names.items()}
        told = {word for phrase in phrases for word in phrase.words}
        self._vocabulary = Vocabulary(told | {word for name in self._names for word in name})

    def _phrase(self, words: tuple[str, ...], screen: str, urgent: bool) -> _Phrase:
        return _Phrase(words, screen, urgent, sum(word in self._negations for word in words))

    def find(self, text: str) -> str | None:
        """Return the id of the screen meant, or None. Only the first LONGEST characters count."""
        words = normalise(text)
        if named := self._names.get(words):
            return named
        found = self._phrase_in(words)
        if found == self._urgent:
            return found
        return self._country(words) or found or self._misspelt_name(words)

    def country(self, text: str) -> str | None:
        """Return what `countries` has for a text that is one's name, or None."""
        return self._country(normalise(text))

    def _country(self, words: tuple[str, ...]) -> str | None:
        bare = (words[at:] for at in range(len(words)) if not at or words[:at] in self._before)
        return next(filter(None, map(self._countries.get, bare)), None)

    def _phrase_in(self, words: Sequence[str]) -> str | None:
        read = self._read(words)
        turned = None
        for rank in sorted(rank for word in read.likely for rank in self._begun.get(word, ())):
            phrase = self._phrases[rank]
            spans = list(_spans(phrase, read))
            if any(not _is_turned(phrase, span, read) for span in spans):
                return phrase.screen
            if spans:
                turned = turned or phrase.above
        return turned

    def _read(self, words: Sequence[str]) -> _Text:
        sure: dict[str, set[int]] = {}
        slips: dict[str, set[int]] = {}
        for at, word in enumerate(words):
            for meant in self._vocabulary.sure(word):
                sure.setdefault(meant, set()).add(at)
            for meant in self._vocabulary.slips(word):
                slips.setdefault(meant, set()).add(at)
        for at, (one, two) in enumerate(pairwise(words)):
            if self._vocabulary.joins(one, two):  # "any more": the word stands in both places
                sure.setdefault(one + two, set()).update((at, at + 1))
        likely = {word: sure.get(word, set()) | slips.get(word, set()) for word in sure.keys() | slips}
        turns = frozenset(at for at, word in enumerate(words) if word in self._negations)
        return _Text(sure, likely, turns)

    def _misspelt_name(self, words: Sequence[str]) -> str | None:
        meant = [{*self._vocabulary.sure(word), *self._vocabulary.slips(word)} for word in words]
        for name, screen in self._names.items():
            if len(name) == len(words) and all(map(set.__contains__, meant, name)):
                return screen
        return None


def _spans(phrase: _Phrase, text: _Text) -> Iterator[tuple[int, int]]:
    """Yield where the phrase begins and ends in the text, once for each time it stands there."""
    places = text.likely if phrase.forgiving else text.sure
    nowhere: set[int] = set()
    spans = {(at, at) for at in places.get(phrase.words[0], nowhere)}
    for word in phrase.words[1:]:
        here = places.get(word, nowhere)
        spans = {
            (start, at)
            for start, end in spans
            for at in range(end + 1, end + phrase.between + 2)
            if at in here
        }
    yield from spans


def _is_turned(phrase: _Phrase, span: tuple[int, int], text: _Text) -> bool:
    """Whether the text says that it is not so; a screen without one above is meant all the same."""
    if phrase.above == phrase.screen:
        return False
    start, end = span
    between = sum(at in text.turns for at in range(start, end + 1)) - phrase.turns
    return between > 0 or any(at in text.turns for at in range(start - _TURNED, start))
