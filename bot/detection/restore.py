"""What did somebody mean who wrote `n u d e s`, `n.u.d.e.s`, `n*des` or `n@ked`?

The second reading of a message, for those in which letters are kept apart or signs stand for letters.
It knows only the words of the packs: an odd word that is none of them stays as it is, so that nothing
is read into other people's passwords and laughter.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from bot.detection.fold import plain
from bot.detection.lexicon import Lexicon, without_digits
from bot.detection.outline import LEADERS, SIGNS

_LONGEST_WORD = 40
_LONGEST_RUN = 64
_MOST_STARRED = 16

_GAP = r"[\s.,*~_-]{1,2}"
_ODD = re.compile(
    rf"(?P<signed>[^\W_][{SIGNS}]{{1,4}}[^\W_]|(?<!\w)[{LEADERS}][^\W_]{{3}}|[^\W_][*#@$](?!\w))"
    rf"|(?<![^\W_])[^\W\d_](?:{_GAP}[^\W_](?![^\W_])){{2,{_LONGEST_RUN}}}"
)

_SIGNS = str.maketrans("@$!|+", "as11t")
_STARS = "*#"
_STARRED = re.compile(r"[*#]+")


@dataclass(frozen=True, slots=True)
class Restored:
    """A message as it is read; `pieces` are what was put in: (start, end, words) in the author's text."""

    text: str
    pieces: tuple[tuple[int, int, str], ...]

    def origins(self) -> list[int]:
        """Return, for every character of `text`, its index in what the author wrote."""
        origins: list[int] = []
        at = 0
        for start, end, words in self.pieces:
            last = max(len(words) - 1, 1)
            origins += range(at, start)
            origins += [start + index * (end - 1 - start) // last for index in range(len(words))]
            at = end
        return [*origins, *range(at, at + len(self.text) - len(origins))]


class Restorer:
    """Reads disguised words as words of the packs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(filter(str.isascii, lexicon.whole)):
            self._words[word[0], len(word)].append(word)
        # Stems keep their stars, by which they are told from words.
        self._stems: dict[str, list[str]] = defaultdict(list)
        for stem in sorted(filter(str.isascii, lexicon.stems)):
            if len(stem) >= 4:
                self._stems[stem[0]].append(f"{stem}*")

    def read(self, text: str) -> Restored:
        """Return the message with its disguised words restored."""
        pieces: list[tuple[int, int, str]] = []
        written: list[str] = []
        at = starred = 0
        for found in _ODD.finditer(text):
            start, end = _word_around(text, found) if found["signed"] else found.span()
            starred += any(star in text[start:end] for star in _STARS)
            if start < at or starred > _MOST_STARRED:
                continue
            if words := self._restore(text[start:end]):
                written += text[at:start], words
                pieces.append((start, end, words))
                at = end
        return Restored("".join((*written, text[at:])), tuple(pieces))

    def _restore(self, chunk: str) -> str | None:
        bare = chunk.strip(".,;:?\"'()[]{}~_-")
        parts = [part for part in re.split(r"[\W_]", bare) if part]
        word = _letters(bare)
        apart = len(parts) >= 3 and all(len(part) == 1 for part in parts)
        if apart and (words := self._segment(_letters("".join(parts)))):
            return words
        inner = word.strip(_STARS)  # at its ends they may be markup
        if any(star in inner for star in _STARS):
            return self._starred(word) or self._starred(inner)
        word = inner
        read = (*without_digits(word), word)
        return next((one for one in read if len(one) > 2 and self._lexicon.knows(one)), None)

    def _starred(self, word: str) -> str | None:
        """The word of the packs that has these letters; where the stars are, any, vowels first."""
        if not word or word[0] in _STARS or len(word) - sum(word.count(star) for star in _STARS) < 2:
            return None
        start, *_, end = _STARRED.split(word)
        alike = [
            known
            for known in self._words.get((word[0], len(word)), ())
            if known.startswith(start) and known.endswith(end)
        ]
        alike += [stem for stem in self._stems.get(word[0], ()) if stem[: len(start)].rstrip("*") in start]
        fitting = [known for known in alike if _fits(word, known)]
        return max(fitting, key=lambda known: _likeness(word, known)).rstrip("*") if fitting else None

    def _segment(self, run: str) -> str | None:
        """The words of a run whose gaps are gone, as few as possible; None when it is not made of words."""
        run = next((one for one in (run, *without_digits(run)) if one.isalpha()), run)
        return self._divided(run, stems=False) or self._divided(run, stems=True)

    def _divided(self, run: str, *, stems: bool) -> str | None:
        best: list[list[str] | None] = [[]] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end):
                before, so_far = best[start], best[end]
                if before is None or (so_far is not None and len(so_far) <= len(before) + 1):
                    continue
                word = run[start:end]
                if self._lexicon.has(word) or (stems and end == len(run) and self._lexicon.knows(word)):
                    best[end] = [*before, word]
        words = best[-1]
        return " ".join(words) if words and max(map(len, words)) >= 4 else None


def _fits(word: str, candidate: str) -> bool:
    stem = candidate.rstrip("*")
    long_enough = len(word) == len(stem) or (stem != candidate and len(word) > len(stem))
    return long_enough and all(own in _STARS or own == other for own, other in zip(word, stem, strict=False))


def _likeness(word: str, candidate: str) -> tuple[bool, bool, int]:
    """Sorts what fits: whole words, then those with vowels behind the stars, then the longest stem."""
    hidden = [other for own, other in zip(word, candidate, strict=False) if own in _STARS]
    return candidate[-1] != "*", all(letter in "aeiouy" for letter in hidden), len(candidate)


def _letters(word: str) -> str:
    read = "".join(sign if sign in _STARS else _letter(sign) for sign in word)
    return read.replace(" ", "")[:_LONGEST_WORD]


def _letter(character: str) -> str:
    return "".join(map(plain, character.translate(_SIGNS)))


def _word_around(text: str, found: re.Match[str]) -> tuple[int, int]:
    """From where to where what is not a space stands around an odd place."""
    start, end = found.span()
    while start and not text[start - 1].isspace() and found.start() - start < _LONGEST_WORD:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - found.end() < _LONGEST_WORD:
        end += 1
    return start, end
