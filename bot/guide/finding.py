"""Which screen does somebody mean who types in their own words?"""

import difflib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# Longer texts tell no more about what is asked, and the work grows with each word.
LONGEST = 500
# Shorter words are too near to each other to forgive a slip.
_FORGIVEN = 6
_LONGEST_WORD = 24
_ALIKE = 0.84
_APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}"
# How many words may stand between two words of a phrase: "want to just die". Two words that are not next
# to each other mean too much else ("I have not paid"), except where missing somebody would be worse.
_BETWEEN = 2


def normalise(text: str) -> list[str]:
    """Return the words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST].casefold())[: 2 * LONGEST]
    kept = "".join(
        "" if unicodedata.combining(char) or char in _APOSTROPHES else char if char.isalnum() else " "
        for char in plain
    )
    return kept.split()


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    screen: str
    urgent: bool

    @property
    def between(self) -> int:
        """How many other words may stand between two of its words."""
        return _BETWEEN if self.urgent or len(self.words) > 2 else 0

    @property
    def weight(self) -> tuple[bool, bool, int, int]:
        """What decides between phrases that all stand in a text: urgent, then specific, then long."""
        specific = len(self.words) > 1 and "/" in self.screen
        return self.urgent, specific, sum(map(len, self.words)), self.screen.count("/")


class Finder:
    """Finds the screen for a text, by the phrases that writers gave for each.

    A phrase counts when its words stand in the text in order, near one another. `urgent` is the screen
    that wins whenever one of its phrases stands there; otherwise a phrase of several words for a deeper
    screen wins, then the longest.
    """

    def __init__(self, topics: Sequence[Mapping[str, Sequence[str]]], urgent: str) -> None:
        phrases = {
            _Phrase(tuple(normalise(phrase)), screen, screen == urgent)
            for by_screen in topics
            for screen, given in by_screen.items()
            for phrase in given
        }
        self._phrases = sorted(phrases, key=lambda phrase: (phrase.weight, phrase.words), reverse=True)
        self._vocabulary = frozenset(word for phrase in phrases for word in phrase.words)
        self._long = sorted(word for word in self._vocabulary if len(word) >= _FORGIVEN)

    def find(self, text: str) -> str | None:
        """Return the id of the screen meant, or None. Only the first LONGEST characters count."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(normalise(text)):
            for meant in self._meant(word):
                places.setdefault(meant, []).append(at)
        return next((phrase.screen for phrase in self._phrases if _stands(phrase, places)), None)

    def _meant(self, word: str) -> Iterator[str]:
        if word in self._vocabulary:
            yield word
        elif _FORGIVEN <= len(word) <= _LONGEST_WORD:
            near = difflib.get_close_matches(word, self._long, n=3, cutoff=_ALIKE)
            # A plural is no slip: "my friends" are not "my friend", who needs help.
            yield from (meant for meant in near if f"{meant}s" != word)


def _stands(phrase: _Phrase, places: Mapping[str, list[int]]) -> bool:
    ends = places.get(phrase.words[0], [])
    for word in phrase.words[1:]:
        here = places.get(word, [])
        ends = [at for at in here if any(0 < at - end <= phrase.between + 1 for end in ends)]
    return bool(ends)
