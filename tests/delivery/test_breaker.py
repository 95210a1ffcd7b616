"""Is a road that a platform has closed left alone, also after a restart, until its time or the operator?"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.breaker import Breaker
from bot.delivery.roads import Roads
from bot.model import Outcome, Receipt, Road, Screen
from bot.ops.metrics import Metrics
from bot.storage import Store
from tests.fakes import Clock, FakeAdapter, origin

SCREEN = Screen("sextortion", "Hi.")
DIRECT = (Road.DIRECT,)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store("sqlite:///breaker.db", tmp_path)
    yield store
    await store.close()


def breaker(store: Store, clock: Clock, metrics: Metrics | None = None) -> Breaker:
    return Breaker("fake", store.breakers, clock, metrics or Metrics())


async def test_a_long_wait_closes_the_road_for_everybody_until_then(store: Store) -> None:
    wait = Receipt(Outcome.THROTTLED, retry_after=timedelta(minutes=15))
    adapter, clock, metrics = FakeAdapter({Road.DIRECT: [wait]}), Clock(), Metrics()
    roads = Roads(adapter, clock.sleep, metrics, breaker(store, clock, metrics))
    for _ in range(3):
        await roads.walk(origin(), SCREEN, DIRECT)
    assert len(adapter.private) == 1
    assert 'quietline_breaker_open{platform="fake",route="direct"} 1.0' in metrics.render().decode()
    clock.now += timedelta(minutes=15)
    await roads.walk(origin(), SCREEN, DIRECT)
    assert len(adapter.private) == 2


async def test_a_restart_opens_nothing(store: Store) -> None:
    clock = Clock()
    await breaker(store, clock).close(Road.DIRECT, timedelta(days=365))
    after = breaker(store, clock)
    await after.refresh()
    assert after.is_closed(Road.DIRECT)
    assert not after.is_closed(Road.ANSWER)


async def test_the_operator_opens_it_and_a_running_bot_notices(store: Store) -> None:
    running = breaker(store, Clock())
    await running.close(Road.DIRECT, timedelta(days=365))
    assert await store.breakers.reset("other") == 0
    await running.refresh()
    assert running.is_closed(Road.DIRECT)
    assert await store.breakers.reset("fake") == 1
    await running.refresh()
    assert not running.is_closed(Road.DIRECT)


async def test_without_the_database_it_holds_and_is_written_down_later(tmp_path: Path) -> None:
    (tmp_path / "breaker.db").mkdir()
    store, clock = Store("sqlite:///breaker.db", tmp_path), Clock()
    running = breaker(store, clock)
    await running.close(Road.DIRECT, timedelta(hours=2))
    await running.refresh()
    assert running.is_closed(Road.DIRECT)
    (tmp_path / "breaker.db").rmdir()
    await running.refresh()
    assert "direct" in await store.breakers.closed("fake", clock())
    await store.close()


async def test_of_two_waits_the_longer_holds(store: Store) -> None:
    clock = Clock()
    made = breaker(store, clock)
    await made.close(Road.DIRECT, timedelta(hours=2))
    await made.close(Road.DIRECT, timedelta(minutes=15))
    assert (await store.breakers.closed("fake", clock()))["direct"] == clock.now + timedelta(hours=2)
