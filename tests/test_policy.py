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
    offer_cooldown,
    roads_for_command,
    roads_for_offer,
    roads_for_press,
)
from tests.fakes import DIRECT, GROUP, START

MOMENTS = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("mode", "age", "decision"),
    [
        (Mode.PRIVATE, timedelta(0), Offer("sextortion", "r")),
        (Mode.PRIVATE, timedelta(minutes=5), Offer("sextortion", "r")),
        (Mode.PRIVATE, timedelta(minutes=5, seconds=1), Silence(Reason.STALE)),
        (Mode.SHADOW, timedelta(0), Silence(Reason.SHADOW)),
        (Mode.OFF, timedelta(0), Silence(Reason.NO_MATCH)),
    ],
)
def test_the_mode_and_the_age_decide(mode: Mode, age: timedelta, decision: Offer | Silence) -> None:
    assert decide("sextortion", "r", mode, START - age, START) == decision


def test_without_a_rule_there_is_silence() -> None:
    assert decide(None, None, Mode.PRIVATE, START, START) == Silence(Reason.NO_MATCH)


@given(MOMENTS)
def test_a_cool_down_lasts_a_day_and_ends_on_a_full_hour(now: datetime) -> None:
    lasting = offer_cooldown(now)
    assert timedelta(hours=24) < lasting <= timedelta(hours=25)
    assert (now + lasting).minute == (now + lasting).second == (now + lasting).microsecond == 0


def test_a_note_is_always_the_last_road_and_only_where_others_read() -> None:
    for roads in (roads_for_command(GROUP), roads_for_offer()):
        assert roads.index(Road.NOTE) == len(roads) - 1
    assert Road.NOTE not in (*roads_for_command(DIRECT), *roads_for_press())
