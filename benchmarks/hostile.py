"""What might somebody write to keep the engine busy?"""

import random
from collections.abc import Callable, Sequence
from typing import TypeAlias

# One piece of a text; pieces are put together until the text is long enough.
Piece: TypeAlias = Callable[[random.Random, Sequence[str]], str]

# Every text begins with it: one that is odd nowhere is not read twice, and would seem to grow when it is.
_ODD = "n*des "
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MARKS = [chr(point) for point in range(0x300, 0x370)]
_LEET = str.maketrans("aeiost", "431057")


def text(piece: Piece, length: int, draw: random.Random, words: Sequence[str]) -> str:
    """Return a text of so many characters; `words` are those the engine looks for."""
    pieces = [_ODD]
    left = length - len(_ODD)
    while left > 0:
        pieces.append(piece(draw, words))
        left -= len(pieces[-1])
    return "".join(pieces)[:length]


def _noise(draw: random.Random, size: int = 7) -> str:
    return "".join(draw.choices(_LETTERS, k=size))


def _long_word(draw: random.Random, words: Sequence[str]) -> str:
    return draw.choice([word for word in draw.choices(words, k=20) if len(word) > 6] or ["threatening"])


def _misspelt(draw: random.Random, words: Sequence[str]) -> str:
    word = _long_word(draw, words)
    at = draw.randrange(1, len(word))
    return f"{word[:at]}{draw.choice(_LETTERS)}{word[at:]} "


def _stacked(draw: random.Random, words: Sequence[str]) -> str:
    return draw.choice(_LETTERS) + "".join(draw.choices(_MARKS, k=20))


def _story(draw: random.Random, words: Sequence[str]) -> str:
    """All a rule wants, again and again, and what silences it."""
    return 'he says he will send "your pics" to my friends if i dont pay, i have her nudes lol help '


FAMILIES: dict[str, Piece] = {
    "one letter": lambda draw, words: "a",
    "letters apart": lambda draw, words: f"{draw.choice(_LETTERS)} ",
    "dotted letters": lambda draw, words: f"{draw.choice(_LETTERS)}.",
    "words of the packs": lambda draw, words: f"{draw.choice(words)} ",
    "words apart": lambda draw, words: f"{' '.join(draw.choice(words))}, ",
    "made-up words": lambda draw, words: f"{_noise(draw)} ",
    "beginnings of words": lambda draw, words: f"{_long_word(draw, words)[:5]}{_noise(draw, 4)} ",
    "misspellings": _misspelt,
    "leet": lambda draw, words: f"{draw.choice(words).translate(_LEET)}{draw.randrange(9)} ",
    "starred": lambda draw, words: f"{_long_word(draw, words)[:2]}***{_noise(draw, 2)} ",
    "signs": lambda draw, words: f"{draw.choice(_LETTERS)}@$!{draw.choice(_LETTERS)} ",
    "stretched": lambda draw, words: "".join(letter * 4 for letter in _noise(draw)) + " ",
    "stacked accents": _stacked,
    "ligatures": lambda draw, words: "\ufdfa",
    "invisible": lambda draw, words: f"{draw.choice(_LETTERS)}\u200b",
    "noise of Unicode": lambda draw, words: chr(draw.randrange(0x80, 0x30000)),
    "no spaces": lambda draw, words: chr(draw.randrange(0x4E00, 0x9FFF)),
    "half links": lambda draw, words: draw.choice(["<a:", "<@", "https://", "www.", "@aa", "<:x:1 ", ">"]),
    "a whole story": _story,
    "quotation marks": lambda draw, words: '"i ',
}
