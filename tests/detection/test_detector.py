"""Does the detector stay quick, quiet and upright, whatever it is given?"""

import random
import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.detection import Detector, load
from tests.detection.packs import MESSAGES

SECRET = "someone is threatening to leak my nudes"


def test_a_fire_names_topic_rule_and_the_authors_own_characters(shipped: Detector) -> None:
    verdict = shipped.judge("S\u043emeone is THR\u0415ATENING to leak my n\u200budes!!")
    assert verdict.fired
    assert verdict.topic == "sextortion"
    assert verdict.rule is not None
    assert verdict.rule.startswith("sextortion.")
    assert verdict.score >= verdict.threshold > 0
    quotes = {found.concept: found.quote for found in verdict.concepts}
    assert quotes["my media"] == "my n\u200budes"
    assert '"THR\u0415ATENING to leak"' in verdict.explanation


def test_a_restored_word_is_quoted_as_it_was_written(shipped: Detector) -> None:
    verdict = shipped.judge("he has my n u d e s and is bl4ckm41ling me for money")
    quotes = {found.quote for found in verdict.concepts}
    assert verdict.fired
    assert {"my n u d e s", "bl4ckm41ling me"} <= quotes


def test_silence_says_what_was_there_and_what_was_missing(shipped: Detector) -> None:
    verdict = shipped.explain("my landlord is threatening me")
    assert not verdict.fired
    assert verdict.topic is None
    assert '"threatening"' in verdict.explanation
    assert "missing" in verdict.explanation


def test_nothing_at_all_is_explained_too(shipped: Detector) -> None:
    assert "no concept" in shipped.explain("hello").explanation
    assert not shipped.judge("").fired


def test_what_people_wrote_is_in_no_repr(shipped: Detector) -> None:
    shown = repr(shipped.judge(SECRET)) + repr(shipped.read(SECRET))
    assert "threatening to leak" not in shown
    assert "my nudes" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/someone-is-threatening-to-leak-my-nudes",
        "<:threatening_to_leak_my_nudes:123456789012345678>",
        "@threatening_me my nudes",
    ],
)
def test_links_mentions_and_emoji_are_no_words(shipped: Detector, text: str) -> None:
    assert not shipped.judge(text).fired


def test_only_the_first_4096_characters_are_looked_at(shipped: Detector) -> None:
    assert shipped.judge("word " * 800 + SECRET).fired
    assert not shipped.judge("word " * 820 + SECRET).fired


def test_packs_work_side_by_side() -> None:
    assert load(MESSAGES).judge(SECRET) == load(MESSAGES).judge(SECRET)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None), max_size=300))
def test_no_text_makes_it_raise(shipped: Detector, text: str) -> None:
    assert shipped.judge(text).fired == shipped.explain(text).fired


WORDS = ["my", "nudes", "n*d*s", "n u d e s", "blackmail", "threatening to", "post", "he", "pay", "or"]
WORDS += ["i will", "your pics", "!!!", "\u0337", "\ud800", "@x", "<", "aaaa", "sxtrtn", "video call"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_no_heap_of_trigger_words_makes_it_raise(shipped: Detector, words: list[str]) -> None:
    text = " ".join(words)
    assert shipped.judge(text).fired == shipped.explain(text).fired


def test_a_megabyte_of_noise_is_judged(shipped: Detector) -> None:
    noise = random.Random(7).randbytes(1_000_000)  # noqa: S311 - noise, not a secret
    for text in (
        noise.decode("utf-8", "replace"),
        noise.decode("latin-1"),
        noise.decode("utf-8", "surrogateescape"),
    ):
        assert not shipped.judge(text).fired


HOSTILE = {
    "trigger words": "he will post my nudes to my friends unless i pay him money now ",
    "nudes": "my nudes ",
    "spaced": "n u d e s or b l a c k m a i l ",
    "starred": "n*d*s bl*ckm*il ",
    "leet": "nud3s bl4ckm41l ",
    "without vowels": "thrtnng sxtrtn ",
    "stacked accents": "n\u0337\u0335\u0336\u0338",
    "ligatures": "\ufdfa",
    "openers": "<@",
    "one long word": "threaten",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_costs_at_most_about_twice_the_steps(shipped: Detector, unit: str) -> None:
    short, double = ((unit * 4096)[:size] for size in (2000, 4000))
    shipped.judge(double)  # the table is filled first
    assert _steps(shipped, double) <= 2.5 * _steps(shipped, short) + 500


def _steps(detector: Detector, text: str) -> int:
    """Lines of Python run while judging, which no neighbour on the machine can change."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        detector.judge(text)
    finally:
        sys.settrace(before)
    return steps
