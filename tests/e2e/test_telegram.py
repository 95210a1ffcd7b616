"""Does the bot, started as an operator starts it, do on Telegram what its members need?"""

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio

from bot.guide.presses import NOTHING, Chosen, Go, Wipe, encode, parse
from bot.model import Button
from tests.beds.telegram import Place, Shown, TelegramBed
from tests.e2e.content import SCREENS, UNASKED, labels, leads_to, screen, sentences, usual
from tests.e2e.product import Product
from tests.e2e.telegram_roads import CRY

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOON = 30.0


class Town:
    """One group with somebody in it, and a running bot."""

    def __init__(self, bed: TelegramBed) -> None:
        self.bed = bed
        self.kim, self.lee = bed.user("Kim", started=True), bed.user("Lee")
        self.group = bed.group("Town", [self.kim, self.lee])

    def newest(self, screen_id: str, place: Place, chosen: Chosen = NOTHING) -> Shown | None:
        """The last message of the bot that Kim sees there, once it is the end of this screen."""
        seen = [s for s in self.bed.seen_by(self.kim, place, from_bot=True) if s.kind == "message"]
        pages = seen[-1:] if place == self.kim else seen
        text = "\n".join(page.text for page in pages)
        wanted = screen(screen_id, chosen)
        whole = all(sentence in text for sentence in sentences(wanted))
        return seen[-1] if whole and seen and usual(seen[-1].labels) == labels(wanted) else None

    async def press(self, button: str, screen_id: str, place: Place, chosen: Chosen) -> None:
        """Press a button, be it there or on an older message, and wait for its screen."""
        newest = self.bed.seen_by(self.kim, place, from_bot=True)
        message = [shown for shown in newest if shown.kind == "message"][-1]
        await self.bed.press(self.kim, message, button, forged=True)
        await self.sees(screen_id, place, chosen)

    async def sees(self, screen_id: str, place: Place, chosen: Chosen = NOTHING) -> Shown:
        """Wait until Kim sees this screen last, as it is for who has chosen this."""
        return await self.bed.wait_for(lambda: self.newest(screen_id, place, chosen), SOON)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[TelegramBed, str]]:
    """A bot that knows nobody yet, and where it tells how it is."""
    address = f"127.0.0.1:{_free_port()}"
    settings = {"ops": {"listen": address}}
    async with TelegramBed(privacy=False) as bed:
        async with Product(tmp_path_factory.mktemp("telegram"), telegram=bed, settings=settings):
            await bed.wait_for(lambda: ("all_group_chats", "") in bed.commands, SOON)
            yield bed, address
        assert not bed.faults


@pytest.fixture
def town(running: tuple[TelegramBed, str]) -> Town:
    return Town(running[0])


async def test_help_on_command_help_unasked_and_silence_for_the_rest(town: Town) -> None:
    bed, kim, lee, group = town.bed, town.kim, town.lee, town.group
    await bed.command(kim, group, "/help sextortion")
    answer = await town.sees("sextortion", group)
    assert answer.ephemeral_id is not None
    for screen_id in ("sextortion/paid", "sextortion", "sextortion/deadline"):
        await bed.press(kim, answer, encode(Go(screen_id)))
        answer = await town.sees(screen_id, group)
    await bed.press(kim, answer, encode(Wipe()))
    await town.sees("wiped", group)

    await bed.say(kim, group, "good morning all, anyone up for a game?")
    await bed.say(kim, group, CRY)
    offer = await town.sees("offer", kim)
    assert offer.silent
    assert offer.body.masked.startswith(screen("offer").preview)
    assert not any(word in offer.body.masked for word in ("pictures", "pay", "bot"))
    await bed.press(kim, offer, encode(Go("sextortion")))
    await town.sees("sextortion", kim)
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 1
    assert bed.ever_seen_by(lee, group, from_bot=True) == ()


async def test_in_private_any_words_find_their_screen(town: Town) -> None:
    said = {
        "help": "index",
        "hello?": "index",
        "I already PAID him!!": "sextortion/paid",
        "sextorsion": "sextortion",
        "/help sextorsion pls": "sextortion",
        "/help Nudes Leaked": "sextortion",
        "/help zebra": "index",
        "/start": "index",
        "/start sextortion_report_gb": "sextortion/report/gb",
        "/privacy": "privacy",
        "stop": "stopped",
    }
    for text, screen_id in said.items():
        await town.bed.say(town.kim, town.kim, text)
        await town.sees(screen_id, town.kim)


@pytest.mark.parametrize("where", ["private chat", "group"])
async def test_every_button_leads_to_its_screen(town: Town, where: str) -> None:
    chat = town.kim if where == "private chat" else town.group
    await town.bed.command(town.kim, chat, "/help")
    await town.sees("index", chat)
    seen, unvisited = {"index"}, [Go("index")]
    while unvisited:
        here = unvisited.pop()
        buttons = screen(here.screen, here.chosen).buttons
        for press in (button.id for button in buttons if isinstance(button, Button)):
            asked = parse(press)
            assert asked is not None
            goal = leads_to(asked)
            if goal not in seen:
                await town.press(encode(here), here.screen, chat, here.chosen)
                await town.press(press, goal, chat, asked.chosen)
                seen.add(goal)
                unvisited.append(Go(goal, asked.chosen))
    assert town.bed.ever_seen_by(town.lee, town.group, from_bot=True) == ()
    assert seen == set(SCREENS) - UNASKED


async def test_a_picture_is_refused_and_never_fetched(town: Town) -> None:
    await town.bed.say(town.kim, town.kim, "", caption="look what he has")
    await town.sees("no-pictures", town.kim)
    assert not town.bed.calls_to("getFile")


async def test_clearing_the_private_chat_leaves_one_message_of_the_bot(town: Town) -> None:
    for text, screen_id in (("/help", "index"), ("/help sextortion", "sextortion")):
        await town.bed.command(town.kim, town.kim, text)
        shown = await town.sees(screen_id, town.kim)
    await town.bed.press(town.kim, shown, encode(Wipe()))
    await town.sees("wiped", town.kim)
    await town.bed.settle()
    left = [one for one in town.bed.seen_by(town.kim, town.kim, from_bot=True) if one.kind == "message"]
    assert len(left) == 1


async def test_health_and_metrics_tell_of_the_bot_and_of_nobody(
    town: Town, running: tuple[TelegramBed, str]
) -> None:
    await town.bed.command(town.kim, town.group, "/help sextortion")
    await town.sees("sextortion", town.group)
    await town.bed.say(town.kim, town.group, CRY)
    await town.sees("offer", town.kim)
    async with aiohttp.ClientSession(f"http://{running[1]}") as client:
        for path in ("/healthz", "/readyz"):
            assert (await client.get(path)).status == 200
        metrics = await (await client.get("/metrics")).text()
    secrets = (town.kim.id, town.kim.username, abs(town.group.id), town.bed.token.split(":")[1])

    assert 'platform="telegram",surface="command",topic="sextortion"} ' in metrics
    for secret in (*secrets, "nudes"):
        assert str(secret) not in metrics


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
