"""Is a promise kept: once, in time, through refusals, crashes, and a database that goes away?"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery import schedule
from bot.delivery.dispatcher import LEASE
from bot.model import Attempt, Origin, Outcome, Person, Place, Receipt, Road, Screen
from bot.service import Service
from bot.storage import Store
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench, promises, until
from tests.fakes import DELIVERED, START, UNREACHABLE, FakeAdapter, message, press

OFFER = (Road.DIRECT, "offer")
FAILED, AMBIGUOUS = Receipt(Outcome.FAILED), Receipt(Outcome.AMBIGUOUS)


def throttled(seconds: float) -> Receipt:
    return Receipt(Outcome.THROTTLED, retry_after=timedelta(seconds=seconds))


async def settled(bench: Bench) -> None:
    """Let the dispatcher look at the outbox a few times."""
    await asyncio.sleep(0.15)


async def open_promises(store: Store) -> int:
    return (await store.outbox.waiting("fake"))[0]


class Stuck(FakeAdapter):
    """Never gets an answer, like a platform whose connection hangs."""

    async def send_private(
        self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
    ) -> Receipt:
        await super().send_private(origin, screen, road, attempt)
        await asyncio.Event().wait()
        raise AssertionError

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        await super().send_note(place, screen, attempt)
        await asyncio.Event().wait()
        raise AssertionError


async def killed_while_sending(bench: Bench, wait: Callable[[FakeAdapter], bool]) -> FakeAdapter:
    """Let a first process die in the middle of a send; what it was."""
    working, bench.adapter = bench.adapter, Stuck(dict(bench.adapter.replies))
    stuck, service = bench.adapter, bench.service()
    consider = asyncio.create_task(service.on_message(message(TRIGGER)))
    await until(lambda: wait(stuck))
    await bench.kill(service)
    await consider
    bench.adapter = working
    return stuck


async def test_what_is_delivered_leaves_the_outbox(bench: Bench) -> None:
    service = bench.service()
    await service.on_message(message(TRIGGER))
    await settled(bench)
    assert bench.shown == [OFFER]
    assert await open_promises(bench.store) == 0
    assert 'outcome="delivered",platform="fake"} 1.0' in promises(service)


async def test_what_a_process_was_sending_when_it_died_is_sent_by_the_next(bench: Bench) -> None:
    first = await killed_while_sending(bench, lambda adapter: bool(adapter.private))
    bench.service()
    await settled(bench)
    assert not bench.shown, "the lease still runs"
    bench.clock.now += LEASE
    await until(lambda: bool(bench.shown))
    await settled(bench)
    assert bench.shown == [OFFER]
    before, after = first.attempts[0], bench.adapter.attempts[0]
    assert before is not None
    assert after is not None
    assert (after.key, after.doubts, after.since) == (before.key, 1, START)
    assert before.doubts == 0


@pytest.mark.parametrize("refusal", [FAILED, throttled(5)], ids=["failed", "throttled"])
async def test_what_surely_failed_is_tried_again_without_a_doubt(bench: Bench, refusal: Receipt) -> None:
    bench.adapter.replies = {Road.DIRECT: [refusal, DELIVERED]}
    await bench.service().on_message(message(TRIGGER))
    assert bench.shown == [OFFER]
    bench.clock.now += timedelta(seconds=6)
    await until(lambda: len(bench.shown) == 2)
    assert [attempt.doubts for attempt in bench.adapter.attempts if attempt] == [0, 0]


async def test_a_platforms_own_wait_is_kept(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [throttled(50), DELIVERED]}
    await bench.service().on_message(message(TRIGGER))
    bench.clock.now += timedelta(seconds=50)
    await settled(bench)
    assert bench.shown == [OFFER]
    bench.clock.now += timedelta(seconds=1)
    await until(lambda: len(bench.shown) == 2)


async def test_one_persons_wait_holds_up_nobody_else(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [throttled(50), DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    await service.on_message(message(TRIGGER, "m2", person="person-2"))
    assert [person for _, person, _ in bench.adapter.private] == ["person-1", "person-2"]


async def test_what_may_have_arrived_is_tried_again_a_minute_later_and_says_so(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [AMBIGUOUS, AMBIGUOUS, DELIVERED]}
    await bench.service().on_message(message(TRIGGER))
    for number in (2, 3):
        bench.clock.now += schedule.IN_DOUBT - timedelta(seconds=1)
        await settled(bench)
        assert len(bench.shown) == number - 1
        bench.clock.now += timedelta(seconds=1)
        await until(lambda number=number: len(bench.shown) == number)  # type: ignore[misc]
    assert [attempt.doubts for attempt in bench.adapter.attempts if attempt] == [0, 1, 2]


async def test_a_road_that_leads_nowhere_leaves_no_doubt_about_the_next(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [AMBIGUOUS, UNREACHABLE], Road.EPHEMERAL: [AMBIGUOUS, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    for _ in range(2):
        await settled(bench)
        bench.clock.now += schedule.IN_DOUBT
    await until(lambda: 'outcome="delivered"' in promises(service))
    doubts = [attempt.doubts for attempt in bench.adapter.attempts if attempt]
    taken = [road for road, _ in bench.shown]
    assert list(zip(taken, doubts, strict=True)) == [
        (Road.DIRECT, 0),
        (Road.DIRECT, 1),
        (Road.EPHEMERAL, 0),
        (Road.DIRECT, 0),
        (Road.EPHEMERAL, 1),
    ]


async def test_nothing_is_delivered_after_ten_minutes(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [FAILED, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    bench.clock.now += timedelta(minutes=10)
    await until(lambda: 'outcome="expired"' in promises(service))
    await settled(bench)
    assert bench.shown == [OFFER]
    assert await open_promises(bench.store) == 0


async def test_whoever_got_nothing_may_be_offered_it_at_the_next_message(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [FAILED, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    bench.clock.now += timedelta(minutes=11)
    await until(lambda: 'outcome="expired"' in promises(service))
    again = message(TRIGGER, "m2")
    await service.on_message(again.__class__(again.origin, "m2", TRIGGER, bench.clock.now))
    assert bench.shown == [OFFER, OFFER]


async def test_whoever_may_have_got_it_is_not_offered_it_again(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [AMBIGUOUS]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    bench.clock.now += timedelta(minutes=11)
    await until(lambda: 'outcome="ambiguous"' in promises(service))
    again = message(TRIGGER, "m2")
    await service.on_message(again.__class__(again.origin, "m2", TRIGGER, bench.clock.now))
    await settled(bench)
    assert bench.shown == [OFFER]


async def test_a_clock_set_back_by_hours_brings_nothing_late(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [FAILED, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    bench.clock.now = START - timedelta(hours=3)
    await until(lambda: 'outcome="expired"' in promises(service))
    bench.clock.now = START + timedelta(minutes=1)  # three hours later
    await settled(bench)
    assert bench.shown == [OFFER]
    assert await open_promises(bench.store) == 0


async def test_whoever_says_stop_meanwhile_gets_nothing(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [FAILED, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    await service.on_press(press("q1:stop"))
    assert await open_promises(bench.store) == 0
    bench.clock.now += timedelta(minutes=1)
    await settled(bench)
    assert bench.shown == [OFFER, (Road.ANSWER, "stopped")]


async def test_a_stop_that_the_database_does_not_know_yet_holds(bench: Bench) -> None:
    bench.adapter.replies = {Road.DIRECT: [FAILED, DELIVERED]}
    service = bench.service()
    await service.on_message(message(TRIGGER))
    unsaved = service.offers.optouts
    unsaved._unsaved[unsaved.keys(Person("fake", "person-1"))] = ()  # as when the disk is full
    bench.clock.now += timedelta(minutes=1)
    await until(lambda: 'outcome="opted_out"' in promises(service))
    assert bench.shown == [OFFER]


async def test_what_arrived_while_the_database_went_away_is_not_sent_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = bench.service()
    fine = bench.store.outbox.settle
    gone = True

    async def settle(*args: object, **named: object) -> None:
        if gone:
            from bot.errors import StorageError

            raise StorageError("away")
        await fine(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(bench.store.outbox, "settle", settle)
    await service.on_message(message(TRIGGER))
    bench.clock.now += 2 * LEASE
    await settled(bench)
    assert bench.shown == [OFFER]
    gone = False
    bench.clock.now += 2 * LEASE
    await settled(bench)
    assert bench.shown == [OFFER]
    assert await open_promises(bench.store) == 0


async def test_a_stop_lets_what_is_being_sent_arrive(bench: Bench) -> None:
    class Slow(FakeAdapter):
        async def send_private(
            self, origin: Origin, screen: Screen, road: Road, attempt: Attempt | None = None
        ) -> Receipt:
            await asyncio.sleep(0.3)
            return await super().send_private(origin, screen, road, attempt)

    bench.adapter = Slow()
    service = bench.service()
    consider = asyncio.create_task(service.on_message(message(TRIGGER)))
    await until(lambda: bool(service.offers.dispatcher._trying))
    await service.offers.dispatcher.stop(5)
    await consider
    assert bench.shown == [OFFER]
    assert await open_promises(bench.store) == 0


async def test_a_note_cut_off_before_it_was_posted_comes_at_the_next_start(bench: Bench) -> None:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    service = bench.service()
    await service.on_message(message(TRIGGER))
    await bench.kill(service)
    bench.service()
    note = await bench.note()
    assert note.id == "note"


async def test_a_note_cut_off_while_it_was_posted_is_tried_once_more_in_doubt(bench: Bench) -> None:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    working, bench.adapter = bench.adapter, StuckNote(dict(NO_PRIVATE_ROAD))
    stuck = bench.adapter
    service = bench.service()
    await service.on_message(message(TRIGGER))
    await bench.note()
    await bench.kill(service)
    bench.adapter = working
    second: Service = bench.service()
    bench.clock.now += LEASE
    await until(lambda: bool(bench.adapter.public))
    await until(lambda: 'outcome="note"' in promises(second))
    before, after = stuck.attempts[-1], bench.adapter.attempts[-1]
    assert before is not None
    assert after is not None
    assert (before.key, before.doubts, after.doubts) == (after.key, 0, 1)


class StuckNote(FakeAdapter):
    """Private roads answer; the connection hangs when a note is posted."""

    async def send_note(self, place: Place, screen: Screen, attempt: Attempt | None = None) -> Receipt:
        await super().send_note(place, screen, attempt)
        await asyncio.Event().wait()
        raise AssertionError
