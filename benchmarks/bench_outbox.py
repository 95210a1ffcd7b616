"""What does an offer's way through the outbox cost, beside the same statements on the bare driver?"""

import asyncio
import gc
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.figures import Figure, micros
from bot.storage import Count, Promise, Store

LASTING, LEASE = timedelta(hours=24), timedelta(seconds=60)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
COUNT = Count(NOW.date(), "x", "t", "trigger", "promised")
SEALED = b"s" * 180

_PROMISE = (
    "SELECT person FROM optout WHERE person = ?",
    "INSERT INTO cooldown VALUES ('offer', ?, 2) ON CONFLICT DO UPDATE SET until = 2 WHERE until <= 1",
    "INSERT INTO outbox VALUES (?, 'p', 'x', x'00', 'private', 0, 0, '', 0, 1, 0, 9)",
)
_COUNT = "INSERT INTO daily_count VALUES ('d', 'x', ?, 's', 'o', 1) ON CONFLICT DO UPDATE SET n = n + 1"
_TAKE = (
    "UPDATE outbox SET lease_until = 2, doubts = 1 WHERE key IN (SELECT key FROM outbox"
    " WHERE lease_until <= 1 ORDER BY due LIMIT 8) AND key = ? RETURNING *"
)
_SETTLE = "DELETE FROM outbox WHERE key = ?"


def measure(offers: int = 100, rounds: int = 5) -> Iterator[Figure]:
    """Yield the time of promising, taking and ending one; the wait for the disk counts."""
    found: list[tuple[float, float]] = []
    for _ in range(rounds + 1):  # the first is for warming up
        with tempfile.TemporaryDirectory() as folder:
            costs = asyncio.run(_ours(Path(folder), offers))
            found.append((costs, _bare(Path(folder) / "outbox.db", offers)))
    ours, bare = (median(pair[at] for pair in found[1:]) for at in (0, 1))
    ratio = median(one / other for one, other in found[1:])
    yield Figure("an offer in the outbox", micros(ours), micros(bare), f"{ratio:.1f}x", "", None)


async def _ours(folder: Path, offers: int) -> float:
    store = Store("sqlite:///outbox.db", folder)
    await store.open()
    gc.collect()
    start = time.perf_counter()
    for _ in range(offers):
        key = secrets.token_hex(10)
        promise = Promise(key, key, "x", SEALED, NOW, NOW + LASTING)
        await store.outbox.promise(
            promise, optout=(key,), cooldown=(key,), now=NOW, lasting=LASTING, count=COUNT
        )
        (taken,) = await store.outbox.take("x", NOW, NOW + LEASE, 8, NOW + LASTING)
        await store.outbox.settle(taken.key, count=COUNT)
    spent = time.perf_counter() - start
    await store.close()
    return spent / offers * 1e6


def _bare(path: Path, offers: int) -> float:
    """Do the same with SQLite's own driver in this thread, as safely written."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("PRAGMA secure_delete=ON")
        gc.collect()
        start = time.perf_counter()
        for _ in range(offers):
            key = secrets.token_hex(10)
            for statements in ((*_PROMISE, _COUNT), (_TAKE,), (_SETTLE, _COUNT)):
                database.execute("BEGIN IMMEDIATE")
                for statement in statements:
                    database.execute(statement, (key,)).fetchall()
                database.execute("COMMIT")
        return (time.perf_counter() - start) / offers * 1e6
