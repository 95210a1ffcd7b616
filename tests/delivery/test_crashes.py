"""Is help there once, wherever between two steps the process dies?"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.dispatcher import LEASE
from bot.model import Attempt, Origin, Outcome, Place, Receipt, Road, Screen
from bot.service import Service
from bot.storage import Store
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench
from tests.fakes import DELIVERED, FakeAdapter, message

MOST_STEPS = 40
OUTBOX = ("promise", "take", "postpone", "post", "settle")


@dataclass
class Steps:
    """Counts what has happened; at step `fatal` nothing goes on any more."""

    fatal: int | None = None
    done: int = 0
    dead: asyncio.Event = field(default_factory=asyncio.Event)
    buried: asyncio.Event = field(default_factory=asyncio.Event)

    async def step(self) -> None:
        """One more; the process that dies here never comes back from it."""
        self.done += 1
        if self.done == self.fatal:
            self.dead.set()
        await self.live()

    async def live(self) -> None:
        """Go on, unless the process is dead; what it was doing is taken away when it is buried."""
        if self.dead.is_set():
            await self.buried.wait()
            raise asyncio.CancelledError

    def around(self, work: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """Make a step before and one after."""

        async def stepping(*args: object, **named: object) -> object:
            if work.__name__ == "take":
                return await self._taking(work, *args, **named)
            await self.step()
            result = await work(*args, **named)
            await self.step()
            return result

        return stepping

    async def _taking(self, work: Callable[..., Awaitable[Any]], *args: object, **named: object) -> object:
        # Looks at an outbox in which nothing is due are no steps: there are as many as time allows.
        await self.live()
        result = await work(*args, **named)
        if result:
            await self.step()
        return result


@dataclass
class Knowing(FakeAdapter):
    """A platform that knows a repeat by its key. `steps` is the process's that uses it."""

    steps: Steps = field(default_factory=Steps)
    helped: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        """Deliver by the road that leads there."""
        await self.steps.step()
        receipt = await super().send_private(origin, screen, road, attempt)
        if receipt == DELIVERED and attempt:
            self.helped.add(attempt.key)
        await self.steps.step()
        return receipt

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        """Post it."""
        await self.steps.step()
        if attempt:
            self.noted.add(attempt.key)
        await self.steps.step()
        return Receipt(Outcome.DELIVERED, note="note-3")


async def life(bench: Bench, adapter: Knowing, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> Service:
    """Live through a cry for help until nothing is left to do, or death."""
    for name in OUTBOX:
        monkeypatch.setattr(bench.store.outbox, name, steps.around(getattr(bench.store.outbox, name)))
    monkeypatch.setattr(bench.store, "keep_note", steps.around(bench.store.keep_note))
    adapter.steps, bench.adapter = steps, adapter
    service = bench.service()
    hearing = asyncio.create_task(service.on_message(message(TRIGGER)))
    for _ in range(60):
        await asyncio.sleep(0.02)
        if steps.dead.is_set() or (adapter.helped and not await waiting(bench.store)) or adapter.noted:
            break
        bench.clock.now += timedelta(seconds=2)
    await asyncio.sleep(0.05)
    steps.buried.set()
    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
    await bench.kill(service)
    await service.notes.stop()
    monkeypatch.undo()
    return service


async def waiting(store: Store) -> int:
    return (await store.outbox.waiting("fake"))[0]


async def lived_twice(
    bench: Bench, private: bool, fatal: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[Knowing, bool]:
    """Die at a step, live again on what is left, with the same message told again; say whether it died."""
    adapter = Knowing({} if private else dict(NO_PRIVATE_ROAD))
    steps = Steps(fatal)
    await life(bench, adapter, steps, monkeypatch)
    if not steps.dead.is_set():
        return adapter, False
    bench.clock.now += LEASE + timedelta(seconds=1)
    await life(bench, adapter, Steps(), monkeypatch)
    for _ in range(100):
        if not await waiting(bench.store):
            break
        await asyncio.sleep(0.02)
    return adapter, True


@pytest.mark.parametrize("private", [True, False], ids=["direct", "note"])
async def test_help_is_there_once_wherever_the_process_died(
    bench: Bench, private: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[int, int]] = []
    for fatal in range(1, MOST_STEPS):
        bench.store = Store(f"sqlite:///crash-{fatal}.db", bench.folder)
        bench.clock.now = message(TRIGGER).sent_at
        adapter, died = await lived_twice(bench, private, fatal, monkeypatch)
        found.append((fatal, len(adapter.helped if private else adapter.noted)))
        assert await waiting(bench.store) == 0
        await bench.store.close()
        if not died:
            break
    else:
        raise AssertionError("it never came to an end")
    assert [times for _, times in found] == [1] * len(found), found
    assert len(found) > 6
