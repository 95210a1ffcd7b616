"""How does a screen look in Telegram, and what does Telegram's refusal mean?"""

from collections.abc import Iterator
from datetime import timedelta

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from adapters.telegram import markup
from adapters.telegram.backoff import seconds_asked
from bot.model import Block, Button, Card, Link, Outcome, Paragraph, Quote, Receipt, Screen, Steps

_PAIRED_LABEL = 16  # two labels of this many characters share a row on a small phone, whole


def preview(screen: Screen) -> str:
    """Return the first line alone, as HTML."""
    return markup.inert(screen.preview)


def text(screen: Screen) -> str:
    """Return the screen as HTML for one message; one too long for that loses blocks from its end."""
    return pages(screen, MessageLimit.MAX_TEXT_LENGTH)[0]


def pages(screen: Screen, limit: int) -> list[str]:
    """Return the whole screen as HTML for one or more messages, in each at most `limit` UTF-16 units to see.

    The first begins with the preview. They end between blocks or steps, if those are not longer themselves.
    """
    bodies = [""]
    for joint, piece in _pieces(screen, limit):
        grown = bodies[-1] + joint + piece if bodies[-1] else piece
        if markup.visible_length(_page(screen, grown, first=len(bodies) == 1)) <= limit:
            bodies[-1] = grown
        else:
            bodies.append(piece)
    return [_page(screen, body, first=number == 0) for number, body in enumerate(bodies)]


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """Return the screen's actions, and the options of its menus, as rows of one or two; None without any."""
    rows: list[list[InlineKeyboardButton]] = []
    pairing = False
    for action in filter(_fits_a_button, screen.buttons):
        short = len(action.label) <= _PAIRED_LABEL
        if short and pairing:
            rows[-1].append(_button(action))
        else:
            rows.append([_button(action)])
        pairing = short and len(rows[-1]) == 1
    return InlineKeyboardMarkup(rows) if rows else None


def _page(screen: Screen, body: str, *, first: bool) -> str:
    if body and screen.veiled:
        # "Spoiler formatting hides text in chat, as well as in the chat list and notifications": Telegram
        # Desktop's changelog of 3.4 (telegramdesktop/tdesktop, core/changelogs.cpp). Nothing else is in the
        # spoiler: `code` would break out of it (Bot API, "Formatting options"), and entities past the
        # hundredth are dropped.
        body = f"<tg-spoiler>{markup.untagged(body)}</tg-spoiler>"
    return "\n\n".join(part for part in (preview(screen) if first else "", body) if part)


def _pieces(screen: Screen, limit: int) -> Iterator[tuple[str, str]]:
    """Yield what may not be parted, each with what joins it to the one before."""
    parts = [part for block in screen.blocks for part in _parts(block)]
    parts += [("\n\n", _link_line(action)) for action in screen.buttons if not _fits_a_button(action)]
    for joint, part in parts:
        yield from ((joint, piece) for piece in markup.cut(part, limit) if piece)


def _parts(block: Block) -> list[tuple[str, str]]:
    match block:
        case Paragraph(text=words):
            return [("\n\n", markup.inert(words))]
        case Steps(items=items):
            steps = [f"{number}. {markup.inert(item)}" for number, item in enumerate(items, 1)]
            return [("\n" if number else "\n\n", step) for number, step in enumerate(steps)]
        case Quote(text=words):
            return [("\n\n", f"<code>{markup.plain(words)}</code>")]  # one tap copies it, in Telegram's apps
        case Card():
            return [("\n\n", _card(block))]


def _card(card: Card) -> str:
    lines = [f"<b>{markup.plain(card.name)}</b>", markup.inert(card.summary)]
    lines += [f"{markup.escape(label)}: {markup.escape(value)}" for label, value in card.contacts]
    lines += [markup.inert(card.note), markup.link(card.url) if card.url else ""]
    return "\n".join(line for line in lines if line)


def _fits_a_button(action: Button | Link) -> bool:
    # Telegram refuses the whole message for a button with tel: or sms:.
    return isinstance(action, Button) or action.url.startswith(("https://", "http://", "tg://"))


def _button(action: Button | Link) -> InlineKeyboardButton:
    if isinstance(action, Link):
        return InlineKeyboardButton(action.label, url=action.url)
    return InlineKeyboardButton(action.label, callback_data=action.id)


def _link_line(action: Button | Link) -> str:
    target = action.url.partition(":")[2] if isinstance(action, Link) else ""
    return f"{markup.escape(action.label)}: {markup.escape(target)}"


# The first line that fits decides. What fits none may have been sent.
_BY_TYPE: tuple[tuple[type[Exception], Outcome], ...] = (
    (Forbidden, Outcome.UNREACHABLE),  # never started us, blocked us, has gone; or we were thrown out
    (ChatMigrated, Outcome.UNREACHABLE),  # twice in a row
    (EndPointNotFound, Outcome.UNREACHABLE),
    (InvalidToken, Outcome.FAILED),
    (Conflict, Outcome.FAILED),
    (RuntimeError, Outcome.FAILED),  # not connected yet, or not any more
)

# Bad requests have no codes; this one, of tdlib/telegram-bot-api, says that all is as it should be.
_UNCHANGED = "message is not modified"

_NEVER_WRITTEN = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    RuntimeError,
)


def receipt(error: Exception) -> Receipt:
    """Return what this failure of a send means; anything unknown counts as perhaps sent."""
    match error:
        case RetryAfter():
            return Receipt(Outcome.THROTTLED, retry_after=timedelta(seconds=seconds_asked(error)))
        case BadRequest():  # before NetworkError, which it is a kind of
            return Receipt(_of_description(error.message.lower()))
        case NetworkError():
            return Receipt(Outcome.FAILED if _surely_not_sent(error) else Outcome.AMBIGUOUS)
        case _:
            kinds = (outcome for kind, outcome in _BY_TYPE if isinstance(error, kind))
            return Receipt(next(kinds, Outcome.AMBIGUOUS))


def _of_description(description: str) -> Outcome:
    # Asked the same again the server would refuse again; by another road it may not.
    return Outcome.DELIVERED if _UNCHANGED in description else Outcome.UNREACHABLE


def _surely_not_sent(error: NetworkError) -> bool:
    if error.__cause__ is not None:
        return isinstance(error.__cause__, _NEVER_WRITTEN)
    return type(error) is NetworkError  # a 5xx with the Bot API's own words: it has not done it
