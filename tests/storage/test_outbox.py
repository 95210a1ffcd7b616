"""Is each promise taken by one at a time, given back, ended and forgotten, on both databases?"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.delivery import schedule
from bot.delivery.schedule import LIFE
from bot.storage import Claim, Count, Due, Stage, Store
from bot.storage.database import Database
from bot.storage.tables import daily_count
from tests.storage.conftest import Address
from tests.storage.promising import PLATFORM, promise

NOW = datetime(2026, 11, 24, 12, 0, 0, 654321, UTC)
LEASE = timedelta(seconds=60)
COUNT = Count(NOW.date(), PLATFORM, "t", "trigger", "delivered")


async def promised(store: Store, number: int = 1, now: datetime = NOW) -> None:
    for n in range(number):
        assert await promise(store, optout="", cooldown=f"c{n}", now=now) is Claim.GRANTED


async def take(store: Store, now: datetime = NOW, limit: int = 10) -> list[Due]:
    return await store.outbox.take(PLATFORM, now, now + LEASE, limit, schedule.latest(now))


async def test_what_is_taken_belongs_to_its_taker_until_the_lease_ends(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    assert (row.stage, row.attempts, row.doubts, row.since) == (Stage.PRIVATE, 0, 1, NOW)
    assert row.expires == NOW + LIFE
    assert await take(store, NOW + LEASE - timedelta(microseconds=1)) == []
    (again,) = await take(store, NOW + LEASE)
    assert (again.key, again.doubts, again.since) == (row.key, 2, NOW)


async def test_nothing_is_taken_before_it_is_due_or_for_another_platform(store: Store) -> None:
    await promised(store)
    assert await take(store, NOW - timedelta(seconds=1)) == []
    assert await store.outbox.take("y", NOW, NOW + LEASE, 10, NOW + LIFE) == []


async def test_what_has_expired_is_handed_out_to_be_ended_though_it_is_not_due(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    await store.outbox.postpone(row, NOW + timedelta(days=1))
    assert await take(store, NOW + LIFE - timedelta(microseconds=1)) == []
    assert [each.key for each in await take(store, NOW + LIFE)] == [row.key]


async def test_what_a_clock_set_back_leaves_is_handed_out_to_be_ended_whoever_has_it(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    before = NOW - schedule.SET_BACK
    assert await take(store, before) == []
    assert [each.key for each in await take(store, before - timedelta(seconds=1))] == [row.key]


async def test_of_eight_takers_none_gets_what_another_has(address: Address, store: Store) -> None:
    await promised(store, 200)
    stores = [address.store() for _ in range(8)]
    taken: list[str] = []

    async def drain(each: Store) -> None:
        while rows := await take(each, limit=3):
            taken.extend(row.key for row in rows)

    await asyncio.gather(*(drain(each) for each in stores))
    assert len(taken) == len(set(taken)) == 200
    for each in stores:
        await each.close()


async def test_a_sure_failure_leaves_no_doubt_and_an_unsure_one_does(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    await store.outbox.postpone(replace(row, attempts=1, doubts=0), NOW)
    (row,) = await take(store, NOW + timedelta(seconds=1))
    assert (row.attempts, row.doubts, row.since) == (1, 1, NOW + timedelta(seconds=1))
    await store.outbox.postpone(replace(row, road="direct"), NOW)
    (row,) = await take(store, NOW + timedelta(seconds=5))
    assert (row.attempts, row.doubts, row.road) == (1, 2, "direct")
    assert row.since == NOW + timedelta(seconds=1)


async def test_whoever_was_too_slow_gives_back_nothing_that_is_anothers(store: Store) -> None:
    await promised(store)
    (slow,) = await take(store)
    (row,) = await take(store, NOW + LEASE)
    await store.outbox.postpone(replace(slow, attempts=5), NOW)
    assert await take(store, NOW + LEASE) == []
    (after,) = await take(store, NOW + 2 * LEASE)
    assert (after.attempts, after.doubts) == (0, row.doubts + 1)


async def test_the_right_to_a_note_is_one_promises_alone(store: Store) -> None:
    await promised(store, 2)
    first, second = await take(store)
    lasting = timedelta(hours=6)
    assert await store.outbox.post(first, place=("p",), now=NOW, lasting=lasting)
    assert not await store.outbox.post(second, place=("p",), now=NOW, lasting=lasting)
    stages = {row.key: (row.stage, row.doubts) for row in await take(store, NOW + LEASE)}
    assert stages == {first.key: (Stage.POSTING, 2), second.key: (Stage.PRIVATE, 2)}


async def test_what_has_ended_is_gone_and_counted_and_may_give_its_cool_down_back(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    await store.outbox.settle(row.key, count=COUNT, release={"offer": ("c0",)})
    assert await store.outbox.waiting(PLATFORM) == (0, None)
    await promised(store)


async def test_what_ends_twice_is_counted_once_and_gives_nothing_back_twice(
    address: Address, store: Store
) -> None:
    await promised(store)
    (row,) = await take(store)
    await asyncio.gather(*(store.outbox.settle(row.key, count=COUNT) for _ in range(3)))
    database = Database(address.url, address.base)
    async with database.transaction() as connection:
        counted = select(daily_count.c.n).where(daily_count.c.outcome == COUNT.outcome)
        assert (await connection.execute(counted)).scalars().all() == [1]
    await database.close()
    await store.outbox.settle(row.key, count=COUNT, release={"offer": ("c0",)})
    assert await promise(store, optout="", cooldown="c0", now=NOW) is Claim.COOLDOWN


async def test_without_giving_back_the_cool_down_stays(store: Store) -> None:
    await promised(store)
    (row,) = await take(store)
    await store.outbox.settle(row.key, count=COUNT)
    assert await promise(store, optout="", cooldown="c0", now=NOW) is Claim.COOLDOWN


async def test_an_opt_out_takes_back_what_is_on_its_way(store: Store) -> None:
    await promise(store, optout="a", cooldown="ca", now=NOW, person="a")
    await promise(store, optout="b", cooldown="cb", now=NOW, person="b")
    await store.opt_out(optout=("a",), outbox=("a",), now=NOW)
    assert (await store.outbox.waiting(PLATFORM))[0] == 1
    assert await promise(store, optout="a", cooldown="ca2", now=NOW, person="a") is Claim.OPTED_OUT


async def test_sweeping_takes_what_has_expired_and_nobody_has(store: Store) -> None:
    await promised(store)
    await store.outbox.sweep(NOW + LIFE - timedelta(microseconds=1))
    assert await store.outbox.waiting(PLATFORM) == (1, NOW)
    await store.outbox.sweep(NOW + LIFE)
    assert await store.outbox.waiting(PLATFORM) == (0, None)
