"""What should stand on somebody's screen, by the adapter's own renderer?"""

from dataclasses import dataclass

import discord

from adapters.discord import outbound as on_discord
from adapters.telegram import outbound as on_telegram
from bot.guide import TakeBack, parse
from bot.model import Button, Screen
from tests.beds.discord import Seen
from tests.beds.telegram import Shown
from tests.beds.telegram.markup import parse_html, trimmed


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees: the text of each message, and (label, id or address) of each button."""

    texts: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]


def discord_page(screen: Screen) -> Page:
    """Return the screen as it should arrive on Discord."""
    parts = [_text(item) for item in on_discord.view(screen).walk_children()]
    return Page(("\n".join(part for part in parts if part),), _buttons(screen))


def discord_seen(seen: Seen) -> Page:
    """Return what arrived there, without the way to take back what one wrote."""
    buttons = ((one.label, one.custom_id or one.url) for one in seen.buttons)
    return Page((seen.text,), tuple(one for one in buttons if not isinstance(parse(one[1]), TakeBack)))


def telegram_page(screen: Screen, limit: int) -> Page:
    """Return the screen as it should arrive on Telegram, in messages of at most so many characters."""
    pages = on_telegram.pages(screen, limit)
    return Page(tuple(trimmed(parse_html(page)).text for page in pages), _buttons(screen))


def telegram_seen(seen: tuple[Shown, ...]) -> Page:
    """Return what arrived there, in the same way; the buttons stand under the last message."""
    buttons = ((one.label, one.data or one.url or "") for one in (seen[-1].buttons if seen else ()))
    texts = tuple(one.text for one in seen)
    return Page(texts, tuple(one for one in buttons if not isinstance(parse(one[1]), TakeBack)))


def _buttons(screen: Screen) -> tuple[tuple[str, str], ...]:
    return tuple((one.label, one.id if isinstance(one, Button) else one.url) for one in screen.buttons)


def _text(item: object) -> str:
    if isinstance(item, discord.ui.Select):
        return item.placeholder or ""
    return item.content if isinstance(item, discord.ui.TextDisplay) else ""
