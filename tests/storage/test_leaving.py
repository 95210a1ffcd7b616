"""Do a community's phrases go a week after the bot was removed, on both databases, and no others?"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.privacy import Pseudonyms
from bot.storage import Store, StoredPhrase
from bot.storage.tables import phrase
from tests.storage.conftest import Address
from tests.storage.test_store import rows

NOW = datetime(2026, 11, 24, 23, 59, tzinfo=UTC)
DAY = timedelta(days=1)
OLD, NEW = Pseudonyms(b"1" * 32), Pseudonyms(b"2" * 32, b"1" * 32)
LEFT, STAYS = (NEW.keys("phrases", "x", id) for id in ("left", "stays"))


async def add(store: Store, community: tuple[str, ...], text: str = "gonna out me") -> None:
    stored = await store.phrases(community=community)
    own = StoredPhrase("threat", text, NOW.date())
    assert await store.change_phrases(community=community, stamp=stored.stamp, added=[own])


async def test_they_go_after_a_week_and_the_others_stay(store: Store) -> None:
    for community in (LEFT, STAYS):
        await add(store, community)
    await store.set_left(communities=LEFT, now=NOW)
    await store.set_left(communities=LEFT, now=NOW + 5 * DAY)  # told again, as after a restart
    await store.sweep(NOW + 7 * DAY)
    assert len((await store.phrases(community=LEFT)).phrases) == 1
    await store.sweep(NOW + 8 * DAY)
    assert (await store.phrases(community=LEFT)).phrases == ()
    assert len((await store.phrases(community=STAYS)).phrases) == 1


async def test_coming_back_takes_the_mark_away(store: Store) -> None:
    await add(store, LEFT)
    await store.set_left(communities=LEFT, now=NOW)
    await store.set_left(communities=[*STAYS, *LEFT], now=None)
    await store.sweep(NOW + 30 * DAY)
    assert len((await store.phrases(community=LEFT)).phrases) == 1
    await store.set_left(communities=LEFT, now=NOW + 30 * DAY)
    await store.sweep(NOW + 37 * DAY)
    assert len((await store.phrases(community=LEFT)).phrases) == 1
    await store.sweep(NOW + 38 * DAY)
    assert (await store.phrases(community=LEFT)).phrases == ()


async def test_what_was_added_meanwhile_goes_as_well(store: Store) -> None:
    await add(store, LEFT)
    await store.set_left(communities=LEFT, now=NOW)
    await add(store, LEFT, "on blast")
    await store.sweep(NOW + 8 * DAY)
    assert (await store.phrases(community=LEFT)).phrases == ()


async def test_what_an_older_secret_named_goes_too(address: Address, store: Store) -> None:
    await add(store, OLD.keys("phrases", "x", "left"))
    await store.set_left(communities=LEFT, now=NOW)
    await store.sweep(NOW + 8 * DAY)
    assert await rows(address, select(phrase.c.id)) == []


async def test_a_community_without_phrases_leaves_no_trace(address: Address, store: Store) -> None:
    await store.set_left(communities=LEFT, now=NOW)
    assert await rows(address, select(phrase.c.id)) == []
