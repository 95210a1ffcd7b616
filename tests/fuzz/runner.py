"""How often was what tried, and what broke?"""

import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, TypeAlias, cast

from hypothesis import HealthCheck, settings

# Bytes from which an input is built; raises what it found.
Target: TypeAlias = Callable[[bytes], object]

_SETTINGS = settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
_REPOSITORY = Path(__file__).resolve().parents[2]
_LONGEST_INPUT = 8_000
# Of processor time; an input that takes longer is a way to keep the bot busy.
SLOWEST = 10.0


class SlowError(Exception):
    """An input took more than SLOWEST seconds."""


@dataclass(frozen=True, slots=True)
class Crash:
    """What broke and where; `number` is the execution that shows it again."""

    target: str
    number: int
    what: str
    where: str

    @property
    def kind(self) -> tuple[str, str, str]:
        """The same for crashes with one cause."""
        return self.target, self.what, self.where


@dataclass(slots=True)
class Report:
    """Executions of every target, and the first of every kind of crash."""

    executions: Counter[str] = field(default_factory=Counter)
    crashes: dict[tuple[str, str, str], Crash] = field(default_factory=dict)


def fuzzed(test: Callable[..., None]) -> Target:
    """Return a hypothesis test as a target."""
    target: Target = cast(Any, _SETTINGS(test)).hypothesis.fuzz_one_input
    return target


def fuzz(
    targets: Mapping[str, Target],
    seed: int,
    go_on: Callable[[], bool],
    processor_time: Callable[[], float],
    first: int = 0,
) -> Report:
    """Try the targets in turn until `go_on` says no, from execution `first`; `seed` decides every input."""
    report = Report()
    for number in count(first):
        for name, target in targets.items():
            if not go_on():
                return report
            crash = _try(name, target, seed, number, processor_time)
            report.executions[name] += 1
            if crash:
                report.crashes.setdefault(crash.kind, crash)
    raise AssertionError


def _try(
    name: str, target: Target, seed: int, number: int, processor_time: Callable[[], float]
) -> Crash | None:
    draw = Random(f"{seed} {name} {number}")  # noqa: S311 - the same every time
    started = processor_time()
    try:
        target(draw.randbytes(draw.randrange(_LONGEST_INPUT)))
        if processor_time() - started > SLOWEST:
            raise SlowError
    except Exception as fault:
        return Crash(name, number, type(fault).__name__, _where(fault))
    return None


def _where(fault: Exception) -> str:
    """The innermost line of ours."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_REPOSITORY)]
    ours = [frame for frame in ours if ".venv" not in frame.filename] or list(frames)
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}"
