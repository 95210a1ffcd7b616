"""Is what is promised once there once, over several tries and processes?  Over real sockets."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord import once, outbound
from bot.model import Attempt, Button, Outcome, Place, Receipt, Road, Screen
from tests.adapters.discord_local import SENDS, running, unasked
from tests.adapters.discord_screens import NOTE, OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import Channel, DiscordBed, Drop, RateLimited, Refuse, ServerError, User
from tests.beds.discord.faults import Kind
from tests.beds.discord.world import Version

DELIVERED = Receipt(Outcome.DELIVERED)
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


def joined(bed: DiscordBed, core: Recorder, person: User) -> Channel:
    """A channel that this person is in."""
    return bed.channel(next(guild for guild in bed.world.guilds.values() if person.id in guild.members))


def place(channel: Channel) -> Place:
    return Place("discord", str(channel.id), private=False)


async def offered(bed: DiscordBed, core: Recorder, alice: User, attempt: Attempt) -> Receipt:
    """One try, by a process of its own."""
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        return await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT, attempt)


@pytest.mark.parametrize("wait", [0, 100, LATER])
@pytest.mark.parametrize("arrived", [True, False])
async def test_an_offer_of_which_there_is_doubt_arrives_once(
    bed: DiscordBed, core: Recorder, alice: User, wait: int, arrived: bool
) -> None:
    since = now(bed)
    if arrived:
        assert await offered(bed, core, alice, Attempt("k1", since)) == DELIVERED
    bed.clock.advance(wait)
    sent = len(bed.calls_to("POST", SENDS))

    assert await offered(bed, core, alice, Attempt("k1", since, doubts=1)) == DELIVERED
    assert len(bed.inbox(alice)) == 1
    if wait == LATER and arrived:
        assert len(bed.calls_to("POST", SENDS)) == sent


async def test_another_promise_is_another_message(bed: DiscordBed, core: Recorder, alice: User) -> None:
    for key in ("k1", "k2"):
        assert await offered(bed, core, alice, Attempt(key, now(bed))) == DELIVERED

    assert len(bed.inbox(alice)) == 2
    names = [call.object["nonce"] for call in bed.calls_to("POST", SENDS)]
    assert [len(str(name)) for name in names] == [24, 24]


async def test_without_doubt_nothing_is_looked_at(bed: DiscordBed, core: Recorder, alice: User) -> None:
    since = now(bed)
    bed.clock.advance(LATER)
    assert await offered(bed, core, alice, Attempt("k1", since)) == DELIVERED

    assert not bed.calls_to("GET", SENDS)


async def test_what_was_asked_for_or_said_before_is_not_taken_for_the_offer(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        # An offer of long ago.
        assert await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT) == DELIVERED
        bed.clock.advance(3600)
        since = now(bed)
        # The person's own words, an answer to them, the answer to a command, and that one pressed.
        await bed.dm(alice, "A note for you")
        answer = await bed.answered(await bed.slash(alice, bed.dm_channel(alice), "help sextortion"))
        await bed.answered(await bed.press(alice, answer, "I have paid"))
        await bed.wait_for(lambda: len(core.results) == 3)
        before = len(bed.inbox(alice))
        bed.clock.advance(LATER)
        receipt = await adapter.send_private(
            unasked(alice.id), OFFER, Road.DIRECT, Attempt("k1", since, doubts=1)
        )

    assert receipt == DELIVERED
    assert len(bed.inbox(alice)) == before + 1
    assert bed.inbox(alice)[-1].text == "A note for you"


async def test_other_buttons_under_the_same_words_are_another_message(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    other = Screen("other", OFFER.preview, (), (Button("Show", "q1:other"),), veiled=True)
    since = now(bed)
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        assert await adapter.send_private(unasked(alice.id), other, Road.DIRECT) == DELIVERED
        bed.clock.advance(LATER)
        await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT, Attempt("k1", since, doubts=1))

    assert len(bed.inbox(alice)) == 2


async def test_an_offer_that_was_pressed_is_known_though_it_looks_different(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    since = now(bed)
    assert await offered(bed, core, alice, Attempt("k1", since)) == DELIVERED
    async with running(bed, core):
        await bed.answered(await bed.press(alice, bed.inbox(alice)[0], "Show"))
    assert bed.inbox(alice)[0].text != "A note for you"
    bed.clock.advance(LATER)

    assert await offered(bed, core, alice, Attempt("k1", since, doubts=1)) == DELIVERED
    assert len(bed.inbox(alice)) == 1


async def test_a_clock_that_is_ahead_of_discords_still_finds_it(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    since = now(bed) + timedelta(seconds=30)
    assert await offered(bed, core, alice, Attempt("k1", since)) == DELIVERED
    bed.clock.advance(LATER)

    assert await offered(bed, core, alice, Attempt("k1", since, doubts=1)) == DELIVERED
    assert len(bed.inbox(alice)) == 1


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [
        (Refuse(403, 50001), None),
        (Refuse(404, 10003), None),
        (ServerError(503), None),
        (Drop(), None),
        (RateLimited(60), timedelta(seconds=60)),
    ],
)
async def test_a_history_that_cannot_be_read_leaves_it_to_a_later_try(
    bed: DiscordBed, core: Recorder, alice: User, trouble: Kind, wait: timedelta | None
) -> None:
    since = now(bed)
    bed.clock.advance(LATER)
    bed.fail("GET", SENDS, trouble, times=9)

    receipt = await offered(bed, core, alice, Attempt("k1", since, doubts=1))

    assert receipt == Receipt(Outcome.FAILED, wait)
    assert not bed.calls_to("POST", SENDS)


async def test_a_chat_too_full_to_look_through_stays_open(
    bed: DiscordBed, core: Recorder, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "LOOKED_AT", 2)
    since = now(bed)
    for _ in range(2):
        await bed.dm(alice, "hello")
    bed.clock.advance(LATER)

    receipt = await offered(bed, core, alice, Attempt("k1", since, doubts=1))

    assert receipt == Receipt(Outcome.AMBIGUOUS)
    assert not bed.calls_to("POST", SENDS)


class Time:
    """A clock that the pauses move on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize("spent", [0.0, 20.0, 37.9, 60.0])
async def test_one_of_several_tries_ends_before_the_core_gives_it_up(
    bed: DiscordBed, core: Recorder, alice: User, monkeypatch: pytest.MonkeyPatch, spent: float
) -> None:
    time = Time()
    async with running(bed, core, clock=time) as adapter:
        monkeypatch.setattr(adapter, "_sleep", time.sleep)
        monkeypatch.setattr(outbound, "view", _taking(time, spent, outbound.view))
        bed.fail("POST", SENDS, Drop(), times=99)
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT, Attempt("k1", now(bed)))

    assert time.now < max(40, spent + 1)
    if spent == 0:  # all the repeats that are made of an answer
        assert time.now > 20
    expected = Outcome.FAILED if spent > 40 else Outcome.AMBIGUOUS
    assert receipt.outcome is expected


def _taking(time: Time, seconds: float, work: Callable[[Screen], object]) -> Callable[[Screen], object]:
    def do(screen: Screen) -> object:
        time.now += seconds
        return work(screen)

    return do


async def noted(
    bed: DiscordBed, core: Recorder, channel: Channel, attempt: Attempt, screen: Screen = NOTE
) -> Receipt:
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        client = adapter._client
        await bed.wait_for(lambda: client is not None and client.get_channel(channel.id))
        return await adapter.send_note(place(channel), screen, attempt)


@pytest.mark.parametrize("wait", [0, 100, LATER])
async def test_a_note_of_which_there_is_doubt_is_posted_once_and_named(
    bed: DiscordBed, core: Recorder, alice: User, wait: int
) -> None:
    channel, since = joined(bed, core, alice), now(bed)
    first = await noted(bed, core, channel, Attempt("k1", since))
    await bed.say(alice, channel, NOTE.preview)
    bed.clock.advance(wait)

    assert await noted(bed, core, channel, Attempt("k1", since, doubts=1)) == first
    (note,) = [seen for seen in bed.seen_by(alice, channel) if seen.message.author is bed.bot]
    assert first == Receipt(Outcome.DELIVERED, note=str(note.message.id))


async def test_a_note_that_did_not_arrive_is_posted(bed: DiscordBed, core: Recorder, alice: User) -> None:
    channel, since = joined(bed, core, alice), now(bed)
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
    channel, since = joined(bed, core, alice), now(bed)
    bed.clock.advance(LATER)
    bed.fail("GET", SENDS, trouble, times=9)

    receipt = await noted(bed, core, channel, Attempt("k1", since, doubts=1))

    assert receipt == Receipt(expected)
    assert not bed.calls_to("POST", SENDS)
