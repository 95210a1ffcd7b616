"""Does whoever reads another language get every screen in it, on both platforms?"""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from bot.content.content import COUNTRY_PAGES
from bot.content.links import SMALL
from bot.content.taps import HOME, LANGUAGE, REPORT, UNSAFE
from tests.beds.discord import DiscordBed
from tests.beds.telegram import TelegramBed
from tests.e2e.content import SCREENS, UNASKED
from tests.e2e.product import Product
from tests.e2e.reader import Reader
from tests.e2e.readers import DiscordReader, TelegramReader

pytestmark = pytest.mark.asyncio(loop_scope="module")

# What an app tells, what its reader should get, and what they choose then. There is no Welsh.
TONGUES = {"hi": ("hi", "de"), "pl": ("pl", "fil"), "pt-BR": ("pt-BR", "fr"), "cy": ("en-GB", "hi")}
COUNTRIES = [one for one in SCREENS if one.startswith(COUNTRY_PAGES)]
PLATFORMS = ("discord", "telegram")


class Town:
    """Both platforms, with one bot on them."""

    def __init__(self, discord: DiscordBed, telegram: TelegramBed) -> None:
        self._discord, self._telegram = discord, telegram

    def readers(self, platform: str, *, private: bool = False) -> Iterator[Reader]:
        """One for each language; on Telegram some have opened the bot's private chat, or all."""
        for locale, (tongue, _) in TONGUES.items():
            if platform == "discord":
                yield DiscordReader(self._discord, locale, tongue)
            else:
                there = private or locale in {"hi", "pt-BR"}
                yield TelegramReader(self._telegram, locale.lower(), tongue, private=there)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with DiscordBed() as discord, TelegramBed(privacy=False) as telegram:
        async with Product(tmp_path_factory.mktemp("languages"), discord=discord, telegram=telegram):
            await telegram.wait_for(lambda: ("all_group_chats", "") in telegram.commands, 30)
            yield Town(discord, telegram)
        assert not telegram.faults


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_every_screen_comes_in_the_readers_language_and_to_nobody_else(
    town: Town, platform: str
) -> None:
    # Half of the countries on each platform: their pages are all made from one.
    others = set(COUNTRIES[PLATFORMS.index(platform) :: 2])
    readers = list(town.readers(platform))
    await asyncio.gather(*(reader.everywhere(but=others) for reader in readers))
    for reader in readers:
        assert set(reader.ways) == set(SCREENS) - others - UNASKED
        for goal in (UNSAFE, REPORT):
            assert set(reader.ways) - SMALL <= reader.near(goal, taps=2)
        assert not reader.public


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_language_is_chosen_in_two_taps_and_kept(town: Town, platform: str) -> None:
    async def choose(reader: Reader, other: str) -> None:
        await reader.ask()
        await reader.follow(LANGUAGE)
        await reader.follow(HOME, other)
        for goal in (f"{HOME}/paid", REPORT, f"{REPORT}/gb", UNSAFE, "wiped"):
            await reader.follow(goal)
            assert reader.here.chosen.locale == other

    chosen = (other for _, other in TONGUES.values())
    await asyncio.gather(*map(choose, town.readers(platform), chosen))


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_help_is_offered_in_what_the_app_tells_or_answered_in_it(town: Town, platform: str) -> None:
    async def cry(reader: Reader) -> None:
        # Discord tells nobody's language before they press something; the server's is English here.
        await reader.cry("en" if platform == "discord" else reader.tongue)
        await reader.follow(HOME)
        await reader.follow(UNSAFE)
        assert not reader.public

    await asyncio.gather(*map(cry, town.readers(platform, private=True)))
