"""Do button ids come back as what they were, and forged ones as nothing?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide import Go, Pressed, Stop, Wipe, encode, parse


@pytest.mark.parametrize(
    ("pressed", "button"),
    [
        (Go("sextortion"), "q1:go:sextortion"),
        (Go("sextortion/sent-more"), "q1:go:sextortion/sent-more"),
        (Go("sextortion/report/gb"), "q1:go:sextortion/report/gb"),
        (Stop(), "q1:stop"),
        (Wipe(), "q1:wipe"),
    ],
)
def test_a_button_comes_back_as_what_it_was(pressed: Pressed, button: str) -> None:
    assert encode(pressed) == button
    assert parse(button) == pressed


@pytest.mark.parametrize(
    "button",
    [
        "",
        "q1",
        "q1:",
        "q1:go",
        "q1:go:",
        "q1:go:/",
        "q1:go:a//b",
        "q1:go:a/",
        "q1:go:A",
        "q1:go:a b",
        "q1:go:a\n",
        "q1:go:a_b",
        "q1:go:ä",
        "q1:go:" + "x" * 59,
        "q1:stop:1",
        " q1:stop",
        "q1:Stop",
        "q2:stop",
        "q0:go:sextortion",
        "go:sextortion",
        "q1:ban:sextortion",
    ],
)
def test_a_forged_or_foreign_button_means_nothing(button: str) -> None:
    assert parse(button) is None


@given(st.text())
def test_whatever_parses_would_be_sent_just_so(button: str) -> None:
    pressed = parse(button)
    assert pressed is None or encode(pressed) == button


def test_the_longest_button_fits_every_platform() -> None:
    longest = encode(Go("x" * 58))
    assert parse(longest) == Go("x" * 58)
    assert len(longest.encode()) == 64
