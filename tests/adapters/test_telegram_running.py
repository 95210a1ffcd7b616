"""How does the adapter stay connected to Telegram, and in which order are updates handled?  Over sockets."""

import asyncio

import pytest
from structlog.testing import capture_logs

from adapters.telegram.adapter import Telegram
from adapters.telegram.config import Section
from bot.errors import StartError
from bot.model import Message, Outcome, Receipt, Road, Screen
from bot.ports import Adapter, CommandInfo
from tests.adapters.recorder import Event, Recorder
from tests.adapters.telegram_setup import Naps, make, running
from tests.beds.telegram import TelegramBed

MENU = (
    CommandInfo("help", None, {"en": "Private help", "de": "Hilfe", "pt-BR": "Ajuda"}),
    CommandInfo("help", "sextortion", {"en": "Someone threatens you"}),
    CommandInfo("stop", None, {"en": "Never again"}),
)


def texts(recorder: Recorder) -> list[str]:
    return [message.text for message in recorder.messages]


@pytest.mark.parametrize("token", ["123456:wrong", "1:x"])
async def test_a_wrong_token_is_one_line_for_the_operator(bed: TelegramBed, token: str) -> None:
    with pytest.raises(StartError) as raised:
        await make(bed, token=token).run(Recorder())
    assert "telegram.token_file" in str(raised.value)
    assert token not in str(raised.value)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__


async def test_a_token_withdrawn_while_running_ends_the_run(bed: TelegramBed) -> None:
    kim = bed.user("Kim", started=True)
    run = asyncio.create_task(make(bed).run(Recorder()))
    await bed.ready()
    bed._server._token = "123456:new"
    await bed.say(kim, kim, "this ends the long poll")
    with pytest.raises(StartError):
        await run


async def test_network_trouble_at_the_start_is_waited_out_longer_each_time(bed: TelegramBed) -> None:
    naps = Naps()
    await bed.go_down()
    run = asyncio.create_task(make(bed, naps).run(Recorder()))
    await bed.wait_for(lambda: len(naps) >= 7)
    await bed.come_up()
    await bed.ready()
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert naps[:7] == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]


async def test_a_flood_at_the_start_is_waited_out_as_long_as_asked(bed: TelegramBed) -> None:
    naps = Naps()
    bed.fail("getMe", "flood", seconds=33)
    async with running(bed, Recorder(), naps):
        pass
    assert naps == [33.0]


async def test_a_webhook_in_the_way_is_removed(bed: TelegramBed) -> None:
    bed._world.updates.webhook = "https://example.org"
    kim, recorder = bed.user("Kim", started=True), Recorder()
    async with running(bed, recorder):
        await bed.say(kim, kim, "hello")
        await bed.wait_for(lambda: recorder.messages)
    assert texts(recorder) == ["hello"]


@pytest.mark.parametrize("fault", ["bad_gateway", "server_error", "cut_before", "cut_after", "flood"])
async def test_polling_survives_trouble_and_loses_nothing(bed: TelegramBed, fault: str) -> None:
    kim, recorder, naps = bed.user("Kim", started=True), Recorder(), Naps()
    async with running(bed, recorder, naps):
        bed.fail("getUpdates", fault, times=3)  # type: ignore[arg-type]  # a parameter of the test
        await bed.say(kim, kim, "one")  # ends the poll that is under way
        await bed.wait_for(lambda: len(recorder.messages) == 1)
        await bed.say(kim, kim, "two")
        await bed.wait_for(lambda: len(naps) == 3 and len(recorder.messages) == 2)
    assert texts(recorder) == ["one", "two"]


async def test_a_second_instance_is_one_line_in_the_log_and_goes_on(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder()
    with capture_logs() as logs:
        async with running(bed, recorder):
            rival = asyncio.create_task(make(bed).run(Recorder()))
            await bed.wait_for(lambda: any(line["event"] == "telegram_second_instance" for line in logs))
            rival.cancel()
            await asyncio.gather(rival, return_exceptions=True)
            await bed.say(kim, kim, "hello")
            await bed.wait_for(lambda: texts(recorder) == ["hello"])
    assert all(line["mend"] for line in logs if line["event"] == "telegram_second_instance")


async def test_a_repeated_update_is_handled_once(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder()
    async with running(bed, recorder):
        await bed.say(kim, kim, "one")
        await bed.wait_for(lambda: recorder.messages)
        bed.redeliver()
        await bed.say(kim, kim, "two")
        await bed.settle()
    assert texts(recorder) == ["one", "two"]


async def test_an_update_that_makes_no_sense_holds_nothing_up(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder()
    with capture_logs() as logs:
        async with running(bed, recorder):
            bed._world.updates.push("message", {"message_id": 1, "date": "soon", "text": "a secret"})
            await bed.say(kim, kim, "hello")
            await bed.wait_for(lambda: recorder.messages)
    assert texts(recorder) == ["hello"]
    assert "telegram_update_unreadable" in [line["event"] for line in logs]
    assert "a secret" not in str(logs)


async def test_an_update_without_its_sender_holds_nothing_up(bed: TelegramBed) -> None:
    kim, recorder = bed.user("Kim", started=True), Recorder()
    with capture_logs() as logs:
        async with running(bed, recorder):
            chat = {"id": 7, "type": "private"}
            message = {"message_id": 1, "date": 1, "chat": chat}
            bed._world.updates.push("callback_query", {"id": "1", "data": "q1:stop", "message": message})
            bed._world.updates.push("my_chat_member", {"chat": chat, "date": 1})
            await bed.say(kim, kim, "hello")
            await bed.wait_for(lambda: recorder.messages)
    assert texts(recorder) == ["hello"]
    assert [line["event"] for line in logs].count("telegram_update_unreadable") == 2


async def test_one_persons_words_stay_in_order_and_hold_up_nobody_else(bed: TelegramBed) -> None:
    kim, lee = bed.user("Kim", started=True), bed.user("Lee", started=True)
    free = asyncio.Event()

    async def react(_: Adapter, event: Event) -> None:
        if isinstance(event, Message) and event.text == "slow":
            await free.wait()

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.say(kim, kim, "slow")
        await bed.say(kim, kim, "after it")
        await bed.say(lee, lee, "at once")
        await bed.wait_for(lambda: len(recorder.messages) == 2)
        assert texts(recorder) == ["slow", "at once"]
        free.set()
        await bed.wait_for(lambda: len(recorder.messages) == 3)
    assert texts(recorder)[2] == "after it"


async def test_who_asks_does_not_wait_for_what_is_sent_unasked(bed: TelegramBed) -> None:
    kim, sent = bed.user("Kim", started=True), asyncio.Event()
    group = bed.group("Guild", [kim])

    async def react(_: Adapter, event: Event) -> None:
        if event.origin.place.community is not None:
            await sent.wait()

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.say(kim, group, "he has my pictures")
        await bed.wait_for(lambda: recorder.messages)
        await bed.command(kim, kim, "/help")
        await bed.wait_for(lambda: recorder.results)
        sent.set()
    assert len(recorder.commands) == 1


async def test_a_handler_that_fails_stops_nothing_and_logs_no_words(bed: TelegramBed) -> None:
    kim = bed.user("Kim", started=True)

    async def react(_: Adapter, event: Event) -> None:
        raise ValueError("a secret")

    recorder = Recorder(react)
    with capture_logs() as logs:
        async with running(bed, recorder):
            await bed.say(kim, kim, "one")
            await bed.say(kim, kim, "two")
            await bed.wait_for(lambda: len(recorder.messages) == 2)
    assert texts(recorder) == ["one", "two"]
    assert "a secret" not in str(logs)


async def test_no_more_than_eight_messages_are_sent_at_once(bed: TelegramBed) -> None:
    people = [bed.user("Kim", started=True) for _ in range(20)]
    most = 0

    def under_way() -> int:
        nonlocal most
        most = max(most, sum(call.status is None for call in bed.calls_to("sendMessage")))
        return most

    async def react(adapter: Adapter, event: Event) -> Receipt:
        return await adapter.send_private(event.origin, Screen("x", "hello"), Road.ANSWER)

    recorder = Recorder(react)
    async with running(bed, recorder):
        bed.fail("sendMessage", "slow", times=None, seconds=0.05)
        for person in people:
            await bed.say(person, person, "hi")
        await bed.wait_for(lambda: under_way() and len(recorder.results) == 20)
    assert recorder.results == [Receipt(Outcome.DELIVERED)] * 20
    assert 1 < most <= 8


async def test_stopping_lets_an_answer_end(bed: TelegramBed) -> None:
    kim = bed.user("Kim", started=True)

    async def react(adapter: Adapter, event: Event) -> Receipt:
        await asyncio.sleep(0.05)
        return await adapter.send_private(event.origin, Screen("x", "hello"), Road.ANSWER)

    recorder = Recorder(react)
    async with running(bed, recorder):
        await bed.say(kim, kim, "one")
        await bed.wait_for(lambda: len(recorder.messages) == 1)
    assert len(bed.seen_by(kim, kim, from_bot=True)) == 1


async def test_what_was_taken_does_not_come_again_after_a_restart(bed: TelegramBed) -> None:
    kim, first, second = bed.user("Kim", started=True), Recorder(), Recorder()

    async def sleep_long(_: float) -> None:
        await asyncio.Event().wait()

    section = Section.model_validate({"token": bed.token, "api_base_url": bed.url})
    async with running(bed, first, adapter=Telegram(section, sleep=sleep_long)):
        bed.fail("getUpdates", "server_error", times=None)  # so that no further poll confirms it
        await bed.say(kim, kim, "one")
        await bed.wait_for(lambda: texts(first) == ["one"])
        bed.heal()
    async with running(bed, second):
        await bed.say(kim, kim, "two")
        await bed.wait_for(lambda: second.messages)
    assert texts(second) == ["two"]


async def test_stopping_while_the_server_is_away_is_clean(bed: TelegramBed) -> None:
    await bed.go_down()
    naps = Naps()
    run = asyncio.create_task(make(bed, naps).run(Recorder()))
    await bed.wait_for(lambda: naps)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
