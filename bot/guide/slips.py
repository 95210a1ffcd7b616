"""Which word is meant by one that is not spelt just so?"""

import difflib
import re
from collections.abc import Iterable, Iterator

# From here on a slip changes so little that the word is known by itself.
_LONG = 6
# Shorter words are too near to each other to forgive a slip, but for two letters that changed places.
_SHORT = 5
_LONGEST = 24
_ALIKE = 0.84

_RUN = re.compile(r"([^\W\d_])\1+")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1\1")


class Vocabulary:
    """The words that may be meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._long = sorted(word for word in self._words if len(word) >= _LONG)
        self._near: dict[str, set[str]] = {}
        self._single: dict[str, set[str]] = {}
        for word in self._words:
            self._single.setdefault(_squeeze(word), set()).add(word)
            for shorter in _without_one(word):
                self._near.setdefault(shorter, set()).add(word)

    def sure(self, word: str) -> Iterator[str]:
        """Yield the word itself if it is known, otherwise those that it can hardly fail to mean.

        That is one with doubled letters where this has single ones ("kil") or drawn-out ones ("pleeease"),
        and a long one that is near.
        """
        if word in self._words:
            yield word
        elif doubled := self._doubled(word):
            yield from doubled
        elif _LONG <= len(word) <= _LONGEST:
            near = difflib.get_close_matches(word, self._long, n=3, cutoff=_ALIKE)
            yield from (meant for meant in near if _is_slip(word, meant))

    def slips(self, word: str) -> Iterator[str]:
        """Yield the words that an unknown one is a slip from: a letter too many, too few, wrong or moved."""
        if word in self._words or len(word) > _LONGEST:
            return
        near = {meant for shorter in _without_one(word) for meant in self._near.get(shorter, ())}
        for meant in near:
            if _is_slip(word, meant) and _is_one_letter(word, meant) and _is_forgiven(word, meant):
                yield meant

    def joins(self, one: str, two: str) -> bool:
        """Tell whether two words are a long one that somebody wrote in two."""
        return len(one + two) >= _LONG and one + two in self._words

    def _doubled(self, word: str) -> list[str]:
        # "mood" and "career" are words of their own, not "mod" and "carer".
        if _RUN.search(word) and not _DRAWN_OUT.search(word):
            return []
        return sorted(self._single.get(_squeeze(word), ()))


def _squeeze(word: str) -> str:
    return _RUN.sub(r"\1", word)


def _without_one(word: str) -> Iterator[str]:
    """Yield the word itself, and what is left when any one letter is taken out."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _is_slip(word: str, meant: str) -> bool:
    # The first letter is seldom wrong, and tells "putting" from "cutting". A plural is no slip: "my friends"
    # are not "my friend", who needs help.
    return word[0] == meant[0] and word != f"{meant}s"


def _is_one_letter(word: str, meant: str) -> bool:
    """Of words that are equal without one letter each: whether it is the same letter, or place."""
    if len(word) != len(meant) or sorted(word) == sorted(meant):
        return True
    return sum(one != other for one, other in zip(word, meant, strict=True)) == 1


def _is_forgiven(word: str, meant: str) -> bool:
    return len(meant) >= _SHORT or (len(meant) == _SHORT - 1 and sorted(word) == sorted(meant))
