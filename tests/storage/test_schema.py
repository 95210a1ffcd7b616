"""Do the migrations make exactly the tables that the code uses, and can a person be erased from each?"""

import asyncio
import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, text

from bot.errors import StorageError
from bot.storage.database import Database
from bot.storage.erasure import ABOUT_NOBODY, ERASE
from bot.storage.tables import metadata
from tests.storage.conftest import Address


async def test_the_migrated_schema_is_the_declared_one(address: Address) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    database = Database(address.url, address.base)
    async with database.transaction() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_a_schema_from_a_newer_bot_is_refused_and_left_alone(address: Address) -> None:
    database = Database(address.url, address.base)
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()

    for _ in range(2):
        store = address.store()
        with pytest.raises(StorageError, match=r"newer version of the bot \(schema 9999\); update the bot"):
            await store.open()
        await store.close()


async def test_processes_that_start_at_once_upgrade_once(fresh_postgresql: Address) -> None:
    stores = [fresh_postgresql.store() for _ in range(4)]
    await asyncio.gather(*(store.open() for store in stores))
    assert await stores[3].notes() == []
    for store in stores:
        await store.close()


async def test_sqlite_is_set_up_to_survive_a_power_cut_and_to_erase(address: Address) -> None:
    if not address.url.startswith("sqlite"):
        pytest.skip("settings of SQLite")
    database = Database(address.url, address.base)
    pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout")
    async with database.transaction() as connection:
        found = [(await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in pragmas]
    await database.close()
    assert found == ["wal", 2, 1, 1, 3000]


def test_every_table_says_how_a_person_is_erased_from_it() -> None:
    tables = set(metadata.tables.values())
    assert set(ERASE) | set(ABOUT_NOBODY) == tables
    assert not set(ERASE) & set(ABOUT_NOBODY)


@pytest.mark.parametrize("table", ABOUT_NOBODY, ids=lambda table: str(table))
def test_a_table_about_nobody_has_no_column_for_somebody(table: Table) -> None:
    assert not {"person", "community", "key"} & set(table.columns.keys())


@pytest.mark.parametrize("table", ERASE, ids=lambda table: str(table))
def test_erasing_removes_that_persons_rows(table: Table) -> None:
    statement = ERASE[table](["p" * 32])
    assert statement.table is table
    compiled = statement.compile(compile_kwargs={"literal_binds": True})
    with sqlite3.connect(":memory:") as connection:
        columns = ", ".join(column.name for column in table.columns)
        connection.execute(f"CREATE TABLE {table.name} ({columns})")
        for who in ("p" * 32, "q" * 32):
            values = ", ".join(f"'{who}'" for _ in table.columns)
            connection.execute(f"INSERT INTO {table.name} VALUES ({values})")  # noqa: S608
        connection.execute(str(compiled))
        left = connection.execute(f"SELECT * FROM {table.name}").fetchall()  # noqa: S608
    connection.close()
    assert left == [("q" * 32,) * len(table.columns)]
