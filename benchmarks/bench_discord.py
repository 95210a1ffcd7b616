"""What does judging add to what discord.py spends on a message?"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from benchmarks.figures import Figure
from benchmarks.timing import compare, each
from bot.detection import Detector

GOAL = 0.10
_ROOT = Path(__file__).resolve().parents[1]
_INTENTS = discord.Intents(guilds=True, guild_messages=True, message_content=True)


def measure(detector: Detector, batches: Iterable[list[str]]) -> Iterator[Figure]:
    """Yield the cost of judging beside that of receiving; the server runs in another process."""
    with _listening() as listener:
        judging = each(detector.judge)
        costs = compare({"new": judging, "known": judging, "discord.py": listener.receive}, batches)
    theirs = costs.of("discord.py")
    for ours in ("new", "known"):
        ratio = costs.ratio(ours, "discord.py")
        yield Figure.share(f"discord.py, {ours} words", costs.of(ours), theirs, ratio, GOAL)


class _Client(discord.Client):
    """Counts messages; it holds as little in memory as the bot's own client."""

    def __init__(self) -> None:
        no_members = discord.MemberCacheFlags.none()
        super().__init__(
            intents=_INTENTS, max_messages=None, member_cache_flags=no_members, guild_ready_timeout=0.2
        )
        self.awaited = 0
        self.done = asyncio.Event()

    async def on_ready(self) -> None:
        """Note that messages may be sent."""
        self.done.set()

    async def on_message(self, message: discord.Message) -> None:
        """Count it."""
        self.awaited -= 1
        if not self.awaited:
            self.done.set()


class _Listener:
    """A client at a server, and the loop it runs in."""

    def __init__(self, runner: asyncio.Runner, client: _Client, server: "subprocess.Popen[str]") -> None:
        self._runner = runner
        self._client = client
        self._server = server

    def receive(self, texts: list[str]) -> None:
        """Have the server send the texts; return when the client was told of the last."""
        self._client.awaited = len(texts)
        self._client.done.clear()
        if self._server.stdin is None:
            raise RuntimeError("the server takes no messages")
        self._server.stdin.write(json.dumps(texts) + "\n")
        self._server.stdin.flush()
        self._runner.run(_at_most_a_minute(self._client.done))


@contextmanager
def _listening() -> Iterator[_Listener]:
    program = [sys.executable, "-m", "benchmarks.busy_discord"]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True, cwd=_ROOT) as server,  # noqa: S603
        asyncio.Runner() as runner,
    ):
        if server.stdin is None or server.stdout is None:
            raise RuntimeError("the server cannot be spoken to")
        api, gateway, token = json.loads(server.stdout.readline())
        with (
            patch.object(Route, "BASE", api),
            patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(gateway)),
        ):
            client, running = runner.run(_start(token))
            yield _Listener(runner, client, server)
            runner.run(_stop(client, running))
        server.stdin.close()


async def _start(token: str) -> "tuple[_Client, asyncio.Task[None]]":
    client = _Client()
    running = asyncio.create_task(client.start(token))
    await _at_most_a_minute(client.done)
    return client, running


async def _stop(client: _Client, running: "asyncio.Task[None]") -> None:
    await client.close()
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def _at_most_a_minute(event: asyncio.Event) -> None:
    async with asyncio.timeout(60):
        await event.wait()
