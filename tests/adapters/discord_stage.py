"""Who is in the simulated Discord of the behaviour tests, and what do they see?"""

import discord
import simcord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from adapters.discord.adapter import Discord
from bot.model import Origin, Person, Place
from tests.adapters.recorder import Recorder


class Stage:
    """A server with the bot, a channel, and two members."""

    def __init__(self, env: simcord.Env, adapter: Discord, core: Recorder) -> None:
        self.env, self.adapter, self.core = env, adapter, core
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("general")
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))

    @property
    def me(self) -> discord.ClientUser:
        assert self.env.bot.user is not None
        return self.env.bot.user

    def person(self) -> Person:
        return Person("discord", str(self.alice.id))

    def place(self) -> Place:
        return Place("discord", str(self.channel.id), private=False, community=str(self.guild.id))

    def unasked(self) -> Origin:
        return Origin(self.person(), self.place(), seen=True)


def words(message: discord.Message) -> str:
    """All text of a Components V2 message."""
    view = discord.ui.LayoutView.from_message(message)
    return "\n".join(c.content for c in view.walk_children() if isinstance(c, discord.ui.TextDisplay))


def seen_by(channel: ChannelHandle, member: MemberActor) -> list[str]:
    """The bot's messages that a member has on the screen."""
    return [words(message) for message in channel.history(viewer=member) if message.author.bot]


def last_dm(stage: Stage) -> discord.Message:
    """The newest message in Alice's chat with the bot."""
    user = next(m for m in stage.env.backend.users.values() if m.id == stage.alice.id)
    message = simcord.builders.UserHandle(stage.env, user).dm_channel.last_message
    assert message is not None
    return message


def bodies_sent(stage: Stage) -> list[dict[str, object]]:
    """What was posted as messages, oldest first."""
    sends = [r for r in stage.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    return [dict(request.json or {}) for request in sends]
