"""Do a lock that stays and a file that goes away cost no more than they must?"""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage import Claim, Store
from bot.storage.turn import Turn
from tests.storage.promising import promise

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CROWD = 10


async def claim(store: Store, number: int = 0) -> Claim:
    return await promise(store, optout=f"{number:032}", cooldown=f"{number:064}", now=NOW)


async def used(folder: Path) -> Store:
    store = Store("sqlite:///quietline.db", folder)
    assert await claim(store) is Claim.GRANTED
    return store


async def test_a_crowd_before_a_locked_database_waits_no_longer_than_one(tmp_path: Path) -> None:
    store, began = await used(tmp_path), asyncio.get_running_loop().time()
    with closing(sqlite3.connect(tmp_path / "quietline.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        crowd = [claim(store, number) for number in range(1, CROWD)]
        ends = await asyncio.gather(*crowd, return_exceptions=True)
    assert asyncio.get_running_loop().time() - began < 5
    assert {str(end).partition("quietline.db ")[2][:9] for end in ends} == {"is locked"}
    assert await claim(store, CROWD) is Claim.GRANTED
    await store.close()


async def test_whoever_waits_behind_a_quick_refusal_has_their_own_turn() -> None:
    turn, had = Turn(), list[int]()

    async def take(number: int) -> None:
        async with turn:
            await asyncio.sleep(0)
            had.append(number)
            raise StorageError("a row that cannot be")

    await asyncio.gather(*(take(number) for number in range(3)), return_exceptions=True)
    assert had == [0, 1, 2]


async def test_a_file_that_is_gone_is_told_and_not_made_anew(tmp_path: Path) -> None:
    store, file = await used(tmp_path), tmp_path / "quietline.db"
    file.rename(tmp_path / "elsewhere.db")
    for _ in range(2):
        with pytest.raises(StorageError, match=r"quietline\.db is gone; put it back, or restart the bot"):
            await claim(store)
    with pytest.raises(StorageError, match="is gone"):
        await store.sweep(NOW)
    assert not store.is_open
    assert not file.exists()

    (tmp_path / "elsewhere.db").rename(file)
    assert await claim(store) is Claim.COOLDOWN
    assert await claim(store, 1) is Claim.GRANTED
    await store.close()


async def test_another_file_in_its_place_is_told_and_not_touched(tmp_path: Path) -> None:
    store, file = await used(tmp_path), tmp_path / "quietline.db"
    (tmp_path / "new").mkdir()
    await (await used(tmp_path / "new")).close()
    (tmp_path / "new" / "quietline.db").rename(file)
    before = file.read_bytes()
    with pytest.raises(StorageError, match=r"is not the file it was; stop the bot, delete the -wal and -shm"):
        await claim(store, 1)
    await store.close()
    assert file.read_bytes() == before
