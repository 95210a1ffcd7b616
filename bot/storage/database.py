"""How is the database reached?  One engine, its transactions, and what each product needs to be safe."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import ConfigError, StorageError
from bot.storage import sqlite
from bot.storage.failures import as_storage_error
from bot.storage.schema import upgrade
from bot.storage.turn import Turn

Watch: TypeAlias = Callable[[StorageError | None], None]

PATIENCE = 3.0  # seconds; a stop may wait for it twice, and must be over in 15 s
_MEND = "write sqlite:///quietline.db or postgresql://user@host/database"

_GONE = "is gone; put it back, or restart the bot to begin anew (it then forgets who has opted out)"
# SQLite would put what stands in the old one's log into the new one.
_ANOTHER = "is not the file it was; stop the bot, delete the -wal and -shm files beside it, start the bot"


class Database:
    """A SQLite file or a PostgreSQL database, brought up to date before its first transaction.

    `url` is `sqlite:///file.db` (relative to the folder `base`) or `postgresql://user@host/database`; any
    other raises ConfigError. When the database goes away, transactions raise StorageError until it is back;
    `watch` is called with the first of these errors, and with None once it is back.
    """

    def __init__(self, url: str, base: Path, watch: Watch = lambda _: None) -> None:
        self._watch = watch
        self._lost = False
        self._url = _parse(url, base)
        self._sqlite = self._url.get_backend_name() == "sqlite"
        self._name = _name(self._url)
        self._engine: AsyncEngine | None = None
        self._file: tuple[int, int] | None = None  # the one that was opened
        self._opening = Turn()
        # SQLite has one connection.
        self._using: AbstractAsyncContextManager[None] = Turn() if self._sqlite else nullcontext()
        self._closed = False

    async def open(self) -> AsyncEngine:
        """Connect and upgrade the schema, unless that is done already. Raises StorageError."""
        async with self._opening:
            if self._closed:
                raise StorageError(f"storage: {self._name} was closed, the bot is stopping")
            if self._engine is None:
                with self._watched():
                    self._engine = await self._upgraded_engine()
                self._file = sqlite.identity(self._url) if self._sqlite else None
            return self._engine

    @property
    def is_open(self) -> bool:
        """Whether the database is up to date and could be used the last time it was needed."""
        return self._engine is not None and not self._lost and not self._closed

    async def close(self) -> None:
        """Give up all connections, for good."""
        self._closed = True
        with suppress(StorageError):
            async with self._opening:
                pass
        if self._engine is not None:
            await self._engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Run the body in one transaction, committed at its end. Raises StorageError."""
        async with self._using:
            await self._look()
            engine = await self.open()
            with self._watched(), as_storage_error(self._name):
                # PostgreSQL may hang at each of several steps; SQLite limits itself.
                async with asyncio.timeout(None if self._sqlite else PATIENCE), engine.begin() as connection:
                    yield connection

    async def truncate_log(self) -> None:
        """Empty SQLite's write-ahead log, in which deleted rows live on until it is overwritten."""
        if not self._sqlite:
            return
        async with self._using:
            await self._look()
            engine = await self.open()
            with as_storage_error(self._name):
                await sqlite.truncate_log(engine)

    async def _look(self) -> None:
        """See that SQLite's file is still the same: Unix writes on into one that is gone."""
        if self._file is None or (found := sqlite.identity(self._url)) == self._file:
            return
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None
        with self._watched():
            raise StorageError(f"storage: {self._name} {_GONE if found is None else _ANOTHER}")

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except StorageError as error:
            self._tell(error)
            raise
        self._tell(None)

    def _tell(self, error: StorageError | None) -> None:
        lost = error is not None
        if lost is not self._lost:
            self._lost = lost
            self._watch(error)

    async def _upgraded_engine(self) -> AsyncEngine:
        engine = self._make_engine()
        try:
            with as_storage_error(self._name):
                async with engine.begin() as connection:
                    await connection.run_sync(upgrade, self._name)
        except BaseException:
            await engine.dispose()
            raise
        return engine

    def _make_engine(self) -> AsyncEngine:
        if not self._sqlite:
            return create_async_engine(
                self._url,
                hide_parameters=True,
                pool_pre_ping=True,
                pool_timeout=PATIENCE,
                connect_args={"timeout": PATIENCE, "command_timeout": PATIENCE},
            )
        return sqlite.make_engine(self._url)


def _name(url: URL) -> str:
    return str(url.database) if url.host is None else f"{url.host}/{url.database}"


def _parse(url: str, base: Path) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigError(f"storage.url: not understood; {_MEND}") from None
    if parsed.drivername == "sqlite":
        return _parse_sqlite(parsed, base)
    if parsed.drivername != "postgresql":
        raise ConfigError(f"storage.url: {parsed.drivername}: is not a database the bot can use; {_MEND}")
    if not parsed.database:
        raise ConfigError(f"storage.url: names no database; {_MEND}")
    # asyncpg calls `ssl` what everyone else calls `sslmode`.
    query = {"ssl" if key == "sslmode" else key: value for key, value in parsed.query.items()}
    if unknown := query.keys() - {"ssl", "host", "port"}:
        raise ConfigError(
            f"storage.url: unknown option {sorted(unknown)[0]}; the bot knows sslmode, host and port"
        )
    return parsed.set(drivername="postgresql+asyncpg", query=query)


def _parse_sqlite(parsed: URL, base: Path) -> URL:
    if not parsed.database or parsed.database == ":memory:":
        raise ConfigError(f"storage.url: names no file; {_MEND}")
    if parsed.query or parsed.host:
        raise ConfigError(
            "storage.url: write sqlite:/// with three slashes, and nothing after the file's name"
        )
    return parsed.set(drivername="sqlite+aiosqlite", database=str(base / parsed.database))
