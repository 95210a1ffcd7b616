"""Is a slip of the fingers read as the word that was meant, and a real word left alone?"""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.slips import SHORTEST, Slips, is_slip
from tests.detection.disguises import typo

LONG = ["blackmail", "blackmailing", "threatening", "pictures", "sextortion", "recorded", "friends"]
SLIPS = Slips(LONG, frozenset({"recorder", "fiends"}))


@pytest.mark.parametrize(
    "wrong",
    ["blakmail", "blackmal", "blackkmail", "blackmaill", "blackmial", "blackmali", "blavkmail", "bkackmail"],
)
def test_one_slip_is_forgiven(wrong: str) -> None:
    assert is_slip(wrong, "blackmail")
    assert SLIPS.meant(wrong) == "blackmail"


@pytest.mark.parametrize(
    "other",
    ["blackmai", "blackmaik", "slackmail", "blaxkmial", "backmial", "blackpmail", "blackmqil", "blackm"],
)
def test_more_than_a_slip_is_another_word(other: str) -> None:
    assert not is_slip(other, "blackmail")
    assert SLIPS.meant(other) is None


@pytest.mark.parametrize("word", ["recorder", "fiends", "friend", "freinds\u0301", "fr1ends", ""])
def test_real_and_short_and_odd_words_are_left_alone(word: str) -> None:
    assert SLIPS.meant(word) is None


@given(st.sampled_from(LONG), st.integers(0, 9999))
def test_what_fingers_do_is_forgiven(word: str, seed: int) -> None:
    wrong = typo(word, Random(seed))  # noqa: S311 - the same every time
    end_is_wrong = wrong == word[:-2] + word[-1] or wrong[: len(word) - 1] == word[:-1]
    assert wrong in (word, "fiends") or SLIPS.meant(wrong) == word or end_is_wrong


words = st.text("asdf", min_size=SHORTEST - 1, max_size=9)


@given(st.lists(words, max_size=8), words)
def test_a_word_is_found_whenever_there_is_one(long: list[str], wrong: str) -> None:
    meant = Slips(long, frozenset()).meant(wrong)
    near = {right for right in long if len(right) >= SHORTEST and is_slip(wrong, right)}
    assert meant in near if near else meant is None
