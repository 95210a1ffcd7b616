"""Does the bot, started as an operator starts it, do on Discord what its members need?"""

import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.guide.presses import NOTHING, Chosen, Go, Wipe, encode, parse
from tests.beds import openapi
from tests.beds.discord import Channel, DiscordBed, Seen, User
from tests.beds.discord.wire import Object, as_objects, as_text
from tests.e2e.content import GUIDE, UNASKED, leads_to
from tests.e2e.discord_roads import CRY
from tests.e2e.drawn import discord_page, discord_seen
from tests.e2e.product import Product

pytestmark = pytest.mark.asyncio(loop_scope="module")

INNOCENT = (
    f"> {CRY}",
    f"`{CRY}`",
    "good morning all, anyone up for a game?",
    "my nudes are none of your business",
)
QUICK = {"delay_seconds": [0, 0], "remove_after_minutes": 0.05}


@dataclass(frozen=True)
class Running:
    """A bed, the bot in it, and where the bot tells of its health."""

    bed: DiscordBed
    address: str


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    address = f"127.0.0.1:{_free_port()}"
    async with DiscordBed() as bed:
        folder = tmp_path_factory.mktemp("discord")
        async with Product(folder, discord=bed, settings={"ops": {"listen": address}}):
            yield Running(bed, f"http://{address}")


@pytest.fixture
def bed(running: Running) -> DiscordBed:
    return running.bed


def stage(bed: DiscordBed) -> tuple[User, Channel]:
    """Somebody in a server, and its channel."""
    guild = bed.guild()
    return bed.member(guild, "alice"), bed.channel(guild)


def shows(seen: Seen, screen_id: str, chosen: Chosen = NOTHING) -> bool:
    """Whether this is the screen, word for word, for who has chosen this."""
    return discord_seen(seen) == discord_page(GUIDE.screen(screen_id, "en", "GB", chosen))


async def test_help_when_asked_help_unasked_and_silence_for_the_rest(bed: DiscordBed) -> None:
    alice, channel = stage(bed)
    answer = await bed.answered(await bed.slash(alice, channel, "help sextortion"))
    assert shows(answer, "sextortion")
    assert answer.only_you
    for screen in ("sextortion/paid", "sextortion", "sextortion/deadline"):
        answer = await bed.answered(await bed.press(alice, answer, encode(Go(screen))))
        assert shows(answer, screen)
    assert shows(await bed.answered(await bed.press(alice, answer, encode(Wipe()))), "wiped")

    guild = bed.guild()
    bob, other = bed.member(guild, "bob"), bed.channel(guild)
    for text in INNOCENT:
        await bed.say(bob, other, text)
    await bed.say(bob, other, "paid my taxes", webhook="news")
    await bed.say(bed.member(guild, "robot", bot=True), other, CRY)
    await bed.say(alice, channel, CRY)
    (offer,) = await bed.wait_for(lambda: bed.inbox(alice))
    assert shows(offer, "offer")
    assert shows(await bed.answered(await bed.press(alice, offer, encode(Go("sextortion")))), "sextortion")
    assert not any(bed.inbox(member) for member in guild.members.values())


async def test_plain_words_in_private_find_the_screen(bed: DiscordBed) -> None:
    said = {"help": "index", "I already PAID him!!": "sextortion/paid", "sextorsion": "sextortion"}
    people = {text: stage(bed)[0] for text in said}
    for text, person in people.items():
        await bed.dm(person, text)
    await bed.wait_for(lambda: all(len(bed.inbox(person)) == 2 for person in people.values()))
    for text, person in people.items():
        assert shows(bed.inbox(person)[1], said[text])


async def test_health_and_metrics_tell_of_the_bot_and_of_nobody(running: Running) -> None:
    bed = running.bed
    alice, channel = stage(bed)
    await bed.answered(await bed.slash(alice, channel, "help sextortion"))
    await bed.say(alice, channel, CRY)
    await bed.wait_for(lambda: bed.inbox(alice))
    async with aiohttp.ClientSession(running.address) as client:
        for path in ("/healthz", "/readyz"):
            assert (await client.get(path)).status == 200
        metrics = await (await client.get("/metrics")).text()

    assert 'platform="discord",surface="command",topic="sextortion"}' in metrics
    for secret in (alice.id, alice.name, channel.id, bed.token, "nudes"):
        assert str(secret) not in metrics


async def test_every_command_and_button_leads_to_its_screen(bed: DiscordBed) -> None:
    seen = await _browse(bed)

    assert seen == set(GUIDE.screen_ids) - UNASKED


async def test_a_country_is_completed_by_name_and_then_chosen(bed: DiscordBed) -> None:
    alice, channel = stage(bed)
    typing = await bed.complete(alice, channel, "help sextortion country:united st")
    assert typing.choices == (("United States", "US"), ("Any other country", "international"))
    answer = await bed.answered(await bed.slash(alice, channel, "help sextortion country:US"))
    assert shows(answer, "sextortion", Chosen(country="us"))
    assert bed.typing == []


async def test_a_picture_is_refused_in_private(bed: DiscordBed) -> None:
    alice, _ = stage(bed)
    await bed.say(alice, bed.dm_channel(alice), "look what he has", attachments=["me.png"])
    await bed.wait_for(lambda: len(bed.inbox(alice)) == 2)
    assert shows(bed.inbox(alice)[1], "no-pictures")


async def test_clearing_the_private_chat_leaves_one_message_of_the_bot(bed: DiscordBed) -> None:
    alice, _ = stage(bed)
    for text in ("help", "i already paid"):
        await bed.dm(alice, text)
    await bed.wait_for(lambda: len(bed.inbox(alice)) == 4)
    await bed.press(alice, bed.inbox(alice)[-1], encode(Wipe()))
    await bed.wait_for(lambda: len(bed.inbox(alice)) == 3)
    assert shows(bed.inbox(alice)[-1], "wiped")


async def test_all_that_is_sent_fits_discords_published_schema(tmp_path: Path) -> None:
    async with DiscordBed(schema=openapi.schema_or_skip()) as bed:
        async with Product(tmp_path, discord=bed, defaults={"notice": QUICK}):
            await _browse(bed)
            alice, channel = stage(bed)
            await bed.say(alice, channel, CRY)
            await bed.wait_for(lambda: bed.inbox(alice))
            bob, place = stage(bed)
            bob.dms_open = False
            await bed.say(bob, place, CRY)
            await bed.wait_for(lambda: bed.calls_to("DELETE", "/channels/*"), 15)
        assert {call.method for call in bed.calls if call.body is not None} == {"PUT", "POST"}
        assert bed.faults == []


async def _browse(bed: DiscordBed) -> set[str]:
    """Give every command and follow every button, each from the start; return the screens seen."""
    alice, channel = stage(bed)
    seen: set[str] = set()
    ways: list[tuple[str, tuple[str, ...]]] = [(command, ()) for command in _commands(bed)]
    tried: set[str] = set()
    while ways:
        command, presses = ways.pop(0)
        page = await bed.answered(await bed.slash(alice, channel, command))
        for press in presses:
            page = await bed.answered(await bed.press(alice, page, press))
        last = parse(presses[-1]) if presses else None
        chosen = last.chosen if last else NOTHING
        meant = [leads_to(last)] if last else GUIDE.screen_ids
        (screen,) = [each for each in meant if shows(page, each, chosen)]
        seen.add(screen)
        for button in page.buttons:
            asked = parse(button.custom_id)
            if (
                asked is not None and leads_to(asked) not in tried
            ):  # what was chosen leads to the same screens
                tried.add(leads_to(asked))
                ways.append((command, (*presses, button.custom_id)))
    return seen


def _commands(bed: DiscordBed) -> Iterator[str]:
    for command in bed.world.commands or []:
        name = as_text(command["name"], "name")
        options: list[Object] = as_objects(command.get("options"), "options")
        yield from [f"{name} {option['name']}" for option in options] or [name]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
