"""What does SQLite need to be safe?"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import aiosqlite
from sqlalchemy import URL, Connection, Dialect, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# FULL, because a cool-down that was granted must survive a power cut, or help comes twice.
_PRAGMAS = (
    "PRAGMA busy_timeout=3000",  # a stop may wait for it twice, and must be over in 15 s
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
)


def make_engine(url: URL) -> AsyncEngine:
    """Make an engine with one connection."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=1,
        max_overflow=0,
        # Python's own implicit BEGIN would come too late for DDL, and is not IMMEDIATE.
        connect_args={"isolation_level": None},
    )
    event.listen(engine.sync_engine, "do_connect", _create_private)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


async def truncate_log(engine: AsyncEngine) -> None:
    """Empty the write-ahead log."""
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        # On the driver: SQLAlchemy would begin a transaction, and in one a checkpoint is refused.
        if isinstance(driver, aiosqlite.Connection):
            await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


def identity(url: URL) -> tuple[int, int] | None:
    """Tell which file is there under that name; None when there is none."""
    try:
        found = Path(str(url.database)).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _create_private(_dialect: Dialect, _record: object, arguments: Sequence[str], _options: object) -> None:
    path = Path(arguments[0])
    if not path.exists():
        path.touch(mode=0o600)  # SQLite gives its side files the same mode
    # Fails where the driver would: aiosqlite leaves a thread behind a file that cannot be opened.
    sqlite3.connect(path).close()


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    try:
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()
    except BaseException:
        connection.close()  # or its thread stays
        raise


def _begin_immediate(connection: Connection) -> None:
    # A transaction that reads first and then wants to write fails at once if another wrote meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
