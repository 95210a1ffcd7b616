"""Does one outage stay one: is who asks answered, is what was promised kept once, and does the bot stop?"""

import asyncio
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.beds.discord import DiscordBed, ServerError, Slow
from tests.beds.telegram import TelegramBed
from tests.e2e.both import Both
from tests.e2e.product import Product

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process, and SIGSTOP")
AT_ONCE = 2.0
STALLED = 12.0
DOWN = 3.0
LONGEST_STOP = 15.0
NO_LIMIT = resource.RLIM_INFINITY if sys.platform == "linux" else 0


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[Both, Product]]:
    """A bot on both beds; afterwards nobody else saw anything, and nothing broke."""
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        both = Both(discord, telegram)
        product = Product(folder, discord=discord, telegram=telegram, level="INFO")
        await product.start()
        try:
            yield both, product
            await stopped(product)
        finally:
            if product._running.returncode is None:
                await product.kill()
        assert not list(both.seen_by_others())
        assert not telegram.faults
        assert "Traceback" not in product.log
        assert "exception" not in product.log


async def stopped(product: Product) -> None:
    assert await product.stop() == 0, product.log


def limit(product: Product, size: int) -> None:
    """Let no file of the bot grow beyond this."""
    if sys.platform == "linux":
        resource.prlimit(product._running.pid, resource.RLIMIT_FSIZE, (size, NO_LIMIT))


def outages(product: Product) -> tuple[int, int]:
    """How often the database was lost, and how often found again, as the log has it."""
    return product.log.count("database lost: "), product.log.count("database is back: ")


async def test_a_database_that_is_locked_or_full_or_gone_silences_triggers_alone(tmp_path: Path) -> None:
    file = tmp_path / "quietline.db"
    async with running(tmp_path) as (both, product):
        both.discord.fail("POST", "/channels/*/messages", Slow(1.0), 3)
        both.telegram.fail("sendMessage", "slow", 3, seconds=1)
        promised = await both.cry(3)
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            await both.discord.wait_for(lambda: sum(both.offers(promised)))
            other.execute("BEGIN EXCLUSIVE")
            unheard = await both.cry(5)
            for _ in range(4):
                assert await both.ask() < AT_ONCE
                await asyncio.sleep(1)
        await both.offered(promised)
        assert outages(product)[0] == 1

        await asyncio.sleep(0.5)
        limit(product, 6_000)  # more than the log, less than one promise
        assert len(product.log) < 6_000
        full = await both.cry(3)
        await both.discord.wait_for(lambda: outages(product)[0] == 2)
        assert await both.ask() < AT_ONCE
        limit(product, NO_LIMIT)
        after = await both.cry(2)
        await both.offered(after)

        file.rename(tmp_path / "elsewhere.db")
        gone = await both.cry(3)
        assert await both.ask() < AT_ONCE
        await both.discord.wait_for(lambda: f"{file} is gone; put it back" in product.log)
        (tmp_path / "elsewhere.db").rename(file)
        after_all = await both.cry(2)
        await both.offered(after_all)
        assert outages(product) == (3, 3)

        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            at_last, began = await both.cry(15), time.monotonic()
            await stopped(product)
            assert time.monotonic() - began < LONGEST_STOP
        for kept in (promised, after, after_all):
            assert both.offers(kept) == [1] * len(both.offers(kept))
        assert not any(both.offers(at_last))
        for maybe in (unheard, full, gone):  # the bot may have heard of them when it was over
            assert max(both.offers(maybe)) <= 1


async def test_a_platform_that_is_down_and_a_process_that_stands_still_lose_nothing(tmp_path: Path) -> None:
    async with running(tmp_path) as (both, product):
        both.discord.fail("POST", "/users/@me/channels", ServerError(503), 99)
        both.telegram.fail("sendMessage", "server_error", None)
        promised = await both.cry(3)
        await both.discord.wait_for(lambda: waiting(tmp_path) == 6)
        await both.discord.down()
        await both.telegram.go_down()
        await asyncio.sleep(DOWN)
        both.discord._server.injected.queue.clear()
        both.telegram.heal()
        await both.discord.up()
        await both.telegram.come_up()
        await both.discord.bot_ready()
        await both.ask()
        await both.offered(promised, 60)

        both.discord.fail("POST", "/channels/*/messages", Slow(1.0), 5)
        on_their_way = await both.cry(5)
        gateway = both.discord.gateway
        session, identified = next(iter(gateway.sessions)), gateway.received.count("IDENTIFY")
        product._running.send_signal(signal.SIGSTOP)
        meanwhile = await both.cry(2)
        await asyncio.sleep(STALLED)
        product._running.send_signal(signal.SIGCONT)
        await both.ask()
        assert await both.ask() < AT_ONCE
        await both.offered(on_their_way)
        await both.offered(meanwhile)
        assert session in gateway.sessions
        assert gateway.received.count("IDENTIFY") == identified
        await stopped(product)
        everybody = range(len(both.members))
        assert both.offers(everybody) == [1] * 20


async def test_a_stop_amid_thirty_offers_loses_none_and_sends_none_twice(tmp_path: Path) -> None:
    async with running(tmp_path) as (both, product):
        both.discord.fail("POST", "/channels/*/messages", Slow(1.0), 99)
        both.telegram.fail("sendMessage", "slow", None, seconds=1)
        crowd = await both.cry(30)
        await both.discord.wait_for(lambda: sum(both.offers(crowd)) > 1 and waiting(tmp_path) > 30)
        began = time.monotonic()
        await stopped(product)
        assert time.monotonic() - began < LONGEST_STOP
        left = waiting(tmp_path)
        both.discord._server.injected.queue.clear()
        both.telegram.heal()
        both.discord.world.commands = None
        await product.start()
        await both.offered(crowd, 75)
        assert left > 0
        await stopped(product)
        assert both.offers(crowd) == [1] * 60


def waiting(folder: Path) -> int:
    """How many offers stand in the outbox."""
    with closing(sqlite3.connect(folder / "quietline.db")) as database:
        return int(database.execute("SELECT count(*) FROM outbox").fetchone()[0])
