"""Who is in the bed's Discord, and where does it listen?"""

from collections.abc import Iterable

from tests.beds import openapi
from tests.beds.discord.account import Account
from tests.beds.discord.answers import Answers
from tests.beds.discord.asking import Asking
from tests.beds.discord.channels import Channels
from tests.beds.discord.clock import Clock, Snowflakes, created_at
from tests.beds.discord.gateway import Gateway
from tests.beds.discord.gating import MessageContent
from tests.beds.discord.mail import Mail
from tests.beds.discord.server import BASE, HOST, Server
from tests.beds.discord.world import Channel, ChannelKind, Guild, User, World

TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.bed.not-a-real-token"
YEAR = 365 * 24 * 3600.0


class Stage:
    """The parts of a Discord put together, and the people and places in it."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        message_content: MessageContent = MessageContent.ON,
        shards: int = 1,
        schema: openapi.OpenApi | None = None,
    ) -> None:
        self.token = token
        self.clock = Clock()
        self.ids = Snowflakes(self.clock)
        self.bot = User(self.ids.make(YEAR), "Quietline", bot=True)
        self.world = World(self.bot, self.ids.make(YEAR), users={self.bot.id: self.bot})
        self.gateway = Gateway(self.world, token, message_content=message_content)
        self._server = Server(self.gateway, token, schema or openapi.from_environment())
        self.gateway.faults = self._server.faults
        self.mail = Mail(self.world, self.gateway, self.clock, self.ids)
        self._account = Account(self.world, self.mail, self.gateway, self.ids)
        self._account.shards = shards
        self._channels = Channels(self.world, self.mail, self.gateway, self.clock, self.ids)
        self._answers = Answers(self.world, self.mail, self.gateway, self.clock, self.ids)
        self._asking = Asking(self.world, self.gateway, self.clock, self.ids)

    @property
    def api_base_url(self) -> str:
        """The value for `discord.api_base_url`."""
        return f"http://{HOST}:{self._server.port}{BASE}"

    @property
    def gateway_url(self) -> str:
        """The value for `discord.gateway_url`."""
        return f"ws://{HOST}:{self._server.port}"

    def user(self, name: str, *, bot: bool = False, locale: str = "en-US", installed: bool = False) -> User:
        """Make a person who is in no guild. `installed`: they added the app to their own account."""
        person = User(self.ids.make(YEAR), name, bot=bot, locale=locale, installed=installed)
        self.world.users[person.id] = person
        return person

    def guild(
        self, name: str = "a guild", *, bot_in: bool = True, external_apps: bool = True, locale: str = "en-US"
    ) -> Guild:
        """Make a guild with an owner. The ids of several in a row fall on different shards."""
        owner, moderators = self.user(f"owner of {name}"), self.ids.make(YEAR)
        founded = round(created_at(self.bot.id) * 1000) + len(self.world.guilds)
        guild = Guild(self.ids.at(founded), name, owner, moderators, locale, bot_in, external_apps)
        guild.members[owner.id] = owner
        self.world.guilds[guild.id] = guild
        if bot_in:
            self.gateway.guild_added(guild)
        return guild

    def member(
        self,
        guild: Guild,
        name: str,
        *,
        moderator: bool = False,
        bot: bool = False,
        locale: str = "en-US",
        dms_open: bool = True,
        installed: bool = False,
    ) -> User:
        """Make a person in a guild. `dms_open` may be changed on the person at any time."""
        person = self.user(name, bot=bot, locale=locale, installed=installed)
        person.dms_open = dms_open
        self.join(person, guild)
        if moderator:
            guild.moderators.add(person.id)
        return person

    def join(self, person: User, guild: Guild) -> None:
        """Put a person into a guild."""
        guild.members[person.id] = person

    def leave(self, person: User, guild: Guild) -> None:
        """Take a person out of a guild."""
        guild.members.pop(person.id, None)

    def outage(self, guild: Guild) -> None:
        """Let a guild be out of reach for now."""
        self.gateway.guild_removed(guild, unavailable=True)

    def let_bot_in(self, guild: Guild) -> None:
        """Add the bot to a guild, or end its outage."""
        guild.bot_in = True
        self.gateway.guild_added(guild)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        guild.bot_in = False
        self.gateway.guild_removed(guild)

    def channel(
        self,
        guild: Guild,
        name: str = "general",
        *,
        readers: Iterable[User] | None = None,
        bot_can_see: bool = True,
        bot_can_send: bool = True,
        bot_manages: bool = False,
        bot_reads_history: bool = True,
    ) -> Channel:
        """Make a text channel; `readers` makes it a private one; `bot_manages` lets the bot delete there."""
        allowed = None if readers is None else frozenset(reader.id for reader in readers)
        channel = Channel(
            self.ids.make(YEAR),
            ChannelKind.TEXT,
            name,
            guild,
            (),
            allowed,
            bot_can_see,
            bot_can_send,
            bot_manages,
            bot_reads_history,
        )
        guild.channels.append(channel)
        self.world.channels[channel.id] = channel
        self.gateway.channel_added(guild)
        return channel

    def private(self, *people: User) -> Channel:
        """Open a conversation that the bot is not in: two people are direct messages, more are a group."""
        return self.mail.open(people)

    def dm_channel(self, person: User) -> Channel:
        """Return the person's direct messages with the bot, opening them if nobody did so far."""
        return self.mail.dm(person)
