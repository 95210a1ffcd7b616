"""Does the bot start, stop, fail and come back on Discord as its operator expects?"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.guide.presses import Go, Stop, encode
from tests.beds.discord import Channel, DiscordBed, MessageContent, User
from tests.e2e.discord_roads import CRY
from tests.e2e.product import Product

WRONG_USE = 2


def stage(bed: DiscordBed) -> tuple[User, Channel]:
    """Somebody in a server, and its channel."""
    guild = bed.guild()
    return bed.member(guild, "alice"), bed.channel(guild)


def plain_lines(product: Product) -> list[str]:
    """What it said to its operator beside its log."""
    return [line for line in product.log.splitlines() if not line.startswith("{")]


def events(product: Product) -> list[str]:
    lines = [line for line in product.log.splitlines() if line.startswith("{")]
    return [json.loads(line)["event"] for line in lines]


def standing_notes(folder: Path) -> int:
    """How many notes the bot has written down, to take them away again."""
    with closing(sqlite3.connect(folder / "quietline.db")) as database:
        return int(database.execute("SELECT count(*) FROM note").fetchone()[0])


async def is_helped(bed: DiscordBed) -> None:
    alice, channel = stage(bed)
    assert (await bed.answered(await bed.slash(alice, channel, "help sextortion"))).only_you


async def test_a_wrong_token_is_one_line_and_code_2(tmp_path: Path) -> None:
    async with DiscordBed() as bed:
        bed.token = "a-wrong-token"
        product = Product(tmp_path, discord=bed)
        await product.launch()
        assert await product.ended() == WRONG_USE

    (line,) = plain_lines(product)
    assert line.startswith("discord: the token is refused; ")
    assert "Traceback" not in product.log
    assert "a-wrong-token" not in product.log


async def test_refused_intents_are_one_line_and_the_bot_runs_on(tmp_path: Path) -> None:
    async with (
        DiscordBed(message_content=MessageContent.OFF) as bed,
        Product(tmp_path, discord=bed) as product,
    ):
        await is_helped(bed)
        alice, channel = stage(bed)
        await bed.say(alice, channel, CRY)
        await bed.say(alice, channel, f"{bed.bot.mention} help")
        await bed.wait_for(lambda: bed.inbox(alice))
        assert len(bed.inbox(alice)) == 1

    assert events(product).count("discord_message_content_refused") == 1
    assert "Message Content Intent" in product.log
    assert not plain_lines(product)


async def test_without_a_network_it_waits_and_then_connects(tmp_path: Path) -> None:
    async with DiscordBed() as bed:
        product = Product(tmp_path, discord=bed)
        await bed.down()
        await product.launch()
        await bed.wait_for(lambda: "discord_unreachable" in product.log, 30)
        await bed.up()
        await bed.bot_ready(30)
        await is_helped(bed)
        assert await product.stop() == 0
    assert not plain_lines(product)


async def test_it_stops_while_discord_cannot_be_reached(tmp_path: Path) -> None:
    async with DiscordBed() as bed:
        product = Product(tmp_path, discord=bed)
        await bed.down()
        await product.launch()
        await bed.wait_for(lambda: "discord_unreachable" in product.log, 30)
        assert await product.stop() == 0
    assert events(product)[-1] == "stopped"


async def test_it_stops_while_it_is_reconnecting(tmp_path: Path) -> None:
    async with DiscordBed() as bed, Product(tmp_path, discord=bed):
        await bed.down()
        await bed.wait_for(lambda: not bed.sessions)


async def test_opt_out_cool_down_and_old_buttons_outlive_a_restart(tmp_path: Path) -> None:
    async with DiscordBed() as bed:
        (alice, channel), (bob, other), (kim, third) = (stage(bed) for _ in range(3))
        async with Product(tmp_path, discord=bed):
            answer = await bed.answered(await bed.slash(alice, channel, "help sextortion"))
            await bed.say(alice, channel, CRY)
            await bed.say(bob, other, CRY)
            (offer,) = await bed.wait_for(lambda: bed.inbox(bob))
            await bed.answered(await bed.press(bob, offer, encode(Stop())))
            await bed.wait_for(lambda: bed.inbox(alice))
        bed.world.commands = None  # so that the bed waits for the second start
        async with Product(tmp_path, discord=bed):
            assert (
                await bed.answered(await bed.press(alice, answer, encode(Go("sextortion/paid"))))
            ).only_you
            await bed.say(alice, channel, CRY)
            elsewhere = bed.guild()
            bed.join(bob, elsewhere)
            await bed.say(bob, bed.channel(elsewhere), CRY)
            await bed.say(kim, third, CRY)
            await bed.wait_for(lambda: bed.inbox(kim))
            assert (len(bed.inbox(alice)), len(bed.inbox(bob))) == (1, 1)


async def test_a_note_that_stood_when_the_bot_was_killed_is_removed(tmp_path: Path) -> None:
    async with DiscordBed() as bed:
        alice, channel = stage(bed)
        alice.dms_open = False
        notice = {"delay_seconds": [0, 0], "remove_after_minutes": 0.02}
        killed = Product(tmp_path, discord=bed, defaults={"notice": notice})
        await killed.start()
        await bed.say(alice, channel, CRY)
        await bed.wait_for(lambda: len(bed.seen_by(alice, channel)) == 2)
        await bed.wait_for(lambda: standing_notes(tmp_path))
        await killed.kill()
        bed.world.commands = None
        async with Product(tmp_path, discord=bed):
            await is_helped(bed)
            await bed.wait_for(lambda: len(bed.seen_by(alice, channel)) == 1, 15)
