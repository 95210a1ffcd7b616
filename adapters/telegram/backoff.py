"""How long after a failure do we try again?  Exponential back-off with full jitter."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram.error import RetryAfter

log = structlog.get_logger()

_LONGEST = 60.0
_SHORTEST = 0.5

Sleep = Callable[[float], Awaitable[None]]
Random = Callable[[], float]


def seconds_asked(error: RetryAfter) -> float:
    """Return how long Telegram wants us to wait."""
    asked = error.retry_after  # a timedelta, or seconds where PTB_TIMEDELTA is unset
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


class Backoff:
    """Counts failures in a row. `random` returns 0 to 1."""

    def __init__(self, sleep: Sleep, random: Random) -> None:
        self._sleep = sleep
        self._random = random
        self._failures = 0

    def reset(self) -> None:
        """Forget the failures: it worked."""
        self._failures = 0

    async def wait(self, doing: str, error: Exception) -> None:
        """Log the failure by its kind and sleep: up to 2, 4, 8 ... 60 s, or as long as Telegram asks."""
        self._failures = min(self._failures + 1, 10)
        seconds = self._seconds(error)
        log.warning(f"telegram_{doing}_failed", error=type(error).__name__, again_in=round(seconds, 1))
        await self._sleep(seconds)

    def _seconds(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return seconds_asked(error)
        return max(_SHORTEST, self._random() * min(_LONGEST, 2.0**self._failures))
