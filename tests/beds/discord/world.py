"""Who and what is there: people, guilds, channels, messages?"""

from dataclasses import dataclass, field
from enum import IntEnum

from tests.beds.discord.wire import Object

EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15


class ChannelKind(IntEnum):
    """Discord's numbers."""

    TEXT = 0
    DM = 1
    GROUP = 3


class InteractionKind(IntEnum):
    """Discord's numbers."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4


@dataclass(eq=False, slots=True)
class User:
    """Somebody with an account, or a bot. `installed` holds when they added the app to their account."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    dms_open: bool = True
    installed: bool = False

    @property
    def mention(self) -> str:
        """What to write in a text to mention them."""
        return f"<@{self.id}>"


@dataclass(eq=False, slots=True)
class Guild:
    """A server. `bot_in` tells whether it added the bot; `external_apps` whether user apps may post."""

    id: int
    name: str
    owner: User
    moderator_role: int
    locale: str = "en-US"
    bot_in: bool = True
    external_apps: bool = True
    members: dict[int, User] = field(default_factory=dict)
    moderators: set[int] = field(default_factory=set)
    channels: list["Channel"] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Channel:
    """A guild's text channel, or a conversation between `users`.

    `readers` limits a text channel to those members and the owner; None opens it to all.
    """

    id: int
    kind: ChannelKind
    name: str = ""
    guild: Guild | None = None
    users: tuple[User, ...] = ()
    readers: frozenset[int] | None = None
    bot_can_see: bool = True
    bot_can_send: bool = True
    bot_manages: bool = False
    bot_reads_history: bool = True
    messages: list["Message"] = field(default_factory=list)

    def open_to(self, user: User) -> bool:
        """Tell whether the person can open this channel."""
        if self.guild is None:
            return user in self.users
        if user.id not in self.guild.members:
            return False
        return self.readers is None or user.id in self.readers or user is self.guild.owner


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with a message."""

    id: int
    filename: str
    size: int


@dataclass(frozen=True, slots=True)
class Version:
    """What a message shows, until it is edited."""

    content: str = ""
    embeds: tuple[Object, ...] = ()
    components: tuple[Object, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: int = 0


@dataclass(eq=False, slots=True)
class Message:
    """A message and all it ever showed; the last version is the present one.

    `only_for` is the one person who sees an ephemeral message. `pings` are those it notifies.
    """

    id: int
    channel: Channel
    author: User
    versions: list[Version]
    only_for: User | None = None
    nonce: str | int | None = None
    reply_to: "Message | None" = None
    webhook_id: int | None = None
    answers: "Interaction | None" = None
    pings: tuple[User, ...] = ()
    edited_at: float | None = None
    deleted: bool = False

    @property
    def now(self) -> Version:
        """What it shows at present."""
        return self.versions[-1]

    @property
    def loading(self) -> bool:
        """Whether it says that the bot is thinking."""
        return bool(self.now.flags & LOADING)


@dataclass(eq=False, slots=True)
class Interaction:
    """A command given or a button pressed, and what the bot made of it.

    `acknowledged` is the callback's type once there was one. `owners` says by whose installation the
    app may answer (Discord's `authorizing_integration_owners`). `choices` are the (name, value) pairs
    suggested for what is being typed. `message` is the one with the pressed
    button, `versions_before` how often that had changed.
    """

    id: int
    token: str
    kind: InteractionKind
    user: User
    channel: Channel
    name: str
    at: float
    owners: dict[str, str]
    context: int
    message: Message | None = None
    versions_before: int = 0
    acknowledged: int | None = None
    original: Message | None = None
    choices: tuple[tuple[str, str], ...] = ()
    follow_ups: list[Message] = field(default_factory=list)

    @property
    def answers(self) -> list[Message]:
        """The messages that came in answer, oldest first."""
        return ([self.original] if self.original else []) + self.follow_ups


@dataclass(eq=False, slots=True)
class World:
    """Everything there is, by id."""

    bot: User
    application_id: int
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    dms: dict[int, Channel] = field(default_factory=dict)
    commands: list[Object] | None = None

    def dm(self, user: User) -> Channel | None:
        """Return the person's direct messages with the bot, once one of them opened them."""
        return self.dms.get(user.id)

    def reachable(self, user: User) -> bool:
        """Tell whether bot and person share a guild, or the person installed the app."""
        shared = any(g.bot_in and user.id in g.members for g in self.guilds.values())
        return shared or user.installed
