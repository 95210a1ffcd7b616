"""Is nothing of anybody in PostgreSQL: its rows, files, write-ahead log and server log?"""

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.beds.discord import DiscordBed
from tests.beds.telegram import TelegramBed
from tests.e2e.product import Product
from tests.e2e.scanner import Markers
from tests.e2e.traced import Crowd
from tests.storage.conftest import Address, fresh_postgresql, postgresql

__all__ = ["fresh_postgresql", "postgresql"]


async def test_nothing_of_anybody_is_in_a_dump_of_postgresql(
    fresh_postgresql: Address, tmp_path: Path
) -> None:
    markers, settings = Markers(), {"storage": {"url": fresh_postgresql.url}}
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        crowd = Crowd(discord, telegram, markers)
        product = Product(tmp_path, discord=discord, telegram=telegram, settings=settings)
        await product.start()
        await crowd.choosing()
        await crowd.left_waiting()
        rows = await dumped(fresh_postgresql, lambda tables: len(tables["outbox"].splitlines()) == 6)
        await product.kill()
        crowd.know()
    for content in (rows, written_by(fresh_postgresql), {"bot.log": product.leavings["bot.log"]}):
        assert content
        assert not markers.found_in(content)
        for name, held in content.items():
            assert markers.found_in({name: held + str(max(markers.numbers)).encode()})


async def dumped(address: Address, enough: Callable[[dict[str, bytes]], bool]) -> dict[str, bytes]:
    """Return all rows of all tables, as soon as there are enough; what was written is then on the disk."""
    engine = create_async_engine(make_url(address.url).set(drivername="postgresql+asyncpg"))
    tables = dict[str, bytes]()
    async with asyncio.timeout(20), engine.connect() as connection:
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        while not tables or not enough(tables):
            await asyncio.sleep(0.1)
            for name in (await connection.execute(text(names))).scalars().all():
                found = await connection.execute(text(f'SELECT t::text FROM "{name}" t'))  # noqa: S608
                tables[name] = "\n".join(found.scalars()).encode()
            await connection.commit()
        await connection.execute(text("CHECKPOINT"))
    await engine.dispose()
    return tables


def written_by(address: Address) -> dict[str, bytes]:
    """The files of this database, the log that is written ahead of them, and what the server logs."""
    folder = Path(str(make_url(address.url).query["host"]))
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
    kept = ("pg_wal", "base", "log")
    return {str(path): path.read_bytes() for path in files if set(path.relative_to(folder).parts) & set(kept)}
