"""Which updates are still being handled, and when is it worth asking the server again?"""

import asyncio

from adapters.telegram.rights import Clock

# While something is unfinished the server answers at once, so we are the ones who wait: others' updates are
# at most this much late, and mostly less.
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
# Of what is not finished after this long, nobody knows whether it ever will be.
_HANGING_SECONDS = 10.0


class Unfinished:
    """The handling of updates, by their numbers, oldest first. `clock` returns seconds."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began: dict[int, float] = {}
        self._pause = _SHORTEST_PAUSE
        self._moved = asyncio.Event()

    def add(self, number: int, work: asyncio.Task[None]) -> None:
        """Count an update as unfinished until its handling has ended; for good if that is cancelled."""
        self._began[number] = self._clock()
        self._pause = _SHORTEST_PAUSE
        work.add_done_callback(lambda done: None if done.cancelled() else self._finish(number))

    def first(self, otherwise: int) -> int:
        """Return the first unfinished number: all before it have been handled."""
        return min(self._began, default=otherwise)

    async def pause(self, *, full: bool) -> None:
        """Wait until the first one is finished, or for a moment, longer each time in a row.

        A `full` batch brought nothing new, so that nobody else is heard any more: if the first one hangs
        it is then left out of account, and lost if the process is killed.
        """
        if full and self._began and self._clock() - self._began[self.first(0)] > _HANGING_SECONDS:
            self._finish(self.first(0))
            return
        try:
            async with asyncio.timeout(self._pause):
                await self._moved.wait()
        except TimeoutError:
            self._pause = min(2 * self._pause, _LONGEST_PAUSE)
        self._moved.clear()

    def _finish(self, number: int) -> None:
        if number == self.first(0):
            self._moved.set()
        self._began.pop(number, None)
