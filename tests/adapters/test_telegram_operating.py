"""What does the operator of the Telegram adapter see: menu, logs, mistakes, the doctor?  Over sockets."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

import adapters.telegram
from adapters.telegram.config import Section
from adapters.telegram.doctor import examine
from bot.model import Receipt, Road, Screen
from bot.ports import Adapter, CommandInfo
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_setup import Naps, running
from tests.beds.telegram import TelegramBed

MENU = (
    CommandInfo("help", None, {"en": "Private help", "de": "Hilfe", "pt-BR": "Ajuda"}),
    CommandInfo("help", "sextortion", {"en": "Someone threatens you"}),
    CommandInfo("stop", None, {"en": "Never again"}),
)


def texts(recorder: Recorder) -> list[str]:
    return [message.text for message in recorder.messages]


async def test_the_commands_are_offered_by_scope_and_language(bed: TelegramBed) -> None:
    async with running(bed, Recorder(menu=MENU)):
        await bed.wait_for(lambda: len(bed.commands) == 6)
    assert bed.commands["all_private_chats", ""] == [
        {"command": "help", "description": "Private help"},
        {"command": "stop", "description": "Never again"},
    ]
    assert bed.commands["all_group_chats", ""] == [
        {"command": "help", "description": "Private help", "is_ephemeral": True},
        {"command": "stop", "description": "Never again", "is_ephemeral": True},
    ]
    assert bed.commands["all_private_chats", "de"][0]["description"] == "Hilfe"
    assert bed.commands["all_private_chats", "de"][1]["description"] == "Never again"
    assert bed.commands["all_private_chats", "pt"][0]["description"] == "Ajuda"


async def test_commands_that_are_already_right_are_not_set_again(bed: TelegramBed) -> None:
    async with running(bed, Recorder(menu=MENU)):
        await bed.wait_for(lambda: len(bed.commands) == 6)
    async with running(bed, Recorder(menu=MENU)):
        await bed.wait_for(lambda: len(bed.calls_to("getMyCommands")) == 12)
        await bed.settle()
    assert len(bed.calls_to("setMyCommands")) == 6


@pytest.mark.parametrize("fault", ["bad_request", "forbidden"])
async def test_refused_commands_do_not_stop_the_bot(bed: TelegramBed, fault: str) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder(menu=MENU)
    bed.fail("setMyCommands", fault, times=None)  # type: ignore[arg-type]  # a parameter of the test
    async with running(bed, recorder):
        await bed.wait_for(lambda: len(bed.calls_to("setMyCommands")) == 6)
        await bed.say(kim, kim, "hello")
        await bed.wait_for(lambda: recorder.messages)
    assert texts(recorder) == ["hello"]


async def test_commands_are_set_in_spite_of_network_trouble(bed: TelegramBed) -> None:
    bed.fail("setMyCommands", "cut_before")
    bed.fail("getMyCommands", "flood", seconds=5)
    naps = Naps()
    async with running(bed, Recorder(menu=MENU), naps):
        await bed.wait_for(lambda: len(bed.commands) == 6)
    assert naps == [5.0, 4.0]


async def test_nothing_personal_is_logged_at_any_level(
    bed: TelegramBed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    kim = bed.user("Kim", started=True)
    group = bed.group("Guild", [kim])

    async def react(adapter: Adapter, event: Event) -> Receipt:
        return await adapter.send_private(event.origin, Screen("x", "our words"), Road.DIRECT)

    with capture_logs() as logs:
        async with running(bed, Recorder(react)):
            bed.fail("sendMessage", "bad_gateway")
            bed.fail("getUpdates", "bad_gateway")
            await bed.say(kim, group, "their words")
            await bed.say(kim, kim, "their words")
            await bed.settle()
    logged = caplog.text + str(logs)
    for secret in (bed.token, str(kim.id), str(group.id), "their words", "our words", "502 Bad"):
        assert secret not in logged


@pytest.mark.parametrize("token", ["", "abc", "123456:a b", "123456:abc\n", "'123456:abc'"])
def test_what_is_no_token_is_refused_without_showing_it(token: str) -> None:
    with pytest.raises(ValueError, match="@BotFather") as raised:
        Section.model_validate({"token": token})
    assert not token or token not in str(raised.value)


@pytest.mark.parametrize("mistake", [{"api_base_url": "localhost"}, {"tokn": "x"}])
def test_other_mistakes_in_the_section_are_refused(mistake: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"api_base_url|tokn"):
        Section.model_validate({"token": "1:a", **mistake})


async def test_the_module_builds_an_adapter_of_its_own_name() -> None:
    built = adapters.telegram.build(Section.model_validate({"token": "1:a"}))
    assert built.name == "telegram"


async def findings(bed: TelegramBed, token: str | None = None) -> dict[str, str]:
    """Return what is not right, and its mend."""
    section = Section.model_validate({"token": token or bed.token, "api_base_url": bed.url})
    return {found.what: found.mend for found in await adapters.telegram.diagnose(section) if not found.ok}


async def test_a_healthy_bot_has_nothing_to_mend(bed: TelegramBed) -> None:
    assert await findings(bed) == {}


async def test_the_doctor_names_every_hindrance_and_its_mend() -> None:
    async with TelegramBed(privacy=True, api="10.0") as bed:
        bed._world.updates.webhook = "https://example.org"
        found = await findings(bed)
    assert [what.split(":")[0] for what in found] == [
        "privacy mode is on",
        "a webhook is set",
        "the server has no ephemeral messages",
    ]
    assert all(found.values())


async def test_the_doctor_sees_a_wrong_token_and_a_missing_network(bed: TelegramBed) -> None:
    (refused,) = await findings(bed, token="123456:wrong")
    await bed.go_down()
    (unreachable,) = await findings(bed)
    await bed.come_up()
    assert "token" in refused
    assert "ConnectError" in unreachable or "NetworkError" in unreachable


async def test_the_doctor_sees_a_clock_that_is_wrong(bed: TelegramBed) -> None:
    section = Section.model_validate({"token": bed.token, "api_base_url": bed.url})
    found = await examine(section, now=lambda: datetime.now(UTC) + timedelta(minutes=10))
    (wrong,) = (finding.what for finding in found if not finding.ok)
    assert wrong.startswith("the clock is")
