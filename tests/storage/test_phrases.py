"""Are a community's phrases kept whole, apart from others', and edited one at a time, on both databases?"""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert
from sqlalchemy.ext.asyncio import create_async_engine

from bot.model import Place
from bot.phrases import Community, Phrases
from bot.privacy import Pseudonyms
from bot.storage import NO_PHRASES, Keys, Store, StoredPhrase
from bot.storage.schema import _FOLDER
from bot.storage.tables import optout
from tests.detection.packs import detector as small
from tests.storage.conftest import Address

DAY = date(2026, 11, 24)
ONE, OTHER = "1" * 32, "2" * 32
OUT = StoredPhrase("threat", "gonna out me", DAY)
BLAST = StoredPhrase("threat", "put me on blast", DAY)
REGEX = StoredPhrase("intimate", "/" + "ä" * 258 + "/", DAY)


async def put(store: Store, community: str | Keys, phrases: Sequence[StoredPhrase]) -> None:
    keys = (community,) if isinstance(community, str) else community
    stamp = (await store.phrases(community=keys)).stamp
    assert await store.change_phrases(community=keys, stamp=stamp, added=phrases)


async def test_phrases_come_back_as_they_were_saved_in_their_order(address: Address, store: Store) -> None:
    await put(store, ONE, [OUT, REGEX])
    await put(store, OTHER, [OUT])
    await put(store, ONE, [BLAST])
    await store.close()
    again = address.store()
    assert (await again.phrases(community=(ONE,))).phrases == (OUT, REGEX, BLAST)
    assert (await again.phrases(community=(OTHER,))).phrases == (OUT,)
    assert (await again.phrases(community=("3" * 32,))).stamp == NO_PHRASES
    await again.close()


async def test_one_phrase_may_stand_for_two_concepts_and_is_removed_from_one(store: Store) -> None:
    both = [OUT, StoredPhrase("publish", OUT.phrase, DAY)]
    await put(store, ONE, both)
    await put(store, OTHER, both)
    stamp = (await store.phrases(community=(ONE,))).stamp
    assert await store.change_phrases(community=(ONE,), stamp=stamp, removed=[OUT])
    assert (await store.phrases(community=(ONE,))).phrases == (both[1],)
    assert (await store.phrases(community=(OTHER,))).phrases == tuple(both)


async def test_a_change_that_rests_on_an_old_look_does_nothing(store: Store) -> None:
    await put(store, ONE, [OUT])
    old = (await store.phrases(community=(ONE,))).stamp
    await put(store, ONE, [BLAST])
    assert not await store.change_phrases(community=(ONE,), stamp=old, added=[REGEX], removed=[OUT])
    assert not await store.change_phrases(community=(ONE,), stamp=NO_PHRASES, added=[REGEX])
    assert (await store.phrases(community=(ONE,))).phrases == (OUT, BLAST)


async def test_of_changes_at_once_one_is_made(address: Address, store: Store) -> None:
    stores = [store, *(address.store() for _ in range(3))]
    made = await asyncio.gather(
        *(
            one.change_phrases(
                community=(ONE,), stamp=NO_PHRASES, added=[StoredPhrase("threat", f"phrase {at}", DAY)]
            )
            for at, one in enumerate(stores * 3)
        )
    )
    assert sorted(made) == [False] * 11 + [True]
    assert len((await store.phrases(community=(ONE,))).phrases) == 1
    for one in stores[1:]:
        await one.close()


async def test_a_phrase_taken_out_and_put_back_is_news(store: Store) -> None:
    await put(store, ONE, [OUT])
    before = await store.phrases(community=(ONE,))
    assert await store.change_phrases(community=(ONE,), stamp=before.stamp, removed=[OUT])
    await put(store, ONE, [OUT])
    assert (await store.phrases(community=(ONE,))).stamp != before.stamp


async def test_news_names_what_changed_and_who_added(store: Store) -> None:
    nothing = await store.phrase_news(communities=[], since=0)
    assert (nothing.stamps, nothing.added_to, nothing.newest) == ({}, frozenset(), 0)
    await put(store, ONE, [OUT, BLAST])
    first = await store.phrase_news(communities=[ONE, OTHER], since=0)
    assert first.added_to == {ONE}
    assert first.stamps == {ONE: (await store.phrases(community=(ONE,))).stamp}
    await put(store, OTHER, [OUT])
    second = await store.phrase_news(communities=[ONE], since=first.newest)
    assert second.added_to == {OTHER}
    assert second.stamps == first.stamps
    assert (await store.phrase_news(communities=[ONE], since=second.newest)).added_to == frozenset()


async def test_what_one_process_saves_counts_in_another(address: Address, store: Store) -> None:
    detector, pseudonyms = small({"all_of": ["threat", "nudes"]}), Pseudonyms(b"s" * 32)
    other = address.store()
    here, there = Phrases(detector, store, pseudonyms), Phrases(detector, other, pseudonyms)
    places = [Place("x", "channel", False, community) for community in ("1", "2")]

    async def fires() -> list[bool]:
        texts = [await here.overlay(place) for place in places]
        return [detector.judge("gonna out me with my nudes", own).fired for own in texts]

    assert await fires() == [False, False]
    keys = [there.keys(Community("x", community)) for community in ("1", "2")]
    await put(other, keys[0], [OUT])
    await here.refresh()
    assert await fires() == [True, False]
    stamp = (await other.phrases(community=keys[0])).stamp
    assert await other.change_phrases(community=keys[0], stamp=stamp, removed=[OUT])
    await put(other, keys[1], [BLAST, OUT])
    await here.refresh()
    assert await fires() == [False, True]
    await other.close()


async def test_a_community_is_forgotten_whole_and_alone(store: Store) -> None:
    await put(store, ONE, [OUT, REGEX])
    await put(store, OTHER, [OUT])
    await store.forget(keys=[ONE])
    assert (await store.phrases(community=(ONE,))).phrases == ()
    assert (await store.phrases(community=(OTHER,))).phrases == (OUT,)


async def test_what_is_removed_is_gone_from_the_disk(tmp_path: Path) -> None:
    store = Store("sqlite:///quietline.db", tmp_path)
    await put(store, ONE, [OUT, BLAST])

    def on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert OUT.phrase.encode() in on_disk()
    stamp = (await store.phrases(community=(ONE,))).stamp
    await store.change_phrases(community=(ONE,), stamp=stamp, removed=[OUT])
    assert OUT.phrase.encode() not in on_disk()
    assert BLAST.phrase.encode() in on_disk()
    await store.close()


async def test_a_database_of_the_first_schema_keeps_what_it_holds(address: Address) -> None:
    def first(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(_FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(insert(optout).values(person=ONE, since=DAY))

    url = address.url.replace("sqlite:///", f"sqlite+aiosqlite:///{address.base}/")
    engine = create_async_engine(url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.run_sync(first)
    await engine.dispose()

    store = address.store()
    assert await store.is_opted_out(optout=(ONE,))
    await put(store, ONE, [OUT])
    await store.close()
