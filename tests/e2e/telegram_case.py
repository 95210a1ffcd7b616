"""Who needs help on Telegram, how did they ask, and what came of it?"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum

from tests.beds.telegram import Group, Place, Shown, TelegramBed, User
from tests.beds.telegram.dialects import Api
from tests.e2e.content import labels, screen, sentences, usual

# How every ephemeral message begins, until the server has shown that it is one.
START = "…"
# Stands in all that people write, and in their names.
MARK = rb"zq\d+qz"


class Way(Enum):
    """How help reached somebody."""

    CHAT = "a message in their private chat"
    EPHEMERAL = "an ephemeral message in the group"
    LINK = "their private chat, opened by the button"
    NOTE = "a neutral note"
    NOTHING = "not at all"


@dataclass
class Case:
    """Somebody who needs help, a bystander, and the group they are both in.

    `mark` stands in everything the asker writes; `asked_at` is in seconds since the epoch. `api` says what
    the server knows: only 10.3 sends ephemeral messages, and 10.0 shows every command to all.
    """

    bed: TelegramBed
    road: "Road"
    mark: str
    api: Api = "10.3"
    held: Shown | None = None
    asked_at: float = 0.0
    notes_before: int = 0
    asker: User = field(init=False)
    bystander: User = field(init=False)
    owner: User = field(init=False)
    group: Group = field(init=False)
    thread: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Put the people into a group of their own."""
        bed, mark, road = self.bed, self.mark, self.road
        self.asker = bed.user(f"asker {mark}", started=road.started, modern=road.modern)
        self.bystander, self.owner = bed.user(f"bystander {mark}"), bed.user(f"owner {mark}")
        self.group = bed.group(
            f"group {mark}",
            [self.asker, self.bystander],
            owner=self.owner,
            bot="administrator" if road.admin else "member",
            rights=["can_delete_messages"] if road.admin else [],
            forum=road.forum,
            privacy=not road.unasked,
        )
        self.thread = bed.topic(self.group, "a topic") if road.forum else None

    @property
    def places(self) -> tuple[Place, ...]:
        """All the chats it is about."""
        return self.asker, self.bystander, self.owner, self.group

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways there are, best first."""
        lacking = set() if self.api == "10.3" else {Way.EPHEMERAL}
        if self.road.unseen and self.api != "10.0":
            lacking.add(Way.NOTE)  # it would tell of a question that nobody saw
        return tuple(way for way in self.road.ways if way not in lacking)

    @property
    def private(self) -> list[Shown]:
        """All that the bot ever showed the asker alone, each version of each message."""
        inside = self.bed.ever_seen_by(self.asker, self.group, from_bot=True)
        alone = [shown for shown in inside if shown.ephemeral_id is not None]
        return [*self.bed.ever_seen_by(self.asker, self.asker, from_bot=True), *alone]

    @property
    def answers(self) -> set[tuple[int, int, int | None]]:
        """The messages that ever showed the asker the wanted screen."""
        return {
            (shown.chat_id, shown.message_id, shown.ephemeral_id)
            for shown in self.private
            if shows(shown, self.road.screen)
        }

    @property
    def visible(self) -> bool:
        """True while the asker sees the wanted screen."""
        now = [*self.standing, *self.bed.seen_by(self.asker, self.asker, from_bot=True)]
        return any(shows(shown, self.road.screen) for shown in now)

    @property
    def standing(self) -> list[Shown]:
        """The ephemeral messages that the asker sees now."""
        now = self.bed.seen_by(self.asker, self.group, from_bot=True)
        return [shown for shown in now if shown.ephemeral_id is not None]

    @property
    def links(self) -> list[str]:
        """The addresses that a pressed button opened in the asker's app."""
        seen = self.bed.ever_seen_by(self.asker, self.group, from_bot=True)
        return [shown.text for shown in seen if shown.kind == "link"]

    @property
    def public(self) -> list[Shown]:
        """All that anybody else ever saw of the bot."""
        others = (self.bystander, self.owner)
        places = [(person, place) for person in others for place in (self.group, person)]
        seen = self.bed.ever_seen_by
        return [shown for person, place in places for shown in seen(person, place, from_bot=True)]

    @property
    def notes(self) -> list[Shown]:
        """What the bystander ever saw of the bot, without what only began an ephemeral message."""
        seen = self.bed.ever_seen_by(self.bystander, self.group, from_bot=True)
        return [shown for shown in seen if shown.text != START]

    @property
    def came_by(self) -> Way:
        """How help came."""
        if self.links:
            return Way.LINK
        if self.answers:
            inside = any(ephemeral is not None for _, _, ephemeral in self.answers)
            return Way.EPHEMERAL if inside else Way.CHAT
        return Way.NOTE if len(self.notes) > self.notes_before else Way.NOTHING

    async def prepare(self) -> None:
        """Bring about what the road begins with."""
        await self.road.prepare(self)
        self.notes_before = len(self.notes)

    async def ask(self) -> None:
        """Do what should bring help."""
        self.asked_at = self.bed.clock.now()
        await self.road.act(self)


def shows(shown: Shown, screen_id: str) -> bool:
    """Tell whether somebody sees all of a screen: every sentence and every button."""
    wanted = screen(screen_id)
    return usual(shown.labels) == labels(wanted) and all(text in shown.text for text in sentences(wanted))


Act = Callable[[Case], Awaitable[object]]
Preparation = Callable[[Case], Awaitable[None]]


async def nothing(case: Case) -> None:
    """No preparation."""


@dataclass(frozen=True)
class Road:
    """One way to ask. `ways` are tried in this order; `screen` is what the asker should then see.

    `unseen` holds for what nobody else sees being asked, where the server can hide it.
    `by_right` holds where an ephemeral message needs the bot to be an administrator, and `in_place`
    where the answer takes the place of a message that is there. A `variant` differs from another road
    only before the bot hears of it.
    """

    name: str
    ways: tuple[Way, ...]
    screen: str
    act: Act
    prepare: Preparation = nothing
    started: bool = False
    modern: bool = True
    admin: bool = False
    forum: bool = False
    unseen: bool = False
    unasked: bool = False
    by_right: bool = False
    in_place: bool = False
    variant: bool = False
