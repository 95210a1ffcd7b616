"""Which long word did somebody mean who slipped on one key?"""

from collections.abc import Iterable, Set

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
        # Words side by side in one string: most have no other beside them, and so cost nothing.
        self._by_start: dict[str, str] = {}
        self._by_end: dict[str, str] = {}
        for word in sorted(set(words)):
            if len(word) >= SHORTEST and word.isascii() and word.isalpha():
                _add(self._by_start, word[:_START], word)
                _add(self._by_end, word[0] + word[-_END - 1 :], word)
                if len(word) <= _LONG:
                    _add(self._by_end, word[0] + word[-_END:], word)
                    if word[_START - 1] != word[_START]:
                        _add(self._by_start, word[: _START - 1] + word[_START], word)

    def meant(self, word: str) -> str | None:
        """Return the word of which this is a misspelling; None for short words, and when there is none."""
        size = len(word)
        if size < SHORTEST - 1:
            return None
        end = _END if size < _LONG else _END + 1
        begun, ended = self._by_start.get(word[:_START], ""), self._by_end.get(word[0] + word[-end:], "")
        if not (begun or ended) or not word.isascii() or not word.isalpha() or word in self._real:
            return None
        last = word[-2:]
        for alike in (begun, ended):
            for right in alike.split():
                if -2 < len(right) - size < 2 and right[-1] in last and is_slip(word, right):
                    return right
        return None


def _add(words: dict[str, str], key: str, word: str) -> None:
    words[key] = f"{words[key]} {word}" if key in words else word
