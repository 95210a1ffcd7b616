"""What does the core see of a platform that does as it is told?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.model import Attempt, Command, Message, Origin, Outcome, Person, Place, Press, Receipt, Road, Screen
from bot.ports import Handler

NAME = "fake"
GROUP = Place(NAME, "channel-9", private=False, community="server-7")
DIRECT = Place(NAME, "dm-5", private=True)
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DELIVERED = Receipt(Outcome.DELIVERED)
UNREACHABLE = Receipt(Outcome.UNREACHABLE)


def origin(person: str = "person-1", place: Place = GROUP, seen: bool = False) -> Origin:
    """Make an origin in the group."""
    return Origin(Person(NAME, person, "en"), place, seen=seen)


def message(text: str, key: str = "m1", place: Place = GROUP, person: str = "person-1") -> Message:
    """Make a message, said to the bot when the place is private."""
    return Message(origin(person, place, seen=not place.private), key, text, START, addressed=place.private)


def command(name: str, argument: str = "", place: Place = GROUP, seen: bool = False) -> Command:
    """Make a command."""
    return Command(origin(place=place, seen=seen), name, START, argument)


def press(button: str, place: Place = GROUP) -> Press:
    """Make a button press."""
    return Press(origin(place=place), button)


@dataclass
class FakeAdapter:
    """Records what it is told to send; answers each road with what `replies` holds, last one repeated."""

    replies: Mapping[Road, list[Receipt]] = field(default_factory=dict)
    note: Receipt = field(default_factory=lambda: Receipt(Outcome.DELIVERED, note="note-3"))
    private: list[tuple[Road, str, Screen]] = field(default_factory=list)
    public: list[Screen] = field(default_factory=list)
    attempts: list[Attempt | None] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    may_remove: bool = True
    name: str = NAME

    async def run(self, handler: Handler) -> None:
        """Bring in nothing."""

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Record it; deliver by default."""
        self.attempts.append(attempt)
        self.private.append((road, origin.person.id, screen))
        replies = self.replies.get(road, [DELIVERED])
        return replies.pop(0) if len(replies) > 1 else replies[0]

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Record it."""
        self.attempts.append(attempt)
        self.public.append(screen)
        return self.note

    async def remove(self, place: Place, posted: str) -> bool:
        """Record it; refused where `may_remove` says so."""
        self.removed.append(posted)
        return self.may_remove


@dataclass
class Clock:
    """Time that moves only when somebody sleeps."""

    now: datetime = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let that time pass at once."""
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
