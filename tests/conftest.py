"""What do tests of the core share?"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.storage import Store
from tests.bench import Bench
from tests.fakes import Clock, FakeAdapter

# A run that fails must fail for everybody, also on a slow machine. `make fuzz` is what looks for news.
settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no core waits for the last of them."""
    items.sort(key=lambda item: "e2e" not in item.path.parts)


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    store = Store("sqlite:///service.db", tmp_path)
    made = Bench(tmp_path, FakeAdapter(), Clock(), store)
    yield made
    for task in made.running.values():
        task.cancel()
    await asyncio.gather(*made.running.values(), return_exceptions=True)
    await store.close()
