"""Does the adapter stay connected without missing a message, and let go when told?  Over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.discord import client
from adapters.discord.adapter import Discord
from tests.adapters.discord_local import Hasty, cancelled, running, section
from tests.adapters.discord_screens import answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import Channel, DiscordBed, Drop, Slow, User


@asynccontextmanager
async def deaf_gateway() -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A gateway that says HELLO and then answers nothing, not even a close. The event: IDENTIFY came."""
    joined, over = asyncio.Event(), asyncio.Event()

    async def serve(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        await socket.receive()
        joined.set()
        await over.wait()
        return socket

    app = web.Application()
    app.router.add_get("/", serve)
    async with TestServer(app) as server:
        yield str(server.make_url("/").with_scheme("ws")), joined
        over.set()


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.shard, "asyncio", Hasty())
    monkeypatch.setattr(discord.client, "asyncio", Hasty())


def stage(bed: DiscordBed) -> tuple[User, Channel]:
    guild = bed.guild()
    return bed.member(guild, "alice"), bed.channel(guild)


async def test_asked_to_reconnect_it_resumes_and_misses_nothing(bed: DiscordBed, core: Recorder) -> None:
    alice, channel = stage(bed)
    async with running(bed, core):
        await bed.reconnect()
        await bed.say(alice, channel, "they want money")
        await bed.wait_for(lambda: core.messages)

    assert len(bed.calls_to("GET", "/users/@me")) == 1


@pytest.mark.usefixtures("hasty")
async def test_what_is_said_while_reconnecting_is_refused_is_not_missed(
    bed: DiscordBed, core: Recorder
) -> None:
    alice, channel = stage(bed)
    async with running(bed, core):
        refusing = bed.fail("GET", "/resume", Drop(), times=3)
        await bed.drop_connection(None)
        await bed.say(alice, channel, "they want money")
        await bed.wait_for(lambda: core.messages)

    assert not refusing.left
    assert [message.text for message in core.messages] == ["they want money"]
    assert bed.gateway.received.count("IDENTIFY") == 1


@pytest.mark.usefixtures("hasty")
async def test_a_session_that_is_over_is_begun_anew_even_when_that_is_refused_first(
    bed: DiscordBed, core: Recorder
) -> None:
    alice, channel = stage(bed)
    async with running(bed, core):
        refusing = bed.fail("GET", "/", Drop(), times=2)
        await bed.invalidate()
        await bed.wait_for(lambda: bed.sessions)
        await bed.say(alice, channel, "they want money")
        await bed.wait_for(lambda: core.messages)

    assert not refusing.left
    assert bed.gateway.received.count("IDENTIFY") == 2


@pytest.mark.parametrize("shards", [1, 3])
@pytest.mark.usefixtures("hasty")
async def test_every_shard_resumes(core: Recorder, shards: int) -> None:
    async with DiscordBed(shards=shards) as bed:
        places = [stage(bed) for _ in range(shards)]
        async with running(bed, core):
            bed.fail("GET", "/resume", Drop(), times=2 * shards)  # aiohttp asks once more by itself
            await bed.drop_connection(None)
            for alice, channel in places:
                await bed.say(alice, channel, "they want money")
            await bed.wait_for(lambda: len(core.messages) == shards)

        assert bed.gateway.received.count("IDENTIFY") == shards


async def test_stopping_while_a_reconnect_hangs_ends_it(bed: DiscordBed, core: Recorder) -> None:
    task = asyncio.create_task(Discord(section(bed)).run(core))
    await bed.bot_ready()
    hanging = bed.fail("GET", "/resume", Slow(60, after_effect=False))
    await bed.drop_connection(None)
    await bed.wait_for(lambda: hanging.used)

    await cancelled(task)


async def test_stopping_while_discord_is_down_ends_it(bed: DiscordBed, core: Recorder) -> None:
    task = asyncio.create_task(Discord(section(bed)).run(core))
    await bed.bot_ready()
    await bed.down()
    await bed.wait_for(lambda: not bed.sessions)

    await cancelled(task)


async def test_a_gateway_that_no_longer_answers_does_not_hold_up_the_end(
    bed: DiscordBed, core: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "CLOSE_SECONDS", 0.05)
    async with deaf_gateway() as (url, joined):
        task = asyncio.create_task(Discord(section(bed, gateway_url=url)).run(core))
        await joined.wait()
        await cancelled(task)


async def test_cancelling_closes_the_connection(bed: DiscordBed, core: Recorder) -> None:
    async with running(bed, core):
        assert bed.sessions

    await bed.wait_for(lambda: not bed.sessions)
