"""Do commands, buttons and direct messages work in the local Discord as in the real one?"""

import aiohttp
import discord
import pytest

from tests.beds.discord import (
    DiscordBed,
    Interaction,
    Unavailable,
)
from tests.beds.discord_client import CRY, HELP, LATER, Town, running


async def test_an_ephemeral_answer_is_seen_by_its_asker_alone(town: Town) -> None:
    async with running(town.bed):
        asked = await town.bed.slash(town.sam, town.channel, "help sextortion")
        answer = await town.bed.answered(asked)

        assert answer.text == HELP
        assert answer.labels == ("They gave me a deadline",)
        assert answer.only_you
        assert answer.notice == "sam used /help sextortion"
        assert town.bed.ever_seen_by(town.robin).text == ""
        assert town.bed.witnesses(answer) == [town.sam]


async def test_a_public_answer_names_the_asker_to_everybody(town: Town) -> None:
    async with running(town.bed):
        await town.bed.answered(await town.bed.slash(town.sam, town.channel, "help aloud"))

        assert town.bed.seen_by(town.robin, town.channel).text == "sam used /help aloud\nQuietline: In public"
        assert "thinking" in town.bed.ever_seen_by(town.robin).text


async def test_a_deferred_private_answer_stays_private_with_its_follow_up(town: Town) -> None:
    async with running(town.bed):
        asked = await town.bed.slash(town.sam, town.channel, "help slowly")
        await town.bed.wait_for(lambda: len(asked.answers) == 2)

        assert [seen.text for seen in town.bed.seen_by(town.sam, town.channel)] == [HELP, "One more thing"]
        assert len(town.bed.ever_seen_by(town.robin)) == 0


async def test_a_press_changes_the_message_for_the_one_who_pressed(town: Town) -> None:
    async with running(town.bed):
        shown = await town.bed.answered(await town.bed.slash(town.sam, town.channel, "help sextortion"))
        after = await town.bed.answered(await town.bed.press(town.sam, shown, "They gave me a deadline"))

        assert after.text == LATER
        assert len(town.bed.seen_by(town.sam, town.channel)) == 1
        with pytest.raises(Unavailable, match="does not see"):
            await town.bed.press(town.robin, shown, "go:deadline")
        with pytest.raises(Unavailable, match="no button"):
            await town.bed.press(town.sam, shown, "go:elsewhere")


async def test_commands_are_offered_only_where_they_are_registered_and_installed(town: Town) -> None:
    bed = town.bed
    stranger, friend = bed.user("stranger"), bed.user("friend", installed=True)
    elsewhere = bed.guild("Elsewhere", bot_in=False)
    bed.join(stranger, elsewhere)
    bed.join(friend, elsewhere)
    room = bed.channel(elsewhere)
    group = bed.private(friend, stranger, town.sam)
    async with running(bed):
        for asker, place, text in [
            (town.sam, town.channel, "help"),
            (town.sam, town.channel, "help nothing"),
            (town.sam, town.channel, "nothing"),
            (stranger, room, "help sextortion"),
            (stranger, group, "help sextortion"),
            (stranger, town.channel, "help sextortion"),
        ]:
            with pytest.raises(Unavailable):
                await bed.slash(asker, place, text)
        for place in (room, group):
            answer = await bed.answered(await bed.slash(friend, place, "help sextortion"))
            assert answer.text == HELP
        await bed.answered(await bed.slash(town.sam, bed.dm_channel(town.sam), "help sextortion"))

        assert len(bed.ever_seen_by(stranger)) == 0
        assert bed.inbox(town.sam).text.count(HELP) == 1


async def test_a_guild_may_forbid_public_answers_to_apps_it_did_not_add(town: Town) -> None:
    bed = town.bed
    elsewhere = bed.guild("Elsewhere", bot_in=False, external_apps=False)
    friend = bed.member(elsewhere, "friend", installed=True)
    other = bed.member(elsewhere, "other")
    async with running(bed):
        await bed.answered(await bed.slash(friend, bed.channel(elsewhere), "help aloud"))

        assert len(bed.ever_seen_by(other)) == 0


async def test_an_answer_after_three_seconds_is_lost(town: Town) -> None:
    async with running(town.bed) as bot:
        await town.bed.slash(town.sam, town.channel, "help sextortion", age=3.5)
        await town.bed.wait_for(lambda: bot.refused)

        assert [(error.status, error.code) for error in bot.refused] == [(404, 10062)]
        assert len(town.bed.seen_by(town.sam, town.channel)) == 0


async def callback(bed: DiscordBed, asked: Interaction, text: str) -> tuple[int, object]:
    body = {"type": 4, "data": {"content": text, "flags": 64}}
    url = f"{bed.api_base_url}/interactions/{asked.id}/{asked.token}/callback"
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status, None if response.status == 204 else (await response.json())["code"]


async def test_only_the_first_acknowledgement_counts(town: Town) -> None:
    async with running(town.bed):
        asked = await town.bed.slash(town.sam, town.channel, "help sextortion")
        await town.bed.answered(asked)

        assert await callback(town.bed, asked, "again") == (400, 40060)
        assert len(town.bed.seen_by(town.sam, town.channel)) == 1


async def test_a_token_ends_after_fifteen_minutes(town: Town) -> None:
    async with running(town.bed) as bot:
        asked = await town.bed.slash(town.sam, town.channel, "help sextortion")
        await town.bed.answered(asked)
        town.bed.clock.advance(15 * 60 + 1)
        webhook = discord.Webhook.partial(
            town.bed.world.application_id, asked.token, client=bot
        )  # what a follow-up goes through
        with pytest.raises(discord.HTTPException) as refused:
            await webhook.send("too late")

        assert (refused.value.status, refused.value.code) == (401, 50027)


async def test_a_direct_message_reaches_its_reader_alone(town: Town) -> None:
    async with running(town.bed):
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.wait_for(lambda: town.bed.inbox(town.sam))

        assert town.bed.inbox(town.sam).text == f"Quietline: {HELP}"
        assert HELP not in town.bed.ever_seen_by(town.robin).text


async def test_closed_and_unshared_direct_messages_are_refused(town: Town) -> None:
    async with running(town.bed) as bot:
        town.sam.dms_open = False
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.wait_for(lambda: bot.refused)
        town.bed.leave(town.sam, town.guild)
        with pytest.raises(discord.Forbidden) as stranger:
            await bot.get_partial_messageable(town.bed.dm_channel(town.sam).id).send(HELP)

        assert (bot.refused[0].status, bot.refused[0].code) == (403, 50007)
        assert stranger.value.code == 50278
        assert len(town.bed.inbox(town.sam)) == 0


async def test_opening_direct_messages_too_fast_is_refused(town: Town) -> None:
    town.bed.new_dms_left = 1
    async with running(town.bed) as bot:
        for person in (town.sam, town.sam, town.robin):
            await town.bed.say(person, town.channel, CRY)
        await town.bed.wait_for(lambda: bot.refused)

        assert [error.code for error in bot.refused] == [40003]
        await town.bed.wait_for(lambda: len(town.bed.inbox(town.sam)) == 2)
        assert len(town.bed.inbox(town.robin)) == 0


async def test_a_private_channel_is_seen_by_its_readers(town: Town) -> None:
    hidden = town.bed.channel(town.guild, "mods", readers=[town.sam], bot_can_see=False)
    async with running(town.bed) as bot:
        await town.bed.say(town.sam, hidden, "hello")
        with pytest.raises(Unavailable):
            await town.bed.say(town.robin, hidden, "hello")
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(hidden.id).send("hello")

        assert refused.value.code == 50001
        assert bot.heard == []
        assert len(town.bed.seen_by(town.sam, hidden)) == 1
        assert len(town.bed.seen_by(town.robin, hidden)) == 0
