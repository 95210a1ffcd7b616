"""What runs together, and how does it stop?"""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from bot.config import Defaults
from bot.delivery.notes import Notes
from bot.delivery.roads import Roads
from bot.detection import Detector
from bot.errors import StorageError
from bot.guide import Guide
from bot.offers import Offers
from bot.ops.metrics import Metrics
from bot.phrases import Phrases
from bot.ports import Adapter
from bot.privacy import Pseudonyms, Sealer
from bot.service import Service
from bot.storage import Store
from bot.takeback import Tickets

log = structlog.get_logger()

REOPEN_SECONDS = 15.0
MINUTES_BETWEEN_SWEEPS = 60
MINUTES_BETWEEN_REPORTS = 60


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the platforms share."""

    guide: Guide
    detector: Detector
    phrases: Phrases
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    metrics: Metrics
    defaults: Defaults

    def service(self, adapter: Adapter) -> Service:
        """Make the handler of one adapter."""
        roads = Roads(adapter, asyncio.sleep, now, self.metrics)
        notes = Notes(
            adapter=adapter,
            store=self.store,
            pseudonyms=self.pseudonyms,
            sealer=self.sealer,
            notice=self.defaults.notice,
            sleep=asyncio.sleep,
            now=now,
            uniform=random.SystemRandom().uniform,
        )
        offers = Offers(
            platform=adapter.name,
            guide=self.guide,
            detector=self.detector,
            phrases=self.phrases,
            store=self.store,
            pseudonyms=self.pseudonyms,
            roads=roads,
            notes=notes,
            tickets=Tickets(adapter, self.pseudonyms),
            metrics=self.metrics,
            defaults=self.defaults,
            now=now,
        )
        return Service(adapter.name, self.guide, roads, notes, offers, self.metrics, self.defaults, now)


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


async def serve(core: Core, adapters: Sequence[Adapter]) -> None:
    """Run the adapters until all have ended or this task is cancelled.

    Raises StartError when a platform refuses us. Runs on without the database: commands and buttons
    are answered, triggers stay silent until it is back.
    """
    services = [core.service(adapter) for adapter in adapters]
    async with _tended(core, services):
        try:
            async with asyncio.TaskGroup() as group:
                for adapter, service in zip(adapters, services, strict=True):
                    group.create_task(adapter.run(service))
        except BaseExceptionGroup as errors:
            raise _first(errors) from None


@asynccontextmanager
async def _tended(core: Core, services: Sequence[Service]) -> AsyncIterator[None]:
    tried = asyncio.Event()
    tending = asyncio.create_task(_tend(core.store, services, tried))
    refreshing = asyncio.create_task(core.phrases.keep_fresh(asyncio.sleep))
    tending.add_done_callback(lambda _: tried.set())  # help does not wait for what fails in an unknown way
    try:
        await tried.wait()
        yield
    finally:
        tending.cancel()
        refreshing.cancel()
        await asyncio.gather(tending, refreshing, core.phrases.stop(), return_exceptions=True)
        for service in services:
            await service.notes.stop()
            await service.offers.tend()
            service.offers.report()
        await core.store.close()


async def _tend(store: Store, services: Sequence[Service], tried: asyncio.Event) -> None:
    """Open the database, however long it takes; take up what stands in it; then keep it in order."""
    while not await _open(store, services):
        tried.set()
        await asyncio.sleep(REOPEN_SECONDS)
    tried.set()
    for minute in itertools.count():
        for service in services:
            await service.offers.tend()
        if minute % MINUTES_BETWEEN_SWEEPS == 0:
            with suppress(StorageError):  # logged by `database_watch`
                await store.sweep(now())
        await asyncio.sleep(60)
        if minute % MINUTES_BETWEEN_REPORTS == MINUTES_BETWEEN_REPORTS - 1:
            for service in services:
                service.offers.report()


async def _open(store: Store, services: Sequence[Service]) -> bool:
    try:
        await store.open()
        for service in services:
            await service.notes.resume()
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
