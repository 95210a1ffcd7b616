"""Are lists read as moderators paste them?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.phrases.pasting import phrases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cat*, *cat, *cat*,cat", ["cat*", "*cat", "*cat*", "cat"]),
        ("one phrase\nanother\r\n\n  third  \n", ["one phrase", "another", "third"]),
        ("{his,her} pics, my {,private} pics", ["{his,her} pics", "my {,private} pics"]),
        ("/a{1,3}[,;]b/, c", ["/a{1,3}[,;]b/", "c"]),
        ("/a/,/b/", ["/a/", "/b/"]),
        ('"gonna, out me", "b"', ["gonna, out me", "b"]),
        ("either/or, a / b", ["either/or", "a / b"]),
        (", ,, ", []),
        ("{open, brace", ["{open", "brace"]),
        ("", []),
    ],
)
def test_a_list_gives_its_phrases(text: str, found: list[str]) -> None:
    assert [phrase for _, phrase in phrases(text)] == found


def test_every_phrase_knows_its_line() -> None:
    assert list(phrases("a, b\n\nc")) == [(1, "a"), (1, "b"), (3, "c")]


@given(st.text(alphabet='a ,{}/"*\n', max_size=200))
def test_nothing_but_commas_quotes_and_space_is_lost(text: str) -> None:
    bare = str.maketrans("", "", ' ,"\n')
    assert "".join(phrase for _, phrase in phrases(text)).translate(bare) == text.translate(bare)


def test_a_long_hostile_line_takes_its_length() -> None:
    assert len(list(phrases("/a," * 30_000))) == 30_000
    assert len(list(phrases("{" * 100_000))) == 1
