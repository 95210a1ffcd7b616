"""What happens when a message is sent, edited or removed, by anybody?"""

import re
from collections.abc import Iterable

from tests.beds.discord import payloads
from tests.beds.discord.clock import Clock, Snowflakes
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.wire import Object
from tests.beds.discord.world import Channel, ChannelKind, Message, User, Version, World

_MENTION = re.compile(r"<@!?(\d+)>")


class Mail:
    """Puts messages into the world and tells the bot about them."""

    def __init__(self, world: World, gateway: Gateway, clock: Clock, ids: Snowflakes) -> None:
        self._world = world
        self._gateway = gateway
        self._clock = clock
        self._ids = ids

    def draft(self, channel: Channel, author: User, version: Version, age: float = 0.0) -> Message:
        """Return a new message that nobody has seen yet."""
        return Message(self._ids.make(age), channel, author, [version])

    def send(self, message: Message) -> Message:
        """Put a message into its channel. Of an ephemeral one there is no event."""
        message.channel.messages.append(message)
        if message.only_for is None:
            self._tell("MESSAGE_CREATE", message)
        return message

    def revise(self, message: Message, version: Version) -> None:
        """Change what a message shows."""
        message.versions.append(version)
        message.edited_at = self._clock.now()
        if message.only_for is None:
            self._tell("MESSAGE_UPDATE", message)

    def remove(self, message: Message) -> None:
        """Delete a message."""
        message.deleted = True
        if message.only_for is None:
            self._gateway.message_gone(message)

    def mentioned(self, text: str) -> tuple[User, ...]:
        """Return the people whom a text mentions."""
        ids = dict.fromkeys(int(each) for each in _MENTION.findall(text))
        return tuple(self._world.users[each] for each in ids if each in self._world.users)

    def dm(self, user: User, *, age: float = 0.0) -> Channel:
        """Return the person's direct messages with the bot, opening them if nobody did so far."""
        return self._world.dm(user) or self.open((user, self._world.bot), age=age)

    def open(self, users: Iterable[User], *, age: float = 0.0) -> Channel:
        """Open a conversation: two people are a direct message, more are a group."""
        people = tuple(users)
        kind = ChannelKind.DM if len(people) == 2 else ChannelKind.GROUP
        channel = Channel(self._ids.make(age), kind, users=people)
        self._world.channels[channel.id] = channel
        if kind is ChannelKind.DM and self._world.bot in people:
            self._world.dms.update({user.id: channel for user in people if user is not self._world.bot})
        return channel

    def _tell(self, event: str, message: Message) -> None:
        guild = message.channel.guild
        extra: Object = {"channel_type": message.channel.kind.value}
        if guild is not None:
            extra["guild_id"] = str(guild.id)
            if message.webhook_id is None:
                extra["member"] = payloads.member(message.author, guild)
        self._gateway.message_event(event, message, extra)
