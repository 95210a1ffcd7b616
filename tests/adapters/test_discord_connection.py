"""How does the adapter connect to Discord, and what does it register and log?  Over real sockets."""

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest
from structlog.testing import capture_logs

from adapters.discord.adapter import Discord
from bot.errors import StartError
from bot.model import Outcome, Receipt, Road
from bot.ports import CommandInfo
from tests.adapters.discord_local import CALLBACK, Hasty, Pauses, cancelled, running, section, unasked
from tests.adapters.discord_screens import OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed, Drop, MessageContent, RateLimited, Refuse, ServerError


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


async def test_a_wrong_token_is_one_line_with_its_mend(bed: DiscordBed, core: Recorder) -> None:
    with pytest.raises(StartError, match=r"discord: the token is refused; .*Reset Token") as caught:
        await Discord(section(bed, token="wrong")).run(core)

    assert "wrong" not in str(caught.value)


async def test_a_token_withdrawn_while_running_stops_the_bot(bed: DiscordBed, core: Recorder) -> None:
    adapter = Discord(section(bed))
    task = asyncio.create_task(adapter.run(core))
    await bed.bot_ready()
    await bed.drop_connection(4004)

    with pytest.raises(StartError):
        await task


async def test_a_token_that_rest_refuses_while_running_stops_the_bot(bed: DiscordBed, core: Recorder) -> None:
    alice = bed.member(bed.guild(), "alice")
    adapter = Discord(section(bed), sleep=(pauses := Pauses()))
    task = asyncio.create_task(adapter.run(core))
    await bed.bot_ready()
    bed.withdraw_token()
    receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)

    assert receipt == Receipt(Outcome.FAILED)
    with pytest.raises(StartError, match="token is refused"):
        await asyncio.wait_for(task, 5)
    assert pauses.seconds == []


async def test_the_token_of_an_interaction_is_not_the_bots(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    alice, channel = bed.member(guild, "alice"), bed.channel(guild)
    async with running(bed, core):
        asked = len(bed.calls_to("GET", "/users/@me"))
        bed.fail("POST", CALLBACK, Refuse(401, 50027))
        await bed.slash(alice, channel, "help sextortion")
        await bed.wait_for(lambda: core.results)
        await asyncio.sleep(0.05)
        assert len(bed.calls_to("GET", "/users/@me")) == asked
        assert bed.sessions


@pytest.mark.parametrize("answer", [None, ServerError(503), Drop()])
async def test_a_single_401_does_not_stop_the_bot(
    bed: DiscordBed, core: Recorder, answer: Drop | ServerError | None
) -> None:
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        asked = len(bed.calls_to("GET", "/users/@me"))
        bed.fail("POST", "/users/@me/channels", Refuse(401, 0))
        if answer is not None:
            bed.fail("GET", "/users/@me", answer)
        await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        await bed.wait_for(lambda: len(bed.calls_to("GET", "/users/@me")) > asked)
        await asyncio.sleep(0.05)
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        assert receipt == Receipt(Outcome.DELIVERED)
        assert bed.gateway.received.count("IDENTIFY") == 1


async def test_without_message_content_the_bot_runs_and_says_what_it_cannot_do(core: Recorder) -> None:
    with capture_logs() as logs:
        async with DiscordBed(message_content=MessageContent.OFF) as bed:
            guild = bed.guild()
            alice = bed.member(guild, "alice")
            channel = bed.channel(guild)
            async with running(bed, core):
                await bed.say(alice, channel, "they want money")
                await bed.say(alice, channel, f"{bed.bot.mention} help")
                await bed.wait_for(lambda: core.messages)
                await bed.answered(await bed.slash(alice, channel, "help sextortion"))

    assert [message.text for message in core.messages] == ["help"]
    (line,) = [entry for entry in logs if entry["log_level"] == "warning" and "content" in entry["event"]]
    assert line["event"] == "discord_message_content_refused"
    assert "/help" in line["mend"]


async def test_no_network_at_start_is_retried_with_growing_pauses(bed: DiscordBed, core: Recorder) -> None:
    pauses = Pauses()
    await bed.down()
    adapter = Discord(section(bed), sleep=pauses, chance=lambda: 1.0)
    with capture_logs() as logs:
        task = asyncio.create_task(adapter.run(core))
        await bed.wait_for(lambda: len(pauses.seconds) > 9)
        await bed.up()
        await bed.bot_ready()
        await cancelled(task)

    assert pauses.seconds[:10] == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    lines = [entry for entry in logs if entry["event"] == "discord_unreachable"]
    assert len(lines) == len(pauses.seconds)


async def test_a_gateway_that_is_away_at_first_is_retried_with_a_new_client(
    bed: DiscordBed, core: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.shard, "asyncio", Hasty())
    bed.fail("GET", "/", Drop(), times=4)
    async with running(bed, core):
        assert len(bed.calls_to("GET", "/users/@me")) == 3


async def test_pauses_vary_so_that_bots_do_not_come_back_all_at_once(bed: DiscordBed, core: Recorder) -> None:
    pauses = Pauses()
    await bed.down()
    task = asyncio.create_task(Discord(section(bed), sleep=pauses, chance=lambda: 0.0).run(core))
    await bed.wait_for(lambda: pauses.seconds)
    await cancelled(task)

    assert pauses.seconds[0] == 1


async def test_commands_are_registered_once_however_often_it_connects(
    bed: DiscordBed, core: Recorder
) -> None:
    async with running(bed, core):
        await bed.drop_connection(4011)  # sharding required: nothing to resume
        await bed.wait_for(lambda: len(bed.calls_to("GET", "/users/@me")) > 1)
        await bed.bot_ready()

    assert len(bed.calls_to("PUT", "/applications/*/commands")) == 1


async def test_the_menu_becomes_commands_for_servers_and_people_in_every_place(bed: DiscordBed) -> None:
    menu = [
        CommandInfo("help", None, {"en": "Private help"}),
        CommandInfo("help", "sextortion", {"en": "Threats", "de": "Drohungen", "pt-BR": "Ameaças"}),
        CommandInfo("privacy", None, {"en": "What is kept"}),
    ]
    async with running(bed, core := Recorder(answering, menu)):
        alice = bed.user("alice", installed=True)
        await bed.slash(alice, bed.dm_channel(alice), "privacy")
        await bed.wait_for(lambda: core.commands)
        body = bed.calls_to("PUT", "/applications/*/commands")[0].body

    assert isinstance(body, list)
    commands = {command["name"]: command for command in body if isinstance(command, dict)}
    assert set(commands) == {"help", "privacy"}
    for command in commands.values():
        assert (command["integration_types"], command["contexts"]) == ([0, 1], [0, 1, 2])
    assert commands["help"]["description"] == "Private help"
    topic = {
        "name": "sextortion",
        "type": 1,
        "description": "Threats",
        "options": [],
        "name_localizations": {},
        "description_localizations": {"de": "Drohungen", "pt-BR": "Ameaças"},
    }
    assert commands["help"]["options"] == [topic]
    assert (core.commands[0].name, core.commands[0].argument) == ("privacy", "")


@pytest.mark.parametrize("refusal", [Refuse(403, 50001), RateLimited(60)])
async def test_refused_commands_do_not_stop_the_bot(
    bed: DiscordBed, core: Recorder, refusal: Refuse | RateLimited
) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    bed.fail("PUT", "/applications/*/commands", refusal)
    with capture_logs() as logs:
        task = asyncio.create_task(Discord(section(bed)).run(core))
        await bed.wait_for(lambda: bed.sessions)
        await bed.say(alice, channel, "hello")
        await bed.wait_for(lambda: core.messages)
        await cancelled(task)

    assert [entry["log_level"] for entry in logs if entry["event"] == "discord_commands_not_registered"] == [
        "error"
    ]


async def test_a_gateway_of_the_operators_needs_no_gateway_route(bed: DiscordBed, core: Recorder) -> None:
    bed.fail("GET", "/gateway/bot", Refuse(404, 0))
    async with running(bed, core):
        assert len(bed.sessions) == 1


async def test_the_platforms_own_gateway_is_asked_for(bed: DiscordBed, core: Recorder) -> None:
    async with running(bed, core, config=section(bed, gateway_url=None)):
        assert len(bed.calls_to("GET", "/gateway/bot")) == 1
