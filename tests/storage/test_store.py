"""Is what the store promises kept, on both databases?"""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from bot.privacy import Pseudonyms, Sealer
from bot.storage import Claim, Count, Store
from bot.storage.database import Database
from bot.storage.tables import cooldown, daily_count, optout
from tests.storage.conftest import Address
from tests.storage.promising import PLATFORM, promise

NOW = datetime(2026, 11, 24, 12, 0, 0, 654321, UTC)
DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)
COUNT = Count(NOW.date(), "x", "t", "s", "o")
PSEUDONYMS = Pseudonyms(b"s" * 32)


def keys(person: str, community: str = "c") -> dict[str, str]:
    return {
        "optout": PSEUDONYMS.key("optout", "x", person),
        "cooldown": PSEUDONYMS.key("cooldown", "x", person, community),
    }


async def claim(store: Store, person: str = "p", community: str = "c", now: datetime = NOW) -> Claim:
    known = keys(person, community)
    return await promise(store, optout=known["optout"], cooldown=known["cooldown"], now=now, lasting=DAY)


async def test_an_offer_is_made_once_until_its_cool_down_ends(store: Store) -> None:
    assert await claim(store) is Claim.GRANTED
    assert await claim(store, now=NOW + DAY - timedelta(microseconds=1)) is Claim.COOLDOWN
    assert await claim(store, now=NOW + DAY) is Claim.GRANTED
    assert await claim(store, now=NOW + DAY + HOUR) is Claim.COOLDOWN


async def test_people_and_communities_have_cool_downs_of_their_own(store: Store) -> None:
    assert await claim(store, "p", "c") is Claim.GRANTED
    assert await claim(store, "q", "c") is Claim.GRANTED
    assert await claim(store, "p", "d") is Claim.GRANTED


async def test_of_many_claims_at_once_exactly_one_is_granted(address: Address, store: Store) -> None:
    other = address.store()
    claims = await asyncio.gather(*(claim(each) for each in (store, other) * 10))
    assert Counter(claims) == {Claim.GRANTED: 1, Claim.COOLDOWN: 19}
    await other.close()


async def test_who_opted_out_gets_no_offer_in_any_community_ever(store: Store) -> None:
    key = keys("p")["optout"]
    assert not await store.is_opted_out(optout=(key,))
    await store.opt_out(optout=(key,), outbox=(), now=NOW)
    await store.opt_out(optout=(key,), outbox=(), now=NOW + DAY)
    assert await store.is_opted_out(optout=(key,))
    await store.sweep(NOW + 10_000 * DAY)
    assert await claim(store, "p", "d", NOW + 10_000 * DAY) is Claim.OPTED_OUT
    assert await claim(store, "q") is Claim.GRANTED


async def test_a_note_is_posted_once_a_place_until_its_cool_down_ends(store: Store) -> None:
    place = PSEUDONYMS.keys("note", "x", "g")
    claims = await asyncio.gather(*(store.claim_note(place=place, now=NOW, lasting=HOUR) for _ in range(5)))
    assert sorted(claims) == [False] * 4 + [True]
    assert await store.claim_note(place=place, now=NOW + HOUR, lasting=HOUR)
    await given_back(store, place)
    assert await store.claim_note(place=place, now=NOW + HOUR, lasting=HOUR)


async def given_back(store: Store, place: tuple[str, ...]) -> None:
    """End a promise so that its place may have another note."""
    await claim(store, "somebody", "else")
    (row, *_) = await store.outbox.take(PLATFORM, NOW + DAY, NOW + 2 * DAY, 1, NOW + 2 * DAY)
    await store.outbox.settle(row.key, count=COUNT, release={"note": place})


async def test_a_note_and_an_offer_under_the_same_key_do_not_meet(store: Store) -> None:
    key = keys("p")["cooldown"]
    assert await store.claim_note(place=(key,), now=NOW, lasting=HOUR)
    assert await claim(store) is Claim.GRANTED
    await given_back(store, (key,))
    assert await claim(store) is Claim.COOLDOWN
    assert await store.claim_note(place=(key,), now=NOW, lasting=HOUR)


async def test_standing_notes_survive_a_restart_and_open_again(address: Address, store: Store) -> None:
    sealer = Sealer(b"s" * 32)
    late = await store.keep_note(platform="x", sealed=sealer.seal(("g", "2")), due=NOW + HOUR)
    soon = await store.keep_note(platform="y", sealed=sealer.seal(("g", "1")), due=NOW)
    await store.close()
    again = address.store()
    kept = await again.notes()
    assert [(note.id, note.platform, sealer.open(note.sealed), note.due) for note in kept] == [
        (soon, "y", ("g", "1"), NOW),
        (late, "x", ("g", "2"), NOW + HOUR),
    ]
    await again.drop_note(soon)
    assert [note.id for note in await again.notes()] == [late]
    await again.close()


async def test_the_id_of_a_dropped_note_is_not_given_to_another(store: Store) -> None:
    first = await store.keep_note(platform="x", sealed=b"1", due=NOW)
    await store.drop_note(first)
    assert await store.keep_note(platform="x", sealed=b"2", due=NOW) != first


async def test_counting_at_once_loses_nothing(address: Address, store: Store) -> None:
    async def count(day: date, outcome: str) -> None:
        await store.count(Count(day, "x", "t", "s", outcome))

    await asyncio.gather(*(count(NOW.date(), "delivered") for _ in range(9)), count(NOW.date(), "failed"))
    assert await rows(address, select(daily_count.c.outcome, daily_count.c.n).order_by(daily_count.c.n)) == [
        ("failed", 1),
        ("delivered", 9),
    ]


async def test_a_sweep_deletes_what_has_ended_and_nothing_else(address: Address, store: Store) -> None:
    old, young = NOW.date() - timedelta(days=401), NOW.date() - timedelta(days=399)
    for day in (old, young):
        await store.count(Count(day, "x", "t", "s", "o"))
    await claim(store, "ended", now=NOW - DAY)
    await claim(store, "running", now=NOW - DAY + HOUR)
    await store.keep_note(platform="x", sealed=b"1", due=NOW - timedelta(hours=49))
    standing = await store.keep_note(platform="x", sealed=b"2", due=NOW - timedelta(hours=47))

    await store.sweep(NOW)

    assert await rows(address, select(cooldown.c.key)) == [(keys("running")["cooldown"],)]
    assert [note.id for note in await store.notes()] == [standing]
    assert await rows(
        address, select(daily_count.c.day).where(daily_count.c.topic == "t", daily_count.c.surface == "s")
    ) == [(young,)]


async def test_forgetting_a_person_takes_their_rows_and_nobody_elses(address: Address, store: Store) -> None:
    for person in ("p", "q"):
        await claim(store, person, "c")
        await claim(store, person, "d")
        await store.opt_out(optout=(keys(person)["optout"],), outbox=(), now=NOW)

    await store.forget(keys=[PSEUDONYMS.key("optout", "x", "p"), PSEUDONYMS.key("cooldown", "x", "p")])

    assert await rows(address, select(optout.c.person)) == [(keys("q")["optout"],)]
    assert await claim(store, "p", "c") is Claim.GRANTED
    assert await claim(store, "p", "d") is Claim.GRANTED
    await store.forget(keys=[keys("q")["optout"]])
    assert await claim(store, "q", "c") is Claim.COOLDOWN


async def test_forgetting_nobody_forgets_nobody(store: Store) -> None:
    await claim(store)
    await store.forget(keys=[])
    assert await claim(store) is Claim.COOLDOWN


async def test_a_transaction_that_fails_leaves_nothing_behind(address: Address, store: Store) -> None:
    database = Database(address.url, address.base)

    async def opt_out_and_fail() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(optout).values(person=keys("p")["optout"], since=NOW.date()))
            raise LookupError

    with pytest.raises(LookupError):
        await opt_out_and_fail()
    await database.close()
    assert not await store.is_opted_out(optout=(keys("p")["optout"],))


async def test_moments_without_a_time_zone_are_refused(store: Store) -> None:
    with pytest.raises(TypeError):
        await claim(store, now=datetime(2026, 1, 1))  # noqa: DTZ001


async def rows(address: Address, query: object) -> list[tuple[object, ...]]:
    database = Database(address.url, address.base)
    async with database.transaction() as connection:
        found = [tuple(row) for row in (await connection.execute(query)).all()]  # type: ignore[call-overload]
    await database.close()
    return found
