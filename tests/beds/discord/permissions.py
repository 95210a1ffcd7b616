"""What may a member, and what may the bot, do in a channel?  Discord's permission bits."""

from tests.beds.discord.wire import Json, Object
from tests.beds.discord.world import Channel, Guild, User

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
READ_HISTORY = 1 << 16
EXTERNAL_APPS = 1 << 50
# View, send, react, embed, attach, read history, app commands.
EVERYONE = VIEW_CHANNEL | SEND_MESSAGES | 1 << 6 | 1 << 14 | 1 << 15 | READ_HISTORY | 1 << 31
# Kick, ban, manage guild, manage messages, time out.
MODERATOR = 1 << 1 | 1 << 2 | 1 << 5 | MANAGE_MESSAGES | 1 << 40
ALL = (1 << 53) - 1


def everyone(guild: Guild) -> int:
    """Return what every member may."""
    return EVERYONE | (EXTERNAL_APPS if guild.external_apps else 0)


def of(user: User, channel: Channel) -> int:
    """Return what the person may in this channel; all in a private conversation."""
    guild = channel.guild
    if guild is None or user is guild.owner:
        return ALL
    granted = everyone(guild) | (MODERATOR if user.id in guild.moderators else 0)
    return granted if channel.open_to(user) else granted & ~VIEW_CHANNEL


def of_bot(channel: Channel) -> int:
    """Return what the bot may in this channel."""
    if channel.guild is None:
        return EVERYONE
    denied = (0 if channel.bot_can_see else VIEW_CHANNEL) | (0 if channel.bot_can_send else SEND_MESSAGES)
    denied |= 0 if channel.bot_reads_history else READ_HISTORY
    granted = MANAGE_MESSAGES if channel.bot_manages else 0
    return (everyone(channel.guild) | granted) & ~denied


def overwrites(channel: Channel, guild: Guild, bot: User) -> list[Json]:
    """Return the channel's overwrites, from which a client computes the same."""
    found: list[Json] = []
    if channel.readers is not None:
        found.append(_overwrite(guild.id, 0, allow=0, deny=VIEW_CHANNEL))
        found += [_overwrite(reader, 1, allow=VIEW_CHANNEL, deny=0) for reader in channel.readers]
    decided = VIEW_CHANNEL | SEND_MESSAGES | MANAGE_MESSAGES | READ_HISTORY
    allowed = of_bot(channel) & decided
    found.append(_overwrite(bot.id, 1, allow=allowed, deny=decided & ~allowed))
    return found


def _overwrite(target: int, kind: int, *, allow: int, deny: int) -> Object:
    return {"id": str(target), "type": kind, "allow": str(allow), "deny": str(deny)}
