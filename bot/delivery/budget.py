"""How many conversations may the bot open unasked?"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

# Discord quarantines apps that open many in a short time; reports begin at a few dozen. It documents no
# number. (conversations, seconds)
LIMITS = ((100, 3600.0), (500, 86400.0))


@dataclass(frozen=True, slots=True)
class Budget:
    """Conversations opened with people who did not ask, over all communities of one adapter."""

    limiters: Sequence[AsyncLimiter]

    @classmethod
    def full(cls) -> "Budget":
        """Make an untouched one."""
        return cls([AsyncLimiter(*limit) for limit in LIMITS])

    async def take(self) -> bool:
        """Use one up, if one is left."""
        if not all(limiter.has_capacity() for limiter in self.limiters):
            return False
        for limiter in self.limiters:
            await limiter.acquire()
        return True
