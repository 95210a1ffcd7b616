"""Who cries for help on each platform, what goes wrong on the way, and what did they get?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.beds.discord import Channel, DiscordBed, Drop, Guild, RateLimited, ServerError
from tests.beds.discord import User as Member
from tests.beds.discord.faults import Kind
from tests.beds.telegram import TelegramBed
from tests.beds.telegram.faults import FaultKind
from tests.beds.telegram.values import Group, User

CRY = "someone is threatening to leak my nudes if i dont pay"
FAULTY = 0.15  # of the offers
PER_COMMUNITY = 4
WAITING = 5.0  # seconds; whoever waits longer has met with a fault or a kill
KINDS: Sequence[FaultKind] = ("cut_before", "cut_after", "flood", "server_error", "bad_gateway")
TROUBLES: Sequence[Kind] = (
    Drop(),
    Drop(after_effect=True),
    ServerError(),
    ServerError(502, after_effect=True),
    RateLimited(0.5),
)
UNCLEAR = {"cut_before", "cut_after", "bad_gateway"}


@dataclass(slots=True)
class Cry:
    """Somebody's cry: where, and when (seconds of the loop)."""

    person: str
    community: str
    at: float
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Got:
    """How many offers somebody got, and when the first came (seconds of the loop)."""

    times: int
    first: float | None


class Crowd(Protocol):
    """People of one platform."""

    platform: str
    cries: list[Cry]
    faults: int

    @property
    def is_heard(self) -> bool:
        """Whether the bot would hear of a cry now or later."""

    async def cry(self, now: float) -> None:
        """Let one more person cry for help."""

    def watch(self, now: float) -> None:
        """Note when offers came."""

    def open(self, now: float) -> int:
        """Return how many have waited for a few seconds at most."""

    def killed(self, now: float) -> None:
        """The bot was killed: of what was just being sent nobody can know."""

    def got(self, cry: Cry) -> Got:
        """Return what somebody got."""

    def leaks(self) -> int:
        """Return how many things of the bot others could ever see."""


@dataclass
class Members:
    """People on Discord."""

    bed: DiscordBed
    chance: Random
    platform: str = "discord"
    cries: list[Cry] = field(default_factory=list)
    faults: int = 0
    _members: dict[str, Member] = field(default_factory=dict)
    _waiting: list[Cry] = field(default_factory=list)
    _first: dict[str, float] = field(default_factory=dict)
    _places: list[tuple[Guild, Channel]] = field(default_factory=list)
    _bystander: Member | None = None

    @property
    def is_heard(self) -> bool:
        """Discord tells a bot that is away of nothing."""
        return bool(self.bed.sessions)

    async def cry(self, now: float) -> None:
        """Let one more person cry for help."""
        if len(self.cries) % PER_COMMUNITY == 0:
            guild = self.bed.guild()
            self._bystander = self._bystander or self.bed.member(guild, "bystander")
            self.bed.join(self._bystander, guild)
            self._places.append((guild, self.bed.channel(guild)))
        guild, channel = self._places[-1]
        member = self.bed.member(guild, f"m{len(self.cries)}")
        cry = Cry(str(member.id), str(guild.id), now)
        if self.chance.random() < FAULTY:
            kind = self.chance.choice(TROUBLES)
            times = self.chance.choice([1, 1, 2, 6])
            self.bed.fail("POST", "/channels/*/messages", kind, times, about=member)
            self.faults += 1
        self._members[cry.person] = member
        self.cries.append(cry)
        self._waiting.append(cry)
        await self.bed.say(member, channel, CRY)

    def watch(self, now: float) -> None:
        """Note when offers came."""
        for cry in self._waiting:
            if self.bed.inbox(self._members[cry.person]):
                self._first[cry.person] = now
        self._waiting = [cry for cry in self._waiting if cry.person not in self._first]

    def open(self, now: float) -> int:
        """Return how many have waited for a few seconds at most."""
        return sum(now - cry.at < WAITING for cry in self._waiting)

    def killed(self, now: float) -> None:
        """Discord knows a repeat: nothing is unclear."""

    def got(self, cry: Cry) -> Got:
        """Return what somebody got."""
        return Got(len(self.bed.inbox(self._members[cry.person])), self._first.get(cry.person))

    def leaks(self) -> int:
        """Return how many things of the bot the bystander could ever see."""
        assert self._bystander is not None
        return sum(seen.message.author.bot for seen in self.bed.ever_seen_by(self._bystander))


@dataclass
class Chatters:
    """People on Telegram, each of whom has started the bot."""

    bed: TelegramBed
    chance: Random
    platform: str = "telegram"
    cries: list[Cry] = field(default_factory=list)
    faults: int = 0
    _users: dict[str, User] = field(default_factory=dict)
    _groups: list[Group] = field(default_factory=list)
    _bystander: User | None = None
    _waiting: list[Cry] = field(default_factory=list)
    _first: dict[str, float] = field(default_factory=dict)

    @property
    def is_heard(self) -> bool:
        """Telegram keeps for a day what a bot has not fetched."""
        return True

    async def cry(self, now: float) -> None:
        """Let one more person cry for help."""
        user = self.bed.user(f"u{len(self.cries)}", started=True)
        self._bystander = self._bystander or self.bed.user("bystander")
        group = self.bed.group(f"g{len(self.cries)}", [user, self._bystander])
        self._groups.append(group)
        cry = Cry(str(user.id), str(group.id), now)
        if self.chance.random() < FAULTY:
            kind = self.chance.choice(KINDS)
            method = self.chance.choice(["sendMessage", "sendMessage", "editMessageText"])
            self.bed.fail(method, kind, 1, about=user)
            cry.unclear = kind in UNCLEAR
            self.faults += 1
        self._users[cry.person] = user
        self.cries.append(cry)
        self._waiting.append(cry)
        await self.bed.say(user, group, CRY)

    def watch(self, now: float) -> None:
        """Note when offers came."""
        for cry in self._waiting:
            if self._messages(cry):
                self._first[cry.person] = now
        self._waiting = [cry for cry in self._waiting if cry.person not in self._first]

    def open(self, now: float) -> int:
        """Return how many have waited for a few seconds at most."""
        return sum(now - cry.at < WAITING for cry in self._waiting)

    def killed(self, now: float) -> None:
        """What the bot sent last may have arrived without its knowledge."""
        asked = {str(call.params.text("chat_id")) for call in self.bed.calls_to("sendMessage")[-40:]}
        for cry in self.cries:
            cry.unclear = cry.unclear or cry.person in asked

    def got(self, cry: Cry) -> Got:
        """Return what stands in somebody's chat: messages, whatever became of their text."""
        return Got(len(self._messages(cry)), self._first.get(cry.person))

    def leaks(self) -> int:
        """Return how many things of the bot the bystander could ever see."""
        assert self._bystander is not None
        seen = (self.bed.ever_seen_by(self._bystander, each, from_bot=True) for each in self._groups)
        return sum(map(len, seen))

    def _messages(self, cry: Cry) -> set[int]:
        user = self._users[cry.person]
        return {shown.message_id for shown in self.bed.seen_by(user, user, from_bot=True)}
