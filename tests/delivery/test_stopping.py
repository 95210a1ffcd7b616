"""Is what the bot has taken when it is told to stop also tried?"""

import asyncio
from datetime import datetime

import pytest

from bot.model import Road
from bot.storage import Due
from tests.bench import TRIGGER, Bench
from tests.fakes import message


async def test_what_is_taken_while_the_bot_stops_does_not_wait_for_its_leases_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    service, taken = bench.service(), asyncio.Event()
    take = bench.store.outbox.take

    async def slowly(
        platform: str, now: datetime, lease: datetime, limit: int, latest: datetime
    ) -> list[Due]:
        rows = await take(platform, now, lease, limit, latest)
        if rows:
            taken.set()
            await asyncio.sleep(0.05)
        return rows

    monkeypatch.setattr(bench.store.outbox, "take", slowly)
    consider = asyncio.create_task(service.on_message(message(TRIGGER)))
    await taken.wait()
    task = bench.running[id(service)]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await service.offers.dispatcher.stop(5)
    await consider
    assert bench.shown == [(Road.DIRECT, "offer")]
    assert await bench.store.outbox.waiting("fake") == (0, None)
