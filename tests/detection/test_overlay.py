"""Do a community's own phrases count, read like AutoMod's, and stay harmless whatever is written?"""

import time

import pytest

from bot.detection.detector import Detector
from bot.detection.terms import TermError
from tests.detection.packs import detector

RULE: dict[str, object] = {"all_of": ["threat", "nudes"], "within": 8}


@pytest.fixture(scope="module")
def small() -> Detector:
    return detector(RULE)


@pytest.mark.parametrize(
    ("phrase", "text", "fired"),
    [
        ("gonna out me", "he's gonna OUT me with my nudes", True),
        ("gonna out me", "he's gonna out men with my nudes", False),
        ("gonna out me", "gonna o\u03c5t me, nudes", True),
        ("outs", "she outs nudes", True),
        ("out*", "outing my nudes", True),
        ("*out", "a blowout of nudes", True),
        ("*out*", "shouting nudes", True),
        ("out", "shouting nudes", False),
        ("{out,expose} me", "expose me nudes", True),
        ("gonna out me", "gonna out me a b c d e nudes", False),
        ("脅され", "写真で脅されている nudes", True),
        ("/g[o0]nna (out|burn) me/", "gonna burn me with nudes", True),
        ("/x*/", "my nudes", False),
    ],
)
def test_a_phrase_counts_for_its_concept(small: Detector, phrase: str, text: str, fired: bool) -> None:
    overlay = small.overlay({"threat": [phrase]})
    assert small.judge(text, overlay).fired == fired
    assert not small.judge(text).fired


def test_a_phrase_alone_never_fires(small: Detector) -> None:
    assert not small.judge("gonna out me", small.overlay({"threat": ["gonna out me"]})).fired


def test_the_explanation_shows_the_phrase_and_the_authors_words(small: Detector) -> None:
    verdict = small.explain("gonna OUT me, nudes", small.overlay({"threat": ["gonna out me"]}))
    assert ("gonna out me", "gonna OUT me") in [(found.term, found.quote) for found in verdict.concepts]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("a*", "too many words"),
        ("***", "no letter"),
        ("o*t", "star inside"),
        ("{media} out", "names no list"),
        ("/(/", "no regular expression of RE2"),
        ("/(?=a)/", "no regular expression of RE2"),
        ("/" + "a" * 300 + "/", "longer than 260"),
        ("/(a{1000}){1000}/", "no regular expression of RE2"),
    ],
)
def test_a_phrase_that_cannot_be_says_why(small: Detector, phrase: str, said: str) -> None:
    with pytest.raises(TermError, match=said):
        small.overlay({"threat": [phrase]})


def test_an_evil_regular_expression_is_harmless(small: Detector) -> None:
    # In a backtracking engine, 29 letters take this one a quarter of a minute, 4,000 for ever.
    overlay = small.overlay({"threat": ["/(a+)+$/", "/(a|aa)+b/"]})
    start = time.monotonic()
    small.judge("a" * 4000 + "!", overlay)
    assert time.monotonic() - start < 5
