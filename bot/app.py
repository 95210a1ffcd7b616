"""What runs together, and how does it stop?"""

import asyncio
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
from bot.ports import Adapter
from bot.privacy import Pseudonyms, Sealer
from bot.service import Service
from bot.storage import Store

log = structlog.get_logger()

SWEEP_SECONDS = 3600.0
REOPEN_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Core:
    """Everything the platforms share."""

    guide: Guide
    detector: Detector
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    metrics: Metrics
    defaults: Defaults

    def service(self, adapter: Adapter) -> Service:
        """Make the handler of one adapter."""
        roads = Roads(adapter, asyncio.sleep, self.metrics)
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
            store=self.store,
            pseudonyms=self.pseudonyms,
            roads=roads,
            notes=notes,
            metrics=self.metrics,
            defaults=self.defaults,
            now=now,
        )
        return Service(adapter.name, self.guide, roads, notes, offers, self.metrics, self.defaults)


def now() -> datetime:
    """Return the time, with its zone."""
    return datetime.now(UTC)


async def serve(core: Core, adapters: Sequence[Adapter]) -> None:
    """Run the adapters until all have ended or this task is cancelled.

    Raises StartError when a platform refuses us. Runs on without the database: commands and buttons
    are answered, triggers stay silent until it is back.
    """
    services = [core.service(adapter) for adapter in adapters]
    async with _storage(core.store, [service.notes for service in services]):
        try:
            async with asyncio.TaskGroup() as group:
                for adapter, service in zip(adapters, services, strict=True):
                    group.create_task(adapter.run(service))
        except BaseExceptionGroup as errors:
            raise _first(errors) from None
        finally:
            for service in services:
                await service.notes.stop()


@asynccontextmanager
async def _storage(store: Store, notes: Sequence[Notes]) -> AsyncIterator[None]:
    tried = asyncio.Event()
    keeper = asyncio.create_task(_keep(store, notes, tried))
    try:
        await tried.wait()
        yield
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await store.close()


async def _keep(store: Store, notes: Sequence[Notes], tried: asyncio.Event) -> None:
    """Open the database, however long it takes; take up what stands in it; then sweep it."""
    while True:
        try:
            await store.open()
            for each in notes:
                await each.resume()
            break
        except StorageError:  # logged by `database_watch`
            tried.set()
            await asyncio.sleep(REOPEN_SECONDS)
    tried.set()
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        with suppress(StorageError):
            await store.sweep(now())


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
