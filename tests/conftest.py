"""What do tests of the core share?"""

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


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    store = Store("sqlite:///service.db", tmp_path)
    yield Bench(tmp_path, FakeAdapter(), Clock(), store)
    await store.close()
