"""How does what was promised reach the person: once, in time, also after a crash?"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.delivery import schedule
from bot.delivery.ending import Ending, Endings
from bot.delivery.letters import Letters
from bot.delivery.notes import Notes
from bot.delivery.owed import Owed
from bot.delivery.roads import Roads
from bot.errors import StorageError
from bot.model import Attempt, Outcome, Receipt, Road
from bot.policy import roads_for_offer
from bot.privacy import Sealer
from bot.storage import Due, Outbox, Stage

log = structlog.get_logger()

AT_ONCE = 8  # tries at the same time
TRY_SECONDS = 45.0
LEASE = timedelta(seconds=60)  # longer than a try takes
FIRST_TRY_SECONDS = 1.0


@dataclass(slots=True, eq=False)
class Dispatcher:
    """Takes the promises of one platform from the outbox when they are due, and keeps them.

    Whoever is cancelled or killed leaves the promise in the outbox; its lease runs out, and the next
    try knows that the one before may have arrived.
    """

    platform: str
    outbox: Outbox
    roads: Roads
    notes: Notes
    letters: Letters
    endings: Endings
    sealer: Sealer
    now: Callable[[], datetime]
    chance: Callable[[], float]  # from 0 to 1
    poll: float = 1.0  # seconds between two looks at the outbox
    _due: asyncio.Event = field(default_factory=asyncio.Event)
    _trying: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _first: dict[str, asyncio.Event] = field(default_factory=dict)

    async def run(self) -> None:
        """Keep promises until cancelled; what was taken by then is tried, until `stop`."""
        while True:
            turn = asyncio.create_task(self._turn())
            try:
                await asyncio.shield(turn)
            except asyncio.CancelledError:
                await asyncio.wait({turn})  # or what it takes would wait for the end of its lease
                raise
            with suppress(TimeoutError):
                async with asyncio.timeout(self.poll):
                    await self._due.wait()
            self._due.clear()

    async def hurry(self, key: str) -> None:
        """Try a promise that was just made; wait a second at most for that."""
        self._first[key] = tried = asyncio.Event()
        self._due.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(FIRST_TRY_SECONDS):
                await tried.wait()
        self._first.pop(key, None)

    async def stop(self, seconds: float) -> None:
        """Give the tries that have begun so long to end, and break off the others; end `run` first."""
        trying = set(self._trying.values())
        if trying:
            await asyncio.wait(trying, timeout=seconds)
        for task in trying:
            task.cancel()
        await asyncio.gather(*trying, return_exceptions=True)

    async def _turn(self) -> None:
        try:
            await self.endings.save()
            while free := AT_ONCE - len(self._trying):
                now = self.now()
                rows = await self.outbox.take(self.platform, now, now + LEASE, free, schedule.latest(now))
                fresh = [row for row in rows if row.key not in self._trying]
                for row in fresh:
                    self._begin(row)
                if len(fresh) < free:
                    return
        except StorageError:  # logged by `database_watch`
            return

    def _begin(self, row: Due) -> None:
        task = asyncio.create_task(self._try(row))
        self._trying[row.key] = task
        task.add_done_callback(lambda _: self._done(row.key))

    def _done(self, key: str) -> None:
        self._trying.pop(key, None)
        if key in self._first:
            self._first[key].set()
        self._due.set()  # there is room for another

    async def _try(self, row: Due) -> None:
        if row.key in self.endings:  # it has ended; the database was not there to hear of it
            return
        owed = Owed.open(self.sealer, row.sealed)
        try:
            if owed is None:  # the secret is another: nobody can read whom it was for
                await self.endings.of(row.key, None, Ending.UNREADABLE)
            elif schedule.is_over(self.now(), row.expires):
                await self._over(row, owed)
            elif self.letters.is_unwanted(owed):
                await self.endings.of(row.key, owed, Ending.OPTED_OUT)
            elif row.stage is Stage.PRIVATE:
                await self._try_private(row, owed)
            else:
                await self._try_note(row, owed)
        except StorageError:  # the lease runs out, and somebody takes it again
            return
        except Exception as error:  # a bug; it must not stop the others
            log.error("try failed", platform=self.platform, error=type(error).__name__)

    async def _over(self, row: Due, owed: Owed) -> None:
        # In doubt it may have arrived, and then another offer would be the second.
        if row.doubts > 1:
            await self.endings.of(row.key, owed, Ending.IN_DOUBT)
            return
        posting = row.stage is Stage.POSTING
        await self.endings.of(row.key, owed, Ending.EXPIRED, give_back=True, note=posting)

    async def _try_private(self, row: Due, owed: Owed) -> None:
        screen = self.letters.offer(row.key, owed)
        road, receipt, due = await self.roads.try_once(
            owed.origin,
            screen,
            roads_for_offer(),
            lambda road: Attempt(row.key, row.since, _doubts(row, road)),
            TRY_SECONDS,
            lambda it: self._next(row, it),
        )
        match receipt.outcome:
            case Outcome.DELIVERED:
                await self.endings.of(row.key, owed, Ending.DELIVERED)
            case Outcome.UNREACHABLE:
                await self._turn_to_note(row, owed)
            case _:
                # A road that leads nowhere has brought nothing: what is in doubt is this one alone.
                about = replace(row, doubts=_doubts(row, road) + 1)
                await self._later(about, owed, receipt, road, due)

    async def _turn_to_note(self, row: Due, owed: Owed) -> None:
        due = self.now() + self.notes.delay()
        if not self.notes.possible(owed.origin.place) or due >= row.expires:
            await self.endings.of(row.key, owed, Ending.UNREACHABLE, give_back=row.doubts == 1)
            return
        await self.outbox.postpone(replace(row, stage=Stage.NOTE, attempts=0, doubts=0), due)

    async def _try_note(self, row: Due, owed: Owed) -> None:
        place = owed.origin.place
        if row.stage is Stage.NOTE:
            if self.notes.stands(place):
                await self.endings.of(row.key, owed, Ending.NOTE)
                return
            taken = await self.notes.take_right(row, place)
            if taken is None:
                await self.endings.of(row.key, owed, Ending.UNREACHABLE, give_back=True)
                return
            row = taken
        attempt = Attempt(row.key, row.since, row.doubts - 1)
        receipt = await self.notes.post_once(place, self.letters.note(), attempt)
        match receipt.outcome:
            case Outcome.DELIVERED:
                await self.endings.of(row.key, owed, Ending.NOTE)
            case Outcome.UNREACHABLE:
                await self.endings.of(row.key, owed, Ending.UNREACHABLE, give_back=True, note=True)
            case _:
                await self._later(row, owed, receipt, Road.NOTE, self._next(row, receipt))

    async def _later(self, row: Due, owed: Owed, receipt: Receipt, road: Road, due: datetime | None) -> None:
        sure = receipt.outcome is not Outcome.AMBIGUOUS
        if due is not None:
            if sure:
                attempts = row.attempts + (receipt.retry_after is None)
                after = replace(row, attempts=attempts, doubts=row.doubts - 1)
            else:
                # Nobody was left to say which road the earlier ones took; then it stays so.
                after = replace(row, road="" if row.doubts > 1 and not row.road else road.value)
            await self.outbox.postpone(after, due)
            return
        if not sure or row.doubts > 1:
            await self.endings.of(row.key, owed, Ending.IN_DOUBT)
            return
        await self.endings.of(row.key, owed, Ending.FAILED, give_back=True, note=row.stage is Stage.POSTING)

    def _next(self, row: Due, receipt: Receipt) -> datetime | None:
        now = self.now()
        if receipt.outcome is Outcome.AMBIGUOUS:
            return schedule.within(now + schedule.IN_DOUBT, row.expires)
        if receipt.retry_after is not None:
            # An extra moment, because a platform counts from when it answered.
            return schedule.within(now + receipt.retry_after + schedule.SHORTEST, row.expires)
        return schedule.again(row.attempts + 1, now, row.expires, self.chance())


def _doubts(row: Due, road: Road) -> int:
    """Return how many earlier tries may have arrived by this road."""
    return row.doubts - 1 if row.road in ("", road.value) else 0
