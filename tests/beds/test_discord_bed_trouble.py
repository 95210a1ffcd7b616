"""Does the local Discord refuse and fail as the real one does, and as the test says?"""

import asyncio

import aiohttp
import discord
import pytest

from tests.beds.discord import (
    DiscordBed,
    Drop,
    RateLimited,
    Refuse,
    ServerError,
    Slow,
)
from tests.beds.discord.clock import created_at
from tests.beds.discord.limits import Exceeded, Limits
from tests.beds.discord_client import CRY, Town, running


async def test_a_fault_about_one_person_spares_the_others(town: Town) -> None:
    async with running(town.bed) as bot:
        for method, path in (("POST", "/interactions/*"), ("POST", "/users/*"), ("POST", "/channels/*")):
            town.bed.fail(method, path, Refuse(403, 50013), times=9, about=town.sam)
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.slash(town.sam, town.channel, "help sextortion")
        await town.bed.wait_for(lambda: len(bot.refused) == 2)
        await town.bed.say(town.robin, town.channel, CRY)
        await town.bed.answered(await town.bed.slash(town.robin, town.channel, "help sextortion"))
        await town.bed.wait_for(lambda: town.bed.inbox(town.robin))
        await town.bed.dm(town.sam, CRY)
        await town.bed.wait_for(lambda: len(bot.refused) == 3)


async def test_a_rate_limit_is_waited_for_and_one_by_cloudflare_is_not(town: Town) -> None:
    async with running(town.bed) as bot:
        fault = town.bed.fail("POST", "/channels/*/messages", RateLimited(0.05), times=2)
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.wait_for(lambda: town.bed.inbox(town.sam))
        assert fault.used == 2

        town.bed.fail("POST", "/channels/*/messages", RateLimited(0.05, via=False))
        await town.bed.say(town.robin, town.channel, CRY)
        await town.bed.wait_for(lambda: bot.refused)
        assert bot.refused[0].status == 429
        assert len(town.bed.inbox(town.robin)) == 0


async def test_the_sixth_message_in_five_seconds_is_refused(town: Town) -> None:
    headers = {"Authorization": f"Bot {town.bed.token}"}
    url = f"{town.bed.api_base_url}/channels/{town.channel.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as session:
        answers = [await session.post(url, json={"content": "hello"}) for _ in range(6)]

    assert [answer.status for answer in answers] == [200] * 5 + [429]
    assert [answer.headers.get("X-RateLimit-Remaining") for answer in answers[:5]] == list("43210")
    assert answers[5].headers["Via"]


def test_fifty_requests_a_second_are_taken() -> None:
    now = 100.0
    limits = Limits(lambda: now)

    assert [limits.count(None) for _ in range(50)] == [None] * 50
    assert limits.count(None) == Exceeded(retry_after=1.0, everywhere=True)
    now = 101.0
    assert limits.count(None) is None


async def test_a_broken_connection_before_the_effect_leaves_none(town: Town) -> None:
    async with running(town.bed) as bot:
        town.bed.fail("POST", "/channels/*/messages", Drop())
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await bot.get_partial_messageable(town.channel.id).send("hello")

        assert len(town.bed.seen_by(town.sam, town.channel)) == 0


async def test_a_broken_connection_after_the_effect_leaves_one_however_often_it_is_tried(town: Town) -> None:
    async with running(town.bed) as bot:
        town.bed.fail("POST", "/channels/*/messages", Drop(after_effect=True))
        place = bot.get_partial_messageable(town.channel.id)
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await place.send("hello", nonce=7)
        assert len(town.bed.seen_by(town.sam, town.channel)) == 1

        again = await place.send("hello", nonce=7)
        assert [seen.message.id for seen in town.bed.seen_by(town.sam, town.channel)] == [again.id]
        await place.send("hello")
        assert len(town.bed.seen_by(town.sam, town.channel)) == 2


async def test_a_server_error_after_the_effect_is_retried_and_done_once_with_a_nonce(town: Town) -> None:
    async with running(town.bed):
        town.bed.fail("POST", "/channels/*/messages", ServerError(502, after_effect=True))
        await town.bed.say(town.sam, town.channel, CRY)
        await town.bed.wait_for(lambda: len(town.bed.calls_to("POST", "/channels/*/messages")) == 2)

        assert len(town.bed.inbox(town.sam)) == 1


async def test_any_request_can_be_refused_or_slow(town: Town) -> None:
    async with running(town.bed) as bot:
        town.bed.fail("GET", "/users/*", Refuse(403, 20026, "quarantined"))
        with pytest.raises(discord.Forbidden, match="quarantined"):
            await bot.fetch_user(town.sam.id)
        town.bed.fail("GET", "/users/*", Slow(30))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bot.fetch_user(town.sam.id), 0.05)


async def test_an_unknown_route_is_answered_and_fails_the_test(town: Town) -> None:
    async with running(town.bed) as bot:
        with pytest.raises(discord.NotFound):
            await bot.fetch_guild(1)

    assert "unknown route: GET /guilds/1" in town.bed.faults[0]
    town.bed.faults.clear()


async def test_leaving_the_bed_raises_its_faults() -> None:
    with pytest.raises(AssertionError, match="GET /nowhere"):
        async with DiscordBed() as bed, aiohttp.ClientSession() as session:
            await session.get(f"{bed.api_base_url}/nowhere")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": "x" * 2001},
        {"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "x"}]},
        {"components": [{"type": 10, "content": "without the flag"}]},
        {
            "flags": 1 << 15,
            "components": [{"type": 10, "content": "x" * 2001}, {"type": 10, "content": "x" * 2000}],
        },
        {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41},
        {"components": [{"type": 1, "components": []}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "label": "a"}]}]},
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "b"}] * 2}
            ]
        },
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "b"}]}
            ]
        },
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 1, "label": "a", "custom_id": "b" * 101}]}
            ]
        },
        {
            "components": [
                {"type": 1, "components": [{"type": 2, "style": 5, "label": "a", "custom_id": "b"}]}
            ]
        },
    ],
)
async def test_bodies_that_discord_does_not_take_are_refused(town: Town, body: dict[str, object]) -> None:
    headers = {"Authorization": f"Bot {town.bed.token}"}
    url = f"{town.bed.api_base_url}/channels/{town.channel.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, json=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["code"] in {50006, 50035}
    assert len(town.bed.seen_by(town.sam, town.channel)) == 0
    town.bed.faults.clear()  # the schema says the same of some


async def test_files_come_in_a_multipart_body(town: Town) -> None:
    form = aiohttp.FormData({"payload_json": '{"content": "look", "attachments": [{"id": "0"}]}'})
    form.add_field("files[0]", b"words", filename="leaflet.txt", content_type="text/plain")
    url = f"{town.bed.api_base_url}/channels/{town.channel.id}/messages"
    headers = {"Authorization": f"Bot {town.bed.token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, data=form) as answer:
        sent = await answer.json()

    assert town.bed.seen_by(town.sam, town.channel).text == "Quietline: look\nleaflet.txt"
    assert [(file["filename"], file["size"]) for file in sent["attachments"]] == [("leaflet.txt", 5)]


async def test_what_the_bot_deletes_or_edits_was_still_seen(town: Town) -> None:
    async with running(town.bed) as bot:
        sent = await bot.get_partial_messageable(town.channel.id).send("first")
        await sent.edit(content="second")
        await sent.delete()

        assert len(town.bed.seen_by(town.sam, town.channel)) == 0
        assert [seen.text for seen in town.bed.ever_seen_by(town.sam)] == ["first", "second"]


async def test_ids_are_made_from_the_clock(town: Town) -> None:
    town.bed.clock.advance(3600)
    said = await town.bed.say(town.sam, town.channel, "hello")

    assert abs(created_at(said.id) - town.bed.clock.now()) < 60
