"""Does the bot stop asking in vain long before Discord shuts it out, and answer on?  Over real sockets."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from adapters.discord import invalid
from adapters.discord.adapter import Discord
from bot.model import Outcome, Place, Receipt, Road
from tests.adapters.discord_local import CALLBACK, SENDS, running, unasked
from tests.adapters.discord_screens import HELP, NOTE, OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed, RateLimited, Refuse, ServerError, User
from tests.beds.discord.faults import Kind

LIMIT = 4
CLOSED = "discord_refuses_too_much"


class Time:
    """A clock that the test moves on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def bed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DiscordBed]:
    monkeypatch.setattr(invalid, "LIMIT", LIMIT)
    async with DiscordBed() as started:
        yield started


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


async def refused(bed: DiscordBed, adapter: Discord, person: User, kind: Kind) -> None:
    """One message that Discord refuses in this way."""
    bed.fail("POST", SENDS, kind)
    await adapter.send_private(unasked(person.id), HELP, Road.DIRECT)


async def offer(adapter: Discord, person: User) -> Receipt:
    return await adapter.send_private(unasked(person.id), OFFER, Road.DIRECT)


async def test_offers_and_notes_wait_until_enough_is_forgotten_and_answers_go_on(
    bed: DiscordBed, core: Recorder
) -> None:
    time, guild = Time(), bed.guild()
    alice, channel = bed.member(guild, "alice"), bed.channel(guild)
    place = Place("discord", str(channel.id), private=False)
    async with running(bed, core, clock=time) as adapter:
        with capture_logs() as logs:
            for kind in (Refuse(403, 50007), RateLimited(45, via=False), RateLimited(60), Refuse(403, 50013)):
                assert await offer(adapter, alice) == Receipt(Outcome.DELIVERED)
                await refused(bed, adapter, alice, kind)
                time.now += 10
            sent = len(bed.calls)
            waiting = Receipt(Outcome.THROTTLED, timedelta(seconds=560))
            assert await offer(adapter, alice) == waiting
            assert await adapter.send_note(place, NOTE) == waiting
            assert len(bed.calls) == sent

            await bed.answered(await bed.slash(alice, channel, "help sextortion"))
            assert (
                await adapter.send_private(unasked(alice.id), HELP, Road.DIRECT)
            ).outcome is Outcome.DELIVERED
            await refused(bed, adapter, alice, Refuse(403, 50007))

            time.now = 600
            assert (await offer(adapter, alice)) == Receipt(Outcome.THROTTLED, timedelta(seconds=10))
            time.now = 610
            assert (await offer(adapter, alice)) == Receipt(Outcome.DELIVERED)
            assert (await adapter.send_note(place, NOTE)).outcome is Outcome.DELIVERED

    lines = [line for line in logs if line["event"] == CLOSED]
    assert [line["log_level"] for line in lines] == ["error"]
    assert str(alice.id) not in str(lines)


@pytest.mark.parametrize(
    "kind", [RateLimited(60, shared=True), Refuse(404, 10003), Refuse(400, 50035), ServerError(503)]
)
async def test_what_discord_does_not_count_closes_nothing(
    bed: DiscordBed, core: Recorder, kind: Kind
) -> None:
    alice = bed.member(bed.guild(), "alice")
    async with running(bed, core) as adapter:
        for _ in range(LIMIT + 1):
            await refused(bed, adapter, alice, kind)
        assert bed.invalid_requests == 0
        assert await offer(adapter, alice) == Receipt(Outcome.DELIVERED)


async def test_what_a_refused_interaction_and_an_earlier_connection_cost_counts_too(
    bed: DiscordBed, core: Recorder
) -> None:
    guild = bed.guild()
    alice, channel = bed.member(guild, "alice"), bed.channel(guild)
    async with running(bed, core) as adapter:
        for number in range(LIMIT):
            bed.fail("POST", CALLBACK, Refuse((401, 403)[number % 2], 50027))
            await bed.slash(alice, channel, "help sextortion")
        await bed.wait_for(lambda: len(core.results) == LIMIT)
        await bed.drop_connection(4011)
        await bed.wait_for(lambda: len(bed.calls_to("GET", "/users/@me")) > 1)
        await bed.bot_ready()
        assert (await offer(adapter, alice)).outcome is Outcome.THROTTLED


def test_no_more_is_remembered_than_is_needed() -> None:
    time = Time()
    counting = invalid.Invalid(time)
    for _ in range(invalid.LIMIT * 2):
        time.now += 0.001
        counting._count()

    assert len(counting._window._times) == invalid.LIMIT == 2_000
