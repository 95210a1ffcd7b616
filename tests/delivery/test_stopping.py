"""Does what the bot has begun when it is told to stop come to its end?"""

import asyncio
from datetime import datetime

import pytest

from bot.app import serve
from bot.model import Attempt, Origin, Receipt, Road, Screen
from bot.ports import Handler
from bot.storage import Due
from tests.bench import TRIGGER, Bench
from tests.fakes import FakeAdapter, command, message


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


class Asked(FakeAdapter):
    """Somebody asks as the bot is told to stop; the answer takes its time, and needs the connection."""

    def __init__(self) -> None:
        super().__init__()
        self.connected = True
        self.sending = asyncio.Event()

    async def run(self, handler: Handler) -> None:
        asking = asyncio.create_task(handler.on_command(command("help", "sextortion")))
        try:
            await asyncio.Event().wait()
        finally:
            self.connected = False
            await asking

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        self.sending.set()
        await asyncio.sleep(0.2)
        assert self.connected
        return await super().send_private(origin, screen, road, attempt)


async def test_an_answer_that_has_begun_goes_out_before_the_bot_disconnects(bench: Bench) -> None:
    adapter = Asked()
    running = asyncio.create_task(serve(bench.core(), [adapter], bench.clock))
    await adapter.sending.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [(road, screen.id) for road, _, screen in adapter.private] == [(Road.ANSWER, "sextortion")]
