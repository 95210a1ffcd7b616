"""How do people write what they do not want a filter to read?"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TypeAlias

Change: TypeAlias = Callable[[str, Random], str]

# After Unicode's confusables (UTS 39), those that look the same in common fonts.
_ALIKE = {
    "a": "\u0430\u03b1", "c": "\u0441\u03f2", "d": "\u0501", "e": "\u0435", "h": "\u04bb",
    "i": "\u0456\u03b9", "j": "\u0458", "k": "\u03ba", "n": "\u0578", "o": "\u043e\u03bf",
    "p": "\u0440\u03c1", "q": "\u051b",
    "s": "\u0455", "u": "\u03c5", "v": "\u03bd", "w": "\u051d", "x": "\u0445\u03c7", "y": "\u0443\u03b3",
    "A": "\u0410\u0391", "C": "\u0421", "E": "\u0415\u0395", "I": "\u0406\u0399", "K": "\u041a\u039a",
    "M": "\u041c", "O": "\u041e\u039f", "P": "\u0420\u03a1", "S": "\u0405", "T": "\u0422\u03a4",
    "X": "\u0425\u03a7",
}  # fmt: skip
_TAGS = "".join(chr(0xE0000 + point) for point in range(0x61, 0x7B))
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufe0f\ufeff" + _TAGS
)
_MARKS = "".join(map(chr, range(0x300, 0x370)))
# Letters of mathematics, from which small a to z follow one another without a hole.
_MATHS = (0x1D41A, 0x1D482, 0x1D4EA, 0x1D51E, 0x1D552, 0x1D586, 0x1D5BA, 0x1D5EE, 0x1D656, 0x1D68A, 0x24D0)
_LEET = {"a": "4@", "e": "3", "i": "1!", "l": "1", "o": "0", "s": "5$", "t": "7"}
_MARKUP = ("**", "*", "_", "__", "~~", "||", "***", "`")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Disguise:
    """A way to write, and of the messages noticed without it the share still noticed in it."""

    change: Change
    kept: float

    def __call__(self, text: str, draw: Random) -> str:
        """Return the text in this disguise."""
        return self.change(text, draw)


def _letters(change: Change, share: float = 1) -> Change:
    """Changes Latin letters one by one, a share of them."""
    return lambda text, draw: "".join(
        change(letter, draw) if _is_latin(letter) and draw.random() < share else letter for letter in text
    )


def _is_latin(letter: str) -> bool:
    return letter.isalpha() and (letter.isascii() or "LATIN" in unicodedata.name(letter, ""))


def _words(change: Change, shortest: int, most: float = 1, least: int = 1) -> Change:
    """Changes a share of the words in Latin letters, the longest or any, at least `least` of them."""

    def changed(text: str, draw: Random) -> str:
        found = [word for word in _latin_words(text) if len(word[0]) >= shortest]
        chosen = draw.sample(found, min(len(found), max(least, math.ceil(most * len(found)))))
        return _replaced(text, chosen, change, draw)

    return changed


def _hidden(change: Change) -> Change:
    """Changes the words that give away what it is about: one to three of the longest."""

    def changed(text: str, draw: Random) -> str:
        longest = sorted(_latin_words(text), key=lambda word: -len(word[0]))[: draw.randint(1, 3)]
        return _replaced(text, [word for word in longest if len(word[0]) > 3], change, draw)

    return changed


def _latin_words(text: str) -> Iterator[re.Match[str]]:
    return (word for word in _WORD.finditer(text) if all(map(_is_latin, word[0])))


def _replaced(text: str, chosen: list[re.Match[str]], change: Change, draw: Random) -> str:
    for word in sorted(chosen, key=lambda word: -word.start()):
        text = text[: word.start()] + change(word[0], draw) + text[word.end() :]
    return text


def _alike(letter: str, draw: Random) -> str:
    return draw.choice(_ALIKE.get(letter, letter))


def _maths(text: str, draw: Random) -> str:
    first = draw.choice(_MATHS)
    return "".join(
        chr(first + ord(letter) - 97) if "a" <= letter <= "z" else letter for letter in text.lower()
    )


def _full_width(letter: str, draw: Random) -> str:
    return chr(ord(letter) + 0xFEE0) if letter.isascii() else letter


def _zalgo(letter: str, draw: Random) -> str:
    return letter + "".join(draw.choices(_MARKS, k=draw.randint(1, 5)))


def _leet(word: str, draw: Random) -> str:
    """Signs for some letters, but at the ends none that make it a mention or an exclamation."""
    signs = [
        draw.choice(_LEET.get(letter, letter) if draw.random() < 0.6 else letter) for letter in word.lower()
    ]
    for at in (0, -1):
        if signs[at] in "@!":
            signs[at] = word[at]
    return "".join(signs)


def _stretched(word: str, draw: Random) -> str:
    at = draw.randrange(len(word))
    return word[:at] + word[at] * draw.randint(3, 6) + word[at + 1 :]


def _marked(text: str, draw: Random) -> str:
    mark = draw.choice(_MARKUP)
    return f"{mark}{text}{mark}"


def _starred(word: str, draw: Random) -> str:
    """Every vowel but a first letter behind a star."""
    return word[0] + re.sub("[aeiou]", "*", word[1:])


def typo(word: str, draw: Random) -> str:
    """One slip: a letter dropped, doubled, swapped with the next or with its neighbour on the keyboard."""
    at = draw.randrange(1, len(word))
    slips = [word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]]
    if at + 1 < len(word):
        slips.append(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    if beside := _beside(word[at].lower()):
        slips.append(word[:at] + draw.choice(beside) + word[at + 1 :])
    return draw.choice(slips)


def _beside(letter: str) -> str:
    """The keys left and right of a letter's."""
    row = next((row for row in _ROWS if letter in row), "")
    at = row.find(letter)
    return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]


DISGUISES = {
    "look-alikes": Disguise(_letters(_alike, 0.5), 0.97),
    "invisible": Disguise(_letters(lambda letter, draw: letter + draw.choice(_INVISIBLE), 0.5), 0.97),
    "full width": Disguise(_letters(_full_width), 0.97),
    "maths letters": Disguise(_maths, 0.97),
    "zalgo": Disguise(_letters(_zalgo, 0.7), 0.97),
    "leet": Disguise(_words(_leet, shortest=4), 0.97),
    "stretched": Disguise(_words(_stretched, shortest=4, most=0.5), 0.97),
    "markdown": Disguise(_words(_marked, shortest=3, most=0.4), 0.97),
    "all of it markdown": Disguise(_marked, 0.97),
    "spaced": Disguise(_hidden(lambda word, draw: " ".join(word)), 0.85),
    "dotted": Disguise(_hidden(lambda word, draw: draw.choice(".-_").join(word)), 0.85),
    "starred": Disguise(_hidden(_starred), 0.8),
    "a typo": Disguise(_words(typo, shortest=7, most=0.5), 0.8),
}


def disguised(texts: Iterable[str], disguise: Disguise, draws: int = 3) -> Iterator[str]:
    """Yield the texts in a disguise, each drawn a few times, but none that the disguise leaves as it is."""
    for text, number in product(texts, range(draws)):
        changed = disguise(text, Random(f"{number} {text}"))  # noqa: S311 - the same every time
        if changed != text:
            yield changed
