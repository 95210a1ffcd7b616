"""Does folding undo what does not matter, and nothing else?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.detection.fold import fold, spans, words

# ruff: noqa: RUF001 - ambiguous letters are what these tests are about

# Every code point, lone surrogates too.
anything = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    "written",
    [
        "NUDES",
        "ｎｕｄｅｓ",
        "𝓷𝓾𝓭𝓮𝓼",
        "ⓝⓤⓓⓔⓢ",
        "🅽🆄🅳🅴🆂",
        "ɴᴜᴅᴇꜱ",
        "núdès",
        "nu\u0301de\u0300s",
        "n\u0337\u0335u\u0337d\u0337e\u0337s\u0337",
        "n\u200bu\u200cd\u2060e\ufeffs",
        "nu\u00addes",
        "nudеs",
        "¡nudes!",
        "**nudes**",
    ],
)
def test_a_disguise_is_folded_away(written: str) -> None:
    assert fold(written) == " nudes "


@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "\u2018", "`", "\u00b4", "\u02bc", "\uff07"])
def test_an_apostrophe_does_not_split_a_word(apostrophe: str) -> None:
    assert fold(f"don{apostrophe}t") == " dont "


def test_punctuation_and_space_become_one_space() -> None:
    assert fold("pay,\n\tor -- ELSE…") == " pay or else "


@pytest.mark.parametrize("word", ["हिन्दी", "학교", "wyślę"])
def test_marks_that_are_letters_stay(word: str) -> None:
    assert fold(word) == f" {word.replace('ś', 's')} "


@pytest.mark.parametrize("words", ["ガ ビ", "ส ว ั ส ด ี", "裸 照"])
def test_where_no_spaces_are_written_each_character_is_a_word(words: str) -> None:
    assert fold(words.replace(" ", "")) == f" {words} "


def test_two_spellings_of_hindi_are_one() -> None:
    assert fold("फ़ोटो हूँ") == fold("फोटो हूं")


def test_one_character_never_becomes_many() -> None:
    assert len(fold("\ufdfa" * 1000)) <= 4 * 1000 + 2


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_every_word_knows_where_it_stands(text: str) -> None:
    places = spans(text)
    assert len(places) == len(words(text))
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)
    found = zip(words(text), places, strict=True)
    assert all(word in words(text[start:end]) for word, (start, end) in found)


@given(anything, anything)
def test_words_are_folded_one_by_one(first: str, second: str) -> None:
    assert fold(f"{first} {second}").split() == fold(first).split() + fold(second).split()
