"""How do people misspell a long word?"""

from collections.abc import Iterable, Iterator

# How a stem goes on: `blackmail*` is written blackmails, blackmailed, ...
_ENDINGS = ("", "s", "ed", "er", "ers", "ing", "ion")
# Words themselves, though one slip away from a word of the packs; met in chat.
_WORDS = frozenset(
    (
        "bother",
        "bothers",
        "faking",
        "filing",
        "lakers",
        "posing",
        "stared",
        "striped",
        "teaches",
        "ticked",
        "treats",
    )
)
# Shorter words are one slip away from other words: "leak" from "lean", "naked" from "named".
SHORTEST = 7


def misspellings(word: str) -> Iterator[str]:
    """Yield the word with one letter dropped, doubled or swapped; the first letter is kept.

    Nothing for words under SHORTEST letters and for those not in plain a to z.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return
    # Not the last letter: dropping it gives an inflection, a real word as a rule.
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def table(words: Iterable[str], stems: Iterable[str]) -> dict[str, str]:
    """Return every misspelling with the word that is meant; no word that is spelled right is in it."""
    right = sorted({*words, *(stem + ending for stem in stems for ending in _ENDINGS)})
    meant: dict[str, str] = {}
    for word in right:
        for wrong in misspellings(word):
            meant.setdefault(wrong, word)
    for word in (*right, *_WORDS):
        meant.pop(word, None)
    return meant
