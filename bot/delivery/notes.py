"""When does a shared place get a neutral note, and when is it taken down?

A note names nobody and comes late, because one that follows a message by a second is about its
writer. It has a cool-down and removes itself, also after a restart.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.config import Notice
from bot.delivery.roads import ASKED, OFFERED, Patience, Sleep, persist
from bot.errors import StorageError
from bot.model import Outcome, Place, Screen
from bot.ports import Adapter
from bot.privacy import Pseudonyms, Sealer
from bot.storage import Store

log = structlog.get_logger()


# Time in which a note serves the next who asks. Later it has scrolled away, or somebody has deleted it.
FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A note that stands, or is just being posted; `replaced` makes it go before its time."""

    since: datetime
    replaced: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Notes:
    """Posts and removes the notes of one adapter."""

    adapter: Adapter
    store: Store
    pseudonyms: Pseudonyms
    sealer: Sealer
    notice: Notice
    sleep: Sleep
    now: Callable[[], datetime]
    uniform: Callable[[float, float], float]
    _standing: dict[str, Standing] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def later(self, place: Place, screen: Screen, unposted: Callable[[], Awaitable[None]]) -> None:
        """Post a note after a random delay, once per place and cool-down.

        Awaits `unposted` when none is posted and none stands there, whatever the cause.
        """
        self._start(self._after_delay(place, screen, unposted))

    async def at_once(self, place: Place, screen: Screen) -> None:
        """Post a note for somebody who asked in public and cannot be answered in private.

        Works without the database. A running cool-down does not keep it back, for an asker who gets
        nothing is lost. There is never a second note: an older one makes room for the new.
        """
        standing = self._standing.get(place.id)
        if not self._possible(place) or (standing and self.now() - standing.since < FRESH):
            return
        if standing:
            standing.replaced.set()
        await self._post(place, screen, ASKED)
        self._start(self._take_claim(place))

    async def stop(self) -> None:
        """Drop what was not posted yet; standing notes are removed at the next start."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def resume(self) -> None:
        """Take up the notes that an earlier process left standing."""
        for kept in await self.store.notes():
            if kept.platform != self.adapter.name:
                continue
            address = self.sealer.open(kept.sealed)
            if address is None:  # sealed with a key that is gone: nobody can find that note again
                await self.store.drop_note(kept.id)
                continue
            place_id, community, note = address
            place = Place(kept.platform, place_id, private=False, community=community or None)
            self._standing[place.id] = standing = Standing(self.now() - FRESH)
            self._start(self._remove(place, standing, note, kept.id, kept.due))

    def _possible(self, place: Place) -> bool:
        return self.notice.enabled and not place.private

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _after_delay(
        self, place: Place, screen: Screen, unposted: Callable[[], Awaitable[None]]
    ) -> None:
        stands = False
        try:
            stands = self._possible(place) and await self._try(place, screen)
        finally:
            if not stands:
                await unposted()

    async def _try(self, place: Place, screen: Screen) -> bool:
        await self.sleep(self.uniform(*self.notice.delay_seconds))
        if place.id in self._standing:
            return True
        try:
            if not await self._claim(place):
                return False
        except StorageError:
            # Without the cool-down a note could answer every trigger and so point at each writer.
            return False
        if await self._post(place, screen, OFFERED):
            return True
        with suppress(StorageError):
            await self.store.release_note(place=self._key(place))
        return False

    async def _claim(self, place: Place) -> bool:
        lasting = timedelta(hours=self.notice.cooldown_hours)
        return await self.store.claim_note(place=self._key(place), now=self.now(), lasting=lasting)

    async def _take_claim(self, place: Place) -> None:
        with suppress(StorageError):  # then a trigger may bring a second note
            await self._claim(place)

    def _key(self, place: Place) -> str:
        return self.pseudonyms.key("note", place.platform, place.id)

    async def _post(self, place: Place, screen: Screen, patience: Patience) -> bool:
        self._standing[place.id] = standing = Standing(self.now())
        receipt = await persist(lambda: self.adapter.send_note(place, screen), patience, self.sleep)
        log.debug("note", platform=self.adapter.name, outcome=receipt.outcome)
        if receipt.outcome is not Outcome.DELIVERED or receipt.note is None:
            self._forget(place, standing)
            return False
        due = self.now() + timedelta(minutes=self.notice.remove_after_minutes)
        row = await self._keep(place, receipt.note, due)
        self._start(self._remove(place, standing, receipt.note, row, due))
        return True

    def _forget(self, place: Place, standing: Standing) -> None:
        if self._standing.get(place.id) is standing:
            del self._standing[place.id]

    async def _keep(self, place: Place, note: str, due: datetime) -> int | None:
        sealed = self.sealer.seal((place.id, place.community or "", note))
        try:
            return await self.store.keep_note(platform=place.platform, sealed=sealed, due=due)
        except StorageError:
            return None  # then only this process knows that it must go

    async def _remove(
        self, place: Place, standing: Standing, note: str, row: int | None, due: datetime
    ) -> None:
        await self._until(due, standing.replaced)
        if not await self.adapter.remove(place, note):
            log.warning("note not removed", platform=self.adapter.name)
        self._forget(place, standing)
        if row is not None:
            with suppress(StorageError):  # then the next start removes it once more
                await self.store.drop_note(row)

    async def _until(self, due: datetime, sooner: asyncio.Event) -> None:
        waits = [
            asyncio.ensure_future(self.sleep(max(0.0, (due - self.now()).total_seconds()))),
            asyncio.create_task(sooner.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
