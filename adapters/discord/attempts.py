"""How is a request to Discord made that must arrive once, in time, and raises nothing?"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from math import inf
from typing import TypeVar

import structlog

from adapters.discord import outbound
from bot.model import Outcome, Receipt, Road

log = structlog.get_logger()

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]
Request = Callable[[], Coroutine[object, object, Receipt]]

# Pauses before a request is repeated of which nobody knows whether it arrived. All attempts together are
# over before Discord forgets a nonce ("the past few minutes") and before help is stale.
REPEATS = (0.3, 1.0, 5.0, 15.0)


class Patience:
    """How long each request may take, and all of them together from now on; `clock` gives seconds."""

    def __init__(self, each: float, clock: Callable[[], float], whole: float = inf) -> None:
        self._each = each
        self._clock = clock
        self._end = clock() + whole

    @property
    def seconds(self) -> float:
        """How long the next request may take."""
        return max(0.0, min(self._each, self._end - self._clock()))


async def certain(road: Road, request: Request, patience: Patience, sleep: Sleep) -> Receipt:
    """Make a request, and repeat it while Discord leaves open whether it arrived.

    Only for requests that Discord takes for the same one when they come twice. Once an attempt may have
    arrived, only Discord's word makes the outcome anything but AMBIGUOUS.
    """
    if not patience.seconds:
        return Receipt(Outcome.FAILED)
    receipt = await _attempt(road, request, patience.seconds)
    if receipt.outcome is not Outcome.AMBIGUOUS:
        return receipt
    for pause in REPEATS:
        if patience.seconds <= pause:
            break
        await sleep(pause)
        again = await _attempt(road, request, patience.seconds)
        if again.outcome in (Outcome.DELIVERED, Outcome.UNREACHABLE):
            return again
    return receipt


async def _attempt(road: Road, request: Request, seconds: float) -> Receipt:
    try:
        return await within(seconds, request())
    except Exception as error:
        return refused(error, road)


async def within(seconds: float, request: Coroutine[object, object, T]) -> T:
    """Await a request so many seconds; raises TimeoutError, or what it raises.

    It is left alone when the time is over, not cancelled: cancelled while it waits for a global rate
    limit, discord.py would never send anything again (`HTTPClient.request`, `_global_over`).
    """
    task = asyncio.create_task(request)
    task.add_done_callback(heard)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        raise TimeoutError
    return task.result()


def heard(task: asyncio.Task[T]) -> None:
    """Take note of how a task ended for which nobody waits any longer; else asyncio complains."""
    if not task.cancelled():
        task.exception()


def refused(error: Exception, road: Road, *, sent: bool = True) -> Receipt:
    """Translate and log an exception; see `outbound.receipt`."""
    receipt = outbound.receipt(error, sent=sent)
    if not outbound.is_expected(error):
        # Not above DEBUG: a time beside a channel is a person. The core tells the sums.
        log.debug(
            "discord_not_delivered",
            road=road.value,
            outcome=receipt.outcome.value,
            error=outbound.named(error),
        )
    return receipt
