"""Does the bot keep its word when its root secret has changed?"""

from dataclasses import replace
from datetime import timedelta

from bot.model import Outcome, Receipt, Road
from bot.privacy import COOLDOWN, OPTOUT, Pseudonyms
from bot.service import Service
from tests.bench import SECRET, TRIGGER, Bench, promises, until
from tests.fakes import NAME, message, origin, press

NEW, NEWER = b"n" * 32, b"e" * 32
OFFER = (Road.DIRECT, "offer")


async def rotated(bench: Bench, before: Service, *secrets: bytes) -> Service:
    """Kill the bot and start it with these secrets."""
    await before.notes.stop()
    await bench.kill(before)
    bench.secrets = secrets
    bench.adapter.private.clear()
    service = bench.service()
    await service.notes.resume()
    return service


def on_disk(bench: Bench, purpose: str, *secrets: bytes) -> list[bool]:
    held = b"".join(file.read_bytes() for file in bench.folder.glob("service.db*"))
    return [Pseudonyms(one).key(purpose, NAME, "person-1").encode() in held for one in secrets]


async def test_who_wants_no_offers_gets_none_and_is_under_the_new_secret_then(bench: Bench) -> None:
    service = bench.service()
    await service.on_press(press("q1:stop"))
    service = await rotated(bench, service, NEW, SECRET)
    await service.on_message(message(TRIGGER))
    assert bench.shown == []
    service = await rotated(bench, service, NEWER, NEW, SECRET)
    await service.on_message(message(TRIGGER, "m2"))
    service = await rotated(bench, service, NEWER)  # the old ones are needed no more
    await service.on_message(message(TRIGGER, "m3"))
    assert bench.shown == []
    await bench.store.sweep(bench.clock.now)
    assert on_disk(bench, OPTOUT, NEWER, NEW, SECRET) == [True, False, False]


async def test_a_stop_said_before_and_never_come_upon_survives_two_rotations(bench: Bench) -> None:
    service = bench.service()
    await service.on_press(press("q1:stop"))
    service = await rotated(bench, service, NEWER, NEW, SECRET)
    await service.on_message(message(TRIGGER))
    assert bench.shown == []


async def test_who_was_offered_help_today_is_not_offered_it_again(bench: Bench) -> None:
    service = bench.service()
    await service.on_message(message(TRIGGER))
    assert bench.shown == [OFFER]
    service = await rotated(bench, service, NEW, SECRET)
    await service.on_message(message(TRIGGER, "m2"))
    assert bench.shown == []
    await bench.store.sweep(bench.clock.now)
    assert on_disk(bench, COOLDOWN, NEW, SECRET) == [True, False]


async def test_what_was_on_its_way_arrives(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [Receipt(Outcome.FAILED), Receipt(Outcome.DELIVERED)]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    service = await rotated(bench, service, NEW, SECRET)
    bench.clock.now += timedelta(minutes=1)
    await until(lambda: 'outcome="delivered"' in promises(service))
    assert bench.shown == [OFFER]


async def test_without_the_old_secret_it_is_dropped_and_nobody_is_written_to(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [Receipt(Outcome.FAILED), Receipt(Outcome.DELIVERED)]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    service = await rotated(bench, service, NEW)
    bench.clock.now += timedelta(minutes=1)
    await until(lambda: 'outcome="unreadable"' in promises(service))
    assert bench.shown == []


async def test_a_standing_note_is_taken_down(bench: Bench) -> None:
    service = bench.service()
    sealed = service.notes.sealer.seal(("channel-9", "server-7", "note-8"))
    await bench.store.keep_note(platform=NAME, sealed=sealed, due=bench.clock.now)
    await rotated(bench, service, NEW, SECRET)
    await until(lambda: "note-8" in bench.adapter.removed)


async def test_a_button_to_take_back_still_works(bench: Bench) -> None:
    service = bench.service()
    ticket = service.offers.tickets.ticket(replace(message("help"), posted="77"))
    service = await rotated(bench, service, NEW, SECRET)
    assert await service.offers.tickets.redeem(origin().person, ticket)
    service = await rotated(bench, service, NEW)
    assert not await service.offers.tickets.redeem(origin().person, ticket)
