"""What might somebody write, or have looked for?"""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from benchmarks.hostile import FAMILIES, text
from tests.detection.disguises import DISGUISES

# Where the reading of a message turns from one way to another.
_TURNS = [
    "<@",
    "<a:",
    ">",
    "https://",
    "www.",
    "@a",
    "n*des",
    "n u d",
    ".",
    "*",
    "$",
    "\u0337",
    "\ufdfa",
    "\u0f71",
]
_TURNS += [
    "\ud800",
    "\udfff",
    "\u0130",
    "\u01c5",
    "\u200b",
    "\n",
    "\t",
    "\0",
    "\ufeff",
    "\U000e0061",
    '"',
    "'",
]
_TERMS = [
    "*",
    "{",
    "}",
    ",",
    "/",
    "(",
    ")",
    "[",
    "]",
    "+",
    "?",
    "|",
    "\\",
    "\\b",
    "{1000}",
    "(?i)",
    "^",
    "$",
    " ",
]
# Longer than what is read of a message.
_LONG = 6_000

anything = st.text(st.characters(codec=None), max_size=40)


def _draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same every time


def messages(sentences: Sequence[str], words: Sequence[str]) -> st.SearchStrategy[str]:
    """Texts of sentences and words that the engine looks for, whole, in disguise, broken or endless."""
    piece = st.one_of(*map(st.sampled_from, (sentences, words, _TURNS)), anything)
    plain = st.builds(
        lambda joint, pieces: joint.join(pieces),
        st.sampled_from([" ", "", ". ", "\n", "\u200b", "*"]),
        st.lists(piece, max_size=40),
    )
    disguised = st.builds(
        lambda name, written, seed: DISGUISES[name](written, _draw(seed)),
        st.sampled_from(sorted(DISGUISES)),
        plain,
        st.integers(0, 99),
    )
    endless = st.builds(
        lambda name, length, seed: text(FAMILIES[name], length, _draw(seed), words),
        st.sampled_from(sorted(FAMILIES)),
        st.integers(0, _LONG),
        st.integers(0, 99),
    )
    return st.one_of(plain, disguised, endless)


def phrases(words: Sequence[str]) -> st.SearchStrategy[str]:
    """A community's own phrases, well written or not; some are regular expressions."""
    piece = st.one_of(st.sampled_from(words), st.sampled_from(_TERMS), st.text(max_size=8), anything)
    phrase = st.lists(piece, min_size=1, max_size=8).map("".join)
    return st.one_of(phrase, phrase.map(lambda inner: f"/{inner}/"))
