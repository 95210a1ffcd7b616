"""What time is it in the bed, and how are ids made from it?"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """The machine's time, moved forward by what the test says."""

    def __init__(self, source: Callable[[], float] = time.time) -> None:
        self._source = source
        self._ahead = 0.0

    def now(self) -> float:
        """Return seconds since 1970."""
        return self._source() + self._ahead

    def advance(self, seconds: float) -> None:
        """Move forward; the bot's own clock does not move."""
        self._ahead += seconds


class Snowflakes:
    """Ids as Discord makes them: milliseconds since 2015 above 22 bits, unique, growing."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = 0

    def make(self, age: float = 0.0) -> int:
        """Return a new id for something that happened `age` seconds ago."""
        return self.at(int((self._clock.now() - age) * 1000))

    def at(self, milliseconds: int) -> int:
        """Return a new id for something that happened so long after the beginning of 1970."""
        self._count += 1
        return ((milliseconds - DISCORD_EPOCH_MS) << 22) | (self._count & 0x3FFFFF)


def created_at(snowflake: int) -> float:
    """Return when an id was made, in seconds since 1970."""
    return ((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000


def iso(seconds: float) -> str:
    """Write a time as Discord does."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
