"""Does a screen look right on Discord, within its limits and inert, and is every refusal understood?"""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import aiohttp
import discord
import pytest
from aiohttp.client_reqrep import ConnectionKey
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st
from simcord.components import validate_components

from adapters.discord import markup, outbound
from bot.model import Action, Block, Button, Card, Link, Outcome, Paragraph, Quote, Receipt, Screen, Steps
from tests.adapters.discord_screens import HELP, OFFER

COMPONENTS_V2 = 1 << 15
relaxed = settings(max_examples=50)


def texts(screen: Screen) -> list[str]:
    items = outbound.view(screen).walk_children()
    return [item.content for item in items if isinstance(item, ui.TextDisplay)]


def buttons(screen: Screen) -> list[ui.Button[ui.LayoutView]]:
    return [item for item in outbound.view(screen).walk_children() if isinstance(item, ui.Button)]


def check(screen: Screen) -> None:
    """Raise unless Discord takes the screen's components."""
    body = outbound.view(screen).to_components()  # type: ignore[no-untyped-call]  # discord.py's own
    validate_components(body, flags=COMPONENTS_V2)


def test_every_kind_of_block_is_shown_in_order() -> None:
    assert texts(HELP) == [
        "You are not in trouble.",
        "This is **not** your fault.",
        "1. Do not pay.\n2. Keep the messages.",
        "```\nPlease help me with @everyone, now.\n```",
        "**Report Remove**\nTakes pictures down\nPhone: 0800 1111\n<https://example.org/a_b_c>\nfree",
    ]


def test_buttons_carry_their_id_and_links_their_address() -> None:
    assert [(b.label, b.custom_id, b.url) for b in buttons(HELP)] == [
        ("I have paid", "q1:paid", None),
        ("Report", None, "https://example.org/report"),
    ]


def test_a_label_keeps_the_space_at_which_no_line_may_break() -> None:
    label = "C'est différent\N{NO-BREAK SPACE}: ils ont des photos"
    assert [button.label for button in buttons(Screen("x", "x", actions=(Button(label, "q1:x"),)))] == [label]


def test_a_veiled_screen_shows_its_first_line_and_buttons_only() -> None:
    assert texts(OFFER) == ["A note for you"]
    assert [button.label for button in buttons(OFFER)] == ["Show"]


async def test_an_answer_leaves_nothing_behind_in_discord_py() -> None:
    assert outbound.view(HELP).is_finished()


def test_many_blocks_and_buttons_fit_and_none_is_dropped() -> None:
    blocks = tuple(Paragraph(f"block {number}.") for number in range(30))
    actions = tuple(Button(f"button {number}", f"q1:{number}") for number in range(20))
    screen = Screen("big", "first", blocks, actions)

    check(screen)
    assert all(f"block {number}." in "\n".join(texts(screen)) for number in range(30))
    assert len(buttons(screen)) == 20


words = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=40)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, words),
    st.builds(Quote, words),
    st.builds(Steps, st.lists(words, min_size=1, max_size=4).map(tuple)),
    st.builds(Card, words, words, st.just("https://example.org/?a=b c"), st.just((("Phone", "1"),)), words),
)
actions: st.SearchStrategy[Action] = st.one_of(
    st.builds(Button, st.sampled_from(["Back", "I have paid", "a long label " * 10]), st.uuids().map(str)),
    st.builds(Link, st.just("Open"), st.just("https://example.org")),
)


@relaxed
@given(words, st.lists(blocks, max_size=10), st.lists(actions, max_size=20))
def test_every_screen_within_the_text_limit_is_a_message_discord_takes(
    preview: str, some: list[Block], offered: list[Action]
) -> None:
    check(Screen("any", preview, tuple(some), tuple(offered)))


ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
ACTIVE = re.compile(r"[*_~|`\[\]<>]|@everyone|@here|^\s*(?:#{1,3}|-#|[-+]|\d+[.)])\s", re.MULTILINE)
PIECES = [*"*_~|`[]()<>#@-+.1 \n\\ab:/", "@everyone", "<@1>", "[a](https://x.org)", "||", ">>> ", "# ", "1. "]
nasty = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@relaxed
@given(nasty)
def test_escaped_text_is_shown_as_it_is_and_has_no_effect(text: str) -> None:
    escaped = markup.escape(text)

    assert ESCAPED.sub(r"\1", escaped) == text
    assert not ACTIVE.search(ESCAPED.sub("x", escaped))


def without_stars(text: str) -> str:
    return text.replace("*", "")


@relaxed
@given(nasty.map(without_stars), nasty.map(without_stars).filter(bool))
def test_bold_is_kept_and_nothing_else(before: str, bold: str) -> None:
    shown = markup.inert(f"{before}**{bold}**{before}")

    assert shown == f"{markup.escape(before)}**{markup.escape(bold)}**{markup.escape(before)}"


def test_bold_parts_that_touch_become_one() -> None:
    assert markup.inert("**a****b**") == "**ab**"


@relaxed
@given(nasty)
def test_a_quote_cannot_break_out_of_its_block(text: str) -> None:
    assert markup.code(text).count("```") == 2


@pytest.mark.parametrize("text", ["You're not in trouble. Call 116 123, 24/7 (free) - it's 50% faster!"])
def test_plain_words_need_no_escape_so_that_notifications_read_well(text: str) -> None:
    assert markup.inert(text) == text


def refusal(status: int, code: int = 0, **headers: str) -> discord.HTTPException:
    response = cast(aiohttp.ClientResponse, SimpleNamespace(status=status, reason="", headers=headers))
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = discord.DiscordServerError if status >= 500 else kinds.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": "refused"})


def unconnectable() -> aiohttp.ClientConnectorError:
    key = ConnectionKey("discord.com", 443, True, True, None, None, None, None)
    return aiohttp.ClientConnectorError(key, OSError("no route"))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refusal(403, 50007), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 50007), Receipt(Outcome.UNREACHABLE)),
        (refusal(403, 50278), Receipt(Outcome.UNREACHABLE)),
        (refusal(404, 10013), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 20009), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 40060), Receipt(Outcome.DELIVERED)),
        (refusal(404, 10062), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 40003), Receipt(Outcome.THROTTLED, timedelta(minutes=15))),
        (refusal(403, 40003), Receipt(Outcome.THROTTLED, timedelta(minutes=15))),
        (refusal(403, 20026), Receipt(Outcome.THROTTLED, timedelta(days=365))),
        (refusal(403, 340015), Receipt(Outcome.THROTTLED, timedelta(days=365))),
        (refusal(403, 40002), Receipt(Outcome.THROTTLED, timedelta(days=365))),
        (refusal(429, 0, **{"Retry-After": "7"}), Receipt(Outcome.THROTTLED, timedelta(seconds=7))),
        (refusal(429), Receipt(Outcome.THROTTLED)),
        (discord.RateLimited(42.0), Receipt(Outcome.THROTTLED, timedelta(seconds=42))),
        (refusal(403, 50001), Receipt(Outcome.UNREACHABLE)),
        (refusal(403, 50013), Receipt(Outcome.UNREACHABLE)),
        (refusal(404, 10003), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 20016), Receipt(Outcome.FAILED)),
        (refusal(400, 20028), Receipt(Outcome.FAILED)),
        (refusal(403, 40004), Receipt(Outcome.FAILED)),
        (refusal(400, 200000), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 240000), Receipt(Outcome.UNREACHABLE)),
        (refusal(400, 50035), Receipt(Outcome.UNREACHABLE)),
        (refusal(401), Receipt(Outcome.FAILED)),
        (refusal(500), Receipt(Outcome.AMBIGUOUS)),
        (refusal(503), Receipt(Outcome.AMBIGUOUS)),
        (TimeoutError(), Receipt(Outcome.AMBIGUOUS)),
        (aiohttp.ServerDisconnectedError(), Receipt(Outcome.AMBIGUOUS)),
        (ConnectionResetError(), Receipt(Outcome.AMBIGUOUS)),
        (KeyError("an answer discord.py cannot read"), Receipt(Outcome.AMBIGUOUS)),
        (unconnectable(), Receipt(Outcome.FAILED)),
    ],
    ids=lambda value: repr(value) if isinstance(value, Exception) else "",
)
def test_what_each_refusal_means(error: Exception, expected: Receipt) -> None:
    assert outbound.receipt(error) == expected


@pytest.mark.parametrize("error", [TimeoutError(), refusal(500), ValueError("too many buttons")])
def test_before_the_request_that_speaks_nothing_is_ambiguous(error: Exception) -> None:
    assert outbound.receipt(error, sent=False) == Receipt(Outcome.FAILED)
