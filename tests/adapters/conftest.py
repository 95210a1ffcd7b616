"""What do the tests of the adapters share?"""

from collections.abc import AsyncIterator

import pytest

from tests.beds.telegram import TelegramBed


@pytest.fixture
async def bed() -> AsyncIterator[TelegramBed]:
    async with TelegramBed(privacy=False) as bed:
        yield bed
        assert not bed.faults
