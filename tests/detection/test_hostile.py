"""Does judging stay upright and linear, whatever somebody writes to keep it busy?"""

import random
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import hostile
from bot.detection import Detector
from bot.detection.clean import LONGEST, clean
from bot.detection.overlay import Overlay

# More ways to keep an engine busy than those that are timed.
FAMILIES = hostile.FAMILIES | {
    "trigger words": lambda draw, words: "he will post my nudes to my friends unless i pay him money now ",
    "one term": lambda draw, words: "my nudes ",
    "without vowels": lambda draw, words: "thrtnng sxtrtn ",
    "one long word": lambda draw, words: "threaten",
    "openers": lambda draw, words: "<@",
    "alternating scripts": lambda draw, words: "n\u0443d\u0435s \u0938\u0947 \u8138 ",
    "emoji": lambda draw, words: "\U0001f602\U0001f468\u200d\U0001f469",
    "braces": lambda draw, words: draw.choice("{}[]()<>"),
    "like an evil regular expression": lambda draw, words: "(a+)+$ aaaaaaaa! ",
    "only marks": lambda draw, words: chr(draw.randrange(0x300, 0x370)),
    "digits": lambda draw, words: f"{draw.randrange(10**9)} ",
    "digits and letters": lambda draw, words: draw.choice("4a0e1l"),
}
# How long the longer text is, and what is done with it.
Judging: TypeAlias = tuple[int, Callable[[str], object]]


@pytest.fixture(scope="module")
def overlay(shipped: Detector) -> Overlay:
    words = filter(str.isalpha, shipped.program.lexicon.whole)
    phrases = sorted({f"*{word[:5]}*" for word in words if len(word) > 6})[:200]
    assert len(phrases) == 200
    return shipped.overlay({"threat": phrases, "intimate": ["/n.d.s/", "/(a+)+$/"]})


@pytest.fixture(params=["judge", "explain with phrases"])
def judging(request: pytest.FixtureRequest, shipped: Detector, overlay: Overlay) -> Judging:
    if request.param == "judge":
        return LONGEST, shipped.judge
    return LONGEST // 2, lambda text: shipped.explain(text, overlay)


@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_text_costs_at_most_about_twice_the_steps(
    shipped: Detector, judging: Judging, family: str
) -> None:
    length, judge = judging
    judge(_hostile(shipped, family, length, seed=0))  # tables are filled first
    short, double = (_steps(judge, _hostile(shipped, family, size, seed=1)) for size in (length // 2, length))
    assert double <= 2.9 * short + 1000  # were it a square, it would be four times


@pytest.mark.parametrize("family", ["a whole story", "leet", "openers"])
def test_beyond_what_anybody_can_write_nothing_costs_more(shipped: Detector, family: str) -> None:
    endless = _hostile(shipped, family, 20_000, seed=2)
    shipped.judge(endless)
    assert _steps(shipped.judge, endless) <= 1.5 * _steps(shipped.judge, endless[:LONGEST])


def _hostile(detector: Detector, family: str, length: int, seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311 - the same every time
    return hostile.text(FAMILIES[family], length, draw, sorted(detector.program.lexicon.whole))


def _steps(judge: Callable[[str], object], text: str) -> int:
    """Lines of Python run while judging, which no neighbour on the machine can change."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        judge(text)
    finally:
        sys.settrace(before)
    return steps


def test_steps_tell_a_square_from_a_line() -> None:
    def square(text: str) -> None:
        for _ in text:
            for _ in text:
                pass

    assert _steps(square, "a" * 40) > 3 * _steps(square, "a" * 20)


HEAPS = ["my", "nudes", "n*d*s", "n u d e s", "blackmail", "threatening to", "post", "he", "pay", "or"]
HEAPS += ["i will", "your pics", "!!!", "\u0337", "\ud800", "@x", "<", "aaaa", "sxtrtn", "video call"]
HEAPS += [
    "h3 w1ll p0st",
    "https://x.y",
    "g*nn*",
    '"',
    "\U0001f602",
    "f\u00edd",
    "\ufdfa",
    "b.l.a.c.k.m.a.i.l",
]
texts = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(st.sampled_from(HEAPS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(HEAPS), max_size=60).map("".join),
)


@given(texts)
def test_judge_and_explain_agree(shipped: Detector, overlay: Overlay, text: str) -> None:
    for own in (None, overlay):
        verdict, explained = shipped.judge(text, own), shipped.explain(text, own)
        assert verdict == explained if verdict.fired else not explained.fired


@given(texts)
def test_an_explanation_quotes_what_was_written(shipped: Detector, overlay: Overlay, text: str) -> None:
    verdict = shipped.explain(text, overlay)
    assert all(found.quote in clean(text) for found in verdict.concepts)
    assert all(found.quote in verdict.explanation for found in verdict.concepts)


@given(texts)
def test_every_word_that_is_read_has_its_place(shipped: Detector, text: str) -> None:
    reading = shipped.read(text)
    places = reading.places()
    assert len(places) == len(reading.seen.symbols)
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


def test_a_story_does_not_drown_its_end(shipped: Detector) -> None:
    story = "so i told my friend that he had it and she said they have the video of me and i paid him "
    end = "someone is blackmailing me with my nudes"
    assert shipped.judge(end).fired
    assert shipped.judge(story * ((LONGEST - len(end)) // len(story)) + end).fired
