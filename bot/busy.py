"""Is anything still being answered?"""

import asyncio
from contextlib import suppress
from types import TracebackType


class Busy:
    """Counts what is open: `with busy: ...`."""

    def __init__(self) -> None:
        self._open = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def __enter__(self) -> None:
        self._open += 1
        self._idle.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open -= 1
        if not self._open:
            self._idle.set()

    async def over(self, seconds: float) -> None:
        """Return when nothing is open, or after so many seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()
