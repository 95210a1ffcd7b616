"""Does the fuzzer find nothing in what is there, and something where there is something?"""

import re
from collections.abc import Iterator
from itertools import count, repeat

import pytest

from tests.fuzz.__main__ import NAMES, main
from tests.fuzz.runner import SLOWEST, Report, Target, fuzz

SECONDS = 5


def test_a_few_seconds_of_it_find_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--minutes", str(SECONDS / 60), "--seed", "1"]) == 0
    said = capsys.readouterr().out
    assert all(re.search(rf"{name} [1-9]", said) for name in NAMES)


def _broken(content: bytes) -> None:
    if content[:1] > b"\x7f":
        raise KeyError(content)


def _fuzz(target: Target, clock: Iterator[float]) -> Report:
    left = iter(range(100))
    return fuzz({"it": target}, 1, lambda: next(left, None) is not None, lambda: next(clock))


def test_what_breaks_is_found_once_and_again() -> None:
    report = _fuzz(_broken, repeat(0.0))
    assert report.executions.total() == 100
    (crash,) = report.crashes.values()
    assert (crash.what, crash.where.split()[1]) == ("KeyError", "_broken")
    left = iter(range(1))
    again = fuzz({"it": _broken}, 1, lambda: next(left, None) is not None, lambda: 0.0, first=crash.number)
    assert list(again.crashes) == [crash.kind]


def test_what_takes_too_long_is_a_find() -> None:
    (crash,) = _fuzz(bytes.hex, count(0.0, SLOWEST + 1)).crashes.values()
    assert crash.what == "SlowError"
