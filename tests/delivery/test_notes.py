"""Does a neutral note come late, seldom, and go again?"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Notice
from bot.delivery.notes import Notes
from bot.model import Outcome, Receipt, Screen
from bot.privacy import Pseudonyms, Sealer
from bot.storage import Store
from tests.fakes import DIRECT, GROUP, START, Clock, FakeAdapter

NOTE = Screen("note", "Hi all.")
SECRET = b"s" * 32


@asynccontextmanager
async def notes(
    tmp_path: Path, adapter: FakeAdapter, clock: Clock, notice: Notice | None = None
) -> AsyncIterator[Notes]:
    store = Store("sqlite:///notes.db", tmp_path)
    made = Notes(
        adapter=adapter,
        store=store,
        pseudonyms=Pseudonyms(SECRET),
        sealer=Sealer(SECRET),
        notice=notice or Notice(),
        sleep=clock.sleep,
        now=clock,
        uniform=lambda low, high: (low + high) / 2,
    )
    try:
        yield made
    finally:
        await made.stop()
        await store.close()


async def settle(adapter: FakeAdapter, notes: int = 1, removed: int = 0) -> None:
    for _ in range(500):
        if len(adapter.public) >= notes and len(adapter.removed) >= removed:
            return
        await asyncio.sleep(0.01)


async def test_a_note_of_an_earlier_process_is_removed(tmp_path: Path) -> None:
    first, clock = FakeAdapter(), Clock()
    stuck = asyncio.Event()

    async def never(_: float) -> None:
        await stuck.wait()

    async with notes(tmp_path, first, clock) as made:
        made.sleep = never
        await made.at_once(GROUP, NOTE)
    assert (first.public, first.removed) == ([NOTE], [])
    second = FakeAdapter()
    async with notes(tmp_path, second, clock) as made:
        await made.resume()
        await settle(second, notes=0, removed=1)
        assert second.removed == ["note-3"]
        await asyncio.sleep(0.05)
        assert not await made.store.notes()


async def test_somebody_who_asked_gets_the_note_at_once(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        await made.at_once(GROUP, NOTE)
        assert adapter.public == [NOTE]


async def test_a_standing_note_serves_the_second_who_asks(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        made.sleep = lambda _: asyncio.sleep(30)
        await made.at_once(GROUP, NOTE)
        await made.at_once(GROUP, NOTE)
    assert adapter.public == [NOTE]


async def test_whoever_asks_later_gets_a_new_note_in_place_of_the_old(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        made.sleep = lambda _: asyncio.sleep(30)
        await made.at_once(GROUP, NOTE)
        clock.now += timedelta(minutes=1)
        adapter.note = Receipt(Outcome.DELIVERED, note="note-4")
        await made.at_once(GROUP, NOTE)
        await settle(adapter, notes=2, removed=1)
        await made.at_once(GROUP, NOTE)
    assert (adapter.public, adapter.removed) == ([NOTE, NOTE], ["note-3"])


async def test_two_who_ask_in_the_same_moment_get_one_note(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        made.sleep = lambda _: asyncio.sleep(30)
        await asyncio.gather(made.at_once(GROUP, NOTE), made.at_once(GROUP, NOTE))
    assert adapter.public == [NOTE]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.THROTTLED])
async def test_a_note_that_did_not_go_out_is_posted_again(tmp_path: Path, outcome: Outcome) -> None:
    adapter, clock = FakeAdapter(note=Receipt(outcome)), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        await made.at_once(GROUP, NOTE)
    assert adapter.public == [NOTE] * 3
    assert clock.slept == [1.0, 3.0]


async def test_a_note_removes_itself(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        await made.at_once(GROUP, NOTE)
        await settle(adapter, removed=1)
    assert adapter.removed == ["note-3"]
    assert clock.slept[-1] == pytest.approx(600)


async def test_no_exact_moment_of_a_note_is_kept(tmp_path: Path) -> None:
    adapter, clock = FakeAdapter(), Clock(START + timedelta(minutes=34, seconds=56.789))
    async with notes(tmp_path, adapter, clock) as made:
        made.sleep = lambda _: asyncio.sleep(30)
        await made.at_once(GROUP, NOTE)
        for _ in range(100):
            if await made.store.notes():
                break
            await asyncio.sleep(0.01)
        assert [note.due for note in await made.store.notes()] == [START + timedelta(minutes=44)]


async def test_a_note_that_is_switched_off_or_would_stand_in_a_private_place_is_not_posted(
    tmp_path: Path,
) -> None:
    adapter = FakeAdapter()
    async with notes(tmp_path, adapter, Clock(), Notice(enabled=False)) as made:
        await made.at_once(GROUP, NOTE)
    async with notes(tmp_path, adapter, Clock()) as made:
        await made.at_once(DIRECT, NOTE)
    assert not adapter.public


async def test_without_the_database_an_asker_gets_the_note_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "notes.db").mkdir()
    adapter, clock = FakeAdapter(), Clock()
    async with notes(tmp_path, adapter, clock) as made:
        await made.at_once(GROUP, NOTE)
    assert adapter.public == [NOTE]
