"""`python -m tests.fuzz --minutes N` tries made-up input; the exit code is 1 when something broke."""

import argparse
import faulthandler
import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.runner import Report, fuzz
from tests.fuzz.targets import targets

MESSAGES = Path(__file__).resolve().parents[2] / "messages"
_FILES = ("messages", "conversations", "overlays", "packs", "histories")
NAMES = (*_FILES, "updates", "events", "ids", "tickets", "configs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code."""
    chosen = _parsed(arguments)
    with TemporaryDirectory() as folder:
        known = targets(MESSAGES, Path(folder))
        tried = {name: known[name] for name in chosen.target}
        go_on = _times(len(tried)) if chosen.number is not None else _until(chosen.minutes)
        report = fuzz(tried, chosen.seed, go_on, time.process_time, first=chosen.number or 0)
    _print(report, chosen.seed)
    return 1 if report.crashes else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0, help="decides every input")
    parser.add_argument("--target", nargs="+", choices=NAMES, default=NAMES, help="try only these")
    parser.add_argument("--number", type=int, help="try only this input, as a crash names it")
    return parser.parse_args(arguments)


def _until(minutes: float) -> Callable[[], bool]:
    ends = time.monotonic() + minutes * 60
    return lambda: time.monotonic() < ends


def _times(most: int) -> Callable[[], bool]:
    left = iter(range(most))
    return lambda: next(left, None) is not None


def _print(report: Report, seed: int) -> None:
    counts = ", ".join(f"{name} {count:,}" for name, count in report.executions.items())
    sys.stdout.write(f"{report.executions.total():,} executions ({counts}), {len(report.crashes)} crashes\n")
    for crash in report.crashes.values():
        sys.stdout.write(
            f"{crash.what} at {crash.where}; again with: "
            f"python -m tests.fuzz --seed {seed} --target {crash.target} --number {crash.number}\n"
        )


if __name__ == "__main__":
    logging.disable()  # discord.py logs what it cannot read
    faulthandler.enable()  # should a library written in C crash, it shows where
    sys.exit(main())
