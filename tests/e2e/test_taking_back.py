"""Can a member have what they wrote deleted, on both platforms, where the bot may, and nobody else's?"""

from functools import partial
from pathlib import Path

from bot.guide.presses import TakeBack, parse
from tests.beds.discord import DiscordBed
from tests.beds.telegram import Shown, TelegramBed, User
from tests.e2e.content import screen, sentences
from tests.e2e.discord_roads import CRY
from tests.e2e.product import Product

MORNING = "good morning all"


def way_back(buttons: list[str]) -> str:
    (button,) = [one for one in buttons if isinstance(parse(one), TakeBack)]
    return button


def result(allowed: bool) -> str:
    return screen("taken-back" if allowed else "not-taken-back").preview


async def test_on_discord(tmp_path: Path) -> None:
    async with DiscordBed() as bed, Product(tmp_path, discord=bed) as product:
        for allowed in (True, False):
            guild = bed.guild()
            alice, bob = bed.member(guild, "alice"), bed.member(guild, "bob")
            channel = bed.channel(guild, bot_manages=allowed)
            others = await bed.say(bob, channel, MORNING)
            written = await bed.say(alice, channel, CRY)
            (page,) = await bed.wait_for(partial(bed.inbox, alice))
            for expected in (screen("sextortion/take-back").preview, result(allowed)):
                assert not written.deleted
                button = way_back([one.custom_id for one in page.buttons])
                page = await bed.answered(await bed.press(alice, page, button))
                assert page.text.startswith(expected)
            assert (written.deleted, others.deleted) == (allowed, False)
            assert not any(seen.message.author.bot for seen in bed.ever_seen_by(bob))
            check_nothing_stays(product, alice.id, channel.id, written.id)


async def test_on_telegram(tmp_path: Path) -> None:
    async with TelegramBed(privacy=False) as bed, Product(tmp_path, telegram=bed) as product:
        for allowed in (True, False):
            kim, lee = bed.user("Kim", started=True), bed.user("Lee")
            group = bed.group("Town", [kim, lee])
            if allowed:
                await bed.promote(group, bed.me, ["can_delete_messages"])
            others = await bed.say(lee, group, MORNING)
            written = await bed.say(kim, group, CRY)
            offer = await newest(bed, kim, screen("offer").preview)
            await bed.press(kim, offer, way_back(ids(offer)))
            page = await newest(bed, kim, sentences(screen("sextortion/take-back"))[1])
            sure = way_back(ids(page))
            forged = sure.replace(f".{written.message_id}.", f".{others.message_id}.")
            for button, expected in ((forged, result(False)), (sure, result(allowed))):
                await bed.press(kim, page, button, forged=True)
                page = await newest(bed, kim, expected)
            left = [one.text for one in bed.seen_by(lee, group)]
            assert left == [MORNING] + [CRY] * (not allowed)
            assert bed.ever_seen_by(lee, group, from_bot=True) == ()
            check_nothing_stays(product, kim.id, abs(group.id))


def check_nothing_stays(product: Product, *numbers: int) -> None:
    """Neither the log, at DEBUG, nor a file of the bot holds who or where it was."""
    for number in map(str, numbers):
        assert number not in product.log
        assert not any(number.encode() in left for left in product.leavings.values())


async def newest(bed: TelegramBed, reader: User, text: str) -> Shown:
    """Wait for a message of the bot with this text, whole, in the reader's private chat."""

    def found() -> Shown | None:
        shown = bed.seen_by(reader, reader, from_bot=True)
        return next((one for one in shown if text in one.text and one.buttons), None)

    return await bed.wait_for(found, 15)


def ids(shown: Shown) -> list[str]:
    return [one.data for one in shown.buttons if one.data]
