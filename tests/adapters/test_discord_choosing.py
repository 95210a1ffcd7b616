"""Can a person on Discord pick from a list, name a country, and empty their chat?  Over real sockets."""

import logging
from collections.abc import AsyncIterator
from functools import partial

import pytest

from adapters.discord import outbound
from bot.model import Button, Command, Menu, Press, Receipt, Road, Screen
from bot.ports import Adapter, CommandInfo
from tests.adapters.discord_local import running
from tests.adapters.recorder import Event, Recorder
from tests.beds.discord import DiscordBed, Refuse, Unavailable, User

MENU = (
    CommandInfo("help", "sextortion", {"en": "First steps"}, {"en": "Where you are", "de": "Wo du bist"}),
    CommandInfo("help", "friend", {"en": "Help somebody you know"}),
)
COUNTRIES = Menu("Pick your country.", (Button("France", "q1:go:fr"), Button("Germany", "q1:go:de")))
LIST = Screen(
    "list", "Pick one.", actions=(Button("Before", "b"), COUNTRIES, Button("Elsewhere", "q1:go:any"))
)
WIPED = Screen("wiped", "Done.", clears=True)


@pytest.fixture
async def bed() -> AsyncIterator[DiscordBed]:
    async with DiscordBed() as started:
        yield started


async def react(adapter: Adapter, event: Event) -> Receipt:
    return await adapter.send_private(event.origin, WIPED if _clears(event) else LIST, Road.ANSWER)


def _clears(event: Event) -> bool:
    return isinstance(event, Press) and event.button == "b"


def answers(core: Recorder, wanted: int) -> bool:
    return len(core.results) == wanted


@pytest.fixture
def core() -> Recorder:
    return Recorder(react, MENU)


@pytest.fixture
def alice(bed: DiscordBed) -> User:
    return bed.member(bed.guild(), "alice", locale="de")


async def test_a_pick_from_a_list_comes_back_as_the_press_of_that_button(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    async with running(bed, core):
        await bed.dm(alice, "hello")
        shown = await bed.wait_for(lambda: list(bed.inbox(alice))[1:])
        await bed.answered(await bed.press(alice, shown[0], "Germany"))
    assert [press.button for press in core.presses] == ["q1:go:de"]
    assert shown[0].labels == ("Before", "France", "Germany", "Elsewhere")


def test_a_list_has_a_row_to_itself_and_the_buttons_around_it_keep_their_order() -> None:
    container = outbound.view(LIST).to_components()[0]  # type: ignore[no-untyped-call]  # discord.py's own
    rows = [part["components"] for part in container["components"] if part["type"] == 1]
    assert [[one.get("label") or one["placeholder"] for one in row] for row in rows] == [
        ["Before"],
        ["Pick your country."],
        ["Elsewhere"],
    ]


async def test_a_country_is_completed_and_chosen_where_the_command_asks_for_it(
    bed: DiscordBed, core: Recorder, alice: User, caplog: pytest.LogCaptureFixture
) -> None:
    chat = bed.dm_channel(alice)
    async with running(bed, core):
        with caplog.at_level(logging.INFO):
            typing = await bed.complete(alice, chat, "help sextortion country:ger")
        assert typing.choices == (("ger in de", "gb"),)
        assert "ger" not in caplog.text
        await bed.answered(await bed.slash(alice, chat, "help sextortion country:DE"))
        await bed.answered(await bed.slash(alice, chat, "help sextortion"))
        with pytest.raises(Unavailable):
            await bed.complete(alice, chat, "help friend country:ger")
    assert [(one.argument, one.country) for one in core.commands] == [
        ("sextortion", "DE"),
        ("sextortion", ""),
    ]
    assert all(isinstance(one, Command) for one in core.commands)


async def test_clearing_leaves_no_other_message_of_the_bot_and_all_of_the_persons(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    async with running(bed, core):
        for number in range(3):
            await bed.dm(alice, f"hello {number}")
            await bed.wait_for(partial(answers, core, number + 1))
        await bed.answered(await bed.slash(alice, bed.dm_channel(alice), "help friend"))
        first = next(seen for seen in bed.inbox(alice) if seen.author == "Quietline")
        await bed.press(alice, first, "Before")
        await bed.wait_for(lambda: len(core.results) == 5)
    assert [seen.text for seen in bed.inbox(alice)] == ["hello 0", "Done.", "hello 1", "hello 2"]


@pytest.mark.parametrize(("method", "path"), [("GET", "/channels/*/messages"), ("DELETE", "*")])
async def test_what_cannot_be_cleared_stays_and_the_answer_is_there(
    bed: DiscordBed, core: Recorder, alice: User, method: str, path: str
) -> None:
    async with running(bed, core):
        await bed.dm(alice, "hello")
        await bed.dm(alice, "again")
        await bed.wait_for(lambda: len(core.results) == 2)
        bed.fail(method, path, Refuse(403, 50013), times=9)
        shown = [seen for seen in bed.inbox(alice) if seen.author == "Quietline"]
        await bed.press(alice, shown[-1], "Before")
        await bed.wait_for(lambda: len(core.results) == 3)
    texts = [seen.text.partition("\n")[0] for seen in bed.inbox(alice) if seen.author == "Quietline"]
    assert texts == ["Pick one.", "Done."]


async def test_clearing_in_a_server_empties_the_message_and_asks_for_no_history(
    bed: DiscordBed, core: Recorder, alice: User
) -> None:
    guild = bed.guild()
    bed.join(alice, guild)
    channel = bed.channel(guild)
    async with running(bed, core):
        answer = await bed.answered(await bed.slash(alice, channel, "help friend"))
        assert (await bed.answered(await bed.press(alice, answer, "Before"))).text == "Done."
    assert not bed.calls_to("GET", "/channels/*/messages")
