"""Which long word did somebody mean who slipped on one key?"""

from bisect import bisect_left
from collections.abc import Iterable, Set

# Shorter words are one slip away from other words: "leak" from "lean", "naked" from "named".
SHORTEST = 7
# Every half of a long word has at least as many letters (of the latter the first stands before).
_START, _END = 4, 3
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

    def __init__(self, words: Iterable[str], real: Set[str]) -> None:
        long = {word for word in words if len(word) >= SHORTEST and word.isascii() and word.isalpha()}
        self._real = real
        self._forward = sorted(long)
        # The first letter, then the others from the end: a slip near the start leaves these alone.
        self._backward = sorted(map(_turned, long))
        self._starts = {word[:_START] for word in self._forward}
        self._ends = {turned[:_END] for turned in self._backward}

    def meant(self, word: str) -> str | None:
        """Return the word of which this is a misspelling; None for short words, and when there is none."""
        if len(word) < SHORTEST - 1 or not word.isascii() or not word.isalpha() or word in self._real:
            return None
        # A slip leaves one half whole.
        half = max(len(word) // 2, _START)
        if word[:_START] in self._starts:
            for right in _alike(self._forward, word, word[:half], -1):
                if is_slip(word, right):
                    return right
        turned = _turned(word)
        if turned[:_END] in self._ends:
            for other in _alike(self._backward, turned, turned[: len(word) - half], 1):
                if is_slip(word, right := _turned(other)):
                    return right
        return None


def _turned(word: str) -> str:
    return word[0] + word[:0:-1]


def _alike(ordered: list[str], word: str, start: str, last: int) -> list[str]:
    """Words that begin so, about as long and with about the same last letter, which stands at `last`."""
    first, end = bisect_left(ordered, start), bisect_left(ordered, start + "{")
    size, ends = len(word), (word[last], word[2 * last])
    return [other for other in ordered[first:end] if -2 < len(other) - size < 2 and other[last] in ends]
