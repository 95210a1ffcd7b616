"""When has the bot asked too often?

Discord's `topics/rate-limits`: 50 requests a second in all, interaction answers not counted. That a
channel takes 5 messages in 5 seconds is not documented; it is what its headers have said for years.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

GLOBAL = (50, 1.0)
MESSAGES = (5, 5.0)


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A 429: how long to wait, and whether it is the limit over everything."""

    retry_after: float
    everywhere: bool


@dataclass(slots=True)
class Window:
    """Requests within the last `period` seconds, at most `limit`."""

    limit: int
    period: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Return how long until there is room: 0 is now."""
        while self.times and self.times[0] <= now - self.period:
            self.times.popleft()
        return 0.0 if len(self.times) < self.limit else self.times[0] + self.period - now


class Limits:
    """Counts requests; `enabled` may be switched off for a load test of something else."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.enabled = True
        self._clock = clock
        self._all = Window(*GLOBAL)
        self._buckets: defaultdict[str, Window] = defaultdict(lambda: Window(*MESSAGES))

    def count(self, bucket: str | None) -> Exceeded | None:
        """Count a request that is not an interaction's answer; `bucket` is its channel, if it posts there."""
        if not self.enabled:
            return None
        now = self._clock()
        windows = [self._all] + ([self._buckets[bucket]] if bucket else [])
        waits = [(window.wait(now), window is self._all) for window in windows]
        if (longest := max(waits))[0] > 0:
            return Exceeded(*longest)
        for window in windows:
            window.times.append(now)
        return None

    def headers(self, bucket: str) -> Mapping[str, str]:
        """Return the headers by which discord.py waits before it is refused."""
        window = self._buckets[bucket]
        now = self._clock()
        reset = window.times[0] + window.period - now if window.times else 0.0
        return {
            "X-RateLimit-Bucket": "messages",
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(max(0, window.limit - len(window.times))),
            "X-RateLimit-Reset-After": f"{max(0.0, reset):.3f}",
        }
