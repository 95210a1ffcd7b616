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
# Cyrillic accents, Hebrew points, Arabic vowel signs, the nukta. The other marks of Indic scripts, Thai
# and kana are letters and stay.
_DROPPED_MARKS = frozenset(
    chr(point)
    for first, last in (
        (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
        (0x0670, 0x0670), (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
        (0x093C, 0x093C), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
    )
    for point in range(first, last + 1)
)  # fmt: skip

# Scripts that put no spaces between words: each character is taken for a word.
_WITHOUT_SPACES = re.compile(
    "[\u0e01-\u0e4e\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3\u3041-\u3096\u30a1-\u30fa\u30fc"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)
# Polish says by them who acts: without its tail, "wysle" is what somebody else will send. The lexicon
# drops them where no pack makes the difference.
KEPT = {"\u0105": "a", "\u0119": "e"}

_LATIN_NAME = re.compile(
    r"(?:NEGATIVE |SQUARED |CIRCLED |PARENTHESIZED |MODIFIER LETTER |CROSSED )*"
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
    # Before NFKC and case folding, which make some of them a space or a letter.
    if character in _APOSTROPHES or character in _DROPPED_MARKS:
        return ""
    if character in LOOKALIKES:
        return LOOKALIKES[character]
    if character.casefold() in KEPT:
        return character.casefold()
    composed = unicodedata.normalize("NFKC", character).casefold()[:_LONGEST_EXPANSION]
    bare = "".join(map(_bare, _without_accents(composed)))
    # A second look: a letter may become one that is itself folded (a titlecase digraph, a small capital).
    if bare != character:
        bare = "".join(map(_fold_again, bare))
    return _WITHOUT_SPACES.sub(r" \g<0> ", bare)


def _fold_again(character: str) -> str:
    if character.isascii():
        return character
    return "".join(map(_bare, _without_accents(unicodedata.normalize("NFKC", character).casefold())))


class _Table(dict[int, str]):
    """A character's code point to what it is folded to, worked out when it is first seen."""

    def __missing__(self, point: int) -> str:
        if len(self) >= _TABLE_SIZE:
            for learned in list(self)[len(_SIGNS) :]:
                del self[learned]
        folded = self[point] = _fold_character(chr(point))
        return folded


_TABLE = _Table()
# Signs that say something are words: what stands in quotation marks somebody else may have said.
QUOTE, LAUGHTER = '"', "\U0001f602"
_SIGNS = dict.fromkeys('"\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02', QUOTE)
_SIGNS |= dict.fromkeys("\U0001f602\U0001f923", LAUGHTER)
_TABLE.update({ord(sign): f" {word} " for sign, word in _SIGNS.items()})
# The same for texts in plain ASCII, which is most of them, at a tenth of the cost.
_ASCII_DELETED = b"'`"
_QUOTE_BYTE = ord(QUOTE)
_ASCII = bytes(ord(_TABLE[point].strip() or " ") if point < 128 else 32 for point in range(256))


def words(text: str) -> list[str]:
    """Return the words of the text in plain letters and digits.

    Every character of a script without spaces is a word. Linear in the text, whatever it holds;
    never raises.
    """
    return ascii_words(text.encode()) if text.isascii() else text.translate(_TABLE).split()


def ascii_words(text: bytes) -> list[str]:
    """Return the words of a text in plain ASCII."""
    if _QUOTE_BYTE in text:
        text = text.replace(b'"', b' " ')
    return text.translate(_ASCII, _ASCII_DELETED).decode().split()


def plain(character: str) -> str:
    """Return what one character is folded to: a letter or digit, as a rule, or nothing but a space."""
    return _TABLE[ord(character)]


def fold(text: str) -> str:
    """Return the words of the text, one space before and after each; `fold(fold(text)) == fold(text)`."""
    return f" {' '.join(words(text))} "


def spans(text: str) -> list[tuple[int, int]]:
    """Return, for every one of `words(text)`, where it begins and ends in `text`."""
    found: list[tuple[int, int]] = []
    inside = False
    for index, character in enumerate(text):
        for folded in _TABLE[ord(character)]:
            if folded == " ":
                inside = False
            elif inside:
                found[-1] = found[-1][0], index + 1
            else:
                found.append((index, index + 1))
                inside = True
    return found
