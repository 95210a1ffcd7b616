"""Does the detector stay quick, quiet and upright, whatever it is given?"""

import random

import pytest

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
    verdict = shipped.judge("he is bl4ckm41ling me with my n u d e s")
    quotes = {found.quote for found in verdict.concepts}
    assert verdict.fired
    assert any(quote.endswith("n u d e s") for quote in quotes)
    assert any(quote.startswith("bl4ckm41ling") for quote in quotes)


def test_half_a_character_hides_nothing(shipped: Detector) -> None:
    """In UTF-8 this is as many bytes as characters, as if it were ASCII: one is lost, one is two."""
    assert shipped.judge("\ud800 he is blackmailing me with my nud\u00e9s").fired


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


def test_packs_work_side_by_side(shipped: Detector) -> None:
    assert load(MESSAGES).judge(SECRET) == shipped.judge(SECRET)


def test_a_megabyte_of_noise_is_judged(shipped: Detector) -> None:
    noise = random.Random(7).randbytes(1_000_000)  # noqa: S311 - noise, not a secret
    for text in (
        noise.decode("utf-8", "replace"),
        noise.decode("latin-1"),
        noise.decode("utf-8", "surrogateescape"),
    ):
        assert not shipped.judge(text).fired
