"""What runs together, and how does it stop?"""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import structlog

from bot import assembly
from bot.assembly import Core, service
from bot.delivery.roads import Sleep
from bot.errors import StorageError
from bot.ops.metrics import Metrics
from bot.ports import Adapter
from bot.service import Service
from bot.storage import Store

log = structlog.get_logger()

REOPEN_SECONDS = 15.0
MINUTES_BETWEEN_SWEEPS = 60
MINUTES_BETWEEN_REPORTS = 60
# Both together, and what the adapters take to close, are less than the 15 s that systemd and we allow.
ANSWER_SECONDS = 3.0
SEND_SECONDS = 7.0


async def serve(
    core: Core,
    adapters: Sequence[Adapter],
    now: Callable[[], datetime] = assembly.now,
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Run the adapters until all have ended or this task is cancelled.

    Raises StartError when a platform refuses us. Runs on without the database: commands and buttons
    are answered, triggers stay silent until it is back. `sleep` is what tending the database
    does between two looks.
    """
    services = [service(core, adapter, now) for adapter in adapters]
    async with _tended(core, services, now, sleep):
        dispatching = asyncio.gather(*(each.offers.dispatcher.run() for each in services))
        running = asyncio.create_task(_run(adapters, services))
        try:
            # Shielded, because the adapters must live until what is being sent has been sent.
            await asyncio.shield(running)
        finally:
            dispatching.cancel()
            ends = asyncio.get_running_loop().time() + SEND_SECONDS
            answering = [each.busy.over(ANSWER_SECONDS) for each in services]
            await asyncio.gather(dispatching, *answering, return_exceptions=True)
            left = max(0.0, ends - asyncio.get_running_loop().time())
            await asyncio.gather(*(each.offers.dispatcher.stop(left) for each in services))
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def _run(adapters: Sequence[Adapter], services: Sequence[Service]) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            for adapter, handler in zip(adapters, services, strict=True):
                group.create_task(adapter.run(handler))
    except BaseExceptionGroup as errors:
        raise _first(errors) from None


@asynccontextmanager
async def _tended(
    core: Core, services: Sequence[Service], now: Callable[[], datetime], sleep: Sleep
) -> AsyncIterator[None]:
    tried = asyncio.Event()
    tending = asyncio.create_task(_tend(core.store, services, tried, now, sleep))
    refreshing = asyncio.create_task(core.phrases.keep_fresh(asyncio.sleep))
    tending.add_done_callback(lambda _: tried.set())  # help does not wait for what fails in an unknown way
    try:
        await tried.wait()
        yield
    finally:
        tending.cancel()
        refreshing.cancel()
        await asyncio.gather(tending, refreshing, core.phrases.stop(), return_exceptions=True)
        await asyncio.gather(*(each.notes.stop() for each in services))
        # Together, because a database that does not answer is waited for.
        await asyncio.gather(*(each.offers.tend() for each in services))
        await asyncio.gather(*(each.memberships.save() for each in services))
        for each in services:
            each.report()
        await core.store.close()


async def _tend(
    store: Store,
    services: Sequence[Service],
    tried: asyncio.Event,
    now: Callable[[], datetime],
    sleep: Sleep,
) -> None:
    """Open the database, however long it takes; take up what stands in it; then keep it in order."""
    while not await _open(store, services):
        tried.set()
        await sleep(REOPEN_SECONDS)
    tried.set()
    for minute in itertools.count():
        for each in services:
            await _tend_one(store, each, now())
        if minute % MINUTES_BETWEEN_SWEEPS == 0:
            with suppress(StorageError):  # logged by `database_watch`
                await store.sweep(now())
        await sleep(60)
        if minute % MINUTES_BETWEEN_REPORTS == MINUTES_BETWEEN_REPORTS - 1:
            for each in services:
                each.report()


async def _tend_one(store: Store, each: Service, now: datetime) -> None:
    await each.tend()
    await each.memberships.save()
    await each.roads.breaker.refresh()
    with suppress(StorageError):
        await store.outbox.sweep(now)
        pending, first = await store.outbox.waiting(each.platform)
        overdue = max(0.0, (now - first).total_seconds()) if first else 0.0
        each.metrics.outbox(each.platform, pending, overdue)


async def _open(store: Store, services: Sequence[Service]) -> bool:
    try:
        await store.open()
        for each in services:
            await each.notes.resume()
            await each.roads.breaker.refresh()
    except StorageError:  # logged by `database_watch`
        return False
    return True


def database_watch(metrics: Metrics) -> Callable[[StorageError | None], None]:
    """Make the `watch` of a store: one log line when the database is lost, one when it is back."""

    def watch(error: StorageError | None) -> None:
        if error is None:
            log.info("database is back: triggers are answered again")
            return
        metrics.storage_failure()
        log.error("database lost: help still answers, triggers are silent", why=error)

    return watch


def _first(errors: BaseExceptionGroup[BaseException]) -> BaseException:
    """One platform's refusal ends the program; say the first."""
    error = errors.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
