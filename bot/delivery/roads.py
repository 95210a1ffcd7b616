"""How is one screen taken to one person, by the first road that leads there?"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.model import Origin, Outcome, Receipt, Road, Screen
from bot.ops.metrics import Metrics
from bot.ports import Adapter

log = structlog.get_logger()

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """When a surely unsent attempt is repeated: after these seconds, or later if the platform says so.

    A platform may ask for a `longest`er wait than help is worth: then the next road is better.
    """

    pauses: tuple[float, ...]
    longest: timedelta


# Somebody who asked is looking at the screen; an offer has minutes, and a platform in trouble needs them.
ASKED = Patience((1.0, 3.0), timedelta(seconds=5))
OFFERED = Patience((2.0, 10.0, 30.0), timedelta(seconds=60))


@dataclass(frozen=True, slots=True)
class Roads:
    """Walks the private roads of one adapter. Notes are another matter: `bot.delivery.notes`."""

    adapter: Adapter
    sleep: Sleep
    now: Callable[[], datetime]
    metrics: Metrics
    # Until when a road is closed: a platform that flags a bot for it does worse at the next try.
    _closed: dict[Road, datetime] = field(default_factory=dict)

    async def walk(
        self, origin: Origin, screen: Screen, roads: Sequence[Road], patience: Patience
    ) -> Outcome:
        """Try the private ones of these roads in turn until one delivers.

        Ends early when an attempt may have arrived: a second copy is worse than none confirmed.
        Returns UNREACHABLE when no road leads there.
        """
        for road in roads:
            if road is Road.NOTE or self._is_closed(road):
                continue
            outcome = await self._attempt(origin, screen, road, patience)
            self.metrics.delivery(self.adapter.name, road.value, outcome.value)
            # Not above DEBUG: a time and a road, beside the channel, are a name.
            log.debug("attempt", platform=self.adapter.name, road=road, outcome=outcome)
            if outcome in (Outcome.DELIVERED, Outcome.AMBIGUOUS):
                return outcome
        return Outcome.UNREACHABLE

    def _is_closed(self, road: Road) -> bool:
        until = self._closed.get(road)
        return until is not None and self.now() < until

    async def _attempt(self, origin: Origin, screen: Screen, road: Road, patience: Patience) -> Outcome:
        receipt = await persist(lambda: self.adapter.send_private(origin, screen, road), patience, self.sleep)
        wait = receipt.retry_after
        if road is Road.DIRECT and receipt.outcome is Outcome.THROTTLED and wait and wait > OFFERED.longest:
            self._closed[road] = self.now() + wait
            log.error(
                "direct messages paused", platform=self.adapter.name, minutes=wait.total_seconds() // 60
            )
        return receipt.outcome


async def persist(send: Callable[[], Awaitable[Receipt]], patience: Patience, sleep: Sleep) -> Receipt:
    """Send, and send again as long as it surely did not go out; return the last receipt."""
    receipt = await send()
    for pause in patience.pauses:
        wait = _wait(receipt, pause, patience.longest)
        if wait is None:
            break
        await sleep(wait)
        receipt = await send()
    return receipt


def _wait(receipt: Receipt, pause: float, longest: timedelta) -> float | None:
    if receipt.outcome not in (Outcome.THROTTLED, Outcome.FAILED):
        return None
    if receipt.retry_after is None:
        return pause
    if receipt.retry_after > longest:
        return None
    return max(pause, receipt.retry_after.total_seconds())
