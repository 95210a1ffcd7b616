"""By which roads does help go out on Discord, and what does each come to?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum

from tests.beds.discord import Channel, DiscordBed, Interaction, Message, Seen, User

CRY = "someone is threatening to leak my nudes if i dont pay"


class Way(Enum):
    """How help reached somebody."""

    ANSWER = "an answer for them alone, where they asked"
    DIRECT = "a direct message"
    NOTE = "a neutral note"
    NOTHING = "not at all"


@dataclass
class Case:
    """Somebody who needs help, a bystander, and the place they are both in.

    `mark` stands in everything the asker writes; `before` is what they had from the bot when they asked.
    """

    bed: DiscordBed
    road: "Road"
    mark: str
    bot_can_send: bool = True
    asked: Interaction | Message | None = None
    held: Seen | None = None
    before: int = 0
    notes_before: int = 0
    asker: User = field(init=False)
    bystander: User = field(init=False)
    channel: Channel = field(init=False)

    def __post_init__(self) -> None:
        """Put the people into a server of their own."""
        bed, mark = self.bed, self.mark
        guild = bed.guild(f"guild {mark}", bot_in=self.road.bot_in)
        self.asker = bed.member(
            guild, f"asker {mark}", dms_open=self.road.dms_open, installed=not self.road.bot_in
        )
        self.bystander = bed.member(guild, f"bystander {mark}")
        self.channel = bed.channel(guild, f"channel {mark}", bot_can_send=self.bot_can_send)
        if self.road.group:
            self.channel = bed.private(self.asker, self.bystander)

    @property
    def people(self) -> tuple[User, ...]:
        """Everybody else who can look into the place."""
        guild = self.channel.guild
        return (self.bystander,) if guild is None else (self.bystander, guild.owner)

    @property
    def private(self) -> list[Seen]:
        """All that the bot ever showed the asker alone, each version of each message."""
        return [seen for seen in self._from_bot(self.asker) if _is_private(seen)]

    @property
    def notes(self) -> list[Seen]:
        """What the asker ever saw of the bot that others saw too."""
        return [seen for seen in self._from_bot(self.asker) if not _is_private(seen)]

    @property
    def public(self) -> list[Seen]:
        """All that anybody else ever saw of the bot in this place."""
        return [seen for person in self.people for seen in self._from_bot(person)]

    def _from_bot(self, person: User) -> list[Seen]:
        places = [place for place in (self.channel, self.bed.world.dm(person)) if place is not None]
        seen = (seen for place in places for seen in self.bed.ever_seen_by(person, place))
        return [each for each in seen if each.message.author is self.bed.bot]

    @property
    def arrived(self) -> list[Seen]:
        """What reached the asker since they asked, privately or as a note."""
        return self.private[self.before :] + self.notes[self.notes_before :]

    @property
    def came_by(self) -> Way:
        """How the newest of it came."""
        if not self.arrived:
            return Way.NOTHING
        if self.notes[self.notes_before :]:
            return Way.NOTE
        message = self.private[-1].message
        return Way.ANSWER if message.answers is not None or len(message.versions) > 1 else Way.DIRECT

    async def prepare(self) -> None:
        """Bring about what the road begins with."""
        await self.road.prepare(self)
        self.before, self.notes_before = len(self.private), len(self.notes)

    async def ask(self) -> None:
        """Do what should bring help."""
        self.asked = await self.road.act(self)


def _is_private(seen: Seen) -> bool:
    channel = seen.message.channel
    return seen.only_you or (channel.guild is None and seen.message.author in channel.users)


Act = Callable[[Case], Awaitable[Interaction | Message]]


async def _nothing(case: Case) -> None:
    """No preparation."""


@dataclass(frozen=True)
class Road:
    """One way to ask. `ways` are tried in this order; `screen` is what the asker should then see."""

    name: str
    ways: tuple[Way, ...]
    screen: str
    act: Act
    prepare: Callable[[Case], Awaitable[None]] = _nothing
    dms_open: bool = True
    bot_in: bool = True
    group: bool = False
    unasked: bool = False


async def _command(case: Case) -> Interaction:
    return await case.bed.slash(case.asker, case.channel, "help sextortion")


async def _private_command(case: Case) -> Interaction:
    return await case.bed.slash(case.asker, case.bed.dm_channel(case.asker), "help sextortion")


async def _press(case: Case) -> Interaction:
    assert case.held is not None
    return await case.bed.press(case.asker, case.held, case.held.buttons[0].custom_id)


async def _mention(case: Case) -> Message:
    return await case.bed.say(
        case.asker, case.channel, f"{case.bed.bot.mention} im being blackmailed {case.mark}"
    )


async def _words(case: Case) -> Message:
    return await case.bed.dm(case.asker, f"im being blackmailed {case.mark}")


async def _cry(case: Case) -> Message:
    return await case.bed.say(case.asker, case.channel, f"{CRY} {case.mark}")


async def _edit(case: Case) -> Message:
    assert case.held is not None
    await case.bed.edit(case.held, f"{CRY} {case.mark}")
    return case.held.message


async def _with_answer(case: Case) -> None:
    case.held = await case.bed.answered(await _command(case), 20)


async def _with_private_answer(case: Case) -> None:
    case.held = await case.bed.answered(await _private_command(case), 20)


async def _with_note(case: Case) -> None:
    guild = case.channel.guild
    assert guild is not None
    other = case.bed.member(guild, f"other {case.mark}", dms_open=False)
    await case.bed.say(other, case.channel, f"{case.bed.bot.mention} help {case.mark}")
    case.held = (await case.bed.wait_for(lambda: case.notes, 20))[0]


async def _with_innocent_message(case: Case) -> None:
    said = await case.bed.say(case.asker, case.channel, f"good morning {case.mark}")
    case.held = case.bed.seen_by(case.asker, case.channel)[-1]
    assert case.held.message is said


_ASKED = (Way.ANSWER, Way.DIRECT)
ROADS = (
    # No note after a command: nobody saw it, and a note would tell them.
    Road("command", _ASKED, "sextortion", _command),
    Road("command, closed", (Way.ANSWER,), "sextortion", _command, dms_open=False),
    Road("command in private", _ASKED, "sextortion", _private_command),
    Road("command where the bot is not", _ASKED, "sextortion", _command, bot_in=False),
    Road("command before the blackmailer", _ASKED, "sextortion", _command, bot_in=False, group=True),
    Road("button of an answer", _ASKED, "sextortion/deadline", _press, _with_answer),
    Road("button in private", _ASKED, "sextortion/deadline", _press, _with_private_answer),
    Road("button of a note", _ASKED, "index", _press, _with_note),
    Road("mention", (Way.DIRECT, Way.NOTE), "sextortion", _mention),
    Road("mention, closed", (Way.NOTE,), "sextortion", _mention, dms_open=False),
    Road("words in private", (Way.DIRECT,), "sextortion", _words),
    Road("trigger", (Way.DIRECT, Way.NOTE), "offer", _cry, unasked=True),
    Road("trigger, closed", (Way.NOTE,), "offer", _cry, dms_open=False, unasked=True),
    Road("edit into a trigger", (Way.DIRECT, Way.NOTE), "offer", _edit, _with_innocent_message, unasked=True),
)
