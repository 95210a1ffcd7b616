"""Can the bot on Discord be used to message somebody, or be kept from those who need it?"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

import pytest
import pytest_asyncio

from bot.guide.presses import TakeBack, encode, parse
from tests.beds.discord import Channel, DiscordBed, Guild, User
from tests.e2e.abuse import (
    CONTACTED,
    FEW,
    FORGED,
    LONG,
    PRESSES,
    RAIDERS,
    SETTLING,
    Operator,
    check_alarm,
    check_patience,
)
from tests.e2e.content import screen
from tests.e2e.discord_roads import CRY
from tests.e2e.product import Product

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass
class Running:
    """A bed, the bot in it with the limits it has by itself, and what its operator sees."""

    bed: DiscordBed
    product: Product
    operator: Operator


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    operator = Operator()
    async with DiscordBed() as bed:
        made = Product(
            tmp_path_factory.mktemp("abuse"),
            discord=bed,
            defaults={"answers_in_10_seconds": 20},
            settings=operator.settings,
        )
        async with made as product:
            yield Running(bed, product, operator)


@pytest.fixture
def bed(running: Running) -> DiscordBed:
    return running.bed


def stage(bed: DiscordBed, *names: str) -> tuple[Guild, Channel, list[User]]:
    guild = bed.guild()
    return guild, bed.channel(guild), [bed.member(guild, name) for name in names]


def contacted(bed: DiscordBed, guild: Guild) -> list[User]:
    """The members who ever had a message of the bot; nobody but they may have seen any."""
    public = [seen for user in guild.members.values() for seen in bed.seen_by(user, guild.channels[-1])]
    assert not [seen for seen in public if seen.message.author is bed.bot and not seen.only_you]
    return [user for user in guild.members.values() if bed.inbox(user)]


async def test_nobody_but_the_writer_is_contacted_whatever_they_write(bed: DiscordBed) -> None:
    guild, channel, (alice, bob, carol) = stage(bed, "alice", "bob", "carol")
    hello = await bed.say(bob, channel, "hello")
    for text in (f"> {CRY}", f"`{CRY}`", f"```\n{CRY}\n```", f">>> so he said\n{CRY}"):
        await bed.say(carol, channel, text, reply_to=hello)
    await bed.say(carol, channel, f"{bob.mention} pay up or everybody gets your nudes")
    await bed.say(carol, channel, CRY, webhook="bob")
    await bed.say(bed.member(guild, "robot", bot=True), channel, CRY)
    for text in (f"{bob.mention} someone has your nudes pay up", f"{bob.mention} {CRY}"):
        await bed.say(alice, channel, text, reply_to=hello)
    await bed.wait_for(lambda: bed.inbox(alice))
    await asyncio.sleep(SETTLING)
    assert contacted(bed, guild) == [alice]
    assert len(bed.inbox(alice)) == 1


async def test_of_a_raid_ten_are_contacted_then_nobody_and_help_still_answers(running: Running) -> None:
    bed = running.bed
    guild, channel, raiders = stage(bed, *(f"raider {number}" for number in range(RAIDERS)))
    for _ in range(2):
        for raider in raiders:
            await bed.say(raider, channel, CRY)
    await bed.wait_for(lambda: len(contacted(bed, guild)) >= CONTACTED)
    await asyncio.sleep(SETTLING)
    assert contacted(bed, guild) == raiders[:CONTACTED]
    answer = await bed.answered(await bed.slash(raiders[-1], channel, "help sextortion"))
    assert answer.text.startswith(screen("sextortion").preview)
    answer = await bed.answered(await bed.press(raiders[-1], answer, answer.buttons[0].custom_id))
    assert answer.only_you

    _, elsewhere, (kim,) = stage(bed, "kim")
    await bed.say(kim, elsewhere, CRY)
    await bed.wait_for(lambda: bed.inbox(kim))
    assert await running.operator.count("raids", "discord") == 1
    check_alarm(running.product, guild.id, channel.id, *(raider.id for raider in raiders))


async def test_what_comes_twice_or_too_late_does_nothing_twice(bed: DiscordBed) -> None:
    guild, channel, (alice, bob) = stage(bed, "alice", "bob")
    asked = [await bed.slash(alice, channel, "help sextortion")]
    answer = await bed.answered(asked[0])
    asked.append(await bed.press(alice, answer, answer.buttons[0].custom_id))
    await bed.answered(asked[1])
    await bed.say(alice, channel, CRY)
    await bed.wait_for(lambda: bed.inbox(alice))
    await bed.redeliver(3)
    await asyncio.sleep(SETTLING)
    assert [len(one.answers) for one in asked] == [1, 1]
    assert len(bed.inbox(alice)) == 1

    for late in (
        await bed.slash(alice, channel, "help sextortion", age=10),
        await bed.press(alice, answer, "q1:go:sextortion/paid", age=10, forged=True),
    ):
        assert not late.answers
    await bed.wait_for(lambda: len(bed.inbox(alice)) == 3)
    assert contacted(bed, guild) == [alice]
    assert not [seen for seen in bed.ever_seen_by(bob) if seen.message.author is bed.bot]


async def test_a_forged_button_shows_a_page_to_its_presser_alone(bed: DiscordBed) -> None:
    guild, channel, (alice, bob) = stage(bed, "alice", "bob")
    cry = await bed.say(alice, channel, CRY)
    (offer,) = await bed.wait_for(lambda: bed.inbox(alice))
    ids = [button.custom_id for button in offer.buttons]
    (sure,) = [encode(replace(one, sure=True)) for one in map(parse, ids) if isinstance(one, TakeBack)]
    page = await bed.answered(await bed.slash(bob, channel, "help about"))
    for forged in (*FORGED, *ids, sure):
        page = await bed.answered(await bed.press(bob, page, forged, forged=True))
        assert page.only_you
    await asyncio.sleep(SETTLING)
    assert not cry.deleted
    assert contacted(bed, guild) == [alice]
    assert len(bed.inbox(alice)) == 1


async def test_very_long_messages_hold_nobody_up(bed: DiscordBed) -> None:
    guild, channel, (alice, bob) = stage(bed, "alice", "bob")
    for text in (LONG, f"> {LONG}", "`" * 4_000, "> " * 2_000, "\u202e" * 4_000, "a" * len(LONG)):
        await bed.say(alice, channel, text)
    await bed.dm(alice, LONG)
    assert (await bed.answered(await bed.slash(bob, channel, "help about"))).only_you
    await bed.wait_for(lambda: {s.message.author for s in bed.inbox(alice)} == {alice, bed.bot})
    assert contacted(bed, guild) == [alice]


async def test_a_flood_of_one_person_costs_others_nothing(running: Running) -> None:
    bed = running.bed
    _, channel, (mallory, kim) = stage(bed, "mallory", "kim")
    page = await bed.answered(await bed.slash(mallory, channel, "help about"))

    async def ask() -> float:
        began = monotonic()
        await bed.answered(await bed.slash(kim, channel, "help sextortion"))
        return monotonic() - began

    before = [await ask() for _ in range(FEW)]
    flood = [await bed.press(mallory, page, "q1:go:about", forged=True) for _ in range(PRESSES // 2)]
    flood += [await bed.slash(mallory, channel, "help about") for _ in range(PRESSES // 2)]
    check_patience(before, [await ask() for _ in range(FEW)])
    await bed.wait_for(lambda: sum(bool(one.answers) for one in flood) >= 15)
    assert sum(bool(one.answers) for one in flood) < 20
    assert await running.operator.count("floods", "discord") >= PRESSES - 20
