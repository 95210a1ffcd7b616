"""Does the local Discord connect and tell the bot what the real one would?"""

import asyncio

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.beds.discord import (
    DiscordBed,
    MessageContent,
)
from tests.beds.discord_client import CONTENT, PLAIN, Bot, Town, running


async def start_fails(bed: DiscordBed, token: str) -> Exception:
    bot = Bot(CONTENT)
    try:
        await bot.start(token)
    except discord.DiscordException as error:
        return error
    finally:
        await bot.close()
    raise AssertionError("the bot started")


async def test_the_bot_logs_in_hears_of_its_guilds_and_beats(town: Town) -> None:
    async with running(town.bed) as bot:
        await town.bed.wait_for(lambda: town.channel.guild is not None and bot.get_channel(town.channel.id))

        guild = bot.get_guild(town.guild.id)
        assert guild is not None
        assert guild.name == "Town"
        assert guild.me.id == town.bed.bot.id
        assert "HEARTBEAT" in town.bed.gateway.received
        assert bot.application_id == town.bed.world.application_id


async def test_a_wrong_token_is_refused(town: Town) -> None:
    assert isinstance(await start_fails(town.bed, "wrong"), discord.LoginFailure)
    assert town.bed.invalid_requests == 1


async def test_the_gateway_refuses_a_wrong_token_too(town: Town) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(town.bed.gateway_url) as socket:
        await socket.receive_json()
        await socket.send_json({"op": 2, "d": {"token": "wrong", "intents": 0, "properties": {}}})
        await socket.receive()

        assert socket.close_code == 4004


async def test_intents_switched_off_in_the_portal_are_refused(town: Town) -> None:
    town.bed.message_content = MessageContent.OFF

    assert isinstance(await start_fails(town.bed, town.bed.token), discord.PrivilegedIntentsRequired)


@pytest.mark.parametrize("switch", MessageContent)
async def test_the_application_shows_the_content_switch(town: Town, switch: MessageContent) -> None:
    town.bed.message_content = switch
    async with running(town.bed, PLAIN) as bot:
        flags = bot.application_flags

        assert flags.gateway_message_content is (switch is MessageContent.ON)
        assert flags.gateway_message_content_limited is (switch is MessageContent.LIMITED)


class Sharded(discord.AutoShardedClient):
    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Not wait 5 seconds."""


async def test_guilds_are_spread_over_shards_and_direct_messages_go_to_the_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with DiscordBed(shards=2) as bed:
        monkeypatch.setattr(Route, "BASE", bed.api_base_url)
        guilds = [bed.guild("First"), bed.guild("Second")]
        person = bed.member(guilds[0], "sam")
        client = Sharded(intents=PLAIN)
        task = asyncio.create_task(client.start(bed.token))
        try:
            await bed.wait_for(lambda: len(bed.sessions) == 2 and len(client.guilds) == 2)
            assert {client.get_guild(guild.id).shard_id for guild in guilds} == {0, 1}  # type: ignore[union-attr]

            await bed.dm(person, "hello")
            told = {s.shard: [e["t"] for e in s.events if e["t"] == "MESSAGE_CREATE"] for s in bed.sessions}
            assert told == {0: ["MESSAGE_CREATE"], 1: []}
        finally:
            await client.close()
            await task


async def test_events_missed_while_the_connection_was_broken_are_replayed_once(town: Town) -> None:
    async with running(town.bed) as bot:
        for code in (4000, None):
            await town.bed.drop_connection(code)
            await town.bed.say(town.sam, town.channel, f"meanwhile {code}")
            await town.bed.wait_for(lambda: town.bed.sessions)
        await town.bed.wait_for(lambda: bot.resumed == 2)

        assert [message.content for message in bot.heard] == ["meanwhile 4000", "meanwhile None"]
        assert town.bed.gateway.received.count("IDENTIFY") == 1


async def test_a_request_to_reconnect_leads_to_a_resume(town: Town) -> None:
    async with running(town.bed) as bot:
        await town.bed.reconnect()

        await town.bed.wait_for(lambda: bot.resumed == 1)


async def test_an_invalidated_session_must_be_begun_anew(town: Town) -> None:
    async with running(town.bed) as bot:
        await town.bed.invalidate()
        await town.bed.wait_for(
            lambda: town.bed.gateway.received.count("IDENTIFY") == 2 and town.bed.sessions
        )
        await town.bed.say(town.sam, town.channel, "after")

        await town.bed.wait_for(lambda: bot.heard)


async def test_a_discord_that_was_down_is_found_again(town: Town) -> None:
    async with running(town.bed) as bot:
        await town.bed.down()
        with pytest.raises(aiohttp.ClientConnectorError):
            await bot.fetch_user(town.sam.id)
        await town.bed.say(town.sam, town.channel, "meanwhile")
        await town.bed.up()

        await town.bed.wait_for(lambda: bot.heard, timeout=15)
        assert (await bot.fetch_user(town.sam.id)).name == "sam"


async def test_without_the_content_intent_the_bot_reads_only_what_is_meant_for_it(town: Town) -> None:
    bed = town.bed
    async with running(bed, PLAIN) as bot:
        said = await bed.say(town.sam, town.channel, "secret", attachments=["photo.png"])
        await bed.say(town.sam, town.channel, f"{bed.bot.mention} help")
        await bed.say(town.robin, town.channel, "secret reply", reply_to=said)
        await bed.dm(town.sam, "in private")
        await bed.wait_for(lambda: len(bot.heard) == 4)

        assert [m.content for m in bot.heard] == ["", f"{bed.bot.mention} help", "", "in private"]
        assert bot.heard[0].attachments == []
        quoted = bot.heard[2].reference
        assert quoted is not None
        assert isinstance(quoted.resolved, discord.Message)
        assert quoted.resolved.content == ""


async def test_without_the_guild_messages_intent_the_bot_hears_nothing_in_guilds(town: Town) -> None:
    async with running(town.bed, discord.Intents(guilds=True, dm_messages=True)) as bot:
        await town.bed.say(town.sam, town.channel, f"{town.bed.bot.mention} help")
        await town.bed.dm(town.sam, "hello")
        await town.bed.wait_for(lambda: bot.heard)

        assert [message.content for message in bot.heard] == ["hello"]


async def test_the_bot_hears_who_wrote_and_how_old_it_is(town: Town) -> None:
    async with running(town.bed) as bot:
        said = await town.bed.say(town.sam, town.channel, "old", age=600)
        await town.bed.say(town.sam, town.channel, "by a webhook", webhook="News")
        await town.bed.edit(said, "older")
        await town.bed.wait_for(lambda: len(bot.heard) == 2)

        old, hook = bot.heard
        assert isinstance(old.author, discord.Member)
        assert (discord.utils.utcnow() - old.created_at).total_seconds() > 599
        assert hook.webhook_id is not None
        assert said.edited_at is not None
        assert town.bed.seen_by(town.robin, town.channel).text == "sam: older\nNews: by a webhook"
        assert "sam: old\n" in town.bed.ever_seen_by(town.robin).text
