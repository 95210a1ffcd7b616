"""How is one screen taken to one person, by the first road that leads there?"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.delivery.breaker import Breaker
from bot.model import Attempt, Origin, Outcome, Receipt, Road, Screen
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


# Somebody who asked is looking at the screen.
ASKED = Patience((1.0, 3.0), timedelta(seconds=5))
# A platform that wants us to wait longer than this to write to one person means all of them.
CLOSED = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Roads:
    """Walks the private roads of one adapter. Notes are another matter: `bot.delivery.notes`."""

    adapter: Adapter
    sleep: Sleep
    metrics: Metrics
    breaker: Breaker
    _troubles: Counter[tuple[Road, Outcome]] = field(default_factory=Counter)

    async def walk(self, origin: Origin, screen: Screen, roads: Sequence[Road]) -> Outcome:
        """Try the private ones of these roads in turn until one delivers, for somebody who waits for it.

        Ends early when an attempt may have arrived: a second copy is worse than none confirmed.
        Returns UNREACHABLE when no road leads there.
        """
        for road in roads:
            if road is Road.NOTE or self.breaker.is_closed(road):
                continue
            send = partial(self.adapter.send_private, origin, screen, road)
            receipt = await persist(send, ASKED, self.sleep)
            await self._learn(road, receipt)
            if receipt.outcome in (Outcome.DELIVERED, Outcome.AMBIGUOUS):
                return receipt.outcome
        return Outcome.UNREACHABLE

    async def try_once(
        self,
        origin: Origin,
        screen: Screen,
        roads: Sequence[Road],
        attempt: Callable[[Road], Attempt],
        seconds: float,
        again: Callable[[Receipt], datetime | None],
    ) -> tuple[Road, Receipt, datetime | None]:
        """Try the private ones of these roads once, each for so many seconds.

        Returns the one that delivered, may have, or is to be tried `again`, with its receipt and the time
        of the next try; NOTE and UNREACHABLE when no private road leads there in time.
        """
        for road in roads:
            if road is Road.NOTE or self.breaker.is_closed(road):
                continue
            try:
                async with asyncio.timeout(seconds):
                    receipt = await self.adapter.send_private(origin, screen, road, attempt(road))
            except TimeoutError:
                receipt = Receipt(Outcome.AMBIGUOUS)
            await self._learn(road, receipt)
            due = again(receipt) if _may_pass(receipt) else None
            if due is not None or receipt.outcome in (Outcome.DELIVERED, Outcome.AMBIGUOUS):
                return road, receipt, due
        return Road.NOTE, Receipt(Outcome.UNREACHABLE), None

    def report(self) -> None:
        """Log what went wrong since the last report, in sums, when nobody is just being written to."""
        for (road, outcome), times in sorted(self._troubles.items()):
            log.warning(
                "not delivered",
                platform=self.adapter.name,
                road=road.value,
                outcome=outcome.value,
                times=times,
            )
        self._troubles.clear()

    async def _learn(self, road: Road, receipt: Receipt) -> None:
        self.metrics.delivery(self.adapter.name, road.value, receipt.outcome.value)
        # Not above DEBUG: a time and a road, beside the channel, are a name.
        log.debug("attempt", platform=self.adapter.name, road=road, outcome=receipt.outcome)
        if receipt.outcome in (Outcome.FAILED, Outcome.THROTTLED, Outcome.AMBIGUOUS):
            self._troubles[road, receipt.outcome] += 1
        wait = receipt.retry_after
        if road is Road.DIRECT and receipt.outcome is Outcome.THROTTLED and wait and wait > CLOSED:
            await self.breaker.close(road, wait)


def _may_pass(receipt: Receipt) -> bool:
    """Tell whether another try may help, and is better than to take the next road."""
    wait = receipt.retry_after
    over = receipt.outcome in (Outcome.DELIVERED, Outcome.UNREACHABLE)
    return not over and (wait is None or wait <= CLOSED)


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
