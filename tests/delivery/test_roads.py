"""Is a screen taken by the first road that leads to the person, and never twice?"""

from datetime import timedelta

import pytest

from bot.delivery.roads import ASKED_RETRIES, OFFER_RETRIES, Roads
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
    roads = Roads(adapter, (clock or Clock()).sleep, Metrics())
    return await roads.walk(origin(), SCREEN, OFFER, OFFER_RETRIES)


def taken(adapter: FakeAdapter) -> list[Road]:
    return [road for road, _, _ in adapter.private]


async def test_the_first_road_that_delivers_is_the_last_tried() -> None:
    adapter = FakeAdapter()
    assert await walk(adapter) is Outcome.DELIVERED
    assert taken(adapter) == [Road.DIRECT]


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
    assert taken(adapter) == [Road.DIRECT] * (1 + len(OFFER_RETRIES)) + [Road.EPHEMERAL]


async def test_a_wait_longer_than_help_is_worth_is_not_waited() -> None:
    adapter, clock = FakeAdapter({Road.DIRECT: [throttled(600)]}), Clock()
    assert await walk(adapter, clock) is Outcome.DELIVERED
    assert (taken(adapter), clock.slept) == ([Road.DIRECT, Road.EPHEMERAL], [])


async def test_somebody_who_asked_waits_seconds_at_most() -> None:
    adapter, clock = FakeAdapter({Road.ANSWER: [FAILED]}), Clock()
    await Roads(adapter, clock.sleep, Metrics()).walk(origin(), SCREEN, (Road.ANSWER,), ASKED_RETRIES)
    assert sum(clock.slept) <= 5


async def test_every_road_is_counted() -> None:
    adapter, metrics = FakeAdapter({Road.DIRECT: [UNREACHABLE]}), Metrics()
    await Roads(adapter, Clock().sleep, metrics).walk(origin(), SCREEN, OFFER, ())
    text = metrics.render().decode()
    assert 'quietline_deliveries_total{outcome="unreachable",platform="fake",route="direct"} 1.0' in text
    assert 'quietline_deliveries_total{outcome="delivered",platform="fake",route="ephemeral"} 1.0' in text
