"""What did somebody mean who wrote `nud3s`, `n u d e s`, `n*des`, `nuuudes`, `sxtrtn` or `blakmail`?

The second reading of a text. It knows only the words of the packs: an odd word that is none of
them stays as it is, so that nothing is read into other people's passwords and laughter.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.detection.fold import plain
from bot.detection.typos import table

_ODD = re.compile(
    r"[^\W\d_][0-9@$!|+*#_]+[^\W\d_]|[@$][a-z]|[a-z]{2}[0-9@$]|[0-9][a-z]{3}"  # leet and starred
    r"|(\w)\1\1"  # stretched
    r"|(?<!\w)[^\W\d_][\s.,*~_-]{1,2}[^\W\d_][\s.,*~_-]{1,2}[^\W\d_](?!\w)"  # spaced or dotted
    r"|(?<![a-z])[bcdfghjklmnpqrstvwxz]{5,}(?![a-z])",  # without vowels
    re.IGNORECASE,
)
_LEET = str.maketrans("013457@$!|+89", "oieastasiitbg")
_STARS = "*#_"
_VOWELS = re.compile("[aeiou]")
_CHUNK = re.compile(r"\S+")
_LONGEST_WORD = 40
_LONGEST_RUN = 64
_MOST_STARRED = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read; `origins` are, for every character, its index in what the author wrote."""

    text: str
    origins: tuple[int, ...] | None = None

    def origin(self, index: int) -> int:
        """The index in the author's text of the character at `index`."""
        return index if self.origins is None else self.origins[index]


def _shape(word: str) -> str:
    """The word as leet and stretching leave it: l and i are one letter, doubles are single."""
    return re.sub(r"(.)\1+", r"\1", word.replace("l", "i"))


@dataclass(slots=True)
class _Shapes:
    """Words by shape; stems match any word that begins with them."""

    whole: dict[str, str]
    stems: dict[str, str]

    def look_up(self, key: str, shortest: int) -> str | None:
        if len(key) < shortest:
            return None
        if key in self.whole:
            return self.whole[key]
        for end in range(len(key), shortest - 1, -1):
            if key[:end] in self.stems:
                return self.stems[key[:end]]
        return None


class Restorer:
    """Reads disguised words as words of the packs: `words` in full, `stems` as beginnings."""

    def __init__(self, words: Iterable[str], stems: Iterable[str]) -> None:
        whole = sorted(word for word in words if word.isascii())
        begun = sorted(stem for stem in stems if stem.isascii())
        self._words = frozenset(whole)
        self._stems = frozenset(stem for stem in begun if len(stem) >= 5)
        self._typos = table(whole, begun)
        self._leet = _Shapes({_shape(word): word for word in whole}, {_shape(stem): stem for stem in begun})
        self._bones = _Shapes(
            {_VOWELS.sub("", word): word for word in whole if len(word) > 5},
            {_VOWELS.sub("", stem): stem for stem in begun if len(stem) > 5},
        )
        self._by_first: dict[str, list[tuple[str, bool]]] = defaultdict(list)
        for word in whole:
            self._by_first[word[0]].append((word, True))
        for stem in begun:
            self._by_first[stem[0]].append((stem, False))

    def is_needed(self, text: str, folded: str) -> bool:
        """Whether any word has an odd shape or is a known misspelling; most texts have none."""
        return _ODD.search(text) is not None or not self._typos.keys().isdisjoint(folded.split())

    def read(self, text: str) -> Reading:
        """Return the text with its disguised and misspelled words restored."""
        pieces: list[tuple[str, int, int]] = []
        starred = 0
        for start, end, chunk in _join_spaced(text):
            restored = None
            if any(star in chunk[1:-1] for star in _STARS):
                starred += 1
            if len(chunk) <= _LONGEST_RUN and starred <= _MOST_STARRED:
                restored = self._restore(chunk)
            pieces.append((restored or text[start:end], start, end))
        return _assemble(pieces)

    def _restore(self, chunk: str) -> str | None:
        bare = chunk.strip(".,;:!?\"'()[]{}~*_-")
        if not bare:
            return None
        if meant := self._typos.get(plain(bare).replace(" ", "")):
            return meant
        if not _ODD.search(bare):
            return None
        parts = [part for part in re.split(r"[\W_]", bare) if part]
        if len(parts) >= 3 and all(len(part) == 1 for part in parts):
            return self._segment("".join(parts)) or self._starred(bare.lower())
        word = "".join(star if (star := character) in _STARS else _letter(character) for character in bare)
        word = word.replace(" ", "")[:_LONGEST_WORD]
        if any(star in word for star in _STARS):
            return self._starred(word)
        if len(word) < 3:
            return None
        return self._leet.look_up(_shape(word), 3) or self._bones.look_up(word, 4)

    def _starred(self, word: str) -> str | None:
        known = [character for character in word if character not in _STARS]
        if len(known) < 2 or word[0] in _STARS:
            return None
        for candidate, whole in self._by_first.get(word[0], ()):
            fits = len(candidate) == len(word) if whole else 4 <= len(candidate) <= len(word)
            pairs = zip(word, candidate, strict=False)
            if fits and all(own in _STARS or own == other for own, other in pairs):
                return candidate
        return None

    def _segment(self, run: str) -> str | None:
        """The words of a run whose gaps are gone, longest first; None when it is not made of words."""
        run = "".join(map(_letter, run)).replace(" ", "")
        best: list[list[str] | None] = [[]] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end):
                before = best[start]
                known = run[start:end] in self._words or (end == len(run) and self._stem_of(run[start:end]))
                if (
                    before is not None
                    and known
                    and (best[end] is None or len(before) + 1 < len(best[end] or ()))
                ):
                    best[end] = [*before, run[start:end]]
        words = best[-1]
        return " ".join(words) if words and max(map(len, words)) >= 4 else None

    def _stem_of(self, word: str) -> bool:
        return any(word[:end] in self._stems for end in range(5, len(word) + 1))


def _letter(character: str) -> str:
    return plain(character.translate(_LEET))


def _join_spaced(text: str) -> list[tuple[int, int, str]]:
    """Chunks between spaces as (start, end, chunk); three or more single letters in a row are one chunk."""
    chunks: list[tuple[int, int, str]] = []
    run: list[re.Match[str]] = []
    for found in _CHUNK.finditer(text):
        if (
            len(found[0]) <= 2
            and found[0][0].isalpha()
            and not found[0][1:].isalnum()
            and len(run) < _LONGEST_RUN
        ):
            run.append(found)
            continue
        chunks += _close(run)
        run = []
        chunks.append((found.start(), found.end(), found[0]))
    return chunks + _close(run)


def _close(run: list[re.Match[str]]) -> list[tuple[int, int, str]]:
    if len(run) < 3:
        return [(found.start(), found.end(), found[0]) for found in run]
    return [(run[0].start(), run[-1].end(), ".".join(found[0][0] for found in run))]


def _assemble(pieces: list[tuple[str, int, int]]) -> Reading:
    text: list[str] = []
    origins: list[int] = []
    for piece, start, end in pieces:
        text.append(piece + " ")
        last = max(len(piece) - 1, 1)
        origins += [start + at * (end - 1 - start) // last for at in range(len(piece))]
        origins.append(end - 1)
    return Reading("".join(text), tuple(origins))
