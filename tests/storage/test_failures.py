"""What happens when the database cannot be used?  One line, nothing of the data, and it comes back."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.errors import ConfigError, StorageError
from bot.storage import Claim, Store
from bot.storage.database import Database
from bot.storage.failures import as_storage_error
from tests.storage.conftest import Address
from tests.storage.promising import promise
from tests.storage.server import run_on

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MARK = "7" * 32


async def claim(store: Store) -> Claim:
    return await promise(store, optout=MARK, cooldown=MARK, now=NOW)


async def refusal(store: Store) -> str:
    with pytest.raises(StorageError) as caught:
        await claim(store)
    told = str(caught.value)
    assert "\n" not in told
    assert MARK not in "".join(traceback.format_exception(caught.value))
    return told


async def test_a_folder_in_place_of_the_file_is_told_and_its_removal_noticed(tmp_path: Path) -> None:
    in_the_way = tmp_path / "quietline.db"
    in_the_way.mkdir()
    store = Store("sqlite:///quietline.db", tmp_path)
    told = await refusal(store)
    assert told == f"storage: {in_the_way} cannot be opened; let the bot's user write the file and its folder"

    in_the_way.rmdir()
    assert await claim(store) is Claim.GRANTED
    await store.close()


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "quietline.db"
    file.write_text("holiday pictures\n" * 1000)
    store = Store("sqlite:///quietline.db", tmp_path)
    assert "is not a SQLite database; move it away" in await refusal(store)
    assert file.read_text() == "holiday pictures\n" * 1000

    file.unlink()
    assert await claim(store) is Claim.GRANTED
    await store.close()


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    store = Store("sqlite:///no/such/folder/quietline.db", tmp_path)
    assert "No such file or directory" in await refusal(store)
    await store.close()


async def test_a_database_that_broke_while_running_is_told(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await claim(store)
    with closing(sqlite3.connect(tmp_path / "quietline.db")) as other:
        other.execute("DROP TABLE optout")
    assert store.is_open
    assert "cannot be used just now (OperationalError)" in await refusal(store)
    assert not store.is_open
    await store.notes()
    assert store.is_open
    await store.close()
    assert not store.is_open


async def test_an_outage_is_reported_once_and_its_end_once(tmp_path: Path) -> None:
    in_the_way = tmp_path / "quietline.db"
    in_the_way.mkdir()
    told: list[StorageError | None] = []
    store = Store("sqlite:///quietline.db", tmp_path, told.append)
    await refusal(store)
    await refusal(store)
    assert [type(each) for each in told] == [StorageError]

    in_the_way.rmdir()
    await claim(store)
    await claim(store)
    assert told[1:] == [None]
    await store.close()


async def test_a_short_lock_by_another_program_is_waited_for(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await store.open()
    hold = (
        "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE');"
        "print(1, flush=True); time.sleep(0.2); c.rollback()"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", hold, str(tmp_path / "quietline.db"), stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    await other.stdout.readline()
    assert await claim(store) is Claim.GRANTED
    await other.wait()
    await store.close()


@pytest.mark.parametrize(
    ("provoke", "told"),
    [
        (
            "PRAGMA max_page_count=1; CREATE TABLE t (a); CREATE TABLE u (a)",
            "the disk is full; free some space",
        ),
        ("PRAGMA query_only=ON; CREATE TABLE t (a)", "cannot be written; let the bot's user write"),
        ("SELECT no_such_column", r"cannot be used just now \(OperationalError\)"),
    ],
)
def test_what_sqlite_refuses_is_told_with_its_mend(tmp_path: Path, provoke: str, told: str) -> None:
    connection = sqlite3.connect(tmp_path / "any.db")
    with closing(connection), pytest.raises(StorageError, match=told), as_storage_error("any.db"):
        connection.executescript(provoke)


def test_a_lock_that_stays_is_told(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "any.db")) as one,
        closing(sqlite3.connect(tmp_path / "any.db", timeout=0)) as other,
    ):
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError, match="locked by another program"), as_storage_error("any.db"):
            other.execute("BEGIN IMMEDIATE")


async def test_errors_do_not_hold_the_values_they_failed_on(address: Address) -> None:
    database = Database(address.url, address.base)
    insert = text("INSERT INTO daily_count VALUES ('2026-01-01', :mark, '', '', '', 1)")
    async with database.transaction() as connection:
        await connection.execute(insert.bindparams(mark=MARK))
    with pytest.raises(StorageError, match=r"IntegrityError|UniqueViolationError") as caught:
        async with database.transaction() as connection:
            await connection.execute(insert.bindparams(mark=MARK))
    await database.close()
    assert MARK not in "".join(traceback.format_exception(caught.value))


async def test_postgresql_that_goes_away_is_found_again(postgresql: str, fresh_postgresql: Address) -> None:
    store = fresh_postgresql.store()
    assert await claim(store) is Claim.GRANTED
    await run_on(
        postgresql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    )
    assert await claim(store) is Claim.COOLDOWN
    await store.close()


async def test_a_postgresql_database_that_is_missing_is_told_and_later_found(
    postgresql: str, tmp_path: Path
) -> None:
    url = make_url(postgresql).set(database="late", password=None)
    store = Store(url.render_as_string(), tmp_path)
    assert "late does not exist; create it with `createdb`" in await refusal(store)
    await run_on(postgresql, "CREATE DATABASE late")
    assert await claim(store) is Claim.GRANTED
    await store.close()


async def test_a_postgresql_user_that_is_missing_is_told(postgresql: str, tmp_path: Path) -> None:
    url = make_url(postgresql).set(username="nobody", password="hunter2")
    store = Store(url.render_as_string(hide_password=False), tmp_path)
    told = await refusal(store)
    assert "refuses the user or the password; correct storage.url" in told
    assert "hunter2" not in told
    await store.close()


async def test_a_postgresql_that_does_not_run_is_told(tmp_path: Path) -> None:
    store = Store(f"postgresql://user@/quietline?host={tmp_path}", tmp_path)
    assert "cannot be reached" in await refusal(store)
    await store.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("quietline.db", "not understood; write sqlite:///quietline.db or postgresql://"),
        ("mysql://user:hunter2@host/db", "mysql: is not a database the bot can use"),
        (
            "postgresql+psycopg://user:hunter2@host/db",
            r"postgresql\+psycopg: is not a database the bot can use",
        ),
        ("postgresql://user:hunter2@host", "names no database"),
        ("postgresql://user:hunter2@host/db?sslmod=require", "unknown option sslmod; the bot knows sslmode"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite://quietline.db", "names no file"),
        ("sqlite://quietline.db/x", "three slashes"),
    ],
)
def test_a_wrong_url_is_told_without_repeating_its_password(url: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=told) as caught:
        Store(url, tmp_path)
    assert "hunter2" not in str(caught.value)
    assert str(caught.value).startswith("storage.url: ")


async def test_a_closed_store_stays_closed(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await claim(store)
    await store.close()
    await store.close()
    assert "was closed" in await refusal(store)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
async def test_a_claim_survives_the_death_of_its_process(address: Address) -> None:
    claim_and_wait = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from bot.storage import Store\n"
        "from tests.storage.test_failures import claim\n"
        "async def main():\n"
        "    print(await claim(Store(sys.argv[1], Path(sys.argv[2]))), flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    root = Path(__file__).parents[2]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", claim_and_wait, address.url, str(address.base)),
        stdout=subprocess.PIPE,
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    granted = await process.stdout.readline()
    process.kill()
    await process.wait()
    assert granted.split() == [b"granted"]

    store = address.store()
    assert await claim(store) is Claim.COOLDOWN
    await store.close()
