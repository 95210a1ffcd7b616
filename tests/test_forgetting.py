"""Does whoever asks to be forgotten leave nothing behind, and nobody else lose anything?"""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.model import Person, Press, Road
from bot.privacy import COOLDOWN, OPTOUT, OUTBOX, Pseudonyms
from bot.service import Service
from bot.storage.queries import Kept
from tests.bench import SECRET, TRIGGER, Bench
from tests.fakes import GROUP, NAME, command, message, origin, press

PSEUDONYMS = Pseudonyms(SECRET)
ME, OTHER = "person-1", "person-2"
SOME, ALL = "q1:erase", "q1:erase-all"
NOTHING = Kept(None, (), 0)


def key(purpose: str, person: str) -> str:
    return PSEUDONYMS.key(purpose, NAME, person)


def on_disk(bench: Bench, person: str) -> list[str]:
    """Which of a person's pseudonyms the database's files hold, write-ahead log and all."""
    held = b"".join(file.read_bytes() for file in bench.folder.glob("service.db*"))
    return [purpose for purpose in (OPTOUT, COOLDOWN) if key(purpose, person).encode() in held]


async def kept(bench: Bench, person: str) -> Kept:
    optout, cooldown, outbox = ((key(purpose, person),) for purpose in (OPTOUT, COOLDOWN, OUTBOX))
    return await bench.store.kept(optout=optout, cooldown=cooldown, outbox=outbox)


async def known(bench: Bench) -> Service:
    """Return a service that offered help to two people in two places; then both wanted no more."""
    service = bench.service()
    elsewhere = replace(GROUP, id="channel-1", community="server-1")
    for at, person in enumerate((ME, OTHER)):
        await service.on_message(message(TRIGGER, f"m{at}", person=person))
        await service.on_message(message(TRIGGER, f"n{at}", place=elsewhere, person=person))
    assert bench.shown == [(Road.DIRECT, "offer")] * 4
    for person in (ME, OTHER):
        await service.on_press(Press(origin(person), "q1:stop"))
        assert on_disk(bench, person) == [OPTOUT, COOLDOWN]  # the search does see what is there
    bench.adapter.private.clear()
    return service


async def test_asking_erases_nothing_yet_and_offers_both(bench: Bench) -> None:
    service = await known(bench)
    await service.on_command(command("forget"))
    assert bench.shown == [(Road.ANSWER, "forget")]
    ids = [getattr(one, "id", "") for one in bench.adapter.private[0][2].actions]
    assert ids[:2] == [SOME, ALL]
    assert on_disk(bench, ME) == [OPTOUT, COOLDOWN]


async def test_everything_goes_and_everybody_else_stays(bench: Bench) -> None:
    service = await known(bench)
    others = await kept(bench, OTHER)
    assert len((await kept(bench, ME)).cooldowns) == 2
    await service.on_press(press(ALL))
    assert bench.shown == [(Road.ANSWER, "erased")]
    assert (await kept(bench, ME), on_disk(bench, ME)) == (NOTHING, [])
    assert (await kept(bench, OTHER), on_disk(bench, OTHER)) == (others, [OPTOUT, COOLDOWN])
    await service.on_message(message(TRIGGER, "again"))
    assert bench.shown[1:] == [(Road.DIRECT, "offer")]


async def test_that_they_want_no_offers_can_be_kept(bench: Bench) -> None:
    service = await known(bench)
    await service.on_press(press(SOME))
    assert bench.shown == [(Road.ANSWER, "erased-but-stop")]
    assert await kept(bench, ME) == Kept(bench.clock.now.date(), (), 0)
    assert on_disk(bench, ME) == [OPTOUT]
    await service.on_message(message(TRIGGER, "again"))
    assert len(bench.shown) == 1


async def test_keeping_a_stop_that_was_never_said_says_none(bench: Bench) -> None:
    service = bench.service()
    await service.on_press(press(SOME))
    assert await kept(bench, ME) == NOTHING
    await service.on_message(message(TRIGGER))
    assert bench.shown == [(Road.ANSWER, "erased-but-stop"), (Road.DIRECT, "offer")]


@pytest.mark.parametrize(
    "button", [f"{ALL}:{OTHER}", f"{SOME}-{OTHER}", "q1:erase-everything", "q2:erase-all"]
)
async def test_a_forged_button_erases_nothing(bench: Bench, button: str) -> None:
    service = await known(bench)
    await service.on_press(press(button))
    assert bench.shown == [(Road.ANSWER, "index")]
    assert on_disk(bench, ME) == on_disk(bench, OTHER) == [OPTOUT, COOLDOWN]


async def test_last_lines_are_forgotten_in_every_place(bench: Bench) -> None:
    service = bench.service()
    elsewhere = replace(GROUP, id="channel-1")
    for person in (ME, OTHER):
        for at, place in enumerate((GROUP, elsewhere)):
            await service.on_message(message("someone is threatening me", f"{person}{at}", place, person))
    await service.on_press(press(SOME))
    for person in (ME, OTHER):
        for at, place in enumerate((GROUP, elsewhere)):
            await service.on_message(message("with my nudes", f"{person}{at}b", place, person))
    offered = [person for road, person, _ in bench.adapter.private if road is Road.DIRECT]
    assert offered == [OTHER]


async def test_with_the_database_gone_it_says_so_and_a_stop_still_holds(bench: Bench) -> None:
    blocked = bench.folder / "service.db"
    blocked.mkdir()
    service = bench.service()
    await service.on_command(command("forget"))
    for button in ("q1:stop", ALL, SOME):
        await service.on_press(press(button))
    blocked.rmdir()
    await service.on_message(message(TRIGGER))
    assert [screen for _, screen in bench.shown] == ["forget", "stop-failed", "not-erased", "not-erased"]
    await service.on_press(press(ALL))
    await service.offers.tend()
    assert await kept(bench, ME) == NOTHING


async def test_a_stop_that_waits_for_the_database_can_be_kept_or_erased(bench: Bench) -> None:
    service, keys = bench.service(), {person: (key(OPTOUT, person),) for person in (ME, OTHER)}
    service.offers.optouts._unsaved.update(dict.fromkeys(keys.values(), ()))
    assert await service.offers.forget(Person(NAME, ME), keep_opt_out=False)
    assert await service.offers.forget(Person(NAME, OTHER), keep_opt_out=True)
    assert set(service.offers.optouts._unsaved) == {keys[OTHER]}


@pytest.mark.parametrize("last", ["q1:stop", ALL])
async def test_what_was_wanted_last_is_what_stays(bench: Bench, last: str) -> None:
    service, first = bench.service(), {"q1:stop": ALL, ALL: "q1:stop"}[last]
    await bench.store.open()
    with closing(sqlite3.connect(bench.folder / "service.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(2.5):  # platforms wait three seconds
            waiting = asyncio.create_task(service.on_press(press(first)))
            await asyncio.sleep(0.1)
            await asyncio.gather(waiting, service.on_press(press(last)))
        tending = asyncio.create_task(service.offers.tend())
        await asyncio.sleep(0)
        other.execute("ROLLBACK")
    assert {screen for _, screen in bench.shown} == {"stop-failed", "not-erased"}
    await tending
    for _ in range(300):
        if not service.offers.optouts._writing.locked():
            break
        await asyncio.sleep(0.01)
    assert ((await kept(bench, ME)).opted_out is not None) == (last == "q1:stop")
    assert not service.offers.optouts._unsaved


async def test_a_stop_about_to_be_saved_does_not_come_back(bench: Bench) -> None:
    service = bench.service()
    service.offers.optouts._unsaved.update({(key(OPTOUT, person),): () for person in (ME, OTHER)})
    tending = asyncio.create_task(service.offers.tend())
    await asyncio.sleep(0)
    forgetting = (service.offers.forget(Person(NAME, one), keep_opt_out=False) for one in (ME, OTHER))
    assert all(await asyncio.gather(*forgetting))
    await tending
    assert await kept(bench, ME) == await kept(bench, OTHER) == NOTHING


async def test_many_who_wait_for_a_database_that_is_away_cost_one_try_at_the_end(bench: Bench) -> None:
    service, people = bench.service(), [f"person-{number}" for number in range(5)]
    await bench.store.open()
    service.offers.optouts._unsaved.update({(key(OPTOUT, person),): () for person in people})
    with closing(sqlite3.connect(bench.folder / "service.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        async with asyncio.timeout(5):  # the bot has fifteen seconds to stop
            await service.offers.tend()
    assert len(service.offers.optouts._unsaved) == len(people)
    await service.offers.tend()
    assert not service.offers.optouts._unsaved
