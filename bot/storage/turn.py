"""Whose turn is it, and what of those who wait when the database does not answer?"""

import asyncio
from types import TracebackType

from bot.errors import StorageError

LONG = 1.0  # seconds


class Turn:
    """One at a time: `async with turn`.

    Whoever stood behind one that waited long and in vain fails with it. Each would wait as long again, and a
    crowd of them longer than the bot may take to stop.
    """

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._began = 0.0
        self._vain: StorageError | None = None

    async def __aenter__(self) -> None:
        before = self._vain
        await self._lock.acquire()
        if self._vain is not None and self._vain is not before:
            self._lock.release()
            raise StorageError(*self._vain.args)
        self._began = asyncio.get_running_loop().time()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        waited = asyncio.get_running_loop().time() - self._began
        if isinstance(error, StorageError) and waited > LONG:
            self._vain = error
        self._lock.release()
