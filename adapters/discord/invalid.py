"""How close is the bot to being shut out by Discord for what it asked in vain?"""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import structlog

from adapters.discord.window import Window
from bot.model import Outcome, Receipt

log = structlog.get_logger()

# Discord shuts an address out after 10,000 in 10 minutes, and then nobody gets any help. Closed direct
# messages are a 403. https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit
LIMIT, SECONDS = 2_000, 600.0
COUNTED = {401, 403, 429}
SHARED = "shared"  # a 429 for what other apps did, which does not count


class Invalid:
    """Counts the answers that count, of all clients of this process. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._window = Window(LIMIT, SECONDS)
        self._told: float | None = None

    def refusal(self) -> Receipt | None:
        """What becomes of a message that nobody waits for; None when it may go."""
        wait = self._window.wait(self._clock())
        return Receipt(Outcome.THROTTLED, timedelta(seconds=wait)) if wait else None

    def trace(self, unauthorized: Callable[[], None]) -> aiohttp.TraceConfig:
        """Listen to a client's answers; `unauthorized` hears of each that refuses the bot's own token."""

        async def heard(
            session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams
        ) -> None:
            response = end.response
            if response.status in COUNTED and response.headers.get("X-RateLimit-Scope") != SHARED:
                self._count()
            # An interaction is answered by its own token, which stands in the address.
            if response.status == 401 and "Authorization" in end.headers:
                unauthorized()

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(heard)
        return trace

    def _count(self) -> None:
        now = self._clock()
        self._window.add(now)
        if not self._window.wait(now) or (self._told is not None and now - self._told < SECONDS):
            return
        self._told = now
        log.error(
            "discord_refuses_too_much",
            mend="offers and notes wait, answers go on; most people here take no direct messages from bots: "
            "lower discord.unasked_per_hour",
        )
