"""How do the tests run the Discord adapter on the local Discord?"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from adapters.discord import Section
from adapters.discord.adapter import Discord
from adapters.discord.budget import HOUR
from bot.model import Origin, Person, Place
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed

SENDS = "/channels/*/messages"
CALLBACK = "/interactions/*/*/callback"


class Hasty:
    """Asyncio as discord.py sees it, without its five seconds and more before it tries again."""

    def __getattr__(self, name: str) -> object:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


class Pauses:
    """Takes the place of sleep, and notes how long each would have been. An hour outlasts every test."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        if seconds == HOUR:
            await asyncio.Event().wait()
        self.seconds.append(seconds)
        await asyncio.sleep(0.01)


def section(bed: DiscordBed, **changes: object) -> Section:
    """The config section that points to the bed."""
    urls = {"api_base_url": bed.api_base_url, "gateway_url": bed.gateway_url}
    return Section.model_validate({"token": bed.token, **urls, **changes})


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def running(
    bed: DiscordBed,
    core: Recorder,
    *,
    now: Callable[[], datetime] = _now,
    clock: Callable[[], float] = time.monotonic,
    config: Section | None = None,
) -> AsyncIterator[Discord]:
    """The adapter, connected; leaving cancels it."""
    adapter = Discord(config or section(bed), sleep=Pauses(), chance=lambda: 1.0, now=now, clock=clock)
    core.adapter = adapter
    task = asyncio.create_task(adapter.run(core))
    try:
        await bed.bot_ready()
        yield adapter
    finally:
        await cancelled(task)


async def cancelled(task: asyncio.Task[None]) -> None:
    """Cancel a run once, as the core does, and see it end within ten seconds."""
    task.cancel()
    await asyncio.wait({task}, timeout=10)
    assert task.cancelled(), "it does not end, or raised something"


def unasked(person: int) -> Origin:
    """Someone who asked for nothing, in a server's channel."""
    return Origin(Person("discord", str(person)), Place("discord", "1", private=False))
