"""Which long word did somebody mean who slipped on one key?"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

# Shorter words are one slip away from other words: "leak" from "lean", "naked" from "named".
SHORTEST = 7
# A slip leaves the first four letters alone, or else the last three, of longer words the last four. In
# words of up to eight it may also have swapped the fourth and the fifth.
_START, _END, _LONG = 4, 3, 8
_NEIGHBOURS = {
    key: frozenset(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for at, key in enumerate(row)
}


def is_slip(wrong: str, right: str) -> bool:
    """Tell whether `wrong` is `right` with one letter dropped, doubled, swapped or one key beside it.

    The first letter is never wrong, and the last neither wrong nor missing: that would be an inflection.
    """
    at = next((at for at, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b), None)
    if at is None:
        return len(wrong) == len(right) + 1 and wrong[-1] == wrong[-2]
    if not at:
        return False
    if len(wrong) == len(right) - 1:
        return wrong[at:] == right[at + 1 :]
    if len(wrong) == len(right) + 1:
        return wrong[at] == wrong[at - 1] and wrong[at + 1 :] == right[at:]
    if len(wrong) != len(right):
        return False
    if wrong[at : at + 2] == right[at : at + 2][::-1]:
        return wrong[at + 2 :] == right[at + 2 :]
    if at == len(right) - 1:
        return False
    return wrong[at] in _NEIGHBOURS.get(right[at], ()) and wrong[at + 1 :] == right[at + 1 :]


class Slips:
    """Finds the word that is meant. `real` words are left alone, though a slip away from another."""

    def __init__(self, words: Iterable[str], real: Set[str] = frozenset()) -> None:
        self._real = real
        long = sorted(
            word for word in set(words) if len(word) >= SHORTEST and word.isascii() and word.isalpha()
        )
        self._by_start, self._by_end = _Table(long, _starts), _Table(long, _ends)

    def meant(self, word: str) -> str | None:
        """Return the word of which this is a misspelling; None for short words, and when there is none."""
        size = len(word)
        if size < SHORTEST - 1:
            return None
        end = _END if size < _LONG else _END + 1
        begun, ended = word[:_START], word[0] + word[-end:]
        starting, ending = self._by_start.some(begun), self._by_end.some(ended)
        if not (starting or ending) or not word.isascii() or not word.isalpha() or word in self._real:
            return None
        last = word[-2:]
        for alike, key, keys in ((starting, begun, _starts), (ending, ended, _ends)):
            for right in alike:
                near = -2 < len(right) - size < 2 and right[-1] in last
                if near and is_slip(word, right) and key in keys(right):
                    return right
        return None


def _starts(word: str) -> tuple[str, ...]:
    """The letters of a word of which one set must be right, at its start."""
    if len(word) > _LONG or word[_START - 1] == word[_START]:
        return (word[:_START],)
    return word[:_START], word[: _START - 1] + word[_START]


def _ends(word: str) -> tuple[str, ...]:
    """The same at its end, with the first letter."""
    long = word[0] + word[-_END - 1 :]
    return (long,) if len(word) > _LONG else (long, word[0] + word[-_END:])


class _Table:
    """Words by their keys, in arrays: a dict of lists takes ten times the memory."""

    def __init__(self, words: Sequence[str], keys: Callable[[str], Iterable[str]]) -> None:
        self._mask = (2 << len(words).bit_length()) - 1
        buckets: dict[int, list[str]] = defaultdict(list)
        for word in words:
            for key in keys(word):
                buckets[hash(key) & self._mask].append(word)
        self._from = array("I", [0])
        self._words: list[str] = []
        for bucket in range(self._mask + 1):
            self._words += buckets.get(bucket, ())
            self._from.append(len(self._words))

    def some(self, key: str) -> Sequence[str]:
        """Return all words with the key, in their order, and perhaps others."""
        bucket = hash(key) & self._mask
        return self._words[self._from[bucket] : self._from[bucket + 1]]
