"""Do button ids come back as what they were, and forged ones as nothing?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.limits import SCREEN_ID
from bot.guide import Chosen, Erase, Go, Pressed, Stop, TakeBack, Wipe, encode, parse
from bot.guide.presses import parse_payload, payload


@pytest.mark.parametrize(
    ("pressed", "button"),
    [
        (Go("sextortion"), "q1:go:sextortion"),
        (Go("sextortion/sent-more"), "q1:go:sextortion/sent-more"),
        (Go("sextortion/report/gb"), "q1:go:sextortion/report/gb"),
        (Stop(), "q1:stop"),
        (Wipe(), "q1:wipe"),
        (Erase(), "q1:erase"),
        (Erase(everything=True), "q1:erase-all"),
        (Erase(everything=True, chosen=Chosen("de", "at")), "q2:erase-all:de:at"),
        (Go("sextortion/paid", Chosen("de", "gb")), "q2:go:sextortion/paid:de:gb"),
        (Go("sextortion", Chosen("pt-BR")), "q2:go:sextortion:pt-BR:-"),
        (Go("sextortion", Chosen(country="international")), "q2:go:sextortion:-:001"),
        (Stop(Chosen("fil")), "q2:stop:fil:-"),
        (Wipe(Chosen("de", "at")), "q2:wipe:de:at"),
        (TakeBack("-1001.301.0a1b"), "q1:mine:-1001.301.0a1b"),
        (TakeBack("-1001:7.301.0a1b", sure=True), "q1:take:-1001:7.301.0a1b"),
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
        "q2:go:sextortion",
        "q2:go:sextortion:-:-",
        "q1:go:sextortion:de:gb",
        "q2:go:sextortion:de:GB",
        "q2:go:sextortion:de:gbr",
        "q2:go:sextortion:de_AT:-",
        "q2:go:sextortion:" + "x" * 11 + ":-",
        "q2:go:sextortion:de:gb:1",
        "q3:go:sextortion:de:gb",
        "q0:go:sextortion",
        "go:sextortion",
        "q1:ban:sextortion",
        "q1:erase-",
        "q1:erase-some",
        "q1:erase:person-2",
        "q2:erase",
        "q1:mine",
        "q1:mine:",
        "q1:take:a b",
        "q1:take:a\n",
        "q2:take:a.b.c",
        "q1:take:" + "x" * 57,
    ],
)
def test_a_forged_or_foreign_button_means_nothing(button: str) -> None:
    assert parse(button) is None


@given(st.text())
def test_whatever_parses_would_be_sent_just_so(button: str) -> None:
    pressed = parse(button)
    assert pressed is None or encode(pressed) == button


CHOICES = st.builds(
    Chosen,
    st.none() | st.sampled_from(["en", "fil", "pt-BR", "hi", "zh-Hant-TW"]),
    st.none() | st.sampled_from(["gb", "us", "international"]),
)


@given(st.from_regex(r"[a-z0-9-]{1,9}(/[a-z0-9-]{1,9}){0,3}", fullmatch=True), CHOICES)
def test_what_was_chosen_comes_back_from_a_button_and_from_a_deep_link(screen: str, chosen: Chosen) -> None:
    go = Go(screen, chosen)
    assert parse(encode(go)) == parse_payload(payload(go)) == go
    for pressed in (Stop(chosen), Wipe(chosen), Erase(False, chosen), Erase(True, chosen)):
        assert parse(encode(pressed)) == pressed


@pytest.mark.parametrize(
    "text", ["", "a__b", "a__de", "a__de__GB", "a/b", "a b", "_a", "a_", "a__de__gb__1", "a\n"]
)
def test_a_forged_deep_link_means_nothing(text: str) -> None:
    assert parse_payload(text) is None


def test_the_longest_button_fits_every_platform_and_the_longest_deep_link_telegram() -> None:
    go = Go("x" * SCREEN_ID, Chosen("zh-Hant-TW", "gb-sct"))
    assert parse(encode(go)) == go
    assert len(encode(go).encode()) == 64
    assert len(payload(go)) <= 64
    assert parse(encode(Go("x" * (SCREEN_ID + 1)))) is None
