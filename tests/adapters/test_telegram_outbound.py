"""How does a screen look in Telegram, and what does Telegram's refusal mean?"""

import re
from collections.abc import Sequence
from datetime import timedelta
from html.parser import HTMLParser

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram import outbound
from bot.model import Action, Block, Button, Card, Link, Menu, Outcome, Paragraph, Quote, Screen, Steps

# What Bot API's HTML mode knows, as far as we use it.
TAGS = {"b", "code", "a", "tg-spoiler"}


class Reader(HTMLParser):
    """Reads the HTML as Telegram does: what is seen, and what of it is under a spoiler."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen, self.open_sight, self.tags, self.open = "", "", set[str](), list[str]()
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen += data
        if "tg-spoiler" not in self.open:
            self.open_sight += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError

    def handle_decl(self, decl: str) -> None:
        raise AssertionError

    def handle_pi(self, data: str) -> None:
        raise AssertionError


words = st.text(st.characters(codec="utf-8", min_codepoint=32) | st.sampled_from("<>&\"'*/"), max_size=60)
blocks: st.SearchStrategy[Block] = st.one_of(
    words.map(Paragraph),
    words.map(Quote),
    st.lists(words, max_size=3).map(lambda items: Steps(tuple(items))),
    st.builds(
        Card,
        name=words,
        summary=words,
        url=st.none() | words.map(lambda tail: f"https://example.org/{tail}"),
        contacts=st.lists(st.tuples(words, words), max_size=2).map(tuple),
        note=words,
    ),
)


def without_stars(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"\1", text)


def strings(block: Block) -> list[str]:
    """Every text a reader must find again, in order."""
    match block:
        case Paragraph(text=text) | Quote(text=text):
            return [without_stars(text)]
        case Steps(items=items):
            return [without_stars(item) for item in items]
        case Card():
            contacts = [text for contact in block.contacts for text in contact]
            rich = [without_stars(text) for text in (block.name, block.summary)]
            return [*rich, *contacts, without_stars(block.note), block.url or ""]


@given(preview=words, content=st.lists(blocks, max_size=4), veiled=st.booleans())
def test_any_text_is_seen_as_written_and_adds_no_markup(
    preview: str, content: list[Block], veiled: bool
) -> None:
    screen = Screen("id", preview, tuple(content), veiled=veiled)
    shown = Reader(outbound.text(screen))
    assert shown.tags <= TAGS
    at = 0
    for expected in [
        without_stars(preview),
        *(text for block in content for text in strings(block)),
    ]:
        at = shown.seen.index(expected, at) + len(expected)


@given(preview=words, content=st.lists(blocks, max_size=4))
def test_nothing_but_the_first_line_of_a_veiled_screen_is_in_open_sight(
    preview: str, content: list[Block]
) -> None:
    actions = (Link("Call", "tel:116123"),)
    html = outbound.text(Screen("id", preview, tuple(content), actions, veiled=True))
    shown = Reader(html)
    assert shown.open_sight.strip() == without_stars(preview).strip()
    assert html.count("<tg-spoiler>") == 1
    assert (
        "<" not in html.partition("<tg-spoiler>")[2].partition("</tg-spoiler>")[0]
    )  # nothing to break out of it


def test_every_block_has_its_form() -> None:
    screen = Screen(
        "sextortion",
        "You are **not** alone",
        (
            Paragraph("It is not your fault."),
            Steps(("Do not pay", "Keep **everything**")),
            Quote("Mum, I need **help**"),
            Card("Helpline", "Day & night", "https://example.org/?a=1&b=2", (("Phone", "116 123"),), "Free"),
        ),
    )
    assert outbound.text(screen) == (
        "You are <b>not</b> alone\n\n"
        "It is not your fault.\n\n"
        "1. Do not pay\n2. Keep <b>everything</b>\n\n"
        "<code>Mum, I need help</code>\n\n"
        "<b>Helpline</b>\nDay &amp; night\nPhone: 116 123\nFree\n"
        '<a href="https://example.org/?a=1&amp;b=2">https://example.org/?a=1&amp;b=2</a>'
    )


def test_the_preview_alone_holds_nothing_else() -> None:
    assert (
        outbound.preview(Screen("x", "Only you <see> this", (Paragraph("secret"),)))
        == "Only you &lt;see&gt; this"
    )


@given(st.lists(st.integers(0, 1500), max_size=4), st.booleans())
def test_a_long_screen_becomes_pages_and_loses_nothing(lengths: list[int], veiled: bool) -> None:
    content = tuple(Paragraph("😀&" * length) for length in lengths)
    shown = [Reader(page) for page in outbound.pages(Screen("x", "first", content, veiled=veiled), 1024)]
    assert all(len(page.seen.encode("utf-16-le")) // 2 <= 1024 for page in shown)
    assert shown[0].seen.startswith("first")
    assert "".join(page.seen for page in shown).count("😀") == sum(lengths)
    assert not veiled or {page.open_sight.strip() for page in shown[1:]} <= {""}


def test_pages_end_between_steps() -> None:
    screen = Screen("x", "first", (Steps(tuple(letter * 400 for letter in "abc")),))
    assert [page.splitlines()[-1][:4] for page in outbound.pages(screen, 1024)] == ["2. b", "3. c"]


def test_a_message_too_long_ends_after_a_whole_block() -> None:
    screen = Screen("x", "first", tuple(Paragraph(letter * 1500) for letter in "abc"))
    assert outbound.text(screen) == f"first\n\n{'a' * 1500}\n\n{'b' * 1500}"


def rows(*actions: Action) -> list[list[str]]:
    keyboard = outbound.keyboard(Screen("x", "y", actions=actions))
    return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


def test_short_labels_share_a_row() -> None:
    short, wide = [Button(name, name) for name in "abc"], Button("a label of 22 letters!", "w")
    assert rows(*short) == [["a", "b"], ["c"]]
    assert rows(short[0], wide, short[1], short[2]) == [["a"], [wide.label], ["b", "c"]]
    assert rows() == []
    cut_in_half_a_row = Button("W czym mogę pomóc", "q1:d")
    assert rows(short[0], cut_in_half_a_row) == [["a"], [cut_in_half_a_row.label]]
    menu = Menu("Pick one", (Button("d", "d"), Button("e", "e")))
    assert rows(menu, wide) == [["d", "e"], [wide.label]]


def test_buttons_carry_their_id_and_links_their_address() -> None:
    keyboard = outbound.keyboard(
        Screen("x", "y", actions=(Button("Go", "a/b"), Link("Site", "https://a.org")))
    )
    assert keyboard is not None
    go, site = keyboard.inline_keyboard[0]
    assert (go.callback_data, go.url, site.callback_data, site.url) == ("a/b", None, None, "https://a.org")


def test_a_link_telegram_would_refuse_becomes_text() -> None:
    screen = Screen("x", "y", actions=(Link("Call", "tel:116123"),))
    assert outbound.keyboard(screen) is None
    assert outbound.text(screen) == "y\n\nCall: 116123"


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Outcome.UNREACHABLE),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Outcome.UNREACHABLE),
        (BadRequest("Bad Request: chat not found"), Outcome.UNREACHABLE),
        (BadRequest("Bad Request: BOT_NOT_ADMIN"), Outcome.UNREACHABLE),
        (BadRequest("PEER_ID_INVALID"), Outcome.UNREACHABLE),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), Outcome.UNREACHABLE),
        (BadRequest("Bad Request: message is not modified: same"), Outcome.DELIVERED),
        (BadRequest("Bad Request: can't parse entities"), Outcome.UNREACHABLE),
        (ChatMigrated(-100300), Outcome.UNREACHABLE),
        (EndPointNotFound("no"), Outcome.UNREACHABLE),
        (InvalidToken(), Outcome.FAILED),
        (Conflict("no"), Outcome.FAILED),
        (NetworkError("Internal Server Error"), Outcome.FAILED),
        (caused(NetworkError("Bad Gateway"), TelegramError("no JSON")), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), httpx.ConnectError("x")), Outcome.FAILED),
        (caused(TimedOut(), httpx.ConnectTimeout("x")), Outcome.FAILED),
        (caused(TimedOut(), httpx.PoolTimeout("x")), Outcome.FAILED),
        (caused(TimedOut(), httpx.ReadTimeout("x")), Outcome.AMBIGUOUS),
        (caused(TimedOut(), httpx.WriteTimeout("x")), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("x")), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), httpx.ReadError("x")), Outcome.AMBIGUOUS),
        (TimedOut(), Outcome.AMBIGUOUS),
        (caused(NetworkError("x"), RuntimeError("not initialized")), Outcome.FAILED),
        (RuntimeError("not initialized"), Outcome.FAILED),
        (TelegramError("Invalid server response"), Outcome.AMBIGUOUS),
        (KeyError("message_id"), Outcome.AMBIGUOUS),
    ],
)
def test_every_refusal_has_its_outcome(error: Exception, expected: Outcome) -> None:
    assert outbound.receipt(error).outcome is expected


def test_a_flood_refusal_says_how_long() -> None:
    receipt = outbound.receipt(RetryAfter(7))
    assert (receipt.outcome, receipt.retry_after) == (Outcome.THROTTLED, timedelta(seconds=7))
