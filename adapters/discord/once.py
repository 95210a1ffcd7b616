"""Is what is to be sent once there already?"""

from base64 import b32encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

import discord
from discord import ui

from bot.model import Attempt

# Discord knows a nonce again for "the past few minutes". With what one try takes, three are enough.
NONCE_HOLDS = timedelta(minutes=2)
SKEW = timedelta(minutes=1)  # so far may Discord's clock be behind ours
LOOKED_AT = 500  # messages; a busy channel has fewer in the ten minutes that help is worth


def nonce(*parts: object) -> str:
    """Name one message, the same in every process: 24 characters of Discord's 25.

    discord.py sends it with `enforce_nonce`, so that Discord gives back the earlier message when an
    attempt that seemed lost is repeated within a few minutes.
    """
    digest = blake2b("/".join(map(str, parts)).encode(), digest_size=15).digest()
    return b32encode(digest).decode()


def must_look(attempt: Attempt | None, now: datetime) -> bool:
    """Whether an earlier try may have arrived that Discord no longer knows by its nonce."""
    return attempt is not None and attempt.doubts > 0 and now - attempt.since > NONCE_HOLDS


async def find(
    channel: discord.abc.Messageable, me: int, view: ui.LayoutView, since: datetime
) -> tuple[int | None, bool]:
    """Look for our own message in what was written since; a moment earlier is looked at, too.

    Returns its id, and whether an absence is certain: it is not when there is more than can be looked at.
    Raises what discord.py raises. Messages from the history carry no nonce, so they are told by their looks.
    """
    first, buttons = _looks(view.walk_children())
    seen = 0
    after = discord.Object(discord.utils.time_snowflake(since - SKEW))
    async for message in channel.history(limit=LOOKED_AT, after=after, oldest_first=True):
        seen += 1
        # What answers a command looks different, or was asked for.
        if message.author.id != me or message.interaction_metadata is not None:
            continue
        # What is pressed in the private chat becomes another page. It may also have been an answer to their
        # words; but then they are reading help, and a message twice would be worse.
        pressed = isinstance(channel, discord.DMChannel) and message.edited_at is not None
        shown = ui.LayoutView.from_message(message, timeout=None)
        shown.stop()
        words, more = _looks(shown.walk_children())
        # An earlier process may have known of a button that this one does not: to take a message back.
        if pressed or (words == first and buttons <= more):
            return message.id, True
    return None, seen < LOOKED_AT


def _looks(items: Iterable[ui.Item[ui.LayoutView]]) -> tuple[str, frozenset[str]]:
    """The first text, and the ids of all that can be pressed."""
    first, ids = "", []
    for item in items:
        if isinstance(item, ui.TextDisplay):
            first = first or item.content.strip()
        elif isinstance(item, ui.Button | ui.Select) and item.custom_id and not getattr(item, "url", None):
            ids.append(item.custom_id)
    return first, frozenset(ids)
