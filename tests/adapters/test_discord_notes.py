"""Is a note posted once, over several tries and processes?  Over real sockets."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.model import Attempt, Outcome, Place, Receipt
from tests.adapters.discord_local import SENDS, running
from tests.adapters.discord_screens import NOTE, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import Channel, DiscordBed, Drop, Refuse, ServerError, User
from tests.beds.discord.faults import Kind
from tests.beds.discord.world import Version

LATER = 300  # seconds: Discord has forgotten the nonce
HELLO = Version("hello")


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


@pytest.fixture
def core() -> Recorder:
    return Recorder(answering)


@pytest.fixture
def alice(bed: DiscordBed) -> User:
    return bed.member(bed.guild(), "alice")


def now(bed: DiscordBed) -> datetime:
    return datetime.fromtimestamp(bed.clock.now(), UTC)


def joined(bed: DiscordBed, person: User) -> Channel:
    """A channel that this person is in."""
    return bed.channel(next(guild for guild in bed.world.guilds.values() if person.id in guild.members))


def place(channel: Channel) -> Place:
    return Place("discord", str(channel.id), private=False)


async def noted(bed: DiscordBed, core: Recorder, channel: Channel, attempt: Attempt) -> Receipt:
    """One try, by a process of its own, once it has been told of the channel."""
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        client = adapter._client
        await bed.wait_for(lambda: client is not None and client.get_channel(channel.id))
        return await adapter.send_note(place(channel), NOTE, attempt)


@pytest.mark.parametrize("wait", [0, 100, LATER])
async def test_a_note_of_which_there_is_doubt_is_posted_once_and_named(
    bed: DiscordBed, core: Recorder, alice: User, wait: int
) -> None:
    channel, since = joined(bed, alice), now(bed)
    first = await noted(bed, core, channel, Attempt("k1", since))
    await bed.say(alice, channel, NOTE.preview)
    bed.clock.advance(wait)

    assert await noted(bed, core, channel, Attempt("k1", since, doubts=1)) == first
    (note,) = [seen for seen in bed.seen_by(alice, channel) if seen.message.author is bed.bot]
    assert first == Receipt(Outcome.DELIVERED, note=str(note.message.id))


async def test_a_note_that_did_not_arrive_is_posted(bed: DiscordBed, core: Recorder, alice: User) -> None:
    channel, since = joined(bed, alice), now(bed)
    for _ in range(150):  # more than one page
        bed.mail.send(bed.mail.draft(channel, alice, HELLO))
    bed.clock.advance(LATER)

    receipt = await noted(bed, core, channel, Attempt("k1", since, doubts=1))

    assert receipt.outcome is Outcome.DELIVERED
    assert len(bed.calls_to("GET", SENDS)) == 2


async def test_where_the_history_is_closed_a_doubtful_note_stays_open(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    (guild,) = [guild for guild in bed.world.guilds.values() if alice.id in guild.members]
    since = now(bed)
    closed, unseen = bed.channel(guild, bot_reads_history=False), bed.channel(guild, bot_can_see=False)
    assert (await noted(bed, core, closed, Attempt("k1", since))).outcome is Outcome.DELIVERED
    bed.clock.advance(LATER)

    for channel in (closed, unseen):
        receipt = await noted(bed, core, channel, Attempt("k1", since, doubts=1))
        assert receipt == Receipt(Outcome.AMBIGUOUS)
    assert len(bed.calls_to("POST", SENDS)) == 1


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [(Refuse(403, 50001), Outcome.AMBIGUOUS), (ServerError(503), Outcome.FAILED), (Drop(), Outcome.FAILED)],
)
async def test_a_note_is_not_posted_unlooked(
    bed: DiscordBed, core: Recorder, alice: User, trouble: Kind, expected: Outcome
) -> None:
    channel, since = joined(bed, alice), now(bed)
    bed.clock.advance(LATER)
    bed.fail("GET", SENDS, trouble, times=9)

    receipt = await noted(bed, core, channel, Attempt("k1", since, doubts=1))

    assert receipt == Receipt(expected)
    assert not bed.calls_to("POST", SENDS)
