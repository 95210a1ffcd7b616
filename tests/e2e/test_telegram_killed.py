"""Is everybody answered who asked on Telegram, however often the bot is killed meanwhile?"""

import random
from functools import partial
from pathlib import Path

from tests.beds.telegram import TelegramBed, User
from tests.e2e.product import Product
from tests.e2e.telegram_case import shows

KILLS = 3
ASKING_EACH_TIME = 12
SOON = 60.0


def is_helped(bed: TelegramBed, who: User) -> bool:
    return any(shows(shown, "sextortion") for shown in bed.seen_by(who, who, from_bot=True))


def sent(bed: TelegramBed, enough: int) -> bool:
    return len(bed.calls_to("sendMessage")) >= enough


async def test_everybody_is_answered_however_often_the_bot_is_killed(tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - the same every time
    people = list[User]()
    async with TelegramBed() as bed:
        # So that at any moment some answers are under way.
        bed.fail("sendMessage", "slow", times=None, seconds=0.1)

        async def crowd(size: int) -> None:
            for _ in range(size):
                people.append(who := bed.user(f"asker {len(people)}", started=True))
                if chance.random() < 0.5:
                    await bed.command(who, who, "/help sextortion")
                else:
                    await bed.say(who, who, "im being blackmailed")

        product = Product(tmp_path, telegram=bed)
        await product.start()
        cut_short = 0
        for _ in range(KILLS):
            await crowd(ASKING_EACH_TIME)
            enough = len(bed.calls_to("sendMessage")) + chance.randint(1, ASKING_EACH_TIME)
            await bed.wait_for(partial(sent, bed, enough), SOON)
            await product.kill()
            cut_short += sum(not is_helped(bed, who) for who in people)
            await crowd(2)
            await product.launch()
        await bed.wait_for(lambda: all(is_helped(bed, who) for who in people), SOON)
        bed.heal()
        assert await product.stop() == 0
        assert cut_short > KILLS  # or nothing was tried
        most = max(len(bed.seen_by(who, who, from_bot=True)) for who in people)
        assert most <= 1 + KILLS
