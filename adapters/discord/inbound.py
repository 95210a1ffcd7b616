"""What do Discord's events mean in the core's words?"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import discord

from bot.model import Command, Message, Origin, Person, Place, Press

if TYPE_CHECKING:  # these modules of discord.py import each other in a circle
    from discord.types.interactions import (
        ChatInputApplicationCommandInteractionData,
        MessageComponentInteractionData,
    )

NAME = "discord"
COUNTRY = "country"  # the option of that name

_CODE = re.compile(r"```.*?```|``.+?``|`[^`]+`", re.DOTALL)
_QUOTE = re.compile(r"^ *>>> .*\Z", re.DOTALL | re.MULTILINE)
_QUOTED_LINE = re.compile(r"^ *> .*\n?", re.MULTILINE)
_WRITTEN_BY_MEMBERS = (discord.MessageType.default, discord.MessageType.reply)
_FORWARD = discord.MessageReferenceType.forward


def command(interaction: discord.Interaction) -> Command:
    """A slash command; its argument is the subcommand, `sextortion` in `/help sextortion`.

    Read from the event, not from our menu: a client may still offer what an older menu had.
    """
    data = cast("ChatInputApplicationCommandInteractionData", interaction.data)
    options = data.get("options") or []
    topic = options[0]["name"] if options else ""
    country = getattr(interaction.namespace, COUNTRY, None) or ""
    return Command(_origin(interaction), data["name"], interaction.created_at, topic, str(country))


def press(interaction: discord.Interaction) -> Press:
    """A button of any of our messages, however old, or what was picked in a list."""
    data = cast("MessageComponentInteractionData", interaction.data)
    picked = cast("Sequence[str]", data.get("values") or ())
    return Press(_origin(interaction), picked[0] if picked else data["custom_id"])


def in_own_chat(interaction: discord.Interaction) -> bool:
    """Whether it happened in the person's direct messages with the bot.

    Their direct messages with other people, where a user's own app works too, are not private.
    """
    return interaction.guild_id is None and interaction.context.dm_channel


def message(raw: discord.Message, me: int) -> Message | None:
    """What a member wrote themselves; None for all else. `me` is the bot's id."""
    if not _by_a_member(raw):
        return None
    private = isinstance(raw.channel, discord.DMChannel)
    guild = _guild_id(raw)
    if not private and guild is None:
        return None
    said = _own_words(raw.content)
    text, mentions = re.subn(rf"<@!?{me}>", " ", said)
    text = text.strip()
    pinged = bool(text) and any(user.id == me for user in raw.mentions)  # a reply pings without a mention
    addressed = private or bool(mentions) or pinged
    if not text and not addressed:
        return None
    place = Place(NAME, str(raw.channel.id), private, None if private else str(guild))
    # The handle makes each question a new one; see `roads.nonce`.
    person = Person(NAME, str(raw.author.id), _server_language(raw))
    origin = Origin(person, place, raw.id if addressed else None, seen=not private)
    sent_at = raw.edited_at or raw.created_at
    posted = "" if private else str(raw.id)
    return Message(origin, str(raw.id), text, sent_at, addressed, _holds_file(raw), posted)


def edit(event: discord.RawMessageUpdateEvent, me: int) -> Message | None:
    """The new text of a message a member edited; None when only its embeds or pin changed."""
    if not event.data.get("content") or event.message.edited_at is None:
        return None
    return message(event.message, me)


def _by_a_member(raw: discord.Message) -> bool:
    if raw.author.bot or raw.author.system or raw.webhook_id is not None:
        return False
    if raw.type not in _WRITTEN_BY_MEMBERS or raw.flags.is_crossposted:
        return False
    if isinstance(raw.channel, discord.DMChannel):
        return True  # whoever forwards a threat to us wants an answer
    return raw.reference is None or raw.reference.type is not _FORWARD


def _holds_file(raw: discord.Message) -> bool:
    return bool(raw.attachments) or any(forwarded.attachments for forwarded in raw.message_snapshots)


def _own_words(content: str) -> str:
    return _QUOTED_LINE.sub("", _QUOTE.sub("", _CODE.sub(" ", content)))


def _guild_id(raw: discord.Message) -> int | None:
    if isinstance(raw.channel, discord.PartialMessageable):  # the server is not in the cache just now
        return raw.channel.guild_id
    return raw.guild.id if raw.guild else None


def _server_language(raw: discord.Message) -> str | None:
    """Discord tells nobody's language with a message; a server's own is the best guess, if one was set."""
    preferred = raw.guild.preferred_locale if raw.guild else discord.Locale.american_english
    return None if preferred is discord.Locale.american_english else preferred.value


def _origin(interaction: discord.Interaction) -> Origin:
    person = Person(NAME, str(interaction.user.id), interaction.locale.value)
    place = Place(
        NAME,
        str(interaction.channel_id or ""),
        private=in_own_chat(interaction),
        community=_community(interaction),
    )
    return Origin(person, place, interaction)


def _community(interaction: discord.Interaction) -> str | None:
    guest = interaction.is_user_integration() and not interaction.is_guild_integration()
    return None if interaction.guild_id is None or guest else str(interaction.guild_id)
