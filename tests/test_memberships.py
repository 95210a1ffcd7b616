"""Does what is kept of a community go when the bot is removed from it, and come back in time?"""

from datetime import timedelta

from bot.memberships import AT_ONCE
from bot.phrases import Community
from bot.service import Service
from bot.storage import StoredPhrase
from tests.bench import Bench
from tests.fakes import GROUP, NAME, message

HERE = Community(NAME, GROUP.community or "")
TEXT = "he will pull a goblin, he has my nudes"
WEEK = timedelta(days=8)


async def planted(bench: Bench, *more: str) -> Service:
    service = bench.service()
    for id in (HERE.id, *more):
        keys = service.memberships.phrases.keys(Community(NAME, id))
        stored = await bench.store.phrases(community=keys)
        own = StoredPhrase("threat", "pull a goblin", bench.clock.now.date())
        assert await bench.store.change_phrases(community=keys, stamp=stored.stamp, added=[own])
    return service


async def left(bench: Bench, service: Service, id: str = HERE.id) -> int:
    keys = service.memberships.phrases.keys(Community(NAME, id))
    return len((await bench.store.phrases(community=keys)).phrases)


async def test_a_week_after_the_bot_was_removed_the_phrases_go(bench: Bench) -> None:
    service = await planted(bench, "other")
    await service.on_message(message(TEXT))
    assert len(bench.shown) == 1
    phrases = service.memberships.phrases
    assert HERE in phrases._overlays
    await service.on_membership([HERE.id], inside=False)
    assert HERE not in phrases._overlays
    assert phrases._by_key == {}
    bench.clock.now += WEEK
    await bench.store.sweep(bench.clock.now)
    assert [await left(bench, service, id) for id in (HERE.id, "other")] == [0, 1]


async def test_who_lets_the_bot_in_again_in_time_keeps_them(bench: Bench) -> None:
    service = await planted(bench)
    await service.on_membership([HERE.id], inside=False)
    bench.clock.now += timedelta(days=6)
    await service.on_membership(["other", HERE.id], inside=True)
    bench.clock.now += WEEK
    await bench.store.sweep(bench.clock.now)
    assert await left(bench, service) == 1
    await service.on_message(message(TEXT))


async def test_more_communities_than_one_statement_holds(bench: Bench) -> None:
    service = await planted(bench)
    await service.on_membership([HERE.id], inside=False)
    await service.on_membership([*map(str, range(AT_ONCE * 2 + 1)), HERE.id], inside=True)
    assert service.memberships._unsaved == {}
    await bench.store.sweep(bench.clock.now + WEEK)
    assert await left(bench, service) == 1


async def test_what_the_database_does_not_take_is_kept_until_it_does(bench: Bench) -> None:
    blocked = bench.folder / "service.db"
    blocked.mkdir()
    service = bench.service()
    await service.on_membership([HERE.id], inside=True)
    await service.on_membership([HERE.id, "other"], inside=False)
    assert set(service.memberships._unsaved) == {HERE.id, "other"}
    blocked.rmdir()
    await planted(bench)
    bench.clock.now += WEEK
    await service.memberships.save()
    assert service.memberships._unsaved == {}
    await bench.store.sweep(bench.clock.now)
    assert await left(bench, service) == 0
