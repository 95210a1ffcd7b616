"""Does what the bot says reach one person alone, once?  Over real sockets."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from adapters.discord import roads
from adapters.discord.adapter import Discord
from bot.model import Message, Origin, Outcome, Place, Receipt, Road
from tests.adapters.discord_local import CALLBACK, SENDS, Pauses, cancelled, running, section, unasked
from tests.adapters.discord_screens import HELP, NOTE, OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed, Drop, RateLimited, ServerError


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


async def test_help_is_answered_for_the_asker_alone_and_changed_in_place(
    bed: DiscordBed, core: Recorder
) -> None:
    guild = bed.guild()
    alice, bob = bed.member(guild, "alice"), bed.member(guild, "bob")
    channel = bed.channel(guild)
    async with running(bed, core):
        answer = await bed.answered(await bed.slash(alice, channel, "help sextortion"))
        assert answer.only_you
        assert bed.witnesses(answer) == [alice]
        changed = await bed.answered(await bed.press(alice, answer, "I have paid"))

    assert changed.text == "Stop paying now.\nYou can still stop."
    assert len(bed.seen_by(alice, channel)) == 1
    assert not bed.ever_seen_by(bob)


async def test_the_app_of_a_person_answers_privately_in_any_place(bed: DiscordBed, core: Recorder) -> None:
    sam, extorter = bed.user("sam", installed=True), bed.user("extorter")
    foreign = bed.guild("foreign", bot_in=False)
    bed.join(sam, foreign)
    channel, chat = bed.channel(foreign), bed.private(sam, extorter)
    async with running(bed, core):
        for place in (channel, chat):
            assert (await bed.answered(await bed.slash(sam, place, "help sextortion"))).only_you
        kept = await bed.answered(await bed.slash(sam, bed.dm_channel(sam), "help sextortion"))

    assert not kept.only_you
    assert not bed.ever_seen_by(extorter)
    origins = [command.origin for command in core.commands]
    assert [origin.place.private for origin in origins] == [False, False, True]
    assert [origin.place.community for origin in origins] == [None, None, None]


async def test_messages_arrive_and_offers_and_notes_leave(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    async with running(bed, core) as adapter:
        said = await bed.say(alice, channel, "they want money")
        origin = await _origin_of(bed, core)
        assert origin.person.id == str(alice.id)
        assert await adapter.send_private(origin, OFFER, Road.DIRECT) == Receipt(Outcome.DELIVERED)
        posted = await adapter.send_note(origin.place, NOTE)
        (note,) = [seen for seen in bed.seen_by(alice, channel) if seen.message is not said]
        assert posted.note is not None
        await adapter.remove(origin.place, posted.note)

    assert bed.inbox(alice).text == "Quietline: A note for you\n[Show]"
    assert (note.text, note.silent, note.pinged, note.notice) == (
        "Private help is here for anyone.",
        True,
        False,
        "",
    )
    assert len(bed.seen_by(alice, channel)) == 1


async def test_who_closed_direct_messages_or_left_is_unreachable(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    alice, bob = bed.member(guild, "alice", dms_open=False), bed.member(guild, "bob")
    bed.leave(bob, guild)
    async with running(bed, core) as adapter:
        for person in (alice, bob):
            receipt = await adapter.send_private(unasked(person.id), OFFER, Road.DIRECT)
            assert receipt == Receipt(Outcome.UNREACHABLE)


async def test_opening_too_many_conversations_is_throttled(bed: DiscordBed, core: Recorder) -> None:
    alice = bed.member(bed.guild(), "alice")
    bed.new_dms_left = 0
    async with running(bed, core) as adapter:
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)

    assert receipt == Receipt(Outcome.THROTTLED, timedelta(minutes=15))


@pytest.mark.parametrize(
    "trouble", [Drop(), Drop(after_effect=True), ServerError(503), ServerError(503, after_effect=True)]
)
async def test_what_may_be_lost_is_repeated_and_arrives_once(
    bed: DiscordBed, core: Recorder, trouble: Drop | ServerError
) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    async with running(bed, core) as adapter:
        bed.fail("POST", SENDS, trouble)
        offered = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        bed.fail("POST", SENDS, trouble)
        posted = await adapter.send_note(Place("discord", str(channel.id), private=False), NOTE)
        bed.fail("POST", CALLBACK, trouble)
        await bed.answered(await bed.slash(alice, channel, "help sextortion"))
        await bed.wait_for(lambda: core.results)

    (note,) = [seen for seen in bed.ever_seen_by(alice, channel) if not seen.only_you]
    assert offered == core.results[0] == Receipt(Outcome.DELIVERED)
    assert posted == Receipt(Outcome.DELIVERED, note=str(note.message.id))
    assert len(bed.inbox(alice)) == 1
    assert len(bed.seen_by(alice, channel)) == 2


async def test_what_may_have_arrived_stays_open_when_discord_never_answers(
    bed: DiscordBed, core: Recorder
) -> None:
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        bed.fail("POST", SENDS, Drop())
        bed.fail("POST", SENDS, RateLimited(60, via=False), times=20)
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)

    assert receipt == Receipt(Outcome.AMBIGUOUS)


async def test_a_global_limit_that_outlasts_our_patience_does_not_silence_the_bot(
    bed: DiscordBed, core: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roads, "SEND_SECONDS", 0.05)
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        bed.fail("POST", "/users/@me/channels", RateLimited(0.2, everywhere=True))
        first = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        monkeypatch.setattr(roads, "SEND_SECONDS", 20.0)
        second = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)

    assert (first, second) == (Receipt(Outcome.FAILED), Receipt(Outcome.DELIVERED))


@pytest.mark.parametrize("trouble", [Drop(), ServerError(503), RateLimited(60, via=False)])
async def test_a_note_is_taken_down_whatever_stands_in_the_way(
    bed: DiscordBed, core: Recorder, trouble: Drop | ServerError | RateLimited
) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    place = Place("discord", str(channel.id), private=False)
    async with running(bed, core) as adapter:
        posted = await adapter.send_note(place, NOTE)
        assert posted.note is not None
        bed.fail("DELETE", "/channels/*/messages/*", trouble, times=3)
        await adapter.remove(place, posted.note)
        await adapter.remove(place, posted.note)

    assert not bed.seen_by(alice, channel)


async def test_a_note_that_may_not_be_taken_down_is_given_up(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    place = Place("discord", str(bed.channel(guild, bot_can_see=False).id), private=False)
    async with running(bed, core) as adapter:
        await adapter.remove(place, "1")


async def test_a_note_of_an_earlier_process_is_taken_down_once_the_bot_is_connected(
    bed: DiscordBed, core: Recorder
) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    place = Place("discord", str(channel.id), private=False)
    async with running(bed, core) as earlier:
        posted = await earlier.send_note(place, NOTE)
    assert posted.note is not None

    adapter = Discord(section(bed), sleep=Pauses())
    removing = asyncio.create_task(adapter.remove(place, posted.note))
    await asyncio.sleep(0.02)
    task = asyncio.create_task(adapter.run(core))
    await removing
    await cancelled(task)

    assert not bed.seen_by(alice, channel)


async def test_a_lost_connection_before_the_message_is_surely_not_sent(
    bed: DiscordBed, core: Recorder
) -> None:
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        bed.fail("POST", "/users/@me/channels", Drop())
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        await bed.down()
        dead = await adapter.send_note(Place("discord", "1", private=False), NOTE)

    assert receipt == dead == Receipt(Outcome.FAILED)


async def test_an_answer_lost_on_the_way_back_counts_as_delivered(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    async with running(bed, core):
        bed.fail("POST", CALLBACK, ServerError(after_effect=True))
        await bed.slash(alice, channel, "help sextortion")
        await bed.wait_for(lambda: core.results)

    assert core.results == [Receipt(Outcome.DELIVERED)]
    assert len(bed.seen_by(alice, channel)) == 1


async def test_long_rate_limits_are_reported_instead_of_waited_for(bed: DiscordBed, core: Recorder) -> None:
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        bed.fail("POST", SENDS, RateLimited(60))
        waiting = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)
        bed.fail("POST", SENDS, RateLimited(45, via=False))
        banned = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT)

    assert waiting == Receipt(Outcome.THROTTLED, timedelta(seconds=60))
    assert banned == Receipt(Outcome.THROTTLED, timedelta(seconds=45))


@pytest.mark.skipif(
    not os.environ.get("QUIETLINE_DISCORD_OPENAPI"), reason="QUIETLINE_DISCORD_OPENAPI is unset"
)
async def test_all_that_is_sent_fits_discords_published_schema(bed: DiscordBed, core: Recorder) -> None:
    guild = bed.guild()
    alice = bed.member(guild, "alice")
    channel = bed.channel(guild)
    async with running(bed, core) as adapter:
        answer = await bed.answered(await bed.slash(alice, channel, "help sextortion"))
        await bed.answered(await bed.press(alice, answer, "I have paid"))
        await adapter.send_private(unasked(alice.id), HELP, Road.DIRECT)
        await adapter.send_note(Place("discord", str(channel.id), private=False), NOTE)

    assert len([call for call in bed.calls if call.body is not None]) >= 6
    assert bed.faults == []


async def _origin_of(bed: DiscordBed, core: Recorder) -> Origin:
    await bed.wait_for(lambda: core.messages)
    message = core.messages[0]
    assert isinstance(message, Message)
    return message.origin
