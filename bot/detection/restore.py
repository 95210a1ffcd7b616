"""What did somebody mean who wrote `n u d e s`, `n.u.d.e.s`, `n*des` or `n@ked`?

The second reading of a message, for those in which letters are kept apart or signs stand for letters.
It knows only the words of the packs: an odd word that is none of them stays as it is, so that nothing
is read into other people's passwords and laughter.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from bot.detection.fold import plain
from bot.detection.lexicon import Lexicon

_SIGN = r"@$!|+*#"
_ODD = re.compile(
    rf"[^\W\d_][{_SIGN}]{{1,4}}[^\W\d_]|(?<!\w)[@$][a-z]{{3}}"
    r"|(?<!\w)[^\W\d_][\s.,*~_-]{1,2}[^\W\d_][\s.,*~_-]{1,2}[^\W\d_](?!\w)",
    re.IGNORECASE,
)
# What each byte of a text in UTF-8 is in a silhouette: a letter, a sign, a gap or something else.
_SILHOUETTE = bytes(
    ord("s" if byte in _SIGN.encode() else "." if byte in b" \t\n\r.,~_-" else "a" if letter else ",")
    for byte in range(256)
    # Of other scripts' characters the first byte stands for all; E2 and F0 begin signs and emoji.
    for letter in (bytes([byte]).isalpha() or (byte >= 0xC0 and byte not in (0xE2, 0xF0)),)
)
_NOT_FIRST = bytes(range(0x80, 0xC0))
_SIGNED = re.compile(rb"as{1,4}a|(?:\A|\.)saaa")

_SIGNS = str.maketrans("013457@$!|+89", "oieastasiitbg")
_STARS = "*#"
_CHUNK = re.compile(r"\S+")
_LONGEST_WORD = 40
_LONGEST_RUN = 64
_MOST_STARRED = 16


@dataclass(frozen=True, slots=True)
class Restored:
    """A message as it is read; `origins` are, for every character, its index in what the author wrote."""

    text: str
    origins: tuple[int, ...]


def is_odd(text: bytes) -> bool:
    """Whether letters of a text in UTF-8 are kept apart, or signs stand for some; few messages are."""
    silhouette = text.translate(_SILHOUETTE, _NOT_FIRST)
    return (
        b".a.a.a" in silhouette
        or silhouette.startswith(b"a.a.a")
        or (b"s" in silhouette and _SIGNED.search(silhouette) is not None)
    )


class Restorer:
    """Reads disguised words as words of the packs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        # Stems keep their stars, by which they are told from words.
        known = (*lexicon.whole, *(f"{stem}*" for stem in lexicon.stems if len(stem) >= 4))
        self._words = sorted(word for word in known if word.isascii())

    def read(self, text: str) -> Restored:
        """Return the message with its disguised words restored."""
        pieces: list[tuple[str, int, int]] = []
        starred = 0
        for start, end, chunk in _join_spaced(text):
            restored = None
            starred += any(star in chunk[1:-1] for star in _STARS)
            if len(chunk) <= _LONGEST_RUN and starred <= _MOST_STARRED:
                restored = self._restore(chunk)
            pieces.append((restored or text[start:end], start, end))
        return _assemble(pieces)

    def _restore(self, chunk: str) -> str | None:
        bare = chunk.strip(".,;:?\"'()[]{}~*_-")
        if not _ODD.search(bare):
            return None
        parts = [part for part in re.split(r"[\W_]", bare) if part]
        if len(parts) >= 3 and all(len(part) == 1 for part in parts):
            return self._segment("".join(parts)) or self._starred(bare.lower())
        word = "".join(sign if sign in _STARS else _letter(sign) for sign in bare)
        word = word.replace(" ", "")[:_LONGEST_WORD]
        if any(star in word for star in _STARS):
            return self._starred(word)
        alike = (word, word.replace("i", "l"), re.sub(r"(.)\1+", r"\1", word))
        return next((one for one in alike if len(one) > 2 and self._lexicon.knows(one)), None)

    def _starred(self, word: str) -> str | None:
        """The word of the packs that has these letters, and any where the stars are."""
        first = next((at for at, sign in enumerate(word) if sign in _STARS), 0)
        if not first or len(word) - sum(word.count(star) for star in _STARS) < 2:
            return None
        at = bisect_left(self._words, word[:first])
        while at < len(self._words) and self._words[at].startswith(word[:first]):
            if _fits(word, self._words[at]):
                return self._words[at].rstrip("*")
            at += 1
        return None

    def _segment(self, run: str) -> str | None:
        """The words of a run whose gaps are gone, as few as possible; None when it is not made of words."""
        run = "".join(map(_letter, run)).replace(" ", "")
        best: list[list[str] | None] = [[]] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - _LONGEST_WORD), end):
                before, so_far = best[start], best[end]
                if before is None or (so_far is not None and len(so_far) <= len(before) + 1):
                    continue
                word = run[start:end]
                if word in self._lexicon.whole or (end == len(run) and self._lexicon.knows(word)):
                    best[end] = [*before, word]
        words = best[-1]
        return " ".join(words) if words and max(map(len, words)) >= 4 else None


def _fits(word: str, candidate: str) -> bool:
    stem = candidate.rstrip("*")
    long_enough = len(word) == len(stem) or (stem != candidate and len(word) > len(stem))
    return long_enough and all(own in _STARS or own == other for own, other in zip(word, stem, strict=False))


def _letter(character: str) -> str:
    return "".join(map(plain, character.translate(_SIGNS)))


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
    return [*chunks, *_close(run)]


def _close(run: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    if len(run) < 3:
        yield from ((found.start(), found.end(), found[0]) for found in run)
    else:
        yield run[0].start(), run[-1].end(), ".".join(found[0][0] for found in run)


def _assemble(pieces: list[tuple[str, int, int]]) -> Restored:
    text: list[str] = []
    origins: list[int] = []
    for piece, start, end in pieces:
        text.append(piece + " ")
        last = max(len(piece) - 1, 1)
        origins += [start + at * (end - 1 - start) // last for at in range(len(piece))]
        origins.append(end - 1)
    return Restored("".join(text), tuple(origins))
