"""Are things counted over a sliding time, for a bounded number of keys?"""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.guard.windows import Windows
from tests.fakes import START

LASTING = timedelta(seconds=10)
STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 5)), max_size=60)


@given(st.integers(1, 4), STEPS)
def test_it_agrees_with_counting_them_all(most: int, steps: list[tuple[str, int]]) -> None:
    windows, now = Windows(most, LASTING, 2), START
    happened: list[tuple[str, datetime]] = []
    for key, seconds in steps:
        now += timedelta(seconds=seconds)
        lately = sum(one == key and now - at < LASTING for one, at in happened)
        assert windows.is_full(key, now) == (lately >= most)
        windows.add(key, now)
        happened.append((key, now))
        windows.sweep(now)


def test_what_did_not_happen_is_uncounted() -> None:
    windows = Windows(1, LASTING, 2)
    windows.add("a", START)
    windows.take_back("a", START)
    windows.take_back("a", START)
    windows.take_back("b", START)
    assert not windows.is_full("a", START)


def test_the_oldest_keys_are_forgotten_when_there_are_too_many() -> None:
    windows = Windows(1, LASTING, 2)
    for key in "abac":
        windows.add(key, START)
    assert [windows.is_full(key, START) for key in "abc"] == [True, False, True]


def test_nothing_is_held_of_what_is_over() -> None:
    windows = Windows(1, LASTING, 2)
    windows.add("a", START)
    windows.sweep(START + LASTING / 2)
    assert windows._moments
    windows.sweep(START + LASTING)
    assert not windows._moments


def test_a_clock_set_back_shuts_nobody_out() -> None:
    windows = Windows(1, LASTING, 2)
    windows.add("a", START)
    assert not windows.is_full("a", START - timedelta(hours=1))
