"""Who waits for whom?  What comes by one lane is handled in order, by different lanes at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable

import structlog

log = structlog.get_logger()

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Runs jobs, at most `limit` of them begun or waiting; `submit` waits while there are more."""

    def __init__(self, limit: int) -> None:
        self._room = asyncio.Semaphore(limit)
        self._waiting: Counter[Hashable] = Counter()
        self._last: dict[Hashable, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def waiting(self, lane: Hashable) -> int:
        """Return how many jobs of a lane have begun or wait."""
        return self._waiting.get(lane, 0)

    async def submit(self, lane: Hashable, job: Job) -> asyncio.Task[None]:
        """Start a job as soon as the lane's earlier ones have ended; return what ends with it."""
        self._waiting[lane] += 1
        await self._room.acquire()
        task = asyncio.create_task(self._run(self._last.get(lane), job))
        self._last[lane] = task
        self._running.add(task)
        task.add_done_callback(lambda done: self._leave(lane, done))
        return task

    async def drain(self, seconds: float) -> None:
        """Give what has begun this long to end, then cancel the rest."""
        if self._running:
            await asyncio.wait(self._running, timeout=seconds)
        rest = list(self._running)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    async def _run(self, before: asyncio.Task[None] | None, job: Job) -> None:
        if before is not None:
            await asyncio.wait([before])
        try:
            await job()
        except Exception as error:  # a bug; its text may hold a person's words
            log.error("telegram_update_failed", error=type(error).__name__)

    def _leave(self, lane: Hashable, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._waiting[lane] -= 1
        if not self._waiting[lane]:
            del self._waiting[lane]
        if self._last.get(lane) is task:
            del self._last[lane]
        self._room.release()
