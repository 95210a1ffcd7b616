"""What is left of a text when case, accents, look-alikes and invisible characters do not matter?

`unicodedata.normalize` is never run on a whole message: on stacked accents it is quadratic in
Pythons older than 2026 (python/cpython#149079). Here it sees one character at a time, once.
"""

import re
import unicodedata

from bot.detection.lookalikes import LOOKALIKES

# A ligature such as U+FDFA becomes 18 letters; without a cap, 2,000 characters became 36,000.
_LONGEST_EXPANSION = 4
# As many code points as any honest mix of languages needs; the table starts anew beyond it.
_TABLE_SIZE = 20_000

_APOSTROPHES = frozenset(
    "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u02cb\u2018\u2019\u201a\u201b\u2032\u2035\uff07\u05f3"
)

# Marks that are decoration (stacked accents) or left out by those who type fast: Latin, Greek and
# Cyrillic accents, Hebrew points, Arabic vowel signs. The marks of Indic scripts, Thai and kana are
# letters and stay.
_DROPPED_MARKS = frozenset(
    chr(point)
    for first, last in (
        (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
        (0x0670, 0x0670), (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
        (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)  # fmt: skip

_LATIN_NAME = re.compile(
    r"(?:NEGATIVE |SQUARED |CIRCLED |PARENTHESIZED |TAG |MODIFIER LETTER |CROSSED )*"
    r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .*)?"
)


def _bare(character: str) -> str:
    """One character of a compatibility-composed, case-folded text, made plain."""
    if character in _APOSTROPHES or character in _DROPPED_MARKS:
        return ""
    alike = LOOKALIKES.get(character)
    if alike:
        return alike
    named = _LATIN_NAME.fullmatch(unicodedata.name(character, ""))
    if named:
        return named[1].lower()
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):
        return ""
    return character if category[0] in "LN" or category in ("Mn", "Mc") else " "


def _without_accents(text: str) -> str:
    kept = (character for character in unicodedata.normalize("NFD", text) if character not in _DROPPED_MARKS)
    return unicodedata.normalize("NFC", "".join(kept))


def _fold_character(character: str) -> str:
    if character in _APOSTROPHES:  # before NFKC, which makes some of them a space and a mark
        return ""
    composed = unicodedata.normalize("NFKC", character).casefold()[:_LONGEST_EXPANSION]
    bare = "".join(map(_bare, _without_accents(composed)))
    # A second look: a letter may become one that is itself folded (a titlecase digraph, a small capital).
    return bare if bare == character or not bare else "".join(map(_fold_again, bare))


def _fold_again(character: str) -> str:
    if character.isascii():
        return character
    return "".join(map(_bare, _without_accents(unicodedata.normalize("NFKC", character).casefold())))


class _Table(dict[int, str]):
    """A character's code point to what it is folded to, worked out when it is first seen."""

    def __missing__(self, point: int) -> str:
        if len(self) >= _TABLE_SIZE:
            self.clear()
        folded = self[point] = _fold_character(chr(point))
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Return the text in plain letters and digits, with one space before and after every word.

    Linear in the text, whatever it holds; `fold(fold(text)) == fold(text)`; never raises.
    """
    return f" {' '.join(text.translate(_TABLE).split())} "


def plain(text: str) -> str:
    """Return the text folded character by character, with its gaps as they are."""
    return text.translate(_TABLE)


def trace(text: str) -> list[int]:
    """Return, for every byte of `fold(text)` in UTF-8, the index in `text` of the character it came from."""
    origins = [0]
    word_before, gap = False, False
    for index, character in enumerate(text):
        for folded in _TABLE[ord(character)]:
            if folded == " ":
                gap = True
                continue
            if gap and word_before:
                origins.append(index)
            gap, word_before = False, True
            origins.extend([index] * len(folded.encode()))
    return [*origins, max(len(text) - 1, 0)]
