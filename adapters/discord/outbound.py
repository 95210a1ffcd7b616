"""How does a screen look on Discord, and what does Discord's refusal mean?"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from textwrap import shorten

import aiohttp
import discord
from discord import ui

from adapters.discord import markup
from bot.model import (
    Action,
    Block,
    Button,
    Card,
    Link,
    Menu,
    Outcome,
    Paragraph,
    Quote,
    Receipt,
    Screen,
    Steps,
)

# Limits of a message with Components V2: https://discord.com/developers/docs/components/reference
COMPONENTS, ROW, LABEL = 40, 5, 80
FRAME = 3  # the container, the first line, the rule under it

# Refusals by Discord's code, for the exception's class is not reliable: 50007 comes as a 403 and as a 400.
# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
OUTCOMES = {
    40060: Outcome.DELIVERED,  # interaction already answered: a retry after an answer that got lost
    10013: Outcome.UNREACHABLE,  # unknown user
    10062: Outcome.UNREACHABLE,  # the interaction has ended: not answered within three seconds
    20009: Outcome.UNREACHABLE,  # the recipient's content filter
    50007: Outcome.UNREACHABLE,  # direct messages closed, or the bot blocked
    50278: Outcome.UNREACHABLE,  # no server in common
    20026: Outcome.THROTTLED,  # flagged by the anti-spam system
    40002: Outcome.THROTTLED,  # the bot's account must be verified first; flagged, too
    40003: Outcome.THROTTLED,  # opening direct messages too fast
    340015: Outcome.THROTTLED,  # account limited
}
# Slow mode, too much written in the channel or server, messages or the feature switched off for a while.
PASSING = {20016, 20028, 20029, 40004, 40006}
GONE = {10003, 10008}  # unknown channel, unknown message
# Discord names no time for these. After a flag only an appeal helps, and every try makes it worse: `Receipt`
# says what a year means.
FLAGGED = timedelta(days=365)
WAITS = {40003: timedelta(minutes=15), 20026: FLAGGED, 40002: FLAGGED, 340015: FLAGGED}


def view(screen: Screen) -> ui.LayoutView:
    """The screen as Components V2; no longer listening, so that discord.py keeps no trace of it.

    Presses are matched by their id alone (`inbound.press`), which is why they outlive a restart.
    Raises ValueError when there are more buttons than a message can hold.
    """
    layout = ui.LayoutView(timeout=None)
    layout.add_item(ui.Container(*_texts(screen), *_rows(screen.actions)))
    layout.stop()
    return layout


def receipt(error: Exception, *, sent: bool = True) -> Receipt:
    """What an exception of discord.py or of the network says about the attempt.

    `sent` is False when the request that speaks had not begun yet.
    """
    match error:
        case discord.InteractionResponded():
            return Receipt(Outcome.DELIVERED)
        case discord.RateLimited():
            return Receipt(Outcome.THROTTLED, timedelta(seconds=error.retry_after))
        case discord.HTTPException() if error.code in OUTCOMES:
            return Receipt(OUTCOMES[error.code], WAITS.get(error.code))
        case discord.HTTPException(status=429):
            return Receipt(Outcome.THROTTLED, _retry_after(error))
        case discord.HTTPException() if error.status == 401 or error.code in PASSING:
            return Receipt(Outcome.FAILED)
        case discord.HTTPException() if error.status < 500:
            return Receipt(Outcome.UNREACHABLE)  # to say the same again would not help; another road may
        case aiohttp.ClientConnectorError() | RuntimeError():  # aiohttp's for a client that is closed
            return Receipt(Outcome.FAILED)
    return Receipt(Outcome.AMBIGUOUS if sent else Outcome.FAILED)


def is_gone(error: Exception) -> bool:
    """Whether Discord says that the message or its channel is not there any more."""
    return code(error) in GONE


def is_final(error: Exception) -> bool:
    """Whether Discord refused for a reason that no repetition changes."""
    return isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429


def is_expected(error: Exception) -> bool:
    """Whether it is about a person's or an interaction's state, and no reason for anybody to look."""
    return isinstance(error, discord.InteractionResponded) or (
        code(error) in OUTCOMES and receipt(error).outcome in (Outcome.DELIVERED, Outcome.UNREACHABLE)
    )


def code(error: Exception) -> int | None:
    """Discord's own number for a refusal, if it is one."""
    return error.code if isinstance(error, discord.HTTPException) else None


def named(error: Exception | None) -> str:
    """What a log may say of an error: its kind, none of its words. None is a connection that ended.

    Discord's code is written 50_013, because the log shows no longer numbers: they could be people.
    """
    match error:
        case None:
            return "connection_closed"
        case discord.HTTPException():
            return f"HTTP_{error.status}/{error.code:_}"
        case discord.ConnectionClosed():
            return f"gateway_closed_{error.code}"
    return type(error).__name__


def _texts(screen: Screen) -> list[ui.Item[ui.LayoutView]]:
    first = ui.TextDisplay[ui.LayoutView](markup.inert(screen.preview))
    words = [] if screen.veiled else [_words(block) for block in screen.blocks]
    if not words:
        # Nothing is documented about spoilers in notifications: veiled blocks stay one tap away.
        return [first]
    if len(words) > COMPONENTS - FRAME - len(screen.actions) - len(screen.actions) // ROW - 1:
        words = ["\n\n".join(words)]
    return [first, ui.Separator(), *(ui.TextDisplay(text) for text in words)]


def _words(block: Block) -> str:
    match block:
        case Paragraph(text):
            return markup.inert(text)
        case Steps(items):
            lines = (markup.inert(item).replace("\n", "\n   ") for item in items)
            return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
        case Quote(text):
            return markup.code(text)
        case Card():
            return _card(block)


def _card(card: Card) -> str:
    contacts = [f"{markup.escape(label)}: {markup.inert(value)}" for label, value in card.contacts]
    lines = [
        f"**{markup.escape(card.name)}**",
        markup.inert(card.summary),
        *contacts,
        markup.link(card.url) if card.url else "",
        markup.inert(card.note),
    ]
    return "\n".join(line for line in lines if line)


def _rows(actions: Sequence[Action]) -> list[ui.Item[ui.LayoutView]]:
    rows: list[ui.ActionRow[ui.LayoutView]] = []
    for number, action in enumerate(actions):
        if isinstance(action, Menu):
            rows.append(ui.ActionRow(_select(action, number)))  # it fills its row
        elif rows and len(rows[-1].children) < ROW and not isinstance(actions[number - 1], Menu):
            rows[-1].add_item(_button(action))
        else:
            rows.append(ui.ActionRow(_button(action)))
    return [*rows]


def _select(menu: Menu, number: int) -> ui.Select[ui.LayoutView]:
    options = [discord.SelectOption(label=_cut(one.label), value=one.id) for one in menu.options]
    # What comes back is the option's value; the id has to be the only one of its kind in the message.
    return ui.Select(custom_id=f"menu:{number}", placeholder=_cut(menu.label), options=options)


def _button(action: Button | Link) -> ui.Button[ui.LayoutView]:
    label = _cut(action.label)
    match action:
        case Button(id=button):
            return ui.Button(label=label, custom_id=button, style=discord.ButtonStyle.secondary)
        case Link(url=url):
            return ui.Button(label=label, url=url)


def _cut(label: str) -> str:
    # `shorten` makes every space an ordinary one, also that which keeps a French colon in its line.
    return label if len(label) <= LABEL else shorten(label, LABEL, placeholder="…")


def _retry_after(error: discord.HTTPException) -> timedelta | None:
    with suppress(KeyError, ValueError):
        return timedelta(seconds=float(error.response.headers["Retry-After"]))
    return None
