"""How are patterns found on a machine for which ahocorasick-rs has no wheel?

Slower on long messages, and the same hits. Messages are strings of symbols, one for each word, so
patterns and messages are short and a walk from every word is enough.
"""

from collections.abc import Iterable

_END = ""


class Trie:
    """Finds every pattern in a string; the part of ahocorasick-rs's `AhoCorasick` that is used here."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._root: dict[str, object] = {}
        for number, pattern in enumerate(patterns):
            node = self._root
            for symbol in pattern:
                node = node.setdefault(symbol, {})  # type: ignore[assignment]
            node.setdefault(_END, []).append(number)  # type: ignore[attr-defined]

    def find_matches_as_indexes(self, text: str, overlapping: bool = True) -> list[tuple[int, int, int]]:
        """Return (pattern, start, end) of every hit, in the order in which hits end."""
        return sorted(self._walk(text), key=lambda hit: (hit[2], hit[1]))

    def _walk(self, text: str) -> Iterable[tuple[int, int, int]]:
        for start, first in enumerate(text):
            node, end = self._root.get(first), start
            while isinstance(node, dict):
                end += 1
                for number in node.get(_END, ()):
                    yield number, start, end
                node = node.get(text[end]) if end < len(text) else None
