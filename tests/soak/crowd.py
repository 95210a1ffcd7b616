"""Who cries for help on each platform, what goes wrong on the way, and what did they get?"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

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
    """Somebody's cry, and when (seconds of the loop); `unclear` if nobody could know what arrived."""

    person: str
    at: float
    unclear: bool = False


class Crowd(ABC):
    """People of one platform."""

    platform: str

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.cries: list[Cry] = []
        self.faults = 0
        self._waiting: list[Cry] = []
        self._first: dict[str, float] = {}

    @property
    @abstractmethod
    def is_heard(self) -> bool:
        """Whether the bot would hear of a cry now or later."""

    @abstractmethod
    async def say(self, now: float) -> Cry:
        """Let one more person cry for help, maybe with something that goes wrong on the way."""

    @abstractmethod
    def times(self, person: str) -> int:
        """Return how many offers are on somebody's screen."""

    @abstractmethod
    def killed(self) -> None:
        """The bot was killed: of what was just being sent nobody can know."""

    @abstractmethod
    def leaks(self) -> int:
        """Return how many things of the bot a bystander could ever see."""

    async def cry(self, now: float) -> None:
        """Let one more person cry for help."""
        cry = await self.say(now)
        self.cries.append(cry)
        self._waiting.append(cry)

    def watch(self, now: float) -> None:
        """Note when offers came."""
        for cry in self._waiting:
            if self.times(cry.person):
                self._first[cry.person] = now
        self._waiting = [cry for cry in self._waiting if cry.person not in self._first]

    def open(self, now: float) -> int:
        """Return how many have waited for a few seconds at most."""
        return sum(now - cry.at < WAITING for cry in self._waiting)

    def first(self, cry: Cry) -> float | None:
        """Return when somebody's offer came (seconds of the loop)."""
        return self._first.get(cry.person)


class Members(Crowd):
    """People on Discord."""

    platform = "discord"

    def __init__(self, bed: DiscordBed, chance: Random) -> None:
        super().__init__(chance)
        self._bed = bed
        self._members: dict[str, Member] = {}
        self._places: list[tuple[Guild, Channel]] = []
        self._bystander: Member | None = None

    @property
    def is_heard(self) -> bool:
        """Discord tells a bot that is away of nothing."""
        return bool(self._bed.sessions)

    async def say(self, now: float) -> Cry:
        """Let one more person cry for help."""
        if len(self.cries) % PER_COMMUNITY == 0:
            guild = self._bed.guild()
            self._bystander = self._bystander or self._bed.member(guild, "bystander")
            self._bed.join(self._bystander, guild)
            self._places.append((guild, self._bed.channel(guild)))
        guild, channel = self._places[-1]
        member = self._bed.member(guild, f"m{len(self.cries)}")
        if self.chance.random() < FAULTY:
            kind, times = self.chance.choice(TROUBLES), self.chance.choice([1, 1, 2, 6])
            self._bed.fail("POST", "/channels/*/messages", kind, times, about=member)
            self.faults += 1
        self._members[str(member.id)] = member
        await self._bed.say(member, channel, CRY)
        return Cry(str(member.id), now)

    def times(self, person: str) -> int:
        """Return how many messages the bot's chat with them has."""
        return len(self._bed.inbox(self._members[person]))

    def killed(self) -> None:
        """Discord knows a repeat: nothing is unclear."""

    def leaks(self) -> int:
        """Return what somebody sees who is in every guild."""
        assert self._bystander is not None
        return sum(seen.message.author.bot for seen in self._bed.ever_seen_by(self._bystander))


class Chatters(Crowd):
    """People on Telegram, each of whom has started the bot."""

    platform = "telegram"

    def __init__(self, bed: TelegramBed, chance: Random) -> None:
        super().__init__(chance)
        self._bed = bed
        self._users: dict[str, User] = {}
        self._groups: list[Group] = []
        self._bystander = bed.user("bystander")

    @property
    def is_heard(self) -> bool:
        """Telegram keeps for a day what a bot has not fetched."""
        return True

    async def say(self, now: float) -> Cry:
        """Let one more person cry for help."""
        user = self._bed.user(f"u{len(self.cries)}", started=True)
        self._groups.append(group := self._bed.group(f"g{len(self.cries)}", [user, self._bystander]))
        cry = Cry(str(user.id), now)
        if self.chance.random() < FAULTY:
            kind = self.chance.choice(KINDS)
            method = self.chance.choice(["sendMessage", "sendMessage", "editMessageText"])
            self._bed.fail(method, kind, 1, about=user)
            cry.unclear = kind in UNCLEAR
            self.faults += 1
        self._users[cry.person] = user
        await self._bed.say(user, group, CRY)
        return cry

    def times(self, person: str) -> int:
        """Return how many messages stand in their chat, whatever became of their text."""
        user = self._users[person]
        return len({shown.message_id for shown in self._bed.seen_by(user, user, from_bot=True)})

    def killed(self) -> None:
        """What the bot sent last may have arrived without its knowledge."""
        asked = {str(call.params.text("chat_id")) for call in self._bed.calls_to("sendMessage")[-40:]}
        for cry in self.cries:
            cry.unclear = cry.unclear or cry.person in asked

    def leaks(self) -> int:
        """Return what somebody sees who is in every group."""
        seen = (self._bed.ever_seen_by(self._bystander, each, from_bot=True) for each in self._groups)
        return sum(map(len, seen))
