"""How is the Telegram adapter started against the local Telegram?"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.telegram.adapter import Telegram
from adapters.telegram.config import Section
from tests.adapters.recorder import Recorder
from tests.beds.telegram import TelegramBed

Naps = list[float]


def make(
    bed: TelegramBed,
    naps: Naps | None = None,
    token: str | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Telegram:
    """Make an adapter whose long sleeps are short, and noted in `naps`."""

    async def nap(seconds: float) -> None:
        if naps is not None:
            naps.append(seconds)
        await asyncio.sleep(0.01)

    section = Section.model_validate({"token": token or bed.token, "api_base_url": bed.url})
    return Telegram(section, sleep=nap, random=lambda: 1.0, clock=clock)


@asynccontextmanager
async def running(
    bed: TelegramBed, recorder: Recorder, naps: Naps | None = None, adapter: Telegram | None = None
) -> AsyncIterator[Telegram]:
    """Run an adapter, from its first long poll until it is cancelled."""
    adapter = adapter or make(bed, naps)
    recorder.adapter = adapter
    run = asyncio.create_task(adapter.run(recorder))
    ready = asyncio.create_task(bed.ready())
    await asyncio.wait([run, ready], return_when=asyncio.FIRST_COMPLETED)
    if run.done():
        ready.cancel()
        run.result()
    try:
        yield adapter
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        assert run.cancelled()


async def answered(bed: TelegramBed, recorder: Recorder, times: int = 1) -> None:
    """Wait until the recorder has reacted so many times in all."""
    await bed.wait_for(lambda: len(recorder.results) >= times)
