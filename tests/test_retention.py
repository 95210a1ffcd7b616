"""Does the running bot delete everything when docs/privacy.md says, and nothing before?"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.app import serve
from bot.ports import Handler
from bot.privacy import Pseudonyms
from bot.storage import Count, Store, StoredPhrase
from bot.storage.database import Database
from bot.storage.tables import metadata
from tests.bench import SECRET, Bench
from tests.fakes import NAME, FakeAdapter
from tests.storage.promising import promise

PSEUDONYMS = Pseudonyms(SECRET)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ELSEWHERE = "no bot runs for it"


class Idle(FakeAdapter):
    """Stays connected, and brings in nothing."""

    async def run(self, handler: Handler) -> None:
        await asyncio.Event().wait()


@dataclass
class Running:
    """The bot while it runs; it waits for the next look at the database until time is let pass."""

    bench: Bench
    asleep: asyncio.Event = field(default_factory=asyncio.Event)
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def sleep(self, seconds: float) -> None:
        assert seconds == 60
        self.asleep.set()
        await self.wake.wait()
        self.wake.clear()

    async def minutes(self, number: int) -> None:
        """Let minutes pass, one look at the database in each."""
        for _ in range(number):
            await self.asleep.wait()
            self.asleep.clear()
            self.bench.clock.now += MINUTE
            self.wake.set()
            await self.asleep.wait()

    async def kept(self) -> set[str]:
        """In which tables something stands."""
        database, found = Database("sqlite:///service.db", self.bench.folder), set()
        async with database.transaction() as connection:
            for table in metadata.sorted_tables:
                if (await connection.execute(select(func.count()).select_from(table))).scalar_one():
                    found.add(table.name)
        await database.close()
        return found


@pytest.fixture
async def bot(bench: Bench) -> AsyncIterator[Running]:
    made = Running(bench)
    core = bench.core(store=Store("sqlite:///service.db", bench.folder))
    running = asyncio.create_task(serve(core, [Idle()], bench.clock, made.sleep))
    await made.asleep.wait()
    yield made
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def plant(bench: Bench) -> None:
    """Put something into every table, at the present."""
    store, now = bench.store, bench.clock.now
    await promise(
        store,
        optout="q" * 32,
        cooldown=PSEUDONYMS.key("cooldown", NAME, "p", "c"),
        now=now,
        lasting=DAY,
        platform=ELSEWHERE,
    )
    await store.opt_out(optout=PSEUDONYMS.keys("optout", NAME, "p"), outbox=(), now=now)
    await store.keep_note(platform=ELSEWHERE, sealed=b"sealed", due=now)
    await store.breakers.close(NAME, "direct", now + 2 * HOUR)
    await store.count(Count(now.date(), NAME, "t", "trigger", "o"))
    keys = PSEUDONYMS.keys("phrases", NAME, "left")
    own = StoredPhrase("threat", "gonna out me", now.date())
    await store.change_phrases(community=keys, stamp=(0, 0), added=[own])
    await store.set_left(communities=keys, now=now)


# What is gone, how long after the beginning its time is over, and how long the sweep may take then.
PROMISES = [
    ("outbox", 10 * MINUTE, 1),
    ("breaker", 2 * HOUR, 60),
    ("cooldown", DAY, 60),
    ("note", 2 * DAY, 60),
    ("phrase", 8 * DAY - 12 * HOUR, 60),  # it began at noon
    ("daily_count", 401 * DAY - 12 * HOUR, 60),
]


async def test_each_thing_goes_when_it_is_said_and_not_before(bot: Running) -> None:
    await plant(bot.bench)
    start = bot.bench.clock.now
    every = {table.name for table in metadata.sorted_tables}
    assert await bot.kept() == every
    gone: set[str] = set()
    for table, after, minutes in PROMISES:
        bot.bench.clock.now = start + after - (minutes + 1) * MINUTE
        await bot.minutes(minutes)  # long enough for a sweep that comes too early
        assert await bot.kept() == every - gone, f"{table} has not come to its end"
        await bot.minutes(1 + minutes)
        gone.add(table)
        assert await bot.kept() == every - gone, f"{table} has"
    assert every - gone == {"optout"}, "say in PROMISES how long what is new is kept"
