"""When does a shared place get a neutral note, and when is it taken down?

A note names nobody and comes late, because one that follows a message by a second is about its
writer. It has a cool-down and removes itself, also after a restart.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.config import Notice
from bot.delivery.roads import ASKED, Sleep, persist
from bot.errors import StorageError
from bot.model import Attempt, Outcome, Place, Receipt, Screen
from bot.policy import note_cooldown
from bot.ports import Adapter
from bot.privacy import NOTE_PLACE, Pseudonyms, Sealer
from bot.storage import Due, Keys, Stage, Store

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

    def delay(self) -> timedelta:
        """Return how long to wait with a note after a message, at random, so that it points at nobody."""
        return timedelta(seconds=self.uniform(*self.notice.delay_seconds))

    def possible(self, place: Place) -> bool:
        """Tell whether a note may be posted there at all."""
        return self.notice.enabled and not place.private

    def stands(self, place: Place) -> bool:
        """Tell whether a note stands there now."""
        return place.id in self._standing

    async def take_right(self, row: Due, place: Place) -> Due | None:
        """Take the right to a note there for a promise, once per place and cool-down; None: not now.

        Raises StorageError: without the cool-down a note could answer every trigger, and so point at each
        writer.
        """
        now = self.now()
        lasting = note_cooldown(now, self.notice.cooldown_hours)
        if not await self.store.outbox.post(row, place=self._keys(place), now=now, lasting=lasting):
            return None
        return replace(row, stage=Stage.POSTING, doubts=1, road="", since=now)

    async def post_once(self, place: Place, screen: Screen, attempt: Attempt) -> Receipt:
        """Try once to post a note for which the right was taken."""
        return await self._post(place, lambda: self.adapter.send_note(place, screen, attempt))

    async def at_once(self, place: Place, screen: Screen) -> None:
        """Post a note for somebody who asked in public and cannot be answered in private.

        Works without the database. A running cool-down does not keep it back, for an asker who gets
        nothing is lost. There is never a second note: an older one makes room for the new.
        """
        standing = self._standing.get(place.id)
        if not self.possible(place) or (standing and self.now() - standing.since < FRESH):
            return
        if standing:
            standing.replaced.set()
        await self._post(
            place, lambda: persist(lambda: self.adapter.send_note(place, screen), ASKED, self.sleep)
        )
        self._start(self._take_claim(place))

    async def stop(self) -> None:
        """Leave the standing notes to the next start."""
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

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take_claim(self, place: Place) -> None:
        now = self.now()
        lasting = note_cooldown(now, self.notice.cooldown_hours)
        with suppress(StorageError):  # then a trigger may bring a second note
            await self.store.claim_note(place=self._keys(place), now=now, lasting=lasting)

    def _keys(self, place: Place) -> Keys:
        return self.pseudonyms.keys(NOTE_PLACE, place.platform, place.id)

    async def _post(self, place: Place, send: Callable[[], Awaitable[Receipt]]) -> Receipt:
        self._standing[place.id] = standing = Standing(self.now())
        try:
            receipt = await send()
        except asyncio.CancelledError:
            self._forget(place, standing)
            raise
        log.debug("note", platform=self.adapter.name, outcome=receipt.outcome)
        if receipt.outcome is not Outcome.DELIVERED or receipt.note is None:
            self._forget(place, standing)
            return receipt
        due = self.now() + timedelta(minutes=self.notice.remove_after_minutes)
        row = await self._keep(place, receipt.note, due)
        self._start(self._remove(place, standing, receipt.note, row, due))
        return receipt

    def _forget(self, place: Place, standing: Standing) -> None:
        if self._standing.get(place.id) is standing:
            del self._standing[place.id]

    async def _keep(self, place: Place, note: str, due: datetime) -> int | None:
        sealed = self.sealer.seal((place.id, place.community or "", note))
        # The exact moment would lead to the note in a channel. After a restart it may go a minute early.
        minute = due.replace(second=0, microsecond=0)
        try:
            return await self.store.keep_note(platform=place.platform, sealed=sealed, due=minute)
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
