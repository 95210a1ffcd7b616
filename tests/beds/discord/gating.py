"""Which events reach the bot, and what of a message may it read?

Discord's `events/gateway`: intents, the message content intent and its exceptions, sharding.
"""

from enum import Enum

from tests.beds.discord.wire import Object
from tests.beds.discord.world import Channel, Message, User

GUILDS = 1 << 0
MEMBERS = 1 << 1
PRESENCES = 1 << 8
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
CONTENT = 1 << 15


class MessageContent(Enum):
    """The switch in the developer portal; the value is the application flag that shows it."""

    OFF = 0
    ON = 1 << 18
    LIMITED = 1 << 19


def refused(intents: int, switch: MessageContent) -> bool:
    """Tell whether IDENTIFY ends with close code 4014. The members and presence switches are off."""
    return bool(intents & (MEMBERS | PRESENCES) or (intents & CONTENT and switch is MessageContent.OFF))


def delivers(intents: int, channel: Channel) -> bool:
    """Tell whether the bot hears of messages in this channel."""
    if channel.guild is None:
        return bool(intents & DIRECT_MESSAGES)
    return bool(intents & GUILD_MESSAGES) and channel.guild.bot_in and channel.bot_can_see


def readable(message: Message, bot: User) -> bool:
    """Tell whether the bot may read this message without the message content intent."""
    return message.author is bot or message.channel.guild is None or bot in message.pings


def blank(payload: Object) -> Object:
    """Return the message object as a bot without the message content intent gets it."""
    return payload | {"content": "", "embeds": [], "attachments": [], "components": []}


def show(message: Message, payload: Object, intents: int, bot: User) -> Object:
    """Return the message object as this bot gets it, with the message it replies to."""
    if intents & CONTENT:
        return payload
    shown = payload if readable(message, bot) else blank(payload)
    inner, quoted = message.reply_to, payload.get("referenced_message")
    if inner is not None and isinstance(quoted, dict):
        shown = shown | {"referenced_message": show(inner, quoted, intents, bot)}
    return shown


def shard_of(channel_or_guild_id: int | None, shards: int) -> int:
    """Return the shard that hears of a guild; None is a direct message: shard 0."""
    return 0 if channel_or_guild_id is None else (channel_or_guild_id >> 22) % shards
