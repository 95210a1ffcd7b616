"""Does a note that nobody asked for come late, once in six hours, and point at nobody?"""

import asyncio
from datetime import timedelta

import pytest

from bot.config import Defaults
from bot.model import Outcome, Receipt
from bot.service import Service
from tests.bench import NO_PRIVATE_ROAD, TRIGGER, Bench, promises, until
from tests.fakes import command, message


@pytest.fixture
async def service(bench: Bench) -> Service:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    return bench.service()


async def trigger(service: Service, number: int) -> None:
    await service.on_message(message(TRIGGER, f"m{number}", person=f"person-{number}"))


async def ended(service: Service, outcome: str, times: int = 1) -> None:
    await until(lambda: f'outcome="{outcome}",platform="fake"}} {times}.0' in promises(service))


async def test_it_comes_after_the_delay(bench: Bench, service: Service) -> None:
    await trigger(service, 1)
    bench.clock.now += timedelta(seconds=29)
    await asyncio.sleep(0.1)
    assert not bench.adapter.public
    bench.clock.now += timedelta(seconds=1)
    await ended(service, "note")
    assert [note.id for note in bench.adapter.public] == ["note"]


async def test_a_second_one_within_the_cool_down_is_left_out(bench: Bench, service: Service) -> None:
    await trigger(service, 1)
    await bench.note()
    await until(lambda: bool(bench.adapter.removed))
    await trigger(service, 2)
    bench.clock.now += timedelta(minutes=2)
    await ended(service, "unreachable")
    assert len(bench.adapter.public) == 1


async def test_one_that_stands_serves_the_next(bench: Bench, service: Service) -> None:
    service.notes.sleep = lambda _: asyncio.sleep(30)
    await trigger(service, 1)
    await bench.note()
    await trigger(service, 2)
    bench.clock.now += timedelta(minutes=2)
    await ended(service, "note", 2)
    assert len(bench.adapter.public) == 1


async def test_one_that_somebody_asked_for_starts_the_cool_down(bench: Bench, service: Service) -> None:
    await service.on_command(command("help", seen=True))
    await until(lambda: bool(bench.adapter.removed))
    await asyncio.sleep(0.1)
    await trigger(service, 1)
    bench.clock.now += timedelta(minutes=2)
    await ended(service, "unreachable")
    assert len(bench.adapter.public) == 1


async def test_it_can_be_switched_off(bench: Bench) -> None:
    bench.adapter.replies = dict(NO_PRIVATE_ROAD)
    quiet = bench.service(Defaults.model_validate({"notice": {"enabled": False}}))
    await trigger(quiet, 1)
    await ended(quiet, "unreachable")
    assert not bench.adapter.public


async def test_one_that_could_not_be_posted_starts_no_cool_down(bench: Bench, service: Service) -> None:
    bench.adapter.note = Receipt(Outcome.UNREACHABLE)
    await trigger(service, 1)
    bench.clock.now += timedelta(seconds=31)
    await ended(service, "unreachable")
    bench.adapter.note = Receipt(Outcome.DELIVERED, note="note-4")
    await trigger(service, 2)
    bench.clock.now += timedelta(seconds=31)
    await ended(service, "note")


async def test_one_that_did_not_go_out_is_posted_again(bench: Bench, service: Service) -> None:
    bench.adapter.note = Receipt(Outcome.FAILED)
    await trigger(service, 1)
    await bench.note()
    await asyncio.sleep(0.1)
    bench.adapter.note = Receipt(Outcome.DELIVERED, note="note-4")
    bench.clock.now += timedelta(seconds=3)
    await ended(service, "note")
    assert [attempt.doubts for attempt in bench.adapter.attempts[-2:] if attempt] == [0, 0]


async def test_one_that_may_stand_is_never_posted_blindly(bench: Bench, service: Service) -> None:
    bench.adapter.note = Receipt(Outcome.AMBIGUOUS)
    await trigger(service, 1)
    await bench.note()
    await asyncio.sleep(0.1)
    bench.clock.now += timedelta(minutes=1, seconds=1)
    await until(lambda: len(bench.adapter.public) == 2)
    first, second = bench.adapter.attempts[-2:]
    assert first is not None
    assert second is not None
    assert (first.key, first.doubts, second.doubts) == (second.key, 0, 1)
