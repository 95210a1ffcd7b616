"""What do tests of the core share?"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage import Store
from tests.bench import Bench
from tests.fakes import Clock, FakeAdapter


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    store = Store("sqlite:///service.db", tmp_path)
    yield Bench(tmp_path, FakeAdapter(), Clock(), store)
    await store.close()
