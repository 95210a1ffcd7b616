"""Which run is made, and how is it told?"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.soak.crash import Plan, crash
from tests.soak.report import Report
from tests.storage.server import database, server

PAUSE = 0.02


def main() -> int:
    """Run it on each database; return 0 if everybody was helped as promised, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=2000, help="on each platform and database")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    chosen = parser.parse_args()
    bad = 0
    for name in chosen.database or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, _url(name) as url:
            plan = Plan(chosen.offers, chosen.kills, PAUSE, url, chosen.seed)
            report = asyncio.run(crash(Path(folder), plan, _progress))
        _progress("")
        for line in report.lines():
            print(line, flush=True)  # noqa: T201
        for line in failures(report):
            print(f"FAILED: {line}", flush=True)  # noqa: T201
            bad += 1
    return 1 if bad else 0


def failures(report: Report) -> Iterator[str]:
    """Say what should not have happened."""
    if report.exit_code:
        yield f"the bot ended with {report.exit_code}"
    if report.left:
        yield f"{report.left} offers are still in the outbox"
    for tally in report.tallies:
        wrong = {
            "lost": tally.lost,
            "more than twice": tally.more,
            "late": tally.late,
            "seen by others": tally.leaks,
            "twice without need": tally.twice - tally.unclear,
            "twice where the platform knows repeats": tally.twice if tally.platform == "discord" else 0,
        }
        yield from (f"{tally.platform}: {number} {what}" for what, number in wrong.items() if number)


@contextmanager
def _url(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield "sqlite:///quietline.db"
        return
    with server() as running:
        yield asyncio.run(database(running))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:60}\r")
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
