"""Is a screen taken by the first road that leads to the person, and never twice?"""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.breaker import Breaker
from bot.delivery.roads import ASKED, Roads
from bot.model import Attempt, Outcome, Receipt, Road, Screen
from bot.ops.metrics import Metrics
from bot.storage import Store
from tests.fakes import DELIVERED, START, UNREACHABLE, Clock, FakeAdapter, origin

SCREEN = Screen("sextortion", "Hi.")
FAILED = Receipt(Outcome.FAILED)
AMBIGUOUS = Receipt(Outcome.AMBIGUOUS)
OFFER = (Road.DIRECT, Road.EPHEMERAL, Road.NOTE)


def throttled(seconds: float) -> Receipt:
    return Receipt(Outcome.THROTTLED, retry_after=timedelta(seconds=seconds))


async def walk(adapter: FakeAdapter, clock: Clock | None = None) -> Outcome:
    return await roads(adapter, clock or Clock()).walk(origin(), SCREEN, OFFER)


def roads(adapter: FakeAdapter, clock: Clock, metrics: Metrics | None = None) -> Roads:
    counters, nowhere = metrics or Metrics(), Store("sqlite:////nowhere/at/all.db", Path("/"))
    return Roads(adapter, clock.sleep, counters, Breaker("fake", nowhere.breakers, clock, counters))


def taken(adapter: FakeAdapter) -> list[Road]:
    return [road for road, _, _ in adapter.private]


async def test_the_first_road_that_delivers_is_the_last_tried() -> None:
    adapter = FakeAdapter()
    assert await walk(adapter) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT]


async def test_no_road_is_passed_over_while_time_goes_on() -> None:
    class Running(Clock):
        def __call__(self) -> datetime:
            self.now += timedelta(microseconds=1)
            return self.now

    adapter = FakeAdapter({Road.DIRECT: [UNREACHABLE]})
    assert await walk(adapter, Running()) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT, Road.EPHEMERAL]


async def test_the_next_road_is_tried_when_one_does_not_lead_there() -> None:
    adapter = FakeAdapter({Road.DIRECT: [UNREACHABLE]})
    assert await walk(adapter) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT, Road.EPHEMERAL]


async def test_walking_never_posts_a_note() -> None:
    adapter = FakeAdapter({Road.DIRECT: [UNREACHABLE], Road.EPHEMERAL: [UNREACHABLE]})
    assert await walk(adapter) is Outcome.UNREACHABLE
    assert Road.NOTE not in taken(adapter)
    assert not adapter.public


async def test_what_may_have_arrived_is_not_sent_again_by_any_road() -> None:
    adapter = FakeAdapter({Road.DIRECT: [AMBIGUOUS]})
    assert await walk(adapter) is Outcome.AMBIGUOUS
    assert taken(adapter) == [Road.DIRECT]


async def test_a_passing_refusal_is_waited_for_as_long_as_the_platform_says() -> None:
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(4), DELIVERED]}), Clock()
    assert await walk(adapter, clock) is Outcome.DELIVERED
    assert clock.slept == [4]


@pytest.mark.parametrize("refusal", [FAILED, throttled(5)], ids=["failed", "throttled"])
async def test_after_the_retries_the_next_road_is_taken(refusal: Receipt) -> None:
    adapter = FakeAdapter({Road.DIRECT: [refusal]})
    assert await walk(adapter) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT] * (1 + len(ASKED.pauses)) + [Road.EPHEMERAL]


async def test_a_wait_longer_than_help_is_worth_is_not_waited() -> None:
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(600)]}), Clock()
    assert await walk(adapter, clock) is Outcome.DELIVERED
    assert (taken(adapter), clock.slept) == ([Road.DIRECT, Road.EPHEMERAL], [])


async def once(adapter: FakeAdapter, again: datetime | None) -> Receipt:
    attempt = Attempt("k", START)
    walker = roads(adapter, Clock())
    _, receipt, due = await walker.try_once(origin(), SCREEN, OFFER, lambda _: attempt, 0.1, lambda _: again)
    assert due == (
        again if receipt.outcome in (Outcome.FAILED, Outcome.THROTTLED, Outcome.AMBIGUOUS) else None
    )
    return receipt


@pytest.mark.parametrize("refusal", [FAILED, throttled(5)], ids=["failed", "throttled"])
async def test_a_road_that_can_be_tried_again_in_time_is_not_passed_over(refusal: Receipt) -> None:
    adapter = FakeAdapter({Road.DIRECT: [refusal]})
    assert await once(adapter, START) == refusal
    assert taken(adapter) == [Road.DIRECT]


@pytest.mark.parametrize("refusal", [FAILED, throttled(5)], ids=["failed", "throttled"])
async def test_when_there_is_no_time_left_the_next_road_is_taken(refusal: Receipt) -> None:
    adapter = FakeAdapter({Road.DIRECT: [refusal]})
    assert (await once(adapter, None)).outcome is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT, Road.EPHEMERAL]


async def test_a_long_wait_is_not_waited_while_another_road_leads_there() -> None:
    adapter = FakeAdapter({Road.DIRECT: [throttled(120)]})
    assert (await once(adapter, START)).outcome is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT, Road.EPHEMERAL]


async def test_a_try_that_hangs_may_have_arrived() -> None:
    class Hanging(FakeAdapter):
        async def send_private(self, *_: object) -> Receipt:
            await asyncio.Event().wait()
            raise AssertionError

    assert (await once(Hanging(), START)).outcome is Outcome.AMBIGUOUS


@pytest.mark.parametrize("refusal", [FAILED, throttled(5), throttled(50)], ids=["failed", "5 s", "50 s"])
async def test_somebody_who_asked_waits_seconds_at_most(refusal: Receipt) -> None:
    adapter, clock = FakeAdapter({Road.ANSWER: [refusal]}), Clock()
    await roads(adapter, clock).walk(origin(), SCREEN, (Road.ANSWER,))
    assert sum(clock.slept) <= 10


async def test_what_went_wrong_is_told_in_sums_and_not_when_it_went_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    walker = roads(FakeAdapter({Road.DIRECT: [throttled(2)]}), Clock())
    for _ in range(3):
        await walker.walk(origin(), SCREEN, (Road.DIRECT,))
    told = [line for line in capsys.readouterr().out.splitlines() if "debug" not in line]
    assert told == []
    walker.report()
    walker.report()
    (line,) = capsys.readouterr().out.splitlines()
    assert "times=3" in line
    assert "outcome=throttled" in line


async def test_every_road_is_counted() -> None:
    adapter, metrics = FakeAdapter({Road.DIRECT: [UNREACHABLE]}), Metrics()
    await roads(adapter, Clock(), metrics).walk(origin(), SCREEN, OFFER)
    text = metrics.render().decode()
    assert 'quietline_deliveries_total{outcome="unreachable",platform="fake",route="direct"} 1.0' in text
    assert 'quietline_deliveries_total{outcome="delivered",platform="fake",route="ephemeral"} 1.0' in text
