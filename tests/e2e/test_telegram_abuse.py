"""Can the bot on Telegram be used to message somebody, or be kept from those who need it?"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from time import monotonic

import pytest
import pytest_asyncio

from bot.guide.presses import TakeBack, encode, parse
from tests.beds.telegram import Group, Place, Query, Shown, TelegramBed, User
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
from tests.e2e.product import Product
from tests.e2e.telegram_case import shows
from tests.e2e.telegram_roads import CRY

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOON = 15.0
PAYLOADS = ("../../etc/passwd", "q1:stop", "stop", "sextortion_paid_" * 9, "\u202e", "000")


@dataclass
class Running:
    """A bed, the bot in it with the limits it has by itself, and what its operator sees."""

    bed: TelegramBed
    product: Product
    operator: Operator


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    operator = Operator()
    async with TelegramBed(privacy=False) as bed:
        made = Product(
            tmp_path_factory.mktemp("abuse"),
            telegram=bed,
            defaults={"answers_in_10_seconds": 20},
            settings=operator.settings,
        )
        async with made as product:
            await bed.wait_for(lambda: ("all_group_chats", "") in bed.commands, SOON)
            yield Running(bed, product, operator)
        assert not bed.faults


@pytest.fixture
def bed(running: Running) -> TelegramBed:
    return running.bed


def town(bed: TelegramBed, *names: str) -> tuple[Group, list[User]]:
    """A group of people whom the bot could all write to."""
    people = [bed.user(name, started=True) for name in names]
    return bed.group("Town", people), people


def contacted(bed: TelegramBed, people: list[User], group: Group) -> list[User]:
    """Those who ever had a message of the bot in private; nobody may have seen any in the group."""
    assert not any(bed.ever_seen_by(person, group, from_bot=True) for person in people)
    return [person for person in people if bed.seen_by(person, person, from_bot=True)]


def page(bed: TelegramBed, person: User, place: Place, screen_id: str) -> Shown | None:
    seen = bed.seen_by(person, place, from_bot=True)
    return next((shown for shown in seen if shows(shown, screen_id)), None)


async def test_nobody_but_the_writer_is_contacted_whatever_they_write(bed: TelegramBed) -> None:
    group, (kim, lee, sam) = town(bed, "Kim", "Lee", "Sam")
    channel, robot = bed.group("News", kind="channel"), bed.user("Robot", is_bot=True)
    hello = await bed.say(lee, group, "hello")
    for quoted in ("blockquote", "code", "pre"):
        await bed.say(sam, group, f"<{quoted}>{CRY}</{quoted}>", html=True, reply_to=hello)
    for source in (lee, channel, "somebody hidden"):
        await bed.say(sam, group, CRY, forward=source)
    await bed.say(sam, group, CRY, via_bot=robot)
    await bed.say(sam, group, CRY, sender_chat=group)
    await bed.say(sam, group, CRY, sender_chat=channel)
    await bed.say(sam, group, CRY, sender_chat=channel, automatic_forward=True)
    await bed.say(sam, group, f"@{lee.username} pay up or everybody gets your nudes")
    for text in (f"@{lee.username} someone has your nudes pay up", f"@{lee.username} {CRY}"):
        await bed.say(kim, group, text, reply_to=hello)
    await bed.wait_for(lambda: page(bed, kim, kim, "offer"), SOON)
    await asyncio.sleep(SETTLING)
    assert contacted(bed, [lee, kim, sam], group) == [kim]
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 1


async def test_of_a_raid_ten_are_contacted_then_nobody_and_help_still_answers(running: Running) -> None:
    bed = running.bed
    group, raiders = town(bed, *(f"Raider {number}" for number in range(RAIDERS)))
    for _ in range(2):
        for raider in raiders:
            await bed.say(raider, group, CRY)
    await bed.wait_for(lambda: len(contacted(bed, raiders, group)) >= CONTACTED, SOON)
    await asyncio.sleep(SETTLING)
    assert len(contacted(bed, raiders, group)) == CONTACTED
    late = raiders[-1]
    await bed.command(late, group, "/help sextortion")
    answer = await bed.wait_for(lambda: page(bed, late, group, "sextortion"), SOON)
    await bed.press(late, answer, answer.labels[0])
    await bed.wait_for(lambda: page(bed, late, group, "sextortion/deadline"), SOON)

    elsewhere, (kim,) = town(bed, "Kim")
    await bed.say(kim, elsewhere, CRY)
    await bed.wait_for(lambda: page(bed, kim, kim, "offer"), SOON)
    assert await running.operator.count("raids", "telegram") == 1
    check_alarm(running.product, abs(group.id), *(raider.id for raider in raiders))


async def test_what_comes_twice_does_nothing_twice(bed: TelegramBed) -> None:
    group, (kim, lee) = town(bed, "Kim", "Lee")
    await bed.command(kim, kim, "/help sextortion")
    answer = await bed.wait_for(lambda: page(bed, kim, kim, "sextortion"), SOON)
    await bed.press(kim, answer, answer.labels[0])
    await bed.wait_for(lambda: page(bed, kim, kim, "sextortion/deadline"), SOON)
    await bed.say(kim, group, CRY)
    await bed.wait_for(lambda: page(bed, kim, kim, "offer"), SOON)
    await bed.settle()
    before = len(bed.calls_to("sendMessage", "editMessageText", "answerCallbackQuery"))
    bed.redeliver(3)
    await asyncio.sleep(SETTLING)
    await bed.settle()
    assert len(bed.calls_to("sendMessage", "editMessageText", "answerCallbackQuery")) == before
    assert contacted(bed, [lee, kim], group) == [kim]


async def test_a_forged_button_or_link_shows_a_page_to_whoever_sends_it_alone(bed: TelegramBed) -> None:
    group, (kim, lee) = town(bed, "Kim", "Lee")
    await bed.promote(group, bed.me, ["can_delete_messages"])
    await bed.say(kim, group, CRY)
    offer = await bed.wait_for(lambda: page(bed, kim, kim, "offer"), SOON)
    ids = [button.data for button in offer.buttons if button.data]
    (sure,) = [encode(replace(one, sure=True)) for one in map(parse, ids) if isinstance(one, TakeBack)]
    await bed.command(lee, lee, "/help")
    index = await bed.wait_for(lambda: page(bed, lee, lee, "index"), SOON)
    pressed: list[Query] = []
    for forged in (*FORGED, *ids, sure):
        pressed.append(await bed.press(lee, index, forged, forged=True))
    await bed.wait_for(lambda: all(query.answer for query in pressed), SOON)
    for payload in PAYLOADS:
        await bed.say(lee, lee, f"/start {payload}")
    await bed.wait_for(lambda: len(bed.seen_by(lee, lee, from_bot=True)) == 1 + len(PAYLOADS), SOON)
    await bed.settle()
    assert [shown.text for shown in bed.seen_by(lee, group)] == [CRY]
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 1
    assert page(bed, kim, kim, "offer")


async def test_very_long_messages_hold_nobody_up(bed: TelegramBed) -> None:
    group, (kim, lee) = town(bed, "Kim", "Lee")
    for text in (LONG, "`" * 4_000, "> " * 2_000, "\u202e" * 4_000, "a" * len(LONG)):
        await bed.say(kim, group, text)
    await bed.say(kim, kim, LONG)
    await bed.command(lee, lee, "/help sextortion")
    await bed.wait_for(lambda: page(bed, lee, lee, "sextortion"), SOON)
    await bed.wait_for(lambda: page(bed, kim, kim, "sextortion"), SOON)


async def test_a_flood_of_one_person_costs_others_nothing(running: Running) -> None:
    bed = running.bed
    _, (mallory, kim) = town(bed, "Mallory", "Kim")
    await bed.command(mallory, mallory, "/help")
    index = await bed.wait_for(lambda: page(bed, mallory, mallory, "index"), SOON)

    async def ask() -> float:
        had, began = len(bed.seen_by(kim, kim, from_bot=True)), monotonic()
        await bed.command(kim, kim, "/help sextortion")
        await bed.wait_for(lambda: len(bed.seen_by(kim, kim, from_bot=True)) > had, SOON)
        return monotonic() - began

    before = [await ask() for _ in range(FEW)]
    bed.fail("editMessageText", "slow", times=None, seconds=0.1, about=mallory)
    flood = [await bed.press(mallory, index, "q1:go:about", forged=True) for _ in range(PRESSES // 2)]
    for _ in range(PRESSES // 2):
        await bed.command(mallory, mallory, "/help")
    check_patience(before, [await ask() for _ in range(FEW)])
    bed.heal()
    await bed.settle()
    assert len([query for query in flood if query.answer]) < 20
    assert await running.operator.count("floods", "telegram") >= PRESSES - 20
