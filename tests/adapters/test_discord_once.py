"""Is what is promised once there once, over several tries and processes?  Over real sockets."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from adapters.discord import once, outbound
from bot.model import Attempt, Button, Outcome, Receipt, Road, Screen
from tests.adapters.discord_local import SENDS, running, unasked
from tests.adapters.discord_screens import OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed, Drop, RateLimited, Refuse, ServerError, User
from tests.beds.discord.faults import Kind

DELIVERED = Receipt(Outcome.DELIVERED)
LATER = 300  # seconds: Discord has forgotten the nonce


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
        # The person's own words, changed, an answer to them, the answer to a command, and that one pressed.
        said = await bed.dm(alice, "a note")
        await bed.edit(said, "A note for you")
        answer = await bed.answered(await bed.slash(alice, bed.dm_channel(alice), "help sextortion"))
        await bed.answered(await bed.press(alice, answer, "I have paid"))
        await bed.wait_for(lambda: len(core.results) == 4)
        before = len(bed.inbox(alice))
        bed.clock.advance(LATER)
        receipt = await adapter.send_private(
            unasked(alice.id), OFFER, Road.DIRECT, Attempt("k1", since, doubts=1)
        )

    assert receipt == DELIVERED
    assert len(bed.inbox(alice)) == before + 1
    assert bed.inbox(alice)[-1].text == "A note for you"


async def test_an_offer_with_one_more_button_is_found_by_a_process_that_does_not_know_that_one(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    since = now(bed)
    more = replace(OFFER, actions=(*OFFER.actions, Button("Take back", "q1:mine:1.2.3")))
    async with running(bed, core, now=lambda: now(bed)) as adapter:
        first = await adapter.send_private(unasked(alice.id), more, Road.DIRECT, Attempt("k1", since))
        assert first == DELIVERED
    bed.clock.advance(LATER)
    assert await offered(bed, core, alice, Attempt("k1", since, doubts=1)) == DELIVERED
    assert len(bed.inbox(alice)) == 1


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


async def test_when_looking_took_all_the_time_nothing_is_sent(
    bed: DiscordBed, core: Recorder, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time()

    async def find(*asked: object) -> tuple[int | None, bool]:
        time.now += 60
        return None, True

    monkeypatch.setattr(once, "find", find)
    attempt = Attempt("k1", now(bed) - timedelta(seconds=LATER), doubts=1)
    async with running(bed, core, clock=time) as adapter:
        receipt = await adapter.send_private(unasked(alice.id), OFFER, Road.DIRECT, attempt)

    assert receipt == Receipt(Outcome.FAILED)
    assert not bed.calls_to("POST", SENDS)


def _taking(time: Time, seconds: float, work: Callable[[Screen], object]) -> Callable[[Screen], object]:
    def do(screen: Screen) -> object:
        time.now += seconds
        return work(screen)

    return do
