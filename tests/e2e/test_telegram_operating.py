"""Does the bot start, stop, fail and come back on Telegram as its operator expects?"""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.guide.presses import Go, Stop, encode
from tests.beds.telegram import Group, Place, Shown, TelegramBed, User
from tests.e2e.product import Product
from tests.e2e.telegram_case import shows
from tests.e2e.telegram_roads import CRY

WRONG_USE = 2
SOON = 30.0


def plain_lines(product: Product) -> list[str]:
    """What it said to its operator beside its log."""
    return [line for line in product.log.splitlines() if not line.startswith("{")]


def standing_notes(folder: Path) -> int:
    """How many notes the bot has written down, to take them away again."""
    with closing(sqlite3.connect(folder / "quietline.db")) as database:
        return int(database.execute("SELECT count(*) FROM note").fetchone()[0])


async def sees(bed: TelegramBed, who: User, place: Place, screen_id: str) -> Shown:
    """Wait until somebody sees a screen there."""

    def screen() -> Shown | None:
        seen = bed.seen_by(who, place, from_bot=True)
        return next((shown for shown in seen if shows(shown, screen_id)), None)

    return await bed.wait_for(screen, SOON)


async def is_helped(bed: TelegramBed) -> None:
    someone = bed.user("Someone", started=True)
    await bed.command(someone, someone, "/help sextortion")
    await sees(bed, someone, someone, "sextortion")


def town(bed: TelegramBed, name: str, *, started: bool = True) -> tuple[User, Group]:
    """Somebody in a group of their own."""
    someone = bed.user(name, started=started)
    return someone, bed.group(f"{name}'s", [someone])


async def test_a_wrong_token_is_one_line_and_code_2(tmp_path: Path) -> None:
    async with TelegramBed() as bed:
        bed.token = "123456:a-wrong-token"
        product = Product(tmp_path, telegram=bed)
        await product.launch()
        assert await product.ended() == WRONG_USE

    (line,) = plain_lines(product)
    assert line.startswith("telegram: the server refuses the token; ")
    assert "Traceback" not in product.log
    assert "a-wrong-token" not in product.log


async def test_without_a_network_it_waits_and_then_connects(tmp_path: Path) -> None:
    async with TelegramBed() as bed:
        product = Product(tmp_path, telegram=bed)
        await bed.go_down()
        await product.launch()
        await bed.wait_for(lambda: "telegram_connect_failed" in product.log, 30)
        await bed.come_up()
        await bed.ready(30)
        await is_helped(bed)
        assert await product.stop() == 0
    assert not plain_lines(product)


async def test_it_stops_while_telegram_cannot_be_reached(tmp_path: Path) -> None:
    async with TelegramBed() as bed:
        product = Product(tmp_path, telegram=bed)
        await bed.go_down()
        await product.launch()
        await bed.wait_for(lambda: "telegram_connect_failed" in product.log, 30)
        assert await product.stop() == 0


async def test_it_stops_while_the_connection_is_lost(tmp_path: Path) -> None:
    async with TelegramBed() as bed, Product(tmp_path, telegram=bed) as product:
        await bed.go_down()
        await bed.wait_for(lambda: "telegram_poll_failed" in product.log, 30)


async def test_opt_out_cool_down_and_old_buttons_outlive_a_restart(tmp_path: Path) -> None:
    async with TelegramBed(privacy=False) as bed:
        (kim, group), (lee, other), (sam, third) = town(bed, "Kim"), town(bed, "Lee"), town(bed, "Sam")
        async with Product(tmp_path, telegram=bed):
            await bed.wait_for(lambda: ("all_group_chats", "") in bed.commands, SOON)
            await bed.command(kim, group, "/help sextortion")
            answer = await sees(bed, kim, group, "sextortion")
            await bed.say(kim, group, CRY)
            await bed.say(lee, other, CRY)
            await sees(bed, kim, kim, "offer")
            await bed.press(lee, await sees(bed, lee, lee, "offer"), encode(Stop()))
            stopped = await sees(bed, lee, lee, "stopped")
        async with Product(tmp_path, telegram=bed):
            await bed.press(kim, answer, encode(Go("sextortion/deadline")))
            await sees(bed, kim, group, "sextortion/deadline")
            await bed.press(lee, stopped, encode(Go("sextortion")), forged=True)
            await sees(bed, lee, lee, "sextortion")
            await bed.say(kim, group, CRY)
            await bed.say(lee, bed.group("elsewhere", [lee]), CRY)
            await bed.say(sam, third, CRY)
            await sees(bed, sam, sam, "offer")
            await bed.settle()
            assert len(bed.seen_by(kim, kim, from_bot=True)) == 1
            assert len(bed.seen_by(lee, lee, from_bot=True)) == 1


async def test_a_note_that_stood_when_the_bot_was_killed_works_and_is_removed(tmp_path: Path) -> None:
    """Even when there is no network at first."""
    async with TelegramBed(privacy=False) as bed:
        kim, group = town(bed, "Kim", started=False)
        notice = {"delay_seconds": [0, 0], "remove_after_minutes": 0.02}
        product = Product(tmp_path, telegram=bed, defaults={"notice": notice})
        await product.start()
        await bed.say(kim, group, CRY)
        note = await sees(bed, kim, group, "note")
        await bed.wait_for(lambda: standing_notes(tmp_path), SOON)
        await product.kill()

        await bed.go_down()
        await product.launch()
        await bed.wait_for(lambda: "telegram_removal_failed" in product.log, SOON)
        await bed.press(kim, note, note.labels[0])
        await bed.come_up()
        await sees(bed, kim, group, "index")
        await bed.wait_for(lambda: note not in bed.seen_by(kim, group), SOON)
        await bed.wait_for(lambda: not standing_notes(tmp_path), SOON)
        assert await product.stop() == 0
