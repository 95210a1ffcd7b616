"""Are the same phrases found on a machine for which ahocorasick-rs has no wheel?"""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest
from ahocorasick_rs import AhoCorasick
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.automaton import build_automaton
from bot.detection.fold import fold
from bot.detection.shipped import shipped
from bot.detection.terms import forms
from bot.detection.trie import Trie
from tests.detection.packs import MESSAGES

ROOT = Path(__file__).resolve().parents[2]
SECRET = "someone is blackmailing me with my nudes"


@pytest.fixture(scope="module")
def written_out() -> list[str]:
    """Of every term of every pack the first ten forms."""
    found = dict.fromkeys(
        " ".join(form).replace("*", "")
        for _, pack in shipped(MESSAGES).packs
        for terms in pack.words.concepts.values()
        for term in terms
        for form in islice(forms(term, pack.words.lists), 10)
    )
    return [form for form in found if form]


def _same(patterns: list[str], text: str) -> None:
    found = build_automaton(patterns)
    assert isinstance(found, AhoCorasick)
    assert Trie(patterns).find_matches_as_indexes(text) == found.find_matches_as_indexes(
        text, overlapping=True
    )


@given(st.lists(st.text("ab ", min_size=1, max_size=5), max_size=20), st.text("abc ", max_size=60))
def test_it_finds_what_the_library_finds(patterns: list[str], text: str) -> None:
    _same(patterns, text)


@given(st.text("ab\u0915\U0001f602", max_size=40))
def test_places_are_counted_in_characters(text: str) -> None:
    _same(["a", "ab", "\u0915a", "\U0001f602", "\U0001f602b"], text)


@pytest.fixture(scope="module")
def both(written_out: list[str]) -> tuple[Trie, "AhoCorasick | Trie"]:
    return Trie(written_out), build_automaton(written_out)


@given(data=st.data())
def test_it_finds_the_terms_of_the_packs(
    both: tuple[Trie, "AhoCorasick | Trie"], written_out: list[str], data: st.DataObject
) -> None:
    text = fold(" ".join(data.draw(st.lists(st.sampled_from(written_out), max_size=20))))
    found = both[0].find_matches_as_indexes(text)
    assert found == both[1].find_matches_as_indexes(text, overlapping=True)


# The wheel is made unimportable, then the command runs as it always does.
_WITHOUT = """
import runpy, sys
sys.modules["ahocorasick_rs"] = None
sys.argv = ["bot", *sys.argv[1:]]
runpy.run_module("bot", run_name="__main__", alter_sys=True)
"""
_PHRASES = """
import sys
sys.modules["ahocorasick_rs"] = None
from bot.detection.overlay import Overlay
overlay = Overlay({"a": ["gonna out me", "*grass*"], "b": ["gonna out me"]}, {"a": 0, "b": 1})
print([(hit.concept, hit.first, hit.last) for hit in overlay.hits("he is gonna out me grassed".split())])
"""


def _run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_bot_works_without_the_wheel() -> None:
    assert "Help would be offered" in _run(_WITHOUT, "explain", SECRET)


def test_phrases_are_found_without_the_wheel() -> None:
    assert _run(_PHRASES).strip() == "[(0, 2, 4), (1, 2, 4), (0, 5, 5)]"
