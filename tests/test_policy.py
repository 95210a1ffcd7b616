"""When does the bot speak, and when does a cool-down end?"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Road
from bot.policy import (
    Mode,
    Offer,
    Reason,
    Silence,
    decide,
    note_cooldown,
    offer_cooldown,
    roads_for_asker,
    roads_for_offer,
    roads_for_press,
    too_late,
)
from tests.fakes import DIRECT, START, origin

MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("mode", "age", "decision"),
    [
        (Mode.PRIVATE, timedelta(0), Offer("sextortion", "r")),
        (Mode.PRIVATE, timedelta(minutes=5), Offer("sextortion", "r")),
        (Mode.PRIVATE, timedelta(minutes=5, seconds=1), Silence(Reason.STALE)),
        (Mode.SHADOW, timedelta(0), Silence(Reason.SHADOW)),
    ],
)
def test_the_mode_and_the_age_decide(mode: Mode, age: timedelta, decision: Offer | Silence) -> None:
    assert decide("sextortion", "r", mode, START - age, START) == decision


@given(MOMENTS)
def test_a_cool_down_lasts_a_day_and_ends_on_a_full_hour(now: datetime) -> None:
    lasting = offer_cooldown(now)
    assert timedelta(hours=24) < lasting <= timedelta(hours=25)
    assert (now + lasting).minute == (now + lasting).second == (now + lasting).microsecond == 0


@given(MOMENTS)
def test_the_cool_down_of_a_note_ends_on_a_full_hour_too(now: datetime) -> None:
    lasting = note_cooldown(now, 6)
    assert timedelta(hours=6) < lasting <= timedelta(hours=7)
    assert (now + lasting).minute == (now + lasting).second == (now + lasting).microsecond == 0


def test_a_note_is_always_the_last_road_and_only_after_what_others_saw() -> None:
    for roads in (roads_for_asker(origin(seen=True)), roads_for_offer()):
        assert roads.index(Road.NOTE) == len(roads) - 1
    unseen = (
        *roads_for_asker(origin(seen=False)),
        *roads_for_asker(origin(place=DIRECT)),
        *roads_for_press(),
    )
    assert Road.NOTE not in unseen


def test_whoever_asked_long_ago_is_not_answered() -> None:
    assert not too_late(START - timedelta(minutes=15), START)
    assert too_late(START - timedelta(minutes=15, seconds=1), START)
