"""Can a member have themselves forgotten, on both platforms, with nobody else the wiser?"""

from functools import partial
from pathlib import Path

from bot.guide import Erase, encode
from tests.beds.discord import DiscordBed
from tests.beds.discord import User as Member
from tests.beds.discord.channels import NONCE_SECONDS
from tests.beds.telegram import Place, Shown, TelegramBed, User
from tests.e2e.content import screen
from tests.e2e.discord_roads import CRY
from tests.e2e.product import Product

MORNING = "good morning all"
ALL, SOME = encode(Erase(everything=True)), encode(Erase())


async def test_on_discord(tmp_path: Path) -> None:
    async with DiscordBed() as bed, Product(tmp_path, discord=bed):
        guild = bed.guild()
        alice, bob = bed.member(guild, "alice"), bed.member(guild, "bob")
        channel = bed.channel(guild)
        await bed.say(alice, channel, CRY)
        await bed.wait_for(partial(bed.inbox, alice))
        await bed.say(alice, channel, CRY)  # within a day, so nothing comes
        for times, (button, result) in enumerate(((ALL, "erased"), (SOME, "erased-but-stop")), start=2):
            page = await bed.answered(await bed.slash(alice, channel, "forget"))
            assert page.text.startswith(screen("forget").preview)
            assert has(bed, alice, times - 1)
            page = await bed.answered(await bed.press(alice, page, button))
            assert page.text.startswith(screen(result).preview)
            bed.clock.advance(
                NONCE_SECONDS + 1
            )  # Discord takes the same offer sooner for the first one's echo
            await bed.say(alice, channel, CRY)
            await bed.wait_for(partial(has, bed, alice, times))
        assert not any(seen.message.author.bot for seen in bed.ever_seen_by(bob))


async def test_on_telegram(tmp_path: Path) -> None:
    async with TelegramBed(privacy=False) as bed, Product(tmp_path, telegram=bed):
        await bed.wait_for(lambda: ("all_group_chats", "") in bed.commands, 30)
        kim, lee = bed.user("Kim", started=True), bed.user("Lee")
        group = bed.group("Town", [kim, lee])
        await bed.say(kim, group, CRY)
        await bed.wait_for(partial(offered, bed, kim, 1), 15)
        await bed.say(kim, group, CRY)  # within a day, so nothing comes
        for times, (button, result) in enumerate(((ALL, "erased"), (SOME, "erased-but-stop")), start=2):
            await bed.command(kim, group, "/forget")
            (asked,) = await bed.wait_for(lambda: pages(bed, kim, group, "forget"), 15)
            assert asked.ephemeral_id is not None
            assert offered(bed, kim, times - 1)
            await bed.press(kim, asked, button)
            await bed.wait_for(partial(pages, bed, kim, group, result), 15)
            await bed.say(kim, group, CRY)
            await bed.wait_for(partial(offered, bed, kim, times), 15)
        assert bed.ever_seen_by(lee, group, from_bot=True) == ()


def has(bed: DiscordBed, reader: Member, times: int) -> bool:
    """Whether so many messages stand in the reader's private chat."""
    return len(bed.inbox(reader)) == times


def offered(bed: TelegramBed, reader: User, times: int) -> bool:
    """Whether so many offers stand in the reader's private chat."""
    return len(pages(bed, reader, reader, "offer")) == times


def pages(bed: TelegramBed, reader: User, where: Place, screen_id: str) -> list[Shown]:
    """Every message of the bot there that shows this screen now."""
    seen = bed.seen_by(reader, where, from_bot=True)
    return [one for one in seen if screen(screen_id).preview in one.text]
