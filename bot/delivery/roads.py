"""How is one screen taken to one person, by the first road that leads there?"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.model import Origin, Outcome, Receipt, Road, Screen
from bot.ops.metrics import Metrics
from bot.ports import Adapter

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]

# Seconds before a surely unsent attempt is repeated. Somebody who asked is looking at the screen;
# an offer has minutes, and a platform in trouble needs them.
ASKED_RETRIES = (1.0, 3.0)
OFFER_RETRIES = (2.0, 10.0, 30.0)
# A platform may ask for a longer wait than help is worth: then the next road is better.
LONGEST_WAIT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Roads:
    """Walks the private roads of one adapter. Notes are another matter: `bot.delivery.notes`."""

    adapter: Adapter
    sleep: Sleep
    metrics: Metrics

    async def walk(
        self, origin: Origin, screen: Screen, roads: Sequence[Road], retries: Sequence[float]
    ) -> Outcome:
        """Try the private ones of these roads in turn until one delivers.

        Ends early when an attempt may have arrived: a second copy is worse than none confirmed.
        Returns UNREACHABLE when no road leads there.
        """
        for road in roads:
            if road is Road.NOTE:
                continue
            outcome = await self._attempt(origin, screen, road, retries)
            self.metrics.delivery(self.adapter.name, road.value, outcome.value)
            log.info("sent", platform=self.adapter.name, road=road, outcome=outcome)
            if outcome in (Outcome.DELIVERED, Outcome.AMBIGUOUS):
                return outcome
        return Outcome.UNREACHABLE

    async def _attempt(self, origin: Origin, screen: Screen, road: Road, retries: Sequence[float]) -> Outcome:
        receipt = await persist(lambda: self.adapter.send_private(origin, screen, road), retries, self.sleep)
        return receipt.outcome


async def persist(send: Callable[[], Awaitable[Receipt]], pauses: Sequence[float], sleep: Sleep) -> Receipt:
    """Send, and send again after each pause as long as it surely did not go out; return the last receipt."""
    receipt = await send()
    for pause in pauses:
        wait = _wait(receipt, pause)
        if wait is None:
            break
        await sleep(wait)
        receipt = await send()
    return receipt


def _wait(receipt: Receipt, pause: float) -> float | None:
    if receipt.outcome not in (Outcome.THROTTLED, Outcome.FAILED):
        return None
    if receipt.retry_after is None:
        return pause
    if receipt.retry_after > LONGEST_WAIT:
        return None
    return max(pause, receipt.retry_after.total_seconds())
