"""Is a screen taken by the first road that leads to the person, and never twice?"""

from datetime import datetime, timedelta

import pytest

from bot.delivery.roads import ASKED, OFFERED, Roads
from bot.model import Outcome, Receipt, Road, Screen
from bot.ops.metrics import Metrics
from tests.fakes import DELIVERED, UNREACHABLE, Clock, FakeAdapter, origin

SCREEN = Screen("sextortion", "Hi.")
FAILED = Receipt(Outcome.FAILED)
AMBIGUOUS = Receipt(Outcome.AMBIGUOUS)
OFFER = (Road.DIRECT, Road.EPHEMERAL, Road.NOTE)


def throttled(seconds: float) -> Receipt:
    return Receipt(Outcome.THROTTLED, retry_after=timedelta(seconds=seconds))


async def walk(adapter: FakeAdapter, clock: Clock | None = None) -> Outcome:
    return await roads(adapter, clock or Clock()).walk(origin(), SCREEN, OFFER, OFFERED)


def roads(adapter: FakeAdapter, clock: Clock, metrics: Metrics | None = None) -> Roads:
    return Roads(adapter, clock.sleep, clock, metrics or Metrics())


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
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(7), DELIVERED]}), Clock()
    assert await walk(adapter, clock) is Outcome.DELIVERED
    assert clock.slept == [7]


@pytest.mark.parametrize("refusal", [FAILED, throttled(5)], ids=["failed", "throttled"])
async def test_after_the_retries_the_next_road_is_taken(refusal: Receipt) -> None:
    adapter = FakeAdapter({Road.DIRECT: [refusal]})
    assert await walk(adapter) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT] * (1 + len(OFFERED.pauses)) + [Road.EPHEMERAL]


async def test_a_wait_longer_than_help_is_worth_is_not_waited() -> None:
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(600)]}), Clock()
    assert await walk(adapter, clock) is Outcome.DELIVERED
    assert (taken(adapter), clock.slept) == ([Road.DIRECT, Road.EPHEMERAL], [])


@pytest.mark.parametrize("refusal", [FAILED, throttled(5), throttled(50)], ids=["failed", "5 s", "50 s"])
async def test_somebody_who_asked_waits_seconds_at_most(refusal: Receipt) -> None:
    adapter, clock = FakeAdapter({Road.ANSWER: [refusal]}), Clock()
    await roads(adapter, clock).walk(origin(), SCREEN, (Road.ANSWER,), ASKED)
    assert sum(clock.slept) <= 10


async def test_a_road_the_platform_closes_for_long_is_left_alone_until_then() -> None:
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(900)]}), Clock()
    walker = roads(adapter, clock)
    for _ in range(3):
        assert await walker.walk(origin(), SCREEN, OFFER, OFFERED) is Outcome.DELIVERED
    assert taken(adapter).count(Road.DIRECT) == 1
    clock.now += timedelta(seconds=900)
    await walker.walk(origin(), SCREEN, OFFER, OFFERED)
    assert taken(adapter).count(Road.DIRECT) == 2


async def test_every_road_is_counted() -> None:
    adapter, metrics = FakeAdapter({Road.DIRECT: [UNREACHABLE]}), Metrics()
    await roads(adapter, Clock(), metrics).walk(origin(), SCREEN, OFFER, OFFERED)
    text = metrics.render().decode()
    assert 'quietline_deliveries_total{outcome="unreachable",platform="fake",route="direct"} 1.0' in text
    assert 'quietline_deliveries_total{outcome="delivered",platform="fake",route="ephemeral"} 1.0' in text
