"""When do triggers of different people make a raid, and when is it over?"""

from datetime import datetime, timedelta

from bot.guard import Raids, Standing
from tests.fakes import START

MINUTE = timedelta(minutes=1)
CALM, BEGINS, RAIDED = Standing.CALM, Standing.BEGINS, Standing.RAIDED


def raids() -> Raids:
    return Raids(5, 10 * MINUTE, 60 * MINUTE)


def crowd(counted: Raids, people: range, now: datetime = START, community: str = "c") -> list[Standing]:
    return [counted.add(community, f"person {number}", now) for number in people]


def test_the_sixth_person_within_ten_minutes_begins_a_raid_once() -> None:
    assert crowd(raids(), range(8)) == [CALM] * 5 + [BEGINS] + [RAIDED] * 2


def test_one_person_is_no_raid_however_often_they_write() -> None:
    counted = raids()
    assert [counted.add("c", "person", START + n * MINUTE) for n in range(50)] == [CALM] * 50


def test_people_one_after_the_other_are_no_raid() -> None:
    counted = raids()
    assert [counted.add("c", f"{n}", START + 2 * n * MINUTE) for n in range(50)] == [CALM] * 50


def test_other_communities_stay_as_they_are() -> None:
    counted = raids()
    crowd(counted, range(8))
    assert crowd(counted, range(5), community="d") == [CALM] * 5


def test_it_lasts_an_hour_and_then_all_is_as_before() -> None:
    counted = raids()
    crowd(counted, range(6))
    assert counted.add("c", "victim", START + 59 * MINUTE) is RAIDED
    assert counted.add("c", "victim", START + 60 * MINUTE) is CALM
    assert crowd(counted, range(6), START + 61 * MINUTE)[-2:] == [BEGINS, RAIDED]


def test_it_goes_on_while_so_many_write() -> None:
    counted = raids()
    crowd(counted, range(6))
    assert set(crowd(counted, range(6), START + 50 * MINUTE)) == {RAIDED}
    assert counted.add("c", "victim", START + 109 * MINUTE) is RAIDED
    assert counted.add("c", "victim", START + 110 * MINUTE) is CALM


def test_little_is_held_and_only_while_it_matters() -> None:
    counted = raids()
    crowd(counted, range(1_000))
    assert len(counted._lately["c"].writers) == 6
    counted.sweep(START + 10 * MINUTE)
    assert not counted._lately["c"].writers
    assert counted.add("c", "victim", START + 11 * MINUTE) is RAIDED
    counted.sweep(START + 61 * MINUTE)
    assert not counted._lately
    for number in range(6_000):
        counted.add(str(number), "person", START)
    assert len(counted._lately) == 5_000
