"""Does the local Discord show its channels' history as the real one does, and to whom?"""

import discord
import pytest

from tests.beds.discord import RateLimited
from tests.beds.discord.world import Version
from tests.beds.discord_client import Town, running


async def test_what_came_after_is_given_in_pages_of_the_oldest_first(town: Town) -> None:
    bed, drafted = town.bed, []
    for number in range(150):
        drafted.append(bed.mail.send(bed.mail.draft(town.channel, town.sam, Version(f"{number}"))))
    async with running(bed) as bot:
        place = bot.get_partial_messageable(town.channel.id)
        found = [m async for m in place.history(limit=None, after=discord.Object(drafted[9].id))]

        assert [message.id for message in found] == [message.id for message in drafted[10:]]
        assert len(bed.calls_to("GET", "/channels/*/messages")) == 2
        newest = [m.id async for m in place.history(limit=2)]
        assert newest == [drafted[149].id, drafted[148].id]


async def test_the_history_tells_no_nonce(town: Town) -> None:
    async with running(town.bed) as bot:
        place = bot.get_partial_messageable(town.channel.id)
        assert (await place.send("hello", nonce=7)).nonce == "7"

        assert [message.nonce async for message in place.history()] == [None]


async def test_without_the_right_to_it_the_history_is_empty_and_not_refused(town: Town) -> None:
    channel = town.bed.channel(town.guild, "closed", bot_reads_history=False)
    async with running(town.bed) as bot:
        await town.bed.wait_for(lambda: bot.get_channel(channel.id))
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        await place.send("hello")

        assert [message async for message in place.history()] == []
        assert not place.permissions_for(place.guild.me).read_message_history


async def test_a_withdrawn_token_is_refused_by_rest_alone(town: Town) -> None:
    async with running(town.bed) as bot:
        town.bed.withdraw_token()
        with pytest.raises(discord.HTTPException) as refused:
            await bot.fetch_user(town.sam.id)

        assert refused.value.status == 401
        assert town.bed.sessions


async def test_a_limit_that_others_used_up_counts_towards_no_ban(town: Town) -> None:
    async with running(town.bed) as bot:
        for shared in (True, False):
            town.bed.fail("GET", "/users/*", RateLimited(0.01, shared=shared))
            await bot.fetch_user(town.sam.id)

        assert town.bed.invalid_requests == 1
