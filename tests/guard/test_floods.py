"""Is a flood left alone, and a frightened person who taps quickly never?"""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.config import Defaults
from bot.guard import Floods
from bot.model import Person
from bot.privacy import Pseudonyms
from tests.bench import Bench
from tests.fakes import NAME, START

KIM, LEE = Person(NAME, "person-1"), Person(NAME, "person-2")
SECOND = timedelta(seconds=1)


def floods() -> Floods:
    return Floods(Pseudonyms(b"s" * 32), Defaults().answers_in_10_seconds)


def presses(counted: Floods, times: int, each: timedelta, begin: datetime = START) -> list[bool]:
    return [counted.hears(KIM, begin + number * each) for number in range(times)]


def test_of_a_flood_the_first_two_hundred_are_heard_and_nobody_elses_are_lost() -> None:
    counted = floods()
    assert presses(counted, 600, SECOND / 60) == [True] * 200 + [False] * 400
    assert counted.hears(LEE, START + 10 * SECOND)


def test_after_ten_calm_seconds_they_are_heard_again() -> None:
    counted = floods()
    presses(counted, 600, SECOND / 60)
    assert counted.hears(KIM, START + 20 * SECOND)


def test_whoever_slows_down_is_heard_again_within_ten_seconds_of_pressing_on() -> None:
    counted = floods()
    presses(counted, 600, SECOND / 60)
    slower = presses(counted, 20, SECOND, START + 10 * SECOND)
    assert slower[10:] == [True] * 10


@given(st.lists(st.integers(51, 5_000), min_size=1, max_size=400))
def test_whoever_taps_less_than_twenty_times_a_second_is_always_heard(pauses: list[int]) -> None:
    counted, now = floods(), START
    for pause in pauses:
        now += timedelta(milliseconds=pause)
        assert counted.hears(KIM, now)


async def test_what_is_left_unanswered_is_counted_and_what_is_held_names_nobody(bench: Bench) -> None:
    service = bench.service()
    assert [service.hears(KIM) for _ in range(205)] == [True] * 200 + [False] * 5
    assert 'quietline_floods_total{platform="fake"} 5.0' in service.metrics.render().decode()
    held = service.floods._tries._moments
    assert held
    assert KIM.id not in str(held)
    bench.clock.now += timedelta(seconds=10)
    await service.tend()
    assert not held
