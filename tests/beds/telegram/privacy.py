"""Which messages in a group reach the bot?"""

import re

from tests.beds.telegram.archive import Record
from tests.beds.telegram.values import Group, User, utf16_slice
from tests.beds.telegram.world import World


def reaches_bot(world: World, record: Record) -> bool:
    """Apply Telegram's rules: never other bots' words; with privacy mode only what is said to the bot."""
    place = record.place
    if isinstance(place, User):
        return place.id not in world.blocked
    role = world.member(place, world.me)
    if not role.present or _by_another_bot(record):
        return False
    return role.administers or not place.privacy or _said_to_bot(world, place, record)


def _by_another_bot(record: Record) -> bool:
    """Tell a bot's own message; the stand-ins for channels and anonymous admins are none."""
    return record.sender is not None and record.sender.is_bot and record.sender_chat is None


def _said_to_bot(world: World, group: Group, record: Record) -> bool:
    if record.reply_to is not None and record.reply_to.sender == world.me:
        return True
    via = record.extras.get("via_bot")
    if isinstance(via, dict) and via.get("id") == world.me.id:
        return True
    name = f"@{world.me.username}".lower()
    marked = [
        (e.type, utf16_slice(record.body.text, e.offset, e.end).lower())
        for e in record.body.entities
        if e.type in ("bot_command", "mention")
    ]
    return any(
        text == name if kind == "mention" else re.fullmatch(rf"/\w+({re.escape(name)})?", text) is not None
        for kind, text in marked
    )
