"""Are no more conversations begun unasked than the operator allows, and is nobody else kept waiting?"""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from adapters.discord.adapter import Discord
from adapters.discord.budget import DAY, HOUR, MINUTE, Budget
from adapters.discord.config import Section
from bot.model import Attempt, Outcome, Receipt, Road
from tests.adapters.discord_local import cancelled, running, section, unasked
from tests.adapters.discord_screens import HELP, OFFER, answering
from tests.adapters.recorder import Recorder
from tests.beds.discord import DiscordBed, User

LIMITS = {"unasked_per_minute": MINUTE, "unasked_per_hour": HOUR, "unasked_per_day": DAY}
DELIVERED, UNREACHABLE = Receipt(Outcome.DELIVERED), Receipt(Outcome.UNREACHABLE)


class Time:
    """A clock that the test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def people(bed: DiscordBed, many: int) -> list[User]:
    guild = bed.guild()
    return [bed.member(guild, f"member {number}") for number in range(many)]


async def offer(adapter: Discord, person: User, attempt: Attempt | None = None) -> Receipt:
    return await adapter.send_private(unasked(person.id), OFFER, Road.DIRECT, attempt)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("many", [0, 2])
async def test_the_next_one_goes_another_way_or_waits_a_minute_at_most(limit: str, many: int) -> None:
    time = Time()
    async with DiscordBed() as bed:
        members = people(bed, 4)
        only = section(bed, **{limit: many})
        async with running(bed, Recorder(answering), clock=time, config=only) as adapter:
            receipts = []
            for member in members:
                receipts.append(await offer(adapter, member))
                time.now += 10
            waits = many and limit == "unasked_per_minute"
            refused = [
                Receipt(Outcome.THROTTLED, timedelta(seconds=left)) if waits else UNREACHABLE
                for left in ((40, 30) if many else (0,) * 4)
            ]
            assert receipts == [DELIVERED] * many + refused
            assert len(bed.calls_to("POST", "/users/@me/channels")) == many
            time.now = 1000 + LIMITS[limit] + 1
            again = await offer(adapter, members[3])
            assert (again == DELIVERED) is bool(many)


async def test_who_was_written_to_before_and_who_asks_is_not_counted() -> None:
    async with DiscordBed() as bed:
        alice, bob = people(bed, 2)
        config = section(bed, unasked_per_hour=1)
        async with running(bed, Recorder(answering), config=config) as adapter:
            for person, screen in ((alice, OFFER), (alice, OFFER), (bob, HELP), (alice, OFFER)):
                receipt = await adapter.send_private(unasked(person.id), screen, Road.DIRECT)
                assert receipt == DELIVERED
            assert await offer(adapter, bob) == UNREACHABLE


async def test_of_whom_there_is_doubt_the_conversation_was_begun_already() -> None:
    async with DiscordBed() as bed:
        (alice,) = people(bed, 1)
        config = section(bed, unasked_per_hour=0)
        async with running(bed, Recorder(answering), config=config) as adapter:
            attempts = [Attempt("k1", datetime.now(UTC), doubts) for doubts in (0, 1)]
            assert [await offer(adapter, alice, each) for each in attempts] == [UNREACHABLE, DELIVERED]


async def test_the_sums_are_told_by_the_hour_and_never_when_somebody_is_written_to() -> None:
    time, hours = Time(), asyncio.Queue[None]()

    async def sleep(seconds: float) -> None:
        assert seconds == HOUR
        await hours.get()
        hours.task_done()

    async def hour(seconds: float = HOUR) -> list[dict[str, object]]:
        time.now += seconds
        with capture_logs() as logs:
            hours.put_nowait(None)
            await hours.join()
            await asyncio.sleep(0.01)
        return [dict(line) for line in logs if line["event"] == "discord_begun_unasked"]

    def sums(last_hour: int, last_day: int, refused: int) -> list[dict[str, object]]:
        line = {"event": "discord_begun_unasked", "log_level": "info"}
        return [{**line, "last_hour": last_hour, "last_day": last_day, "refused": refused}]

    async with DiscordBed() as bed:
        members = people(bed, 4)
        adapter = Discord(section(bed, unasked_per_minute=2), sleep=sleep, clock=time)
        task = asyncio.create_task(adapter.run(Recorder(answering)))
        await bed.bot_ready()
        assert await hour() == []
        with capture_logs() as logs:
            for member in members[:3]:
                await offer(adapter, member)
        assert not [line for line in logs if line["event"] == "discord_begun_unasked"]
        assert await hour(HOUR - 1) == sums(2, 2, 1)
        await offer(adapter, members[3])
        assert await hour(HOUR - 1) == sums(1, 3, 0)
        assert await hour(DAY) == []
        await cancelled(task)


def test_whom_it_knows_again_cannot_be_read_from_it() -> None:
    number = "708512345678901234"
    section = Section(token=SecretStr("t"), unasked_per_day=1)
    budget, other = Budget(section, Time()), Budget(section, Time())
    assert [budget.refusal(number), budget.refusal(number)] == [None, None]
    assert budget.refusal("708512345678901235") == UNREACHABLE
    assert other.refusal(number) is None
    assert number not in repr(vars(budget))
    assert vars(budget)["_people"].keys().isdisjoint(vars(other)["_people"])
